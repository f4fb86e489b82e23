"""The whole study: every number of types, stability, verdict, baselines. Reuses what is known."""

import hashlib
from collections.abc import Iterable, MutableMapping
from dataclasses import replace

import numpy as np

from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.agreement import adjusted_rand, match_labels
from assessment.typology.beside import beside
from assessment.typology.fit import (
    LEAST_ROWS_PER_TYPE,
    check_request,
    class_profiles,
    freeze,
    read_ranking,
    reference_match,
)
from assessment.typology.goal_input import GoalInput, goal_input
from assessment.typology.indices import partition_indices
from assessment.typology.method import METHODS_FOR, PRIMARY, Method
from assessment.typology.methods import solve
from assessment.typology.model import TypologyModel
from assessment.typology.progress import Progress, part_of, silent
from assessment.typology.response_style import centre, learn_preparation
from assessment.typology.solution import Solution
from assessment.typology.stability import features_of, own_stability
from assessment.typology.stability_process import StabilityProcess
from assessment.typology.study_types import (
    BaselineResult,
    Candidate,
    PartitionIndices,
    Stability,
    TypologyStudy,
)
from assessment.typology.usable import UsableGoals, usable
from assessment.typology.verdict import judge, supported_number

SMALLEST_SHARE = 0.05
SMALLEST_CASES = 25
_MOST_INDEX_ROWS = 20_000
Memo = MutableMapping[tuple[object, ...], object]


def run_study(
    survey: Survey,
    *,
    goals: GoalInput | None = None,
    method: Method | None = None,
    k_values: Iterable[int] = range(1, 9),
    chosen: int | None = None,
    hypothesis: int = 4,
    bootstrap: int = 100,
    stability_for_all: bool = False,
    seed: int = 0,
    inverted: bool | None = None,
    progress: Progress = silent,
    memo: Memo | None = None,
) -> TypologyStudy:
    """Fit every number of types, test their stability and answer the hypothesis.

    ``chosen``: the number to look at closely; by default the supported one. ``bootstrap``:
    resamples of the stability test. ``memo``: results of earlier calls; what depends on the same
    answers, method, number and seed is taken from there. The result depends on the answers and the
    arguments only.

    Raises ``InputRefused`` as :func:`assessment.typology.fit.fit`, and whatever ``progress``
    raises to stop.
    """
    # Imported here: a frozen typology needs none of it. One limit around everything, as threads
    # that set and restore it by turns would undo each other's.
    from threadpoolctl import threadpool_limits

    memo = {} if memo is None else memo
    found = prepared(survey, goals, seed, inverted, memo)
    method = method or PRIMARY[found.goals.kind]
    mark = data_mark(found)
    wanted = set(k_values) if chosen is None else {*k_values, chosen}
    asked = sorted(wanted)
    # What was chosen must be possible; larger numbers than the rows allow are only left out.
    check_request(found, method, min(asked, default=0))
    check_request(found, method, chosen or min(asked))
    numbers = [k for k in asked if found.data.n >= LEAST_ROWS_PER_TYPE * max(k, 2)]
    both = tuple(numbers) if stability_for_all else (hypothesis,)

    def quick(watch: Progress) -> dict[int, Stability]:
        key = ("quick", mark, tuple(numbers), both, seed, bootstrap)
        ks = [k for k in numbers if k > 1]
        if key not in memo and bootstrap > 0:
            memo[key] = second.quick(found.data, ks, bootstrap, seed, both, watch)
        return memo.get(key, {})  # pyright: ignore[reportReturnType]

    def others(watch: Progress) -> tuple[BaselineResult, ...]:
        return _baselines(found, solutions.get(look_at), seed, watch, memo, mark)

    with threadpool_limits(1), StabilityProcess(found.data.n * bootstrap) as second:
        with beside(quick) as quickly:
            watch = part_of(progress, 0.0, 0.45)
            solutions = _solutions(found, method, numbers, chosen, seed, watch, memo, mark)
        candidates = [
            _candidate(
                survey,
                found,
                solution,
                quickly.result().get(k),
                _indices(found, solution, memo, mark),
            )
            for k, solution in solutions.items()
        ]
        supported = supported_number(candidates)
        look_at = chosen or supported
        tested = [k for k in solutions if stability_for_all or k in (look_at, supported)]
        if hypothesis in solutions and supported > hypothesis:
            tested.append(hypothesis)
        tested = sorted({k for k in tested if k > 1 and bootstrap > 0})
        stabilities: dict[int, Stability] = {}
        with beside(others):
            for number, k in enumerate(tested):
                begin, end = (0.5 + 0.45 * place / len(tested) for place in (number, number + 1))
                key = ("stability", mark, method, k, seed, bootstrap)
                if key not in memo:
                    watch = part_of(progress, begin, end)
                    memo[key] = _stability(found, solutions[k], bootstrap, seed, second, watch)
                stabilities[k] = memo[key]  # pyright: ignore[reportArgumentType]
        candidates = [replace(c, stability=stabilities.get(c.k)) for c in candidates]
        judgement = judge(candidates, stabilities, hypothesis, found.data.n)
        look_at = chosen or judgement.k
        progress(0.95, "Vergleich mit anderen Verfahren")
        baselines = others(part_of(progress, 0.95, 1.0))
    progress(1.0, "fertig")
    return TypologyStudy(
        method=method,
        seed=seed,
        n=found.data.n,
        rows=found.rows,
        candidates=tuple(candidates),
        hypothesis=hypothesis,
        supported_k=judgement.k,
        chosen_k=look_at,
        verdict=judgement.verdict,
        sentence=judgement.sentence,
        reasons=judgement.reasons,
        baselines=baselines,
        bootstrap=bootstrap,
    )


