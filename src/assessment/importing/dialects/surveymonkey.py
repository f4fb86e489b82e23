"""SurveyMonkey: the question in the first header row, the option in the second."""

from collections.abc import Sequence

import numpy as np

from assessment.german import fold
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.other_text import is_comment, is_other_text
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

METADATA = frozenset(
    {
        *("respondent id", "respondentid", "collector id", "start date", "end date"),
        *("ip address", "email address", "first name", "last name", "custom data 1"),
        *("teilnehmer-id", "befragten-id", "collector-id", "startdatum", "enddatum"),
        *("ip-adresse", "e-mail-adresse", "vorname", "nachname", "benutzerdefinierte daten 1"),
    }
)
_ID = {"respondent id", "respondentid", "teilnehmer-id", "befragten-id"}
_RESPONSE = frozenset(
    {
        *("response", "open-ended response", "antwort", "beantwortung", "offene antwort"),
        *("freitext-antwort", "antwort mit offenem ende"),
    }
)


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    # Decided on the first two filled rows: the first may be too sparse for the general rule.
    rows = np.flatnonzero(view.row_counts)[:3]
    if len(rows) < 3:
        return None
    first, second = int(rows[0]), int(rows[1])
    upper = [fold(text) for text in view.row_texts(first)]
    lower = [fold(text) for text in view.row_texts(second)]
    responses = sum(text in _RESPONSE for text in lower)
    gaps = sum(not above and bool(below) for above, below in zip(upper, lower, strict=True))
    known_id = any(text in _ID for text in upper)
    id_blank = known_id and all(
        not below for above, below in zip(upper, lower, strict=True) if above in _ID
    )
    reasons = []
    if responses:
        reasons.append(f"In der zweiten Kopfzeile steht {responses}-mal „Response“ oder „Antwort“.")
    if id_blank:
        reasons.append("Die Nummer der Teilnahme steht nur in der ersten Kopfzeile.")
    if not reasons:
        return None
    if gaps:
        reasons.append(f"{gaps} Spalten setzen die Frage links von ihnen mit einer Option fort.")
    return Sighting(0.95 if gaps or id_blank else 0.8, tuple(reasons), (first, second))


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    parts, question = [], ""
    for column in columns:
        upper = column.cells[0] if column.cells else ""
        lower = column.cells[1] if len(column.cells) > 1 else ""
        question = upper or question
        parts.append(_parts(question, lower))
    return parts


def _parts(question: str, lower: str) -> HeaderParts:
    if fold(question) in METADATA and not lower:
        return HeaderParts(part=Part.METADATA)
    if not lower or fold(lower) in _RESPONSE:
        return HeaderParts(question=question)
    part = Part.ANSWER
    if is_other_text(lower):
        part = Part.OTHER_TEXT
    elif is_comment(lower):
        part = Part.COMMENT
    return HeaderParts(question=question, option=lower, part=part)


DIALECT = Dialect("surveymonkey", "SurveyMonkey", _look, _read)
