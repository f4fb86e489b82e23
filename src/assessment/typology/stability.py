"""Is a class found again? Bootstrap with cold restarts, read beside data without types."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.jaccard import clusterwise_jaccard, resample_weights
from assessment.typology.kmeans import kmeans, kmeans_refit
from assessment.typology.method import Method
from assessment.typology.methods import refit
from assessment.typology.mixture import starting_features
from assessment.typology.mixture_measurement import learnt, prepared_rating
from assessment.typology.null_model import structureless
from assessment.typology.progress import Progress, silent
from assessment.typology.response_style import Centred
from assessment.typology.solution import Solution
from assessment.typology.study_types import Stability

_NULL_SETS = 6
_NULL_RESAMPLES = 6
_QUICK_STARTS = 10
_QUICK_NULL_SETS = 8
_QUICK_NULL_RESAMPLES = 10
_HIGH = 95.0
_MOST_ROWS = 3000
"""Of more, as many are drawn at random: fewer rows can only make classes look less stable."""


def own_stability(
    data: GoalData,
    solution: Solution,
    resamples: int,
    seed: int,
    *,
    progress: Progress = silent,
) -> tuple[float, ...]:
    """Clusterwise Jaccard of a solution under its own method, one mean per class."""
    method, k = solution.method, solution.k
    data, labels = _manageable(data, solution.labels, seed)
    weights = resample_weights(data.n, resamples, seed)
    refits = refit(data, method, k, weights, seed, progress=progress)
    means, _ = clusterwise_jaccard(labels, k, refits, weights)
    return tuple(round(float(value), 4) for value in means)


def null_level(
    data: GoalData, method: Method, k: int, seed: int, *, progress: Progress = silent
) -> tuple[float, float]:
    """Mean Jaccard of ``k`` classes where there are none, and its 95th percentile.

    Data of one class with the same gaps, popularity of goals and response style are cut into as
    many classes by the same method and resampled likewise.
    """
    data, _ = _manageable(data, np.zeros(data.n, int), seed)
    levels: list[np.ndarray] = []
    for number, flat in enumerate(structureless(data, seed, _NULL_SETS)):
        progress(number / _NULL_SETS, f"Vergleich mit Daten ohne Typen: {number} von {_NULL_SETS}")
        drawn = resample_weights(flat.n, _NULL_RESAMPLES, seed + number)
        # The whole data set first, found the same way as its resamples.
        every = np.vstack([np.ones((1, flat.n), drawn.dtype), drawn])
        again = refit(flat, method, k, every, seed + number)
        levels.append(clusterwise_jaccard(again[0], k, again[1:], drawn)[0])
    return _level(levels)


def quick_stabilities(
    data: GoalData,
    ks: Sequence[int],
    resamples: int,
    seed: int,
    *,
    both: Collection[int] = (),
    progress: Progress = silent,
) -> dict[int, Stability]:
    """Of k-means on the centred answers for several numbers of types: fast enough for all.

    ``both``: numbers for which the convention that drops rows drawn twice is given as well.
    """
    data, _ = _manageable(data, np.zeros(data.n, int), seed)
    rows = features_of(data)
    nulls = [features_of(flat) for flat in structureless(data, seed, _QUICK_NULL_SETS)]
    weights = resample_weights(data.n, resamples, seed)
    once = np.minimum(weights, 1).astype(np.int16)
    drawn = resample_weights(data.n, _QUICK_NULL_RESAMPLES, seed)
    found: dict[int, Stability] = {}
    for number, k in enumerate(ks):
        progress(number / len(ks), f"Schnelle Stabilität: {k} Gruppen")
        try:
            labels = kmeans(rows, k, starts=50, seed=seed).labels
        except ValueError:
            # Fewer different rows than classes: there is nothing to find again.
            continue
        means = _means(rows, labels, k, weights, seed)
        kinder = _means(rows, labels, k, once, seed, duplicates=False) if k in both else None
        levels = _null_levels(nulls, k, drawn, seed)
        found[k] = _stability(Method.CENTRED_KMEANS, means, kinder, levels, resamples)
    return found


def _manageable(data: GoalData, labels: np.ndarray, seed: int) -> tuple[GoalData, np.ndarray]:
    if data.n <= _MOST_ROWS:
        return data, labels
    random = np.random.default_rng([seed, 3])
    drawn = np.sort(random.choice(data.n, _MOST_ROWS, replace=False))
    return data.take(drawn), labels[drawn]


def features_of(data: GoalData) -> Centred:
    """Answers as k-means reads them: centred ratings, else named options, categories, numbers."""
    if data.rated is not None:
        data = replace(data, orders=None, options=0, links=())
    return starting_features(data, prepared_rating(data, learnt(data)))


def _means(
    rows: Centred,
    labels: np.ndarray,
    k: int,
    weights: np.ndarray,
    seed: int,
    *,
    duplicates: bool = True,
) -> np.ndarray:
    again = kmeans_refit(rows, k, weights, starts=_QUICK_STARTS, seed=seed)
    return clusterwise_jaccard(labels, k, again, weights, duplicates=duplicates)[0]


def _null_levels(
    nulls: Sequence[Centred], k: int, weights: np.ndarray, seed: int
) -> list[np.ndarray]:
    levels: list[np.ndarray] = []
    for number, flat in enumerate(nulls):
        try:
            labels = kmeans(flat, k, starts=_QUICK_STARTS, seed=seed + number).labels
        except ValueError:
            continue
        levels.append(_means(flat, labels, k, weights, seed + number))
    return levels


def _stability(
    method: Method,
    means: np.ndarray,
    kinder: np.ndarray | None,
    levels: Sequence[np.ndarray],
    resamples: int,
) -> Stability:
    mean, high = _level(levels)
    return Stability(
        method=method,
        resamples=resamples,
        jaccard=tuple(round(float(value), 4) for value in means),
        jaccard_without_duplicates=None
        if kinder is None
        else tuple(round(float(value), 4) for value in kinder),
        null_mean=mean,
        null_high=high,
    )


def _level(levels: Sequence[np.ndarray]) -> tuple[float, float]:
    averages = np.array([level.mean() for level in levels]) if levels else np.array([np.nan])
    return round(float(averages.mean()), 4), round(float(np.percentile(averages, _HIGH)), 4)
