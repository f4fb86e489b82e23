"""A study of known size for tests of what is written about it: real fits, stability set by hand."""

from collections.abc import Sequence

import numpy as np

from assessment.survey import Survey
from assessment.typology.agreement import adjusted_rand
from assessment.typology.fit import freeze
from assessment.typology.goal_input import goal_input
from assessment.typology.method import PRIMARY, Method
from assessment.typology.methods import solve
from assessment.typology.model import TypologyModel
from assessment.typology.solution import Starts
from assessment.typology.study_types import (
    BaselineResult,
    Candidate,
    PartitionIndices,
    Stability,
    TypologyStudy,
    Verdict,
)
from assessment.typology.usable import UsableGoals, usable

REASON = "BIC ist bei 4 Typen am kleinsten <b>&amp;</b>."


def build_study(
    survey: Survey,
    *,
    items: Sequence[str] | None = None,
    method: Method | None = None,
    numbers: Sequence[int] = (1, 2, 3, 4),
    chosen: int = 4,
    seed: int = 0,
    verdict: Verdict = Verdict.CONFIRMED,
) -> tuple[TypologyStudy, TypologyModel]:
    """A study and its chosen model, with quick fits."""
    found = usable(survey, goal_input(survey, items))
    method = method or PRIMARY[found.goals.kind]
    candidates = tuple(_candidate(found, method, k, seed, k == chosen) for k in numbers)
    solution = next(one.solution for one in candidates if one.k == chosen)
    turned = np.where(np.arange(found.data.n) % 4 == 0, 0, solution.labels)
    study = TypologyStudy(
        method=method,
        seed=seed,
        n=found.data.n,
        rows=found.rows,
        candidates=candidates,
        hypothesis=4,
        supported_k=4,
        chosen_k=chosen,
        verdict=verdict,
        sentence="Die Daten zeigen vier Typen.",
        reasons=(REASON, "Jede Gruppe ist groß genug."),
        baselines=tuple(
            BaselineResult(one, solution, turned, adjusted_rand(solution.labels, turned))
            for one in (Method.CENTRED_KMEANS, Method.RAW_KMEANS)
        ),
        bootstrap=100,
    )
    return study, freeze(survey, found, solution, seed)


def _candidate(found: UsableGoals, method: Method, k: int, seed: int, chosen: bool) -> Candidate:
    solution = solve(found.data, method, k, seed, starts=Starts(2, 1))
    sizes = np.bincount(solution.labels, minlength=k)
    several = k > 1
    return Candidate(
        k=k,
        solution=solution,
        smallest_n=int(sizes.min()),
        smallest_share=float(sizes.min() / found.data.n),
        large_enough=bool(sizes.min() >= 25),
        indices=PartitionIndices(0.13, 65.5, 1.9, np.inf, 0.36, 0.8, 1234.5) if several else None,
        quick_stability=_stability(Method.CENTRED_KMEANS, k, 0.02) if several else None,
        stability=_stability(method, k, 0.0) if chosen and several else None,
        least_reference_r=0.7 if several else None,
    )


def _stability(method: Method, k: int, less: float) -> Stability:
    return Stability(
        method=method,
        resamples=100,
        jaccard=tuple(0.9 - less - 0.03 * number for number in range(k)),
        jaccard_without_duplicates=tuple(0.95 - 0.03 * number for number in range(k)),
        null_mean=0.75 / k + 0.2,
        null_high=0.75 / k + 0.3,
    )
