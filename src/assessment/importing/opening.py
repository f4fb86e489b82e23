"""Open an uploaded file: recognise it, check its container, read it in a process of its own."""

import hashlib
from dataclasses import dataclass

from assessment.importing.container import Part, check_archive
from assessment.importing.file_type import (
    actual_type,
    archive_type,
    check_agreement,
    promised_type,
)
from assessment.importing.isolation import read_isolated
from assessment.importing.limits import MIB, Limits
from assessment.importing.text_hygiene import clean_name
from assessment.remarks import InputRefused, Remark
from assessment.table import Sheet, SheetState

_DEFAULT = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class OpenedFile:
    """What stands in a file, before anything is understood of it.

    ``sheets`` holds every sheet with cells, hidden ones with their state. ``format`` is one of
    ``xlsx``, ``xls``, ``ods``, ``csv``, ``tsv``, ``csv.gz``, ``sav``, ``zsav``.
    """

    name: str
    sha256: str
    size: int
    format: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...]
    encoding: str | None = None
    delimiter: str | None = None


def open_file(data: bytes, name: str, limits: Limits = _DEFAULT) -> OpenedFile:
    """Read all sheets of ``data``; ``name`` is only compared with the content and shown.

    Raises :class:`InputRefused` with one German sentence if the file is not a table that can be
    read safely. Nothing is written to disk and no connection is opened.
    """
    if not data:
        raise InputRefused(
            "EMPTY", "Die Datei ist leer (0 Bytes). Bitte die Ausgabe in der Quelle wiederholen."
        )
    if len(data) > limits.file_bytes:
        raise InputRefused(
            "FILE_TOO_LARGE",
            f"Die Datei ist {-(-len(data) // MIB)} MB groß, zulässig sind "
            f"{limits.file_bytes // MIB} MB. Bitte nur die Zeilen und Spalten mit Antworten "
            "ausgeben.",
        )
    shown = clean_name(name)
    promised = promised_type(shown)
    kind = actual_type(data)
    parts: tuple[Part, ...] = ()
    if kind == "zip":
        parts = check_archive(data, limits)
        kind = archive_type([part.name for part in parts])
    elif kind == "text" and promised not in (None, "text") and b"\0" in data[:4096]:
        kind = "binary"
    if kind != "ole":
        check_agreement(kind, promised)
    job = {
        "kind": "xls" if kind == "ole" else _format(kind, data),
        "promised": promised,
        "plain_text": promised != "csv.gz" and not shown.casefold().endswith((".csv", ".tsv")),
        "parts": [[p.name, p.method, p.crc, p.packed, p.size, p.start] for p in parts],
    }
    answer = read_isolated(data, job, limits)
    if not any(sheet.state is SheetState.VISIBLE for sheet in answer.sheets):
        hidden = " außer auf ausgeblendeten Blättern" if answer.sheets else ""
        raise InputRefused(
            "NO_DATA",
            f"Die Datei enthält{hidden} keine ausgefüllte Zelle. Bitte die Ausgabe in der Quelle "
            "wiederholen und die richtige Datei wählen.",
        )
    file_format = answer.format
    if file_format == "csv" and answer.delimiter == "\t":
        file_format = "tsv"
    return OpenedFile(
        name=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        format=file_format,
        sheets=answer.sheets,
        remarks=answer.remarks,
        encoding=answer.encoding,
        delimiter=answer.delimiter,
    )


def _format(kind: str, data: bytes) -> str:
    if kind == "text":
        return "csv"
    if kind == "sav":
        return "zsav" if data.startswith(b"$FL3") else "sav"
    return kind
