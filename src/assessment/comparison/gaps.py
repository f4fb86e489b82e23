"""By how much a municipality falls short: per dimension and question, against each reference.

Only shortfalls count, and each stands for itself: a lead elsewhere never offsets one. When a gap
is clear is the one rule of :mod:`assessment.comparison.uncertainty`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assessment.comparison.comparison import Comparison, Position
from assessment.comparison.disclosure import OrderStatistics, whole_points
from assessment.comparison.gap_types import Gap, GapRow, GapState, Reference
from assessment.comparison.peers import PeerIndex
from assessment.comparison.reference_values import published_comparisons
from assessment.comparison.uncertainty import (
    NO_INTERVAL,
    below,
    median_margin,
    upper_quartile_margin,
)
from assessment.scoring.levels import POINTS_PER_LEVEL
from assessment.scoring.scores import Scores
from assessment.survey import Survey

__all__ = ["dimension_gaps", "item_gaps", "published_comparisons"]

NOT_RATED = "Für dieses Feld fehlen eigene Angaben."
NOT_ANSWERED = "Zu dieser Frage fehlt eine eigene Antwort."
NO_PREVIOUS = "In der früheren Erhebung gibt es dafür keinen vergleichbaren eigenen Wert."
LEVEL_HELD = "Die Punkte reichen, aber eine Bedingung hält die Stufe unter dem Ziel."


@dataclass(frozen=True, slots=True)
class _Own:
    """The own side of a gap."""

    value: int | None
    lowest: float
    highest: float
    noise: int
    missing: str
    level: int | None = None


def dimension_gaps(
    index: PeerIndex,
    comparison: Comparison,
    targets: Mapping[str, tuple[int, int]],
    previous: Mapping[str, int] | None = None,
) -> tuple[GapRow, ...]:
    """Gaps of all dimensions of the municipality of ``comparison``, in questionnaire order.

    ``targets``: dimension → (current, target) level, as answered or set by hand; without an entry
    a row has no such gap. ``previous``: dimension → own earlier points on the same questions;
    ``None`` without an earlier wave.
    """
    row = index.rows[comparison.key]
    scores = index.scores
    lowest, highest = scores.lowest.to_numpy()[row], scores.highest.to_numpy()[row]
    return tuple(
        GapRow(
            id=position.dimension,
            name=index.questionnaire.dimension_by_id[position.dimension].name,
            dimension=position.dimension,
            item=None,
            gaps=_gaps(
                _own_dimension(position, float(lowest[place]), float(highest[place])),
                position.peers,
                targets.get(position.dimension),
                previous,
                position.dimension,
            ),
        )
        for place, position in enumerate(comparison.positions)
    )


def item_gaps(
    index: PeerIndex,
    survey: Survey,
    scores: Scores,
    key: str,
    dimension: str,
    targets: Mapping[str, tuple[int, int]] | None = None,
    previous: Mapping[str, int] | None = None,
) -> tuple[GapRow, ...]:
    """Gaps of the scored questions of one dimension, in questionnaire order.

    ``targets``: as in :func:`dimension_gaps`; a dimension's target is that of its question where
    it has only one. ``previous``: question → own earlier points.
    """
    group, _ = index.group_for(key)
    items = survey.questionnaire.scored_items(dimension)
    own = scores.item_points.to_numpy()[index.rows[key]]
    columns = scores.item_points.columns
    targets = targets or {}
    found = []
    for item in items:
        points = float(own[columns.get_loc(item.id)])
        target = targets.get(item.id)
        if target is None and len(items) == 1:
            target = targets.get(dimension)
        found.append(
            GapRow(
                id=item.id,
                name=item.text,
                dimension=dimension,
                item=item.id,
                gaps=_gaps(
                    _own_item(points, index.item_noise(item.id)),
                    index.item_statistics(group, item.id, key),
                    target,
                    previous,
                    item.id,
                ),
            )
        )
    return tuple(found)


def _own_dimension(position: Position, lowest: float, highest: float) -> _Own:
    return _Own(position.own, lowest, highest, position.noise, NOT_RATED, position.level)


def _own_item(points: float, noise: int) -> _Own:
    value = None if np.isnan(points) else whole_points(points)
    return _Own(value, points, points, noise, NOT_ANSWERED)


def _gaps(
    own: _Own,
    peers: OrderStatistics,
    target: tuple[int, int] | None,
    previous: Mapping[str, int] | None,
    name: str,
) -> dict[Reference, Gap]:
    found = {
        Reference.PEER_MEDIAN: _gap(
            Reference.PEER_MEDIAN,
            own,
            peers.median,
            median_margin(peers),
            peers.n,
            peers.refusal,
        ),
        Reference.PEER_UPPER_QUARTILE: _gap(
            Reference.PEER_UPPER_QUARTILE,
            own,
            peers.high,
            upper_quartile_margin(peers),
            peers.n,
            peers.quartile_refusal,
        ),
    }
    if target is not None:
        found[Reference.OWN_TARGET] = _target_gap(own, target[1])
    if previous is not None:
        found[Reference.PREVIOUS_WAVE] = _gap(
            Reference.PREVIOUS_WAVE, own, previous.get(name), 0.0, None, NO_PREVIOUS
        )
    return found


def _target_gap(own: _Own, level: int) -> Gap:
    """A target is a level and nobody's estimate: below it is below it, whatever one step explains.

    Only where the points suffice and a condition holds the level down is there no distance to name.
    """
    value = min(100, int(level * POINTS_PER_LEVEL))
    gap = _gap(Reference.OWN_TARGET, own, value, 0.0, None, "")
    if gap.state is GapState.UNKNOWN or own.level is None:
        return gap
    missing = max(0, level - own.level)
    if not missing:
        return replace(gap, state=GapState.REACHED, levels=0)
    if not gap.shortfall:
        return replace(gap, state=GapState.INDISTINGUISHABLE, levels=missing, refusal=LEVEL_HELD)
    return replace(gap, state=GapState.SHORTFALL, levels=missing)


def _gap(
    reference: Reference,
    own: _Own,
    value: int | None,
    margin: float | None,
    n: int | None,
    refusal: str,
) -> Gap:
    """One gap; ``margin`` is ``None`` where the uncertainty of ``value`` is unknown."""
    if own.value is None or value is None:
        missing = own.missing if own.value is None else refusal
        return Gap(reference, GapState.UNKNOWN, own.value, value, None, None, None, n, missing)
    shortfall = max(0, value - own.value)
    if margin is None:
        state = GapState.INDISTINGUISHABLE if shortfall else GapState.REACHED
        reason = NO_INTERVAL if shortfall else ""
        return Gap(reference, state, own.value, value, shortfall, None, None, n, reason)
    distance = below(own.value, own.lowest, own.highest, value, margin, own.noise)
    state = GapState.SHORTFALL if distance.clear else GapState.INDISTINGUISHABLE
    if not shortfall:
        state = GapState.REACHED
    return Gap(reference, state, own.value, value, shortfall, distance.low, distance.high, n)
