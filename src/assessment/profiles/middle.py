"""The middle score of each municipality's fields: where its fields stand as a whole.

The median over the own fields: half of them lie above, half below. It is no index of maturity,
nothing is weighed against anything; it only places a municipality beside the types.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.comparison.disclosure import may_be_shown_together
from assessment.comparison.peers import TYPE, PeerIndex

LEAST_RATED = 0.5
"""Share of the fields that must be rated."""


@dataclass(frozen=True, slots=True, eq=False)
class Middle:
    """Prepared once per survey."""

    values: np.ndarray
    """float64 0–100 per municipality, ``NaN`` where too few fields are rated."""
    ordered: Mapping[str, np.ndarray]
    """Type id → ascending values of its municipalities."""
    admitted: Mapping[str, bool]
    """Type id → whether it may be shown beside the other types."""


def middle_of(peers: PeerIndex) -> Middle:
    """Work out the middle scores; types without a group are left out."""
    values = _row_medians(peers.values)
    known = ~np.isnan(values)
    masks = {label: group.members for (step, label), group in peers.groups.items() if step == TYPE}
    labels = sorted(masks, key=lambda label: (-int((masks[label] & known).sum()), label))
    decisions = may_be_shown_together([known[known], *(masks[label][known] for label in labels)])
    return Middle(
        values,
        {label: np.sort(values[masks[label] & known]) for label in labels},
        dict(zip(labels, decisions[1:], strict=True)),
    )


def _row_medians(values: np.ndarray) -> np.ndarray:
    """Median per row without missing values, shape (n,); rows with too few give ``NaN``."""
    if not values.size:
        return np.full(len(values), np.nan)
    # Sorting puts NaN last, so the middle is a matter of places: faster than nanmedian.
    ordered = np.sort(values, axis=1)
    n = (~np.isnan(values)).sum(axis=1)
    rows = np.arange(len(values))
    low, high = np.maximum((n - 1) // 2, 0), np.minimum(n // 2, values.shape[1] - 1)
    middle = (ordered[rows, low] + ordered[rows, high]) / 2
    return np.where(n >= max(1, LEAST_RATED * values.shape[1]), middle, np.nan)
