"""Reading one answer to a question with options: code, label, or one of their many spellings."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import NamedTuple

from assessment.german import fold, parse_number
from assessment.importing.dialects.view import cell_text, is_blank
from assessment.questionnaire.model import Item, OptionKind
from assessment.survey import AnswerStatus
from assessment.table import CellValue, ErrorCell, NoResultCell

ERROR_TEXTS = frozenset(
    {
        *("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"),
        *("#SPILL!", "#CALC!", "#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#LEER!"),
    }
)
"""What spreadsheet programs show for errors, English and German; also met as plain text."""

DONT_KNOW_TEXTS = frozenset(
    fold(text)
    for text in (
        *("weiß nicht", "weiß ich nicht", "keine Angabe", "k. A.", "k.A.", "ka", "k. a"),
        *("weiß nicht / keine Angabe", "weiß nicht/keine Angabe", "keine Antwort"),
        *("keineantwort", "don't know", "don’t know", "i don't know", "no answer"),
        *("prefer not to say", "unsure", "möchte ich nicht angeben"),
    )
)
NOT_APPLICABLE_TEXTS = frozenset(
    fold(text)
    for text in (
        *("nicht zuständig", "nicht in unserer Zuständigkeit", "trifft nicht zu / nicht zuständig"),
        *("nicht anwendbar", "entfällt", "not applicable", "n. z.", "nz"),
    )
)
_LONGEST_SPECIAL = 24
"""No error text and no special value of a survey program is longer."""
CODE_WITH_TEXT = "Code mit Text"
_DECLARED = "in der Datei als fehlend erklärt"
_LIMESURVEY_CODE = re.compile(r"[a-z]{1,3}0*(\d{1,3})")
_CODE_AND_TEXT = re.compile(r"^\s*(?P<code>[\w-]{1,12}?)\s*[-–—:.)=]\s*(?P<text>\D.*)$", re.DOTALL)
_PUNCTUATION = re.compile(r"[^\w<>+%€/]+")


class Reading(NamedTuple):
    """What one cell value says. ``value`` is a code; ``rule`` says in German why it was changed."""

    status: AnswerStatus
    value: str | None = None
    rule: str | None = None


MISSING = Reading(AnswerStatus.MISSING)
_STATUS_OF_KIND = {
    OptionKind.DONT_KNOW: AnswerStatus.DONT_KNOW,
    OptionKind.NOT_APPLICABLE: AnswerStatus.NOT_APPLICABLE,
}


def loose_key(text: str) -> str:
    """:func:`assessment.german.fold` without punctuation: „teils, teils“ → ``teils teils``."""
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def read_common(
    value: CellValue, special: Mapping[str, str], missing: frozenset[CellValue] = frozenset()
) -> Reading | None:
    """What holds for answers of any kind: empty, error, no result, declared special values."""
    if isinstance(value, str) and len(value) > _LONGEST_SPECIAL and value[0].isalnum():
        declared = bool(missing) and value in missing
        return Reading(AnswerStatus.MISSING, rule=_DECLARED) if declared else None
    if is_blank(value):
        return MISSING
    if isinstance(value, ErrorCell) or (isinstance(value, str) and value.strip() in ERROR_TEXTS):
        return Reading(AnswerStatus.ERROR)
    if isinstance(value, NoResultCell):
        return Reading(AnswerStatus.NO_RESULT)
    if missing and value in missing:
        return Reading(AnswerStatus.MISSING, rule=_DECLARED)
    if special:
        short = value.strip().casefold() if isinstance(value, str) else cell_text(value)
        meaning = special.get(short)
        if meaning:
            return Reading(AnswerStatus[meaning], rule="Sonderwert des Umfrageprogramms")
    return None


class OptionReader:
    """Reads the answers to one item with options; build it once per item."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self._by_code = {option.code: option.code for option in item.options}
        self._folded_codes = _unambiguous(item, lambda option: [fold(option.code)])
        self._labels = _unambiguous(
            item, lambda option: [fold(option.label), *map(fold, option.labels.values())]
        )
        self._loose = _unambiguous(
            item,
            lambda option: [loose_key(option.label), *map(loose_key, option.labels.values())],
        )
        self._numbers = _unambiguous(item, lambda option: _numeric_keys(option.code))

    def code_of(self, text: str) -> tuple[str | None, str | None]:
        """The option code a text stands for and the rule that found it (``None``: as written)."""
        if text in self._by_code:
            return text, None
        key = fold(text)
        if key in self._folded_codes:
            return self._folded_codes[key], "Schreibweise des Codes"
        if key in self._labels:
            return self._labels[key], "Antworttext als Code gelesen"
        loose = loose_key(text)
        if loose and loose in self._loose:
            return self._loose[loose], "Antworttext als Code gelesen"
        number = parse_number(text)
        if number is not None and number.is_integer() and str(int(number)) in self._numbers:
            return self._numbers[str(int(number))], "Zahl als Code gelesen"
        lime = _LIMESURVEY_CODE.fullmatch(key)
        if lime and lime[1] in self._numbers:
            return self._numbers[lime[1]], "Code von LimeSurvey"
        return self._code_and_text(text)

    def _code_and_text(self, text: str) -> tuple[str | None, str | None]:
        """``1 - trifft zu``: the code counts unless the text belongs to another option."""
        match = _CODE_AND_TEXT.match(text)
        if not match:
            return None, None
        code = match["code"].strip()
        found = self._by_code.get(code) or self._folded_codes.get(fold(code))
        found = found or (self._numbers.get(code) if code.isdigit() else None)
        said = self._labels.get(fold(match["text"])) or self._loose.get(loose_key(match["text"]))
        if found is None or (said is not None and said != found):
            return None, None
        return found, CODE_WITH_TEXT

    def read(
        self,
        value: CellValue,
        special: Mapping[str, str],
        missing: frozenset[CellValue] = frozenset(),
        value_labels: Mapping[CellValue, str] | None = None,
    ) -> Reading:
        """The meaning of one cell value of a single-choice column."""
        own = self._own(value, value_labels or {})
        if own is not None:
            code, rule = own
            status = _STATUS_OF_KIND.get(self.item.option_by_code[code].kind)
            if status is not None:
                return Reading(status, rule=rule)
            return Reading(AnswerStatus.ANSWERED, code, rule)
        common = read_common(value, special, missing)
        if common is not None:
            return common
        return read_placeholder(value) or Reading(AnswerStatus.INVALID)

    def _own(
        self, value: CellValue, value_labels: Mapping[CellValue, str]
    ) -> tuple[str, str | None] | None:
        """An option of this item wins over every general meaning of the same text."""
        if value is None or isinstance(value, ErrorCell | NoResultCell | time):
            return None
        if isinstance(value, bool):
            for text in ("ja", "yes", "wahr", "true") if value else ("nein", "no", "falsch"):
                code, _ = self.code_of(text)
                if code:
                    return code, "Wahrheitswert als Antwort gelesen"
            return None
        text = cell_text(value)
        if isinstance(value, str) and (is_blank(value) or value.strip() in ERROR_TEXTS):
            return None
        code, rule = self.code_of(text)
        if code is None and value in value_labels:
            code, rule = self.code_of(value_labels[value])
        if code is None:
            return None
        # A number cell 1.0 and the code "1" are the same thing, written in another type.
        same = isinstance(value, float) and rule == "Zahl als Code gelesen" and code == text
        return code, None if same else rule


