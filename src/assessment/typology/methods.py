"""One door to all methods: fit once, or many times for the bootstrap."""

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.progress import Progress, silent
from assessment.typology.solution import Solution, Starts

MIXTURES = (Method.JOINT, Method.RESPONSE_STYLE, Method.PLACKETT_LUCE, Method.LATENT_CLASS)
"""Methods with a likelihood."""


def solve(
    data: GoalData,
    method: Method,
    k: int,
    seed: int,
    *,
    starts: Starts | None = None,
    progress: Progress = silent,
) -> Solution:
    """Fit ``k`` classes to usable rows in canonical order (see ``fit.usable``).

    Raises ``InputRefused`` (``TOO_FEW_DIFFERENT``).
    """
    # Imported here: a frozen model of one family needs nothing of the other.
    if method in MIXTURES:
        from assessment.typology.mixture import solve_mixture

        return solve_mixture(data, method, k, seed, starts=starts, progress=progress)
    from assessment.typology.baselines import solve_baseline

    return solve_baseline(data, method, k, seed)


def refit(
    data: GoalData,
    method: Method,
    k: int,
    weights: np.ndarray,
    seed: int,
    *,
    progress: Progress = silent,
) -> np.ndarray:
    """Labels (B, n) under resample counts (B, n), every resample from cold starts of its own."""
    if method in MIXTURES:
        from assessment.typology.mixture import refit_mixture

        return refit_mixture(data, method, k, weights, seed, progress=progress)
    from assessment.typology.baselines import refit_baseline

    return refit_baseline(data, method, k, weights, seed)
