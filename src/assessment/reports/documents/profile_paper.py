"""Steckbrief of a municipality: two pages for somebody who reads it between two meetings.

First page: who we are, how far we are, what stands out, what to begin with. Second page: where we
want to go, where we stand among the types, how sure all this is. Everything comes from the profile
that the page of the municipality shows.
"""

from datetime import date

from assessment.german import format_signed
from assessment.profiles.dossier import Dossier
from assessment.profiles.fields import NamedField
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.next_steps import NextStep
from assessment.profiles.texts import sentence
from assessment.profiles.type_statement import TypeStatement
from assessment.reports.document import (
    Block,
    Bullets,
    Column,
    Columns,
    Document,
    DocumentKind,
    Heading,
    PageBreak,
    Paragraph,
    ParagraphKind,
    Table,
    TypeBadge,
)
from assessment.reports.documents.parts import municipality_document, source_line
from assessment.reports.documents.profile_behind import basis, certainty, goals, place, targets
from assessment.reports.documents.profile_levels import level_tables
from assessment.typology.model import MembershipState

MOST_BESIDE = 34
"""So many fields fit beside what stands out; more follow over the whole width, on more pages."""

_COUNTS = ("none", "one", "two", "three")


def profile_document(dossier: Dossier, created: date) -> Document:
    """The Steckbrief; two pages for every questionnaire with up to ``MOST_BESIDE`` fields."""
    profile = dossier.profile
    source = source_line(profile.header)
    note = sentence("profile_paper.left_out") if dossier.hidden else ""
    blocks = [*_first_page(profile, note), PageBreak(), *_second_page(profile, source)]
    return municipality_document(
        dossier,
        DocumentKind.PROFILE,
        sentence("profile_paper.title", name=profile.header.name),
        blocks,
        created,
        short_title=sentence("profile_paper.short_title"),
        compact=True,
    )


def _first_page(profile: MunicipalityProfile, note: str) -> list[Block]:
    head = [*_type(profile), Paragraph(_lead(profile), ParagraphKind.LEAD)]
    heading = Heading(sentence("profile_paper.levels_heading"))
    if not profile.fields:
        return [*head, heading, Paragraph(sentence("profile_paper.no_points"))]
    legend = Paragraph(_legend(profile), ParagraphKind.NOTE)
    levels = (heading, legend, *level_tables(profile, note))
    stands_out = _stands_out(profile)
    if len(profile.fields) <= MOST_BESIDE:
        return [*head, Columns((levels, stands_out), shares=(110, 50))]
    return [*head, *stands_out, *levels]


def _second_page(profile: MunicipalityProfile, source: str) -> list[Block]:
    beside = place(profile, source)
    own = targets(profile)
    middle: list[Block] = [Columns((own, beside), shares=(82, 90))] if beside else [*own]
    return [
        *goals(profile, source),
        *middle,
        *certainty(profile),
        *basis(profile),
    ]


def _type(profile: MunicipalityProfile) -> list[Block]:
    """Type with its certainty, and that it is another matter than the level."""
    statement = profile.type
    if statement is None:
        return [Paragraph(profile.type_note)] if profile.type_note else []
    certain = statement.state in (MembershipState.ASSIGNED, MembershipState.LIKELY)
    kind = statement.first if certain and statement.first else ""
    return [
        TypeBadge(kind, type_letter(kind), statement.headline, _certainty(statement)),
        Paragraph(sentence("profile_paper.two_axes"), ParagraphKind.NOTE),
    ]


def type_letter(kind: str) -> str:
    """„S“; of an unnamed group its number, „?“ where there is no one type."""
    return kind.lstrip("G") or kind or "?"


def _certainty(statement: TypeStatement) -> str:
    """How sure it is, in words; where the headline is the certainty, it is said once."""
    certain = statement.certainty
    if certain.casefold().startswith(statement.headline.casefold()):
        certain = certain[len(statement.headline) :].lstrip(" :")
    certain = f"{certain[:1].upper()}{certain[1:]}." if certain else ""
    return " ".join(part for part in (certain, statement.focus or statement.sentence) if part)


def _lead(profile: MunicipalityProfile) -> str:
    """How far, where to, beside whom."""
    parts = (profile.placement.sentence, profile.targets_note, profile.peers.short)
    return " ".join(part for part in parts if part)


def _legend(profile: MunicipalityProfile) -> str:
    said = [sentence("profile_paper.legend")]
    if profile.peers.name:
        said.append(sentence("profile_paper.legend_group", group=profile.peers.name))
    return " ".join(said)


def _stands_out(profile: MunicipalityProfile) -> tuple[Block, ...]:
    """Strengths, gaps and what to begin with."""
    steps = profile.next_steps
    begin: list[Block] = [
        Heading(sentence(f"profile_paper.steps_{_COUNTS[min(len(steps), 3)]}"), 2)
    ]
    if steps:
        begin.append(
            Bullets(
                tuple(_step(step) for step in steps),
                ids=tuple(step.id for step in steps),
            )
        )
    begin.append(Paragraph(profile.next_steps_note, ParagraphKind.NOTE))
    return (
        *_named("strengths", profile.strengths, profile.strengths_note),
        *_named("gaps", profile.gaps, profile.gaps_note),
        *_measure(profile),
        *begin,
    )


def _measure(profile: MunicipalityProfile) -> list[Block]:
    """What the numbers count, once for strengths and gaps."""
    if not profile.strengths and not profile.gaps:
        return []
    # How they were chosen matters only where others stood back.
    chosen = sentence("named.choice") in f"{profile.strengths_note} {profile.gaps_note}"
    text = sentence("named.measure_choice" if chosen else "named.measure")
    return [Paragraph(text, ParagraphKind.NOTE)]


def _named(kind: str, fields: tuple[NamedField, ...], note: str) -> list[Block]:
    found: list[Block] = [
        Heading(sentence(f"profile_paper.{kind}_{_COUNTS[min(len(fields), 3)]}"), 2)
    ]
    if fields:
        found.append(
            Table(
                sentence("named.measure"),
                (
                    Column(sentence("profile_paper.field"), 4),
                    Column(sentence("profile_paper.points"), 1.4, right=True),
                ),
                tuple((field.listed, format_signed(field.difference)) for field in fields),
                caption_shown=False,
            )
        )
    further = note.removeprefix(sentence("named.choice")).strip()
    if further:
        found.append(Paragraph(further, ParagraphKind.NOTE))
    return found


def _step(step: NextStep) -> str:
    mark = f" · {step.mark}" if step.mark else ""
    return (
        sentence(
            "profile_paper.step", title=step.title, field=step.field, step=step.step, line=step.line
        )
        + mark
    )
