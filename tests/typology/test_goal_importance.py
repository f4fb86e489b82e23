"""What each goal tells about the type."""

import numpy as np
import pytest
from goal_survey_builder import draw, goal_survey

from assessment.typology.goal_data import GoalData
from assessment.typology.goal_importance import goal_importance, profile_effects, relative_points
from assessment.typology.goal_input import goal_input


def rated(*columns, steps=4):
    table = np.array(columns, dtype=np.int16).T
    return GoalData(n=len(table), rated=table, steps=steps)


def test_a_goal_that_says_it_all_and_one_that_says_nothing():
    labels = np.repeat([0, 1, 2, 3], 500)
    same = np.full(2000, 2)
    chance = np.tile([0, 1, 2, 3], 500)
    halves = labels // 2
    found = goal_importance(rated(labels, same, chance, halves), np.eye(4)[labels])
    assert [one.column for one in found] == [0, 1, 2, 3]
    assert found[0].bits == pytest.approx(2.0, abs=0.01)
    assert found[0].share == pytest.approx(1.0, abs=0.01)
    assert found[1].bits == found[2].bits == 0.0
    assert found[3].bits == pytest.approx(1.0, abs=0.01)
    assert found[3].share == pytest.approx(0.5, abs=0.01)


def test_chance_alone_tells_nothing():
    random = np.random.default_rng(0)
    labels = random.choice(4, 200, p=(0.35, 0.3, 0.2, 0.15))
    found = goal_importance(rated(*random.integers(0, 5, (200, 200)).T, steps=5), np.eye(4)[labels])
    assert np.mean([one.bits for one in found]) < 0.015


def test_unanswered_and_unassigned_rows_take_no_part():
    labels = np.repeat([0, 1], 50)
    posterior = np.eye(2)[labels]
    posterior[::5] = np.nan
    answers = np.where(np.arange(100) % 3 == 0, -1, labels)
    (one,) = goal_importance(rated(answers, steps=2), posterior)
    assert one.n == ((np.arange(100) % 3 > 0) & (np.arange(100) % 5 > 0)).sum()
    assert one.share > 0.95


def test_weights_count_like_repeated_rows():
    random = np.random.default_rng(1)
    posterior = random.dirichlet([1, 1, 1], 300)
    answers = (posterior.cumsum(axis=1) < random.random((300, 1))).sum(axis=1)
    (weighted,) = goal_importance(rated(answers), posterior, np.full(300, 2.0))
    (plain,) = goal_importance(rated(answers), posterior)
    assert weighted == plain
    zeros = np.where(np.arange(300) < 200, 1.0, 0.0)
    (part,) = goal_importance(rated(answers), posterior, zeros)
    (alone,) = goal_importance(rated(answers[:200]), posterior[:200])
    assert part.bits == pytest.approx(alone.bits)


def test_every_kind_of_question():
    labels = np.repeat([0, 1], 100)
    data = GoalData(
        n=200,
        orders=np.column_stack([labels, 2 + labels]).astype(np.int16),
        options=4,
        categories=np.column_stack([labels, np.zeros(200)]).astype(np.int16),
        sizes=(3, 2),
        numbers=np.column_stack([labels + np.linspace(0, 0.5, 200), np.full(200, np.nan)]),
    )
    found = goal_importance(data, np.eye(2)[labels])
    assert [one.part for one in found] == ["ranked"] * 4 + ["categories"] * 2 + ["numbers"] * 2
    assert [one.bits > 0.5 for one in found] == [True] * 4 + [True, False, True, False]
    assert found[-1].n == 0


@pytest.mark.filterwarnings("error")
def test_one_type_and_no_answers():
    (one,) = goal_importance(rated([0, 1, 2]), np.ones((3, 1)))
    assert (one.bits, one.share) == (0.0, 0.0)
    (one,) = goal_importance(rated([-1, -1, -1]), np.full((3, 2), 0.5))
    assert (one.bits, one.n) == (0.0, 0)
    (one,) = goal_importance(rated([0, 1, 2]), np.full((3, 2), np.nan))
    assert one.n == 0
    assert np.isnan(profile_effects(np.ones((3, 2)), np.ones((3, 1)))).all()
    assert np.isnan(relative_points(np.full((3, 2), np.nan))).all()
    assert relative_points(np.array([[50.0, np.nan], [np.nan, np.nan]]))[0, 0] == 0.0


def test_own_goals_of_a_type_lie_above_all_others():
    ratings, truth = draw(400, 4)
    survey = goal_survey(ratings)
    values = relative_points(goal_input(survey).values(survey))
    np.testing.assert_allclose(np.nanmean(values, axis=1), 0, atol=1e-9)
    labels = np.array(["BOSC".index(kind) for kind in truth])
    effects = profile_effects(values, np.eye(4)[labels])
    own = np.repeat(np.eye(4, dtype=bool), 3, axis=1)
    assert effects[own].min() > 0.5
    assert effects[~own].max() < 0.2
    # By hand for one type and goal.
    one, other = values[labels == 0, 0], values[labels != 0, 0]
    n, m = (~np.isnan(one)).sum(), (~np.isnan(other)).sum()
    pooled = np.sqrt((n * np.nanvar(one) + m * np.nanvar(other)) / (n + m))
    assert effects[0, 0] == pytest.approx((np.nanmean(one) - np.nanmean(other)) / pooled)
