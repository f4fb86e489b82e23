"""Parameters of a mixture as one vector, and the extrapolation that shortens its climb.

Expectation–maximisation creeps where classes overlap. Two of its steps show direction and
curvature; SQUAREM (Varadhan and Roland 2008, Scandinavian Journal of Statistics 35(2), scheme S3)
goes on along them. Whether the leap helped is for the caller to check.
"""

from dataclasses import dataclass, replace

import numpy as np

from assessment.typology.ordinal_part import OrdinalParameters
from assessment.typology.ranking_part import RankingParameters

_LONGEST = 32.0


@dataclass(frozen=True, slots=True, eq=False)
class MixtureParameters:
    """``shares`` (k,); the parts a model doesn't have are ``None``."""

    shares: np.ndarray
    ordinal: OrdinalParameters | None = None
    ranking: RankingParameters | None = None
    category: np.ndarray | None = None
    """Log-probabilities (k, Σ sizes)."""


def leap(
    start: MixtureParameters, once: MixtureParameters, twice: MixtureParameters
) -> MixtureParameters | None:
    """Extrapolate from ``start`` and its next two steps; ``None`` where there is no gain."""
    zero, one, two = _vector(start), _vector(once), _vector(twice)
    step = one - zero
    bend = two - one - step
    length = float(np.sqrt((step @ step) / max(float(bend @ bend), 1e-300)))
    if not np.isfinite(length) or length <= 1.0:
        return None
    length = min(length, _LONGEST)
    return _parameters(start, zero + 2.0 * length * step + length**2 * bend)


def _vector(parameters: MixtureParameters) -> np.ndarray:
    parts = [np.log(parameters.shares)]
    if parameters.ordinal is not None:
        part = parameters.ordinal
        parts += [part.threshold.ravel(), part.location.ravel()]
        parts.append(np.array([part.shift, part.extremity]))
    if parameters.ranking is not None:
        part = parameters.ranking
        parts += [part.worth.ravel(), np.array([part.own_rating])]
        if part.class_rating is not None:
            parts.append(part.class_rating.ravel())
    if parameters.category is not None:
        parts.append(parameters.category.ravel())
    return np.concatenate(parts)


def _parameters(like: MixtureParameters, vector: np.ndarray) -> MixtureParameters:
    """Read a vector back, with shares and worths brought to sum 1 again."""
    place = 0

    def following(shape: tuple[int, ...]) -> np.ndarray:
        nonlocal place
        size = int(np.prod(shape))
        place += size
        return vector[place - size : place].reshape(shape)

    found = MixtureParameters(_shares(following(like.shares.shape)))
    if like.ordinal is not None:
        threshold = following(like.ordinal.threshold.shape)
        location = following(like.ordinal.location.shape)
        shift, extremity = np.abs(following((2,)))
        ordinal = OrdinalParameters(threshold, location, float(shift), float(extremity))
        found = replace(found, ordinal=ordinal)
    if like.ranking is not None:
        worth = following(like.ranking.worth.shape)
        worth = worth - np.log(np.exp(worth).sum(axis=1, keepdims=True))
        own = float(following((1,))[0])
        mean = like.ranking.class_rating
        mean = None if mean is None else following(mean.shape)
        found = replace(found, ranking=RankingParameters(worth, own, mean))
    if like.category is not None:
        found = replace(found, category=following(like.category.shape))
    return found


def _shares(logarithm: np.ndarray) -> np.ndarray:
    shares = np.exp(logarithm - logarithm.max())
    return np.maximum(shares / shares.sum(), 1e-8)
