"""How many municipalities stand behind a goal chart, and when that stays unsaid."""

import pytest

from assessment.comparison.disclosure import GuardedValue
from assessment.profiles.goal_words import basis_of


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([GuardedValue(0.1, 98), GuardedValue(0.2, 111)], "n = 98 bis 111 je Ziel"),
        ([GuardedValue(0.1, 111), GuardedValue(0.2, 111)], "n = 111"),
        ([GuardedValue(0.1, 1500), GuardedValue(refusal="zu wenige")], "n = 1.500"),
        ([GuardedValue(0.1, 111), GuardedValue(0.2, None)], ""),
        ([GuardedValue(refusal="zu wenige")], ""),
    ],
)
def test_basis_of_a_goal_chart(values: list[GuardedValue], said: str):
    assert basis_of(values) == said
