"""What recommendations rest on, read from a survey made by hand."""

from collections.abc import Mapping
from typing import Any

import pytest
from survey_builder import Cell, build_survey

from assessment.comparison.peers import build_peer_index
from assessment.measures.situation import Situation, situation_of
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Questionnaire
from assessment.scoring.scores import score_survey
from assessment.survey import AnswerStatus


def seen(row: Mapping[str, Cell], questionnaire: Questionnaire | None = None) -> Situation:
    """The situation of the first of two municipalities; the second answers the same questions."""
    other = {name: "k" if name[0] in "CD" else None for name in row}
    survey = build_survey(questionnaire or default_questionnaire(), [row, other])
    scores = score_survey(survey)
    index = build_peer_index(scores, survey, None)
    return situation_of(survey, scores, index, None, "01000001", (), {})


def option(item: str, points: float) -> str:
    """The code of the answer with these points."""
    return next(o.code for o in default_questionnaire()[item].options if o.points == points)


def test_the_answers_that_cost_most_hold_a_field_down() -> None:
    # MF01: D01 weighs 2, the others 1. Lost: D01 2 × 25, D02 100, D03 50, D05 nothing.
    answers = {
        "D01": option("D01", 75),
        "D02": option("D02", 0),
        "D03": option("D03", 50),
        "D05": option("D05", 100),
    }
    found = seen(answers).limiting["MF01"]
    assert [each.item for each in found] == ["D02", "D01"]
    assert found[0].answer == "trifft gar nicht zu"
    assert not any(each.gate for each in found)


def test_a_gate_stands_first_with_its_reason_and_only_once() -> None:
    # Without the decision on a strategy MF01 stays at 2, however good the rest is.
    answers = {
        "D01": option("D01", 50),
        "D02": option("D02", 100),
        "D03": option("D03", 100),
        "D04": "a;b;c;d;e;f",
        "D05": option("D05", 100),
    }
    found = seen(answers)
    assert found.levels["MF01"] == 2
    (gate,) = found.limiting["MF01"]
    assert (gate.item, gate.gate) == ("D01", True)
    assert "Ohne Beschluss" in gate.reason


def test_confidential_answers_are_not_repeated() -> None:
    answers = {name: option(name, 0) for name in ("D26", "D27", "D28", "D30")} | {"D29": "x"}
    found = seen(answers).limiting["MF06"]
    assert found
    assert all(each.sensitive and each.answer == "" for each in found)


def test_ticks_are_counted() -> None:
    found = seen({"E01": "a;b", "E03": option("E03", 100), "E04": option("E04", 100)})
    (ticks,) = [each for each in found.limiting["EGB"] if each.item == "E01"]
    assert ticks.answer == "2 von 16 genannt"


def test_dont_know_empty_and_not_responsible_are_three_things() -> None:
    found = seen(
        {
            "C01": AnswerStatus.DONT_KNOW,
            "C02": None,
            "C03": AnswerStatus.NOT_APPLICABLE,
            "C04": AnswerStatus.INVALID,
            "C05": option("C05", 0),
        }
    )
    fields = ("HF01", "HF02", "HF03", "HF04", "HF05", "HF06")
    assert [found.levels[name] for name in fields] == [None, None, None, None, 0, None]
    assert found.unknown == {"HF01": ("C01",)}
    assert found.unanswered == {"HF02": ("C02",), "HF04": ("C04",)}
    # HF06 was not asked at all: that is no word on responsibility.
    assert found.outside == {"HF03"}
    assert set(found.limiting) == {"HF05"}


@pytest.mark.parametrize(
    ("answer", "constrained"), [("a", False), ("b", False), ("c", True), ("d", True), (None, False)]
)
def test_the_budget_follows_the_answer(answer: str | None, constrained: bool) -> None:
    found = seen({"A07": answer, "C01": option("C01", 0)})
    assert found.constrained is constrained
    assert found.budget == answer


def test_the_budget_question_of_another_questionnaire_is_not_taken_for_ours() -> None:
    ours = default_questionnaire()
    fields: dict[str, Any] = {name: getattr(ours, name) for name in Questionnaire.model_fields}
    other = Questionnaire.model_validate(fields | {"id": "fremd"})
    assert seen({"A07": "c", "C01": option("C01", 0)}, other).constrained is False


def test_picked_goals_come_before_rated_ones() -> None:
    top = {f"B{number:02}": "5" for number in (2, 7)}
    assert seen({**top, "B15": "B04;B01;B09"}).goals == ("B04", "B01", "B09")
    assert seen({**top, "B15": None}).goals == ("B02", "B07")
    assert seen({**top, "B01": "4"}).goals == ("B02", "B07")


def test_who_rates_nearly_all_goals_highest_has_named_none() -> None:
    assert seen({f"B{number:02}": "5" for number in range(1, 6)}).goals
    assert seen({f"B{number:02}": "5" for number in range(1, 7)}).goals == ()


def test_the_kind_is_known_or_unknown() -> None:
    assert seen({"A04": "kreis", "C01": None}).kind == "kreis"
    assert seen({"A04": None, "C01": None}).kind is None
    survey = build_survey(default_questionnaire(), [{"C01": option("C01", 0)}])
    scores = score_survey(survey)
    index = build_peer_index(scores, survey, None)
    with pytest.raises(KeyError):
        situation_of(survey, scores, index, None, "99999999", (), {})
