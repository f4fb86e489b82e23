"""A table of a page as a file: for German spreadsheet programs, or for other programs.

Both forms hold exactly what the page shows: guarded and rounded as shown. What a file is about
(municipality, wave) stands in its first columns and what it rests on in the last one, so that
files of several municipalities can be put below each other and none is parted from its origin.

The form for programs keeps numbers free of words: „30 %“ becomes 30 below a column „… in %“, and
words such as „verdeckt“ move to a column of notes.
"""

import csv
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.german import parse_number
from assessment.reports.csv_files import german_csv
from assessment.reports.safe_text import neutral

ORIGIN_COLUMN = "Herkunft"
NOTE_COLUMN = "Hinweise"
SUBJECT_COLUMNS = ("Kommune", "Schlüssel", "Erhebungswelle", "Stichtag")
_PERCENT = re.compile(r"([+\-\u2212]?[0-9][0-9.,]*)\s?%")
_LIMIT = re.compile(r"^(über|unter) ")
_PLACEHOLDERS = ("", "–", "verdeckt")
"""Words that stand where a number is missing; „–“ says nothing more than an empty cell."""


class CsvForm(StrEnum):
    """Whom the file is for."""

    GERMAN = "german"
    """Byte order mark, semicolon, decimal comma: opens in German Excel with a double click."""
    MACHINE = "machine"
    """UTF-8, comma, decimal point, as RFC 4180."""


@dataclass(frozen=True, slots=True)
class FileSubject:
    """The municipality a table is about, with its survey."""

    name: str
    key: str
    """Official key as text, leading zeros included."""
    wave: str
    reference_date: date | None

    @property
    def cells(self) -> tuple[object, ...]:
        """One cell for each of :data:`SUBJECT_COLUMNS`."""
        return (self.name, self.key, self.wave, self.reference_date)


def table_csv(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    form: CsvForm,
    *,
    decimals: int = 0,
    origin: str = "",
    subject: FileSubject | None = None,
) -> bytes:
    """A table of texts, numbers and missing values (``None``, written as empty cells).

    ``decimals``: the digits the page shows; no number in the file is more exact than that.
    ``origin``: one line on data, program and simulation, repeated in the last column.
    ``subject``: the municipality the table is about, repeated in the first columns.
    """
    header = list(columns)
    body = [[_shown(cell, decimals) for cell in row] for row in rows]
    if form is CsvForm.MACHINE:
        header, body = _without_words(header, body)
    before = () if subject is None else subject.cells
    header = [*(() if subject is None else SUBJECT_COLUMNS), *header]
    body = [[*before, *row] for row in body]
    if origin:
        header.append(ORIGIN_COLUMN)
        body = [[*row, origin] for row in body]
    if form is CsvForm.GERMAN:
        return german_csv(header, body)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutral(name) for name in header])
    writer.writerows([_machine_cell(cell) for cell in row] for row in body)
    return buffer.getvalue().encode()


def _without_words(
    columns: list[str], rows: list[list[object]]
) -> tuple[list[str], list[list[object]]]:
    """Columns of numbers with nothing but numbers, and one more column with their words.

    The column of notes is always there: files of the same chart have the same columns.
    """
    notes: list[list[str]] = [[] for _ in rows]
    header, cleaned = list(columns), [list(row) for row in rows]
    for place, name in enumerate(columns):
        cells = [row[place] for row in rows]
        numbers = any(_is_number(cell) for cell in cells)
        percents = not numbers and _are_percents(cells)
        if not numbers and not percents:
            continue
        if percents and "%" not in name:
            header[place] = f"{name} in %"
        for row, cell in enumerate(cells):
            if not isinstance(cell, str):
                continue
            value = _percent(cell) if percents else None
            cleaned[row][place] = value
            if value is None and cell not in ("", "–"):
                notes[row].append(f"{name}: {cell}")
    return (
        [*header, NOTE_COLUMN],
        [[*row, "; ".join(said)] for row, said in zip(cleaned, notes, strict=True)],
    )


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _are_percents(cells: Sequence[object]) -> bool:
    """Whether a column of texts is one of percentages: one at least, beside them limits such as
    „über 99 %“ and placeholders only."""
    texts = [cell for cell in cells if cell is not None]
    return any(_percent(cell) is not None for cell in texts) and all(
        cell in _PLACEHOLDERS or _percent(_LIMIT.sub("", str(cell))) is not None for cell in texts
    )


def _percent(cell: object) -> float | int | None:
    """The number of „30 %“; ``None`` for any other cell."""
    found = _PERCENT.fullmatch(cell) if isinstance(cell, str) else None
    number = parse_number(found[1]) if found else None
    return int(number) if number is not None and number == int(number) else number


def _shown(cell: object, decimals: int) -> object:
    """A number as exact as on the page; anything else as it is."""
    if isinstance(cell, bool) or not isinstance(cell, float):
        return cell
    if not math.isfinite(cell):
        return None
    rounded = round(cell, decimals)
    return int(rounded) if decimals == 0 else rounded


def _machine_cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return str(cell)
    return neutral(str(cell))
