"""Our own template: item codes in the first header row, question texts in the second."""

import re
from collections.abc import Sequence

from assessment.importing.dialects.bracketed import split_bracket, split_code
from assessment.importing.dialects.dialect import Dialect, HeaderParts, RawColumn, Sighting
from assessment.importing.dialects.limesurvey import METADATA
from assessment.importing.dialects.other_text import is_other_text
from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part

_CODE = re.compile(r"[A-Za-z]{1,4}\d{1,3}[a-z]?([\[_][\w]+\]?)?")


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if not header_rows or view.sheet.n_rows <= header_rows[0] + 1:
        return None
    codes, texts = view.row_texts(header_rows[0]), view.row_texts(header_rows[0] + 1)
    named = [code for code in codes if code]
    coded = [i for i, code in enumerate(codes) if _CODE.fullmatch(code)]
    worded = [i for i in coded if len(texts[i]) >= 8 and " " in texts[i]]
    if len(coded) >= 3 and len(coded) >= 0.8 * len(named) and len(worded) >= 0.8 * len(coded):
        reason = "Über jeder Spalte stehen ein Code und darunter der Fragetext."
        return Sighting(0.85, (reason,), (header_rows[0], header_rows[0] + 1))
    return None


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    return [_parts(column.cells) for column in columns]


def _parts(cells: tuple[str, ...]) -> HeaderParts:
    name = cells[0] if cells else ""
    text = cells[1] if len(cells) > 1 else ""
    if name.casefold() in METADATA:
        return HeaderParts(code=name, part=Part.METADATA)
    code, sub = split_code(name) or (name, "")
    question, option = (split_bracket(text) if sub else None) or (text, "")
    other = sub == "other" or (bool(option) and is_other_text(option))
    return HeaderParts(code, sub, question, option, Part.OTHER_TEXT if other else Part.ANSWER)


DIALECT = Dialect("template", "Vorlage mit Codes und Fragetexten", _look, _read)
