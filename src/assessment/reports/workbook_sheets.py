"""Tables as sheets of an Excel workbook: every cell with its type, headers that stay in sight.

No text becomes a formula, a link or a number; a number is a number with a German format.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from assessment.reports.safe_text import writable

Cell = str | int | float | date | None

LINE_HEIGHT = 15.0
"""Points."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""For every workbook of ours: texts stay texts."""


class CellKind(StrEnum):
    """How the cells of a column look."""

    TEXT = "text"
    LONG = "long"
    """Text that is broken into lines."""
    WHOLE = "whole"
    POINTS = "points"
    """Two decimals."""
    SHARE = "share"
    """0–1, shown in per cent."""


_NUMBER: dict[str, object] = {"align": "right", "indent": 1}
_FORMATS: dict[CellKind, dict[str, object]] = {
    CellKind.TEXT: {},
    CellKind.LONG: {"text_wrap": True},
    CellKind.WHOLE: {"num_format": "#,##0", **_NUMBER},
    CellKind.POINTS: {"num_format": "0.00", **_NUMBER},
    CellKind.SHARE: {"num_format": "0.0 %", **_NUMBER},
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    name: str
    width: float
    """In characters."""
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table. ``name`` is the sheet's: at most 31 characters without ``[]:*?/\\'``."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    """What the table holds, in one sentence."""


class SheetWriter:
    """Writes tables of one look into a workbook."""

    def __init__(self, book: Any, note: str = "") -> None:
        """``note``: stands above every table, such as the mark of simulated data."""
        self.book, self.note_text = book, note
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E8EDF2", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.note = book.add_format({"italic": True, "font_color": "#54606C"})
        self.day = book.add_format({"valign": "top", "align": "left", "num_format": "dd.mm.yyyy"})
        self.formats = {
            kind: book.add_format({"valign": "top", **made}) for kind, made in _FORMATS.items()
        }

    def add(self, table: SheetTable, *, landscape: bool = True) -> Any:
        """Add a sheet with the table; returns the sheet."""
        sheet = self.book.add_worksheet(table.name)
        start = 0
        if self.note_text:
            sheet.write_string(0, 0, writable(self.note_text), self.note)
            start = 1
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(start, place, writable(column.name), self.head)
        height = max((lines_of(c.name, c.width * 0.85) for c in table.columns), default=1)
        sheet.set_row(start, height * LINE_HEIGHT)
        formats = [self.formats[column.kind] for column in table.columns]
        broken = {
            place for place, column in enumerate(table.columns) if column.kind is CellKind.LONG
        }
        for line, row in enumerate(table.rows, start + 1):
            lines = 1
            for place, value in enumerate(row):
                made = self.day if isinstance(value, date) else formats[place]
                write_cell(sheet, line, place, value, made)
                if place in broken and isinstance(value, str):
                    lines = max(lines, lines_of(value, table.columns[place].width))
            if lines > 1:
                sheet.set_row(line, min(lines * LINE_HEIGHT, 400))
        sheet.freeze_panes(start + 1, 0)
        if table.rows:
            sheet.autofilter(start, 0, start + len(table.rows), len(table.columns) - 1)
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(start)
        return sheet


def write_cell(sheet: Any, line: int, place: int, value: Cell, made: Any) -> None:
    """One cell by its type; missing and non-finite values stay empty."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(line, place, writable(value), made)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), made)
    elif math.isfinite(value):
        sheet.write_number(line, place, value, made)


def lines_of(text: str, width: float) -> int:
    """Lines a text needs in a column of this width; not every program works it out by itself."""
    signs = max(int(width * 1.1), 1)
    return sum(-(-max(len(part), 1) // signs) for part in text.split("\n"))


def set_properties(book: Any, title: str, created: date, subject: str = "") -> None:
    """Title, language-neutral properties, no author; the clock is not asked."""
    book.set_properties(
        {
            "title": writable(title)[:255],
            "subject": writable(subject)[:255],
            "author": "",
            "comments": "",
            "created": datetime(created.year, created.month, created.day),
        }
    )
    book.set_calc_mode("manual")
