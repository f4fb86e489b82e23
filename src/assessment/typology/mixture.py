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

_ROUGH, _FINE, _FINEST = 0.05, 1e-5, 1e-9
"""Gain per round at which starts are compared and the best ends; the finer pair without ratings."""
_FEW_PATTERNS = 0.7
"""Equal rows are put together if that leaves less than this share of them."""
_MOST_ROUNDS = 3000
_REFIT_GAIN, _MOST_REFIT_ROUNDS = 0.3, 24
"""A refit ends when memberships, not the likelihood's last digits, have settled."""
_MOST_FINALISTS = 2
_MOST_ROUGH_ROUNDS = 32
_NEAR = 3.0
"""Starts that close to the best (in log-likelihood) are carried to the end, a few at most."""
_SAME = 0.5
"""Starts that close to the best (in log-likelihood) count as having reached it."""
_MOST_STARTING_ROWS = 1500
_STARTING_ROWS = 1000
_MOST_FITTED_ROWS = 20_000
_WORKERS = 1
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

    Beyond 1,500 rows starts are compared on 1,000 of them, beyond 20,000 the model is fitted on
    20,000 and all are scored. Raises ``InputRefused`` (``TOO_FEW_DIFFERENT``).
    """
    starts = starts or Starts()
    chosen = select(data, method)
    fitted = chosen
    random = np.random.default_rng(seed)
    if chosen.n > _MOST_FITTED_ROWS:
        fitted = chosen.take(np.sort(random.choice(chosen.n, _MOST_FITTED_ROWS, replace=False)))
    preparation = learnt(fitted)
    patterns, counts, pattern_of = _patterns(fitted)
    problem = MixtureProblem(patterns, prepared_rating(patterns, preparation), regularisation)
    first, weights = problem, counts
    part = patterns.n > _MOST_STARTING_ROWS
    if part:
        begin = patterns.take(np.sort(random.choice(patterns.n, _STARTING_ROWS, replace=False)))
        first = MixtureProblem(begin, prepared_rating(begin, preparation), regularisation)
        weights = None
    features = starting_features(first.data, first.rating)
    beginnings = _beginnings(features, k, seed, starts if k > 1 else Starts(1, 0), weights)
    rough_gain, fine_gain = (_ROUGH, _FINE) if patterns.rated is not None else (_FINE / 10, _FINEST)
    rough_rounds = _MOST_ROUGH_ROUNDS if patterns.rated is not None else _MOST_ROUNDS
    progress(0.1, f"{k} Gruppen: {len(beginnings)} Anfänge")
    rough = _in_threads(
        lambda posterior: first.run(
            posterior, weights, tolerance=rough_gain, most_rounds=rough_rounds
        ),
        beginnings,
    )
    rough.sort(key=lambda run: -run.objective)
    progress(0.7, f"{k} Gruppen: die besten Anfänge zu Ende führen")
    ended = _in_threads(
        lambda run: problem.resume(
            run.parameters, counts, tolerance=fine_gain, most_rounds=_MOST_ROUNDS
        ),
        _different(rough) if part else _finalists(rough),
    )
    top = max(ended, key=lambda run: run.objective)
    # On the same rows the finalists have moved on; a start that leads to the best counts.
    best = rough[0].objective if part else top.objective
    final = rough if part else [*ended, *rough[len(ended) :]]
    reached = sum(run.objective > best - _SAME for run in final)
    measurement = MixtureMeasurement(method, top.parameters, preparation, problem.dependent)
    inside = top.posterior[pattern_of]
    posterior = inside if fitted is chosen else measurement.probabilities(data)
    return Solution(
        method=method,
        k=k,
        posterior=posterior,
        labels=posterior.argmax(axis=1),
        shares=top.parameters.shares,
        fit=_statistics(top.log_likelihood, inside, problem.parameter_count(k)),
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
    """Labels (B, n) of models fitted anew, each from its own cold start, under ``weights`` (B, n).

    A start is the best of five k-means of the resample, never the parameters of another fit. Rows
    with weight 0 are placed by the model fitted without them.
    """
    starts = starts or Starts(1, 0)
    chosen = select(data, method)
    rating = prepared_rating(chosen, learnt(chosen))
    problem = MixtureProblem(chosen, rating)
    features = starting_features(chosen, rating)
    done = 0

    def once(number: int) -> np.ndarray:
        weight = weights[number].astype(float)
        try:
            beginnings = _beginnings(features, k, seed + number, starts, weight)
        except InputRefused:
            # Too few different rows in this resample: one class, in which none is found again.
            return np.zeros(chosen.n, dtype=np.int16)
        runs = [
            problem.run(posterior, weight, tolerance=_REFIT_GAIN, most_rounds=_MOST_REFIT_ROUNDS)
            for posterior in beginnings
        ]
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
    named = _named(data)
    if named is not None:
        answered = ~np.isnan(named)
        counts = np.maximum(answered.sum(axis=0), 1)
        mean = np.nan_to_num(named).sum(axis=0) / counts
        apart = np.where(answered, named - mean, 0.0)
        spread = np.sqrt(np.maximum((apart**2).sum(axis=0) / counts, 1e-4))
        values.append(apart / spread)
        known.append(answered)
    if data.numbers is not None:
        answered = ~np.isnan(data.numbers)
        counts = np.maximum(answered.sum(axis=0), 1)
        filled = np.where(answered, data.numbers, 0.0)
        apart = np.where(answered, filled - filled.sum(axis=0) / counts, 0.0)
        spread = np.sqrt(np.maximum((apart**2).sum(axis=0) / counts, 1e-12))
        values.append(apart / spread)
        known.append(answered)
    if data.categories is not None:
        hot = cells(data.categories, data.sizes)
        answered = np.repeat(data.categories >= 0, data.sizes, axis=1)
        values.append(hot)
        known.append(answered)
    return Centred(np.hstack(values), np.hstack(known).astype(float))


def _named(data: GoalData) -> np.ndarray | None:
    """Options named (1) or not (0); of a full ranking, where all are named, the place instead."""
    if data.orders is None or data.orders.shape[1] < data.options - 1:
        return data.ticks
    place = np.full((data.n, data.options), float(data.options))
    rows, places = np.nonzero(data.orders >= 0)
    place[rows, data.orders[rows, places]] = places
    place[(data.orders < 0).all(axis=1)] = np.nan
    return -place


def _beginnings(
    features: Centred, k: int, seed: int, starts: Starts, weights: np.ndarray | None
) -> list[np.ndarray]:
    """Starting memberships (n, k): from k-means, and from random rows as centres."""
    n = len(features.values)
    if k == 1:
        return [np.ones((n, 1))]
    found = []
    for number in range(starts.seeded):
        tries = 5 if number == 0 else 1
        try:
            part = kmeans(features, k, starts=tries, seed=seed + number, weights=weights)
        except ValueError as error:
            if number:
                continue
            raise InputRefused(
                "TOO_FEW_DIFFERENT",
                f"Die Antworten sind zu gleichförmig für {k} Typen; bitte weniger Typen wählen.",
            ) from error
        found.append(_soft(part.labels, k))
    random = np.random.default_rng([seed, k])
    chance = None if weights is None else weights / weights.sum()
    for _ in range(starts.random):
        drawn = random.choice(n, k, replace=chance is not None, p=chance)
        centres = features.values[drawn]
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


def _patterns(data: GoalData) -> tuple[GoalData, np.ndarray | None, np.ndarray]:
    """Equal rows once, how often each occurs (``None``: once each), and each row's pattern."""
    rows = [part for part in (data.rated, data.orders, data.categories) if part is not None]
    _, first, pattern_of, counts = np.unique(
        np.hstack(rows), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    if len(first) > _FEW_PATTERNS * data.n:
        return data, None, np.arange(data.n)
    return data.take(first), counts.astype(float), pattern_of.ravel()


def _statistics(log_likelihood: float, posterior: np.ndarray, parameters: int) -> FitStatistics:
    n, k = posterior.shape
    bic = -2.0 * log_likelihood + parameters * float(np.log(n))
    inside = posterior[posterior > 0]
    entropy = -float((inside * np.log(inside)).sum())
    return FitStatistics(
        log_likelihood=log_likelihood,
        parameters=parameters,
        bic=bic,
        icl=bic + 2.0 * entropy,
        aic=-2.0 * log_likelihood + 2.0 * parameters,
        entropy_r2=1.0 - entropy / (n * float(np.log(k))) if k > 1 else 1.0,
    )


def _in_threads(work: Callable[[_Task], _Found], tasks: Sequence[_Task]) -> list[_Found]:
    """Independent runs side by side; results in the order of the tasks, whatever the threads."""
    # Imported here: assigning municipalities with a frozen model needs none of it.
    from threadpoolctl import threadpool_limits

    # More than one thread inside products of small matrices costs more than it gains.
    with threadpool_limits(1), ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(work, tasks))
