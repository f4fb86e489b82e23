"""The one guard through which every statistic about others passes. It fails closed.

Municipalities know their own answers and often each other. The rules are those of official
statistics, set for order statistics of small groups (security note, section 6):

1. count from inside: at least five *others* who answered – :func:`order_statistics`,
   :func:`guarded_median`, :func:`guarded_mean`, :func:`guarded_share`, :func:`guarded_amount`;
2. dominance of sums and means of amounts – :func:`guarded_amount`;
3. order statistics are values: never the smallest or largest, quartiles from twelve, box plots
   from twenty – :func:`order_statistics`, :func:`box_plot_allowed`;
4. shares at the ends – :func:`guarded_share`; distributions in which almost everybody answered
   alike – :func:`guarded_counts`;
5. what follows from totals – :func:`guarded_counts` in one line,
   :mod:`~assessment.comparison.table_suppression` in tables;
6. differences of groups – :func:`may_be_shown_together`, :func:`admitted_groups` for many prepared
   groups, :mod:`~assessment.comparison.shown_groups` for groups chosen freely;
7. releases – :mod:`~assessment.comparison.release`;
8. small types – :func:`named_to_others`;
9. rounding before anything is shown – everywhere here.

What may not be shown comes with one sentence. Who gets a value may show it, whoever looks.
"""

from collections.abc import Sequence

import numpy as np

from assessment.comparison.disclosure_rules import (
    BOX_PLOT_FROM,
    COALITION,
    DOMINATED,
    MINIMUM_MEMBERS,
    MINIMUM_OTHERS,
    NO_BOX_PLOT,
    NO_QUARTILES,
    QUARTILES_FROM,
    SMALL_CELL,
    TOO_ALIKE,
    TOO_FEW,
    WOULD_REVEAL,
    GuardedCounts,
    GuardedShare,
    GuardedValue,
    OrderStatistics,
    box_plot_allowed,
    counts_are_safe,
    is_safe,
    refusal_of,
    whole_points,
)
from assessment.comparison.group_lattice import admitted_groups, step_labels
from assessment.comparison.guarded_amounts import guarded_amount, guarded_share

__all__ = [
    "BOX_PLOT_FROM",
    "COALITION",
    "DOMINATED",
    "MINIMUM_MEMBERS",
    "MINIMUM_OTHERS",
    "NO_BOX_PLOT",
    "NO_QUARTILES",
    "QUARTILES_FROM",
    "SMALL_CELL",
    "TOO_ALIKE",
    "TOO_FEW",
    "WOULD_REVEAL",
    "GuardedCounts",
    "GuardedShare",
    "GuardedValue",
    "OrderStatistics",
    "admitted_groups",
    "box_plot_allowed",
    "counts_are_safe",
    "guarded_amount",
    "guarded_answers",
    "guarded_counts",
    "guarded_mean",
    "guarded_median",
    "guarded_share",
    "is_safe",
    "may_be_shown_together",
    "named_to_others",
    "order_statistics",
    "step_labels",
    "whole_points",
]

LEAST_ROOM = 1
"""What the sum of hidden cells must leave open for somebody who knows it."""
LEAST_WIDTH = 0.2
"""Share of the scale by which a municipality's value must stay open (rule 5)."""


def order_statistics(
    ordered: np.ndarray,
    *,
    own: float | None = None,
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
) -> OrderStatistics:
    """Median and quartiles of a group for one viewer (rules 1, 3, 6, 9).

    ``ordered``: ascending values of the whole group. ``own``: the viewer's value if the viewer
    belongs to the group; it is taken out first. ``admitted``: what :func:`admitted_groups` or
    :func:`may_be_shown_together` said of the group for this question. ``least``: values needed,
    never fewer than five; :data:`MINIMUM_MEMBERS` where the viewer is not known.

    Raises ``ValueError`` for values that are not ascending numbers, or where ``own`` is not among
    them.
    """
    ordered = _ascending(ordered)
    without = _Without(ordered, own)
    refusal = refusal_of(without.n, admitted, least)
    if refusal:
        return OrderStatistics(refusal=refusal, quartile_refusal=refusal)
    median = whole_points(without.quantile(0.5))
    if without.n < QUARTILES_FROM:
        return OrderStatistics(without.n, median, quartile_refusal=NO_QUARTILES)
    low, high = (whole_points(without.quantile(q)) for q in (0.25, 0.75))
    return OrderStatistics(without.n, median, low, high)


