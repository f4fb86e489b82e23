"""How long the typology takes: fits, the whole study, a million rows; latent classes v StepMix.

CPU seconds count all threads; wall seconds are the least of three runs, as others may be at work.
The million rows are fitted in a process of their own, whose peak memory is read.
"""

import json
import logging
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.methods import refit, solve
from assessment.typology.mixture import solve_mixture
from assessment.typology.solution import Solution, Starts
from benchmarks.typology_bars import show
from benchmarks.typology_draws import FIRST_SEED, K, N, data_for, survey_of

_RUNS = 3
_RESAMPLES = 100
_MANY, _ALL = 10_800, 1_000_000
_LCA_STARTS = 10
_PRIMARY = (Method.RESPONSE_STYLE, Method.PLACKETT_LUCE, Method.JOINT)


def main(arguments: Sequence[str] = ()) -> None:
    if "--million" in arguments:
        print(json.dumps(_million()))
        return
    with threadpool_limits(1):
        _fits()
        _stepmix()
        _study()
        _large()
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.typology_speed", "--million"],
        capture_output=True,
        check=True,
        text=True,
    )
    found = json.loads(run.stdout)
    print(f"n = {_ALL:,}: adjusted Rand index {found['ari']:.3f}, {found['cpu']:.1f} CPU s")
    show("fit on a sample and score all, wall s", found["wall"], 15, most=True, digits=1)
    show("   peak of the process, GiB", found["peak_gib"], 1.5, most=True, digits=2)
    print(f"  (drawing the survey alone took {found['drawing_gib']:.2f} GiB)")


def _data(method: Method, n: int) -> GoalData:
    data = data_for(method, draw_goal_survey(n, SCENARIOS["medium"], FIRST_SEED))
    return data.take(data.canonical_order())


def _timed(action: Callable[[], Any], runs: int = _RUNS) -> tuple[float, float, Any]:
    """Least wall and least CPU seconds of several runs, and the last result."""
    walls, processors, result = [], [], None
    for _ in range(runs):
        wall, processor = time.perf_counter(), time.process_time()
        result = action()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return min(walls), min(processors), result


def _fits() -> None:
    print(f"n = {N}, 10 starts each")
    for method in _PRIMARY:
        data = _data(method, N)
        wall, processor, _ = _timed(lambda m=method, d=data: solve(d, m, K, 0))
        print(f"  {method.value:16} k=4: {wall:.2f} s wall, {processor:.2f} CPU s")
    data = _data(Method.RESPONSE_STYLE, N)
    wall, processor, _ = _timed(
        lambda: [solve(data, Method.RESPONSE_STYLE, k, 0) for k in range(1, 9)]
    )
    print(f"  {Method.RESPONSE_STYLE.value:16} k=1..8: {wall:.2f} s wall, {processor:.2f} CPU s")
    show("response style, k = 1..8, wall s", wall, 4.5, most=True, digits=2)
    random = np.random.default_rng(0)
    weights = random.multinomial(N, np.full(N, 1 / N), _RESAMPLES).astype(np.int16)
    wall, processor, _ = _timed(lambda: refit(data, Method.RESPONSE_STYLE, K, weights, 0))
    print(f"  {_RESAMPLES} cold resamples: {wall:.2f} s wall, {processor:.2f} CPU s")
    show(f"response style, {_RESAMPLES} resamples at k = 4, wall s", wall, 3, most=True, digits=2)


def _stepmix() -> None:
    """Plain latent classes of the raw ratings, gaps by full information, as many starts each."""
    from stepmix.stepmix import StepMix

    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    data = _data(Method.RESPONSE_STYLE, N)
    assert data.rated is not None
    answers = np.where(data.rated < 0, np.nan, data.rated.astype(float))
    starts = Starts(seeded=_LCA_STARTS // 2, random=_LCA_STARTS - _LCA_STARTS // 2)

    def ours() -> Solution:
        return solve_mixture(data, Method.LATENT_CLASS, K, 0, starts=starts)

    def theirs() -> StepMix:
        model = StepMix(
            n_components=K,
            measurement="categorical_nan",
            n_init=_LCA_STARTS,
            max_iter=3000,
            abs_tol=1e-9,
            random_state=0,
            progress_bar=0,
        )
        return model.fit(answers)

    wall, processor, solution = _timed(ours)
    their_wall, their_processor, model = _timed(theirs, 2)
    reached = float(model.score(answers)) * N
    assert solution.fit is not None
    print(f"latent classes, {N} x 12 x 5 steps, k = 4, {_LCA_STARTS} starts")
    print(
        f"  ours    {wall:.2f} s wall, {processor:.2f} CPU s, "
        f"log-likelihood {solution.fit.log_likelihood:.3f}"
    )
    print(
        f"  StepMix {their_wall:.2f} s wall, {their_processor:.2f} CPU s, "
        f"log-likelihood {reached:.3f}"
    )
    show("faster than StepMix (CPU), times", their_processor / processor, 10, digits=1)
    show("log-likelihood below StepMix", reached - solution.fit.log_likelihood, 0.001, most=True)


def _study() -> None:
    from assessment.typology.study import run_study

    for ranked, name in ((False, "response style"), (True, "joint")):
        survey = survey_of(draw_goal_survey(N, SCENARIOS["medium"], FIRST_SEED), ranked=ranked)
        wall, processor, _ = _timed(lambda s=survey: run_study(s, bootstrap=_RESAMPLES), 2)
        print(f"complete study, {name}: {wall:.1f} s wall, {processor:.1f} CPU s")
        show(f"complete study, {name}, wall s", wall, 10, most=True, digits=1)


def _large() -> None:
    for method in _PRIMARY:
        data = _data(method, _MANY)
        wall, processor, _ = _timed(lambda m=method, d=data: solve(d, m, K, 0), 2)
        print(f"n = {_MANY:,}, {method.value}: {wall:.1f} s wall, {processor:.1f} CPU s")
        if method is Method.RESPONSE_STYLE:
            show(f"n = {_MANY:,}, {method.value}, CPU s", processor, 3, most=True, digits=1)


def _million() -> dict[str, float]:
    from assessment.typology.agreement import adjusted_rand

    drawn = draw_goal_survey(_ALL, SCENARIOS["medium"], FIRST_SEED)
    data = data_for(Method.RESPONSE_STYLE, drawn)
    before = _peak_gib()
    start, processor = time.perf_counter(), time.process_time()
    with threadpool_limits(1):
        solution = solve(data, Method.RESPONSE_STYLE, K, 0)
    wall = time.perf_counter() - start
    return {
        "wall": wall,
        "cpu": time.process_time() - processor,
        "peak_gib": _peak_gib(),
        "drawing_gib": before,
        "ari": adjusted_rand(drawn.truth, solution.labels),
    }


def _peak_gib() -> float:
    """Peak resident memory of this process; unlike ``ru_maxrss`` it starts anew with a program."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 2**20
    raise ValueError("no VmHWM")


if __name__ == "__main__":
    main(sys.argv[1:])
