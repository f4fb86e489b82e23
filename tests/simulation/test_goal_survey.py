"""Goal surveys with known types: what is drawn, and that the oracle knows how."""

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest

from assessment.simulation.goal_oracle import (
    joint_log_likelihood,
    naive_joint_log_likelihood,
    posterior,
    ranking_log_likelihood,
    rating_log_likelihood,
)
from assessment.simulation.goal_survey import (
    GOALS,
    PLACES,
    PROFILES,
    SCENARIOS,
    SHARES,
    STEPS,
    TYPES,
    Scenario,
    draw_goal_survey,
)

MEDIUM = SCENARIOS["medium"]

# First municipalities of „medium“, seed 20260101, as the generator of the study draws them whose
# figures the benchmarks are compared with.
STUDY_TRUTH = [0, 2, 1, 3, 0]
STUDY_RATINGS = [
    [-1, 3, 0, 2, 0, 2, 0, 0, 0, 2, 0, 0],
    [3, 2, 4, 3, 2, 3, 4, 2, -1, 4, 3, 2],
    [0, 1, 2, 1, 4, 4, 4, 2, 1, 2, 3, 3],
    [-1, 4, 4, 3, 4, 4, 2, 4, 2, 3, 4, 4],
    [4, 4, 4, 2, 3, -1, 4, 3, 2, 4, 3, 3],
]
STUDY_ORDERS = [[2, 0, 1], [9, 3, 8], [4, 6, 2], [10, 11, 5], [0, 1, 2]]


def test_draws_are_those_of_the_study() -> None:
    drawn = draw_goal_survey(5, MEDIUM, 20260101)
    assert drawn.truth.tolist() == STUDY_TRUTH
    assert drawn.ratings.tolist() == STUDY_RATINGS
    assert drawn.orders.tolist() == STUDY_ORDERS


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_gives_valid_answers(name: str) -> None:
    drawn = draw_goal_survey(300, SCENARIOS[name], 5)
    assert drawn.n == 300
    assert drawn.ratings.shape == (300, GOALS)
    assert drawn.ratings.dtype == np.int16
    assert set(np.unique(drawn.ratings)) <= set(range(-1, STEPS))
    assert (drawn.ratings >= 0).any(axis=1).all()
    assert drawn.orders.shape == (300, PLACES)
    assert all(len(set(order)) == PLACES for order in drawn.orders.tolist())
    assert set(np.unique(drawn.truth)) <= set(range(-1, TYPES))
    again = draw_goal_survey(300, SCENARIOS[name], 5)
    assert (again.ratings == drawn.ratings).all()
    assert (again.orders == drawn.orders).all()


def test_profiles_are_relative_and_shares_complete() -> None:
    assert PROFILES.sum(axis=1) == pytest.approx(0)
    assert SHARES.sum() == pytest.approx(1)


def test_disturbances_leave_the_basic_draws_alone() -> None:
    plain = draw_goal_survey(400, MEDIUM, 3)
    lazy = draw_goal_survey(400, replace(MEDIUM, straightliners=0.2), 3)
    assert (lazy.truth == plain.truth).all()
    assert (lazy.orders == plain.orders).all()
    changed = (lazy.ratings != plain.ratings).any(axis=1)
    assert 0.1 < changed.mean() < 0.3
    assert all(len(set(row[row >= 0])) == 1 for row in lazy.ratings[changed])


def test_typeless_municipalities_have_no_true_type() -> None:
    drawn = draw_goal_survey(2000, SCENARIOS["typeless"], 1)
    assert (drawn.truth < 0).mean() == pytest.approx(0.15, abs=0.03)


def test_missing_answers_have_the_declared_share_and_spread() -> None:
    scattered = draw_goal_survey(4000, replace(MEDIUM, missing=0.2), 1).ratings < 0
    few = draw_goal_survey(4000, SCENARIOS["missing_concentrated"], 1).ratings < 0
    assert scattered.mean() == pytest.approx(0.2, abs=0.01)
    assert few.mean() == pytest.approx(0.2, abs=0.03)
    assert few.any(axis=1).mean() < 0.6 < scattered.any(axis=1).mean()


