import pytest
from wave_cases import OPTIONS, book, default_items, question

from assessment.comparison import wave_items
from assessment.comparison.wave_items import comparable_items
from assessment.questionnaire.model import ItemKind, Option, OptionKind, ScoringRule

BEFORE = book()


def change_of(item, **more):
    """What is said of Q1 if the later version asks it like this."""
    after = book(question("Q1", "MF1", **more), *[i for i in default_items() if i.id != "Q1"])
    found = {one.item: one for one in comparable_items(BEFORE, after)}
    assert all(one.comparable for name, one in found.items() if name != "Q1")
    return found[item]


def test_the_same_questionnaire_is_comparable_throughout():
    found = comparable_items(BEFORE, book(version="2"))
    assert [one.item for one in found] == ["H1", "Q1", "Q2", "Q3", "Q4"]
    assert all(one.comparable and one.reason == "" for one in found)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"kind": ItemKind.RATING}, wave_items.KIND),
        ({"text": "Wie weit sind Sie mit Q1?"}, wave_items.WORDING),
        ({"options": OPTIONS[:-1]}, wave_items.OPTIONS),
        (
            {
                "options": (
                    *OPTIONS[:4],
                    OPTIONS[4],
                    Option(code="k", label="Weiß nicht", kind=OptionKind.NOT_APPLICABLE),
                )
            },
            wave_items.OPTIONS,
        ),
        (
            {"options": (Option(code="0", label="gar nicht", points=0.0), *OPTIONS[1:])},
            wave_items.OPTION_WORDING,
        ),
        (
            {"options": (*OPTIONS[:4], Option(code="4", label="Stufe 4", points=90.0), OPTIONS[5])},
            wave_items.POINTS,
        ),
        ({"max_points": 200.0}, wave_items.POINTS),
        ({"scoring": ScoringRule.NONE}, wave_items.POINTS),
    ],
)
def test_what_makes_another_question(more, reason):
    found = change_of("Q1", **more)
    assert (found.comparable, found.reason) == (False, reason)


@pytest.mark.parametrize(
    "more",
    [
        {"text": "Wie weit ist – „Q1“ ?"},
        {"weight": 3.0},
        {"help": "Neuer Hinweis"},
        {"short_form": True},
    ],
)
def test_what_does_not(more):
    assert change_of("Q1", **more).comparable


def test_a_question_in_another_field_stays_the_same_question():
    after = book(question("Q1", "HF1"), *[i for i in default_items() if i.id != "Q1"])
    assert all(one.comparable for one in comparable_items(BEFORE, after))


def test_new_and_gone_questions_are_named():
    after = book(*default_items()[:-1], question("Q9", "MF1"))
    found = {one.item: one.reason for one in comparable_items(BEFORE, after)}
    assert found["Q9"] == wave_items.NEW
    assert found["Q4"] == wave_items.GONE
    assert list(found)[-1] == "Q4"


def test_questions_without_a_column_in_one_file_are_left_out():
    found = {one.item: one for one in comparable_items(BEFORE, book(), {"H1", "Q1", "Q2", "Q3"})}
    assert found["Q4"].reason == wave_items.NOT_COLLECTED
    assert found["Q3"].comparable


def test_questions_that_never_count_are_not_listed():
    note = question("N1", "MF1", scoring=ScoringRule.NONE)
    assert "N1" not in {one.item for one in comparable_items(book(*default_items(), note), book())}
