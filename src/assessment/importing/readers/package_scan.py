"""Scan all XML parts of a workbook while the reader library is at work in another process."""

import re
from typing import Any

from assessment.importing import wire
from assessment.importing.readers.messages import corrupt, grouped
from assessment.importing.readers.ods_scan import OdsScan
from assessment.importing.readers.package import (
    Workbook,
    check_content_types,
    read_package,
)
from assessment.importing.readers.sheet_scan import SheetScan
from assessment.importing.readers.xml_parts import Part, XmlCheck, unpack, whole_tags
from assessment.importing.wire import Notes, Refusal

_SMALL = 4 << 20
_UNIQUE = re.compile(rb'<(?:\w+:)?sst[^>]*\suniqueCount\s*=\s*["\'](\d+)')
_CELLS = re.compile(r"(?:^|/)(?:worksheets/[^/]+|sheet\d*|sharedstrings)\.xml$")
# Parts that no reader opens; Word and Excel keep forms and document properties there, in any
# encoding.
_UNREAD = ("customxml/", "docprops/", "xl/xmlmaps", "meta-inf/", "configurations2/", "objects/")


def scan_package(data: bytes, parts: list[list[Any]], kind: str, limits: Any) -> dict[str, Any]:
    """Return what the scan found; raises :class:`Refusal`.

    Keys: ``special`` (sheet → list of row, column, code, value), ``notes``, ``row_zero``.
    """
    all_parts = [Part(*described) for described in parts]
    notes = Notes()
    small: dict[str, bytes] = {}
    cells: list[Part] = []
    for part in all_parts:
        key = part.name.casefold()
        if not key.endswith((".xml", ".rels", ".vml")):
            continue
        if (kind == "xlsx" and _CELLS.search(key)) or (kind == "ods" and key == "content.xml"):
            cells.append(part)
        elif key == "meta-inf/manifest.xml":
            _check_manifest(b"".join(unpack(data, part)))
        elif not key.startswith(_UNREAD):
            content = _check_small(data, part, limits)
            if len(content) <= _SMALL:
                small[key] = content
    if kind == "ods":
        scan = OdsScan(limits)
        for part in cells:
            _run(data, part, scan, b"<table:table-row", limits)
        return {"special": {}, "notes": [], "row_zero": False}
    if "[content_types].xml" in small:
        check_content_types(small["[content_types].xml"])
    workbook = read_package(small)
    _check_sheet_count(workbook, limits)
    known = {part.name for part in cells}
    cells += [
        part
        for part in all_parts
        if part.name.casefold() in workbook.sheet_of_part and part.name not in known
    ]
    special: dict[str, Any] = {}
    row_zero = False
    for part in cells:
        key = part.name.casefold()
        if key.endswith("sharedstrings.xml"):
            _scan_shared_strings(data, part, limits)
            continue
        name = workbook.sheet_of_part.get(key, part.name.rpartition("/")[2])
        sheet = SheetScan(name, workbook.date_styles, workbook.date_1904, limits)
        _run(data, part, sheet, b"<row", limits)
        sheet.end()
        row_zero = row_zero or sheet.row_zero
        if sheet.found:
            special[name] = sheet.found
        _note_hidden(sheet, notes)
    _note_external(all_parts, notes)
    return {"special": special, "notes": notes.entries, "row_zero": row_zero}


def _run(data: bytes, part: Part, scan: Any, marker: bytes, limits: Any) -> None:
    check = XmlCheck(limits, has_cells=True)
    for piece in whole_tags(unpack(data, part), marker, b"<c "):
        check.piece(piece)
        scan.piece(piece)
    check.end()


def _check_small(data: bytes, part: Part, limits: Any) -> bytes:
    check = XmlCheck(limits)
    content = b""
    for piece in whole_tags(unpack(data, part), b"<"):
        check.piece(piece)
        if len(content) <= _SMALL:
            content += piece
    check.end()
    return content


def _scan_shared_strings(data: bytes, part: Part, limits: Any) -> None:
    """Shared texts; the declared number must not make the reader reserve memory."""
    check = XmlCheck(limits, has_cells=True)
    declared: int | None = None
    real = 0
    for piece in whole_tags(unpack(data, part), b"<si"):
        if declared is None:
            match = _UNIQUE.search(piece)
            declared = int(match[1]) if match else 0
        check.piece(piece)
        real += piece.count(b"<si>") + piece.count(b"<si ") + piece.count(b"<si/")
    check.end()
    if declared is not None and declared > 10 * real + 10_000:
        raise corrupt(
            f"Die Datei ist beschädigt: sie nennt {grouped(declared)} Texte und enthält "
            f"{grouped(real)}."
        )


def _check_sheet_count(workbook: Workbook, limits: Any) -> None:
    count = len(workbook.sheet_of_part)
    if count > limits.sheets:
        raise Refusal(
            "TOO_MANY_SHEETS",
            f"Die Arbeitsmappe hat {grouped(count)} Blätter, zulässig sind {limits.sheets}. Bitte "
            "nur das Blatt mit den Antworten in eine neue Arbeitsmappe kopieren.",
        )


def _check_manifest(content: bytes) -> None:
    if b"encryption-data" in content:
        raise Refusal(
            "ENCRYPTED",
            "Die Datei ist mit einem Kennwort verschlüsselt. Bitte in LibreOffice öffnen und ohne "
            "Kennwort neu speichern.",
        )


def _note_hidden(sheet: SheetScan, notes: Notes) -> None:
    for kind, title in (("col", "ausgeblendete Spalten"), ("row", "ausgeblendete Zeilen")):
        if sheet.hidden[kind]:
            notes.add(
                "HIDDEN_CONTENT",
                wire.INFO,
                f"Das Blatt „{sheet.name}“ enthält {title}; sie werden mitgelesen.",
                sheet.name,
            )


def _note_external(parts: list[Part], notes: Notes) -> None:
    names = [part.name for part in parts]
    links = [n for n in names if re.match(r"xl/externallinks/[^/]+\.xml$", n.casefold())]
    found = [f"{len(links)} Verknüpfung(en) zu anderen Arbeitsmappen"] if links else []
    if any(n.casefold() == "xl/connections.xml" for n in names):
        found.append("Datenverbindungen")
    if found:
        shown = ", ".join(n.rpartition("/")[2] for n in links[:3])
        notes.add(
            "EXTERNAL_REFERENCES",
            wire.WARNING,
            f"Die Arbeitsmappe enthält {' und '.join(found)}; sie wurden nicht abgerufen, es "
            "gelten die gespeicherten Werte. Bitte prüfen, ob diese aktuell sind.",
            value=shown or None,
        )
