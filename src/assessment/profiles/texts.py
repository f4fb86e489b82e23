"""The sentences of the profiles, from the files of ``data/texts/`` that :data:`FILES` names."""

from collections.abc import Mapping
from functools import cache
from string import Formatter

import yaml

from assessment.content import data_path
from assessment.remarks import InputRefused

FILES = (
    "profiles.yaml",
    "overview.yaml",
    "gaps.yaml",
    "measures.yaml",
    "documents.yaml",
    "pdf.yaml",
    "profile_paper.yaml",
    "results_paper.yaml",
    "measures_paper.yaml",
    "council_paper.yaml",
    "deliveries.yaml",
    "delivery_pages.yaml",
    "tables.yaml",
    "office.yaml",
)
"""One file an area; a section belongs to one file only."""


@cache
def _sentences() -> Mapping[str, str]:
    """All sentences by ``section.name``; read once.

    Raises ``InputRefused`` (``TEXTS_INVALID``) if a file isn't sections of sentences, or if two
    files hold the same section.
    """
    sentences: dict[str, str] = {}
    owner: dict[str, str] = {}
    for file in FILES:
        content = yaml.safe_load(data_path("texts", file).read_text(encoding="utf-8"))
        for section, entries in (content or {}).items():
            if owner.setdefault(section, file) != file:
                raise InputRefused(
                    "TEXTS_INVALID",
                    f"{file}: Der Abschnitt „{section}“ steht schon in {owner[section]}.",
                )
            if not isinstance(entries, dict):
                raise InputRefused("TEXTS_INVALID", f"{file}: Der Abschnitt „{section}“ ist leer.")
            for name, text in entries.items():
                if not isinstance(text, str):
                    raise InputRefused(
                        "TEXTS_INVALID", f"{file}: „{section}.{name}“ muss ein Text sein."
                    )
                sentences[f"{section}.{name}"] = text
    return sentences


def sentence(name: str, /, **values: object) -> str:
    """The sentence ``section.name`` with its values.

    Raises ``InputRefused`` (``TEXTS_INVALID``) where the files lack it or name another value.
    """
    try:
        return _sentences()[name].format_map(values)
    except (KeyError, IndexError, ValueError) as error:
        raise InputRefused(
            "TEXTS_INVALID",
            f"data/texts: Der Satz „{name}“ fehlt oder nennt einen unbekannten Wert.",
        ) from error


def has_sentence(name: str) -> bool:
    """Whether the files hold the sentence ``section.name``."""
    return name in _sentences()


def placeholders(name: str) -> frozenset[str]:
    """The values a sentence uses."""
    return frozenset(field for _, field, _, _ in Formatter().parse(_sentences()[name]) if field)


def points(difference: int) -> str:
    """„18 Punkte“, „1 Punkt“; the sign is the sentence's business."""
    size = abs(difference)
    return "1 Punkt" if size == 1 else f"{size} Punkte"
