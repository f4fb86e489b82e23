"""How much of known types the methods recover: adjusted Rand index over drawn surveys.

Beside each method stands what the classifier that knows all true parameters reaches with the same
answers (– where the scenario has none). A scenario's method has the bar that the project set for
it. ``python -m benchmarks.typology_recovery --seeds 4 easy medium`` for fewer draws and scenarios.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from assessment.simulation.goal_oracle import (
    joint_log_likelihood,
    posterior,
    ranking_log_likelihood,
    rating_log_likelihood,
)
from assessment.simulation.goal_survey import SCENARIOS, GoalSurvey, Scenario, draw_goal_survey
from assessment.typology.agreement import adjusted_rand
from assessment.typology.method import Method
from benchmarks.typology_bars import show
from benchmarks.typology_draws import FIRST_SEED, N, solve_drawn

METHODS = (
    Method.JOINT,
    Method.RESPONSE_STYLE,
    Method.PLACKETT_LUCE,
    Method.CENTRED_KMEANS,
    Method.LATENT_CLASS,
    Method.RAW_KMEANS,
)
BARS: dict[str, dict[Method, float]] = {
    "easy": {Method.RESPONSE_STYLE: 0.90, Method.PLACKETT_LUCE: 0.95, Method.JOINT: 0.97},
    "medium": {Method.RESPONSE_STYLE: 0.77, Method.PLACKETT_LUCE: 0.86, Method.JOINT: 0.94},
    "hard": {Method.RESPONSE_STYLE: 0.48, Method.PLACKETT_LUCE: 0.57, Method.JOINT: 0.72},
    "no_style": {Method.RESPONSE_STYLE: 0.53},
    "missing_concentrated": {Method.RESPONSE_STYLE: 0.65},
    "everything_matters": {Method.RESPONSE_STYLE: 0.69},
    "factors": {Method.RESPONSE_STYLE: 0.47},
    "heavy_tails": {Method.RESPONSE_STYLE: 0.60},
    "typeless": {Method.RESPONSE_STYLE: 0.60},
    "odd_thresholds": {Method.RESPONSE_STYLE: 0.60},
    "straightliners": {Method.RESPONSE_STYLE: 0.52},
    "style_classes": {Method.RESPONSE_STYLE: 0.60},
}
_SEEDS = 16


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.typology_recovery")
    parser.add_argument("scenarios", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=_SEEDS)
    parser.add_argument("--n", type=int, default=N)
    parser.add_argument("--methods", nargs="*", type=Method, default=list(METHODS))
    given = parser.parse_args(arguments)
    # Without types there is nothing to recover; benchmarks.typology_number has that scenario.
    names = given.scenarios or [name for name in SCENARIOS if name != "structureless"]
    print(f"mean adjusted Rand index (sd), {given.seeds} surveys of {given.n}, four types given")
    print(f"{'scenario':22}" + "".join(f"{method.value:>18}" for method in given.methods))
    with threadpool_limits(1):
        found = {name: _recover(name, given.seeds, given.n, given.methods) for name in names}
    _print_bars(found)


def _recover(name: str, seeds: int, n: int, methods: Sequence[Method]) -> dict[Method, np.ndarray]:
    scenario = SCENARIOS[name]
    found: dict[Method, list[float]] = {method: [] for method in methods}
    ceilings: dict[Method, list[float]] = {}
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        drawn = draw_goal_survey(n, scenario, seed)
        for method in methods:
            found[method].append(adjusted_rand(drawn.truth, solve_drawn(method, drawn)[1]))
        for method, ceiling in oracles(scenario, drawn).items():
            labels = ceiling.argmax(axis=1)
            ceilings.setdefault(method, []).append(adjusted_rand(drawn.truth, labels))
    cells = [f"{np.mean(found[m]):.3f} ({np.std(found[m]):.3f})" for m in methods]
    print(f"{name:22}" + "".join(f"{cell:>18}" for cell in cells))
    # Methods without an oracle of their own read the ratings alone.
    ratings = ceilings.get(Method.RESPONSE_STYLE)
    bounds = [ceilings.get(method, ratings) for method in methods]
    tops = ["–" if bound is None else f"{np.mean(bound):.3f}" for bound in bounds]
    print(f"{'   attainable':22}" + "".join(f"{top:>18}" for top in tops), flush=True)
    return {method: np.array(values) for method, values in found.items()}


def oracles(scenario: Scenario, drawn: GoalSurvey) -> dict[Method, np.ndarray]:
    """Probabilities (n, types) of the classifier that knows the truth; empty where there is none.

    By the method that reads the same answers.
    """
    by_method: dict[Method, Callable[[], np.ndarray]] = {
        Method.RESPONSE_STYLE: lambda: rating_log_likelihood(scenario, drawn.ratings),
        Method.PLACKETT_LUCE: lambda: ranking_log_likelihood(scenario, drawn.orders),
        Method.JOINT: lambda: joint_log_likelihood(scenario, drawn.ratings, drawn.orders),
    }
    try:
        return {method: posterior(likelihood()) for method, likelihood in by_method.items()}
    except ValueError:
        return {}


def _print_bars(found: dict[str, dict[Method, np.ndarray]]) -> None:
    print("bars (mean adjusted Rand index)")
    for name, by_method in found.items():
        for method, bar in BARS.get(name, {}).items():
            if method in by_method:
                show(f"{name}: {method.value}", float(by_method[method].mean()), bar)
    print("joint model against the better single source")
    singles = (Method.RESPONSE_STYLE, Method.PLACKETT_LUCE)
    for name, by_method in found.items():
        if not {Method.JOINT, *singles} <= set(by_method):
            continue
        single = max(by_method[method].mean() for method in singles)
        show(f"{name}: joint", float(by_method[Method.JOINT].mean()), float(single))


if __name__ == "__main__":
    main(sys.argv[1:])
