"""One type's Steckbrief, and the D-Team: what each type can learn from the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.comparison.comparison import MOST_NAMED
from assessment.comparison.disclosure import (
    MINIMUM_MEMBERS,
    GuardedValue,
    counts_are_safe,
)
from assessment.german import count_of, format_number
from assessment.profiles.d_team import Lesson, TypeField, lessons_of, type_fields
from assessment.profiles.goals_group import goal_groups
from assessment.profiles.goals_of import GoalDeviations, goal_type, group_means
from assessment.profiles.header import provenance
from assessment.profiles.plain import as_plain
from assessment.profiles.provenance import ProvenanceRecord, provenance_record
from assessment.profiles.results import Assessment, type_sizes
from assessment.profiles.texts import points, sentence
from assessment.typology.model import Cluster, MembershipState
from assessment.typology.reference import MunicipalityType, Statement, load_reference


@dataclass(frozen=True, slots=True)
class TypeGoal:
    """One goal: mean deviation from the own average, in this type and in all municipalities."""

    id: str
    label: str
    type_id: str
    mean: GuardedValue
    everybody: GuardedValue


@dataclass(frozen=True, slots=True)
class SourcedText:
    text: str
    sources: tuple[str, ...]
    """Where it stands, spelled out."""


@dataclass(frozen=True, slots=True)
class TypeProfile:
    """Everything a type's page says. Order of types: B, O, S, C, then groups; never a rank."""

    type_id: str
    name: str
    named: bool
    focus: str
    n: int | None
    share: float | None
    """Of all participating municipalities, 0–1."""
    size_sentence: str
    correlation: float | None
    margin: float | None
    match_sentence: str
    facts: tuple[SourcedText, ...]
    published_strengths: tuple[SourcedText, ...]
    unknown: tuple[str, ...]
    goals: tuple[TypeGoal, ...]
    goals_sentence: str
    fields: tuple[TypeField, ...]
    strong: tuple[TypeField, ...]
    strong_sentence: str
    lessons: tuple[Lesson, ...]
    teaches: str
    teaches_note: str
    origin: str
    disclaimer: str
    equality: str
    provenance: tuple[str, ...]
    record: ProvenanceRecord
    simulated_note: str

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def type_profiles(assessment: Assessment) -> tuple[TypeProfile, ...]:
    """Profiles of all types; empty without a typology."""
    model, membership = assessment.typology, assessment.membership
    deviations = assessment.goal_deviations
    if model is None or membership is None or deviations is None:
        return ()
    sizes = type_sizes(assessment)
    fields = {kind: type_fields(assessment, kind) for kind in model.type_ids}
    goals = _goals(assessment, deviations, sizes)
    return tuple(
        _profile(assessment, cluster, sizes[cluster.id], goals[cluster.id], fields)
        for cluster in model.clusters
    )


def _profile(
    assessment: Assessment,
    cluster: Cluster,
    n: int | None,
    goals: tuple[TypeGoal, ...],
    fields: dict[str, tuple[TypeField, ...]],
) -> TypeProfile:
    reference = load_reference()
    kind = reference.type_of(cluster.id)
    own = fields[cluster.id]
    noise = dict(zip(assessment.scores.dimensions, assessment.peers.noise, strict=True))
    leads = [field for field in own if field.ahead]
    leads.sort(key=lambda f: -(f.difference or 0) / noise[f.dimension])
    strong = tuple(leads[:MOST_NAMED])
    everybody = len(assessment.survey.keys)
    share = None if n is None else n / max(everybody, 1)
    return TypeProfile(
        type_id=cluster.id,
        name=cluster.name,
        named=cluster.named,
        focus=kind.focus if kind else "",
        n=n,
        share=share,
        size_sentence=_size_sentence(assessment, cluster.id, n, everybody),
        correlation=cluster.correlation,
        margin=cluster.margin,
        match_sentence=_match_sentence(cluster),
        facts=_sourced(kind.facts if kind else ()),
        published_strengths=_sourced(kind.strengths if kind else ()),
        unknown=kind.unknown if kind else (),
        goals=goals,
        goals_sentence=_goals_sentence(goals),
        fields=own,
        strong=strong,
        strong_sentence=_strong_sentence(own, strong),
        lessons=lessons_of(assessment, cluster.id, fields),
        teaches=kind.teaches if kind else "",
        teaches_note=reference.teaches_note,
        origin=reference.origin,
        disclaimer=reference.disclaimer,
        equality=reference.equality,
        provenance=provenance(assessment.survey, assessment.typology_mark),
        record=provenance_record(assessment.survey, assessment.typology, assessment.typology_mark),
        simulated_note=sentence("data.simulated") if assessment.survey.simulated else "",
    )


