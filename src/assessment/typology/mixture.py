"""Fitting latent class models: many starts, the best kept, and refits for the bootstrap."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from assessment.remarks import InputRefused
from assessment.typology.category_part import cells
from assessment.typology.goal_data import GoalData
from assessment.typology.kmeans import kmeans
from assessment.typology.method import Method
from assessment.typology.mixture_em import MixtureProblem, Regularisation, Run
from assessment.typology.mixture_measurement import (
    MixtureMeasurement,
    learnt,
    prepared_rating,
    select,
)
from assessment.typology.progress import Progress, silent
from assessment.typology.response_style import Centred
from assessment.typology.solution import FitStatistics, Solution, Starts

_ROUGH, _FINE = 0.05, 1e-6
"""Gain per round at which a start is compared with the others, and at which the best ends."""
_MOST_ROUNDS = 3000
_MOST_REFIT_ROUNDS = 60
_MOST_FINALISTS = 3
_NEAR = 3.0
"""Starts that close to the best (in log-likelihood) are carried to the end, a few at most."""
_SAME = 0.5
"""Starts that close to the best (in log-likelihood) count as having reached it."""
_MOST_STARTING_ROWS = 4000
_STARTING_ROWS = 2000
_MOST_FITTED_ROWS = 20_000
_WORKERS = 2
_Task = TypeVar("_Task")
_Found = TypeVar("_Found")


def solve_mixture(
    data: GoalData,
    method: Method,
    k: int,
    seed: int,
    *,
    starts: Starts | None = None,
    regularisation: Regularisation | None = None,
    progress: Progress = silent,
) -> Solution:
    """Fit ``k`` classes to usable rows in canonical order.

    Beyond 4,000 rows starts are compared on 2,000 of them, beyond 20,000 the model is fitted on
    20,000 and all are scored. Raises ``InputRefused`` (``TOO_FEW_DIFFERENT``).
    """
    starts = starts or Starts()
    chosen = select(data, method)
    fitted = chosen
    random = np.random.default_rng(seed)
    if chosen.n > _MOST_FITTED_ROWS:
        fitted = chosen.take(np.sort(random.choice(chosen.n, _MOST_FITTED_ROWS, replace=False)))
    preparation = learnt(fitted)
    rating = prepared_rating(fitted, preparation)
    problem = MixtureProblem(fitted, rating, regularisation)
    begin = fitted
    if fitted.n > _MOST_STARTING_ROWS:
        begin = fitted.take(np.sort(random.choice(fitted.n, _STARTING_ROWS, replace=False)))
    first = problem
    if begin is not fitted:
        first = MixtureProblem(begin, prepared_rating(begin, preparation), regularisation)
    features = starting_features(begin, first.rating)
    beginnings = _beginnings(features, k, seed, starts if k > 1 else Starts(1, 0))
    progress(0.1, f"{k} Gruppen: {len(beginnings)} Anfänge")
    rough = _in_threads(lambda posterior: first.run(posterior, tolerance=_ROUGH), beginnings)
    rough.sort(key=lambda run: -run.objective)
    progress(0.7, f"{k} Gruppen: die besten Anfänge zu Ende führen")
    ended = _in_threads(
        lambda run: problem.resume(run.parameters, tolerance=_FINE, most_rounds=_MOST_ROUNDS),
        _different(rough) if begin is not fitted else _finalists(rough),
    )
    top = max(ended, key=lambda run: run.objective)
    # On the same rows the finalists have moved on; a start that leads to the best counts.
    best = top.objective if begin is fitted else rough[0].objective
    final = [*ended, *rough[len(ended) :]] if begin is fitted else rough
    reached = sum(run.objective > best - _SAME for run in final)
    measurement = MixtureMeasurement(method, top.parameters, preparation, problem.dependent)
    posterior = top.posterior if fitted is chosen else measurement.probabilities(data)
    return Solution(
        method=method,
        k=k,
        posterior=posterior,
        labels=posterior.argmax(axis=1),
        shares=top.parameters.shares,
        fit=_statistics(top, problem, fitted.n),
        starts_tried=len(beginnings),
        starts_best=reached,
        measurement=measurement,
    )


def refit_mixture(
    data: GoalData,
    method: Method,
    k: int,
    weights: np.ndarray,
    seed: int,
    *,
    starts: Starts | None = None,
    progress: Progress = silent,
) -> np.ndarray:
    """Labels (B, n) of models fitted anew, each from its own cold starts, under ``weights`` (B, n).

    Rows with weight 0 are placed by the model fitted without them.
    """
    starts = starts or Starts(1, 1)
    chosen = select(data, method)
    rating = prepared_rating(chosen, learnt(chosen))
    problem = MixtureProblem(chosen, rating)
    features = starting_features(chosen, rating)
    done = 0

    def once(number: int) -> np.ndarray:
        weight = weights[number].astype(float)
        drawn = np.repeat(np.arange(chosen.n), weights[number])
        seeds = _beginnings(_rows(features, drawn), k, seed + number, starts)
        runs = []
        for posterior in seeds:
            # Starting memberships are those of the drawn rows; the others begin undecided.
            every = np.full((chosen.n, k), 1.0 / k)
            every[drawn] = posterior
            run = problem.run(every, weight, tolerance=_ROUGH, most_rounds=_MOST_REFIT_ROUNDS)
            runs.append(run)
        best = max(runs, key=lambda run: run.objective)
        return best.posterior.argmax(axis=1).astype(np.int16)

    labels: list[np.ndarray] = []
    step = 2 * _WORKERS
    for begin in range(0, len(weights), step):
        labels += _in_threads(once, range(begin, min(begin + step, len(weights))))
        done = len(labels)
        progress(done / len(weights), f"Stabilität: {done} von {len(weights)} Wiederholungen")
    return np.array(labels)


def starting_features(data: GoalData, rating: np.ndarray | None) -> Centred:
    """What k-means begins from: centred ratings and named options, each with unit variance."""
    values, known = [], []
    if data.rated is not None and rating is not None:
        values.append(rating)
        known.append(data.rated >= 0)
    ticks = data.ticks
    if ticks is not None:
        answered = ~np.isnan(ticks)
        counts = np.maximum(answered.sum(axis=0), 1)
        share = np.nan_to_num(ticks).sum(axis=0) / counts
        spread = np.sqrt(np.maximum(share * (1 - share), 1e-4))
        values.append(np.where(answered, (np.nan_to_num(ticks) - share) / spread, 0.0))
        known.append(answered)
    if data.categories is not None:
        hot = cells(data.categories, data.sizes)
        answered = np.repeat(data.categories >= 0, data.sizes, axis=1)
        values.append(hot)
        known.append(answered)
    return Centred(np.hstack(values), np.hstack(known).astype(float))


def _beginnings(features: Centred, k: int, seed: int, starts: Starts) -> list[np.ndarray]:
    """Starting memberships (n, k): from k-means, and from random rows as centres."""
    n = len(features.values)
    if k == 1:
        return [np.ones((n, 1))]
    found = []
    for number in range(starts.seeded):
        try:
            labels = kmeans(features, k, starts=5 if number == 0 else 1, seed=seed + number).labels
        except ValueError as error:
            if number:
                continue
            raise InputRefused(
                "TOO_FEW_DIFFERENT",
                f"Die Antworten sind zu gleichförmig für {k} Typen; bitte weniger Typen wählen.",
            ) from error
        found.append(_soft(labels, k))
    random = np.random.default_rng([seed, k])
    for _ in range(starts.random):
        centres = features.values[random.choice(n, k, replace=False)]
        own = (centres**2) @ features.known.T
        distance = own - 2.0 * centres @ features.values.T
        found.append(_soft(distance.argmin(axis=0), k))
    return found


def _soft(labels: np.ndarray, k: int) -> np.ndarray:
    posterior = np.full((len(labels), k), 0.1 / k)
    posterior[np.arange(len(labels)), labels] += 0.9
    return posterior


def _finalists(runs: Sequence[Run]) -> list[Run]:
    """Of runs sorted by objective those near the best; equal ones are carried on once each."""
    near = [run for run in runs if run.objective > runs[0].objective - _NEAR]
    return near[:_MOST_FINALISTS]


def _different(runs: Sequence[Run]) -> list[Run]:
    """The two best runs whose maxima differ: on a part of the rows, equal ones tell no more."""
    second = [run for run in runs if run.objective < runs[0].objective - _SAME]
    return [runs[0], *second[:1]]


def _rows(features: Centred, rows: np.ndarray) -> Centred:
    return Centred(features.values[rows], features.known[rows])


def _statistics(run: Run, problem: MixtureProblem, n: int) -> FitStatistics:
    k = run.posterior.shape[1]
    parameters = problem.parameter_count(k)
    bic = -2.0 * run.log_likelihood + parameters * float(np.log(n))
    inside = run.posterior[run.posterior > 0]
    entropy = -float((inside * np.log(inside)).sum())
    return FitStatistics(
        log_likelihood=run.log_likelihood,
        parameters=parameters,
        bic=bic,
        icl=bic + 2.0 * entropy,
        aic=-2.0 * run.log_likelihood + 2.0 * parameters,
        entropy_r2=1.0 - entropy / (n * float(np.log(k))) if k > 1 else 1.0,
    )


def _in_threads(work: Callable[[_Task], _Found], tasks: Sequence[_Task]) -> list[_Found]:
    """Independent runs side by side; results in the order of the tasks, whatever the threads."""
    # Imported here: assigning municipalities with a frozen model needs none of it.
    from threadpoolctl import threadpool_limits

    # More than one thread inside products of small matrices costs more than it gains.
    with threadpool_limits(1), ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(work, tasks))
