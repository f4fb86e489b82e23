"""Blocks of the Methodenbericht: its sections are written with these, its writers render them.

Functions take plain text; what they return is put together with :func:`joined`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.reports.document import (
    LONGEST_ALT,
    Block,
    Box,
    Bullets,
    Chart,
    Column,
    Facts,
    Heading,
    Paragraph,
    ParagraphKind,
    Picture,
    Table,
)
from assessment.reports.markup import Markup, shortened

Blocks = tuple[Block, ...]
NOTHING: Blocks = ()
CHOSEN = " ←"
"""Stands beside the chosen number of types, so that its row is not marked by its ground alone."""

TEXT_WIDTH_MM = 165.0
"""Width of a drawing on a page."""
_WIDEST, _NARROWEST = 40, 5
"""Letters a column asks for at most and at least."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing as SVG, with what it says in words and its size in its own units."""

    svg: Markup
    alternative: str
    width: float
    height: float


def joined(*parts: Blocks) -> Blocks:
    return tuple(block for part in parts for block in part)


def paragraph(text: str, kind: str = "") -> Blocks:
    """One paragraph; ``kind``: ``note`` or nothing."""
    return (Paragraph(text, ParagraphKind(kind) if kind else ParagraphKind.BODY),)


def formula(text: str) -> Blocks:
    """A formula in one line; ``_{…}`` and ``^{…}`` become subscript and superscript."""
    return (Paragraph(text, ParagraphKind.FORMULA),)


def bullets(lines: Iterable[str]) -> Blocks:
    """A list of sentences; nothing for none."""
    items = tuple(lines)
    return (Bullets(items),) if items else NOTHING


def subheading(title: str) -> Blocks:
    return (Heading(title, 2),)


def boxed(title: str, text: str) -> Blocks:
    """A statement set off by a frame."""
    return (Box(title, (Paragraph(text),)),)


def facts(caption: str, pairs: Iterable[tuple[str, str]]) -> Blocks:
    """Names and values, one a line. ``caption``: for who can't see the table."""
    return (Facts(caption, tuple(pairs)),)


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    texts: int = 1,
    note: str = "",
) -> Blocks:
    """A table whose first column heads the rows.

    ``texts``: so many first columns hold text, the others numbers. ``note``: one sentence below.
    """
    body = tuple(tuple(row) for row in rows)
    made = tuple(
        Column(name, _share(name, [row[place] for row in body], place < texts), place >= texts)
        for place, name in enumerate(columns)
    )
    return (Table(caption, made, body, note),)


def figure(title: str, drawing: Drawn, caption: str) -> Blocks:
    """A drawing with its title, its alternative text and the sentence below it."""
    height = TEXT_WIDTH_MM * drawing.height / drawing.width
    picture = Picture(drawing.svg, TEXT_WIDTH_MM, height)
    return (Chart(title, caption, shortened(drawing.alternative, LONGEST_ALT), picture),)


def _share(name: str, cells: Sequence[str], text: bool) -> float:
    """Width a column asks for, by its longest cell and the longest word of its head.

    Numbers ask for more: a number on two lines can't be read.
    """
    word = max((len(part) for part in name.split()), default=0)
    longest = max((len(cell) for cell in cells), default=0)
    asked = min(max(word, longest, _NARROWEST), _WIDEST)
    return float(asked) if text else 1.3 * asked
