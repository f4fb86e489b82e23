"""SoSci Survey: variables such as ``BE02_01`` between CASE and TIME_SUM, -9 for missing."""

import re
from collections.abc import Sequence

from assessment.german import fold
from assessment.importing.dialects.dialect import (
    Dialect,
    HeaderParts,
    RawColumn,
    Sighting,
    SpecialMeaning,
)
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

METADATA = frozenset(
    {
        *("case", "serial", "ref", "questnnr", "mode", "language", "started", "mailsent"),
        *("lastdata", "status", "finished", "q_viewer", "lastpage", "maxpage", "missing"),
        *("missrel", "time_rsi", "deg_time", "time_sum", "deg_miss", "deg_valid"),
    }
)
_TELLING = {"case", "serial", "questnnr", "started", "lastdata", "maxpage", "time_sum"}
_TIME = re.compile(r"TIME\d{3}")
_CODE = re.compile(r"^(?P<code>[A-Z]{1,2}[A-Z0-9]\d{2})(_(?P<sub>\w+))?$")


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if not header_rows:
        return None
    headers = {fold(text) for text in view.row_texts(header_rows[0]) if text}
    if len(headers & _TELLING) >= 3:
        reason = "Die Spalten CASE, QUESTNNR, STARTED und ähnliche schreibt SoSci Survey."
        return Sighting(0.95, (reason,))
    return None


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    return [_parts(column.cells) for column in columns]


def _parts(cells: tuple[str, ...]) -> HeaderParts:
    name = cells[0] if cells else ""
    question = cells[1] if len(cells) > 1 else ""
    if fold(name) in METADATA or _TIME.fullmatch(name):
        return HeaderParts(code=name, part=Part.METADATA)
    match = _CODE.match(name)
    if not match:
        return HeaderParts(code=name, question=question)
    sub = match["sub"] or ""
    # CP: case-related page, RV: random draw, CN: number of ticks; all written by the program.
    part = Part.METADATA if re.fullmatch(r"(CP|RV\d+|CN)", sub) else Part.ANSWER
    return HeaderParts(match["code"], sub, question, part=part)


DIALECT = Dialect(
    id="sosci",
    title="SoSci Survey",
    look=_look,
    read=_read,
    special={"-9": SpecialMeaning.MISSING, "-1": SpecialMeaning.DONT_KNOW},
)
