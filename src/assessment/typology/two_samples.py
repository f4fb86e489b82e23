"""Tests of one figure between two samples of which only counts or moments are known."""

import numpy as np


def exact_p(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Two-sided p of two shares, each as (count, n): twice the smaller of Fisher's exact tails."""
    # Imported here: only the laboratory needs scipy, not every start.
    from scipy.stats import hypergeom

    (count, n), (count_other, n_other) = one, other
    drawn = (n + n_other, count + count_other, n)
    tail = min(float(hypergeom.cdf(count, *drawn)), float(hypergeom.sf(count - 1, *drawn)))
    return min(2 * tail, 1.0)


def welch_p(difference: float, one: tuple[float, int], other: tuple[float, int]) -> float:
    """Two-sided p of a difference of means; each sample as (variance divided by n, n).

    Welch 1947, Biometrika 34, 28–35. Without any variance a difference is certain.
    """
    from scipy.special import stdtr

    parts = np.array([variance / max(n - 1, 1) for variance, n in (one, other)])
    error = float(parts.sum())
    if error <= 0:
        return 0.0 if abs(difference) > 1e-9 else 1.0
    freedom = np.array([max(n - 1, 1) for _, n in (one, other)])
    df = error**2 / float((parts**2 / freedom).sum())
    return float(2 * stdtr(df, -abs(difference) / np.sqrt(error)))
