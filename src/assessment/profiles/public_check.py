"""The last look at a file before it leaves the house: closed when in doubt.

The cleaning of the profiles takes confidential answers out; this finds what came in another way,
such as an own text, a table somebody added, or the properties of a file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from assessment.content import data_path
from assessment.german import fold, format_number
from assessment.profiles.public_names import (
    STAND_IN,
    exact_population,
    key_pattern,
    name_forms,
    name_pattern,
    ordinary_forms,
    ordinary_pattern,
    people_in,
    person_pattern,
    persons_of,
    plan_as_given,
)
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.questionnaire.model import Item, OptionKind
from assessment.remarks import InputRefused
from assessment.scoring.item_points import points_of_answer
from assessment.survey import AnswerStatus, Survey

if TYPE_CHECKING:
    from assessment.profiles.dossier import Dossier

DISTINCT_FROM = 12
"""Characters from which on a label that no open question shares tells an answer by itself."""
NEAR = 3
"""Texts behind a question in which its answer would stand: the cells of a row."""

_STATUS_WORDS = {
    AnswerStatus.DONT_KNOW: ("weiß nicht", "keine angabe"),
    AnswerStatus.NOT_APPLICABLE: ("nicht zuständig",),
}
_BREAK = "\ue000"
"""Between two texts: a private character that no text of ours holds."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BROKEN = re.compile(r"(?<=[a-zäöüß])- (?=[a-zäöüß])")


@dataclass(frozen=True, slots=True)
class _Secret:
    """One confidential answer of the municipality, folded as texts are before they are searched."""

    item: Item
    question: str
    labels: tuple[str, ...]
    """What was chosen, or typed; also the words of „weiß nicht“."""
    others: tuple[str, ...]
    """Labels of the options not chosen."""
    codes: tuple[str, ...]
    points: int | None
    distinct: tuple[str, ...]
    """Of ``labels`` those that tell the answer without the question beside them."""


def check_variant(texts: Iterable[str], dossier: "Dossier") -> None:
    """Refuse a file that tells what its variant keeps back.

    ``texts``: all texts of the file in reading order, its properties and its name included; a cell
    each. Raises ``InputRefused``: ``VARIANT_ANSWER`` for a confidential answer, ``VARIANT_NAME``
    for the name, the key or the exact population in an anonymised file.

    A chosen answer is found by its wording where only this question has it, and beside its question
    (number or wording) by wording, code or points. A codebook that lists every option of a question
    equally often tells nothing.
    """
    if dossier.variant is Variant.CLOSED:
        return
    # One long text: folding and searching it is many times faster than text by text.
    joined = _BREAK.join(texts)
    together = folded(joined)
    survey = dossier.assessment.survey
    for secret in _secrets(survey, dossier.key):
        if _tells(together, secret):
            raise InputRefused(
                "VARIANT_ANSWER",
                sentence("public.answer_found", item=secret.item.id, text=secret.item.text),
            )
    if dossier.variant is Variant.ANONYMOUS:
        _check_names(joined, together, dossier)


def texts_in(content: Any) -> Iterator[str]:
    """Every text in a profile, document or plain data, in order."""
    if isinstance(content, str):
        yield content
    elif is_dataclass(content) and not isinstance(content, type):
        for each in fields(content):
            yield from texts_in(getattr(content, each.name))
    elif isinstance(content, dict):
        for name, entry in content.items():
            yield from texts_in(name)
            yield from texts_in(entry)
    elif isinstance(content, list | tuple | set | frozenset):
        for entry in content:
            yield from texts_in(entry)


def folded(text: str) -> str:
    """Small letters, single blanks, no soft hyphens, words of two lines put together again."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _BROKEN.sub("", " ".join(plain.split()).casefold())


def _secrets(survey: Survey, key: str) -> Iterator[_Secret]:
    questionnaire = survey.questionnaire
    row = survey.rows[key]
    shared = {
        option.label.casefold()
        for item in questionnaire.items
        if not item.sensitive
        for option in item.options
    }
    for item in questionnaire.items:
        if not item.sensitive or item.id not in survey.answers.columns:
            continue
        status = AnswerStatus(int(survey.status.iat[row, survey.status.columns.get_loc(item.id)]))
        codes, labels = _answer(survey, row, item, status)
        if not labels:
            continue
        chosen = tuple(dict.fromkeys(folded(label) for label in labels))
        others = tuple(
            folded(option.label) for option in item.options if folded(option.label) not in chosen
        )
        answer = ";".join(codes)
        value = points_of_answer(item, answer) if codes else float("nan")
        yield _Secret(
            item,
            folded(item.text),
            chosen,
            others,
            tuple(code.casefold() for code in codes),
            round(value) if value == value else None,
            tuple(
                label
                for label in chosen
                if len(label) >= DISTINCT_FROM and label not in shared and not _in_own_text(label)
            )
            if status is AnswerStatus.ANSWERED
            else (),
        )


def _answer(
    survey: Survey, row: int, item: Item, status: AnswerStatus
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes and words of the answer; empty where there is none."""
    if status in _STATUS_WORDS:
        kinds = (OptionKind.DONT_KNOW, OptionKind.NOT_APPLICABLE)
        own = tuple(option.label for option in item.options if option.kind in kinds)
        return (), (*_STATUS_WORDS[status], *own)
    if status is not AnswerStatus.ANSWERED:
        return (), ()
    value = survey.answers.iat[row, survey.answers.columns.get_loc(item.id)]
    if not item.kind.coded:
        number = isinstance(value, int | float)
        return (), (format_number(float(value)) if number else str(value),)
    codes = tuple(code for code in str(value).split(";") if code)
    options = item.option_by_code
    return codes, tuple(options[code].label for code in codes if code in options)