def guarded_median(
    values: np.ndarray,
    *,
    decimals: int = 0,
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
) -> GuardedValue:
    """Median of a group; ``values`` in any order, ``NaN`` ignored (rules 1, 3, 6, 9)."""
    known = _known(values)
    refusal = refusal_of(len(known), admitted, least)
    if refusal:
        return GuardedValue(refusal=refusal)
    return GuardedValue(round(float(np.median(known)), decimals), len(known))


def guarded_mean(
    values: np.ndarray,
    *,
    own: float | None = None,
    decimals: int = 1,
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
    scale: tuple[float, float] | None = None,
    step: float = 0.0,
) -> GuardedValue:
    """Mean of a group on a bounded scale; ``NaN`` ignored (rules 1, 4, 6, 9). Not for amounts.

    ``own``: the viewer's value if the viewer is among ``values``; it is taken out first.
    ``scale``: smallest and largest possible answer, ``step``: distance of two answers, as far as
    they are known; without them what was answered stands for them. A mean so near to the end of the
    scale that the answers of single municipalities follow is refused, also for two who put their
    answers together.

    Raises ``ValueError`` where a value lies outside the scale, or ``own`` is not among them.
    """
    known = _without(np.sort(_known(values), kind="stable"), own)
    refusal = refusal_of(len(known), admitted, least)
    if refusal:
        return GuardedValue(refusal=refusal)
    low, high = scale or (float(known[0]), float(known[-1]))
    if not (low <= known[0] and known[-1] <= high):
        raise ValueError("values outside the scale")
    room = max(LEAST_WIDTH * (high - low), step)
    slack = len(known) * 0.5 * 10.0**-decimals
    # A reader of a page for everybody may be inside, and so may a second one; who is known to be
    # outside brings one along at most.
    partners = COALITION if least > MINIMUM_OTHERS else COALITION - 1
    below = float((high - known[partners:]).sum()) + slack
    above = float((known[: len(known) - partners] - low).sum()) + slack
    if high == low or min(below, above) < room:
        # The reason must not tell a member that all others answered alike.
        return GuardedValue(refusal=WOULD_REVEAL)
    return GuardedValue(round(float(known.mean()), decimals), len(known))


def guarded_counts(counts: Sequence[int], *, public: bool = False) -> GuardedCounts:
    """Hide small cells of a distribution, and another one where the total would give them away
    (rules 1, 4, 5).

    Everything is hidden where the total is under 6 (even an empty cell tells of all the others),
    and where fewer than five stand outside the largest cell: a group of one mind would tell
    everybody's answer at any size. ``public``: the cells are properties everybody knows anyway
    (Land, kind, size class), not answers; then a single cell may hold everybody.

    Raises ``ValueError`` for counts that are no whole numbers from 0.
    """
    counts = _whole_counts(counts)
    total = sum(counts)
    if total < MINIMUM_MEMBERS:
        return GuardedCounts((None,) * len(counts), TOO_FEW)
    if not public and total - max(counts) < MINIMUM_OTHERS:
        # Also where a few do stand apart: if only uniform answers were hidden, hiding told them.
        return GuardedCounts((None,) * len(counts), TOO_ALIKE)
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


def guarded_answers(counts: Sequence[int], without: int) -> GuardedCounts:
    """Counts per answer and, last, of those without an answer (rules 1, 4, 5).

    Who answered may be known, so the answers are guarded on their own first: those without one are
    neither a different answer nor a partner that hides a small cell. Raises ``ValueError`` as
    :func:`guarded_counts`.
    """
    alone, together = guarded_counts(counts), guarded_counts([*counts, without])
    if None not in alone.counts:
        return together
    shown = tuple(
        None if n is None else other
        for n, other in zip(alone.counts, together.counts[:-1], strict=True)
    )
    return GuardedCounts((*shown, together.counts[-1]), alone.refusal)


