"""How much each goal tells about the type, and how the types differ in it.

The information a goal gives (mutual information, Cover and Thomas 2006, Elements of Information
Theory, p. 19–22) is what its answer alone, without all other answers, takes from the uncertainty
about the type. It is measured on the answers as given, so a goal everybody rates alike gives none.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.response_style import learn_preparation

BINS = 5
"""Numbers are cut into as many equally filled groups."""


@dataclass(frozen=True, slots=True)
class Importance:
    """What one question tells about the type."""

    part: str
    """``"rated"``, ``"ranked"``, ``"categories"`` or ``"numbers"``: part of :class:`GoalData`."""
    column: int
    """Its column there; for ``"ranked"`` the option."""
    bits: float
    """Mutual information of answer and type, at least 0."""
    share: float
    """``bits`` as a share of the uncertainty about the type before any answer, 0–1."""
    n: int
    """Municipalities with an answer."""


def goal_importance(
    data: GoalData, posterior: np.ndarray, weights: np.ndarray | None = None
) -> tuple[Importance, ...]:
    """Importance of every question, in the order of the data (sort by ``bits`` to show).

    ``posterior`` (n, k): membership probabilities; rows with ``NaN`` are left out. ``weights``
    (n,), by default all 1. What chance alone would give is taken off (Miller 1955: (steps - 1)
    (types - 1) / 2n nats).
    """
    weights = np.ones(data.n) if weights is None else np.asarray(weights, dtype=float)
    known = ~np.isnan(posterior).any(axis=1) & (weights > 0)
    weighted = np.where(known[:, None], posterior * weights[:, None], 0.0)
    found: list[Importance] = []
    for part, column, codes, size in answer_codes(data):
        used = known & (codes >= 0)
        table = np.zeros((size, posterior.shape[1]))
        np.add.at(table, codes[used], weighted[used])
        effective = _effective(weights[used])
        bits, entropy = _information(table, effective)
        share = min(bits / entropy, 1.0) if entropy > 0 else 0.0
        found.append(Importance(part, column, bits, share, int(used.sum())))
    return tuple(found)


def answer_codes(data: GoalData) -> list[tuple[str, int, np.ndarray, int]]:
    """Each question as (part, column, codes int (n,) with -1 = no answer, number of codes).

    A ranking gives one question an option: named (1) or not (0). Numbers are cut at quantiles.
    """
    found: list[tuple[str, int, np.ndarray, int]] = []
    if data.rated is not None:
        found += [("rated", j, data.rated[:, j], data.steps) for j in range(data.rated.shape[1])]
    ticks = data.ticks
    if ticks is not None:
        named = np.where(np.isnan(ticks), -1, np.nan_to_num(ticks)).astype(int)
        found += [("ranked", j, named[:, j], 2) for j in range(data.options)]
    if data.categories is not None:
        found += [("categories", j, data.categories[:, j], s) for j, s in enumerate(data.sizes)]
    if data.numbers is not None:
        for j, values in enumerate(data.numbers.T):
            given = ~np.isnan(values)
            cuts = np.quantile(values[given], np.arange(1, BINS) / BINS) if given.any() else []
            edges = np.unique(cuts)
            codes = np.where(given, np.searchsorted(edges, values, side="left"), -1)
            found.append(("numbers", j, codes, len(edges) + 1))
    return found


def relative_points(values: np.ndarray) -> np.ndarray:
    """Ratings 0–100 (n, goals) as points above or below the municipality's own average.

    How popular a goal is with all is taken off before, so 0 = as expected; ``NaN`` = no answer.
    """
    known = ~np.isnan(values)
    rows, columns = known.any(axis=1), known.any(axis=0)
    relative = np.full(values.shape, np.nan)
    if not rows.any():
        return relative
    used = values[np.ix_(rows, columns)]
    used = used - learn_preparation(used).item_means
    used -= np.nanmean(used, axis=1, keepdims=True)
    relative[np.ix_(rows, columns)] = used
    return relative


def profile_effects(
    values: np.ndarray, posterior: np.ndarray, weights: np.ndarray | None = None
) -> np.ndarray:
    """How far each type lies from all others on each column, (k, columns), in standard deviations.

    ``values`` (n, columns), ``NaN`` = no answer, e.g. of :func:`relative_points`; ``posterior``
    (n, k), ``NaN`` rows left out. Difference of posterior-weighted means over the pooled standard
    deviation; ``NaN`` where there is nothing to compare, as with one type.
    """
    weights = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=float)
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    member = np.where(np.isnan(posterior), 0.0, posterior) * weights[:, None]
    rest = member.sum(axis=1, keepdims=True) - member
    mean, variance, mass = _weighted_moments(filled, known, member)
    other, other_variance, other_mass = _weighted_moments(filled, known, rest)
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = (mass * variance + other_mass * other_variance) / (mass + other_mass)
        effects = (mean - other) / np.sqrt(pooled)
    return np.where(np.isfinite(effects), effects, np.nan)


def _weighted_moments(
    filled: np.ndarray, known: np.ndarray, member: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mass = member.T @ known
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = member.T @ filled / mass
        variance = np.maximum(member.T @ filled**2 / mass - mean**2, 0.0)
    return mean, variance, mass


def _effective(weights: np.ndarray) -> float:
    """How many equally weighted rows say as much."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def _information(table: np.ndarray, n: float) -> tuple[float, float]:
    """Mutual information and entropy of the columns of a table of weights, in bits."""
    total = table.sum()
    if total <= 0 or n <= 0:
        return 0.0, 0.0
    joint = table / total
    of_step, of_type = joint.sum(axis=1), joint.sum(axis=0)
    chance = ((of_step > 0).sum() - 1) * ((of_type > 0).sum() - 1) / (2 * n * np.log(2))
    bits = _entropy(of_step) + _entropy(of_type) - _entropy(joint.ravel()) - chance
    return max(float(bits), 0.0), _entropy(of_type)


def _entropy(shares: np.ndarray) -> float:
    positive = shares[shares > 0]
    return float(-(positive * np.log2(positive)).sum())
