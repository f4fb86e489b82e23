"""Read .xlsx with openpyxl, for files with rows numbered 0 that the fast reader gives up on.

Ten times slower; the scan has bounded the size of the sheets before.
"""

import io
from typing import Any

import openpyxl

from assessment.importing.readers.columns import ERROR_TEXTS, Special
from assessment.importing.readers.grid import Grid
from assessment.importing.readers.messages import corrupt, grid_too_large, grouped
from assessment.importing.wire import Refusal

_STATES = {"visible": "visible", "hidden": "hidden", "veryHidden": "very_hidden"}


def read_slowly(data: bytes, limits: Any) -> list[Grid]:
    """All worksheets. Raises :class:`Refusal`."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [_grid(sheet, limits) for sheet in book.worksheets]
    except Refusal:
        raise
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever its own code trips over
        raise corrupt() from error


def _grid(sheet: Any, limits: Any) -> Grid:
    grid = Grid(sheet.title, _STATES[sheet.sheet_state])
    # The size that the file claims for the sheet is not to be trusted.
    sheet.reset_dimensions()
    cells: dict[tuple[int, int], Any] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and cell.value != "":
                cells[cell.row, cell.column] = _value(cell.value)
        if len(cells) > limits.filled_cells:
            raise grid_too_large(f"Das Blatt „{sheet.title}“ hat zu viele ausgefüllte Zellen.")
    if not cells:
        return grid
    top, bottom = min(r for r, _ in cells), max(r for r, _ in cells)
    left, right = min(c for _, c in cells), max(c for _, c in cells)
    height, width = bottom - top + 1, right - left + 1
    if height * width > limits.grid_cells:
        raise grid_too_large(
            f"Das Blatt „{sheet.title}“ reicht über {grouped(height)} Zeilen und "
            f"{grouped(width)} Spalten."
        )
    rows = [[cells.get((r, c), "") for c in range(left, right + 1)] for r in range(top, bottom + 1)]
    grid.fill(top, left, rows)
    return grid


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value if value not in ERROR_TEXTS else Special("ERROR_CELLS", value)
    return value
