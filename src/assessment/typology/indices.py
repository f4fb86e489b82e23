"""Descriptive indices of a partition: how compact and how far apart its classes are.

The values of ``cluster.stats`` in the R package fpc (Euclidean distances) and the Davies–Bouldin
index. They describe and don't decide: with four types in the data, silhouette and
Calinski–Harabasz mostly ask for two.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.study_types import PartitionIndices

MOST_ROWS = 12_000
"""Beyond, the indices of a random part of that size are given: all pairs would take minutes."""
_BLOCK = 1024
"""Rows whose distances are held at once: 8 MB per 1024 others, whatever the number of rows."""


def partition_indices(values: np.ndarray, labels: np.ndarray) -> PartitionIndices:
    """Indices of the classes ``labels`` (n,) of ``values`` (n, p), which has no ``NaN``.

    Beyond ``MOST_ROWS`` rows a part is drawn, always the same one. Raises ``ValueError`` with fewer
    than two classes or with no two rows in one class.
    """
    # Imported here: loading scikit-learn takes longer than a start may.
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

    if len(values) > MOST_ROWS:
        part = np.sort(np.random.default_rng(0).permutation(len(values))[:MOST_ROWS])
        values, labels = values[part], labels[part]
    names, labels = np.unique(labels, return_inverse=True)
    if not 2 <= len(names) < len(values):
        raise ValueError("indices need at least two classes and fewer classes than rows")
    order = np.argsort(labels, kind="stable")
    values, labels = values[order], labels[order]
    apart = _distances(values, labels)
    return PartitionIndices(
        silhouette=_silhouette(apart, labels),
        calinski_harabasz=float(calinski_harabasz_score(values, labels)),
        davies_bouldin=float(davies_bouldin_score(values, labels)),
        dunn=apart.separation / apart.diameter if apart.diameter > 0 else np.inf,
        pearson_gamma=_pearson_gamma(apart, labels, values),
        wb_ratio=_wb_ratio(apart, labels),
        within_ss=float(
            sum(
                ((group - group.mean(axis=0)) ** 2).sum()
                for group in np.split(values, np.flatnonzero(np.diff(labels)) + 1)
            )
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Apart:
    """What the indices need of all pairwise distances."""

    to_classes: np.ndarray
    """(n, classes): each row's sum of distances to the members of each class."""
    separation: float
    """Smallest distance between rows of different classes."""
    diameter: float
    """Largest distance between rows of one class."""


def _distances(values: np.ndarray, labels: np.ndarray) -> _Apart:
    """``values`` lie in the order of their ``labels``."""
    from scipy.spatial.distance import cdist

    begins = np.flatnonzero(np.diff(labels, prepend=-1))
    to_classes = np.empty((len(values), len(begins)))
    separation, diameter = np.inf, 0.0
    for begin in range(0, len(values), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        apart = cdist(values[block], values)
        own = np.arange(len(apart)), labels[block]
        to_classes[block] = np.add.reduceat(apart, begins, axis=1)
        diameter = max(diameter, float(np.maximum.reduceat(apart, begins, axis=1)[own].max()))
        least = np.minimum.reduceat(apart, begins, axis=1)
        least[own] = np.inf
        separation = min(separation, float(least.min()))
    return _Apart(to_classes, separation, diameter)


def _silhouette(apart: _Apart, labels: np.ndarray) -> float:
    sizes = np.bincount(labels).astype(float)
    own = np.arange(len(labels)), labels
    inside = apart.to_classes[own] / np.maximum(sizes[labels] - 1, 1)
    means = apart.to_classes / sizes
    means[own] = np.inf
    outside = means.min(axis=1)
    larger = np.maximum(inside, outside)
    # All distances 0: rows alike in two classes lie between them. A class of one has value 0.
    widths = (outside - inside) / np.where(larger > 0, larger, 1.0)
    return float(np.where(sizes[labels] > 1, widths, 0.0).mean())


def _pearson_gamma(apart: _Apart, labels: np.ndarray, values: np.ndarray) -> float:
    """Correlation over pairs of the distance with 0 = same class, 1 = different classes."""
    n, sizes = len(labels), np.bincount(labels).astype(float)
    pairs = n * (n - 1) / 2
    share = 1 - float((sizes * (sizes - 1) / 2).sum()) / pairs
    every = float(apart.to_classes.sum()) / 2
    between = every - float(apart.to_classes[np.arange(n), labels].sum()) / 2
    mean = every / pairs
    # Squared distances of all pairs sum to n times the squares around the mean.
    squares = n * float(((values - values.mean(axis=0)) ** 2).sum())
    spread = np.sqrt(max(squares / pairs - mean**2, 0.0) * share * (1 - share))
    return float((between / pairs - mean * share) / spread) if spread > 0 else 0.0


def _wb_ratio(apart: _Apart, labels: np.ndarray) -> float:
    """Average distance within (each row, not each pair, counts the same) by that between."""
    n, sizes = len(labels), np.bincount(labels).astype(float)
    sums = np.bincount(labels, weights=apart.to_classes[np.arange(n), labels])
    several = sizes > 1
    inside = sums[several] / (sizes[several] * (sizes[several] - 1))
    within = float(np.average(inside, weights=sizes[several]))
    between = float(apart.to_classes.sum() - sums.sum()) / (n**2 - float((sizes**2).sum()))
    return within / between if between > 0 else np.inf
