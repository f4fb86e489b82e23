"""Many tests at once: which differences still count when hundreds were looked at."""

import numpy as np

LEVEL = 0.05
"""A finding counts where its q lies at or below: on average at most 5 % of such are chance."""


def false_discovery_q(p: np.ndarray) -> np.ndarray:
    """Benjamini–Hochberg q of all p of one run, same shape; ``NaN`` = not tested.

    Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57, 289–300. Call it
    once for everything that is looked at together: splitting the run lowers its q unduly.
    """
    p = np.asarray(p, dtype=float)
    q, tested = np.full(p.shape, np.nan), ~np.isnan(p)
    if tested.any():
        # Worked out here: scipy.stats takes longer to import than a page to draw.
        known = p[tested]
        largest_first = np.argsort(-known, kind="stable")
        rank = np.arange(len(known), 0, -1)
        scaled = np.minimum.accumulate(known[largest_first] * (len(known) / rank))
        ordered = np.empty_like(known)
        ordered[largest_first] = np.minimum(scaled, 1.0)
        q[tested] = ordered
    return q
