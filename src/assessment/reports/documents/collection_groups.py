"""Where groups lie above or below the median of all; only groups that pages show as well."""

from collections.abc import Mapping, Sequence

from assessment.comparison.comparison import MOST_NAMED
from assessment.comparison.peers import PeerGroup
from assessment.comparison.uncertainty import clearly_above
from assessment.german import format_number, format_signed
from assessment.profiles.group_medians import FieldMedians, group_medians
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.type_profile import TypeProfile
from assessment.reports.document import Block, Column, Heading, Paragraph, Table

SIZE_KIND = "size_kind"
"""Id of the peer groups by size and kind."""


def groups_section(
    assessment: Assessment, kinds: Sequence[TypeProfile], source: str
) -> tuple[Block, ...]:
    """Medians by type, then what stands out in groups of like size and kind."""
    blocks = [*_by_type(kinds, source), *_by_place(assessment, source)]
    if not blocks:
        return ()
    return (
        Heading(sentence("collection_paper.groups_heading")),
        Paragraph(sentence("collection_paper.groups_reading")),
        *blocks,
    )


def _by_type(kinds: Sequence[TypeProfile], source: str) -> list[Block]:
    if not kinds or not any(kind.fields for kind in kinds):
        return []
    fields = next(kind.fields for kind in kinds if kind.fields)
    rows = tuple(
        (
            field.name,
            *(_median(kind, place) for kind in kinds),
            format_number(field.everybody),
        )
        for place, field in enumerate(fields)
    )
    return [
        Table(
            sentence("collection_paper.by_type_caption"),
            (
                Column(sentence("profile_paper.field"), 58),
                *(Column(one.name, 25, right=True) for one in kinds),
                Column(sentence("type_paper.everybody"), 16, right=True),
            ),
            rows,
            note=sentence("collection_paper.by_type_note"),
            source=source,
        )
    ]


def _median(kind: TypeProfile, place: int) -> str:
    """The median of a type; a lead that chance does not explain carries an arrow."""
    if not kind.fields:
        return "–"
    field = kind.fields[place]
    return f"↑ {format_number(field.score)}" if field.ahead else format_number(field.score)


def _by_place(assessment: Assessment, source: str) -> list[Block]:
    rows = tuple(
        row
        for (step, _), group in assessment.peers.groups.items()
        if step == SIZE_KIND and group.usable and (row := _standing_out(assessment, group))
    )
    if not rows:
        return []
    return [
        Table(
            sentence("collection_paper.by_place_caption"),
            (
                Column(sentence("profile_paper.group"), 60),
                Column(sentence("collection_paper.above"), 52),
                Column(sentence("collection_paper.below"), 52),
            ),
            rows,
            note=sentence("collection_paper.by_place_note"),
            source=source,
        )
    ]


def _standing_out(assessment: Assessment, group: PeerGroup) -> tuple[str, str, str] | None:
    """A group with its clear differences; ``None`` where nothing of it may be shown."""
    fields = group_medians(assessment, group).fields
    if all(field.difference is None for field in fields):
        return None
    noise = dict(zip(assessment.scores.dimensions, assessment.peers.noise, strict=True))
    size = sentence("collection_paper.size", n=format_number(group.size))
    name = f"{group.name} ({size})" if group.size_shown else group.name
    return name, _clear(fields, noise, 1), _clear(fields, noise, -1)


def _clear(fields: Sequence[FieldMedians], noise: Mapping[str, int], sign: int) -> str:
    """At most three fields, chosen as strengths are: clear, by the size of an answer's step."""
    found = []
    for field in fields:
        ahead, behind = (field.group, field.everybody)[::sign]
        difference = sign * (field.difference or 0)
        if difference >= noise[field.dimension] and clearly_above(ahead, behind):
            found.append((-difference / noise[field.dimension], field.name, sign * difference))
    found.sort(key=lambda one: one[0])
    named = [f"{name} ({format_signed(points)})" for _, name, points in found[:MOST_NAMED]]
    return "; ".join(named) if named else sentence("collection_paper.nowhere")
