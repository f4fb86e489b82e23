"""Conditions as one line of text each, for the codebook workbook: ``D01 in 3|4``.

A line is item, comparison and value. Values are codes as they are; several are joined by ``|``.
What would be misread that way (text with blanks, a number where codes are usual) stands as JSON.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from assessment.questionnaire.model import Comparison, Condition

NUMERIC = frozenset({Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.LENGTH_NOT})
"""Comparisons whose bare value is a number whatever the item is."""


def format_conditions(conditions: Sequence[Condition], number_items: Collection[str]) -> str:
    """One line per condition; ``number_items`` are the ids of integer and decimal items."""
    return "\n".join(_format(condition, condition.item in number_items) for condition in conditions)


def parse_conditions(text: str, number_items: Collection[str]) -> list[dict[str, Any]]:
    """The conditions of a cell as data for the model.

    Raises ValueError with a German sentence if a line is not item, comparison and value.
    """
    conditions = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        item, *rest = line.split(None, 2)
        if not rest:
            raise ValueError(f"Die Bedingung „{line}“ braucht Item und Vergleich, etwa „D01 eq 3“.")
        try:
            comparison = Comparison(rest[0])
        except ValueError:
            known = ", ".join(known.value for known in Comparison)
            raise ValueError(
                f"Der Vergleich „{rest[0]}“ ist unbekannt; möglich sind {known}."
            ) from None
        value = _parse(rest[1], comparison, item in number_items) if len(rest) > 1 else None
        conditions.append({"item": item, "is": comparison, "value": value})
    return conditions


def _format(condition: Condition, numeric: bool) -> str:
    start = f"{condition.item} {condition.is_.value}"
    value = condition.value
    if value is None:
        return start
    bare = _bare(value)
    if bare and _parse(bare, condition.is_, numeric) == value and _single_line(bare):
        return f"{start} {bare}"
    return f"{start} {json.dumps([value] if isinstance(value, float) else value)}"


def _bare(value: str | float | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _single_line(text: str) -> bool:
    return text.isprintable() and text == text.strip() and text[:1] not in ('"', "[")


def _parse(text: str, comparison: Comparison, numeric: bool) -> Any:
    if text[:1] in ('"', "["):
        return _from_json(text)
    if "|" in text:
        return tuple(part.strip() for part in text.split("|"))
    if comparison is Comparison.ONE_OF:
        return (text,)
    if comparison in NUMERIC or (numeric):
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _from_json(text: str) -> Any:
    """Quoted text, a list of texts, or a number in brackets; anything else is the text itself."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, list):
        single = value[0] if len(value) == 1 else None
        return single if isinstance(single, float | int) else tuple(value)
    return value
