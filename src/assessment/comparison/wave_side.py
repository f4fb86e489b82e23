"""One of two waves, with what was worked out of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assessment.comparison.disclosure import whole_points
from assessment.comparison.peers import PeerIndex
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership


@dataclass(frozen=True, eq=False)
class WaveSide:
    """One wave of a comparison."""

    survey: Survey
    scores: Scores
    membership: Membership | None
    """Under the same model in both waves, ``None`` where the survey has no goals."""
    peers: PeerIndex
    typology_mark: str | None = None
    """Mark of that model; types are compared only under equal marks."""
    closed: bool = True
    """False while answers still come in: a wave is a closed period."""

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Ids of the scored dimensions."""
        return self.scores.dimensions

    @cached_property
    def places(self) -> dict[str, int]:
        """Dimension → its column in the scores."""
        return {name: place for place, name in enumerate(self.dimensions)}

    def shown(self, dimension: str, row: int) -> tuple[int | None, int | None]:
        """Points and level as the wave's own pages show them; ``None`` without a score."""
        place = self.places.get(dimension)
        if place is None:
            return None, None
        value = float(self.peers.values[row, place])
        level = int(self.scores.level_values[row, place])
        return None if np.isnan(value) else whole_points(value), level if level >= 0 else None
