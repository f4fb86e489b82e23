"""Microsoft Forms: German and English exports."""

import re
from collections.abc import Sequence

from assessment.german import fold
from assessment.importing.dialects.bracketed import shared
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

_START = {"startzeit", "start time", "heure de debut", "hora de inicio"}
_END = {"fertigstellungszeit", "completion time", "heure de fin", "hora de finalizacion"}
METADATA = frozenset(
    {
        *_START,
        *_END,
        *("id", "email", "e-mail", "name", "sprache", "language"),
        *("uhrzeit der letzten aenderung", "zeitpunkt der letzten aenderung"),
        *("last modified time", "gesamtpunktzahl", "total points", "quizfeedback"),
        *("quiz feedback", "grade posted time", "zeit der veroeffentlichung der note"),
    }
)
_QUIZ = re.compile(r"^(points|punkte|feedback) - ", re.IGNORECASE)


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if len(header_rows) != 1:
        return None
    headers = {fold(text) for text in view.row_texts(header_rows[0]) if text}
    if headers & _START and headers & _END:
        reason = "Start- und Fertigstellungszeit stehen als Spalten am Anfang."
        return Sighting(0.95, (reason,))
    return None


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    headers = [column.header for column in columns]
    dotted = shared(header.split(".", 1)[0] for header in headers if "." in header)
    return [_parts(header, dotted, set(headers)) for header in headers]


def _parts(header: str, dotted: set[str], headers: set[str]) -> HeaderParts:
    if fold(header) in METADATA or _QUIZ.match(header):
        return HeaderParts(part=Part.METADATA)
    stem, _, rest = header.partition(".")
    if rest.strip() and stem in dotted:
        return HeaderParts(question=stem.strip(), option=rest.strip())
    # A statement used in a second matrix gets a 2 glued to its text.
    twin = re.fullmatch(r"(?P<text>.*\D)(?P<number>[2-9])", header)
    if twin and twin["text"] in headers:
        return HeaderParts(question=twin["text"], sub=twin["number"])
    return HeaderParts(question=header)


DIALECT = Dialect("msforms", "Microsoft Forms", _look, _read)
