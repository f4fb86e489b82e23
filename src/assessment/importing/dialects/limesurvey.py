"""LimeSurvey: response exports with codes, with texts, or with „Code. Text“ headers."""

import re
from collections.abc import Sequence

from assessment.german import fold
from assessment.importing.dialects.bracketed import split_bracket, split_code
from assessment.importing.dialects.dialect import (
    Dialect,
    HeaderParts,
    RawColumn,
    Sighting,
    SpecialMeaning,
)
from assessment.importing.dialects.other_text import is_comment, is_other_text
from assessment.importing.dialects.view import SheetView, is_number
from assessment.source_column import Part

METADATA = frozenset(
    fold(name)
    for name in (
        *("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"),
        *("ipaddr", "refurl", "token", "interviewtime", "Antwort ID", "Antwort-ID"),
        *("Datum Abgeschickt", "Letzte Seite", "Start-Sprache", "Startsprache"),
        *("Zufallsgeneratorstartwert", "Zufallsstartwert", "Datum gestartet"),
        *("Datum letzte Aktivität", "IP-Adresse", "Weiterleitungs-URL", "Zugangscode"),
        *("Zugangsschlüssel", "Gesamtzeit", "Response ID", "Date submitted", "Last page"),
        *("Start language", "Seed", "Date started", "Date last action", "IP address"),
        *("Referrer URL", "Access code", "Token", "Total time", "Totaaltijd"),
    )
)
_TIMING = re.compile(
    r"(?i:group ?time\d*|question ?time|gruppenzeit|fragenzeit|groep\.tijd|vraag\.tijd)\b.*|\w+Time"
)
_CODE_TEXT = re.compile(r"^(?P<code>[A-Za-z]\w*(\[[\w.#-]+\])*)\.\s+(?P<text>.+)$", re.DOTALL)
_TELLING = frozenset(
    fold(name)
    for name in (
        *("submitdate", "lastpage", "startlanguage", "Datum Abgeschickt", "Letzte Seite"),
        *("Start-Sprache", "Startsprache", "Zufallsgeneratorstartwert", "Date submitted"),
        *("Last page", "Start language", "datestamp", "refurl"),
    )
)


def _look(view: SheetView, header_rows: tuple[int, ...]) -> Sighting | None:
    if len(header_rows) != 1:
        return None
    headers = [text for text in view.row_texts(header_rows[0]) if text]
    metadata = [text for text in headers if fold(text) in _TELLING]
    coded = [text for text in headers if split_code(text)]
    with_text = [text for text in headers if _CODE_TEXT.match(text)]
    strength, reasons = 0.0, []
    if len(metadata) >= 2:
        strength = 0.95
        names = ", ".join(f"„{name}“" for name in metadata[:3])
        reasons.append(f"Die Spalten {names} schreibt LimeSurvey in jeden Export.")
    if len(coded) >= 2:
        strength = max(strength, 0.7)
        reasons.append(
            f"{len(coded)} Spaltenköpfe haben die Form „Code[Teilfrage]“, etwa „{coded[0]}“."
        )
    if len(with_text) >= 3 and len(with_text) >= 0.5 * len(headers):
        strength = max(strength, 0.9)
        reasons.append(f"{len(with_text)} Spaltenköpfe haben die Form „Code. Fragetext“.")
    return Sighting(strength, tuple(reasons)) if reasons else None


def _read(columns: Sequence[RawColumn]) -> list[HeaderParts]:
    return [_parts(column) for column in columns]


def _parts(column: RawColumn) -> HeaderParts:
    header = column.header
    key = fold(header)
    if key in METADATA or _TIMING.fullmatch(header):
        return HeaderParts(code=header, part=Part.METADATA)
    if not key:
        return HeaderParts(part=_unnamed(column))
    with_text = _CODE_TEXT.match(header)
    if with_text:
        return _code_and_text(column, with_text["code"], with_text["text"])
    coded = split_code(header)
    if coded:
        code, sub = coded
        return HeaderParts(code, sub, part=_part_of_sub(sub))
    question_option = split_bracket(header)
    if question_option:
        question, option = question_option
        return HeaderParts(question=question, option=option, part=_part_of_option(column, option))
    if re.fullmatch(r"[A-Za-z]\w*", header):
        return HeaderParts(code=header)
    return HeaderParts(question=header)


def _code_and_text(column: RawColumn, code: str, text: str) -> HeaderParts:
    code, sub = split_code(code) or (code, "")
    question, option = split_bracket(text) or (text, "")
    if not option:
        # Subquestions may come first: "[Wie viel Zeit …] Frage" or "[Text]" alone.
        inner = re.fullmatch(r"\[(.+)\]", text)
        if inner:
            question, option = "", inner[1].strip()
    part = _part_of_sub(sub)
    if part is Part.ANSWER and option:
        part = _part_of_option(column, option)
    return HeaderParts(code, sub, question, option, part)


def _part_of_sub(sub: str) -> Part:
    if sub == "other" or sub.endswith("_other"):
        return Part.OTHER_TEXT
    if sub == "comment" or (sub.endswith("comment") and sub != "comment"):
        return Part.COMMENT
    return Part.ANSWER


def _part_of_option(column: RawColumn, option: str) -> Part:
    """„[Sonstiges]“ is free text unless the column holds nothing but Ja and Nein."""
    if is_comment(option):
        return Part.COMMENT
    if not is_other_text(option):
        return Part.ANSWER
    ticks = {"ja", "nein", "yes", "no", "y", "n", ""}
    texts = {fold(value) for value in column.values if isinstance(value, str)}
    numbers = any(is_number(value) for value in column.values)
    return Part.ANSWER if texts and texts <= ticks and not numbers else Part.OTHER_TEXT


def _unnamed(column: RawColumn) -> Part:
    """A column without a header that counts the rows comes from R or pandas."""
    values = column.values
    if len(values) > 1 and all(is_number(value) for value in values):
        return Part.METADATA
    return Part.ANSWER


DIALECT = Dialect(
    id="limesurvey",
    title="LimeSurvey",
    look=_look,
    read=_read,
    special={"n/a": SpecialMeaning.NOT_ASKED},
)
