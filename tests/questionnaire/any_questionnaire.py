"""Hypothesis strategies for valid questionnaires that use every field of the model."""

from typing import Any

from hypothesis import strategies as st

from assessment.questionnaire.model import (
    Comparison,
    ItemKind,
    OptionKind,
    Questionnaire,
    Role,
    ScoringRule,
)

TRICKY = st.sampled_from(
    [
        "no",
        "null",
        "true",
        "08",
        "1e5",
        "1.0",
        "-1",
        "2026-01-01",
        "=1+1",
        "@x",
        "*a",
        "[x]",
        "{y}",
        "'",
        '"',
        "|",
        ">",
        "%",
        "ja",
        "é",
        "„Zitat“",
        "~",
        "<<",
        "&a",
        "a: b",
        "# c",
        "- z",
        "a\nb",
    ]
)
CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"), include_characters="\n"
)
FREE = st.one_of(TRICKY, st.text(CHARACTERS, max_size=30)).filter(
    lambda text: text == text.strip() and "\ufeff" not in text and "_x" not in text
)
TEXT = FREE.filter(bool)
CODE = st.text("abcXYZ019_-.äß<>=%/", min_size=1, max_size=8)
LANGUAGES = st.dictionaries(st.sampled_from(["en", "fr"]), TEXT, max_size=2)
NUMBER = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: value + 0.0)
POINTS = st.one_of(st.none(), st.sampled_from([0.0, 25.0, 100.0, 0.1]), NUMBER)
CODED = [kind for kind in ItemKind if kind.coded]


@st.composite
def options(draw: st.DrawFn) -> list[dict[str, Any]]:
    codes = draw(st.lists(CODE, min_size=1, max_size=4, unique=True))
    return [
        {
            "code": code,
            "label": draw(TEXT),
            "kind": draw(st.sampled_from(OptionKind)),
            "points": draw(POINTS),
            "improvement": draw(FREE),
            "labels": draw(LANGUAGES),
        }
        for code in codes
    ]


@st.composite
def conditions(draw: st.DrawFn, ids: list[str]) -> dict[str, Any]:
    comparison = draw(st.sampled_from(Comparison))
    value: Any
    match comparison:
        case Comparison.ANSWERED:
            value = None
        case Comparison.ONE_OF:
            value = tuple(draw(st.lists(CODE, min_size=1, max_size=3)))
        case Comparison.AT_LEAST | Comparison.AT_MOST | Comparison.LENGTH_NOT:
            value = draw(NUMBER)
        case Comparison.BELOW_ITEM | Comparison.NOT_STARTING_WITH_ITEM:
            value = draw(st.sampled_from(ids))
        case _:
            value = draw(st.one_of(TEXT, NUMBER))
    return {"item": draw(st.sampled_from(ids)), "is": comparison, "value": value}


@st.composite
def items(draw: st.DrawFn, id: str, ids: list[str], fields: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(ItemKind))
    answers = draw(options()) if kind.coded else []
    pointed = any(option["points"] is not None for option in answers)
    rules = [ScoringRule.NONE, ScoringRule.SHARE]
    rules += [ScoringRule.POINTS, ScoringRule.SUM] if pointed else []
    language_texts = st.fixed_dictionaries({"text": TEXT, "help": FREE})
    return {
        "id": id,
        "text": draw(TEXT),
        "kind": kind,
        "section": draw(st.sampled_from(["", "A Teil", "B: Teil"])),
        "group": draw(FREE),
        "dimension": draw(st.sampled_from([None, *fields])),
        "options": answers,
        "option_set": draw(st.one_of(st.none(), CODE)) if answers else None,
        "scoring": draw(st.sampled_from(rules)),
        "weight": draw(st.sampled_from([0.0, 1.0, 1.5, 0.1])),
        "max_points": draw(st.sampled_from([None, 100.0, 2.5])),
        "polarity": draw(st.sampled_from([1, -1])),
        "roles": draw(st.lists(st.sampled_from(Role), max_size=2, unique=True)),
        "required": draw(st.booleans()),
        "short_form": draw(st.booleans()),
        "sensitive": draw(st.booleans()),
        "condition": draw(st.lists(conditions(ids), max_size=2)),
        "requires": draw(st.lists(st.sampled_from(ids), max_size=2)),
        "target_of": draw(st.sampled_from([None, *ids])),
        "evidence_of": draw(st.sampled_from([None, *ids])),
        "goal_type": draw(st.sampled_from([None, "B", "O"])),
        "picks": draw(st.sampled_from([None, 3])),
        "minimum": draw(st.one_of(st.none(), NUMBER)),
        "maximum": draw(st.one_of(st.none(), NUMBER)),
        "pattern": draw(st.sampled_from([None, r"^\d{5}$", "it's", '"'])),
        "max_length": draw(st.sampled_from([None, 12, 1000])),
        "help": draw(FREE),
        "since": draw(st.sampled_from(["", "2025", "Welle 2"])),
        "level": draw(st.sampled_from([None, 0, 3])),
        "attributes": draw(st.dictionaries(st.sampled_from(["usefulness", "x y"]), TEXT)),
        "translations": draw(st.dictionaries(st.sampled_from(["en", "fr"]), language_texts)),
    }


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    ids = draw(st.lists(CODE, min_size=1, max_size=4, unique_by=str.casefold))
    fields = draw(st.lists(st.sampled_from(["D1", "D2", "01"]), max_size=2, unique=True))
    gates = st.fixed_dictionaries(
        {
            "level": st.integers(1, 4),
            "item": st.sampled_from(ids),
            "points": st.sampled_from([0.0, 33.3, 100.0]),
            "reason": FREE,
        }
    )
    dimensions = [
        {
            "id": field,
            "name": draw(TEXT),
            "block": draw(st.sampled_from(["", "HF"])),
            "parent": draw(st.sampled_from([None, *fields])),
            "description": draw(FREE),
            "weight": draw(st.sampled_from([0.0, 1.0, 2.5])),
            "gates": draw(st.lists(gates, max_size=2)),
            "levels": draw(st.sampled_from([(), ("a",), ("", "b"), ("a", "", "c")])),
            "names": draw(LANGUAGES),
        }
        for field in fields
    ]
    rules = [
        {
            "id": f"R{number}",
            "message": draw(TEXT),
            "when": draw(st.lists(conditions(ids), min_size=1, max_size=2)),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    return Questionnaire.model_validate(
        {
            "id": draw(CODE),
            "version": draw(TEXT),
            "title": draw(TEXT),
            "language": "de",
            "source": draw(FREE),
            "licence": draw(FREE),
            "proposed": draw(st.booleans()),
            "blocks": draw(st.dictionaries(CODE, TEXT, max_size=2)),
            "level_names": draw(st.lists(TEXT, max_size=3)),
            "dimensions": dimensions,
            "items": [draw(items(id, ids, fields)) for id in ids],
            "rules": rules,
            "notes": draw(st.lists(TEXT, max_size=2)),
        }
    )
