"""How far a group's median may be from what other such groups would show.

A distribution-free interval from order statistics (sign test; Conover 1999, „Practical
Nonparametric Statistics“, section 3.2). It only decides whether a difference between groups is
spoken of; its ends are answers of single municipalities and are never shown.
"""

from math import sqrt

import numpy as np

Z_95 = 1.96


def median_interval(ordered: np.ndarray) -> tuple[float, float] | None:
    """About 95 % confidence for the median; ``ordered``: ascending, no ``NaN``.

    ``None`` where the group is too small to say anything (under eight).
    """
    n = len(ordered)
    rank = int(np.floor(n / 2 - Z_95 * sqrt(n) / 2))
    if rank < 1:
        return None
    return float(ordered[rank - 1]), float(ordered[n - rank])


def clearly_above(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the median of ``one`` lies above that of ``other`` beyond chance: both intervals
    are known and do not touch. Both ascending, no ``NaN``."""
    left, right = median_interval(one), median_interval(other)
    return left is not None and right is not None and left[0] > right[1]