def model_of(
    survey: Survey,
    study: TypologyStudy,
    k: int | None = None,
    *,
    goals: GoalInput | None = None,
    inverted: bool | None = None,
    memo: Memo | None = None,
) -> TypologyModel:
    """Name and freeze a candidate of a study of the same survey and goals (default: the chosen)."""
    solution = study.candidate(k or study.chosen_k).solution
    found = prepared(survey, goals, study.seed, inverted, {} if memo is None else memo)
    return freeze(survey, found, solution, study.seed)


def prepared(
    survey: Survey, goals: GoalInput | None, seed: int, inverted: bool | None, memo: Memo
) -> UsableGoals:
    """The usable answers, read once per survey and goals."""
    key = ("usable", survey.provenance.data_hash, goals, inverted, seed)
    if key not in memo:
        found = usable(survey, goals or goal_input(survey))
        memo[key] = read_ranking(survey, found, seed, inverted)
    found = memo[key]
    assert isinstance(found, UsableGoals)
    return found


def data_mark(found: UsableGoals) -> str:
    """What stands for the fitted answers in a memo: a hash of their bytes."""
    digest = hashlib.sha256(repr(found.goals).encode())
    data = found.data
    for part in (data.rated, data.orders, data.categories, data.numbers):
        digest.update(b"-" if part is None else part.tobytes())
    return digest.hexdigest()[:16]


def _solutions(
    found: UsableGoals,
    method: Method,
    numbers: list[int],
    chosen: int | None,
    seed: int,
    progress: Progress,
    memo: Memo,
    mark: str,
) -> dict[int, Solution]:
    solutions: dict[int, Solution] = {}
    for place, k in enumerate(numbers):
        progress(place / len(numbers), f"{k} {'Gruppe' if k == 1 else 'Gruppen'} anpassen")
        key = ("solution", mark, method, k, seed)
        if key not in memo:
            try:
                memo[key] = solve(found.data, method, k, seed)
            except InputRefused:
                # Fewer different answers than classes: larger numbers can't be fitted either.
                if k == numbers[0] or k <= max(chosen or 2, 2):
                    raise
                break
        solutions[k] = memo[key]  # pyright: ignore[reportArgumentType]
    return solutions


def _stability(
    found: UsableGoals,
    solution: Solution,
    bootstrap: int,
    seed: int,
    second: StabilityProcess,
    progress: Progress,
) -> Stability:
    """The bootstrap of a solution here, its null in the second process."""

    def null(watch: Progress) -> tuple[float, float]:
        return second.null(found.data, solution.method, solution.k, seed, watch)

    with beside(null) as level:
        jaccard = own_stability(found.data, solution, bootstrap, seed, progress=progress)
    mean, high = level.result()
    return Stability(solution.method, bootstrap, jaccard, None, mean, high)


def _candidate(
    survey: Survey,
    found: UsableGoals,
    solution: Solution,
    quick: Stability | None,
    indices: PartitionIndices | None,
) -> Candidate:
    k = solution.k
    sizes = np.bincount(solution.labels, minlength=k)
    smallest = int(sizes.min())
    rows = centre(found.values, learn_preparation(found.values))
    means, _ = class_profiles(rows, solution.posterior)
    return Candidate(
        k=k,
        solution=solution,
        smallest_n=smallest,
        smallest_share=smallest / len(solution.labels),
        large_enough=smallest >= max(SMALLEST_CASES, SMALLEST_SHARE * len(solution.labels)),
        indices=indices,
        quick_stability=quick,
        stability=None,
        least_reference_r=reference_match(survey.questionnaire, found.goals, means)
        if k > 1
        else None,
    )


def _indices(
    found: UsableGoals, solution: Solution, memo: Memo, mark: str
) -> PartitionIndices | None:
    """Descriptive indices of the partition on the centred answers."""
    if len(np.unique(solution.labels)) < 2 or found.data.n > _MOST_INDEX_ROWS:
        return None
    digest = hashlib.sha256(solution.labels.astype(np.int16).tobytes()).hexdigest()
    key = ("indices", mark, digest)
    if key not in memo:
        memo[key] = partition_indices(features_of(found.data).values, solution.labels)
    return memo[key]  # pyright: ignore[reportReturnType]


def _baselines(
    found: UsableGoals,
    solution: Solution | None,
    seed: int,
    progress: Progress,
    memo: Memo,
    mark: str,
) -> tuple[BaselineResult, ...]:
    if solution is None or solution.k < 2:
        return ()
    results: list[BaselineResult] = []
    methods = METHODS_FOR[found.goals.kind]
    for number, method in enumerate(methods):
        progress(number / len(methods), "Vergleich mit anderen Verfahren")
        if method is solution.method:
            continue
        key = ("solution", mark, method, solution.k, seed)
        if key not in memo:
            try:
                memo[key] = solve(found.data, method, solution.k, seed)
            except InputRefused:
                continue
        other = memo[key]
        assert isinstance(other, Solution)
        matched = match_labels(solution.labels, other.labels, solution.k)
        ari = adjusted_rand(solution.labels, other.labels)
        results.append(BaselineResult(method, other, matched[other.labels], round(ari, 4)))
    return tuple(results)
