"""A sheet as it stands in a file: distinct cell values, and per row which of them.

Survey columns hold few distinct values, so every later step (recognising, cleaning, counting)
works on the values once and spreads the result by index; this is what keeps the import fast.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

import numpy as np


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell in which the spreadsheet program stored an error, such as ``#DIV/0!``."""

    code: str


@dataclass(frozen=True, slots=True)
class NoResultCell:
    """A formula whose result was never stored: neither an answer nor „not answered“."""


CellValue = str | float | bool | datetime | date | time | ErrorCell | NoResultCell | None
"""``None`` is an empty cell. Whole numbers arrive as ``float``, text stays text as written."""


class SheetState(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: ``values[codes[i]]`` is the cell of row i; ``codes`` is int32 of shape (rows,).

    ``position`` counts from 1 in the original sheet (1 = A). ``value_labels`` and ``label`` come
    from formats that carry them (SPSS); ``missing`` holds user-declared missing values.
    """

    position: int
    values: tuple[CellValue, ...]
    codes: np.ndarray
    name: str = ""
    label: str = ""
    value_labels: Mapping[CellValue, str] = field(default_factory=dict)
    missing: frozenset[CellValue] = frozenset()

    def cell(self, row: int) -> CellValue:
        """The cell of the row with index ``row`` (0 = first row of this column)."""
        return self.values[self.codes[row]]

    def take(self, rows: np.ndarray) -> "Column":
        """The same column restricted to ``rows`` (integer indices), unused values dropped."""
        used, codes = np.unique(self.codes[rows], return_inverse=True)
        return Column(
            self.position,
            tuple(self.values[i] for i in used),
            codes.astype(np.int32),
            self.name,
            self.label,
            self.value_labels,
            self.missing,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """All cells of one sheet, title lines and headers included.

    ``row_numbers`` (int32, shape (rows,)) are the row numbers of the original file, counted from 1.
    """

    name: str
    columns: tuple[Column, ...]
    row_numbers: np.ndarray
    state: SheetState = SheetState.VISIBLE
    labelled: bool = False
    """True where names and labels of the columns come from the format and no header row exists."""

    @property
    def n_rows(self) -> int:
        return len(self.row_numbers)


def column_letter(position: int) -> str:
    """Spreadsheet letter of a column counted from 1: 1 → ``A``, 28 → ``AB``."""
    letters = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
