"""Random numbers by name, and quotas that hit declared shares exactly.

Every part of the simulation draws from a stream of its own, named after what it is for: a new item
or a changed share leaves all other answers as they were.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Streams:
    """Reproducible streams for one sample of ``n`` municipalities in wave 1 or 2.

    Latent variables of wave 2 are those of wave 1 with some of the chance drawn anew, so that the
    same municipality stays recognisable.
    """

    seed: int
    n: int
    wave: int = 1

    def generator(self, name: str, *, wave: int | None = None) -> np.random.Generator:
        """A generator that depends on seed, name and wave only."""
        number = self.wave if wave is None else wave
        return np.random.default_rng([self.seed, zlib.crc32(name.encode()), number])

    def normal(self, name: str, persistence: float, columns: int = 1) -> np.ndarray:
        """Standard normal draws, shape (n, columns), correlated ``persistence`` over the waves."""
        first = self.generator(name, wave=1).standard_normal((self.n, columns))
        if self.wave == 1:
            return first
        anew = self.generator(name).standard_normal((self.n, columns))
        return persistence * first + np.sqrt(1 - persistence**2) * anew

    def first_wave(self) -> "Streams":
        """The streams of the first wave of the same sample."""
        return Streams(self.seed, self.n, 1)


def quota(shares: Sequence[float], total: int) -> np.ndarray:
    """Whole numbers adding up to ``total`` in proportion to ``shares`` (largest remainder)."""
    exact = np.asarray(shares, dtype=float)
    exact = exact / exact.sum() * total
    counts = np.floor(exact).astype(int)
    order = np.argsort(counts - exact, kind="stable")
    counts[order[: total - counts.sum()]] += 1
    return counts


def capped_quota(shares: Sequence[float], total: int, cap: int) -> np.ndarray:
    """Like :func:`quota`, but no number exceeds ``cap``; ``ValueError`` if there is no room."""
    weights = np.asarray(shares, dtype=float)
    if cap * int((weights > 0).sum()) < total:
        raise ValueError(f"{total} do not fit into {len(weights)} parts of at most {cap}")
    counts = np.zeros(len(weights), dtype=int)
    while (rest := total - int(counts.sum())) > 0:
        free = np.where(counts < cap, weights, 0.0)
        counts = np.minimum(counts + quota(free, rest), cap)
    return counts


def shuffled(
    labels: Sequence[str], counts: np.ndarray, generator: np.random.Generator
) -> np.ndarray:
    """Each label as often as its count says, in random order; object array of text."""
    return generator.permutation(np.repeat(np.array(labels, dtype=object), counts))


def cut_points(latent: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    """Thresholds that cut ``latent`` (shape (m,), no ties) into classes of exactly these shares.

    Returns ``len(shares) - 1`` ascending values; a class of zero share gets an empty interval.
    """
    ordered = np.sort(latent)
    ends = np.cumsum(quota(shares, len(ordered)))[:-1]
    padded = np.concatenate([[-np.inf], ordered, [np.inf]])
    below, above = padded[ends], padded[ends + 1]
    return np.where(ends == 0, -np.inf, np.where(ends == len(ordered), np.inf, (below + above) / 2))


def classes(latent: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """Class number (0 = lowest) of each value under the thresholds of :func:`cut_points`."""
    return np.searchsorted(cuts, latent, side="right")
