"""Lloyd's algorithm on many starts at once with matrix products: the path without a compiler.

Squared distances over the answered goals are linear in the row's answers and in which of them are
known, ``|x|² - 2 x·c + known·c²``. So rows become one table of features and each round of all
starts is one matrix product. ``kmeans_kernel`` does the same compiled, and must give the same.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.response_style import Centred

MOST_ROUNDS = 300
_TIE = 1e-9
_MARGIN = 0.01
_WORTH_MOVING = 100.0
"""Gains below so many times ``Features.tie`` may be rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Rows as both paths read them."""

    table: np.ndarray
    """(n, q): answers less ``shift``, 0 where unanswered; with gaps followed by 1.0 = known."""
    own: np.ndarray
    """(n,): sum of squares of the shifted answers."""
    goals: int
    gaps: bool
    shift: np.ndarray
    """(goals,): mean answers, taken off lest large numbers drown small distances."""
    tie: float
    """Added per cluster number to distances: equally near means the lower number, whatever the
    last bits of a sum are."""


def features(rows: Centred) -> Features:
    """Table of features of ``rows``."""
    known = rows.known
    shift = (rows.values * known).sum(axis=0) / np.maximum(known.sum(axis=0), 1.0)
    values = (rows.values - shift) * known
    gaps = bool((known == 0).any())
    table = np.hstack([values, known]) if gaps else values
    own = (values**2).sum(axis=1)
    scale = float(own.mean()) or 1.0
    table = np.ascontiguousarray(table, dtype=float)
    return Features(table, own, values.shape[1], gaps, shift, _TIE * scale)


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """Where each start stood before several rows were moved at once."""

    losses: np.ndarray
    """(starts,): infinite where nothing is being tried."""
    labels: np.ndarray
    """(starts, n): what to go on with if the loss did not fall."""


def coefficients(parts: Features, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What to multiply features with, (..., k, q), and what to add, (..., k).

    ``centres``: (..., k, goals), shifted.
    """
    tie = parts.tie * np.arange(centres.shape[-2])
    if parts.gaps:
        return np.concatenate([-2.0 * centres, centres**2], axis=-1), np.broadcast_to(
            tie, centres.shape[:-1]
        )
    return -2.0 * centres, (centres**2).sum(axis=-1) + tie


def nearest(parts: Features, centres: np.ndarray) -> np.ndarray:
    """Nearest of ``centres`` (k, goals) for every row, int (n,)."""
    return _assign(parts, centres[None])[2][0]


