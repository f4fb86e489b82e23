"""Priority: gap² × relevance ÷ effort, by hand."""

import pytest

from assessment.comparison.gap_types import Gap, GapState, Reference
from assessment.measures.advice_types import PriorityClass
from assessment.measures.priority import Relevance, class_of, priority_of, relevance_of
from assessment.measures.rules import load_goal_relevance, load_rules
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Role


def gap(shortfall: int, state: GapState = GapState.SHORTFALL) -> Gap:
    return Gap(Reference.PEER_MEDIAN, state, 20, 20 + shortfall, shortfall, 0, 40, 9)


def test_the_formula_has_its_numbers_put_in() -> None:
    found = priority_of(gap(20), Relevance(2, "weil"), 3)
    # 20 points are 0.8 levels: 0.64 × 2 ÷ 3 = 0.4267.
    assert found.gap == pytest.approx(0.8)
    assert found.value == pytest.approx(0.42667, abs=1e-5)
    assert found.formula == "0,8² × 2 ÷ 3 = 0,43"
    assert found.reference is Reference.PEER_MEDIAN
    assert found.priority_class is PriorityClass.LOW
    # 25 points are one level: 1 × 2 ÷ 4 = 0.5, where „mittel“ begins; 1 × 2 ÷ 1 = 2 is „hoch“.
    assert priority_of(gap(25), Relevance(2, ""), 4).priority_class is PriorityClass.MEDIUM
    assert priority_of(gap(25), Relevance(2, ""), 1).priority_class is PriorityClass.HIGH
    assert priority_of(gap(50), Relevance(3, ""), 1).formula == "2² × 3 ÷ 1 = 12"


@pytest.mark.parametrize("state", [GapState.INDISTINGUISHABLE, GapState.REACHED, GapState.UNKNOWN])
def test_what_cannot_be_told_from_chance_counts_nothing(state: GapState) -> None:
    found = priority_of(gap(40, state), Relevance(3, ""), 1)
    assert (found.gap, found.value, found.reference) == (0.0, 0.0, None)
    assert found.priority_class is PriorityClass.LOW
    assert priority_of(None, Relevance(1, ""), 2) == priority_of(gap(9, state), Relevance(1, ""), 2)


def test_classes_begin_at_their_limit() -> None:
    classes = load_rules().priority.classes
    assert class_of(classes.high) is PriorityClass.HIGH
    assert class_of(classes.high - 0.001) is PriorityClass.MEDIUM
    assert class_of(classes.medium) is PriorityClass.MEDIUM
    assert class_of(classes.medium - 0.001) is PriorityClass.LOW


def test_more_gap_or_relevance_never_lowers_and_more_effort_never_raises() -> None:
    values = {
        (points, weight, effort): priority_of(gap(points), Relevance(weight, ""), effort).value
        for points in (0, 10, 25, 60)
        for weight in (1, 2, 3)
        for effort in (1, 3, 5)
    }
    for (points, weight, effort), value in values.items():
        for (more, heavier, cheaper), other in values.items():
            if more >= points and heavier >= weight and cheaper <= effort:
                assert other >= value


def test_an_effort_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="effort"):
        priority_of(None, Relevance(1, ""), 0)


@pytest.mark.parametrize(
    ("duty", "current", "target", "goal", "value", "says"),
    [
        (True, None, None, None, 3, "Pflicht"),
        (False, 1, 3, None, 3, "2 Stufen über heute"),
        (False, 1, 2, "Bürgernähe", 2, "Ziel über heute"),
        (False, 2, 2, "Bürgernähe", 2, "„Bürgernähe“"),
        (False, 3, 1, None, 1, "kein"),
        (False, None, None, None, 1, "kein"),
    ],
)
def test_relevance_has_a_reason(
    duty: bool, current: int | None, target: int | None, goal: str | None, value: int, says: str
) -> None:
    found = relevance_of(duty=duty, current=current, target=target, goal=goal)
    assert found.value == value
    assert says in found.reason


def test_rules_fit_the_questionnaire() -> None:
    questionnaire = default_questionnaire()
    goals = load_goal_relevance()
    assert set(goals.goals) == {item.id for item in questionnaire.with_role(Role.GOAL)}
    fields = set(questionnaire.dimension_by_id)
    assert {name for goal in goals.goals.values() for name in goal.fields} <= fields
    rules = load_rules()
    assert set(rules.stands_for) == {f"SB{n}" for n in range(1, 9)} | {"EGB"}
    assert set(rules.stands_for.values()) <= fields
    budget = questionnaire.first(Role.BUDGET)
    assert budget is not None
    assert budget.id == rules.budget.item
    assert set(rules.budget.constrained) <= set(budget.option_by_code)
