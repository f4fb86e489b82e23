"""Where a municipality stands against its peers, dimension by dimension."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assessment.comparison.disclosure import OrderStatistics, whole_points
from assessment.comparison.peers import PeerIndex, build_peer_index
from assessment.questionnaire.model import Questionnaire
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership

SINGLE_ITEM_NOISE = 25
"""A field that rests on one question moves in whole levels: less than one level says nothing."""
NOISE = 5
"""Smaller differences of a field with several questions are not spoken of."""
MOST_NAMED = 3


class Standing(StrEnum):
    ABOVE = "above"
    SIMILAR = "similar"
    BELOW = "below"
    UNKNOWN = "unknown"
    """Own or peers' value is missing."""


@dataclass(frozen=True, slots=True)
class Position:
    """One dimension: own value and the peers', in whole points 0–100."""

    dimension: str
    own: int | None
    peers: OrderStatistics
    difference: int | None
    """Own minus median, ``None`` where one is missing."""
    noise: int
    """Differences below this are taken as equal."""
    standing: Standing

    @property
    def excess(self) -> int:
        """How far the difference goes beyond noise: what strengths and gaps are chosen by."""
        return abs(self.difference or 0) - self.noise


@dataclass(frozen=True, slots=True)
class Comparison:
    """A municipality among its peers."""

    key: str
    group_id: str
    group_name: str
    group: str
    """As it follows „verglichen mit“: „46 Serviceorientierten“."""
    reason: str
    """Why not the first group of the cascade; ``""`` if it is that one."""
    n_others: int
    positions: tuple[Position, ...]

    @property
    def strengths(self) -> tuple[Position, ...]:
        """At most three dimensions clearly above the peers' median, the largest lead first."""
        return self._named(Standing.ABOVE)

    @property
    def gaps(self) -> tuple[Position, ...]:
        """At most three dimensions clearly below the peers' median, the largest gap first."""
        return self._named(Standing.BELOW)

    def further(self, standing: Standing) -> int:
        """How many more than the named ones stand that way."""
        total = sum(position.standing is standing for position in self.positions)
        return max(0, total - MOST_NAMED)

    def _named(self, standing: Standing) -> tuple[Position, ...]:
        found = [position for position in self.positions if position.standing is standing]
        # Chosen by what goes beyond noise, shown by size; equals keep the questionnaire's order.
        clearest = sorted(found, key=lambda p: (-p.excess, -abs(p.difference or 0)))[:MOST_NAMED]
        return tuple(sorted(clearest, key=lambda p: -abs(p.difference or 0)))


def compare(
    scores: Scores,
    membership: Membership | None,
    survey: Survey,
    key: str,
    *,
    index: PeerIndex | None = None,
) -> Comparison:
    """Compare one municipality with its peers; ``index`` saves ordering the scores again.

    Raises ``KeyError`` for an unknown key.
    """
    index = index or build_peer_index(scores, survey, membership)
    group, reason = index.group_for(key)
    statistics = index.statistics(group, key)
    row = index.rows[key]
    lowest, highest = (frame.to_numpy()[row] for frame in (scores.lowest, scores.highest))
    positions = []
    for place, dimension in enumerate(scores.dimensions):
        own = index.values[row, place]
        noise = noise_of(survey.questionnaire, dimension)
        positions.append(
            _position(
                dimension, float(own), statistics[place], noise, lowest[place], highest[place]
            )
        )
    return Comparison(
        key=key,
        group_id=group.id,
        group_name=group.name,
        group=group.described(group.size - bool(group.members[row])),
        reason=reason,
        n_others=group.size - int(group.members[row]),
        positions=tuple(positions),
    )


def _position(
    dimension: str, own: float, peers: OrderStatistics, noise: int, lowest: float, highest: float
) -> Position:
    rated = None if np.isnan(own) else whole_points(own)
    if rated is None or peers.median is None:
        return Position(dimension, rated, peers, None, noise, Standing.UNKNOWN)
    difference = rated - peers.median
    standing = Standing.SIMILAR
    # Open questions may hide either: only what holds in the best and the worst case is said.
    if difference >= noise and lowest > peers.median:
        standing = Standing.ABOVE
    elif difference <= -noise and highest < peers.median:
        standing = Standing.BELOW
    return Position(dimension, rated, peers, difference, noise, standing)


def noise_of(questionnaire: Questionnaire, dimension: str) -> int:
    """Points by which two values of a dimension may differ without meaning anything."""
    single = len(questionnaire.scored_items(dimension)) == 1
    return SINGLE_ITEM_NOISE if single else NOISE
