"""The one guard through which every statistic about others passes. It fails closed.

Municipalities know their own answers and often each other. The rules are those of official
statistics, set for order statistics of small groups: at least five *others*, quartiles from
twelve, never the smallest or largest value, rounding before anything is shown, nothing from
which a hidden number follows by subtraction. What may not be shown comes with one sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MINIMUM_OTHERS = 5
MINIMUM_MEMBERS = MINIMUM_OTHERS + 1
"""What a page for everybody needs: its reader may be one of the group and knows the own value."""
QUARTILES_FROM = 12
LEAST_ROOM = 1
"""What the sum of hidden cells must leave open for somebody who knows it."""
UNIFORM_HIDDEN_BELOW = 10
"""In a smaller group „all of them“ or „none of them“ is everybody's answer."""

TOO_FEW = "Weniger als 5 andere haben hier geantwortet; der Vergleichswert bleibt verdeckt."
NO_QUARTILES = "Die mittlere Hälfte wird erst ab 12 anderen Kommunen gezeigt."
WOULD_REVEAL = (
    "Im Vergleich mit anderen gezeigten Gruppen ließe sich auf einzelne Kommunen schließen; "
    "der Wert bleibt verdeckt."
)
SMALL_CELL = "Zahlen unter 5 werden nicht gezeigt."


@dataclass(frozen=True, slots=True)
class OrderStatistics:
    """Median and quartiles of others in whole points. ``n`` is ``None`` where it is too small."""

    n: int | None = None
    median: int | None = None
    low: int | None = None
    high: int | None = None
    refusal: str = ""
    """Why there is no median, ``""`` if there is one."""
    quartile_refusal: str = ""
    """Why there are no quartiles, ``""`` if there are."""


@dataclass(frozen=True, slots=True)
class GuardedValue:
    """A mean, share or median of a group, or the sentence why there is none."""

    value: float | None = None
    n: int | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class GuardedCounts:
    """Counts of a distribution whose total is known; ``None`` = hidden."""

    counts: tuple[int | None, ...]
    refusal: str = ""


def order_statistics(
    ordered: np.ndarray,
    *,
    own: float | None = None,
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
) -> OrderStatistics:
    """Median and quartiles of a group for one viewer.

    ``ordered``: ascending values of the whole group, no ``NaN``. ``own``: the viewer's value if the
    viewer belongs to the group; it is taken out first. ``admitted``: what
    :func:`may_be_shown_together` said of the group for this question. ``least``: values needed;
    :data:`MINIMUM_MEMBERS` where the viewer is not known.
    """
    without = _Without(ordered, own)
    refusal = _refusal(without.n, admitted, least)
    if refusal:
        return OrderStatistics(refusal=refusal, quartile_refusal=refusal)
    median = whole_points(without.quantile(0.5))
    if without.n < QUARTILES_FROM:
        return OrderStatistics(without.n, median, quartile_refusal=NO_QUARTILES)
    low, high = (whole_points(without.quantile(q)) for q in (0.25, 0.75))
    return OrderStatistics(without.n, median, low, high)


def _known(values: np.ndarray) -> np.ndarray:
    numbers = np.asarray(values, dtype=float)
    return numbers[~np.isnan(numbers)]


def guarded_median(
    values: np.ndarray,
    *,
    decimals: int = 0,
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
) -> GuardedValue:
    """Median of a group; ``values`` in any order, ``NaN`` ignored."""
    known = _known(values)
    refusal = _refusal(len(known), admitted, least)
    if refusal:
        return GuardedValue(refusal=refusal)
    return GuardedValue(round(float(np.median(known)), decimals), len(known))


def guarded_mean(
    values: np.ndarray,
    *,
    decimals: int = 1,
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
) -> GuardedValue:
    """Mean of a group on a bounded scale; ``NaN`` ignored. Not for amounts of money."""
    known = _known(values)
    refusal = _refusal(len(known), admitted, least)
    if refusal:
        return GuardedValue(refusal=refusal)
    if len(known) < UNIFORM_HIDDEN_BELOW and np.ptp(known) == 0:
        # The reason must not tell a member that all others answered alike.
        return GuardedValue(refusal=WOULD_REVEAL)
    return GuardedValue(round(float(known.mean()), decimals), len(known))


