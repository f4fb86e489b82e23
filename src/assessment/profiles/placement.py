"""Type × maturity: where a municipality stands beside the types, none of which ranks."""

from dataclasses import dataclass

import numpy as np

from assessment.comparison.disclosure import order_statistics, whole_points
from assessment.profiles.results import Assessment, type_sizes
from assessment.profiles.texts import sentence
from assessment.profiles.type_statement import TypeStatement, type_name
from assessment.typology.model import MembershipState


@dataclass(frozen=True, slots=True)
class TypePlace:
    """One type: median and quartiles of its municipalities' middle scores, 0–100.

    ``own``: „first“ for the own type, „second“ where the municipality stands between two.
    """

    type_id: str
    name: str
    median: int | None
    low: int | None
    high: int | None
    n: int | None
    """Others behind it; ``None`` where hidden."""
    own: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Placement:
    """The small map. ``value``: the own middle score, ``None`` with too few rated fields."""

    value: int | None
    types: tuple[TypePlace, ...]
    """In their fixed order; empty without a typology."""
    sentence: str
    note: str


def placement(assessment: Assessment, key: str, statement: TypeStatement | None) -> Placement:
    """Place one municipality beside the types; the own value never counts among the others'."""
    row = assessment.peers.rows[key]
    middle = assessment.middle
    own = float(middle.values[row])
    value = None if np.isnan(own) else whole_points(own)
    said = sentence("place.no_value") if value is None else sentence("place.value", value=value)
    model = assessment.typology
    if model is None:
        return Placement(value, (), said, "")
    sizes = type_sizes(assessment)
    first = statement.first if statement else None
    mixed = statement is not None and statement.state is MembershipState.MIXED
    second = statement.second if statement and mixed else None
    places = []
    for kind in model.type_ids:
        ordered = middle.ordered.get(kind, np.empty(0))
        inside = kind == first and not np.isnan(own)
        found = order_statistics(
            ordered,
            own=own if inside else None,
            admitted=middle.admitted.get(kind, False),
        )
        places.append(
            TypePlace(
                kind,
                type_name(model, kind),
                found.median,
                found.low,
                found.high,
                found.n if sizes.get(kind) is not None else None,
                "first" if kind == first else "second" if kind == second else "",
                found.refusal,
            )
        )
    notes = [sentence("place.order")]
    if mixed:
        notes.append(sentence("place.mixed"))
    if any(place.median is None for place in places):
        notes.append(sentence("place.hidden"))
    return Placement(value, tuple(places), said, " ".join(notes))
