"""Read .xlsx, .xls and .ods with calamine: fast, but it may end the process it runs in."""

import io
from typing import Any

import python_calamine

from assessment.importing.readers.grid import Grid
from assessment.importing.readers.messages import corrupt, grid_too_large, grouped, macro_refused
from assessment.importing.wire import Refusal

_STATES = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "very_hidden"}

_KEPT: list[Any] = []
"""Freeing millions of cells takes a tenth of the time; the process ends anyway and never does."""


class CannotRead(Exception):
    """The library gave up; another reader may still manage."""


def read_workbook(data: bytes, limits: Any) -> list[Grid]:
    """All worksheets of a workbook. Raises :class:`CannotRead` and :class:`Refusal`."""
    try:
        return _read(data, limits)
    except Refusal:
        raise
    except MemoryError:
        raise
    except BaseException as error:
        # The library's panics are BaseException on purpose; here they mean "damaged file".
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise CannotRead(type(error).__name__) from error


def _read(data: bytes, limits: Any) -> list[Grid]:
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    grids = []
    cells = 0
    for index, meta in enumerate(workbook.sheets_metadata):
        kind = str(meta.typ).rpartition(".")[2]
        if kind in ("MacroSheet", "Vba"):
            raise macro_refused()
        if kind != "WorkSheet":
            continue
        sheet = workbook.get_sheet_by_index(index)
        start, end = sheet.start, sheet.end
        grid = Grid(meta.name, _STATES[str(meta.visible).rpartition(".")[2]])
        if start is not None and end is not None:
            height, width = end[0] - start[0] + 1, end[1] - start[1] + 1
            cells += height * width
            if cells > limits.grid_cells:
                raise grid_too_large(
                    f"Das Blatt „{meta.name}“ reicht über {grouped(height)} Zeilen und "
                    f"{grouped(width)} Spalten, das ist zu viel für eine Umfrage."
                )
            rows = sheet.to_python(skip_empty_area=True)
            grid.fill(start[0] + 1, start[1] + 1, rows)
            _KEPT.append((sheet, rows, grid.columns))
        grids.append(grid)
    if not grids:
        raise corrupt("Die Datei enthält kein Tabellenblatt.")
    return grids
