"""Workbooks: scan the parts and read the cells at the same time, then put both together.

The scan runs in a second process, because the reader may take the whole process down with it and
because two cores are faster than one. A refusal by the scan goes straight to the asking process.
"""

import json
import os
from typing import Any

from assessment.importing import wire
from assessment.importing.readers.columns import Encoder, Special
from assessment.importing.readers.findings import report_cells
from assessment.importing.readers.grid import Grid
from assessment.importing.readers.messages import corrupt
from assessment.importing.text_hygiene import clean_text
from assessment.importing.wire import EncodedSheet, NoAnswer, Notes, Refusal


def read_workbook_file(
    data: bytes, kind: str, job: dict[str, Any], verdict: int, limits: Any, notes: Notes
) -> list[EncodedSheet]:
    """All sheets of a workbook with cells in them, remarks into ``notes``.

    ``verdict`` is closed in any case. Raises :class:`Refusal` and :class:`NoAnswer`.
    """
    if kind == "xls":
        os.close(verdict)
        from assessment.importing.readers.xls_scan import scan_xls

        special = scan_xls(data, job["promised"], limits)
        grids = _grids(data, limits, row_zero=lambda: False)
    else:
        scan = _Scan(data, kind, job["parts"], verdict, limits)
        grids = _grids(data, limits, row_zero=lambda: scan.result()["row_zero"])
        result = scan.result()
        notes.entries.extend(result["notes"])
        special = {
            name: {(row, column): Special(code, value) for row, column, code, value in cells}
            for name, cells in result["special"].items()
        }
    return [
        sheet
        for grid in grids
        if (sheet := _encoded(grid, special.get(grid.name, {}), limits, notes)) is not None
    ]


def _grids(data: bytes, limits: Any, row_zero: Any) -> list[Grid]:
    from assessment.importing.readers.calamine import CannotRead, read_workbook

    try:
        return read_workbook(data, limits)
    except CannotRead as error:
        if not row_zero():
            raise corrupt() from error
    from assessment.importing.readers.slow_workbook import read_slowly

    return read_slowly(data, limits)


def _encoded(
    grid: Grid, special: dict[tuple[int, int], Special], limits: Any, notes: Notes
) -> EncodedSheet | None:
    grid.name = clean_text(grid.name)
    grid.cover(special)
    grid.cut_stray_cells(notes, special)
    if not grid.columns:
        return None
    if grid.state != "visible":
        notes.add(
            "HIDDEN_CONTENT",
            wire.WARNING,
            f"Das Blatt „{grid.name}“ ist ausgeblendet und wird nicht von selbst eingelesen; bitte "
            "prüfen, ob es zu den Antworten gehört.",
            grid.name,
        )
    encoder = Encoder(limits.cell_characters, first_row=grid.first_row)
    sheet = grid.encode(encoder, special, limits)
    severity = wire.WARNING if grid.state == "visible" else wire.INFO
    report_cells(encoder, grid.name, grid.first_row, notes, severity=severity)
    return sheet


class _Scan:
    """The scan in a forked process; this one is small and has one thread, so that is safe."""

    def __init__(
        self, data: bytes, kind: str, parts: list[list[Any]], verdict: int, limits: Any
    ) -> None:
        self._source, sink = os.pipe()
        self._result: dict[str, Any] | None = None
        self._process = os.fork()
        if self._process == 0:
            os.close(self._source)
            # The other side takes the end of standard output for the end of the answer.
            os.close(1)
            os._exit(_scan_and_tell(data, kind, parts, limits, sink, verdict))
        os.close(sink)
        os.close(verdict)

    def result(self) -> dict[str, Any]:
        """Wait for the scan. Raises :class:`NoAnswer`."""
        if self._result is None:
            with os.fdopen(self._source, "rb") as stream:
                text = stream.read()
            os.waitpid(self._process, 0)
            if not text:
                raise NoAnswer
            self._result = json.loads(text)
        assert self._result is not None
        return self._result


def _scan_and_tell(
    data: bytes, kind: str, parts: list[list[Any]], limits: Any, sink: int, verdict: int
) -> int:
    from assessment.importing.readers.package_scan import scan_package

    try:
        found = json.dumps(scan_package(data, parts, kind, limits)).encode()
    except Refusal as refusal:
        with os.fdopen(verdict, "wb") as stream:
            stream.writelines(wire.encode_refusal(refusal))
        return 0
    except MemoryError:
        return 3
    with os.fdopen(sink, "wb") as stream:
        stream.write(found)
    return 0
