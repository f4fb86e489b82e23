"""Who took part: against all German municipalities, or as the survey itself tells it."""

from collections.abc import Sequence

from assessment.profiles.overview import Breakdown, Overview
from assessment.profiles.participation import Participation, TakenPart, participation
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.register import load_register
from assessment.reports.document import Bar, Block, Column, Heading, Paragraph, Table

_PARTS = ("kinds", "sizes", "laender")
_UNIT = " Einwohner"
"""Stands in the head of the column instead of in each row."""


def participants_section(assessment: Assessment, seen: Overview, source: str) -> tuple[Block, ...]:
    """Numbers by kind, size and Land; what is hidden on the start page is hidden here."""
    found = participation(assessment, seen, load_register())
    heading = Heading(sentence("collection_paper.participants_heading"))
    if found.refusal:
        return (
            heading,
            Paragraph(found.refusal),
            *(counted(one, source) for one in seen.breakdowns),
        )
    return (heading, Paragraph(" ".join(found.sentences)), *_tables(found, seen, source))


def _tables(found: Participation, seen: Overview, source: str) -> list[Block]:
    tables: list[Block] = []
    for name in _PARTS:
        rows: tuple[TakenPart, ...] = getattr(found, name)
        if not rows:
            continue
        largest = max((_share(row) or 0.0) for row in rows)
        hidden = any(row.n is None for row in rows)
        tables.append(
            Table(
                sentence(f"collection_paper.{name}_caption"),
                (
                    Column(sentence(f"collection_paper.{name}"), 75),
                    Column(sentence("collection_paper.taken_part"), 45, right=True),
                    Column(sentence("collection_paper.share"), 45),
                ),
                tuple(
                    (row.label.removesuffix(_UNIT), row.text, _bar(_share(row), largest))
                    for row in rows
                ),
                note=found.note if hidden else "",
                source=source,
            )
        )
    by_kind = [one for one in seen.breakdowns if one.title not in {"Land", "Größenklasse"}]
    return [*tables[:1], *(counted(one, source) for one in by_kind), *tables[1:]]


def _share(row: TakenPart) -> float | None:
    return row.n / row.of if row.n is not None and row.of else None


def _bar(share: float | None, largest: float) -> str | Bar:
    return "–" if share is None else Bar(share, largest, "")


def counted(breakdown: Breakdown, source: str, names: Sequence[str] = ()) -> Table:
    """Counts by one property with their bars. ``names``: instead of the labels."""
    largest = max((cell.n or 0 for cell in breakdown.cells), default=0)
    labels = names or [cell.label for cell in breakdown.cells]
    return Table(
        sentence("collection_paper.counted_caption", title=breakdown.title),
        (
            Column(breakdown.title, 80),
            Column(sentence("collection_paper.municipalities"), 30, right=True),
            Column(sentence("collection_paper.bar"), 55),
        ),
        tuple(
            (label, cell.text, "–" if cell.n is None else Bar(cell.n, largest, ""))
            for label, cell in zip(labels, breakdown.cells, strict=True)
        ),
        note=breakdown.note,
        source=source,
    )
