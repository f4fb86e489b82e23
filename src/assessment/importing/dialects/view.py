"""A sheet seen from above: which cells hold something, and the text of single cells."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

import numpy as np

from assessment.german import parse_number
from assessment.table import CellValue, Column, ErrorCell, NoResultCell, Sheet

INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"[\s\u00a0]+")


def is_blank(value: CellValue) -> bool:
    """True for an empty cell and for text of nothing but blanks and invisible characters."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    # The first character settles nearly every text; the pattern is for the rest.
    return not (value and value[0].isalnum()) and not INVISIBLE.sub("", value).strip()


def cell_text(value: CellValue) -> str:
    """The cell as a person would write it: ``3.0`` → ``3``, dates as ISO text, empty → ``""``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, ErrorCell):
        return value.code
    if isinstance(value, NoResultCell):
        return ""
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


def tidy(text: str) -> str:
    """Header text without invisible characters, line breaks and doubled blanks."""
    return _BLANKS.sub(" ", INVISIBLE.sub("", text)).strip()


def is_number(value: CellValue) -> bool:
    """True for a number, also one written as text."""
    if isinstance(value, bool):
        return False
    if isinstance(value, float):
        return True
    return isinstance(value, str) and parse_number(value) is not None


@dataclass(frozen=True, eq=False)
class SheetView:
    """A sheet together with what header detection asks about it.

    Row and column arguments are indices from 0 into ``sheet``, not numbers of the original file.
    """

    sheet: Sheet

    @cached_property
    def filled(self) -> np.ndarray:
        """Boolean, shape (rows, columns): the cell holds something visible."""
        grid = np.zeros((self.sheet.n_rows, len(self.sheet.columns)), dtype=bool, order="F")
        for index, column in enumerate(self.sheet.columns):
            solid = np.fromiter((not is_blank(v) for v in column.values), bool, len(column.values))
            if solid.all():
                grid[:, index] = True
            elif solid.any():
                grid[:, index] = solid[column.codes]
        return grid

    @cached_property
    def row_counts(self) -> np.ndarray:
        """Number of filled cells per row."""
        return self.filled.sum(axis=1)

    @cached_property
    def columns_in_use(self) -> np.ndarray:
        """Indices of the columns with at least one filled cell."""
        return np.flatnonzero(self.filled.any(axis=0))

    def value(self, row: int, column: int) -> CellValue:
        return self.sheet.columns[column].cell(row)

    def text(self, row: int, column: int) -> str:
        return tidy(cell_text(self.value(row, column)))

    def row_texts(self, row: int) -> list[str]:
        """The texts of one row, ``""`` for empty cells."""
        return [self.text(row, column) for column in range(len(self.sheet.columns))]

    def row_values(self, row: int) -> list[CellValue]:
        """The filled cells of one row."""
        return [self.value(row, int(column)) for column in np.flatnonzero(self.filled[row])]


def restrict(column: Column, rows: np.ndarray) -> Column:
    """``column`` with the data rows only; like ``Column.take`` without its sort.

    Counting is linear, which matters with hundreds of columns of ten thousand rows.
    """
    codes = column.codes[rows]
    used = np.bincount(codes, minlength=len(column.values)) > 0
    new_codes = np.cumsum(used, dtype=np.int32) - 1
    return Column(
        column.position,
        tuple(value for value, keep in zip(column.values, used.tolist(), strict=True) if keep),
        new_codes[codes].astype(np.int32, copy=False),
        column.name,
        column.label,
        column.value_labels,
        column.missing,
    )