def guarded_counts(counts: Sequence[int]) -> GuardedCounts:
    """Hide small cells of a distribution, and another one where the total would give them away.

    Everything is hidden where the total is under 6 (even an empty cell tells of all the others),
    and where a group under 10 sits in one cell.
    """
    total = sum(counts)
    if total < MINIMUM_MEMBERS:
        return GuardedCounts((None,) * len(counts), TOO_FEW)
    if total < UNIFORM_HIDDEN_BELOW and max(counts) == total:
        return GuardedCounts((None,) * len(counts), SMALL_CELL)
    hidden = {place for place, n in enumerate(counts) if 0 < n < MINIMUM_OTHERS}
    pooled, cells = sum(counts[place] for place in hidden), len(hidden)
    # Who knows the total knows the sum of what is hidden. If that leaves no room (it is one cell,
    # or all but all of them must be 1, or 4), the next cell is hidden as well: the next by
    # position, because a choice by size would tell the size.
    room = min(pooled - cells, (MINIMUM_OTHERS - 1) * cells - pooled)
    if hidden and (pooled < MINIMUM_OTHERS or room < LEAST_ROOM):
        start = min(hidden)
        after = [*range(start + 1, len(counts)), *range(start)]
        partner = next((place for place in after if counts[place] >= MINIMUM_OTHERS), None)
        if partner is None:
            return GuardedCounts((None,) * len(counts), SMALL_CELL)
        hidden.add(partner)
    shown = tuple(None if place in hidden else n for place, n in enumerate(counts))
    return GuardedCounts(shown, SMALL_CELL if hidden else "")


def counts_are_safe(counts: Sequence[int]) -> bool:
    """Whether every cell of a table may be shown as it is: empty or with at least five."""
    return all(_is_safe(int(n)) for n in counts)


def may_be_shown_together(
    groups: Sequence[np.ndarray], *, additive: bool = False
) -> tuple[bool, ...]:
    """Which of several groups may be shown for the same question, first come, first served.

    ``groups``: bool masks over everybody who answered the question, in order of importance. A group
    is admitted if it has at least five members and if, with each group admitted before, every cell
    of the cross table (in both, in one only, in neither) is empty or has at least five: so neither
    differences nor complements single anybody out.

    ``additive``: the statistic adds up (a mean), so that several groups together can be taken from
    the whole; then what all admitted parts leave over must be empty or at least five as well.
    """
    admitted: list[np.ndarray] = []
    decisions = []
    for group in groups:
        mask = np.asarray(group, dtype=bool)
        fits = int(mask.sum()) >= MINIMUM_OTHERS and _is_safe(int((~mask).sum()))
        fits = fits and all(_cells_are_safe(mask, other) for other in admitted)
        if fits and additive and not mask.all():
            parts = [mask, *(other for other in admitted if not other.all())]
            fits = _is_safe(int((~np.any(parts, axis=0)).sum()))
        if fits:
            admitted.append(mask)
        decisions.append(bool(fits))
    return tuple(decisions)


def whole_points(value: float) -> int:
    """Round half up, as people do (Python rounds half to even)."""
    return int(np.floor(value + 0.5))


def _refusal(n: int, admitted: bool, least: int) -> str:
    if n < least:
        return TOO_FEW
    return "" if admitted else WOULD_REVEAL


def _is_safe(n: int) -> bool:
    return n == 0 or n >= MINIMUM_OTHERS


def _cells_are_safe(one: np.ndarray, other: np.ndarray) -> bool:
    cells = (one & other, one & ~other, ~one & other, ~one & ~other)
    return all(_is_safe(int(cell.sum())) for cell in cells)


class _Without:
    """Quantiles of an ordered array from which one value is thought away, without copying it."""

    def __init__(self, ordered: np.ndarray, own: float | None) -> None:
        self._ordered = ordered
        self._gap = len(ordered)
        if own is not None and not np.isnan(own):
            place = int(np.searchsorted(ordered, own))
            if place == len(ordered) or ordered[place] != own:
                raise ValueError("the viewer's value is not in the group")
            self._gap = place
        self.n = len(ordered) - (self._gap < len(ordered))

    def quantile(self, q: float) -> float:
        place = (self.n - 1) * q
        below = int(np.floor(place))
        above = min(below + 1, self.n - 1)
        low, high = self._value(below), self._value(above)
        return low + (high - low) * (place - below)

    def _value(self, rank: int) -> float:
        return float(self._ordered[rank if rank < self._gap else rank + 1])
