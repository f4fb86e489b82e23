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
    groups = [values[labels == number] for number in range(len(names))]
    apart = _distances(groups)
    return PartitionIndices(
        silhouette=_silhouette(apart, groups),
        calinski_harabasz=float(calinski_harabasz_score(values, labels)),
        davies_bouldin=float(davies_bouldin_score(values, labels)),
        dunn=apart.separation / apart.diameter if apart.diameter > 0 else np.inf,
        pearson_gamma=_pearson_gamma(apart, groups),
        wb_ratio=_wb_ratio(apart, groups),
        within_ss=float(sum(((group - group.mean(axis=0)) ** 2).sum() for group in groups)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Apart:
    """What the indices need of all pairwise distances."""

    to_groups: list[np.ndarray]
    """Per class (rows, classes): each row's sum of distances to the members of each class."""
    squares_within: float
    squares_between: float
    """Sums of squared distances over unordered pairs."""
    separation: float
    """Smallest distance between rows of different classes."""
    diameter: float
    """Largest distance between rows of one class."""


def _distances(groups: list[np.ndarray]) -> _Apart:
    from scipy.spatial.distance import cdist

    to_groups = [np.zeros((len(group), len(groups))) for group in groups]
    within = between = diameter = 0.0
    separation = np.inf
    for one, rows in enumerate(groups):
        for other in range(one, len(groups)):
            for begin in range(0, len(rows), _BLOCK):
                block = slice(begin, begin + _BLOCK)
                # Of a class with itself both halves of the matrix, else each pair once.
                apart = cdist(rows[block], groups[other])
                to_groups[one][block, other] = apart.sum(axis=1)
                squares = float(np.vdot(apart, apart))
                if one == other:
                    within += squares / 2
                    diameter = max(diameter, float(apart.max()))
                else:
                    to_groups[other][:, one] += apart.sum(axis=0)
                    between += squares
                    separation = min(separation, float(apart.min()))
    return _Apart(to_groups, within, between, separation, diameter)


def _silhouette(apart: _Apart, groups: list[np.ndarray]) -> float:
    sizes = np.array([len(group) for group in groups], dtype=float)
    total = 0.0
    for number, sums in enumerate(apart.to_groups):
        if sizes[number] < 2:
            # A class of one has silhouette 0 by definition.
            continue
        inside = sums[:, number] / (sizes[number] - 1)
        outside = np.delete(sums / sizes, number, axis=1).min(axis=1)
        larger = np.maximum(inside, outside)
        # All distances 0: rows alike in two classes lie between them.
        total += float(((outside - inside) / np.where(larger > 0, larger, 1.0)).sum())
    return float(total / sizes.sum())


def _pearson_gamma(apart: _Apart, groups: list[np.ndarray]) -> float:
    """Correlation over pairs of the distance with 0 = same class, 1 = different classes."""
    sizes = np.array([len(group) for group in groups], dtype=float)
    pairs_within = float((sizes * (sizes - 1) / 2).sum())
    pairs = sizes.sum() * (sizes.sum() - 1) / 2
    pairs_between = pairs - pairs_within
    sum_within = sum(sums[:, own].sum() for own, sums in enumerate(apart.to_groups)) / 2
    sum_between = sum(sums.sum() for sums in apart.to_groups) / 2 - sum_within
    mean = (sum_within + sum_between) / pairs
    variance = (apart.squares_within + apart.squares_between) / pairs - mean**2
    share = pairs_between / pairs
    spread = np.sqrt(max(variance, 0.0) * share * (1 - share))
    if spread == 0:
        return 0.0
    return float((sum_between / pairs - mean * share) / spread)


def _wb_ratio(apart: _Apart, groups: list[np.ndarray]) -> float:
    """Average distance within (each row, not each pair, counts the same) by that between."""
    sizes = np.array([len(group) for group in groups], dtype=float)
    sums = np.array([sums[:, own].sum() for own, sums in enumerate(apart.to_groups)])
    several = sizes > 1
    inside = sums[several] / (sizes[several] * (sizes[several] - 1))
    within = float(np.average(inside, weights=sizes[several]))
    between_sum = (sum(part.sum() for part in apart.to_groups) - sums.sum()) / 2
    between = between_sum / ((sizes.sum() ** 2 - (sizes**2).sum()) / 2)
    return float(within / between) if between > 0 else np.inf