def rounds(
    parts: Features,
    centres: np.ndarray,
    most: int,
    weights: np.ndarray,
    *,
    transfers: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """At most ``most`` rounds from ``centres`` (starts, k, goals); ``weights``: (starts, n).

    ``transfers``: where all rows are with their nearest centre, those are moved whose change of
    sides would lower the loss all the same, because centres follow their members (Hartigan, Wong
    1979, Applied Statistics 28, 100–108); if that fails for all together, the best one alone.
    Returns centres and losses (starts,): weighted squares within, before the last move.
    """
    k, goals = centres.shape[1:]
    centres, losses = centres.copy(), np.full(len(centres), np.inf)
    labels = np.full((len(centres), len(parts.table)), -1, dtype=np.int16)
    own = weights @ parts.own
    tried = _Tried(np.full(len(centres), np.inf), labels.copy())
    moving = np.arange(len(centres))
    for _ in range(most):
        counts = weights[moving]
        far, low, found = _assign(parts, centres[moving])
        losses[moving] = own[moving] + np.einsum("sn,sn->s", counts, low)
        # A row drawn zero times neither moves a centre nor keeps the search going.
        changed = ((found != labels[moving]) & (counts > 0)).any(axis=1)
        if transfers:
            failed = losses[moving] >= tried.losses[moving]
            found[failed] = tried.labels[moving[failed]]
            changed[failed] = True
            tried.losses[moving[failed]] = np.inf
            still = np.flatnonzero(~changed)
            if len(still):
                moved, best = _transfers(parts, far[:, still], found[still], counts[still])
                useful = (best != found[still]).any(axis=1)
                still, moved, best = still[useful], moved[useful], best[useful]
                tried.losses[moving[still]] = losses[moving[still]]
                tried.labels[moving[still]] = best
                found[still] = moved
                changed[still] = True
        labels[moving] = found
        moving, found, counts = moving[changed], found[changed], counts[changed]
        if not len(moving):
            break
        member = (found[:, None, :] == np.arange(k)[None, :, None]) * counts[:, None, :]
        total = (member.reshape(-1, len(parts.table)) @ parts.table).reshape(len(moving), k, -1)
        known = total[..., goals:] if parts.gaps else member.sum(axis=2)[..., None]
        # A goal nobody in the cluster answered keeps the old centre.
        centres[moving] = np.where(
            known > 0, total[..., :goals] / np.maximum(known, 1e-300), centres[moving]
        )
    return centres, losses


def seeds(parts: Features, k: int, weights: np.ndarray, uniforms: np.ndarray) -> np.ndarray:
    """k-means++: each further centre is a row drawn with probability ∝ weight x squared distance.

    ``weights``: (starts, n), ``uniforms``: (starts, k) in [0, 1). Returns (starts, k, goals).
    Arthur, Vassilvitskii (2007): k-means++, the advantages of careful seeding, SODA.
    """
    values = parts.table[:, : parts.goals]
    chosen = _draw(weights, uniforms[:, 0])
    centres = np.empty((len(weights), k, parts.goals))
    centres[:, 0] = values[chosen]
    distance = np.full(weights.shape, np.inf)
    for place in range(1, k):
        by, plus = coefficients(parts, centres[:, place - 1 : place])
        latest = by[:, 0] @ parts.table.T + plus + parts.own
        np.minimum(distance, np.maximum(latest, 0.0), out=distance)
        distance[distance <= parts.tie] = 0.0
        likely = weights * distance
        nothing_left = likely.sum(axis=1) <= 0
        likely[nothing_left] = weights[nothing_left]
        centres[:, place] = values[_draw(likely, uniforms[:, place])]
    return centres


def ranked(losses: np.ndarray) -> np.ndarray:
    """Starts from lowest to highest loss; differences in the last digits don't count."""
    return np.argsort(_rounded(losses), kind="stable")


def promising(losses: np.ndarray) -> np.ndarray:
    """Starts that single moves may still bring to the front, best first, each result once.

    Where rows are with their nearest centres, single moves gain little more.
    """
    rounded = _rounded(losses)
    kept = np.unique(rounded, return_index=True)[1]
    return kept[rounded[kept] <= 1 + _MARGIN]


def _rounded(losses: np.ndarray) -> np.ndarray:
    return np.round(losses / max(losses.min(), 1e-300), 9)


def _draw(likely: np.ndarray, uniforms: np.ndarray) -> np.ndarray:
    total = np.cumsum(likely, axis=1)
    place = (total <= (uniforms * total[:, -1])[:, None]).sum(axis=1)
    return np.minimum(place, likely.shape[1] - 1)


def _assign(parts: Features, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Squared distances less the row's own squares (k, starts, n), the least, and of which."""
    starts, k = centres.shape[:2]
    by, plus = coefficients(parts, centres)
    # Cluster by cluster: numpy finds the smallest of a few much faster than by argmin.
    by_cluster = np.ascontiguousarray(by.transpose(1, 0, 2)).reshape(k * starts, -1)
    far = (by_cluster @ parts.table.T).reshape(k, starts, -1)
    far += plus.T[:, :, None]
    low, labels = far[0].copy(), np.zeros(far.shape[1:], dtype=np.int16)
    for cluster in range(1, k):
        np.copyto(labels, cluster, where=far[cluster] < low)
        np.minimum(low, far[cluster], out=low)
    return far, low, labels


def _transfers(
    parts: Features, far: np.ndarray, labels: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Labels (starts, n) with all rows moved that gain by it, and with the best of them only."""
    k, starts, n = far.shape
    gain = np.full((starts, n), -np.inf)
    cheapest, targets = np.full((starts, n), np.inf), np.zeros((starts, n), dtype=np.int16)
    for cluster in range(k):
        inside = labels == cluster
        mass = (weights * inside).sum(axis=1)[:, None]
        apart = weights * (far[cluster] + parts.own)
        # With gaps a goal has fewer answers than the cluster rows, and the true gain is larger.
        left = mass - weights
        np.copyto(gain, apart * mass / np.where(left > 0, left, np.inf), where=inside)
        cost = np.where(inside, np.inf, apart * mass / (mass + weights + 1e-300))
        np.copyto(targets, cluster, where=cost < cheapest)
        np.minimum(cheapest, cost, out=cheapest)
    # Of rows that gain alike, the first.
    gain = gain - cheapest - parts.tie * np.arange(n) / n
    useful = (gain > _WORTH_MOVING * parts.tie) & (weights > 0)
    best = labels.copy()
    first, every = np.where(useful, gain, -np.inf).argmax(axis=1), np.arange(starts)
    some = useful.any(axis=1)
    best[every[some], first[some]] = targets[every[some], first[some]]
    return np.where(useful, targets, labels), best
