"""A typology with one number of types and what its panels read from it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assessment.figures.counts import HIDDEN
from assessment.figures.style import with_letter
from assessment.german import count_of, format_percent
from assessment.profiles.goal_words import short_goals
from assessment.profiles.typology_summary import TypologySummary, typology_summary
from assessment.survey import Survey
from assessment.typology.agreement import cross_table, match_labels
from assessment.typology.answer_map import AnswerMap, answer_map
from assessment.typology.fit import freeze
from assessment.typology.model import Cluster, Membership, MembershipState, TypologyModel
from assessment.typology.study_types import BaselineResult, Candidate, TypologyStudy
from assessment.typology.usable import UsableGoals
from assessment.ui.lab_show import Drawn

STATE_NAMES = {
    MembershipState.ASSIGNED: "sicher zugeordnet",
    MembershipState.LIKELY: "eher zugeordnet",
    MembershipState.MIXED: "zwischen zwei Typen",
    MembershipState.NOT_ASSIGNABLE: "nicht zuordenbar",
}


@dataclass(frozen=True, eq=False)
class LabResult:
    """Study, model and assignment of one number of types."""

    survey: Survey
    study: TypologyStudy
    k: int
    model: TypologyModel
    membership: Membership

    @cached_property
    def answer_map(self) -> AnswerMap:
        """Places of the municipalities on the map."""
        return answer_map(self.model.goals.values(self.survey))

    @cached_property
    def drawn(self) -> Drawn:
        """Charts drawn so far: a rerun shows them again without drawing."""
        return {}

    @cached_property
    def summary(self) -> TypologySummary:
        """Counts as far as they may be shown."""
        return typology_summary(self.membership)

    @property
    def candidate(self) -> Candidate:
        return self.study.candidate(self.k)

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        return self.model.clusters

    @cached_property
    def goal_names(self) -> list[str]:
        """Short names of the goals a profile shows."""
        return short_goals([column.label for column in self.model.columns])

    @cached_property
    def names(self) -> dict[str, str]:
        """Type id → name."""
        return {cluster.id: cluster.name for cluster in self.clusters}

    def told(self, type_id: str) -> str:
        """A type's letter and name."""
        return with_letter(type_id, self.names.get(type_id, type_id))

    @property
    def comparable(self) -> bool:
        """Whether the chosen questions can be set against the published descriptions."""
        return any(cluster.best is not None for cluster in self.clusters)

    @cached_property
    def labels(self) -> np.ndarray:
        """int (n,): place of each municipality's type among the clusters, -1 = none."""
        return np.asarray(self.membership.first.cat.codes, dtype=int)

    @cached_property
    def class_places(self) -> list[int]:
        """For each class of the solution the place of its type among the clusters, -1 = none."""
        own = np.asarray(self.candidate.solution.labels)
        return [int(p) for p in match_labels(self.labels[self.study.rows], own, self.k)]

    @property
    def baselines(self) -> tuple[BaselineResult, ...]:
        """The other methods, where they were computed for this number of types."""
        return self.study.baselines if self.study.chosen_k == self.k else ()

    def baseline_labels(self, baseline: BaselineResult) -> np.ndarray:
        """int (n,) over the survey: another method's classes in its own numbering, -1 = none."""
        labels = np.full(len(self.survey.keys), -1)
        labels[self.study.rows] = baseline.solution.labels
        return labels

    def table_with(self, other: np.ndarray, classes: int) -> np.ndarray:
        """Counts of the types against another labelling of the survey."""
        return cross_table(self.labels, other, self.k, classes)

    def standing(self, row: int) -> str:
        """How surely a municipality belongs to its type, in words."""
        state = self.membership.state.iloc[row]
        if state == MembershipState.NOT_ASSIGNABLE:
            return STATE_NAMES[state]
        strength = format_percent(float(self.membership.strength.iloc[row]))
        kind = self.told(str(self.membership.first.iloc[row]))
        return f"{kind}, {STATE_NAMES[state]} ({strength})"

    def name_at(self, row: int) -> str:
        """Name of the municipality at a row of the survey."""
        return self.survey.name_of(str(self.survey.keys[row]))

    def state_count(self, state: MembershipState) -> int:
        """Municipalities of a state, not guarded."""
        return int((self.membership.state == state).sum())


def lab_result(survey: Survey, study: TypologyStudy, k: int, found: UsableGoals) -> LabResult:
    """The model of one number of types, applied to the survey; ``found``: what was fitted."""
    model = freeze(survey, found, study.candidate(k).solution, study.seed)
    return LabResult(survey, study, k, model, model.assign(survey))


def sure_shares(result: LabResult) -> list[float]:
    """Share of surely assigned municipalities in each type, 0–1, not guarded."""
    sure = (result.membership.state == MembershipState.ASSIGNED).to_numpy()
    return [
        float(sure[result.labels == place].mean()) if (result.labels == place).any() else 0.0
        for place in range(result.k)
    ]


def at_least(share: float) -> str:
    """A share whose count may not be shown, rounded down to steps of five percent."""
    steps = int(share * 20)
    return f"mindestens {format_percent(steps / 20)}" if steps else HIDDEN


def part_of(part: int | None, total: int | None, share: float) -> str:
    """A part of a count in words; where the count is hidden, how much it is at least."""
    if total is None:
        return HIDDEN
    if part is None:
        return at_least(share)
    return count_of(part, total) if total else "–"
