import pytest

from assessment.comparison.answer_step import answer_step, noise_of
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Option,
    OptionKind,
    Questionnaire,
    ScoringRule,
)

YES_NO = (
    Option(code="j", label="ja", points=100.0),
    Option(code="n", label="nein", points=0.0),
    Option(code="k", label="weiß nicht", kind=OptionKind.DONT_KNOW),
)
TICKS = (
    *(Option(code=code, label=code) for code in "abcd"),
    Option(code="x", label="nichts davon", kind=OptionKind.NONE_OF_THESE),
)


def questionnaire(*items: Item) -> Questionnaire:
    return Questionnaire(
        id="t", version="1", title="", dimensions=(Dimension(id="F", name="F"),), items=items
    )


def item(name, options=YES_NO, weight=1.0, kind=ItemKind.SINGLE, short=False):
    rule = ScoringRule.SHARE if kind is ItemKind.MULTIPLE else ScoringRule.POINTS
    return Item(
        id=name,
        text=name,
        kind=kind,
        dimension="F",
        options=options,
        scoring=rule,
        weight=weight,
        short_form=short,
    )


def test_the_step_of_the_heaviest_question_counts():
    one_yes_no = questionnaire(item("A"), item("B", TICKS, 3.0, ItemKind.MULTIPLE))
    # „Ja“ instead of „nein“ moves a quarter of the weight by 100; a tick three quarters by 25.
    assert answer_step(one_yes_no, "F") == pytest.approx(25.0)
    assert answer_step(questionnaire(item("B", TICKS, 1.0, ItemKind.MULTIPLE)), "F") == 25.0


def test_in_the_short_form_each_question_weighs_more():
    book = questionnaire(item("A", short=True), item("B"), item("C"), item("D"))
    assert answer_step(book, "F") == 25.0
    assert answer_step(book, "F", short_form=True) == 100.0


def test_a_field_without_questions_of_its_own_has_the_least_noise():
    assert noise_of(questionnaire(item("A")), "nothing") == 5


def test_in_the_default_questionnaire_one_question_means_one_level():
    book = default_questionnaire()
    for dimension in book.scored_dimensions:
        single = len(book.scored_items(dimension.id)) == 1
        noise = noise_of(book, dimension.id)
        assert (noise == 25) == single
        assert 5 <= noise <= 25
