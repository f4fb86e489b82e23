"""One sheet while it is being read: columns of cells with their place in the original sheet."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessment.importing import wire
from assessment.importing.readers.columns import Encoder, Special
from assessment.importing.readers.messages import (
    column_letter,
    grouped,
    too_many_columns,
    too_many_rows,
)
from assessment.importing.wire import EncodedSheet, Notes

_EMPTY = ""


class Grid:
    """Cells of one sheet as columns; ``first_row`` and ``first_column`` count from 1."""

    __slots__ = ("columns", "first_column", "first_row", "n_rows", "name", "state")

    def __init__(self, name: str, state: str = "visible") -> None:
        self.name = name
        self.state = state
        self.first_row = 1
        self.first_column = 1
        self.n_rows = 0
        self.columns: list[Sequence[Any]] = []

    def fill(self, first_row: int, first_column: int, rows: Sequence[Sequence[Any]]) -> None:
        """Take the cells from rows of equal length."""
        self.first_row, self.first_column = first_row, first_column
        self.n_rows = len(rows)
        self.columns = list(zip(*rows, strict=True))

    def cover(self, cells: Mapping[tuple[int, int], Special]) -> None:
        """Widen the grid so that it contains all ``cells`` (row and column counted from 1)."""
        if not cells:
            return
        if not self.columns:
            row, column = next(iter(cells))
            self.first_row, self.first_column, self.n_rows = row, column, 1
            self.columns = [[_EMPTY]]
        top = min(self.first_row, *(row for row, _ in cells))
        bottom = max(self.first_row + self.n_rows - 1, *(row for row, _ in cells))
        left = min(self.first_column, *(column for _, column in cells))
        right = max(self.first_column + len(self.columns) - 1, *(column for _, column in cells))
        above, below = self.first_row - top, bottom - (self.first_row + self.n_rows - 1)
        if above or below:
            self.columns = [
                [_EMPTY] * above + list(column) + [_EMPTY] * below for column in self.columns
            ]
        self.n_rows = bottom - top + 1
        blank = (_EMPTY,) * self.n_rows
        self.columns = (
            [blank] * (self.first_column - left)
            + self.columns
            + [blank] * (right - (self.first_column + len(self.columns) - 1))
        )
        self.first_row, self.first_column = top, left

    def cut_stray_cells(self, notes: Notes, special: Mapping[tuple[int, int], Special]) -> None:
        """Drop rows and columns at the end in which nothing is to be seen.

        Cells that hold only blanks reach far below or beside the table in many office files;
        reported as ``STRAY_CELLS``, because cells are dropped.
        """
        if not self.columns:
            return
        last_row = max(0, max((row for row, _ in special), default=0) - self.first_row + 1)
        width = max(0, max((column for _, column in special), default=0) - self.first_column + 1)
        for index, column in enumerate(self.columns):
            last = _last_visible(column, last_row)
            if last:
                width = max(width, index + 1)
                last_row = max(last_row, last)
        if last_row == self.n_rows and width == len(self.columns):
            return
        stray = [
            (self.first_row + row, self.first_column + index)
            for index, column in enumerate(self.columns)
            for row in ((range(last_row, self.n_rows)) if index < width else range(self.n_rows))
            if column[row] != _EMPTY and column[row] is not None
        ]
        if stray:
            row, column = max(stray)
            many = f"{grouped(len(stray))} Zellen abseits der Tabelle enthalten"
            subject = "Eine Zelle abseits der Tabelle enthält" if len(stray) == 1 else many
            notes.add(
                "STRAY_CELLS",
                wire.WARNING,
                f"{subject} nur Leerzeichen, zuletzt {column_letter(column)}{row}; der leere "
                "Bereich wurde abgeschnitten, bitte prüfen, ob dort nichts fehlt.",
                self.name,
                row,
                column_letter(column),
            )
        self.n_rows = last_row
        self.columns = [column[:last_row] for column in self.columns[:width]]

    def encode(
        self,
        encoder: Encoder,
        special: Mapping[tuple[int, int], Special],
        limits: Any,
    ) -> EncodedSheet:
        """The sheet as it goes over the wire."""
        if len(self.columns) > limits.columns:
            raise too_many_columns(len(self.columns), limits.columns)
        if self.n_rows > limits.rows:
            raise too_many_rows(self.n_rows, limits.rows)
        by_column: dict[int, dict[int, Special]] = {}
        for (row, column), cell in special.items():
            by_column.setdefault(column, {})[row - self.first_row] = cell
        sheet = EncodedSheet(self.name, self.first_row, self.n_rows)
        sheet.state = self.state
        for offset, cells in enumerate(self.columns):
            position = self.first_column + offset
            sheet.columns.append(encoder.encode(position, cells, by_column.get(position)))
        return sheet


def _last_visible(column: Sequence[Any], known: int) -> int:
    """Number of cells up to the last one in which something stands, at least ``known``."""
    for index in range(len(column) - 1, known - 1, -1):
        cell = column[index]
        if cell is None or (type(cell) is str and not cell.strip()):
            continue
        return index + 1
    return known if any(_visible(cell) for cell in column[:known]) else 0


def _visible(cell: Any) -> bool:
    return not (cell is None or (type(cell) is str and not cell.strip()))
