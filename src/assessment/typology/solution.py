"""What a method finds: memberships, fit, and the measurement by which new cases are placed."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method


class Measurement(Protocol):
    """What a frozen typology keeps of a method: enough to place any municipality."""

    def probabilities(self, data: GoalData) -> np.ndarray:
        """Membership probabilities (n, k), rows sum to 1; any answers may be missing."""
        ...

    def with_classes(self, order: list[int]) -> "Measurement":
        """The same with its classes in another order."""
        ...

    def as_plain(self) -> dict[str, Any]:
        """Plain numbers and lists for JSON; ``kind`` names the class."""
        ...


@dataclass(frozen=True, slots=True)
class Starts:
    """How often a method begins anew. ``seeded``: from k-means; ``random``: from random rows."""

    seeded: int = 5
    random: int = 5


@dataclass(frozen=True, slots=True)
class FitStatistics:
    """Likelihood of a model and what follows from it (natural logarithms)."""

    log_likelihood: float
    parameters: int
    bic: float
    icl: float
    """BIC plus twice the entropy of the memberships (smaller is better, as BIC)."""
    aic: float
    entropy_r2: float
    """1 = every membership is certain, 0 = none is; 1 for a single class."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """``k`` classes of the fitted rows, in the method's own order (names come later)."""

    method: Method
    k: int
    posterior: np.ndarray
    """float64 (n, k). Methods without probabilities of their own give stretched ones."""
    labels: np.ndarray
    """int (n,): the class of highest probability (for k-means the nearest centre)."""
    shares: np.ndarray
    """float64 (k,), sum 1."""
    fit: FitStatistics | None
    """``None`` for methods without a likelihood."""
    starts_tried: int
    starts_best: int
    """How many starts reached the best result found."""
    measurement: Measurement