@cache
def _in_own_text(label: str) -> bool:
    """Whether the product's own sentences and measures hold it: then it is nobody's answer."""
    return label in _own_text()


@cache
def _own_text() -> str:
    parts = [data_path(part).glob("*.yaml") for part in ("texts", "measures")]
    files = [file for part in parts for file in sorted(part)]
    return " ".join(folded(file.read_text(encoding="utf-8")) for file in files)


def _tells(together: str, secret: _Secret) -> bool:
    labels = (*secret.labels, *secret.others)
    counts = {label: together.count(label) if label else 0 for label in labels}
    # In a list of all options each stands as often as any other.
    listed = min((counts[label] for label in secret.others), default=0)
    if any(counts[label] > listed for label in secret.distinct):
        return True
    number = re.compile(rf"(?<!\w){re.escape(secret.item.id.casefold())}(?!\w)")
    if secret.question not in together and secret.item.id.casefold() not in together:
        return False
    texts = [text.strip() for text in together.split(_BREAK)]
    for place, text in enumerate(texts):
        at = text.find(secret.question)
        if at >= 0:
            behind = text[at + len(secret.question) :]
        elif (found := number.search(text)) is not None:
            behind = text[found.end() :]
        else:
            continue
        # A list of options is longer than a row of cells.
        near = place + 1 + max(NEAR, len(secret.item.options) + 1)
        if _beside(behind, texts[place + 1 : near], secret):
            return True
    return False


def _beside(behind: str, following: Sequence[str], secret: _Secret) -> bool:
    """Whether the answer stands behind its question in the text, or in the next cells."""
    labels = [label for label in (*secret.labels, *secret.others) if label]
    listed = [_words(" \n ".join((behind, *following)), label) for label in labels]
    if secret.others and len(set(listed)) == 1 and listed[0]:
        # All options are listed; one would be marked by being said once more.
        return False
    cells = following[:NEAR]
    if any(_words(behind, label) for label in secret.labels):
        return True
    if any(cell == label for cell in cells for label in secret.labels):
        return True
    codes = "|".join(re.escape(code) for code in secret.codes)
    if codes and re.match(rf"\W{{0,4}}(?:antwort|code)?\W{{0,4}}(?:{codes})(?!\w)", behind):
        return True
    if not behind.strip(" .:?“”") and cells and cells[0] in secret.codes:
        return True
    if secret.points is None:
        return False
    value = re.compile(rf"(?<!\d){secret.points}(?:,0)? ?(?:punkte?\b|von 100|/ ?100)")
    return bool(value.search(behind)) or str(secret.points) in cells


def _words(text: str, label: str) -> int:
    """How often a text holds a label as whole words."""
    found = 0
    at = text.find(label)
    while at >= 0:
        end = at + len(label)
        free_before = at == 0 or not text[at - 1].isalnum()
        if free_before and (end == len(text) or not text[end].isalnum()):
            found += 1
        at = text.find(label, at + 1)
    return found


def _check_names(raw: str, together: str, dossier: "Dossier") -> None:
    """``raw``: the texts as they are, ``together``: folded."""
    survey, key = dossier.assessment.survey, dossier.key
    together = fold(together)
    patterns = [name_pattern(fold(form)) for form in (STAND_IN, *name_forms(survey, key))]
    patterns += [
        re.compile(rf"(?<![\d.]){re.escape(number)}(?![\d]|[.,]\d)")
        for number in exact_population(survey, key)
    ]
    if (number := key_pattern(key)) is not None:
        patterns.append(number)
    persons = persons_of(plan_as_given(dossier.plan))
    patterns += [person_pattern(fold(folded(person))) for person in persons]
    found = [match[0] for pattern in patterns if (match := pattern.search(together)) is not None]
    plain = " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw)).split())
    for form in ordinary_forms(survey, key):
        said = ordinary_pattern(form, own_text=False).finditer(plain)
        found += [match[0] for match in said if folded(match[0]) not in _own_text()]
        found += people_in(plain, form)
    if found:
        raise InputRefused("VARIANT_NAME", sentence("public.name_found", text=found[0]))
