"""The sentences of recommendations, filled from ``data/measures/advice.yaml``."""

from collections.abc import Mapping
from functools import cache
from string import Formatter

import yaml

from assessment.content import data_path
from assessment.remarks import InputRefused

FILE = "advice.yaml"


@cache
def _sentences() -> Mapping[str, str]:
    """All sentences by ``section.name``; read once."""
    content = yaml.safe_load(data_path("measures", FILE).read_text(encoding="utf-8"))
    sentences = {}
    for section, entries in content.items():
        for name, text in entries.items():
            if not isinstance(text, str):
                raise InputRefused(
                    "TEXTS_INVALID", f"{FILE}: „{section}.{name}“ muss ein Text sein."
                )
            sentences[f"{section}.{name}"] = text
    return sentences


def say(name: str, /, **values: object) -> str:
    """The sentence ``section.name`` with its values.

    Raises ``InputRefused`` (``TEXTS_INVALID``) where the file lacks it or names another value.
    """
    try:
        return _sentences()[name].format_map(values)
    except (KeyError, IndexError, ValueError) as error:
        raise InputRefused(
            "TEXTS_INVALID", f"{FILE}: Der Satz „{name}“ fehlt oder nennt einen unbekannten Wert."
        ) from error


def placeholders(name: str) -> frozenset[str]:
    """The values a sentence uses."""
    return frozenset(field for _, field, _, _ in Formatter().parse(_sentences()[name]) if field)
