"""Outside variables by type: how much of a true difference is found, and how often one that isn't.

Outcomes are drawn from the true types of goal surveys; the estimates come from a fitted model that
knows the goals only. Beside BCH stands what the likeliest type and plain memberships would give.
"""

import argparse
import sys
from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from assessment.simulation.goal_survey import SCENARIOS, SHARES, TYPES, draw_goal_survey
from assessment.typology.agreement import match_labels
from assessment.typology.bch import BchWeights, bch_means, bch_shares, bch_weights
from assessment.typology.group_tests import compare_means
from assessment.typology.method import Method
from assessment.typology.multiple_testing import LEVEL, false_discovery_q
from benchmarks.typology_bars import show
from benchmarks.typology_draws import FIRST_SEED, N, data_for, solve_drawn

SCENARIO_NAMES = ("easy", "medium", "hard")
TRUE_MEANS = np.array([0.6, -0.7, 0.3, -0.4])
"""Of an outside number in the four types; within a type its sd is 1."""
_OUTCOMES = 50
_NULL_ITEMS = 400
_NULL_NUMBERS = 100
_BATCHES = 4
"""Runs of that many tests per survey, each adjusted by itself."""
_SEEDS = 16


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.typology_outside")
    parser.add_argument("scenarios", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=_SEEDS)
    parser.add_argument("--method", type=Method, default=Method.RESPONSE_STYLE)
    given = parser.parse_args(arguments)
    print(f"{given.seeds} surveys of {N}, {_OUTCOMES} outcomes each, {given.method.value}")
    with threadpool_limits(1):
        for name in given.scenarios or SCENARIO_NAMES:
            found = np.array(
                [
                    _survey(name, given.method, seed)
                    for seed in range(FIRST_SEED, FIRST_SEED + given.seeds)
                ]
            )
            _print(name, found.mean(axis=0), found.std(axis=0))


def _survey(name: str, method: Method, seed: int) -> list[float]:
    """Recovered by likeliest type, memberships, BCH; coverage; false discoveries, two kinds."""
    drawn = draw_goal_survey(N, SCENARIOS[name], seed)
    solution = solve_drawn(method, drawn)[0]
    posterior = solution.measurement.probabilities(data_for(method, drawn))
    labels = posterior.argmax(axis=1)
    order = np.argsort(match_labels(drawn.truth, labels, TYPES))
    posterior = posterior[:, order]
    assigned = np.eye(TYPES)[posterior.argmax(axis=1)]
    correction = bch_weights(posterior)
    random = np.random.default_rng([seed, 1])
    recovered, covered = [], []
    for _ in range(_OUTCOMES):
        values = TRUE_MEANS[drawn.truth] + random.normal(size=N)
        estimate = bch_means(correction, values)
        recovered.append(
            [
                _slope(assigned.T @ values / assigned.sum(axis=0)),
                _slope(posterior.T @ values / posterior.sum(axis=0)),
                _slope(estimate.means),
            ]
        )
        covered.append(np.abs(estimate.means - TRUE_MEANS) < 1.96 * estimate.errors)
    false = [
        _false_discoveries(correction, posterior.argmax(axis=1), random) for _ in range(_BATCHES)
    ]
    return [*np.mean(recovered, axis=0), float(np.mean(covered)), *np.mean(false, axis=0)]


def _false_discoveries(
    correction: BchWeights, labels: np.ndarray, random: np.random.Generator
) -> tuple[int, int, int]:
    """Among BCH tests, among v-tests, among v-tests without adjustment; all items are unrelated."""
    questions = np.array([_null(correction, random, number) for number in range(_NULL_ITEMS)])
    tests = np.concatenate(
        [compare_means(random.normal(size=N), labels, TYPES).p for _ in range(_NULL_NUMBERS)]
    )
    return (
        int((false_discovery_q(questions) <= LEVEL).sum()),
        int((false_discovery_q(tests) <= LEVEL).sum()),
        int((tests <= LEVEL).sum()),
    )


def _slope(means: np.ndarray) -> float:
    """Share of the true differences that is found: slope on the true means, types weighted."""
    true = TRUE_MEANS - SHARES @ TRUE_MEANS
    return float((SHARES * true) @ means / ((SHARES * true) @ true))


def _null(correction: BchWeights, random: np.random.Generator, number: int) -> float:
    """p of equality for an item unrelated to the types: a number or one of three answers."""
    if number % 2:
        test = bch_means(correction, random.normal(size=N)).equality
    else:
        test = bch_shares(correction, random.choice(3, N, p=(0.5, 0.3, 0.2)), 3).equality
    return test.p if test else np.nan


def _print(name: str, mean: np.ndarray, sd: np.ndarray) -> None:
    likeliest, memberships, bch, covered, by_question, by_type, alone = mean
    print(
        f"{name}: recovered by likeliest type {likeliest:.3f}, by memberships {memberships:.3f}, "
        f"by BCH {bch:.3f} (sd {sd[2]:.3f}); 95 % intervals cover {covered:.3f}; "
        f"unadjusted v-tests find {alone:.1f} of {_NULL_NUMBERS * TYPES} that are none"
    )
    if name != "hard":
        show(f"{name}: BCH, at least", bch, 0.95)
        show(f"{name}: BCH, at most", bch, 1.05, most=True)
    show(f"{name}: false among {_NULL_ITEMS} BCH tests", by_question, 0.3, most=True)
    show(f"{name}: false among {_NULL_NUMBERS * TYPES} v-tests", by_type, 0.3, most=True)


if __name__ == "__main__":
    main(sys.argv[1:])
