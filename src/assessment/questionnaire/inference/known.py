"""Known scales, special answers and header words, read from ``data/questionnaire``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from assessment.content import data_path
from assessment.german import fold
from assessment.questionnaire.model import ItemKind, OptionKind

LONGEST_SPECIAL = 80
LONGEST_PLACEHOLDER = 6
_MARKUP = re.compile(r"<[^<>]*>")
_NOT_A_SIGN = re.compile(r"[^0-9a-z<>+]")
_WORD = re.compile(r"[0-9a-z][0-9a-z\-]*")


def squeeze(text: str) -> str:
    """The key for comparing answer texts with word lists.

    Beyond :func:`assessment.german.fold` it ignores markup, blanks and punctuation, because
    exports lose line breaks inside labels (``GeringeZustimmung``).
    """
    return _NOT_A_SIGN.sub("", fold(_MARKUP.sub(" ", text)))


@dataclass(frozen=True, slots=True)
class Scale:
    """An ordered scale: squeezed label → rank (0 = lowest)."""

    id: str
    title: str
    kind: ItemKind
    ranks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Words that give away what a column holds: whole headers, single words, beginnings."""

    exact: frozenset[str]
    words: frozenset[str]
    starts: tuple[str, ...]

    def is_exactly(self, header: str) -> bool:
        """True if the whole header is one of the known ones."""
        return squeeze(header) in self.exact

    def is_named_in(self, header: str) -> bool:
        """True if the header begins with a known phrase or contains a known word or phrase."""
        folded = fold(header)
        if self.starts and folded.startswith(self.starts):
            return True
        padded = f" {' '.join(_WORD.findall(folded))} "
        return any(f" {word} " in padded for word in self.words)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the inference knows beforehand; all texts are squeezed."""

    scales: tuple[Scale, ...]
    degrees: Mapping[str, int]
    special: Mapping[str, OptionKind]
    marks: frozenset[str]
    placeholders: frozenset[str]
    special_numbers: frozenset[float]
    ticked: frozenset[str]
    unticked: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    other: frozenset[str]
    comment: frozenset[str]
    laender: frozenset[str]
    headers: Mapping[str, HeaderWords]

    def special_kind(self, text: str) -> OptionKind | None:
        """The kind of an answer that says nothing on the matter, ``None`` for a real answer.

        ``none_of_these`` is not given here: for a single choice it is an ordinary answer.
        """
        if text.strip() in self.marks:
            return OptionKind.DONT_KNOW
        if len(text) > LONGEST_SPECIAL or text.isdigit():
            return None  # spares the folding of thousands of free texts and numbers
        kind = self.special.get(squeeze(text))
        return None if kind is OptionKind.NONE_OF_THESE else kind

    def is_placeholder(self, text: str) -> bool:
        """True for ``NA``, ``-`` and the like, which stand for an empty cell."""
        return len(text) <= LONGEST_PLACEHOLDER and fold(text) in self.placeholders

    def is_none_of_these(self, text: str) -> bool:
        """True for the exclusive „nichts davon“ of a multiple choice."""
        return self.special.get(squeeze(text)) is OptionKind.NONE_OF_THESE


def _squeezed(texts: Iterable[str]) -> frozenset[str]:
    # Signs such as ✓ squeeze to nothing; they are compared as they stand.
    return frozenset(squeeze(text) or text for text in texts)


def _scale(entry: Mapping[str, Any]) -> Scale:
    ranks = {squeeze(label): rank for rank, point in enumerate(entry["points"]) for label in point}
    return Scale(entry["id"], entry["title"], ItemKind(entry["kind"]), ranks)


def _header_words(entry: Mapping[str, list[str]]) -> HeaderWords:
    return HeaderWords(
        exact=frozenset(squeeze(text) for text in entry.get("exact", ())),
        words=frozenset(" ".join(_WORD.findall(fold(text))) for text in entry.get("words", ())),
        starts=tuple(fold(text) for text in entry.get("starts", ())),
    )


@cache
def known() -> Known:
    """The word lists of ``data/questionnaire/known_scales.yaml`` (read once)."""
    text = data_path("questionnaire", "known_scales.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    special = {
        squeeze(label): kind
        for kind in (OptionKind.DONT_KNOW, OptionKind.NOT_APPLICABLE, OptionKind.NONE_OF_THESE)
        for label in raw["special"][kind.value]
    }
    return Known(
        scales=tuple(_scale(entry) for entry in raw["scales"]),
        degrees={squeeze(word): rank for word, rank in raw["degrees"].items()},
        special=special,
        marks=frozenset(raw["special"]["marks"]),
        placeholders=frozenset(fold(text) for text in raw["special"]["placeholders"]),
        special_numbers=frozenset(float(number) for number in raw["special"]["numbers"]),
        ticked=_squeezed(raw["ticks"]["ticked"]),
        unticked=_squeezed(raw["ticks"]["unticked"]),
        yes=_squeezed(raw["yes_no"]["yes"]),
        no=_squeezed(raw["yes_no"]["no"]),
        other=_squeezed(raw["other"]),
        comment=_squeezed(raw["comment"]),
        laender=_squeezed(raw["laender"]),
        headers={name: _header_words(entry) for name, entry in raw["headers"].items()},
    )
