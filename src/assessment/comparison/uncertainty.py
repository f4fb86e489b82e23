"""When a difference is „deutlich“: one rule for standings, gaps and types.

Besides one answer's step (:mod:`assessment.comparison.answer_step`), a difference must exceed the
uncertainty of the group's value. That follows from shown numbers only (n, quartiles), never from
single answers. Under a normal approximation with σ estimated as IQR / 1.349:

- median: SE = 1.2533 · σ / √n. McGill, Tukey & Larsen (1978), „Variations of Box Plots“, The
  American Statistician 32(1), build their notch ±1.57 · IQR / √n on the same standard error, but
  with the factor 1.7, meant for comparing two notches by eye. One median against a fixed value
  takes 1.96: ±1.82 · IQR / √n.
- upper quartile: SE = √(p(1 − p)) / φ(z_p) · σ / √n with p = 0.75, that is 1.3626 · σ / √n (the
  asymptotic standard error of a quantile, e.g. David & Nagaraja 2003, „Order Statistics“,
  section 10.2): ±1.98 · IQR / √n.
"""

from dataclasses import dataclass
from math import ceil, floor, hypot, sqrt

from assessment.comparison.disclosure import QUARTILES_FROM, OrderStatistics

Z_95 = 1.96
NORMAL_IQR = 1.349
"""Interquartile range of the standard normal distribution."""
MEDIAN_SE = 1.2533
"""√(π/2)."""
UPPER_QUARTILE_SE = 1.3626
"""√(0.75 · 0.25) / φ(0.6745)."""

NO_INTERVAL = (
    "Unter 12 anderen Antworten ist nicht abzuschätzen, wie genau der Wert der Gruppe ist; "
    "der Unterschied gilt deshalb nicht als deutlich."
)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a value lies below another one, in whole points."""

    low: int
    """Least it can be, 0 or more."""
    high: int
    """Most it can be, 0 or more."""
    clear: bool
    """Beyond one answer's step, and not explained by uncertainty."""


def median_margin(peers: OrderStatistics) -> float | None:
    """Half the 95 % interval of a median in points; ``None`` without quartiles (n under 12)."""
    return _margin(peers, MEDIAN_SE)


def upper_quartile_margin(peers: OrderStatistics) -> float | None:
    """Half the 95 % interval of an upper quartile in points; ``None`` without quartiles."""
    return _margin(peers, UPPER_QUARTILE_SE)


def _margin(peers: OrderStatistics, standard_error: float) -> float | None:
    if peers.low is None or peers.high is None:
        return None
    # Where n is hidden, quartiles still tell that it is at least twelve.
    n = peers.n or QUARTILES_FROM
    return Z_95 * standard_error * (peers.high - peers.low) / NORMAL_IQR / sqrt(n)


def below(
    own: int, lowest: float, highest: float, value: int, margin: float, noise: int
) -> Distance:
    """How far ``own`` lies below ``value``; all in points 0–100.

    ``lowest`` and ``highest``: the own value if everything open were answered worst or best.
    ``margin``: half the interval of ``value`` (0 for one's own target). ``noise``: what one
    answer's step explains. An interval that touches 0 is never clear.
    """
    low = max(0, floor(value - margin - highest))
    high = max(0, ceil(value + margin - lowest))
    return Distance(low, high, clear=value - own >= noise and low > 0)


def above(
    own: int, lowest: float, highest: float, value: int, margin: float, noise: int
) -> Distance:
    """How far ``own`` lies above ``value``: the same rule mirrored."""
    return below(100 - own, 100 - highest, 100 - lowest, 100 - value, margin, noise)


def clearly_above(one: OrderStatistics, other: OrderStatistics) -> bool:
    """Whether the median of one group lies above that of another beyond chance (95 %).

    False where either has no quartiles.
    """
    margins = median_margin(one), median_margin(other)
    if one.median is None or other.median is None or margins[0] is None or margins[1] is None:
        return False
    return one.median - other.median > hypot(margins[0], margins[1])
