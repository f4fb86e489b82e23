"""Turn workbook bytes, rows or CSV bytes into sheets, without the import's child process."""

import csv
import io
from collections.abc import Sequence

import numpy as np
import python_calamine

from assessment.table import CellValue, Column, Sheet


def sheet(name: str, rows: Sequence[Sequence[CellValue]]) -> Sheet:
    """A sheet with these rows; short rows end in empty cells."""
    width = max((len(row) for row in rows), default=0)
    numbers = np.arange(len(rows), dtype=np.int32)
    columns = tuple(
        Column(
            position + 1,
            tuple(row[position] if position < len(row) else None for row in rows),
            numbers,
        )
        for position in range(width)
    )
    return Sheet(name, columns, numbers + 1)


def sheets_of(workbook: bytes) -> list[Sheet]:
    """All sheets of an .xlsx or .xls file."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return [
        sheet(
            name,
            [
                [_cell(value) for value in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ],
        )
        for name in book.sheet_names
    ]


def sheet_of_csv(name: str, data: bytes) -> Sheet:
    """The one sheet of a comma separated UTF-8 file."""
    rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    return sheet(name, [[cell or None for cell in row] for row in rows])


def _cell(value: CellValue) -> CellValue:
    if value == "":
        return None
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
