"""Whether a short document fits on one A4 page, estimated without setting it.

Heights are in millimetres, on the safe side: letters count as wide as the widest common text, and a
word that doesn't fit counts as a line of its own. ``test_summary_paper`` compares with real pages.
"""

from collections.abc import Iterable

from assessment.reports.document import Block, Box, Bullets, Columns, Document, Heading, Paragraph
from assessment.reports.document import ParagraphKind as Kind

PAGE = 249.0
"""From the first line of the title to the last above the footer, less a little reserve."""
WIDTH = 163.0
LETTER = 1.82
"""Mean width of a letter at 11 pt; measured are 1.7 to 1.95."""
LINE, GAP = 5.45, 3.2
HEADING = 7.6
SMALL, BOLD, HEAD = 0.84, 1.12, 1.5
"""Size of notes, bold text and headings relative to body text."""
SMALL_LINE = 4.7
BOX = 11.0
LONG_WORD, LEAST_LEFT, LOST = 12, 9, 5
"""Letters from which on a word is parted, that must be left for it, and that stay unused then."""
GUTTER, BULLET = 6.0, 6.0
"""Between columns; before the text of a list."""


def fits_one_page(document: Document) -> bool:
    """Whether everything stands on the first page for certain."""
    return _head(document) + height(document.blocks) + _closing(document) <= PAGE


def height(blocks: Iterable[Block], width: float = WIDTH) -> float:
    """Millimetres these blocks need; raises ``TypeError`` for a block no short document uses."""
    return sum(_block(block, width) for block in blocks)


def _block(block: Block, width: float) -> float:
    match block:
        case Heading():
            return HEADING + (_lines(block.text, width, HEAD) - 1) * LINE * HEAD
        case Paragraph(kind=Kind.NOTE):
            return _lines(block.text, width, SMALL) * SMALL_LINE + GAP
        case Paragraph(kind=Kind.LEAD):
            return _lines(block.text, width, BOLD) * 5.8 + GAP
        case Paragraph():
            return _lines(block.text, width) * LINE + GAP
        case Bullets():
            return sum(_lines(item, width - BULLET) * LINE for item in block.items) + GAP
        case Box():
            return BOX + height(block.blocks, width - 6.0)
        case Columns():
            column = (width - GUTTER * (len(block.parts) - 1)) / len(block.parts)
            return max(height(part, column) for part in block.parts) + 2.0
        case _:
            raise TypeError(f"no short document holds {type(block).__name__}")


def _head(document: Document) -> float:
    """Title, municipality, subtitle, days, marks and the line below."""
    days = f"{document.attachment} · Stichtag 00.00.0000 · Stand: {document.as_of}"
    return (
        _lines(document.title, WIDTH, 2.1) * 10.5
        + _lines(document.municipality, WIDTH, 1.2) * 6.2
        + _lines(document.subtitle, WIDTH) * 5.9
        + _lines(f"{days} · Erstellt am 00.00.0000", WIDTH, SMALL) * SMALL_LINE
        + (len(document.marks) * 4.4 + 4.6 if document.marks else 0.0)
        + 4.5
    )


def _closing(document: Document) -> float:
    """The box „Zu diesem Dokument“ with its title."""
    texts = (document.source, " · ".join(document.record), document.disclaimer)
    return 10.5 + sum(_lines(text, WIDTH - 6.0, 0.76) * 3.25 for text in texts)


def _lines(text: str, width: float, size: float = 1.0) -> int:
    """Lines of a text, word by word; a long word is hyphenated where enough of a line is left."""
    room = max(int(width / (LETTER * size)), 1)
    total = 0
    for part in text.split("\n"):
        used, lines = 0, 1
        for word in part.split(" "):
            length = len(word)
            left = room - used - 1
            if used and length > left:
                lines += 1
                hyphenated = length >= LONG_WORD and left >= LEAST_LEFT
                used, length = 0, length - (left - LOST) if hyphenated else length
            else:
                length += 1 if used else 0
            lines += (used + length - 1) // room
            used = (used + length - 1) % room + 1
        total += lines
    return total
