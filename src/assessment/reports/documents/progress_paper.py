"""Sachstandsbericht: the roadmap one report later, in the same order, with what is to be decided.

Section 4 is the one a Fortschreibung refers to („den in Abschnitt 4 genannten Änderungen“).
"""

from collections.abc import Iterator
from datetime import date

from assessment.german import NBSP, format_signed
from assessment.measures.roadmap_types import NO_RANKING
from assessment.profiles.council.finance import finance_table
from assessment.profiles.council.paper_parts import TO_FILL
from assessment.profiles.council.progress import Deviation, Progress, progress
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import points, sentence
from assessment.profiles.wave_profile import WaveField
from assessment.reports.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Paragraph,
    ParagraphKind,
    Scale,
    ScaleDrawing,
    ScaleRow,
    Table,
)
from assessment.reports.documents.measures_paper import plan_source
from assessment.reports.documents.parts import municipality_document, source_line

ATTACHMENT = "Anlage 2"
UNKNOWN = "–"


def progress_document(dossier: Dossier, created: date) -> Document:
    """How the plan stands on ``created``, and what has changed since the earlier wave."""
    found = progress(dossier, created)
    blocks = [Paragraph(found.sentence, ParagraphKind.LEAD)]
    if found.rows:
        blocks += [*_state(dossier, found), *_deviations(found)]
    blocks += [Heading(sentence("progress_paper.results")), *_levels(dossier, found)]
    if found.rows:
        blocks += [*_costs(dossier, created), *_decisions(found), *_open(found)]
    return municipality_document(
        dossier,
        DocumentKind.PROGRESS,
        sentence("progress_paper.title"),
        blocks,
        created,
        attachment=ATTACHMENT,
    )


def _state(dossier: Dossier, found: Progress) -> Iterator[Block]:
    yield Heading(sentence("progress_paper.state"))
    yield Paragraph(NO_RANKING)
    yield Table(
        caption=sentence("progress_paper.state_table"),
        columns=(
            Column(sentence("measures_paper.number"), 0.45, right=True),
            Column(sentence("measures_paper.measure"), 2.8),
            Column(sentence("measures_paper.owner"), 1.9),
            Column(sentence("progress_paper.planned"), 1.9),
            Column(sentence("measures_paper.status"), 2.2),
            Column(sentence("progress_paper.timing"), 2.0),
        ),
        rows=tuple(
            (str(row.number), row.title, row.owner, row.planned, row.status, row.timing)
            for row in found.rows
        ),
        note=sentence("progress_paper.symbols"),
        source=plan_source(dossier),
        caption_shown=False,
    )


def _deviations(found: Progress) -> Iterator[Block]:
    yield Heading(sentence("progress_paper.deviations"))
    if not found.deviations:
        yield Paragraph(sentence("progress_paper.deviations_none"))
    for each in found.deviations:
        heading = sentence("measure_sheet.heading", number=each.number, title=each.title)
        yield Heading(heading, 2)
        yield Facts("", tuple(_facts(each)))


def _facts(deviation: Deviation) -> Iterator[tuple[str, str]]:
    yield sentence("progress_paper.what"), deviation.what
    yield sentence("progress_paper.cause"), deviation.cause
    yield sentence("progress_paper.option"), deviation.option
    if deviation.waiting:
        yield sentence("progress_paper.waiting"), "; ".join(deviation.waiting)


def _levels(dossier: Dossier, found: Progress) -> Iterator[Block]:
    wave = dossier.wave
    if found.fields_refusal or wave is None:
        yield Heading(sentence("progress_paper.levels_none"), 2)
        yield Paragraph(found.fields_refusal)
        return
    yield Heading(sentence("progress_paper.levels", before=wave.before), 2)
    if not found.fields:
        yield Paragraph(found.fields_sentence)
        yield Paragraph(sentence("progress_paper.levels_nothing"), ParagraphKind.NOTE)
        return
    yield _chart(dossier, found, wave.before, wave.after)
    yield Paragraph(sentence("progress_paper.levels_note"), ParagraphKind.NOTE)
    if wave.left_out_note:
        yield Paragraph(wave.left_out_note, ParagraphKind.NOTE)


