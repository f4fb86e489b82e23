"""Principal axes of numbers (PCA) and categories (MCA), and where new rows lie on them.

Conventions of FactoMineR (Husson, Lê, Pagès 2017: Exploratory Multivariate Analysis by Example
Using R): numbers standardised with 1/n, categories by their indicator table, coordinates with the
variance of the axis, each axis turned so that its loadings sum to a positive value. A missing
answer lies at the mean of its question, for rows fitted and rows placed later alike.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """A linear map from prepared answers to coordinates: ``(answers - centre) @ loadings``."""

    centre: np.ndarray
    """(columns,): mean of each number, or share of each category."""
    loadings: np.ndarray
    """(columns, axes)."""
    eigenvalues: np.ndarray
    """(all axes,): variance along each, largest first; those left out of ``loadings`` too."""

    def place(self, columns: np.ndarray) -> np.ndarray:
        """Coordinates (n, axes) of columns with ``NaN`` where unanswered."""
        return np.where(np.isnan(columns), 0.0, columns - self.centre) @ self.loadings


def pca(numbers: np.ndarray, axes: int | None = None, *, weights: np.ndarray | None = None) -> Axes:
    """Axes of standardised numbers (n, p); ``NaN`` = no answer. ``axes``: how many, ``None`` = all.

    A column without variation gets loading 0.
    """
    share = _shares(len(numbers), weights)
    known = ~np.isnan(numbers)
    total = share @ known
    mean = share @ np.where(known, numbers, 0.0) / np.maximum(total, 1e-300)
    # As in FactoMineR the mean stands for a missing answer before the spread is taken.
    residual = np.where(known, numbers - mean, 0.0)
    spread = np.sqrt(share @ residual**2)
    scale = np.where(spread > 1e-12 * np.maximum(np.abs(mean), 1.0), 1.0 / _positive(spread), 0.0)
    values, vectors = _principal(residual * scale, share)
    kept = _kept(values, axes)
    return Axes(mean, scale[:, None] * vectors[:, :kept], values)


def mca(
    categories: np.ndarray,
    sizes: tuple[int, ...],
    axes: int | None = None,
    *,
    weights: np.ndarray | None = None,
) -> Axes:
    """Axes of questions with categories, (n, questions) of 0 … size - 1, -1 = no answer.

    The columns to place are those of :func:`indicators`. Categories nobody chose have no weight.
    """
    share = _shares(len(categories), weights)
    table = indicators(categories, sizes)
    known = ~np.isnan(table)
    total = share @ known
    centre = share @ np.where(known, table, 0.0) / np.maximum(total, 1e-300)
    questions = len(sizes)
    # Chi-square metric: a category weighs the less the more often it is chosen.
    scale = np.where(centre > 0, 1.0 / np.sqrt(_positive(centre) * questions), 0.0)
    values, vectors = _principal(np.where(known, table - centre, 0.0) * scale, share)
    kept = _kept(values, axes)
    # FactoMineR's coordinates: (1/questions) of the sum over categories of standard coordinates.
    return Axes(centre, scale[:, None] * vectors[:, :kept], values)


def indicators(categories: np.ndarray, sizes: tuple[int, ...]) -> np.ndarray:
    """1.0 for the category chosen, 0.0 for others, ``NaN`` for all of an unanswered question."""
    parts = []
    for question, size in enumerate(sizes):
        answers = categories[:, question]
        part = (answers[:, None] == np.arange(size)).astype(float)
        part[answers < 0] = np.nan
        parts.append(part)
    return np.hstack(parts)


def _principal(table: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues, largest first, and eigenvectors (columns) of the weighted covariance."""
    values, vectors = np.linalg.eigh(table.T @ (table * share[:, None]))
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    sums = vectors.sum(axis=0)
    # Where the sum is rounding only, the largest loading decides.
    largest = vectors[np.abs(vectors).argmax(axis=0), np.arange(len(values))]
    sign = np.sign(np.where(np.abs(sums) > 1e-9, sums, largest))
    return values, vectors * np.where(sign == 0, 1.0, sign)


def _kept(values: np.ndarray, axes: int | None) -> int:
    real = int((values > 1e-10 * max(values[0], 1e-300)).sum())
    return real if axes is None else min(axes, real)


def _shares(n: int, weights: np.ndarray | None) -> np.ndarray:
    if weights is None:
        return np.full(n, 1.0 / n)
    return np.asarray(weights, dtype=float) / weights.sum()


def _positive(values: np.ndarray) -> np.ndarray:
    return np.where(values > 0, values, 1.0)
