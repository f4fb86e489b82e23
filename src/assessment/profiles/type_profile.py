"""One type's Steckbrief, and the D-Team: what each type can learn from the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessment.comparison.comparison import MOST_NAMED, noise_of
from assessment.comparison.disclosure import (
    GuardedValue,
    guarded_counts,
)
from assessment.german import count_of, format_number
from assessment.profiles.d_team import Lesson, TypeField, lessons_of, type_fields
from assessment.profiles.goals_of import GoalDeviations, goal_type, group_mean
from assessment.profiles.plain import as_plain
from assessment.profiles.results import Assessment
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
    """Of those assigned to any type, 0–1."""
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
    first = membership.first
    sizes = [int((first == kind).sum()) for kind in model.type_ids]
    shown = guarded_counts(sizes).counts
    fields = {kind: type_fields(assessment, kind) for kind in model.type_ids}
    return tuple(
        _profile(assessment, deviations, cluster, sizes, shown[number], fields)
        for number, cluster in enumerate(model.clusters)
    )


def _profile(
    assessment: Assessment,
    deviations: GoalDeviations,
    cluster: Cluster,
    sizes: Sequence[int],
    n: int | None,
    fields: dict[str, tuple[TypeField, ...]],
) -> TypeProfile:
    reference = load_reference()
    kind = reference.type_of(cluster.id)
    assert assessment.membership is not None
    members = np.asarray(assessment.membership.first == cluster.id)
    goals = _goals(assessment, deviations, members)
    own = fields[cluster.id]
    questionnaire = assessment.survey.questionnaire
    noise = {field.dimension: noise_of(questionnaire, field.dimension) for field in own}
    leads = [f for f in own if (f.difference or 0) >= noise[f.dimension]]
    leads.sort(key=lambda f: noise[f.dimension] - (f.difference or 0))
    strong = tuple(leads[:MOST_NAMED])
    share = None if n is None else n / max(sum(sizes), 1)
    return TypeProfile(
        type_id=cluster.id,
        name=cluster.name,
        named=cluster.named,
        focus=kind.focus if kind else "",
        n=n,
        share=share,
        size_sentence=_size_sentence(assessment, cluster.id, n, sum(sizes)),
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
        simulated_note=sentence("data.simulated") if assessment.survey.simulated else "",
    )


def _goals(
    assessment: Assessment, deviations: GoalDeviations, members: np.ndarray
) -> tuple[TypeGoal, ...]:
    everybody = np.ones(len(members), dtype=bool)
    return tuple(
        TypeGoal(
            column.id,
            column.label,
            goal_type(assessment.survey, column),
            group_mean(deviations, place, members),
            group_mean(deviations, place, everybody),
        )
        for place, column in enumerate(deviations.columns)
    )


def _size_sentence(assessment: Assessment, kind: str, n: int | None, assigned: int) -> str:
    if n is None:
        return sentence("type_profile.size_hidden")
    said = sentence("type_profile.size", n=format_number(n), share=count_of(n, assigned))
    membership = assessment.membership
    assert membership is not None
    inside = np.asarray(membership.first == kind)
    mixed = int((membership.state.to_numpy()[inside] == MembershipState.MIXED).sum())
    between, _ = guarded_counts([mixed, n - mixed]).counts
    if between:
        said += f" {sentence('type_profile.between', n=format_number(between))}"
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
    return sentence("type_profile.goals", goals="; ".join(named))


def _strong_sentence(own: Sequence[TypeField], strong: Sequence[TypeField]) -> str:
    if not strong:
        hidden = all(field.score is None for field in own)
        return sentence("type_profile.size_hidden" if hidden else "type_profile.no_strong")
    named = ", ".join(f"{field.name} (+{points(field.difference or 0)})" for field in strong)
    return sentence("type_profile.strong", fields=named)


def _sourced(statements: Sequence[Statement]) -> tuple[SourcedText, ...]:
    sources = load_reference().sources
    return tuple(
        SourcedText(statement.text, tuple(sources[key] for key in statement.sources))
        for statement in statements
    )
