"""Anlage 2 „Ergebnisbericht“: where a municipality stands, how sure that is, what it can't say.

Everything stands in the profiles already; this only arranges it so that it can be read alone.
"""

from datetime import date

from assessment.german import format_date, format_number, format_percent
from assessment.profiles.dossier import Dossier
from assessment.profiles.field_names import joined
from assessment.profiles.fields import NamedField
from assessment.profiles.header import DataNote
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Bullets,
    Column,
    Columns,
    Contents,
    Document,
    DocumentKind,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.parts import municipality_document
from assessment.reports.documents.results_certainty import certainty_blocks, limits_blocks
from assessment.reports.documents.results_gaps import gap_blocks, wave_blocks
from assessment.reports.documents.results_profile import standing_blocks
from assessment.reports.documents.results_type import type_blocks

LONG_FROM = 20
"""From so many fields on the report has more than six pages with what else stands in it."""


def results_document(dossier: Dossier, created: date) -> Document:
    """The Ergebnisbericht; six to twelve pages for the standard questionnaire."""
    blocks = [
        *_glance(dossier),
        *((Contents(depth=1),) if len(dossier.profile.fields) >= LONG_FROM else ()),
        *_approach(dossier.profile),
        *standing_blocks(dossier),
        *type_blocks(dossier),
        *gap_blocks(dossier),
        *wave_blocks(dossier),
        *certainty_blocks(dossier),
        *_steps(dossier),
        *limits_blocks(dossier),
    ]
    return municipality_document(
        dossier,
        DocumentKind.RESULTS,
        sentence("results_paper.title"),
        blocks,
        created,
        short_title=sentence("results_paper.short_title"),
        attachment=sentence("results_paper.attachment", n=2),
    )


def _glance(dossier: Dossier) -> list[Block]:
    """The answer on the first page: standing, type, strengths and gaps side by side."""
    profile = dossier.profile
    kind = profile.type.sentence if profile.type else ""
    lead = " ".join(part for part in (profile.placement.sentence, kind) if part)
    return [
        Heading(sentence("results_paper.glance_heading")),
        Paragraph(lead, ParagraphKind.LEAD),
        *([Paragraph(profile.peers.short)] if profile.peers.short else []),
        Columns(
            (
                _named("strengths", profile.strengths, profile.strengths_note),
                _named("gaps", profile.gaps, profile.gaps_note),
            )
        ),
    ]


def _named(kind: str, fields: tuple[NamedField, ...], note: str) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(sentence(f"results_paper.{kind}_named"), 2)]
    if fields:
        blocks.append(
            Bullets(
                tuple(_named_line(kind, field) for field in fields),
                ids=tuple(field.dimension for field in fields),
            )
        )
    if note:
        blocks.append(Paragraph(note, ParagraphKind.NOTE))
    return tuple(blocks)


def _named_line(kind: str, field: NamedField) -> str:
    """„Daten: 21 Punkte Abstand zum Median der 31 anderen (eigener Wert 30, Median 51).“"""
    n = field.n_others
    text = f"results_paper.{kind}_line" if n is not None else f"results_paper.{kind}_line_hidden"
    return sentence(
        text,
        name=field.listed,
        own=field.own,
        median=field.median,
        difference=abs(field.difference),
        n="" if n is None else format_number(n),
    )


def _approach(profile: MunicipalityProfile) -> list[Block]:
    """What was done: questions, people, day, comparison."""
    data, counts = profile.data, profile.data.counts
    asked = counts.answered + counts.dont_know + counts.missing
    day = profile.header.reference_date
    said = [
        sentence(
            "results_paper.answered",
            n=format_number(counts.answered),
            total=format_number(asked),
            share=format_percent(data.answered),
        )
    ]
    if day:
        said.append(sentence("results_paper.day", day=format_date(day)))
    if data.short_form:
        said.append(sentence("results_paper.short_form"))
    took_part = (
        sentence("results_paper.took_part", names=joined([f"„{one}“" for one in data.respondents]))
        if data.respondents
        else sentence("results_paper.took_part_unknown")
    )
    blocks: list[Block] = [
        Heading(sentence("results_paper.approach_heading")),
        Paragraph(" ".join(said), ParagraphKind.LEAD),
        Paragraph(
            " ".join(
                part
                for part in (_open_answers(data), took_part, sentence("results_paper.self_report"))
                if part
            )
        ),
    ]
    if profile.peers.sentence:
        blocks.append(Paragraph(profile.peers.sentence))
    return blocks


def _open_answers(data: DataNote) -> str:
    """What became of the other questions: weiß nicht, empty and nicht zuständig stay apart."""
    counts = data.counts
    parts = [
        sentence(f"results_paper.{name}", n=format_number(n))
        for name, n in (
            ("dont_know", counts.dont_know),
            ("missing", counts.missing),
            ("not_applicable", counts.not_applicable),
            ("not_asked", counts.not_asked),
        )
        if n
    ]
    return sentence("results_paper.others", parts=joined(parts)) if parts else ""


def _steps(dossier: Dossier) -> list[Block]:
    """The three measures to begin with; the plan and all others stand in Anlage 3."""
    profile = dossier.profile
    steps = profile.next_steps
    blocks: list[Block] = [Heading(sentence("results_paper.steps_heading"))]
    if steps:
        blocks.append(
            Table(
                caption=sentence("results_paper.steps_table"),
                columns=(
                    Column(sentence("results_table.measure"), 2.3),
                    Column(sentence("results_table.field"), 1.8),
                    Column(sentence("results_table.effort"), 2.2),
                    Column(sentence("results_table.without"), 3.9),
                ),
                rows=tuple(
                    (
                        f"{step.title} ({step.id})",
                        f"{step.field}, {step.step}",
                        f"{step.line}; {step.cost_word}",
                        step.without,
                    )
                    for step in steps
                ),
                caption_shown=False,
            )
        )
    else:
        blocks.append(Paragraph(dossier.measures.first_sentence))
    notes = [profile.next_steps_note] if steps else []
    if dossier.schedule is not None and dossier.schedule.rows:
        notes.append(sentence("results_paper.plan_elsewhere"))
    if notes:
        blocks.append(Paragraph(" ".join(notes), ParagraphKind.NOTE))
    return blocks
