"""The classifier that knows how a goal survey was drawn: no method can beat it on average.

Bayes' rule with the true parameters of a :class:`~assessment.simulation.goal_survey.Scenario`.
Response style is integrated on a Gauss–Hermite grid. Personal taste makes ratings and ranking
depend on each other; there the ranking's likelihood is averaged over tastes drawn from their exact
distribution given the ratings (a truncated normal each), so a few hundred draws are enough.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import logsumexp, ndtr, ndtri

from assessment.simulation.goal_survey import (
    GOALS,
    SHARES,
    SHARPNESS,
    STEPS,
    THRESHOLDS,
    TYPES,
    Scenario,
)

_SHIFT_POINTS = 15
_EXTREMITY_POINTS = 9
_CHUNK = 500
_EDGES = np.concatenate([[-np.inf], THRESHOLDS, [np.inf]])


@dataclass(frozen=True, slots=True, eq=False)
class _StyleGrid:
    """Points of response style, each of shape (points,)."""

    shift: np.ndarray
    extremity: np.ndarray
    log_weight: np.ndarray


def posterior(log_likelihood: np.ndarray) -> np.ndarray:
    """Probability of each type, shape (n, types), from log-likelihoods of the same shape."""
    joint = log_likelihood + np.log(SHARES)
    return np.exp(joint - logsumexp(joint, axis=1, keepdims=True))


def rating_log_likelihood(scenario: Scenario, ratings: np.ndarray) -> np.ndarray:
    """Log-likelihood of ratings (n, goals; -1 = no answer) under each type, shape (n, types).

    Raises ``ValueError`` for scenarios with disturbances that have no oracle here.
    """
    _check(scenario)
    grid = _grid(scenario)
    found = [
        np.asarray(logsumexp(part + grid.log_weight, axis=1))
        for part in _by_style(scenario, ratings, grid)
    ]
    return np.column_stack(found)


def ranking_log_likelihood(scenario: Scenario, orders: np.ndarray) -> np.ndarray:
    """Log-likelihood of the goals put first, second … (n, places), shape (n, types).

    Raises ``ValueError`` for scenarios with disturbances that have no oracle here.
    """
    _check(scenario)
    if scenario.taste_sd:
        unrated = np.full((len(orders), GOALS), -1)
        return joint_log_likelihood(scenario, unrated, orders)
    return np.column_stack([_plackett_luce(centre, orders) for centre in scenario.centres])


def joint_log_likelihood(
    scenario: Scenario, ratings: np.ndarray, orders: np.ndarray, draws: int = 400, seed: int = 0
) -> np.ndarray:
    """Log-likelihood of ratings and ranking together, shape (n, types).

    ``draws``: tastes drawn per municipality and type where taste enters both.
    Raises ``ValueError`` for scenarios with disturbances that have no oracle here.
    """
    _check(scenario)
    if not scenario.taste_sd:
        ranked = ranking_log_likelihood(scenario, orders)
        return rating_log_likelihood(scenario, ratings) + ranked
    random = np.random.default_rng(seed)
    chunks = [slice(start, start + _CHUNK) for start in range(0, len(ratings), _CHUNK)]
    return np.vstack(
        [_with_taste(scenario, ratings[rows], orders[rows], draws, random) for rows in chunks]
    )


def naive_joint_log_likelihood(
    scenario: Scenario, ratings: np.ndarray, orders: np.ndarray
) -> np.ndarray:
    """As if ratings and ranking were independent within types: each exact, but simply added."""
    ranked = ranking_log_likelihood(scenario, orders)
    return rating_log_likelihood(scenario, ratings) + ranked


def _check(scenario: Scenario) -> None:
    disturbed = replace(
        scenario,
        factor_sd=0.0,
        tail_scale=None,
        typeless=0.0,
        threshold_sd=0.0,
        straightliners=0.0,
        style_classes=False,
    )
    if disturbed != scenario:
        raise ValueError("no oracle for this scenario")


def _grid(scenario: Scenario) -> _StyleGrid:
    shift, shift_weight = np.polynomial.hermite_e.hermegauss(_SHIFT_POINTS)
    stretch, stretch_weight = np.polynomial.hermite_e.hermegauss(_EXTREMITY_POINTS)
    shifts, extremities = np.meshgrid(
        scenario.shift_sd * shift, np.exp(scenario.extremity_sd * stretch), indexing="ij"
    )
    weight = np.outer(shift_weight, stretch_weight).ravel()
    return _StyleGrid(shifts.ravel(), extremities.ravel(), np.log(weight / weight.sum()))


def _by_style(scenario: Scenario, ratings: np.ndarray, grid: _StyleGrid) -> list[np.ndarray]:
    """Per type the log-likelihood of each municipality at each point of style, (n, points)."""
    answered = (ratings[:, :, None] == np.arange(STEPS)).reshape(len(ratings), -1).astype(float)
    spread = np.hypot(1.0, scenario.taste_sd)
    edges = (_EDGES - grid.shift[:, None]) / grid.extremity[:, None]
    found = []
    for centre in scenario.centres:
        cells = np.diff(ndtr((edges[:, None, :] - centre[:, None]) / spread), axis=2)
        logs = np.log(np.clip(cells, 1e-12, 1.0)).reshape(len(edges), -1)
        found.append(answered @ logs.T)
    return found


def _plackett_luce(utility: np.ndarray, orders: np.ndarray) -> np.ndarray:
    """Log-probability of each order; ``utility``: importance of shape (..., goals).

    With leading axes (n, draws) the result has shape (n, draws), else (n,).
    """
    strength = np.exp(SHARPNESS * utility)
    rest = strength.sum(axis=-1)
    result = np.zeros(len(orders))
    if utility.ndim > 1:
        result = result[:, None]
    for place in orders.T:
        taken = (
            strength[place]
            if utility.ndim == 1
            else np.take_along_axis(strength, place[:, None, None].astype(int), axis=2)[:, :, 0]
        )
        result = result + np.log(taken) - np.log(rest)
        rest = rest - taken
    return result


def _with_taste(
    scenario: Scenario,
    ratings: np.ndarray,
    orders: np.ndarray,
    draws: int,
    random: np.random.Generator,
) -> np.ndarray:
    grid = _grid(scenario)
    n = len(ratings)
    # The same random numbers under every type: their noise cancels in the comparison.
    which, where = random.random((n, draws)), random.random((n, draws, GOALS))
    own = random.normal(size=(n, draws, GOALS))
    variance = 1.0 + scenario.taste_sd**2
    shrink = scenario.taste_sd**2 / variance
    found = np.empty((n, TYPES))
    for kind, part in enumerate(_by_style(scenario, ratings, grid)):
        weighted = part + grid.log_weight
        rated = np.asarray(logsumexp(weighted, axis=1))
        cumulated = np.cumsum(np.exp(weighted - rated[:, None]), axis=1)
        points = np.array(
            [np.searchsorted(row, at) for row, at in zip(cumulated, which, strict=True)]
        )
        points = np.minimum(points, len(grid.shift) - 1)
        shift, extremity = grid.shift[points][:, :, None], grid.extremity[points][:, :, None]
        centre = scenario.centres[kind]
        known = (ratings >= 0)[:, None, :]
        step = np.maximum(ratings, 0)[:, None, :]
        low = np.where(known, _EDGES[step], -np.inf)
        high = np.where(known, _EDGES[step + 1], np.inf)
        deviation = _between(
            ((low - shift) / extremity - centre) / np.sqrt(variance),
            ((high - shift) / extremity - centre) / np.sqrt(variance),
            where,
        ) * np.sqrt(variance)
        taste = shrink * deviation + np.sqrt(shrink) * own
        ranked = _plackett_luce(centre + taste, orders)
        found[:, kind] = rated + logsumexp(ranked, axis=1) - np.log(draws)
    return found


def _between(low: np.ndarray, high: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Standard normal draws between two bounds, by inversion in the tail nearer to them."""
    upper = low > 0
    left, right = np.where(upper, -high, low), np.where(upper, -low, high)
    below, above = ndtr(left), ndtr(right)
    found = ndtri(np.clip(below + uniform * (above - below), 1e-300, 1 - 1e-16))
    return np.where(upper, -found, found)
