"""Everything worked out of one survey, as the profiles read it."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from assessment.comparison.peers import TYPE, PeerIndex, group_sizes
from assessment.measures.association import Associations, prepare_associations
from assessment.measures.model import Catalogue
from assessment.profiles.goals_of import GoalDeviations
from assessment.profiles.middle import Middle, middle_of
from assessment.scoring.robustness import Robustness
from assessment.scoring.scores import Scores
from assessment.survey import Survey
from assessment.typology.model import Membership, TypologyModel


@dataclass(frozen=True, eq=False)
class Assessment:
    """One survey with its results.

    ``typology`` and ``membership`` are ``None`` where the survey has no goals to group by;
    ``typology_refusal`` then says why in one German sentence.
    """

    survey: Survey
    scores: Scores
    typology: TypologyModel | None
    membership: Membership | None
    peers: PeerIndex
    goal_deviations: GoalDeviations | None = None
    typology_refusal: str = ""
    typology_mark: str | None = None
    """Short mark of the frozen model: equal marks, equal typology."""
    own_catalogue: Catalogue | None = None
    """A catalogue of measures instead of the one that comes with the product."""

    @property
    def catalogue(self) -> Catalogue:
        """The measures that are recommended from."""
        # Imported here: a survey is also assessed where nobody asks for measures.
        from assessment.measures.catalogue import load_catalogue

        return self.own_catalogue or load_catalogue()

    @cached_property
    def robustness(self) -> Robustness:
        """Draws of weights and answers, prepared at first use."""
        return Robustness(self.survey, self.scores)

    @cached_property
    def associations(self) -> Associations:
        """What municipalities of a type report more often one level up, prepared at first use."""
        return prepare_associations(self.survey, self.scores, self.membership)

    @cached_property
    def middle(self) -> Middle:
        """Middle score of each municipality's fields, ordered by type."""
        return middle_of(self.peers)


def type_sizes(assessment: Assessment) -> dict[str, int | None]:
    """Municipalities per type, and in none (``""``); ``None`` = hidden, the same on every page."""
    for partition in assessment.peers.partitions:
        if partition.id == TYPE:
            return group_sizes(partition)
    return {}


def mark_of(model: TypologyModel) -> str:
    """The first eight digits of the SHA-256 of the model's JSON."""
    return hashlib.sha256(model.to_json().encode()).hexdigest()[:8]
