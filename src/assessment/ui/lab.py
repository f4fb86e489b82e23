"""The typology lab: fit with chosen goals and settings, look at it, freeze it."""

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from assessment.figures.counts import HIDDEN, Count
from assessment.figures.goal_profile import Series
from assessment.german import count_of, format_number
from assessment.profiles.typology_summary import (
    TypologySummary,
    changed_types,
    typology_summary,
)
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
NAMES_NOTE = (
    "r sagt, wie sehr die Gruppe der veröffentlichten Beschreibung gleicht (höchstens 1). "
    "Der Abstand sagt, wie viel besser dieser Name passt als der nächste."
)
_RATED = (ItemKind.RATING, ItemKind.LEVEL, ItemKind.SINGLE, ItemKind.RANKING, ItemKind.MULTIPLE)


@dataclass(frozen=True, eq=False)
class LabResult:
    """A typology and what it says about the survey it was tried on."""

    model: TypologyModel
    membership: Membership

    @cached_property
    def summary(self) -> TypologySummary:
        """Counts as far as they may be shown."""
        return typology_summary(self.membership)


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


def unmarked_sentence(preselected: bool) -> str:
    """What to do with a questionnaire that doesn't say which questions are goals."""
    if preselected:
        return (
            "Der Fragebogen kennzeichnet keine Ziele. Vorgewählt ist die größte Gruppe "
            "gleichartiger Fragen; bitte prüfen, ob sie Ziele oder Haltungen erfasst."
        )
    return "Der Fragebogen kennzeichnet keine Ziele. Bitte mindestens drei Fragen wählen."


def cluster_table(result: LabResult) -> dict[str, list[str]]:
    """One row a type: name, likeness to the published type, size, certainty."""
    clusters = result.model.clusters
    counts = [result.summary.types[cluster.id] for cluster in clusters]
    likeness = [
        (cluster.correlation, cluster.margin) if count.profile_shown else (None, None)
        for cluster, count in zip(clusters, counts, strict=True)
    ]
    names = {
        "Name": [_named(cluster) for cluster in clusters],
        "r": [format_number(correlation, 2) for correlation, _ in likeness],
        "Abstand zum nächsten Namen": [format_number(margin, 2) for _, margin in likeness],
    }
    return {
        "Typ": [
            f"{cluster.id} · {cluster.name}" if cluster.named else cluster.name
            for cluster in clusters
        ],
        **(names if comparable(result) else {}),
        "Kommunen": [HIDDEN if count.n is None else format_number(count.n) for count in counts],
        "davon sicher": [_part(count.sure, count.n) for count in counts],
    }


def _named(cluster: Cluster) -> str:
    if cluster.named:
        return "passt"
    if cluster.best is None:
        return "nicht vergleichbar"
    published = load_reference().type_of(cluster.best)
    return f"zu schwach ({published.name if published else cluster.best})"


def _part(part: int | None, total: int | None) -> str:
    if part is None or total is None:
        return HIDDEN
    return count_of(part, total) if total else "–"


def state_counts(result: LabResult) -> list[Count]:
    """How surely the municipalities are assigned."""
    return [
        Count(
            name,
            result.summary.states[state],
            hollow=state is MembershipState.NOT_ASSIGNABLE or result.summary.states[state] is None,
        )
        for state, name in STATE_NAMES.items()
    ]


def goal_series(result: LabResult) -> list[Series]:
    """Goal profile of each type."""
    return [
        Series(cluster.name, tuple(cluster.centre), cluster.id)
        for cluster in result.model.clusters
        # The profile of very few is what they answered.
        if result.summary.types[cluster.id].profile_shown
    ]


def fitted_on(result: LabResult) -> str:
    """From how many municipalities the groups were formed."""
    placed = result.summary.placed
    return "" if placed is None else case_number(placed)


def goal_names(result: LabResult) -> list[str]:
    """Short names of the goals of a model."""
    return short_goals([column.label for column in result.model.columns])


def fit_sentence(result: LabResult) -> str:
    """What came out, in one or two sentences."""
    total = len(result.membership.state)
    sure = result.summary.states[MembershipState.ASSIGNED]
    named = sum(cluster.named for cluster in result.model.clusters)
    k = len(result.model.clusters)
    names = (
        f"{named} von {k} Gruppen gleichen einem veröffentlichten Typ genug, um seinen Namen zu "
        "tragen."
        if comparable(result)
        else "Mit den veröffentlichten Typen lassen sich diese Fragen nicht vergleichen; die "
        "Gruppen tragen Nummern."
    )
    share = HIDDEN if sure is None else count_of(sure, total) if total else "–"
    return f"{names} Sicher zugeordnet: {share} der Kommunen."


def comparable(result: LabResult) -> bool:
    """Whether the chosen questions can be set against the published descriptions."""
    return any(cluster.best is not None for cluster in result.model.clusters)


def change_sentence(result: LabResult, current: TakenSurvey) -> str:
    """How many municipalities get another type than on the other pages."""
    old = current.assessment.membership
    if old is None:
        return ""
    changed, both = changed_types(old, result.membership)
    if changed == 0:
        return "Gegenüber den anderen Seiten ändert sich kein Typ."
    return (
        "Gegenüber den anderen Seiten bekämen "
        f"{'weniger als 5' if changed is None else format_number(changed)} von "
        f"{format_number(both)} Kommunen einen anderen Typ."
    )
