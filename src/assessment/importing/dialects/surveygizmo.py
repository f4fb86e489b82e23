"""SurveyGizmo (Alchemer): headers of the shape ``Option:Frage``."""

import re
from collections.abc import Sequence

from assessment.german import fold
from assessment.importing.dialects.bracketed import shared
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.other_text import is_other_text
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

METADATA = frozenset(
    {
        *("response id", "time started", "date submitted", "status", "contact id"),
        *("legacy comments", "comments", "language", "referer", "sessionid", "user agent"),
        *("extended referer", "longitude", "latitude", "country", "city", "state/region"),
        *("postal", "ip address", "tags"),
    }
)
_TELLING = {"time started", "date submitted", "sessionid", "legacy comments", "user agent"}


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if len(header_rows) != 1:
        return None
    headers = [text for text in view.row_texts(header_rows[0]) if text]
    if len({fold(text) for text in headers} & _TELLING) < 2:
        return None
    reasons = ["„Time Started“ und „Date Submitted“ schreibt SurveyGizmo (Alchemer)."]
    turned = [text for text in headers if ":" in text]
    if turned:
        reasons.append(f"{len(turned)} Spaltenköpfe haben die Form „Option:Frage“.")
    return Sighting(0.9, tuple(reasons))


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    headers = [column.header for column in columns]
    questions = {header for header in headers if ":" not in header}
    questions |= shared(_split(header)[1] for header in headers if ":" in header)
    return [_parts(header, questions) for header in headers]


def _split(header: str) -> tuple[str, str]:
    option, _, question = header.partition(":")
    # "Other word(s)::Frage" doubles the colon.
    return option.strip(), re.sub(r"^:+", "", question).strip()


def _parts(header: str, questions: set[str]) -> HeaderParts:
    if fold(header) in METADATA:
        return HeaderParts(part=Part.METADATA)
    option, question = _split(header)
    if question and question in questions:
        part = Part.OTHER_TEXT if is_other_text(option) else Part.ANSWER
        return HeaderParts(question=question, option=option, part=part)
    return HeaderParts(question=header)


DIALECT = Dialect("surveygizmo", "SurveyGizmo (Alchemer)", _look, _read)
