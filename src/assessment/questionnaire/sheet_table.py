"""Sheets with a header row as rows of text by header, for codebooks in workbooks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from assessment.german import fold
from assessment.questionnaire.problems import refuse
from assessment.table import CellValue, ErrorCell, NoResultCell, Sheet, column_letter

MAX_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: the filled cells as text, by folded header."""

    place: str
    """For messages: file, sheet and row of the original."""
    cells: Mapping[str, str]

    def get(self, header: str) -> str:
        """Text of a cell, ``""`` if it is empty or the column does not exist."""
        return self.cells.get(header, "")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet whose first filled row names the columns."""

    place: str
    headers: Mapping[str, str]
    """Folded header → header as written, in sheet order."""
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def find_sheet(sheets: Sequence[Sheet], name: str) -> Sheet | None:
    """The sheet of this name, regardless of case, blanks and umlaut spelling."""
    return next((sheet for sheet in sheets if fold(sheet.name) == fold(name)), None)


def read_table(sheet: Sheet, file_name: str) -> SheetTable:
    """Read a sheet as a table.

    Raises InputRefused (CODEBOOK_INVALID) for doubled headers, error cells and formulas without a
    stored result, naming the cell.
    """
    place = f"{file_name}, Blatt „{sheet.name}“"
    if sheet.n_rows > MAX_ROWS:
        refuse(place, f"Das Blatt hat mehr als {MAX_ROWS} Zeilen; so groß ist kein Fragebogen.")
    if not sheet.n_rows or not sheet.columns:
        return SheetTable(place, {}, ())
    headers: dict[str, str] = {}
    columns = []
    for column in sheet.columns:
        written = cell_text(column.cell(0), f"{place}, Spalte {column_letter(column.position)}")
        if not written.strip():
            continue
        folded = fold(written)
        if folded in headers:
            refuse(place, f"Die Spalte „{written}“ kommt mehrfach vor.")
        headers[folded] = written
        columns.append((folded, column))
    rows = []
    for index in range(1, sheet.n_rows):
        row_place = f"{place}, Zeile {int(sheet.row_numbers[index])}"
        cells = {
            folded: text
            for folded, column in columns
            if (text := cell_text(column.cell(index), row_place))
        }
        if any(text.strip() for text in cells.values()):
            rows.append(Row(row_place, cells))
    return SheetTable(place, headers, tuple(rows))


def cell_text(value: CellValue, place: str) -> str:
    """A cell as the text somebody meant: ``3.0`` is ``3``, an empty cell ``""``."""
    if value is None:
        return ""
    if isinstance(value, ErrorCell):
        refuse(place, f"Dort steht der Fehlerwert {value.code}; bitte berichtigen oder leeren.")
    if isinstance(value, NoResultCell):
        refuse(place, "Dort steht eine Formel ohne Ergebnis; bitte den Wert selbst eintragen.")
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
