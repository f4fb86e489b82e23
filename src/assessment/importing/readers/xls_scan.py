"""Old .xls workbooks before they are read: password, macros, reach, error cells."""

import struct
from collections.abc import Iterator
from typing import Any

from assessment.importing.readers.columns import Special
from assessment.importing.readers.compound_file import CompoundFile
from assessment.importing.readers.messages import (
    column_letter,
    corrupt,
    encrypted,
    grid_too_large,
    grouped,
    macro_refused,
)
from assessment.importing.readers.vba_modules import has_macro_code
from assessment.importing.wire import Refusal

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x85
_FORMULA, _BOOLERR = 0x06, 0x205
# Records of one cell begin with row and column; those of several end with the last column.
_CELLS = frozenset([0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6, 0x06])
_CELL_RUNS = frozenset([0xBD])
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_WORKSHEET, _MACRO_SHEET = 0, 1


def scan_xls(
    data: bytes, promised: str | None, limits: Any
) -> dict[str, dict[tuple[int, int], Special]]:
    """Return the error cells per sheet. Raises :class:`Refusal`.

    ``promised`` is the type that the file name promises; an .xls named .xlsx is refused here,
    because only the directory of the container tells an encrypted .xlsx from it.
    """
    file = CompoundFile(data)
    names = file.names()
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise encrypted()
    stream = file.stream("workbook") or file.stream("book")
    if stream is None:
        raise _other_document(names, promised)
    if has_macro_code(file):
        raise macro_refused()
    sheets = _globals(stream)
    if promised not in (None, "xls"):
        raise Refusal(
            "TYPE_MISMATCH",
            "Die Datei ist dem Inhalt nach eine ältere Excel-Arbeitsmappe (.xls), ihre Endung sagt "
            "etwas anderes. Bitte in Excel öffnen und als .xlsx speichern oder die Endung in .xls "
            "ändern.",
        )
    if len(sheets) > limits.sheets:
        raise Refusal(
            "TOO_MANY_SHEETS",
            f"Die Arbeitsmappe hat {grouped(len(sheets))} Blätter, zulässig sind {limits.sheets}. "
            "Bitte nur das Blatt mit den Antworten in eine neue Arbeitsmappe kopieren.",
        )
    return {name: _sheet(stream, start, name, limits) for name, start in sheets}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _EOF:
            return
        at += 4 + size


def _globals(stream: bytes) -> list[tuple[str, int]]:
    """Name and position of each worksheet; refuses passwords and macro sheets."""
    sheets = []
    for number, (kind, body) in enumerate(_records(stream, 0)):
        if number == 0 and kind != _BOF:
            raise corrupt()
        if kind == _FILEPASS:
            raise encrypted()
        if kind == _BOUNDSHEET and len(body) >= 8:
            start, _, sheet_kind, length = struct.unpack_from("<IBBB", body)
            if sheet_kind == _MACRO_SHEET:
                raise macro_refused()
            wide = body[7] & 1
            raw = body[8 : 8 + length * (2 if wide else 1)]
            name = raw.decode("utf-16-le" if wide else "latin-1", "replace")
            if sheet_kind == _WORKSHEET:
                sheets.append((name, start))
    return sheets


def _sheet(stream: bytes, start: int, name: str, limits: Any) -> dict[tuple[int, int], Special]:
    found: dict[tuple[int, int], Special] = {}
    last_row = last_column = 0
    for kind, body in _records(stream, start):
        if kind in _CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
        elif kind in _CELL_RUNS and len(body) >= 6:
            row = struct.unpack_from("<H", body)[0]
            column = struct.unpack_from("<H", body, len(body) - 2)[0]
        else:
            continue
        last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
        code = None
        if kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
            code = body[6]
        elif kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
            code = body[8]
        if code is not None:
            found[row + 1, column + 1] = Special("ERROR_CELLS", _ERRORS.get(code, "#FEHLER!"))
    if last_row * last_column > limits.grid_cells:
        raise grid_too_large(
            f"Im Blatt „{name}“ stehen Zellen bis {column_letter(last_column)}{last_row}."
        )
    return found


def _other_document(names: set[str], promised: str | None) -> Refusal:
    what = "keine Arbeitsmappe"
    if "worddocument" in names:
        what = "ein älteres Word-Dokument"
    elif "powerpoint document" in names:
        what = "eine ältere Präsentation"
    code = "TYPE_MISMATCH" if promised is not None else "UNSUPPORTED_TYPE"
    return Refusal(
        code, f"Die Datei ist {what}. Bitte die Tabelle mit den Antworten als .xlsx einlesen."
    )
