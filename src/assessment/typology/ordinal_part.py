"""Rated goals with response style: the ordinal part of a latent class model.

Partial-credit form. For class g, goal j, step c with centred score s_c the log-odds are
α_jc + s_c (β_gj + λ a) + δ e s_c², where a (shift: some rate everything high) and e (extremity:
some use the ends of the scale) are standard normal per municipality and integrated out on a
Gauss–Hermite grid. Model: ordinal latent class analysis with random response style, Moors (2010),
Int. J. Public Opinion Research 22(1); partial credit: Masters (1982). Answers not given drop out of
the likelihood (full information): nothing is imputed, no row is left out.
"""

from dataclasses import dataclass, replace

import numpy as np

SHIFT_NODES = 7
EXTREMITY_NODES = 5
RIDGE = 0.5
"""Precision of the normal prior on β: keeps classes finite that nearly all answer alike."""
_LEAST_WEIGHT = 2e-4
_DAMPING = 1e-3
_LONGEST_STEP = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalParameters:
    """Of one model. ``threshold`` α (goals, steps), first column 0; ``location`` β (k, goals)."""

    threshold: np.ndarray
    location: np.ndarray
    shift: float
    """λ ≥ 0."""
    extremity: float
    """δ ≥ 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Nodes of the two style traits with their weights, each of shape (nodes,)."""

    shift: np.ndarray
    extremity: np.ndarray
    weight: np.ndarray


def style_grid() -> Grid:
    """Gauss–Hermite grid for two independent standard normal traits (7 × 5, without corners)."""
    a, weight_a = np.polynomial.hermite_e.hermegauss(SHIFT_NODES)
    e, weight_e = np.polynomial.hermite_e.hermegauss(EXTREMITY_NODES)
    weight = np.outer(weight_a, weight_e).ravel()
    weight /= weight.sum()
    # The corners, eight nodes of 35, hold 0.05 % of the mass and a quarter of the work.
    kept = weight > _LEAST_WEIGHT
    weight = weight[kept] / weight[kept].sum()
    return Grid(np.repeat(a, len(e))[kept], np.tile(e, len(a))[kept], weight)


def step_scores(steps: int) -> np.ndarray:
    """Centred scores s_c: … -1, 0, 1 …"""
    return np.arange(steps) - (steps - 1) / 2.0


def node_log_probability(parameters: OrdinalParameters, grid: Grid) -> np.ndarray:
    """Log-probability of every step, shape (k, nodes, goals, steps)."""
    scores = step_scores(parameters.threshold.shape[1])
    located = parameters.location[:, None, :] + parameters.shift * grid.shift[None, :, None]
    eta = located[..., None] * scores
    eta += parameters.threshold
    eta += (parameters.extremity * grid.extremity)[None, :, None, None] * scores**2
    eta -= eta.max(axis=3, keepdims=True)
    eta -= np.log(np.exp(eta).sum(axis=3, keepdims=True))
    return eta


def first_parameters(
    rated: np.ndarray, steps: int, posterior: np.ndarray, rows: np.ndarray
) -> OrdinalParameters:
    """Where to begin: popularity of each step, class means of the centred rows.

    ``rated``: steps (n, goals), -1 = no answer; ``posterior``: weighted memberships (n, k);
    ``rows``: centred answers (n, goals), 0 where unanswered.
    """
    counts = np.stack(
        [((rated == step) * posterior.sum(axis=1)[:, None]).sum(axis=0) for step in range(steps)],
        axis=1,
    )
    shares = (counts + 0.5) / (counts + 0.5).sum(axis=1, keepdims=True)
    threshold = np.log(shares)
    known = posterior.T @ (rated >= 0)
    location = posterior.T @ rows / np.maximum(known, 1e-9)
    return OrdinalParameters(threshold - threshold[:, :1], 0.8 * location, 0.5, 0.1)


def improve(
    parameters: OrdinalParameters, counts: np.ndarray, log_probability: np.ndarray, grid: Grid
) -> OrdinalParameters:
    """One Newton step on the expected counts (k, nodes, goals, steps) of the E-step."""
    steps = counts.shape[3]
    scores = step_scores(steps)
    probability = np.exp(log_probability)
    total = counts.sum(axis=3)
    gradient = counts - total[..., None] * probability
    mean = probability @ scores
    variance = probability @ scores**2 - mean**2
    along = gradient @ scores
    step = _item_steps(parameters, gradient, along, total, probability, mean, variance)
    threshold = parameters.threshold.copy()
    threshold[:, 1:] += step[:, : steps - 1]
    location = parameters.location + step[:, steps - 1 :].T
    trait = grid.shift[None, :, None]
    shift = _single_step((along * trait).sum(), (total * variance * trait**2).sum(), 0.2)
    squares = scores**2
    spread = probability @ squares**2 - (probability @ squares) ** 2
    trait = grid.extremity[None, :, None]
    extremity = _single_step(
        ((gradient @ squares) * trait).sum(), (total * spread * trait**2).sum(), 0.1
    )
    return replace(
        parameters,
        threshold=threshold,
        location=location,
        # Both traits are symmetric, so the sign carries no meaning.
        shift=abs(parameters.shift + shift),
        extremity=abs(parameters.extremity + extremity),
    )


def _item_steps(
    parameters: OrdinalParameters,
    gradient: np.ndarray,
    along: np.ndarray,
    total: np.ndarray,
    probability: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
) -> np.ndarray:
    """Newton steps for (α_j2 … α_jC, β_1j … β_kj) of every goal, shape (goals, C - 1 + k)."""
    k, nodes, goals, steps = gradient.shape
    free = steps - 1
    scores = step_scores(steps)
    score = np.empty((goals, free + k))
    score[:, :free] = gradient[..., 1:].sum(axis=(0, 1))
    score[:, free:] = along.sum(axis=1).T - RIDGE * parameters.location.T
    weighted = total[..., None] * probability[..., 1:]
    left = weighted.transpose(2, 3, 0, 1).reshape(goals, free, k * nodes)
    right = probability[..., 1:].transpose(2, 0, 1, 3).reshape(goals, k * nodes, free)
    information = np.zeros((goals, free + k, free + k))
    information[:, :free, :free] = -left @ right
    diagonal = np.arange(free)
    information[:, diagonal, diagonal] += left.sum(axis=2)
    cross = (weighted * (scores[1:] - mean[..., None])).sum(axis=1)
    information[:, free:, :free] = cross.transpose(1, 0, 2)
    information[:, :free, free:] = cross.transpose(1, 2, 0)
    diagonal = np.arange(free, free + k)
    information[:, diagonal, diagonal] = (total * variance).sum(axis=1).T + RIDGE
    diagonal = np.arange(free + k)
    information[:, diagonal, diagonal] += _DAMPING
    step = np.linalg.solve(information, score[..., None])[..., 0]
    return np.clip(step, -_LONGEST_STEP, _LONGEST_STEP)


def _single_step(gradient: float, information: float, longest: float) -> float:
    return float(np.clip(gradient / (information + 1e-9), -longest, longest))


def penalty(parameters: OrdinalParameters) -> float:
    """Minus the log-prior of β, up to a constant."""
    return 0.5 * RIDGE * float((parameters.location**2).sum())


def parameter_count(goals: int, steps: int, k: int) -> int:
    """Free parameters without the class shares: α, β (identified up to one class), λ, δ."""
    return goals * (steps - 1) + (k - 1) * goals + 2
