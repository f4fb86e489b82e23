"""What a grouping of a foreign survey rests on when the analyst names no questions."""

import pytest
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
from assessment.remarks import InputRefused
from assessment.typology.item_choice import battery_of

SCALE = tuple(Option(code=str(code), label=f"Stufe {code}") for code in range(1, 6))
YES_NO = (Option(code="j", label="ja"), Option(code="n", label="nein"))


def ratings(*ids: str, options: tuple[Option, ...] = SCALE) -> list[Item]:
    return [Item(id=i, text=i, kind=ItemKind.RATING, options=options) for i in ids]


def survey_of(items: list[Item], rows: list[dict[str, str]]):
    book = Questionnaire(id="fremd", version="1", title="Fremd", items=tuple(items))
    return build_survey(book, {f"K{number}": row for number, row in enumerate(rows)})


def test_the_largest_battery_on_one_scale_is_taken():
    other = tuple(Option(code=str(code), label=f"Grad {code}") for code in range(1, 4))
    items = [*ratings("x1", "x2", options=other), *ratings("a", "b", "c", "d")]
    survey = survey_of(items, [dict.fromkeys(("x1", "x2", "a", "b", "c", "d"), "1")] * 3)
    assert battery_of(survey) == ("a", "b", "c", "d")


def test_questions_hardly_anybody_answered_do_not_count():
    survey = survey_of(
        ratings("a", "b", "c", "d", "e"),
        [
            {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"},
            *[{"a": "1", "b": "2", "c": "3", "d": "4"}] * 3,
        ],
    )
    assert battery_of(survey) == ("a", "b", "c", "d")


def test_without_a_battery_single_choices_serve():
    items = [Item(id=i, text=i, kind=ItemKind.SINGLE, options=YES_NO) for i in ("p", "q", "r")]
    survey = survey_of(items, [{"p": "j", "q": "n", "r": "j"}] * 4)
    assert battery_of(survey) == ("p", "q", "r")


def test_free_text_alone_is_refused_with_the_remedy():
    survey = survey_of([Item(id="t", text="t", kind=ItemKind.TEXT)], [{"t": "hallo"}] * 4)
    with pytest.raises(InputRefused, match="--items"):
        battery_of(survey)
