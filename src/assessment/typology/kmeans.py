"""k-means for rows with gaps: distances and centres use the answered goals only.

Many starts (k-means++), the best by within-cluster sum of squares. Rows are brought into a
canonical order by the caller and the random numbers come from one seed, so the same rows give the
same centres in whatever order the file has them.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.response_style import Centred

_FIRST_ROUNDS = 10
_FINALISTS = 8
_MOST_ROUNDS = 300


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """``centres`` (k, goals), ``labels`` (rows,), ``loss``: squares within, over answered goals."""

    centres: np.ndarray
    labels: np.ndarray
    loss: float


def kmeans(rows: Centred, k: int, *, starts: int, seed: int) -> Partition:
    """The best of ``starts`` runs; every start gets a few rounds, the most promising all of them.

    Raises ``ValueError`` where the rows don't fall into ``k`` different clusters.
    """
    random = np.random.default_rng(seed)
    beginnings = np.stack([_spread_out(rows, k, random) for _ in range(starts)])
    centres, losses = _rounds(rows, beginnings, _FIRST_ROUNDS)
    finalists = np.argsort(losses, kind="stable")[:_FINALISTS]
    centres, losses = _rounds(rows, centres[finalists], _MOST_ROUNDS)
    for best in np.argsort(losses, kind="stable"):
        labels = distances(rows, centres[best]).argmin(axis=1)
        if len(np.unique(labels)) == k:
            return Partition(centres[best], labels, float(losses[best]))
    raise ValueError("fewer different rows than clusters")


def distances(rows: Centred, centres: np.ndarray) -> np.ndarray:
    """Squared distances over the answered goals, shape (rows, k)."""
    own = (rows.values**2).sum(axis=1)[:, None]
    return own - 2.0 * rows.values @ centres.T + rows.known @ (centres**2).T


def _spread_out(rows: Centred, k: int, random: np.random.Generator) -> np.ndarray:
    """k-means++: each further centre is a row drawn with probability ∝ squared distance."""
    chosen = [int(random.integers(len(rows.values)))]
    nearest = np.full(len(rows.values), np.inf)
    while len(chosen) < k:
        latest = distances(rows, rows.values[chosen[-1]][None, :])[:, 0]
        nearest = np.minimum(nearest, np.maximum(latest, 0.0))
        total = np.cumsum(nearest)
        if total[-1] > 0:
            place = int(np.searchsorted(total, random.random() * total[-1], side="right"))
        else:
            place = int(random.integers(len(nearest)))
        chosen.append(min(place, len(nearest) - 1))
    return rows.values[chosen]


def _rounds(rows: Centred, centres: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Lloyd's algorithm on all starts at once; returns centres (s, k, goals) and losses (s,)."""
    starts, k, goals = centres.shape
    labels = np.full((starts, len(rows.values)), -1)
    own = float((rows.values**2).sum())
    losses = np.full(starts, np.inf)
    moving = np.arange(starts)
    centres = centres.copy()
    for _ in range(most):
        flat = centres[moving].reshape(-1, goals)
        far = rows.known @ (flat**2).T - 2.0 * rows.values @ flat.T
        far = far.reshape(len(rows.values), len(moving), k)
        found = far.argmin(axis=2).T
        losses[moving] = own + far.min(axis=2).sum(axis=0)
        changed = (found != labels[moving]).any(axis=1)
        labels[moving] = found
        moving = moving[changed]
        if not len(moving):
            break
        for start in moving:
            member = (labels[start][None, :] == np.arange(k)[:, None]).astype(float)
            count, total = member @ rows.known, member @ rows.values
            # A goal nobody in the cluster answered keeps the old centre.
            centres[start] = np.where(count > 0, total / np.maximum(count, 1.0), centres[start])
    return centres, losses
