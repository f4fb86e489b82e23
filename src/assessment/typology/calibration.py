"""How sure an assignment is: from distances to probabilities.

The probability of a cluster falls with the squared distance over the answered goals, as in a
mixture of round normal distributions with common variance: fewer answers, less certainty.
Fitted to the very rows it describes, such a model is too sure of itself. So its variance is
stretched by the larger of two factors: 1.3 (measured on simulated goal surveys with known types:
calibration error 0.01 with clear, 0.02 with overlapping types) and the one under which models
fitted on half of the municipalities best predict where the other half goes.
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.assignment import best_pairs
from assessment.typology.kmeans import distances, kmeans
from assessment.typology.response_style import Centred

LEAST_STRETCH = 1.3
_MOST_STRETCH = 8.0
_HALVINGS = 10
_HALF_STARTS = 5
_MOST_ROWS = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """``shares`` (k,) of the clusters, ``variance`` of an answer around its centre, stretched."""

    shares: np.ndarray
    variance: float
    stretch: float


def probabilities(rows: Centred, centres: np.ndarray, spread: Spread) -> np.ndarray:
    """Membership probabilities, shape (rows, k); each row sums to 1."""
    return _posterior(distances(rows, centres), spread.shares, spread.variance)


def learn_spread(rows: Centred, centres: np.ndarray, seed: int) -> Spread:
    """Estimate shares and variance for given centres and stretch the variance."""
    squared = distances(rows, centres)
    shares, variance = _mixture(squared, rows.known.sum())
    stretch = LEAST_STRETCH
    if len(rows.values) >= 20 * len(centres):
        stretch = max(stretch, _stretch_by_halves(rows, centres, shares, variance, seed))
    return Spread(shares, variance * stretch, stretch)


def _posterior(squared: np.ndarray, shares: np.ndarray, variance: float) -> np.ndarray:
    logarithm = np.log(shares) - squared / (2.0 * variance)
    weight = np.exp(logarithm - logarithm.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True)


def _mixture(squared: np.ndarray, answers: float, rounds: int = 200) -> tuple[np.ndarray, float]:
    """Shares and common variance by expectation-maximisation, centres held fixed."""
    k = squared.shape[1]
    shares = np.full(k, 1.0 / k)
    variance = max(float(squared.min(axis=1).sum() / answers), 1e-6)
    for _ in range(rounds):
        posterior = _posterior(squared, shares, variance)
        shares = np.maximum(posterior.mean(axis=0), 1e-6)
        shares = shares / shares.sum()
        new = max(float((posterior * squared).sum() / answers), 1e-6)
        if abs(new - variance) < 1e-9 * variance:
            break
        variance = new
    return shares, variance


def _stretch_by_halves(
    rows: Centred, centres: np.ndarray, shares: np.ndarray, variance: float, seed: int
) -> float:
    """The stretch under which the model best predicts assignments by models of the other half."""
    # Imported here for the reason given in assignment.best_pairs.
    from scipy.optimize import minimize_scalar

    random = np.random.default_rng(seed)
    k = len(centres)
    squared = distances(rows, centres)
    seen: list[np.ndarray] = []
    labels: list[np.ndarray] = []
    for _ in range(_HALVINGS):
        order = random.permutation(len(rows.values))[:_MOST_ROWS]
        half = len(order) // 2
        for fitted, judged in ((order[:half], order[half:]), (order[half:], order[:half])):
            try:
                part = kmeans(_take(rows, fitted), k, starts=_HALF_STARTS, seed=seed)
            except ValueError:
                # This half has fewer different rows than clusters: it says nothing.
                continue
            apart = ((part.centres[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
            names = best_pairs(apart)[1]
            seen.append(judged)
            labels.append(names[distances(_take(rows, judged), part.centres).argmin(axis=1)])
    if not seen:
        return LEAST_STRETCH
    rows_seen, names_seen = np.concatenate(seen), np.concatenate(labels)

    def surprise(stretch: float) -> float:
        posterior = _posterior(squared, shares, variance * stretch)
        return float(-np.log(posterior[rows_seen, names_seen] + 1e-12).mean())

    found = minimize_scalar(
        surprise, bounds=(0.3, _MOST_STRETCH), method="bounded", options={"xatol": 0.01}
    )
    return round(float(found.x), 2)


def _take(rows: Centred, chosen: np.ndarray) -> Centred:
    return Centred(rows.values[chosen], rows.known[chosen])
