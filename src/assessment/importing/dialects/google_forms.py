"""Google Forms: a time stamp first, matrix questions as ``Frage [Zeile]``."""

from collections.abc import Sequence

from assessment.german import fold
from assessment.importing.dialects.bracketed import split_bracket
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

_STAMP = {"timestamp", "zeitstempel", "marca temporal", "horodateur"}
METADATA = _STAMP | {
    *("email address", "e-mail-adresse", "nutzername", "username", "score", "punktzahl"),
}


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if len(header_rows) != 1:
        return None
    headers = [fold(text) for text in view.row_texts(header_rows[0]) if text]
    if headers and headers[0] in _STAMP:
        return Sighting(0.9, ("Die erste Spalte ist der Zeitstempel von Google Forms.",))
    return None


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    return [_parts(column.header) for column in columns]


def _parts(header: str) -> HeaderParts:
    if fold(header) in METADATA:
        return HeaderParts(part=Part.METADATA)
    question, option = split_bracket(header) or (header, "")
    return HeaderParts(question=question, option=option)


DIALECT = Dialect("googleforms", "Google Forms", _look, _read)
