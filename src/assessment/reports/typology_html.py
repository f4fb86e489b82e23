"""Blocks of the Methodenbericht as HTML."""

from collections.abc import Iterable

from assessment.reports.document import (
    Block,
    Box,
    Bullets,
    Chart,
    Facts,
    Heading,
    Paragraph,
    ParagraphKind,
    Picture,
    Table,
)
from assessment.reports.markup import (
    NOTHING,
    Markup,
    bullets,
    escaped,
    facts,
    figure,
    formula,
    joined,
    paragraph,
    subheading,
    table,
)
from assessment.reports.typology_blocks import CHOSEN


def html_of(blocks: Iterable[Block]) -> Markup:
    """All blocks, one below the other. ``TypeError`` for a kind the report doesn't use."""
    return joined(*(_html(block) for block in blocks))


def _html(block: Block) -> Markup:
    match block:
        case Heading(text):
            return subheading(text)
        case Paragraph(text, ParagraphKind.FORMULA):
            return formula(text)
        case Paragraph(text, kind):
            return paragraph(text, "" if kind is ParagraphKind.BODY else kind.value)
        case Bullets(items):
            return bullets(items)
        case Facts(_, rows):
            return facts(rows)
        case Table():
            return _table(block)
        case Box(title, inside):
            return Markup(
                f'<div class="verdict"><strong>{escaped(title)}</strong>\n{html_of(inside)}</div>'
            )
        case Chart(sentence=said, drawing=Picture(svg)):
            # Our own drawing, escaped where it was made.
            return figure(Markup(svg), said)
    raise TypeError(f"{type(block).__name__} has no place in a Methodenbericht")


def _table(block: Table) -> Markup:
    rows = [[cell for cell in row if isinstance(cell, str)] for row in block.rows]
    texts = next(
        (place for place, column in enumerate(block.columns) if column.right), len(block.columns)
    )
    made = table(
        block.caption,
        [column.name for column in block.columns],
        rows,
        texts=texts,
        marked=frozenset(n for n, row in enumerate(rows) if row[0].endswith(CHOSEN)),
        note=block.note,
    )
    return made or NOTHING
