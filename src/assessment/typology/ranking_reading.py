"""Is a column of a ranking the rank of an item, or the item on a rank? Both are tried.

Files ship with either, and nothing in the numbers forbids the wrong one: the German goals of Croon
(1989) in the R package PLMIX are shipped inverted. The reading under which a Plackett–Luce mixture
fits better is proposed.
"""

from dataclasses import dataclass, replace

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.mixture import solve_mixture
from assessment.typology.solution import Starts

_CLASSES = (1, 2, 3)
_MOST_ROWS = 3000
CLEAR = 10.0
"""Difference of BIC from which one reading is called better (Raftery 1995: very strong)."""


@dataclass(frozen=True, slots=True)
class ReadingTest:
    """BIC of the best of 1 to 3 classes under each reading (smaller is better)."""

    as_given: float
    inverted: float

    @property
    def invert(self) -> bool:
        """Whether the other reading fits clearly better."""
        return self.as_given - self.inverted > CLEAR

    @property
    def clear(self) -> bool:
        return abs(self.as_given - self.inverted) > CLEAR


def compare_readings(data: GoalData, seed: int) -> ReadingTest | None:
    """Compare both readings of a full ranking; ``None`` where only one is possible."""
    orders = data.orders
    if orders is None or orders.shape[1] < data.options:
        return None
    full = orders[(orders >= 0).all(axis=1)]
    if len(full) > _MOST_ROWS:
        random = np.random.default_rng(seed)
        full = full[np.sort(random.choice(len(full), _MOST_ROWS, replace=False))]
    if len(full) < 10:
        return None
    turned = np.argsort(full, axis=1).astype(np.int16)
    return ReadingTest(_best_bic(full, data, seed), _best_bic(turned, data, seed))


def _best_bic(orders: np.ndarray, data: GoalData, seed: int) -> float:
    ranked = replace(
        GoalData(n=len(orders)), orders=orders, options=data.options, links=(-1,) * data.options
    )
    fits = [
        solve_mixture(ranked, Method.PLACKETT_LUCE, k, seed, starts=Starts(2, 2)).fit
        for k in _CLASSES
    ]
    return min(fit.bic for fit in fits if fit is not None)