def may_be_shown_together(
    groups: Sequence[np.ndarray], *, additive: bool = False
) -> tuple[bool, ...]:
    """Which of several groups may be shown for the same question, first come, first served
    (rules 1, 6).

    ``groups``: bool masks over everybody who answered the question, in order of importance. A group
    is admitted if it has at least five members and if, with each group admitted before, every cell
    of the cross table (in both, in one only, in neither) is empty or has at least five: so neither
    differences nor complements single anybody out.

    ``additive``: the statistic adds up (a mean), so that several groups together can be taken from
    the whole; then what all admitted parts leave over must be empty or at least five as well.

    Raises ``ValueError`` where masks are not bool or differ in length.
    """
    masks = [np.asarray(group) for group in groups]
    if any(m.ndim != 1 or m.dtype != bool or len(m) != len(masks[0]) for m in masks):
        raise ValueError("groups must be bool masks of one length")
    admitted: list[np.ndarray] = []
    decisions = []
    for mask in masks:
        fits = int(mask.sum()) >= MINIMUM_OTHERS and is_safe(int((~mask).sum()))
        fits = fits and all(_cells_are_safe(mask, other) for other in admitted)
        if fits and additive and not mask.all():
            parts = [mask, *(other for other in admitted if not other.all())]
            fits = is_safe(int((~np.any(parts, axis=0)).sum()))
        if fits:
            admitted.append(mask)
        decisions.append(bool(fits))
    return tuple(decisions)


def named_to_others(members: int, own: bool = False) -> bool:
    """Rule 8: whether a type with so many members is named to a municipality.

    The type itself is information: who stands in a type of fewer than five is told to nobody but
    its members (``own``). Lists such as „most similar municipalities“ never use it.
    """
    return own or members >= MINIMUM_OTHERS


def _known(values: np.ndarray) -> np.ndarray:
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1 or np.isinf(numbers).any():
        raise ValueError("values must be finite numbers in one dimension, or NaN")
    return numbers[~np.isnan(numbers)]


def _ascending(ordered: np.ndarray) -> np.ndarray:
    numbers = np.asarray(ordered, dtype=float)
    # One comparison per pair refuses also NaN, which is neither below nor above anything.
    rising = numbers.ndim == 1 and bool(np.all(numbers[1:] >= numbers[:-1]))
    if not rising or not np.isfinite(numbers[:1]).all() or not np.isfinite(numbers[-1:]).all():
        raise ValueError("values must be finite numbers in ascending order")
    return numbers


def _whole_counts(counts: Sequence[int]) -> list[int]:
    numbers = [int(n) for n in counts]
    if any(n < 0 or n != given for n, given in zip(numbers, counts, strict=True)):
        raise ValueError("counts must be whole numbers from 0")
    return numbers


def _cells_are_safe(one: np.ndarray, other: np.ndarray) -> bool:
    cells = (one & other, one & ~other, ~one & other, ~one & ~other)
    return all(is_safe(int(cell.sum())) for cell in cells)


def _place_of(ordered: np.ndarray, own: float | None) -> int:
    """Where the viewer's value stands; the length where there is none to take out."""
    if own is None or np.isnan(own):
        return len(ordered)
    place = int(np.searchsorted(ordered, own))
    if place == len(ordered) or ordered[place] != own:
        raise ValueError("the viewer's value is not in the group")
    return place


def _without(ordered: np.ndarray, own: float | None) -> np.ndarray:
    place = _place_of(ordered, own)
    return ordered if place == len(ordered) else np.delete(ordered, place)


class _Without:
    """Quantiles of an ordered array from which one value is thought away, without copying it."""

    def __init__(self, ordered: np.ndarray, own: float | None) -> None:
        self._ordered = ordered
        self._gap = _place_of(ordered, own)
        self.n = len(ordered) - (self._gap < len(ordered))

    def quantile(self, q: float) -> float:
        place = (self.n - 1) * q
        below = int(np.floor(place))
        above = min(below + 1, self.n - 1)
        low, high = self._value(below), self._value(above)
        return low + (high - low) * (place - below)

    def _value(self, rank: int) -> float:
        return float(self._ordered[rank if rank < self._gap else rank + 1])
