"""The level profile on paper: one table per group of fields, drawn and in numbers."""

from collections.abc import Sequence

from assessment.german import format_number
from assessment.profiles.fields import FieldBlock, FieldRow
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.texts import sentence
from assessment.reports.document import Block, Column, Paragraph, ParagraphKind, Pips, Scale, Table

MOST_NAMED = 6
"""So many fields without points are named; of more only their number is said."""


def level_tables(profile: MunicipalityProfile, note: str = "") -> tuple[Block, ...]:
    """All fields with level, points and group, and why some have no points.

    ``note``: what else is to be said below.
    """
    others = (
        Column(sentence("profile_paper.level"), 18),
        Column(sentence("profile_paper.own"), 12, right=True),
        Column(sentence("profile_paper.scale"), 21),
        Column(sentence("profile_paper.group"), 20, right=True),
    )
    tables = [
        # The name of the group heads the first column; the caption says it to a screen reader.
        Table(
            sentence("profile_paper.levels_caption", block=name),
            (Column(name, 48), *others),
            tuple(_row(row) for row in rows),
            caption_shown=False,
        )
        for name, rows in joined_blocks(profile.blocks)
    ]
    notes = [Paragraph(note, ParagraphKind.NOTE) for note in _notes(profile.fields, note)]
    return (*tables, *notes)


def joined_blocks(blocks: Sequence[FieldBlock]) -> list[tuple[str, tuple[FieldRow, ...]]]:
    """Rows per block name; a block of a single field joins the one before it."""
    joined: list[tuple[str, tuple[FieldRow, ...]]] = []
    for block in blocks:
        if len(block.rows) == 1 and joined:
            name, rows = joined[-1]
            joined[-1] = (name, (*rows, *block.rows))
        else:
            joined.append((block.name or sentence("profile_paper.all_fields"), block.rows))
    return joined


def middle_half(median: int | None, low: int | None, high: int | None) -> str:
    """„42 (33–54)“; without quartiles only the median, „–“ without one."""
    if median is None:
        return "–"
    if low is None or high is None:
        return format_number(median)
    return f"{median} ({low}–{high})"


def _row(row: FieldRow) -> tuple[str | Scale | Pips, ...]:
    return (
        row.name,
        Pips(row.level),
        format_number(row.score),
        Scale(own=row.score, low=row.low, high=row.high, median=row.median),
        middle_half(row.median, row.low, row.high),
    )


def _notes(rows: Sequence[FieldRow], further: str) -> list[str]:
    """Why fields have no points, each reason apart; then whose group stays hidden."""
    open_, outside = [], []
    for row in rows:
        if row.score is None:
            (outside if row.coverage is None else open_).append(row.name)
    hidden = [row.name for row in rows if row.median is None]
    said = [_named("unrated", open_), _named("outside", outside)]
    if len(hidden) == len(rows):
        said.append(rows[0].refusal if rows else "")
    else:
        said.append(_named("hidden", hidden))
    text = " ".join(part for part in (*said, further) if part)
    return [text] if text else []


def _named(reason: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        return sentence(f"profile_paper.{reason}_many", n=format_number(len(names)))
    return sentence(f"profile_paper.{reason}", fields="; ".join(names))
