"""Methods without a likelihood, shown beside the primary one: k-means, Ward, HCPC.

Each is a linear preparation of the answers, centres in the prepared space, and probabilities from
the distances to them (``calibration``). k-means on answers as they stand is the negative control:
what response style alone would have given.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.remarks import InputRefused
from assessment.typology.baseline_columns import (
    LinearPreparation,
    Source,
    columns_of,
    preparation_from_plain,
    source_of,
)
from assessment.typology.calibration import LEAST_STRETCH, Spread, learn_spread, probabilities
from assessment.typology.factor_axes import Axes, mca, pca
from assessment.typology.goal_data import GoalData
from assessment.typology.hierarchical import hcpc
from assessment.typology.kmeans import Partition, kmeans, kmeans_refit, nearest
from assessment.typology.method import Method
from assessment.typology.mixture_measurement import finite, plain_number, plain_numbers
from assessment.typology.progress import Progress, silent
from assessment.typology.response_style import Centred, learn_preparation
from assessment.typology.solution import Solution

KIND = "centres"
_STARTS = 100
_REFIT_STARTS = 10
_PCA_AXES = 5
_MCA_AXES = 20
"""As FactoMineR's default and its worked example: the last axes carry noise."""


@dataclass(frozen=True, slots=True, eq=False)
class CentreMeasurement:
    """Places municipalities by their distance from centres; any answers may be missing."""

    preparation: LinearPreparation
    centres: np.ndarray
    """(k, axes or goals)."""
    spread: Spread

    def probabilities(self, data: GoalData) -> np.ndarray:
        """Membership probabilities (n, k)."""
        return probabilities(self.preparation.rows(data), self.centres, self.spread)

    def with_classes(self, order: list[int]) -> "CentreMeasurement":
        """The same with its classes in another order."""
        spread = replace(self.spread, shares=self.spread.shares[order])
        return replace(self, centres=self.centres[order], spread=spread)

    def as_plain(self) -> dict[str, Any]:
        """For JSON; numbers with ten significant digits."""
        return {
            "kind": KIND,
            "preparation": self.preparation.as_plain(),
            "centres": plain_numbers(self.centres),
            "shares": plain_numbers(self.spread.shares),
            "variance": plain_number(self.spread.variance),
            "stretch": plain_number(self.spread.stretch),
        }


def measurement_from_plain(plain: dict[str, Any]) -> CentreMeasurement:
    """Read back what ``as_plain`` wrote; raises ``KeyError``, ``ValueError`` or ``TypeError``."""
    preparation = preparation_from_plain(plain["preparation"])
    centres, shares = finite(plain["centres"], 2), finite(plain["shares"], 1)
    spread = Spread(shares, float(plain["variance"]), float(plain["stretch"]))
    axes = preparation.width if preparation.axes is None else preparation.axes.loadings.shape[1]
    if centres.shape != (len(shares), axes):
        raise ValueError("shapes differ")
    if not (spread.variance > 0 and (shares > 0).all()):
        raise ValueError("not a variance and shares")
    return CentreMeasurement(preparation, centres, spread)


def solve_baseline(data: GoalData, method: Method, k: int, seed: int) -> Solution:
    """Find ``k`` classes of usable rows in canonical order.

    Raises ``InputRefused`` (``TOO_FEW_DIFFERENT``).
    """
    preparation = prepare(data, method)
    rows = preparation.rows(data)
    try:
        found = _partition(rows, method, k, seed)
    except ValueError as error:
        raise InputRefused(
            "TOO_FEW_DIFFERENT",
            f"Die Antworten sind zu gleichförmig für {k} Typen; bitte weniger Typen wählen.",
        ) from error
    if k > 1:
        spread = learn_spread(rows, found.centres, seed)
    else:
        variance = max(found.loss / rows.known.sum(), 1e-6) * LEAST_STRETCH
        spread = Spread(np.ones(1), variance, LEAST_STRETCH)
    return Solution(
        method=method,
        k=k,
        posterior=probabilities(rows, found.centres, spread),
        labels=found.labels,
        shares=np.bincount(found.labels, minlength=k) / len(found.labels),
        fit=None,
        starts_tried=found.finished,
        starts_best=found.reached,
        measurement=CentreMeasurement(preparation, found.centres, spread),
    )


def refit_baseline(
    data: GoalData,
    method: Method,
    k: int,
    weights: np.ndarray,
    seed: int,
    progress: Progress = silent,
) -> np.ndarray:
    """Labels int16 (resamples, n) for resample counts (resamples, n), each from cold starts.

    The answers are prepared once, on all rows: what is resampled is the search for classes.
    """
    rows = prepare(data, method).rows(data)
    if method not in (Method.WARD, Method.HCPC):
        return kmeans_refit(rows, k, weights, starts=_REFIT_STARTS, seed=seed, progress=progress)
    labels = np.zeros(weights.shape, dtype=np.int16)
    for number, counts in enumerate(weights):
        progress(number / len(weights), "Stichproben neu gruppieren")
        drawn = np.repeat(np.arange(data.n), counts)
        try:
            found = hcpc(rows.values[drawn], k, known=rows.known[drawn], seed=seed)
        except ValueError:
            # Too few different rows in this resample: one class, in which none is found again.
            continue
        labels[number] = nearest(rows, found.centres)
    return labels


def prepare(data: GoalData, method: Method) -> LinearPreparation:
    """How a method reads these answers."""
    source = source_of(data)
    columns = columns_of(data, source)
    if method is Method.HCPC:
        if source is Source.CATEGORIES and data.categories is not None:
            return LinearPreparation(source, None, mca(data.categories, data.sizes, _MCA_AXES))
        return LinearPreparation(source, None, pca(columns, _PCA_AXES))
    if source is Source.RATED and method is not Method.RAW_KMEANS:
        return LinearPreparation(source, learn_preparation(columns), None)
    return LinearPreparation(source, None, _as_they_stand(columns, scaled=source is Source.NUMBERS))


def _partition(rows: Centred, method: Method, k: int, seed: int) -> Partition:
    if method not in (Method.WARD, Method.HCPC):
        return kmeans(rows, k, starts=_STARTS, seed=seed)
    found = hcpc(rows.values, k, known=rows.known, seed=seed)
    if len(np.unique(found.labels)) < k:
        raise ValueError("fewer different rows than classes")
    residual = rows.values - found.centres[found.labels] * rows.known
    return Partition(found.centres, found.labels, float((residual**2).sum()))


def _as_they_stand(columns: np.ndarray, *, scaled: bool) -> Axes:
    """The columns themselves (numbers of different units: standardised), gaps at the mean."""
    known = ~np.isnan(columns)
    counts = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, columns, 0.0).sum(axis=0) / counts
    variance = (np.where(known, columns - mean, 0.0) ** 2).sum(axis=0) / counts
    scale = np.ones(len(mean))
    if scaled:
        scale = np.where(variance > 0, 1.0 / np.sqrt(np.where(variance > 0, variance, 1.0)), 0.0)
    return Axes(mean, np.diag(scale), variance * scale**2)
