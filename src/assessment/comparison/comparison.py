"""Where a municipality stands against its peers, dimension by dimension."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from assessment.comparison.disclosure import OrderStatistics, whole_points
from assessment.comparison.peers import PeerIndex, build_peer_index
from assessment.comparison.uncertainty import NO_INTERVAL, above, below, median_margin
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership

MOST_NAMED = 3
STRENGTH_FROM_LEVEL = 2
"""Who leads at level 0 or 1 is ahead of others who have hardly begun: no strength yet."""


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
    """What one answer's step explains; smaller differences are taken as equal."""
    standing: Standing
    level: int | None = None
    """Own level 0–4."""
    note: str = ""
    """Why a difference as large as this is not called clear; ``""`` if nothing is to be said."""

    @property
    def clearness(self) -> float:
        """How often the difference holds what one answer explains: the order of naming."""
        return abs(self.difference or 0) / self.noise

    @property
    def early_lead(self) -> bool:
        """Above the median, yet still at a level too low to be called a strength."""
        ahead = self.standing is Standing.ABOVE
        return ahead and self.level is not None and self.level < STRENGTH_FROM_LEVEL


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
    n_others: int | None
    """``None`` where the size of the group would tell that of a very small one."""
    positions: tuple[Position, ...]

    @property
    def strengths(self) -> tuple[Position, ...]:
        """The three clearest leads over the peers' median at most, the largest first."""
        return self._named(Standing.ABOVE)

    @property
    def gaps(self) -> tuple[Position, ...]:
        """The three clearest gaps to the peers' median at most, the largest first."""
        return self._named(Standing.BELOW)

    @property
    def early_leads(self) -> int:
        """Dimensions above the median that are no strengths because of their own low level."""
        return sum(position.early_lead for position in self.positions)

    def further(self, standing: Standing) -> int:
        """How many more than the named ones could be named."""
        return max(0, len(self._candidates(standing)) - MOST_NAMED)

    def _candidates(self, standing: Standing) -> list[Position]:
        return [p for p in self.positions if p.standing is standing and not p.early_lead]

    def _named(self, standing: Standing) -> tuple[Position, ...]:
        # Chosen by clearness: fields of many questions before those of one with the same
        # difference, because one answer moves them less. Shown by size, as readers expect of
        # numbers in a list. Equals keep the questionnaire's order.
        clearest = sorted(self._candidates(standing), key=lambda p: -p.clearness)[:MOST_NAMED]
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
    noise = index.short_noise if scores.short_form.iloc[row] else index.noise
    positions = []
    for place, dimension in enumerate(scores.dimensions):
        found = _position(
            dimension,
            float(index.values[row, place]),
            statistics[place],
            noise[place],
            lowest[place],
            highest[place],
        )
        level = int(scores.level_values[row, place])
        positions.append(replace(found, level=level if level >= 0 else None))
    return Comparison(
        key=key,
        group_id=group.id,
        group_name=group.name,
        group=group.described(group.size - bool(group.members[row])),
        reason=reason,
        n_others=group.size - int(group.members[row]) if group.size_shown else None,
        positions=tuple(positions),
    )


def _position(
    dimension: str, own: float, peers: OrderStatistics, noise: int, lowest: float, highest: float
) -> Position:
    rated = None if np.isnan(own) else whole_points(own)
    if rated is None or peers.median is None:
        return Position(dimension, rated, peers, None, noise, Standing.UNKNOWN)
    difference = rated - peers.median
    standing, note = Standing.SIMILAR, ""
    margin = median_margin(peers)
    if margin is None:
        note = NO_INTERVAL if abs(difference) >= noise else ""
    # Open questions may hide either: only what holds in the best and the worst case is said.
    elif above(rated, lowest, highest, peers.median, margin, noise).clear:
        standing = Standing.ABOVE
    elif below(rated, lowest, highest, peers.median, margin, noise).clear:
        standing = Standing.BELOW
    return Position(dimension, rated, peers, difference, noise, standing, note=note)
