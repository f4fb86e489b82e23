"""What the model refuses on construction, and what it answers."""

import pytest
from pydantic import ValidationError

from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Condition, Questionnaire

ITEM = {"id": "A", "text": "a", "kind": "text"}
LEVEL = {
    "id": "L",
    "text": "l",
    "kind": "level",
    "dimension": "D",
    "scoring": "points",
    "weight": 1,
    "options": [{"code": str(n), "label": f"Stufe {n}", "points": n} for n in range(3)],
}


def build(**fields: object) -> Questionnaire:
    base = {"id": "x", "version": "1", "title": "x", "items": [ITEM]}
    return Questionnaire.model_validate(base | fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"items": [ITEM, ITEM]}, "Item mehrfach: A"),
        ({"items": [ITEM | {"kind": "single"}]}, "fehlen die Antwortoptionen"),
        ({"items": [ITEM | {"scoring": "points"}]}, "braucht Punkte"),
        ({"items": [ITEM | {"dimension": "D"}]}, "Dimension „D“ ist nicht erklärt"),
        ({"items": [ITEM | {"requires": ["B"]}]}, "unbekanntes Item „B“"),
        ({"items": [ITEM | {"target_of": "B"}]}, "unbekanntes Item „B“"),
        ({"items": [ITEM | {"weight": float("nan")}]}, "finite number"),
        ({"items": [ITEM | {"id": "a b"}]}, "pattern"),
        (
            {"items": [ITEM | {"condition": [{"item": "A", "is": "lt_item", "value": "B"}]}]},
            "unbekanntes Item „B“",
        ),
        (
            {
                "rules": [
                    {
                        "id": "R",
                        "message": "m",
                        "when": [{"item": "A", "is": "not_starting_with_item", "value": "B"}],
                    }
                ]
            },
            "Regel R: unbekanntes Item „B“",
        ),
    ],
)
def test_contradictions_are_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        build(**fields)


def test_level_texts_of_a_single_level_item_are_its_options() -> None:
    plain = build(items=[LEVEL], dimensions=[{"id": "D", "name": "d"}])
    assert plain.level_texts("D") == ("Stufe 0", "Stufe 1", "Stufe 2")
    described = build(items=[LEVEL], dimensions=[{"id": "D", "name": "d", "levels": ["tief"]}])
    assert described.level_texts("D") == ("tief",)
    two = build(items=[LEVEL, LEVEL | {"id": "M"}], dimensions=[{"id": "D", "name": "d"}])
    assert two.level_texts("D") == ()
    first = default_questionnaire().level_texts("HF01")[0]
    assert first == "kein digitales Vorhaben und keine Planung"


def test_values_of_conditions_keep_their_type() -> None:
    def value(given: object) -> object:
        return Condition.model_validate({"item": "A", "is": "eq", "value": given}).value

    assert (value("3"), value(3), value(("a", "b"))) == ("3", 3.0, ("a", "b"))
    assert isinstance(value("3"), str)
