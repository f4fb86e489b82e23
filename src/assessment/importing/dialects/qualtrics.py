"""Qualtrics: codes, question texts and ImportIds in three header rows (two in old exports)."""

import re
from collections.abc import Sequence

import numpy as np

from assessment.german import fold
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

METADATA = frozenset(
    fold(name)
    for name in (
        *("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)"),
        *("Finished", "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName"),
        *("RecipientEmail", "ExternalReference", "ExternalDataReference", "LocationLatitude"),
        *("LocationLongitude", "LocationAccuracy", "DistributionChannel", "UserLanguage"),
        *("ResponseID", "ResponseSet", "Name", "EmailAddress"),
    )
)
_TELLING = {"responseid", "recordeddate", "distributionchannel", "responseset", "startdate"}
_CODE = re.compile(r"^(?P<code>[A-Za-z]+\d+(?:\.\d+)*|QID\d+)(?P<sub>(_[\w.]+)?)$")


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    rows = [int(row) for row in np.flatnonzero(view.row_counts)[:4]]
    if not rows:
        return None
    first = {fold(text) for text in view.row_texts(rows[0])}
    if len(rows) >= 3:
        third = [text for text in view.row_texts(rows[2]) if text]
        ids = sum("ImportId" in text for text in third)
        if third and ids >= 0.5 * len(third):
            reason = "Die dritte Kopfzeile enthält die Kennungen („ImportId“) von Qualtrics."
            return Sighting(0.98, (reason,), tuple(rows[:3]))
    if len(rows) >= 2:
        second = {fold(text) for text in view.row_texts(rows[1])}
        if {"v1", "v2"} <= first and len(second & _TELLING) >= 2:
            reason = "Die erste Kopfzeile zählt V1, V2 …, die zweite nennt „ResponseID“."
            return Sighting(0.95, (reason,), tuple(rows[:2]))
    if len(first & _TELLING) >= 3:
        reason = "Spalten wie „ResponseId“ und „RecordedDate“ schreibt Qualtrics."
        return Sighting(0.9, (reason,), header_rows or (rows[0],))
    return None


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    return [_parts(column.cells) for column in columns]


def _parts(cells: tuple[str, ...]) -> HeaderParts:
    name = cells[0] if cells else ""
    text = cells[1] if len(cells) > 1 else ""
    if fold(name) in METADATA or fold(text) in METADATA or re.fullmatch(r"V\d+", name):
        return HeaderParts(code=name, part=Part.METADATA)
    if " - " in name and name.partition(" - ")[2].lower().startswith(("topic", "sentiment")):
        return HeaderParts(code=name, question=text, part=Part.METADATA)
    match = _CODE.match(name)
    code, sub = (match["code"], match["sub"].lstrip("_")) if match else (name, "")
    question, separator, option = text.rpartition(" - ")
    if not (sub and separator):
        question, option = text, ""
    part = Part.OTHER_TEXT if re.fullmatch(r"\d+_TEXT", sub) else Part.ANSWER
    return HeaderParts(code, "" if sub == "TEXT" else sub, question.strip(), option.strip(), part)


DIALECT = Dialect("qualtrics", "Qualtrics", _look, _read)