def _chart(dossier: Dossier, found: Progress, before: str, after: str) -> Chart:
    """Both waves on one line per field; the table below says the own change."""
    source = source_line(dossier.profile.header)
    return Chart(
        title=sentence("progress_paper.chart", before=before),
        sentence=found.fields_sentence,
        alt=sentence("progress_paper.chart_alt", n=len(found.fields), before=before, after=after),
        drawing=ScaleDrawing(
            rows=tuple(
                ScaleRow(field.listed, Scale(own=field.after, before=field.before), _from_to(field))
                for field in found.fields
            ),
            axis=sentence("progress_paper.axis"),
            legend=(("before", before), ("own", after)),
        ),
        source=source,
        table=Table(
            caption=sentence("progress_paper.chart_table"),
            columns=(
                Column(sentence("progress_paper.field"), 3.0),
                Column(sentence("progress_paper.level_before", wave=before), 1.2, right=True),
                Column(sentence("progress_paper.level_after", wave=after), 1.2, right=True),
                Column(sentence("progress_paper.points"), 1.3, right=True),
                Column(sentence("progress_paper.change"), 2.4),
            ),
            rows=tuple(
                (
                    field.listed,
                    _level(field.level_before),
                    _level(field.level_after),
                    _from_to(field),
                    _change(field),
                )
                for field in found.fields
            ),
        ),
    )


def _level(level: int | None) -> str:
    return UNKNOWN if level is None else str(level)


def _from_to(field: WaveField) -> str:
    before, after = _level(field.before), _level(field.after)
    return sentence("progress_paper.from_to", before=before, after=after)


def _change(field: WaveField) -> str:
    """„+25 Punkte, deutlich“: only what the municipality itself changed."""
    if field.own is None:
        return UNKNOWN
    word = points(field.own).partition(" ")[2]
    name = "change_clear" if field.distinguishable else "change_small"
    return sentence(f"progress_paper.{name}", points=f"{format_signed(field.own)}{NBSP}{word}")


def _costs(dossier: Dossier, created: date) -> Iterator[Block]:
    """Planned amounts of the years up to now; what was spent is for the Kämmerei to say."""
    yield Heading(sentence("progress_paper.costs", year=created.year), 2)
    finance = finance_table(dossier, created)
    past = [place for place, year in enumerate(finance.years, 1) if year <= created.year]
    if not past:
        yield Paragraph(sentence("progress_paper.costs_none", year=created.year))
        return
    table = finance.totals
    actual = (sentence("progress_paper.costs_actual"), *(TO_FILL for _ in past))
    yield Table(
        caption=sentence("progress_paper.costs", year=created.year),
        columns=(
            Column(table.columns[0], 1.6),
            *(Column(table.columns[place], 1.0, right=True) for place in past),
        ),
        rows=(*((row[0], *(row[place] for place in past)) for row in table.rows), actual),
        note=sentence("progress_paper.costs_note"),
        caption_shown=False,
    )


def _decisions(found: Progress) -> Iterator[Block]:
    yield Heading(sentence("progress_paper.decisions"))
    if not found.decisions:
        yield Paragraph(sentence("progress_paper.decisions_none"))
        return
    yield Paragraph(sentence("progress_paper.decisions_lead"))
    yield Table(
        caption=sentence("progress_paper.decisions"),
        columns=(
            Column(sentence("measures_paper.number"), 0.45, right=True),
            Column(sentence("measures_paper.measure"), 3.0),
            Column(sentence("progress_paper.decision"), 5.0),
        ),
        rows=tuple((str(each.number), each.title, each.why) for each in found.decisions),
        caption_shown=False,
    )


def _open(found: Progress) -> Iterator[Block]:
    yield Heading(sentence("progress_paper.open"))
    if found.open_points:
        yield Bullets(found.open_points)
    else:
        yield Paragraph(sentence("progress_paper.open_none"))
