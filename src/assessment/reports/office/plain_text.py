"""A document as plain text for a council system's text fields: paragraphs and simple lists.

Nothing in it needs a font, a table or a mark of formatting: no tabs, no special spaces, no soft
hyphens. A table becomes a line per row, a chart its sentence.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Box,
    Bullets,
    Chart,
    Columns,
    Contents,
    Document,
    Facts,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    Table,
    TypeBadge,
)
from assessment.reports.office.cell_words import worded

_SPELLED_OUT = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2028": "\n", "\u2029": "\n"})
_LINE_ENDS = "\n\r\x0b\x0c\x85"


def section_texts(document: Document) -> tuple[tuple[str, str], ...]:
    """Heading and text of each section of level 1; what stands before the first heading comes
    under the title. What everybody must know first stands at the end of each text, because a
    pasted section stands alone."""
    marks = [sentence("office.mark", text=text) for text in map(one_line, document.marks) if text]
    return tuple(
        (heading, "\n\n".join((text, *marks)))
        for heading, text in _sections(document.title, document.blocks)
    )


def plain_text(document: Document) -> str:
    """The whole document, from its title to where its numbers come from."""
    parts = [one_line(document.title), one_line(document.subtitle)]
    parts += [one_line(mark) for mark in document.marks]
    for heading, text in _sections("", document.blocks):
        parts += [heading, text]
    parts += [clean(text) for text in (document.source, document.disclaimer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def clean(text: str) -> str:
    """A text of ordinary letters, spaces and line ends; nothing invisible."""
    lines = "".join(map(_plain, text.replace("\r\n", "\n").translate(_SPELLED_OUT))).split("\n")
    joined = "\n".join(" ".join(line.split()) for line in lines).strip()
    while "\n\n\n" in joined:
        joined = joined.replace("\n\n\n", "\n\n")
    return joined


def one_line(text: str) -> str:
    """The same on one line: for headings, list entries and cells."""
    return " ".join(clean(text).split())


def _plain(character: str) -> str:
    """One character as any text field keeps it; ``""`` where it would not be seen."""
    if character in _LINE_ENDS:
        return "\n"
    kind = unicodedata.category(character)
    if kind in ("Zs", "Zl", "Zp") or character == "\t":
        return " "
    return "" if kind in ("Cc", "Cf", "Cs", "Co", "Cn") else character


def _sections(title: str, blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    heading, texts = one_line(title), []
    for block in _flat(blocks):
        if isinstance(block, Heading) and block.level <= 1:
            if texts:
                yield heading, "\n\n".join(texts)
            heading, texts = one_line(block.text), []
        else:
            texts += [text for text in _texts(block) if text]
    if texts:
        yield heading, "\n\n".join(texts)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks in reading order, without what only places them."""
    for block in blocks:
        if isinstance(block, Box):
            if block.title:
                yield Heading(block.title, 3)
            yield from _flat(block.blocks)
        elif isinstance(block, Landscape):
            yield from _flat(block.blocks)
        elif isinstance(block, Columns):
            for part in block.parts:
                yield from _flat(part)
        elif not isinstance(block, PageBreak | Contents):
            yield block


def _fact(name: str, value: str) -> str:
    """„Name: Wert“; a question needs no colon."""
    return f"{name}{'' if name.endswith('?') else ':'} {value}".strip()


def _texts(block: Block) -> Iterator[str]:
    """Paragraphs of one block."""
    match block:
        case Heading():
            yield one_line(block.text)
        case Paragraph():
            yield clean(block.text)
        case Bullets():
            items = [item for item in map(one_line, block.items) if item]
            yield "\n".join(
                f"{number}. {item}" if block.numbered else f"– {item}"
                for number, item in enumerate(items, 1)
            )
        case Facts():
            lines = (_fact(one_line(name), one_line(value)) for name, value in block.rows)
            yield "\n".join(line for line in lines if line != ":")
        case Table():
            yield table_text(block)
        case Chart():
            yield clean(block.sentence)
        case TypeBadge():
            name = sentence("office.type", letter=block.letter, name=block.name)
            yield one_line(f"{name}: {block.text}" if block.text else name)
        case _:
            return


def table_text(table: Table) -> str:
    """„Zeile – Spalte: Wert; Spalte: Wert“, one line a row, below the caption."""
    columns, rows = worded(table)
    lines = [one_line(table.caption)] if table.caption and table.caption_shown else []
    for row in rows:
        head, *values = (one_line(cell) for cell in row)
        said = (
            _fact(one_line(column.name), value)
            for column, value in zip(columns[1:], values, strict=True)
            if value
        )
        lines.append(" – ".join(part for part in (head, "; ".join(said)) if part))
    lines += [clean(table.note)] if table.note else []
    return "\n".join(line for line in lines if line)
