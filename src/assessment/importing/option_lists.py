"""Reading several options from one cell, ticks of single options, and ranks."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from assessment.german import fold, parse_number
from assessment.importing.coded_values import (
    CODE_WITH_TEXT,
    OptionReader,
    Reading,
    loose_key,
    read_common,
    read_placeholder,
)
from assessment.importing.dialects.other_text import is_other_text
from assessment.importing.dialects.view import cell_text, is_blank
from assessment.questionnaire.model import Item, Option, OptionKind
from assessment.survey import AnswerStatus
from assessment.table import CellValue

TICKED = frozenset(
    {
        *("y", "yes", "ja", "j", "1", "true", "wahr", "x", "✓", "✔", "☑", "checked", "selected"),
        *("angekreuzt", "ausgewaehlt", "gewaehlt", "quoted", "oui", "si"),
    }
)
UNTICKED = frozenset(
    {
        *("n", "no", "nein", "0", "false", "falsch", "☐", "unchecked", "not selected"),
        *("nicht angekreuzt", "nicht ausgewaehlt", "nicht gewaehlt", "not quoted", "non"),
    }
)


NOTHING_TICKED = "nichts angekreuzt"
"""Seen and nothing ticked, in one cell: not the same as an empty cell."""


class ListReading(NamedTuple):
    """Several options from one cell, in the order written; ``unknown`` are parts nobody knows."""

    status: AnswerStatus
    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    rule: str | None = None


def read_list(
    reader: OptionReader,
    value: CellValue,
    special: Mapping[str, str],
    missing: frozenset[CellValue] = frozenset(),
) -> ListReading:
    """The options named in one cell, separated by ``;``, line breaks, ``|``, commas or blanks."""
    if isinstance(value, str) and fold(value) == fold(NOTHING_TICKED):
        return ListReading(AnswerStatus.ANSWERED, rule=f"„{NOTHING_TICKED}“ als Auswahl gelesen")
    single = reader.read(value, special, missing)
    # „E-Rechnung; E-Payment“ is a list, not the code „E“ with a text behind it.
    listed = single.rule == CODE_WITH_TEXT and _all_known(reader, cell_text(value))
    if single.status is AnswerStatus.ANSWERED and single.value is not None and not listed:
        return ListReading(single.status, (single.value,), rule=single.rule)
    if single.status is not AnswerStatus.INVALID and not listed:
        return ListReading(single.status, rule=single.rule)
    parts = _parts(reader, cell_text(value))
    codes: list[str] = []
    unknown: list[str] = []
    rule: str | None = None
    for part in parts:
        code, how = reader.code_of(part)
        if code is None:
            unknown.append(part)
        else:
            codes.append(code)
            rule = rule or how
    if not codes:
        return ListReading(AnswerStatus.INVALID, unknown=tuple(unknown))
    canonical = ";".join(codes) == value
    return ListReading(
        AnswerStatus.ANSWERED,
        tuple(codes),
        tuple(unknown),
        None if canonical else rule or "Aufzählung in Codes zerlegt",
    )


def _all_known(reader: OptionReader, text: str) -> bool:
    """Whether a text is several options separated by semicolons."""
    parts = [part.strip() for part in text.split(";") if not is_blank(part)]
    return len(parts) > 1 and all(reader.code_of(part)[0] for part in parts)


def _parts(reader: OptionReader, text: str) -> list[str]:
    for separator in (";", "\n", "|"):
        if separator in text:
            return [part.strip() for part in text.split(separator) if not is_blank(part)]
    words = text.split()
    if len(words) > 1 and all(reader.code_of(word)[0] for word in words):
        return words
    return _comma_parts(reader, text)


def _comma_parts(reader: OptionReader, text: str) -> list[str]:
    """Split at commas, keeping together labels that contain commas themselves."""
    tokens = [token for token in re.split(r"\s*,\s*", text) if token]
    parts: list[str] = []
    start = 0
    while start < len(tokens):
        for end in range(len(tokens), start, -1):
            joined = ", ".join(tokens[start:end])
            if end == start + 1 or reader.code_of(joined)[0]:
                parts.append(joined)
                start = end
                break
    return parts


def read_tick(
    option: Option,
    value: CellValue,
    special: Mapping[str, str],
    missing: frozenset[CellValue] = frozenset(),
) -> tuple[Reading, bool]:
    """One cell of an option column: (reading, ticked). Free text ticks an option „Sonstiges“."""
    common = read_common(value, special, missing)
    if common is not None:
        return common, False
    text = cell_text(value)
    key = fold(text) if not isinstance(value, bool) else ("1" if value else "0")
    own = {fold(option.code), fold(option.label), loose_key(option.label)}
    if key in UNTICKED and key != fold(option.label):
        return Reading(AnswerStatus.ANSWERED, "", "als nicht angekreuzt gelesen"), False
    if key in TICKED or key in own or loose_key(text) in own:
        return Reading(AnswerStatus.ANSWERED, option.code, "als angekreuzt gelesen"), True
    if is_other_text(option.label):
        return Reading(AnswerStatus.ANSWERED, option.code, "Freitext als angekreuzt gelesen"), True
    return read_placeholder(value) or Reading(AnswerStatus.INVALID), False


def read_rank(
    item: Item,
    value: CellValue,
    special: Mapping[str, str],
    missing: frozenset[CellValue] = frozenset(),
) -> tuple[Reading, int]:
    """One cell of „rank of this option“: (reading, rank from 1; 0 = not ranked)."""
    common = read_common(value, special, missing)
    if common is not None:
        return common, 0
    number = value if isinstance(value, float) else parse_number(cell_text(value))
    if number is None:
        return read_placeholder(value) or Reading(AnswerStatus.INVALID), 0
    if number == 0:
        return Reading(AnswerStatus.MISSING, rule="0 als „kein Rang“ gelesen"), 0
    if number.is_integer() and 1 <= number <= len(item.options):
        return Reading(AnswerStatus.ANSWERED, str(int(number))), int(number)
    return Reading(AnswerStatus.INVALID), 0


def judge_selection(item: Item, codes: tuple[str, ...]) -> tuple[AnswerStatus, str | None]:
    """Status and stored text of a multiple choice, codes in any order.

    „Nichts davon“ and „weiß nicht“ exclude everything else.
    """
    kinds = {item.option_by_code[code].kind for code in codes}
    if len(set(codes)) > 1 and kinds - {OptionKind.ANSWER}:
        return AnswerStatus.INVALID, None
    if kinds == {OptionKind.DONT_KNOW}:
        return AnswerStatus.DONT_KNOW, None
    if kinds == {OptionKind.NOT_APPLICABLE}:
        return AnswerStatus.NOT_APPLICABLE, None
    ordered = [option.code for option in item.options if option.code in codes]
    return AnswerStatus.ANSWERED, ";".join(ordered)


def judge_ranking(item: Item, codes: tuple[str, ...]) -> tuple[AnswerStatus, str | None]:
    """Status and stored text of a ranking, codes from first to last place."""
    if not codes:
        return AnswerStatus.MISSING, None
    if len(set(codes)) < len(codes) or (item.picks is not None and len(codes) > item.picks):
        return AnswerStatus.INVALID, None
    kinds = {item.option_by_code[code].kind for code in codes}
    if kinds == {OptionKind.DONT_KNOW}:
        return AnswerStatus.DONT_KNOW, None
    if kinds - {OptionKind.ANSWER}:
        return AnswerStatus.INVALID, None
    return AnswerStatus.ANSWERED, ";".join(codes)