def test_taste_ties_ratings_and_first_goal_together_within_types() -> None:
    def excess(taste: float) -> float:
        """How much higher a goal put first is rated than the same goal by others of the type."""
        drawn = draw_goal_survey(6000, replace(MEDIUM, taste_sd=taste, missing=0.0), 2)
        found = []
        for kind, goal in product(range(TYPES), range(GOALS)):
            member = drawn.truth == kind
            first = member & (drawn.orders[:, 0] == goal)
            if first.sum() >= 30:
                rest = drawn.ratings[member & ~first, goal]
                found.append(drawn.ratings[first, goal].mean() - rest.mean())
        return float(np.mean(found))

    assert abs(excess(0.0)) < 0.06
    assert excess(0.8) > 0.25


def test_ranking_likelihood_sums_to_one_over_all_orders() -> None:
    orders = np.array(list(permutations(range(GOALS), PLACES)))
    sums = np.exp(ranking_log_likelihood(MEDIUM, orders)).sum(axis=0)
    assert sums == pytest.approx(np.ones(TYPES))


def test_rating_likelihood_sums_to_one_over_all_answers() -> None:
    ratings = np.full((STEPS**2, GOALS), -1)
    ratings[:, [2, 7]] = list(product(range(STEPS), repeat=2))
    for scenario in (MEDIUM, SCENARIOS["taste_0.8"]):
        sums = np.exp(rating_log_likelihood(scenario, ratings)).sum(axis=0)
        assert sums == pytest.approx(np.ones(TYPES))


def test_ranking_given_ratings_sums_to_one_under_taste() -> None:
    scenario = SCENARIOS["taste_0.8"]
    orders = np.array(list(permutations(range(GOALS), PLACES)))
    ratings = np.tile(draw_goal_survey(1, scenario, 1).ratings, (len(orders), 1))
    joint = joint_log_likelihood(scenario, ratings, orders, draws=50)
    conditional = np.exp(joint - rating_log_likelihood(scenario, ratings))
    # Each order has tastes of its own drawn, hence no exact 1.
    assert conditional.sum(axis=0) == pytest.approx(np.ones(TYPES), abs=0.05)


def test_joint_oracle_without_taste_is_the_product() -> None:
    drawn = draw_goal_survey(50, MEDIUM, 1)
    exact = joint_log_likelihood(MEDIUM, drawn.ratings, drawn.orders)
    barely = joint_log_likelihood(replace(MEDIUM, taste_sd=1e-6), drawn.ratings, drawn.orders)
    naive = naive_joint_log_likelihood(MEDIUM, drawn.ratings, drawn.orders)
    assert exact == pytest.approx(naive)
    assert barely == pytest.approx(naive, abs=1e-3)


@pytest.mark.parametrize("taste", [0.0, 1.2])
def test_oracle_probabilities_are_what_they_say(taste: float) -> None:
    scenario = Scenario(separation=1.0, taste_sd=taste)
    drawn = draw_goal_survey(1500, scenario, 4)
    sources = (
        rating_log_likelihood(scenario, drawn.ratings),
        ranking_log_likelihood(scenario, drawn.orders),
        joint_log_likelihood(scenario, drawn.ratings, drawn.orders, draws=60),
    )
    right = []
    for likelihood in sources:
        stated = posterior(likelihood)
        hits = stated.argmax(axis=1) == drawn.truth
        right.append(hits.mean())
        # Standard error of a share near 0.75 over 1,500 municipalities: 0.011.
        assert stated.max(axis=1).mean() == pytest.approx(hits.mean(), abs=0.03)
    assert right[2] > max(right[:2]) + 0.03


@pytest.mark.parametrize("name", ["factors", "heavy_tails", "typeless", "style_classes"])
def test_scenarios_without_an_oracle_say_so(name: str) -> None:
    drawn = draw_goal_survey(10, SCENARIOS[name], 1)
    with pytest.raises(ValueError, match="no oracle"):
        rating_log_likelihood(SCENARIOS[name], drawn.ratings)
