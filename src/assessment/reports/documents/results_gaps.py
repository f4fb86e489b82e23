"""Gaps and changes in the Ergebnisbericht: to others, to the own targets, to the earlier wave."""

from assessment.comparison.gap_types import GapState, Reference
from assessment.german import format_number, format_signed
from assessment.profiles.dossier import Dossier
from assessment.profiles.gap_profile import GapLine, GapProfile, GapText, ReferenceText
from assessment.profiles.texts import points, sentence
from assessment.profiles.wave_profile import WaveField, WaveProfile
from assessment.reports.document import (
    Block,
    Column,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.parts import source_line

SHOWN = (Reference.PEER_MEDIAN, Reference.OWN_TARGET, Reference.PREVIOUS_WAVE)
"""Not the upper quarter: three quarters of every group lie below it."""


def gap_blocks(dossier: Dossier) -> list[Block]:
    """What falls short of what, and of whom."""
    found, profile = dossier.gaps, dossier.profile
    if not profile.fields:
        return []
    blocks: list[Block] = [
        Heading(sentence("results_paper.gaps_heading")),
        Paragraph(found.sentence, ParagraphKind.LEAD),
    ]
    lines = [line for line in found.lines if any(_clear(line, one) for one in SHOWN)]
    if lines:
        blocks.append(_table(found, lines, profile.peers.name, source_line(profile.header)))
    if profile.targets:
        blocks.append(Paragraph(profile.targets_note))
    return blocks


def _clear(line: GapLine, reference: Reference) -> bool:
    gap = line.gap(reference)
    return gap is not None and gap.state is GapState.SHORTFALL


def _table(found: GapProfile, lines: list[GapLine], group: str, source: str) -> Table:
    shown = [one for one in found.references if one.id in SHOWN]
    rows = tuple(
        (
            line.listed,
            "–" if line.own is None else format_number(line.own),
            *(cell for one in shown for cell in _cells(line.gap(one.id), one.id)),
            line.priority or "–",
        )
        for line in lines
    )
    notes = [sentence("results_paper.compared_with", name=group)] if group else []
    notes.append(sentence("results_paper.gaps_note"))
    if found.target_note:
        notes.append(found.target_note)
    return Table(
        caption=sentence("results_paper.gaps_table"),
        columns=(
            Column(sentence("results_table.field"), 3),
            Column(sentence("results_table.points"), 0.9, right=True),
            *(column for one in shown for column in _columns(one)),
            Column(sentence("results_table.priority"), 1.1),
        ),
        rows=rows,
        note=" ".join(notes),
        source=source,
        caption_shown=False,
    )


def _columns(reference: ReferenceText) -> tuple[Column, ...]:
    """A reference; beside that to others how many they are."""
    own = Column(reference.name, 1.7)
    if reference.id is not Reference.PEER_MEDIAN:
        return (own,)
    return own, Column(sentence("results_table.others"), 0.95, right=True)


def _cells(gap: GapText | None, reference: Reference) -> tuple[str, ...]:
    """„21 Punkte“ and of how many others; what is no gap in the words of the page of gaps."""
    word = "–" if gap is None else gap.word
    if gap is not None and gap.shortfall is not None:
        word = points(gap.shortfall)
    if reference is not Reference.PEER_MEDIAN:
        return (word,)
    n = gap.n if gap is not None else None
    return word, "–" if n is None else format_number(n)


def wave_blocks(dossier: Dossier) -> list[Block]:
    """What has changed since the earlier wave; nothing where there is none."""
    wave = dossier.wave
    if wave is None:
        return []
    blocks: list[Block] = [
        Heading(sentence("wave.question", before=wave.before or sentence("results_paper.earlier")))
    ]
    if wave.refusal:
        return [*blocks, Paragraph(wave.refusal)]
    blocks += [Paragraph(wave.sentence, ParagraphKind.LEAD), Paragraph(wave.basis)]
    clear = [field for field in wave.fields if field.own is not None and field.distinguishable]
    if clear:
        blocks.append(_wave_table(wave, clear, source_line(dossier.profile.header)))
    notes = (wave.parts_note, wave.left_out_note)
    blocks.append(Paragraph(" ".join(note for note in notes if note), ParagraphKind.NOTE))
    if wave.type_sentence:
        blocks.append(Paragraph(wave.type_sentence))
    return blocks


def _wave_table(wave: WaveProfile, fields: list[WaveField], source: str) -> Table:
    return Table(
        caption=sentence("results_paper.wave_table", before=wave.before, after=wave.after),
        columns=(
            Column(sentence("results_table.field"), 3),
            Column(sentence("results_table.earlier"), 0.9, right=True),
            Column(sentence("results_table.now"), 0.9, right=True),
            Column(sentence("results_table.own_change"), 1.2, right=True),
            Column(sentence("results_table.by_questionnaire"), 1.3, right=True),
            Column(sentence("results_table.peers_change"), 1.3, right=True),
            Column(sentence("results_table.others"), 0.9, right=True),
        ),
        rows=tuple(
            (
                field.listed,
                _plain(field.before),
                _plain(field.after),
                _signed(field.own),
                _signed(field.questionnaire),
                _signed(field.peers),
                _plain(field.n_peers),
            )
            for field in fields
        ),
        note=sentence("results_paper.wave_note"),
        source=source,
        caption_shown=False,
    )


def _plain(value: int | None) -> str:
    return "–" if value is None else format_number(value)


def _signed(value: int | None) -> str:
    return "–" if value is None else format_signed(value)