def _goals(
    assessment: Assessment, deviations: GoalDeviations, sizes: Mapping[str, int | None]
) -> dict[str, tuple[TypeGoal, ...]]:
    """Goals of all types; together, because one type's mean must not follow from the others'."""
    kinds = [kind for kind in sizes if kind]
    groups = tuple(goal_groups(assessment).values())
    goals: dict[str, list[TypeGoal]] = {kind: [] for kind in kinds}
    for place, column in enumerate(deviations.columns):
        *means, everybody = group_means(deviations, place, groups, MINIMUM_MEMBERS)
        kind_of_goal = goal_type(assessment.survey, column)
        for kind, mean in zip(kinds, means, strict=True):
            shown = mean if sizes[kind] is not None else replace(mean, n=None)
            goals[kind].append(TypeGoal(column.id, column.label, kind_of_goal, shown, everybody))
    return {kind: tuple(found) for kind, found in goals.items()}


def _size_sentence(assessment: Assessment, kind: str, n: int | None, everybody: int) -> str:
    if n is None:
        return sentence("type_profile.number_hidden")
    said = sentence("type_profile.size", n=format_number(n), share=count_of(n, everybody))
    membership = assessment.membership
    assert membership is not None
    between = np.asarray(membership.state == MembershipState.MIXED)
    table = {
        other: (int((inside & between).sum()), int((inside & ~between).sum()))
        for other in membership.probability.columns
        for inside in [np.asarray(membership.first == other)]
    }
    # The overview tells the total: all cells of the table may be shown, or none.
    if counts_are_safe([cell for row in table.values() for cell in row]) and table[kind][0]:
        said += f" {sentence('type_profile.between', n=format_number(table[kind][0]))}"
    return said


def _match_sentence(cluster: Cluster) -> str:
    if cluster.correlation is None or cluster.best is None:
        return sentence("type_profile.not_compared")
    best: MunicipalityType | None = load_reference().type_of(cluster.best)
    name = best.name if best else cluster.best
    text = "type_profile.match" if cluster.named else "type_profile.no_match"
    return sentence(text, name=name, r=format_number(cluster.correlation, 2))


def _goals_sentence(goals: Sequence[TypeGoal]) -> str:
    leads = [
        (goal.mean.value - goal.everybody.value, goal.label)
        for goal in goals
        if goal.mean.value is not None and goal.everybody.value is not None
    ]
    if not leads:
        return sentence("type_profile.goals_hidden")
    leads.sort(key=lambda lead: -lead[0])
    named = [label for lead, label in leads[:MOST_NAMED] if lead > 0]
    if not named:
        return sentence("type_profile.no_goals")
    return sentence("type_profile.goals", goals="; ".join(named))


def _strong_sentence(own: Sequence[TypeField], strong: Sequence[TypeField]) -> str:
    if not strong:
        hidden = all(field.score is None for field in own)
        return sentence("type_profile.size_hidden" if hidden else "type_profile.no_strong")
    named = ", ".join(f"{field.name} (+{points(field.difference or 0)})" for field in strong)
    n = strong[0].n
    if n is None:
        return sentence("type_profile.strong_plain", fields=named)
    fewest = min(field.n or n for field in strong)
    return sentence("type_profile.strong", fields=named, n=format_number(fewest))


def _sourced(statements: Sequence[Statement]) -> tuple[SourcedText, ...]:
    sources = load_reference().sources
    return tuple(
        SourcedText(statement.text, tuple(sources[key] for key in statement.sources))
        for statement in statements
    )
