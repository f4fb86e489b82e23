"""Whether membership probabilities mean what they say, on municipalities the model never saw.

Each model is fitted to 412 drawn municipalities and places 10,000 new ones of the same scenario.
Calibration error: mean gap between the stated and the true share of right placements over ten
equally wide classes of the highest probability, weighted by size.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from assessment.simulation.goal_oracle import (
    joint_log_likelihood,
    posterior,
    ranking_log_likelihood,
    rating_log_likelihood,
)
from assessment.simulation.goal_survey import (
    SCENARIOS,
    TYPES,
    GoalSurvey,
    Scenario,
    draw_goal_survey,
)
from assessment.typology.agreement import match_labels
from assessment.typology.method import Method
from benchmarks.typology_bars import show
from benchmarks.typology_draws import FIRST_SEED, N, data_for, solve_drawn

SCENARIO_NAMES = ("easy", "medium", "hard", "taste_0.5", "taste_0.8", "taste_1.2")
METHODS = (Method.JOINT, Method.RESPONSE_STYLE, Method.PLACKETT_LUCE, Method.CENTRED_KMEANS)
NEW_CASES = 10_000
_NEW_SEED = 900_000
_SEEDS = 8
_BINS = 10
_ORACLE_DRAWS = 100
_SURE, _BETWEEN = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Placement:
    """How well new cases are placed; shares 0–1."""

    accuracy: float
    error: float
    """Expected calibration error."""
    sure: float
    """Share with a probability of at least 0.8."""
    sure_right: float
    between: float
    """Share with a highest probability below 0.6."""


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.typology_probabilities")
    parser.add_argument("scenarios", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=_SEEDS)
    parser.add_argument("--methods", nargs="*", type=Method, default=list(METHODS))
    given = parser.parse_args(arguments)
    print(f"{given.seeds} models of {N} municipalities, {NEW_CASES} new cases each")
    print(
        f"{'scenario':12}{'method':18}{'accuracy':>9}{'oracle':>8}{'ECE':>7}"
        f"{'worst':>7}{'p>=.8':>7}{'right':>7}{'p<.6':>7}"
    )
    found: dict[tuple[str, Method], tuple[Placement, float]] = {}
    with threadpool_limits(1):
        for name in given.scenarios or SCENARIO_NAMES:
            for method in given.methods:
                found[name, method] = _scenario(name, method, given.seeds)
    _print_bars(found)


def _scenario(name: str, method: Method, seeds: int) -> tuple[Placement, float]:
    scenario = SCENARIOS[name]
    placements, ceilings = [], []
    for number in range(seeds):
        drawn = draw_goal_survey(N, scenario, FIRST_SEED + number)
        new = draw_goal_survey(NEW_CASES, scenario, _NEW_SEED + number)
        solution = solve_drawn(method, drawn)[0]
        placed = solution.measurement.probabilities(data_for(method, new))
        placements.append(judge(placed, new.truth))
        ceilings.append(float((_oracle(scenario, method, new) == new.truth).mean()))
    mean = Placement(*np.mean([_row(placement) for placement in placements], axis=0))
    worst = max(placement.error for placement in placements)
    oracle = float(np.mean(ceilings))
    print(
        f"{name:12}{method.value:18}{mean.accuracy:9.3f}{oracle:8.3f}{mean.error:7.3f}"
        f"{worst:7.3f}{mean.sure:7.2f}{mean.sure_right:7.3f}{mean.between:7.2f}",
        flush=True,
    )
    return mean, oracle


def _row(placement: Placement) -> list[float]:
    return [
        placement.accuracy,
        placement.error,
        placement.sure,
        placement.sure_right,
        placement.between,
    ]


def judge(probability: np.ndarray, truth: np.ndarray) -> Placement:
    """Compare probabilities (n, k) of classes in any order with the true types (n,)."""
    labels = probability.argmax(axis=1)
    right = match_labels(truth, labels, TYPES)[labels] == truth
    highest = probability.max(axis=1)
    sure = highest >= _SURE
    return Placement(
        accuracy=float(right.mean()),
        error=calibration_error(highest, right),
        sure=float(sure.mean()),
        sure_right=float(right[sure].mean()),
        between=float((highest < _BETWEEN).mean()),
    )


def calibration_error(stated: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error of stated probabilities (n,), with ``right`` bool (n,)."""
    places = np.minimum((stated * _BINS).astype(int), _BINS - 1)
    counts = np.bincount(places, minlength=_BINS)
    gap = np.bincount(places, weights=stated - right, minlength=_BINS)
    return float(np.abs(gap).sum() / counts.sum())


def _oracle(scenario: Scenario, method: Method, new: GoalSurvey) -> np.ndarray:
    if method is Method.JOINT:
        found = joint_log_likelihood(scenario, new.ratings, new.orders, _ORACLE_DRAWS)
    elif method is Method.PLACKETT_LUCE:
        found = ranking_log_likelihood(scenario, new.orders)
    else:
        found = rating_log_likelihood(scenario, new.ratings)
    return posterior(found).argmax(axis=1)


def _print_bars(found: dict[tuple[str, Method], tuple[Placement, float]]) -> None:
    print("bars")
    primary = Method.RESPONSE_STYLE
    for (name, method), (mean, oracle) in found.items():
        what = f"{name}: {method.value}, "
        if name == "medium" and method in (primary, Method.PLACKETT_LUCE, Method.JOINT):
            show(what + "calibration error", mean.error, 0.02, most=True)
            show(what + "right at p >= 0.8", mean.sure_right, 0.95)
            show(what + "accuracy below oracle", oracle - mean.accuracy, 0.02, most=True)
        if name == "hard" and method in (primary, Method.JOINT):
            show(what + "accuracy below oracle", oracle - mean.accuracy, 0.05, most=True)
        if name.startswith("taste") and method is Method.JOINT:
            show(what + "calibration error", mean.error, 0.05, most=True)
            others = [
                found[name, other][0].accuracy
                for other in (primary, Method.PLACKETT_LUCE)
                if (name, other) in found
            ]
            show(what + "accuracy, single source as bar", mean.accuracy, max(others, default=0.0))


if __name__ == "__main__":
    main(sys.argv[1:])
