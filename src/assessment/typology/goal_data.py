"""Answers to the chosen questions as arrays, in the form each method reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class GoalData:
    """Encoded answers of ``n`` municipalities; the parts a survey doesn't have are ``None``."""

    n: int
    rated: np.ndarray | None = None
    """int16 (n, goals): step 0 … ``steps`` - 1 of the scale, -1 = no answer."""
    steps: int = 0
    orders: np.ndarray | None = None
    """int16 (n, places): option put first, second …; -1 = not given, never before a given place."""
    options: int = 0
    links: tuple[int, ...] = ()
    """Per option the column of ``rated`` that asks the same goal, -1 without one."""
    categories: np.ndarray | None = None
    """int16 (n, questions): category 0 … size - 1, -1 = no answer."""
    sizes: tuple[int, ...] = ()
    """Categories of each question."""
    numbers: np.ndarray | None = None
    """float64 (n, questions), NaN = no answer."""

    def take(self, rows: np.ndarray | Sequence[int]) -> "GoalData":
        """The same questions for some rows (index array or bool mask)."""
        chosen = np.asarray(rows)
        arrays = {
            field.name: getattr(self, field.name)[chosen]
            for field in fields(self)
            if isinstance(getattr(self, field.name), np.ndarray)
        }
        n = int(chosen.sum()) if chosen.dtype == bool else len(chosen)
        return replace(self, n=n, **arrays)

    def canonical_order(self) -> np.ndarray:
        """Row order that depends on the answers alone, so that results don't depend on the file."""
        parts = [
            np.where(np.isnan(part), -np.inf, part).astype(float)
            for part in (self.rated, self.orders, self.categories, self.numbers)
            if part is not None
        ]
        return np.lexsort(np.hstack(parts).T[::-1])

    @property
    def ticks(self) -> np.ndarray | None:
        """float64 (n, options): 1 where an option is among those named; NaN rows named none."""
        if self.orders is None:
            return None
        ticks = np.zeros((self.n, self.options))
        rows, places = np.nonzero(self.orders >= 0)
        ticks[rows, self.orders[rows, places]] = 1.0
        ticks[(self.orders < 0).all(axis=1)] = np.nan
        return ticks
