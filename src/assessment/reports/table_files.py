"""A table of a page as a file: for German spreadsheet programs, or for other programs.

Both forms hold exactly what the page shows: guarded, rounded as shown, hidden cells as words. What
they rest on stands in a last column, so that the table stays a plain table and no file is parted
from its origin.
"""

import csv
import io
import math
from collections.abc import Sequence
from enum import StrEnum

from assessment.reports.csv_files import german_csv
from assessment.reports.safe_text import neutral

ORIGIN_COLUMN = "Herkunft"


class CsvForm(StrEnum):
    """Whom the file is for."""

    GERMAN = "german"
    """Byte order mark, semicolon, decimal comma: opens in German Excel with a double click."""
    MACHINE = "machine"
    """UTF-8, comma, decimal point, as RFC 4180."""


def table_csv(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    form: CsvForm,
    *,
    decimals: int = 0,
    origin: str = "",
) -> bytes:
    """A table of texts, numbers and missing values (``None``, written as empty cells).

    ``decimals``: the digits the page shows; no number in the file is more exact than that.
    ``origin``: one line on data, program and simulation, repeated in the last column.
    """
    header = [*columns, *([ORIGIN_COLUMN] if origin else [])]
    body = [
        [*(_shown(cell, decimals) for cell in row), *([origin] if origin else [])] for row in rows
    ]
    if form is CsvForm.GERMAN:
        return german_csv(header, body)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutral(name) for name in header])
    writer.writerows([_machine_cell(cell) for cell in row] for row in body)
    return buffer.getvalue().encode()


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
