"""Optimal assignment of clusters to names: each used once, the total cost as small as possible."""

import numpy as np


def best_pairs(cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row and column indices of the cheapest pairing of a cost matrix (Hungarian problem)."""
    # Imported here: assigning municipalities with a frozen model needs no scipy, and importing its
    # optimizers takes longer than everything else a start computes.
    from scipy.optimize import linear_sum_assignment

    return linear_sum_assignment(cost)
