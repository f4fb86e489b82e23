"""Whatever the questionnaire and the answers: every page has something to say."""

import random

from any_questionnaire import questionnaires
from everything_said import said_of, said_of_all, said_of_waves, taken_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_builder import Cell, build_survey

from assessment import pipeline
from assessment.importing.importer import import_survey
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Item, ItemKind, Questionnaire, Role
from assessment.survey import AnswerStatus

OPEN: list[Cell] = [
    None,
    AnswerStatus.DONT_KNOW,
    AnswerStatus.NOT_APPLICABLE,
    AnswerStatus.NOT_ASKED,
    AnswerStatus.INVALID,
]


def any_answer(item: Item, dice: random.Random) -> Cell:
    """An answer of the item's kind, or one of the reasons why there is none."""
    if dice.random() < 0.35:
        return dice.choice(OPEN)
    codes = [option.code for option in item.options]
    if item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL):
        return float(dice.choice([-5, 0, 3, 200, 10**9]))
    if item.kind is ItemKind.DATE:
        return f"2026-01-0{dice.randint(1, 9)}"
    if item.kind is ItemKind.MULTIPLE:
        return ";".join(code for code in codes if dice.random() < 0.5)
    if item.kind is ItemKind.RANKING:
        return ";".join(dice.sample(codes, dice.randint(1, len(codes))))
    return dice.choice(codes or ["x", "<b>", "=1+1"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires(), st.integers(1, 40), st.integers(0, 10**6))
def test_any_survey_is_put_into_words(questionnaire: Questionnaire, size: int, seed: int) -> None:
    dice = random.Random(seed)
    rows = [{item.id: any_answer(item, dice) for item in questionnaire.items} for _ in range(size)]
    taken = taken_of(pipeline.assess(build_survey(questionnaire, rows)))
    said_of_all(taken)
    for key in list(taken.survey.keys)[:2]:
        said_of(taken, key)
        assert said_of_waves(taken, taken, key)["change"]["refusal"]


def test_a_day_asked_for_as_text_is_no_day() -> None:
    """Roles are free in an own codebook; a „Stichtag“ in words must not end the page."""
    known = default_questionnaire()
    text = Item(id="T1", text="Stichtag", kind=ItemKind.TEXT, roles=(Role.REFERENCE_DATE,))
    people = Item(id="T2", text="Einwohner", kind=ItemKind.TEXT, roles=(Role.POPULATION,))
    others = [item for item in known.items if not {text.roles[0], people.roles[0]} & {*item.roles}]
    content = known.model_dump() | {"items": [text, people, *others]}
    questionnaire = Questionnaire.model_validate(content)
    rows = [{"T1": "im Frühjahr", "T2": "viele", "C01": "2", "E01": "a"} for _ in range(14)]
    taken = taken_of(pipeline.assess(build_survey(questionnaire, rows)))
    said = said_of(taken, str(taken.survey.keys[0]))
    assert said["profile"]["header"]["reference_date"] is None
    file = "T1;T2;C01\nim Frühjahr;viele;2\nim Herbst;wenige;3\n".encode()
    assert import_survey(file, "frei.csv", questionnaire).survey.reference_date is None
