"""The D-Team: how far each type is in the fields, and what each can learn from the others."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.comparison.comparison import MOST_NAMED, noise_of
from assessment.comparison.disclosure import GuardedValue, guarded_median, order_statistics
from assessment.comparison.peers import EVERYBODY, PeerGroup
from assessment.profiles.results import Assessment
from assessment.profiles.texts import points, sentence
from assessment.typology.reference import load_reference


@dataclass(frozen=True, slots=True)
class TypeField:
    """One dimension: medians of the type and of all; ``difference`` in points."""

    dimension: str
    name: str
    block: str
    level: GuardedValue
    score: int | None
    everybody: int | None
    difference: int | None
    n: int | None
    refusal: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What this type can learn from another. ``text`` is our own derivation."""

    type_id: str
    name: str
    text: str
    fields: tuple[str, ...]
    """Names of fields in which the other type is further in this survey."""
    sentence: str


def type_fields(assessment: Assessment, kind: str) -> tuple[TypeField, ...]:
    """Medians of a type per dimension; a type without members has none."""
    peers, scores = assessment.peers, assessment.scores
    questionnaire = assessment.survey.questionnaire
    group: PeerGroup | None = peers.groups.get(("type", kind))
    everybody = peers.groups[EVERYBODY, EVERYBODY]
    if group is None:
        return ()
    found = []
    for place, name in enumerate(scores.dimensions):
        admitted = group.admitted[place]
        own = order_statistics(group.ordered[place], admitted=admitted)
        total = order_statistics(everybody.ordered[place])
        levels = scores.level[name].to_numpy(dtype=float, na_value=np.nan)[group.members]
        known = own.median is not None and total.median is not None
        dimension = questionnaire.dimension_by_id[name]
        found.append(
            TypeField(
                dimension=name,
                name=dimension.name,
                block=dimension.block,
                level=guarded_median(levels, decimals=1, admitted=admitted),
                score=own.median,
                everybody=total.median,
                difference=(own.median or 0) - (total.median or 0) if known else None,
                n=own.n,
                refusal=own.refusal,
            )
        )
    return tuple(found)


def lessons_of(
    assessment: Assessment, own: str, fields: Mapping[str, tuple[TypeField, ...]]
) -> tuple[Lesson, ...]:
    """One lesson from each other type. ``fields``: type id → its medians."""
    model = assessment.typology
    assert model is not None
    mine = {field.dimension: field.score for field in fields[own]}
    questionnaire = assessment.survey.questionnaire
    lessons: list[Lesson] = []
    for cluster in model.clusters:
        if cluster.id == own:
            continue
        leads = []
        for field in fields[cluster.id]:
            score = mine.get(field.dimension)
            noise = noise_of(questionnaire, field.dimension)
            if score is not None and field.score is not None and field.score - score >= noise:
                leads.append((noise - (field.score - score), field.score - score, field.name))
        ahead = sorted(leads, key=lambda lead: lead[0])[:MOST_NAMED]
        named = tuple(name for _, _, name in ahead)
        shown = ", ".join(f"{name} (+{points(lead)})" for _, lead, name in ahead)
        kind = load_reference().type_of(cluster.id)
        lessons.append(
            Lesson(
                cluster.id,
                cluster.name,
                kind.teaches if kind else "",
                named,
                sentence("type_profile.learn_fields", fields=shown)
                if named
                else sentence("type_profile.learn_no_fields"),
            )
        )
    return tuple(lessons)