def read_placeholder(value: CellValue) -> Reading | None:
    """„Weiß nicht“, „k. A.“, „nicht zuständig“, ``NA`` and ``-`` where no option says so."""
    if not isinstance(value, str):
        return None
    key = fold(value)
    if key in DONT_KNOW_TEXTS:
        return Reading(AnswerStatus.DONT_KNOW, rule="Text als „weiß nicht“ gelesen")
    if key in NOT_APPLICABLE_TEXTS:
        return Reading(AnswerStatus.NOT_APPLICABLE, rule="Text als „nicht zuständig“ gelesen")
    if key in {"na", "n/a", "nan", "null", "none", "-", "–", "--"}:
        return Reading(AnswerStatus.MISSING, rule="Platzhalter für eine leere Zelle")
    return None


def _numeric_keys(code: str) -> list[str]:
    return [str(int(code))] if re.fullmatch(r"-?\d{1,6}", code) else []


def _unambiguous(item: Item, keys: Callable[..., list[str]]) -> dict[str, str]:
    """Key → option code, without keys that two options share."""
    found: dict[str, str] = {}
    doubled: set[str] = set()
    for option in item.options:
        for key in keys(option):
            if key and found.setdefault(key, option.code) != option.code:
                doubled.add(key)
    return {key: code for key, code in found.items() if key not in doubled}
