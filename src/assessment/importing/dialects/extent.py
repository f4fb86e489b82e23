"""Where the table lies in a sheet: title lines above, header rows, notes and totals below."""

import re
from dataclasses import dataclass

import numpy as np

from assessment.german import fold
from assessment.importing.dialects.view import SheetView, is_number

LOOK_AHEAD = 60
"""Rows searched for the header; longer prefaces don't occur in the exports collected."""

_TOTAL = re.compile(
    r"(summe|gesamt|insgesamt|total|zwischensumme|mittelwert|durchschnitt|median|average|mean|sum)\b"
)
_NOTE = re.compile(
    r"(quelle|hinweis|anmerkung|bemerkung|legende|stand|fussnote|\*|source|notes?\b|erlaeuterung)"
)


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row outside the table; ``row`` is an index into the sheet."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Extent:
    """Header rows (indices, top to bottom), data rows (int array) and everything else."""

    header_rows: tuple[int, ...]
    data_rows: np.ndarray
    set_aside: tuple[SetAsideRow, ...]


def find_header(view: SheetView) -> tuple[int, ...]:
    """Indices of the header rows; empty where the sheet starts with data.

    The header is the first row that is nearly as wide as the widest of the first rows and holds
    text; a row of texts directly above it (merged group titles) or below it (units over numeric
    columns) belongs to it.
    """
    candidates = np.flatnonzero(view.row_counts)[:LOOK_AHEAD]
    if not len(candidates):
        return ()
    widest = int(view.row_counts[candidates].max())
    wide_enough = max(1, int(np.ceil(0.6 * widest)))
    first = next(int(row) for row in candidates if view.row_counts[row] >= wide_enough)
    first = _text_above(view, first, widest)
    if _numeric_share(view, first) > 0.5:
        return ()
    rows = [first]
    above = first - 1
    if above >= 0 and view.row_counts[above] >= 3 and _numeric_share(view, above) == 0:
        rows.insert(0, above)
    elif _is_second_header(view, first):
        rows.append(first + 1)
    return tuple(rows)


def _text_above(view: SheetView, first: int, widest: int) -> int:
    """The header if ``first`` is data below it: where many columns are unnamed, it is narrower."""
    above = first - 1
    if above < 0 or _numeric_share(view, first) == 0 or _numeric_share(view, above) > 0:
        return first
    return above if view.row_counts[above] >= max(2, 0.4 * widest) else first


def _numeric_share(view: SheetView, row: int) -> float:
    values = view.row_values(row)
    return sum(is_number(value) for value in values) / len(values) if values else 0.0


def _is_second_header(view: SheetView, first: int) -> bool:
    """Texts over columns of numbers: the second line of a two-line header."""
    below = first + 1
    rows = list(range(below + 1, min(below + 9, view.sheet.n_rows)))
    if not rows or view.row_counts[below] < 2 or _numeric_share(view, below) > 0:
        return False
    columns = np.flatnonzero(view.filled[below])
    numeric = 0
    for column in columns:
        cells = [view.value(row, int(column)) for row in rows if view.filled[row, column]]
        numeric += bool(cells) and all(is_number(cell) for cell in cells)
    return numeric >= 2 and numeric / len(columns) >= 0.6


def find_extent(view: SheetView, header_rows: tuple[int, ...]) -> Extent:
    """Divide all rows of the sheet into header, data and set aside (with reasons)."""
    start = max(header_rows, default=-1) + 1
    set_aside = [
        SetAsideRow(row, _reason_above(view, row, bool(header_rows)))
        for row in range(start)
        if row not in header_rows
    ]
    counts = view.row_counts
    below = np.arange(start, view.sheet.n_rows)
    blank = below[counts[below] == 0]
    set_aside += [SetAsideRow(int(row), "leere Zeile") for row in blank]
    data = below[counts[below] > 0]
    repeated = _repeated_headers(view, header_rows, data)
    set_aside += [SetAsideRow(row, "Wiederholung der Kopfzeile") for row in repeated]
    data = data[~np.isin(data, repeated)]
    trailing = _trailing(view, data)
    set_aside += trailing
    data = data[~np.isin(data, [entry.row for entry in trailing])]
    return Extent(header_rows, data, tuple(sorted(set_aside, key=lambda entry: entry.row)))


def _reason_above(view: SheetView, row: int, has_header: bool) -> str:
    if view.row_counts[row] == 0:
        return "leere Zeile"
    return "Titelzeile über der Kopfzeile" if has_header else "Zeile über der Tabelle"


def _repeated_headers(view: SheetView, header_rows: tuple[int, ...], data: np.ndarray) -> list[int]:
    if not header_rows or not len(data):
        return []
    header = max(header_rows)
    columns = np.flatnonzero(view.filled[header])
    if len(columns) < 2:
        return []
    # A repeated header has the same distinct value in the first two columns: a cheap filter.
    rows = data
    for column in columns[:2]:
        codes = view.sheet.columns[column].codes
        rows = rows[codes[rows] == codes[header]]
    texts = view.row_texts(header)
    return [int(row) for row in rows if view.row_texts(int(row)) == texts]


def _trailing(view: SheetView, data: np.ndarray) -> list[SetAsideRow]:
    """Notes and totals at the lower end of a table of at least three columns."""
    found: list[SetAsideRow] = []
    if len(view.columns_in_use) < 3 or not len(data):
        return found
    typical = float(np.median(view.row_counts[data]))
    for position in range(len(data) - 1, 0, -1):
        row = int(data[position])
        numbers = view.sheet.row_numbers
        after_gap = int(numbers[row]) - int(numbers[data[position - 1]]) > 1
        reason = _trailing_reason(view, row, typical, after_gap)
        if reason is None:
            break
        found.append(SetAsideRow(row, reason))
    return found


def _trailing_reason(view: SheetView, row: int, typical: float, after_gap: bool) -> str | None:
    columns = np.flatnonzero(view.filled[row])
    lead = view.value(row, int(columns[0]))
    if not isinstance(lead, str) or is_number(lead):
        return None
    key = fold(lead)
    if _TOTAL.match(key) and all(is_number(v) for v in view.row_values(row)[1:]):
        return "Summen- oder Mittelwertzeile unter der Tabelle"
    if len(columns) <= 2 < typical and (_NOTE.match(key) or len(key) > 40 or after_gap):
        return "Anmerkung unter der Tabelle"
    return None
