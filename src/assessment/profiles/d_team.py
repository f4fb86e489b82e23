"""The D-Team: how far each type is in the fields, and what each can learn from the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assessment.comparison.comparison import MOST_NAMED
from assessment.comparison.disclosure import (
    MINIMUM_MEMBERS,
    GuardedValue,
    OrderStatistics,
    guarded_median,
    order_statistics,
)
from assessment.comparison.peers import EVERYBODY, PeerGroup
from assessment.comparison.uncertainty import clearly_above
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
    n_everybody: int | None
    refusal: str
    ahead: bool
    """The type's median lies above that of all beyond one answer's step and beyond chance."""


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
        own = _seen(group, place)
        total = order_statistics(everybody.ordered[place], least=MINIMUM_MEMBERS)
        levels = scores.level[name].to_numpy(dtype=float, na_value=np.nan)[group.members]
        known = own.median is not None and total.median is not None
        lead = (own.median or 0) - (total.median or 0) if known else None
        dimension = questionnaire.dimension_by_id[name]
        found.append(
            TypeField(
                dimension=name,
                name=dimension.name,
                block=dimension.block,
                level=_level(levels, admitted, group.size_shown),
                score=own.median,
                everybody=total.median,
                difference=lead,
                n=own.n,
                n_everybody=total.n,
                refusal=own.refusal,
                ahead=lead is not None and lead >= peers.noise[place] and clearly_above(own, total),
            )
        )
    return tuple(found)


def _seen(group: PeerGroup, place: int) -> OrderStatistics:
    """What everybody may know of a type in one dimension.

    Anybody reads a type's page, its members too: what they see must be about enough others.
    """
    found = order_statistics(
        group.ordered[place], admitted=group.admitted[place], least=MINIMUM_MEMBERS
    )
    return found if group.size_shown else replace(found, n=None)


def _level(levels: np.ndarray, admitted: bool, size_shown: bool) -> GuardedValue:
    found = guarded_median(levels, decimals=1, admitted=admitted, least=MINIMUM_MEMBERS)
    return found if size_shown else replace(found, n=None)


def lessons_of(
    assessment: Assessment, own: str, fields: Mapping[str, tuple[TypeField, ...]]
) -> tuple[Lesson, ...]:
    """One lesson from each other type. ``fields``: type id → its medians."""
    model = assessment.typology
    assert model is not None
    peers = assessment.peers
    lessons: list[Lesson] = []
    for cluster in model.clusters:
        if cluster.id == own:
            continue
        leads = []
        for place, (field, mine) in enumerate(zip(fields[cluster.id], fields[own], strict=False)):
            if field.score is None or mine.score is None:
                continue
            lead, noise = field.score - mine.score, peers.noise[place]
            other, self_ = (_seen(peers.groups["type", kind], place) for kind in (cluster.id, own))
            if lead >= noise and clearly_above(other, self_):
                leads.append((lead / noise, lead, field.name))
        ahead = sorted(leads, key=lambda lead: -lead[0])[:MOST_NAMED]
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
