"""Abbreviations and terms of the council papers, and the test whether one is missing.

A council member is a volunteer and no IT expert: what a paper abbreviates, the glossary spells out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assessment.content import data_path
from assessment.german import fold
from assessment.remarks import InputRefused

GLOSSARY_INVALID = "GLOSSARY_INVALID"

_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+")
_ROMAN = re.compile(r"[IVXLC]{1,5}")
_CODE = re.compile(r"\b[A-Z]{1,3}\d+\b")
"""Ids of questions, fields and measures; „HF“ and „MF“ are explained with their number."""
_PLURAL = re.compile(r"(?<=[A-ZÄÖÜ])s$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the glossary."""

    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """Both parts in alphabetical order; ``names`` look like abbreviations but are none."""

    abbreviations: tuple[Entry, ...]
    terms: tuple[Entry, ...]
    names: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Everything that needs no further explanation."""
        return self.names | {entry.word for entry in self.abbreviations}


@cache
def load_glossary() -> Glossary:
    """The glossary that comes with the product; read once, frozen."""
    return read_glossary(data_path("texts", "glossary.yaml"))


def read_glossary(path: Path) -> Glossary:
    """Read and check a glossary. Raises ``InputRefused`` (``GLOSSARY_INVALID``) with the place."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Unique)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", Zeile {mark.line + 1}" if mark else ""
        raise _refused(f"{path.name}{line}", str(getattr(error, "problem", "kein YAML"))) from error
    if not isinstance(content, dict) or set(content) != {"names", "abbreviations", "terms"}:
        raise _refused(path.name, "Erwartet werden „names“, „abbreviations“ und „terms“.")
    names = content["names"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _refused(f"{path.name}, bei „names“", "Hier steht keine Liste von Namen.")
    short = _entries(content["abbreviations"], f"{path.name}, bei „abbreviations“")
    for entry in short:
        if entry.text.count(" ") < 1 and len(entry.text) <= len(entry.word) + 3:
            raise _refused(f"{path.name}, bei „{entry.word}“", "Die Abkürzung bleibt unerklärt.")
    return Glossary(
        short, _entries(content["terms"], f"{path.name}, bei „terms“"), frozenset(names)
    )


def unexplained_abbreviations(texts: Iterable[str]) -> tuple[str, ...]:
    """Abbreviations in these texts that the glossary lacks, each once, in alphabetical order.

    An abbreviation is a word with two or more capitals („OZG“, „BauGB“), also as part of a
    compound („IT-Sicherheit“). Ids with digits and Roman numbers are none.
    """
    known = load_glossary().known
    found: set[str] = set()
    for text in set(texts):
        found.update(one for one in abbreviations_in(text) if one not in known)
    return tuple(sorted(found, key=lambda word: (fold(word), word)))


def abbreviations_in(text: str) -> tuple[str, ...]:
    """All abbreviations of a text in order, as the glossary spells them."""
    rest = _CODE.sub(" ", text)
    found = []
    for name in load_glossary().known:
        # Abbreviations that hold a hyphen themselves („EVB-IT“, „NIS-2“) count as one word.
        if "-" in name and name in rest:
            found.append(name)
            rest = rest.replace(name, " ")
    for word in _WORD.findall(rest):
        short = _PLURAL.sub("", word)
        if _abbreviates(short):
            found.append(short)
    return tuple(found)


def _abbreviates(word: str) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 and not _ROMAN.fullmatch(word)


def _entries(content: Any, place: str) -> tuple[Entry, ...]:
    if not isinstance(content, dict) or not content:
        raise _refused(place, "Hier fehlen die Einträge.")
    found = []
    for word, text in content.items():
        if not isinstance(word, str) or not isinstance(text, str) or not text.strip():
            raise _refused(f"{place} → „{word}“", "Wort und Erklärung müssen Texte sein.")
        found.append(Entry(word, text.strip()))
    return tuple(sorted(found, key=lambda entry: (fold(entry.word), entry.word)))


def _refused(place: str, sentence: str) -> InputRefused:
    return InputRefused(GLOSSARY_INVALID, f"{place}: {sentence}")


class _Unique(yaml.SafeLoader):
    """Refuses a key that stands twice: YAML itself would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"„{key.value}“ steht zweimal da.", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)
