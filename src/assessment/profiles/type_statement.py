"""What may be said of a municipality's type, with its certainty in words people use."""

from dataclasses import dataclass

from assessment.german import format_percent
from assessment.profiles.texts import sentence
from assessment.typology.model import Membership, MembershipState, TypologyModel
from assessment.typology.reference import load_reference


@dataclass(frozen=True, slots=True)
class TypeProbability:
    type_id: str
    name: str
    probability: float
    """0–1."""


@dataclass(frozen=True, slots=True)
class TypeStatement:
    """``headline``: name of the type, or that there is none. ``certainty``: how sure, in words."""

    state: MembershipState
    first: str | None
    second: str | None
    headline: str
    certainty: str
    sentence: str
    focus: str
    """What stands in the foreground for this type, by the published description; may be empty."""
    probabilities: tuple[TypeProbability, ...]
    """All types in their fixed order; empty where not assignable."""


def type_name(model: TypologyModel, type_id: str) -> str:
    """„Serviceorientierte“ or „Gruppe 1“."""
    return model.cluster(type_id).name


def type_genitive(model: TypologyModel, type_id: str) -> str:
    """„Optimierer“, „Bedächtigen“, as in „denen der …“."""
    kind = load_reference().type_of(type_id)
    if kind is None:
        return f"Kommunen der {model.cluster(type_id).name}"
    # „die Bedächtige(n)“ is declined as an adjective: only there dative and genitive are alike.
    return kind.dative if kind.name.endswith("e") else kind.name


def type_statement(
    model: TypologyModel, membership: Membership, key: str, name: str
) -> TypeStatement:
    """The statement for one municipality called ``name``.

    Sentences leave out what follows a comma in a name („Musterstadt, Stadt“).
    """
    name = name.split(",")[0]
    state = MembershipState(membership.state.at[key])
    if state is MembershipState.NOT_ASSIGNABLE:
        return TypeStatement(
            state,
            None,
            None,
            sentence("type.headline_not_assignable"),
            sentence("type.not_assignable"),
            sentence("type.sentence_not_assignable", name=name, reason=membership.reason.at[key]),
            "",
            (),
        )
    first, second = str(membership.first.at[key]), str(membership.second.at[key])
    row = membership.probability.loc[key]
    clear = row[second] < 0.01 and state is MembershipState.ASSIGNED
    certainty = sentence(
        "type.assigned_alone" if clear else f"type.{state}",
        first=type_name(model, first),
        first_share=shown_share(float(row[first])),
        second=type_name(model, second),
        second_share=shown_share(float(row[second])),
    )
    said = sentence(
        f"type.sentence_{state}",
        name=name,
        genitive=type_genitive(model, first),
        second_genitive=type_genitive(model, second),
    )
    published = load_reference().type_of(first)
    mixed = state is MembershipState.MIXED
    return TypeStatement(
        state=state,
        first=first,
        second=second,
        headline=sentence("type.headline_mixed") if mixed else type_name(model, first),
        certainty=certainty,
        sentence=said,
        focus=published.focus if published and not mixed else "",
        probabilities=tuple(
            TypeProbability(kind, type_name(model, kind), round(float(row[kind]), 4))
            for kind in model.type_ids
        ),
    )


def shown_share(probability: float) -> str:
    """A probability in per cent that never claims certainty: 99,7 % is „über 99 %“."""
    if probability > 0.99:
        return f"über {format_percent(0.99)}"
    if probability < 0.01:
        return f"unter {format_percent(0.01)}"
    return format_percent(probability)
