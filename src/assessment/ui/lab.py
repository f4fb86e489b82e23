"""The typology lab: fit with chosen goals and settings, look at it, freeze it."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from assessment.figures.counts import Count
from assessment.figures.goal_profile import Series
from assessment.german import count_of, format_number
from assessment.questionnaire.model import Item, ItemKind, Role
from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.centred_kmeans import fit_typology
from assessment.typology.goals import goal_items
from assessment.typology.item_choice import battery_of
from assessment.typology.model import Cluster, Membership, MembershipState, TypologyModel
from assessment.typology.reference import load_reference
from assessment.ui.goal_words import short_goals
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_line import case_number

STATE_NAMES = {
    MembershipState.ASSIGNED: "sicher zugeordnet",
    MembershipState.LIKELY: "eher zugeordnet",
    MembershipState.MIXED: "zwischen zwei Typen",
    MembershipState.NOT_ASSIGNABLE: "nicht zuordenbar",
}
_RATED = (ItemKind.RATING, ItemKind.LEVEL, ItemKind.SINGLE, ItemKind.RANKING, ItemKind.MULTIPLE)


@dataclass(frozen=True, slots=True, eq=False)
class LabResult:
    """A typology and what it says about the survey it was tried on."""

    model: TypologyModel
    membership: Membership

    def in_state(self, state: MembershipState) -> int:
        """Municipalities in one state."""
        return int((self.membership.state == state).sum())


@st.cache_resource(scope="session", max_entries=6, show_spinner="Die Typen werden berechnet …")
def fit(identifier: str, items: tuple[str, ...], k: int, seed: int, _survey: Survey) -> LabResult:
    """Fit once per session and setting; ``identifier`` stands for the survey."""
    model = fit_typology(_survey, items=items, k=k, seed=seed)
    return LabResult(model, model.assign(_survey))


def goal_candidates(survey: Survey) -> list[Item]:
    """Questions a typology could be built on: the goals first, then other rated questions."""
    present = [
        item
        for item in survey.questionnaire.items
        if item.id in survey.answers.columns and item.kind in _RATED
    ]
    return sorted(present, key=lambda item: not item.has(Role.GOAL))


def default_goals(survey: Survey) -> list[Item]:
    """The questions a typology uses by itself, as far as the file has them.

    Where no goals are marked: the largest battery, as a first look (see ``battery_of``).
    """
    if not marks_goals(survey):
        try:
            return [survey.questionnaire[item] for item in battery_of(survey)]
        except InputRefused:
            # Nothing to group by: the analyst chooses, nothing is preselected.
            return []
    usual = goal_items(survey.questionnaire)
    return [item for item in usual if item.id in survey.answers.columns]


def marks_goals(survey: Survey) -> bool:
    """Whether the questionnaire says which questions are goals."""
    return bool(survey.questionnaire.with_role(Role.GOAL))


def cluster_table(result: LabResult) -> dict[str, list[str]]:
    """One row a type: name, likeness to the published type, size, certainty."""
    clusters = result.model.clusters
    first = result.membership.first
    sure = result.membership.state == MembershipState.ASSIGNED
    names = {
        "Name": [_named(cluster) for cluster in clusters],
        "r": [format_number(cluster.correlation, 2) for cluster in clusters],
        "Abstand zum nächsten Namen": [format_number(cluster.margin, 2) for cluster in clusters],
    }
    return {
        "Typ": [
            f"{cluster.id} · {cluster.name}" if cluster.named else cluster.name
            for cluster in clusters
        ],
        **(names if comparable(result) else {}),
        "Kommunen": [format_number(int((first == cluster.id).sum())) for cluster in clusters],
        "davon sicher": [
            _part(int(((first == cluster.id) & sure).sum()), int((first == cluster.id).sum()))
            for cluster in clusters
        ],
    }


def _named(cluster: Cluster) -> str:
    if cluster.named:
        return "passt"
    if cluster.best is None:
        return "nicht vergleichbar"
    published = load_reference().type_of(cluster.best)
    return f"zu schwach ({published.name if published else cluster.best})"


def _part(part: int, total: int) -> str:
    return count_of(part, total) if total else "–"


def state_counts(result: LabResult) -> list[Count]:
    """How surely the municipalities are assigned."""
    return [
        Count(name, result.in_state(state), hollow=state is MembershipState.NOT_ASSIGNABLE)
        for state, name in STATE_NAMES.items()
    ]


def goal_series(result: LabResult) -> list[Series]:
    """Goal profile of each type."""
    return [
        Series(cluster.name, tuple(cluster.centre), cluster.id) for cluster in result.model.clusters
    ]


def fitted_on(result: LabResult) -> str:
    """From how many municipalities the groups were formed."""
    placed = len(result.membership.state) - result.in_state(MembershipState.NOT_ASSIGNABLE)
    return case_number(placed)


def goal_names(result: LabResult) -> list[str]:
    """Short names of the goals of a model."""
    return short_goals([column.label for column in result.model.columns])


def fit_sentence(result: LabResult) -> str:
    """What came out, in one or two sentences."""
    total = len(result.membership.state)
    sure = result.in_state(MembershipState.ASSIGNED)
    named = sum(cluster.named for cluster in result.model.clusters)
    k = len(result.model.clusters)
    names = (
        f"{named} von {k} Gruppen gleichen einem veröffentlichten Typ genug, um seinen Namen zu "
        "tragen."
        if comparable(result)
        else "Mit den veröffentlichten Typen lassen sich diese Fragen nicht vergleichen; die "
        "Gruppen tragen Nummern."
    )
    return f"{names} Sicher zugeordnet: {count_of(sure, total) if total else '–'} der Kommunen."


def comparable(result: LabResult) -> bool:
    """Whether the chosen questions can be set against the published descriptions."""
    return any(cluster.best is not None for cluster in result.model.clusters)


def change_sentence(result: LabResult, current: TakenSurvey) -> str:
    """How many municipalities get another type than on the other pages."""
    old = current.assessment.membership
    if old is None:
        return ""
    before, after = (
        np.asarray(old.first, dtype=object),
        np.asarray(result.membership.first, dtype=object),
    )
    both = np.array(
        [isinstance(a, str) and isinstance(b, str) for a, b in zip(before, after, strict=True)]
    )
    changed = int((before[both] != after[both]).sum())
    if not changed:
        return "Gegenüber den anderen Seiten ändert sich kein Typ."
    return (
        f"Gegenüber den anderen Seiten bekämen {format_number(changed)} von "
        f"{format_number(int(both.sum()))} Kommunen einen anderen Typ."
    )
