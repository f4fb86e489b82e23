"""Workbooks: scan the parts and read the cells at the same time, then put both together."""

from typing import Any

from assessment.importing.readers.calamine import CannotRead, read_workbook
from assessment.importing.readers.columns import Encoder, Special
from assessment.importing.readers.findings import report_cells
from assessment.importing.readers.messages import corrupt
from assessment.importing.wire import EncodedSheet, Notes, Refusal


def read_workbook_file(
    data: bytes, kind: str, parts: list[list[Any]], verdict: int, limits: Any, notes: Notes
) -> list[EncodedSheet]:
    """All sheets of a workbook with cells in them, remarks into ``notes``."""
    try:
        grids = read_workbook(data, limits, _refuse_sheet)
    except CannotRead as error:
        raise corrupt() from error
    special: dict[str, dict[tuple[int, int], Special]] = {}
    sheets = []
    for grid in grids:
        cells = special.get(grid.name, {})
        grid.cover(cells)
        grid.cut_stray_cells(notes, cells)
        if not grid.columns:
            continue
        encoder = Encoder(limits.cell_characters)
        sheets.append(grid.encode(encoder, cells, limits))
        report_cells(encoder, grid.name, grid.first_row, notes)
    return sheets


def _refuse_sheet(kind: str) -> None:
    raise Refusal("MACRO_FILE", "Die Arbeitsmappe enthält Makros.")
