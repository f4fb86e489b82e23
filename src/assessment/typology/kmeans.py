"""k-means for rows with gaps: distances and centres use the answered goals only.

Many starts (k-means++), the best by within-cluster sum of squares. Rows are brought into a
canonical order by the caller and the random numbers come from one seed, so the same rows give the
same centres in whatever order the file has them. Large jobs are compiled where a compiler is
(``kmeans_kernel``); both paths give the same.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np
from threadpoolctl import threadpool_limits

from assessment.typology import kmeans_arrays
from assessment.typology.kmeans_arrays import MOST_ROUNDS, Features, features, promising, ranked
from assessment.typology.progress import Progress, silent
from assessment.typology.response_style import Centred

_FIRST_ROUNDS = 10
_LEAST_FINALISTS, _FINALISTS_SHARE = 8, 0.2
_THREADS = 2
_WORTH_COMPILING = 500_000
"""Rows x starts x clusters from which loading the compiled path pays."""
_WORTH_THREADS = 1_000_000
"""Features x rows x starts from which threads pay for being started."""
_BATCH = 2_000_000
"""Rows x starts x clusters that the path without a compiler takes at once (16 MB)."""


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """``centres`` (k, goals), ``labels`` (rows,), ``loss``: squares within, over answered goals."""

    centres: np.ndarray
    labels: np.ndarray
    loss: float
    finished: int = 1
    """How many starts were carried to the end."""
    reached: int = 1
    """How many of these ended with this loss."""


def kmeans(
    rows: Centred, k: int, *, starts: int, seed: int, weights: np.ndarray | None = None
) -> Partition:
    """The best of ``starts`` runs; every start gets a few rounds, the most promising all of them.

    ``weights``: how much each row counts, (rows,), ≥ 0; rows of weight 0 get a label only.
    Raises ``ValueError`` where the rows don't fall into ``k`` different clusters.
    """
    random = np.random.default_rng(seed)
    beginnings = np.stack([_spread_out(rows, k, random, weights) for _ in range(starts)])
    parts = features(rows)
    counts = np.ones(len(rows.values)) if weights is None else np.asarray(weights, dtype=float)
    with threadpool_limits(1):
        centres, losses = _rounds(parts, beginnings - parts.shift, _FIRST_ROUNDS, counts)
        finalists = ranked(losses)[: max(_LEAST_FINALISTS, round(_FINALISTS_SHARE * starts))]
        centres, losses = _rounds(parts, centres[finalists], MOST_ROUNDS, counts, transfers=True)
        left = list(range(len(losses)))
        while left:
            best = left.pop(int(ranked(losses[left])[0]))
            labels = kmeans_arrays.nearest(parts, centres[best]).astype(np.int64)
            if len(np.unique(labels[counts > 0])) == k:
                found = _settled(rows, counts, labels, centres[best] + parts.shift)
                reached = int((losses <= losses[best] * (1 + 1e-6)).sum())
                return replace(found, finished=len(losses), reached=reached)
    raise ValueError("fewer different rows than clusters")


def kmeans_from(
    rows: Centred,
    centres: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    most: int = MOST_ROUNDS,
    transfers: bool = True,
) -> Partition:
    """The partition reached from given centres (k, goals) in at most ``most`` rounds.

    Some clusters may be empty. ``transfers``: see :func:`kmeans_arrays.rounds`.
    """
    parts = features(rows)
    counts = np.ones(len(rows.values)) if weights is None else np.asarray(weights, dtype=float)
    with threadpool_limits(1):
        begin = (centres - parts.shift)[None]
        found = kmeans_arrays.rounds(parts, begin, most, counts[None], transfers=transfers)[0][0]
        labels = kmeans_arrays.nearest(parts, found).astype(np.int64)
        return _settled(rows, counts, labels, found + parts.shift)


def nearest(rows: Centred, centres: np.ndarray) -> np.ndarray:
    """Number of the nearest of ``centres`` (k, goals) over the answered goals, int (rows,)."""
    parts = features(rows)
    return kmeans_arrays.nearest(parts, centres - parts.shift).astype(np.int64)


def kmeans_refit(
    rows: Centred,
    k: int,
    weights: np.ndarray,
    *,
    starts: int,
    seed: int,
    progress: Progress = silent,
    compiled: bool | None = None,
) -> np.ndarray:
    """Labels int16 (resamples, rows) of k-means on each resample, every one from new starts.

    ``weights``: (resamples, rows), how often a row was drawn; rows not drawn get the label of the
    nearest centre. Starting where the solution for all rows stands would be faster and would make
    any typology look stable. ``compiled``: force one path (``None`` = the faster one).
    """
    random = np.random.default_rng([seed, k])
    uniforms = random.random((len(weights), starts, k))
    parts = features(rows)
    kernel = _kernel(weights.size * starts * k, compiled)
    if kernel:
        work = _compiled_refit(kernel, parts)
        size = max(1, len(weights) // (10 * _THREADS))
    else:
        work = _batched_refit(parts)
        size = max(1, _BATCH // (weights.shape[1] * starts * k))
    chunks = [slice(begin, begin + size) for begin in range(0, len(weights), size)]
    labels = np.empty(weights.shape, dtype=np.int16)
    with threadpool_limits(1), ThreadPoolExecutor(_THREADS) as pool:
        jobs = [
            pool.submit(work, weights[chunk].astype(float), uniforms[chunk]) for chunk in chunks
        ]
        try:
            for number, (chunk, job) in enumerate(zip(chunks, jobs, strict=True)):
                labels[chunk] = job.result()
                progress((number + 1) / len(jobs), "Stichproben neu gruppieren")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return labels


def warm_up() -> None:
    """Load (the first time: compile) the fast path, for a server to do while nobody waits."""
    random = np.random.default_rng(0)
    values = random.normal(size=(30, 3))
    weights = np.ones((1, 30), dtype=np.int16)
    kmeans_refit(Centred(values, np.ones_like(values)), 2, weights, starts=1, seed=0, compiled=True)


def distances(rows: Centred, centres: np.ndarray) -> np.ndarray:
    """Squared distances over the answered goals, shape (rows, k)."""
    own = (rows.values**2).sum(axis=1)[:, None]
    return own - 2.0 * rows.values @ centres.T + rows.known @ (centres**2).T


def _kernel(work: float, compiled: bool | None) -> ModuleType | None:
    """The compiled path if it is wanted and can be had."""
    if compiled is False:
        return None
    name = "assessment.typology.kmeans_kernel"
    if name not in sys.modules and work < _WORTH_COMPILING and not compiled:
        return None
    try:
        from assessment.typology import kmeans_kernel
    except (ImportError, RuntimeError):
        # No numba, or no folder in which it may keep what it compiled.
        return None
    return kmeans_kernel


def _compiled_refit(
    kernel: ModuleType, parts: Features
) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    everyone = kernel.by_feature(parts.table)
    fixed = parts.gaps, parts.tie

    def work(weights: np.ndarray, uniforms: np.ndarray) -> np.ndarray:
        labels = np.empty(weights.shape, dtype=np.int16)
        for number, counts in enumerate(weights):
            drawn = np.flatnonzero(counts)
            table, own = parts.table[drawn], parts.own[drawn]
            wide = np.ascontiguousarray(everyone[:, drawn])
            centres, losses = kernel.cold_starts(
                table,
                wide,
                counts[drawn],
                own,
                *fixed,
                uniforms[number],
                parts.goals,
                MOST_ROUNDS,
            )
            centres = centres[promising(losses)]
            rest = table, wide, counts[drawn], own, *fixed
            losses = np.array([kernel.lloyd(*rest, c, MOST_ROUNDS, True) for c in centres])
            labels[number] = kernel.nearest(everyone, *fixed, centres[ranked(losses)[0]])
        return labels

    return work


def _batched_refit(parts: Features) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    def work(weights: np.ndarray, uniforms: np.ndarray) -> np.ndarray:
        resamples, starts, k = uniforms.shape
        each = np.repeat(weights, starts, axis=0)
        begin = kmeans_arrays.seeds(parts, k, each, uniforms.reshape(-1, k))
        centres, losses = kmeans_arrays.rounds(parts, begin, MOST_ROUNDS, each)
        kept = [promising(row) for row in losses.reshape(resamples, starts)]
        owner = np.repeat(np.arange(resamples), [len(row) for row in kept])
        begin = centres[owner * starts + np.concatenate(kept)]
        centres, losses = kmeans_arrays.rounds(
            parts, begin, MOST_ROUNDS, weights[owner], transfers=True
        )
        labels = np.empty(weights.shape, dtype=np.int16)
        for number in range(resamples):
            own = np.flatnonzero(owner == number)
            labels[number] = kmeans_arrays.nearest(parts, centres[own[ranked(losses[own])[0]]])
        return labels

    return work


def _rounds(
    parts: Features,
    centres: np.ndarray,
    most: int,
    counts: np.ndarray,
    *,
    transfers: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    kernel = _kernel(len(counts) * centres.shape[0] * centres.shape[1], None)
    if not kernel:
        each = np.broadcast_to(counts, (len(centres), len(counts)))
        return kmeans_arrays.rounds(parts, centres, most, each, transfers=transfers)
    wide, centres = kernel.by_feature(parts.table), centres.copy()

    def run(start: int) -> float:
        fixed = parts.own, parts.gaps, parts.tie
        return kernel.lloyd(parts.table, wide, counts, *fixed, centres[start], most, transfers)

    if wide.size * len(centres) < _WORTH_THREADS:
        return centres, np.array([run(start) for start in range(len(centres))])
    with ThreadPoolExecutor(_THREADS) as pool:
        return centres, np.array(list(pool.map(run, range(len(centres)))))


def _settled(
    rows: Centred, counts: np.ndarray, labels: np.ndarray, centres: np.ndarray
) -> Partition:
    """Centres and loss from the labels alone: the same digits whichever path found them."""
    member = (labels[None, :] == np.arange(len(centres))[:, None]) * counts
    known, total = member @ rows.known, member @ rows.values
    centres = np.where(known > 0, total / np.maximum(known, 1e-300), centres)
    residual = rows.values - centres[labels] * rows.known
    return Partition(centres, labels, float(counts @ (residual**2).sum(axis=1)))


def _spread_out(
    rows: Centred, k: int, random: np.random.Generator, weights: np.ndarray | None
) -> np.ndarray:
    """k-means++ (see ``kmeans_arrays.seeds``) on one start."""
    chosen = [int(random.integers(len(rows.values)))]
    if weights is not None:
        chosen = [_drawn(np.cumsum(weights), random)]
    closest = np.full(len(rows.values), np.inf)
    while len(chosen) < k:
        latest = distances(rows, rows.values[chosen[-1]][None, :])[:, 0]
        closest = np.minimum(closest, np.maximum(latest, 0.0))
        total = np.cumsum(closest if weights is None else closest * weights)
        if total[-1] > 0:
            chosen.append(_drawn(total, random))
        else:
            chosen.append(int(random.integers(len(closest))))
    return rows.values[chosen]


def _drawn(total: np.ndarray, random: np.random.Generator) -> int:
    place = int(np.searchsorted(total, random.random() * total[-1], side="right"))
    return min(place, len(total) - 1)
