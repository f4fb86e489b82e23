"""The Vorlage as a document: head, Beratungsfolge, sections with real headings, tables."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from assessment.profiles.council.paper_parts import (
    CouncilPaper,
    Form,
    PaperParagraph,
    PaperSection,
    PaperTable,
    SectionId,
)
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Landscape,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.parts import municipality_document

MOST_UPRIGHT = 7
"""Columns of a table that fit an upright page."""
_ANSWERS = "answers"
_SHARES = {
    SectionId.MEASURES: (2.3, 1.0, 1.5, 1.4, 1.5),
    SectionId.EFFECTS: (1.0, 3.0),
}
_KINDS = {
    Form.BODY: ParagraphKind.BODY,
    Form.LEAD: ParagraphKind.LEAD,
    Form.NOTE: ParagraphKind.NOTE,
    Form.OWN: ParagraphKind.OWN,
}


def paper_document(paper: CouncilPaper, dossier: Dossier, created: date) -> Document:
    """Render the paper; ``created`` as for :func:`council_paper`."""
    blocks = (
        *_marks(paper),
        Facts(sentence("paper_head.caption"), paper.facts),
        Heading(sentence("paper_chain.heading")),
        chain_table(paper),
        *(block for section in paper.sections for block in section_blocks(section)),
    )
    return municipality_document(
        dossier,
        DocumentKind.PAPER,
        paper.subject,
        blocks,
        created,
        short_title=f"{paper.kind} {paper.number}".strip(),
    )


def chain_table(paper: CouncilPaper) -> Table:
    """The Beratungsfolge; results only once there are some."""
    empty = sentence("paper_chain.empty")
    recorded = any(row.outcome for row in paper.consultations)
    names = ("number", "body", "role", "day", *(("outcome",) if recorded else ()))
    shares = {"number": 0.4, "body": 2.2, "role": 1.2, "day": 1.2, "outcome": 2.0}
    rows = []
    for row in paper.consultations:
        cells = [str(row.number), row.body, row.role, row.day]
        if recorded:
            cells.append(row.outcome or empty)
        rows.append(tuple(cells))
    return Table(
        caption=sentence("paper_chain.caption"),
        columns=tuple(Column(sentence(f"paper_chain.{name}"), shares[name]) for name in names),
        rows=tuple(rows),
        caption_shown=False,
    )


def section_blocks(section: PaperSection, number: int = 0) -> Iterator[Block]:
    """A section with its heading; parts of the Sachverhalt are numbered."""
    heading = f"{number} {section.heading}" if number else section.heading
    yield Heading(heading, 2 if number else 1)
    yield from _paragraphs(section.paragraphs)
    for table in section.tables:
        yield from _table(table, section)
    yield from _paragraphs(section.closing)
    for place, part in enumerate(section.parts, 1):
        yield from section_blocks(part, place)


def _marks(paper: CouncilPaper) -> Iterator[Block]:
    for mark in paper.marks:
        yield Paragraph(mark, ParagraphKind.NOTE)


def _paragraphs(paragraphs: Sequence[PaperParagraph]) -> Iterator[Block]:
    """Paragraphs in order; neighbours of one list become a list, questions and answers a table."""
    for kind, group in groupby(paragraphs, key=_together):
        entries = list(group)
        if kind == _ANSWERS:
            rows = tuple((each.term, each.text) for each in entries)
            yield Facts(sentence("paper_summary.caption"), rows)
        elif kind:
            yield _list(entries)
        else:
            for each in entries:
                yield Paragraph(each.text, _KINDS[each.form], each.ids)


def _together(each: PaperParagraph) -> str:
    """What neighbours share that stand together; ``""``: each for itself."""
    if each.term:
        return _ANSWERS
    return each.form.value if each.form in (Form.NUMBERED, Form.BULLET) else ""


def _list(entries: Sequence[PaperParagraph]) -> Bullets:
    return Bullets(
        tuple(each.text for each in entries),
        numbered=entries[0].form is Form.NUMBERED,
        ids=tuple(dict.fromkeys(name for each in entries for name in each.ids)),
    )


def _table(table: PaperTable, section: PaperSection) -> Iterator[Block]:
    shares = _shares(table, section.id)
    block = Table(
        caption=table.caption,
        columns=tuple(
            Column(name, share, right=0 < place <= table.amounts)
            for place, (name, share) in enumerate(zip(table.columns, shares, strict=True))
        ),
        rows=table.rows,
        caption_shown=table.caption != section.heading,
    )
    yield Landscape((block,)) if len(table.columns) > MOST_UPRIGHT else block
    for note in table.notes:
        yield Paragraph(note, ParagraphKind.NOTE)


def _shares(table: PaperTable, section: SectionId) -> tuple[float, ...]:
    """Relative widths: what heads a row needs room for words, an amount for its digits."""
    known = _SHARES.get(section)
    if known and len(known) == len(table.columns):
        return known
    if not table.amounts:
        return (1.6, *(1.0 for _ in table.columns[1:]))
    # „14.400,00 €“ stays on one line; sums may say „mindestens“ above it.
    return (2.0, *(1.1 for _ in table.columns[1:]))
