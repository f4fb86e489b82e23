"""Known types are recovered: the bars of the benchmarks on a few drawn surveys.

The bars hold for means over 16 surveys and more (``benchmarks.typology_recovery``); three surveys
scatter by about 0.03 around that, which is the margin here.
"""

from dataclasses import replace

import numpy as np
import pytest

from assessment.simulation.goal_oracle import (
    joint_log_likelihood,
    posterior,
    ranking_log_likelihood,
    rating_log_likelihood,
)
from assessment.simulation.goal_survey import (
    GOALS,
    SCENARIOS,
    STEPS,
    TYPES,
    GoalSurvey,
    draw_goal_survey,
)
from assessment.typology.agreement import adjusted_rand, match_labels
from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.methods import solve
from assessment.typology.solution import Solution

N = 412
SEEDS = (1, 2, 3)
MARGIN = 0.03


def goal_data(drawn: GoalSurvey, method: Method) -> GoalData:
    data = GoalData(
        n=drawn.n,
        rated=drawn.ratings,
        steps=STEPS,
        orders=drawn.orders,
        options=GOALS,
        links=tuple(range(GOALS)),
    )
    if method is Method.PLACKETT_LUCE:
        return replace(data, rated=None, steps=0, links=(-1,) * GOALS)
    if method is Method.JOINT:
        return data
    return replace(data, orders=None, options=0, links=())


def fitted(drawn: GoalSurvey, method: Method, k: int = TYPES) -> tuple[Solution, np.ndarray]:
    """The solution, and the labels of the drawn municipalities in their order."""
    data = goal_data(drawn, method)
    order = data.canonical_order()
    solution = solve(data.take(order), method, k, 0)
    labels = np.empty(drawn.n, dtype=int)
    labels[order] = solution.labels
    return solution, labels


def recovered(name: str, method: Method) -> float:
    """Mean adjusted Rand index with the true types."""
    surveys = [draw_goal_survey(N, SCENARIOS[name], seed) for seed in SEEDS]
    return float(
        np.mean([adjusted_rand(drawn.truth, fitted(drawn, method)[1]) for drawn in surveys])
    )


@pytest.mark.parametrize(
    ("name", "method", "bar"),
    [
        ("medium", Method.RESPONSE_STYLE, 0.77),
        ("hard", Method.RESPONSE_STYLE, 0.48),
        ("missing_concentrated", Method.RESPONSE_STYLE, 0.65),
        ("straightliners", Method.RESPONSE_STYLE, 0.52),
        ("easy", Method.PLACKETT_LUCE, 0.95),
        ("medium", Method.PLACKETT_LUCE, 0.86),
        ("hard", Method.PLACKETT_LUCE, 0.57),
        ("medium", Method.JOINT, 0.94),
        ("hard", Method.JOINT, 0.72),
    ],
)
def test_types_are_recovered(name: str, method: Method, bar: float) -> None:
    assert recovered(name, method) >= bar - MARGIN


def test_raw_kmeans_finds_response_styles_instead() -> None:
    # The negative control: 0.31 where 0.81 is attainable.
    assert recovered("medium", Method.RAW_KMEANS) < 0.45


def test_shared_taste_leaves_the_joint_model_ahead_and_calibrated() -> None:
    scenario = SCENARIOS["taste_0.8"]
    drawn = draw_goal_survey(N, scenario, SEEDS[0])
    new = draw_goal_survey(4000, scenario, SEEDS[0] + 100)
    hits = {}
    for method in (Method.RESPONSE_STYLE, Method.PLACKETT_LUCE, Method.JOINT):
        placed = fitted(drawn, method)[0].measurement.probabilities(goal_data(new, method))
        labels = placed.argmax(axis=1)
        right = match_labels(new.truth, labels, TYPES)[labels] == new.truth
        hits[method] = right.mean()
        assert abs(placed.max(axis=1).mean() - right.mean()) <= 0.05
    assert hits[Method.JOINT] > max(hits[Method.RESPONSE_STYLE], hits[Method.PLACKETT_LUCE])


@pytest.mark.parametrize(
    ("method", "below"),
    [(Method.RESPONSE_STYLE, 0.02), (Method.PLACKETT_LUCE, 0.02), (Method.JOINT, 0.01)],
)
def test_new_municipalities_are_placed_nearly_as_well_as_possible(
    method: Method, below: float
) -> None:
    scenario = SCENARIOS["medium"]
    new = draw_goal_survey(4000, scenario, 200)
    ceilings = {
        Method.RESPONSE_STYLE: lambda: rating_log_likelihood(scenario, new.ratings),
        Method.PLACKETT_LUCE: lambda: ranking_log_likelihood(scenario, new.orders),
        Method.JOINT: lambda: joint_log_likelihood(scenario, new.ratings, new.orders),
    }
    solution = fitted(draw_goal_survey(N, scenario, SEEDS[0]), method)[0]
    placed = solution.measurement.probabilities(goal_data(new, method))
    labels = placed.argmax(axis=1)
    right = (match_labels(new.truth, labels, TYPES)[labels] == new.truth).mean()
    attainable = (posterior(ceilings[method]()).argmax(axis=1) == new.truth).mean()
    # One model instead of the mean over many: a margin of 0.01.
    assert attainable - right <= below + 0.01
    sure = placed.max(axis=1) >= 0.8
    assert (match_labels(new.truth, labels, TYPES)[labels] == new.truth)[sure].mean() >= 0.95


@pytest.mark.parametrize(
    ("name", "numbers", "k"), [("medium", (3, 4, 5), TYPES), ("structureless", (1, 2), 1)]
)
def test_bic_finds_the_number_of_types(name: str, numbers: tuple[int, ...], k: int) -> None:
    drawn = draw_goal_survey(N, SCENARIOS[name], SEEDS[0])
    fits = {number: fitted(drawn, Method.RESPONSE_STYLE, number)[0].fit for number in numbers}
    bics = {number: fit.bic for number, fit in fits.items() if fit is not None}
    assert min(bics, key=lambda number: bics[number]) == k
