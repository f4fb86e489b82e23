"""A document as data for the templates: plain values only, every text printable.

The templates read texts as texts; nothing in them can become markup.
"""

import base64
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assessment.german import format_date
from assessment.profiles.texts import sentence
from assessment.reports.branding import Branding, Crest, readable_colours
from assessment.reports.document import (
    Block,
    Box,
    Bullets,
    Cell,
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
from assessment.reports.pdf.characters import one_line, printable
from assessment.reports.pdf.drawing_data import cell_data, drawing_data

NOTHING = "–"

LONGEST_TITLE = 300
"""Characters; more would fill the first page."""

LONGEST_LINE = 84
"""Characters of a line in head and foot of a page."""

LONGEST_VERSION = 40
"""Characters of a version beside the running head."""

LONGEST_LEADING = 350
"""Characters of a paragraph that stays with the table after it."""

LONGEST_KEPT = 1200
"""Characters in a box that isn't torn apart between two pages."""


@dataclass(slots=True)
class _State:
    """What depends on the blocks before: depth of the last heading, tables so far."""

    level: int = 0
    summaries: list[str] = field(default_factory=list)
    """Of the tables so far: the caption where it isn't printed, else ``""``."""


def template_data(document: Document, branding: Branding) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Values for ``document.typ``, and the summaries of its tables in the order of reading."""
    state = _State()
    blocks = _blocks(document.blocks, state)
    colours = readable_colours(branding)
    return {
        "title": _named(one_line(document.title)),
        "heading": _named(printable(document.title[:LONGEST_TITLE])),
        "subtitle": printable(document.subtitle),
        "running": _running(document),
        "questionnaire": _questionnaire(document.record),
        "municipality": one_line(document.municipality),
        "association": _short(one_line(branding.association)),
        "author": one_line(document.municipality or branding.association) or NOTHING,
        "keywords": [
            word
            for word in (
                document.kind.value,
                one_line(document.municipality),
                document.variant.value,
            )
            if word
        ],
        "description": one_line(document.subtitle),
        "reference_date": _day("pdf.reference_date", document.reference_date),
        "as_of": _said("pdf.as_of", printable(document.as_of)),
        "created": _day("pdf.created", document.created),
        "created_parts": [document.created.year, document.created.month, document.created.day],
        "marks": [printable(mark) for mark in document.marks if mark],
        "source": printable(document.source),
        "record": [printable(line) for line in document.record if line],
        "disclaimer": printable(document.disclaimer),
        "attachment": _short(one_line(document.attachment)),
        "compact": document.compact,
        "primary": colours.text,
        "secondary": colours.drawing,
        "crest": _crest(branding, document.municipality),
        "words": {
            name: sentence(f"pdf.{name}") for name in ("page", "of", "record", "contents", "own")
        },
        "blocks": blocks,
    }, tuple(state.summaries)


def _day(name: str, day: date | None) -> str:
    """In one piece: a day that wraps is hard to find."""
    return "" if day is None else sentence(name, day=format_date(day)).replace(" ", "\u00a0")


def _named(text: str) -> str:
    """PDF/UA wants a name for each heading and figure, even if a person gave none."""
    return text if text.strip() else NOTHING


def _running(document: Document) -> str:
    """Municipality and title in one line of the running head."""
    return _short(
        " · ".join(
            name
            for name in (one_line(document.municipality), one_line(document.short_title))
            if name
        )
    )


def _questionnaire(record: tuple[str, ...]) -> str:
    """The record's first line names the questionnaire; every page says which one was answered."""
    line = one_line(record[0]) if record else ""
    return line.replace(" ", "\u00a0") if len(line) <= LONGEST_VERSION else ""


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"


def _said(name: str, text: str) -> str:
    return sentence(name, text=text) if text else ""


def _crest(branding: Branding, name: str) -> dict[str, str] | None:
    """The coat of arms as SVG text: data that isn't text can't be passed, so SVG carries PNG."""
    if branding.crest is None:
        return None
    alt = sentence("pdf.crest", name=name) if name else sentence("pdf.crest_unnamed")
    return {"svg": _as_svg(branding.crest), "alt": _named(one_line(alt))}


def _as_svg(crest: Crest) -> str:
    if crest.format == "svg":
        return crest.data.decode("utf-8")
    width, height = struct.unpack_from(">II", crest.data, 16)
    data = base64.b64encode(crest.data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _blocks(blocks: Sequence[Block], state: _State) -> list[dict[str, Any]]:
    """Blocks in their order; each paragraph knows whether it leads from a heading to a table."""
    made = [_block(each, state) for each in blocks]
    for before, here, after in zip(blocks, made[1:], blocks[2:], strict=False):
        if here["t"] == "paragraph" and isinstance(before, Heading):
            short = len(here["text"]) <= LONGEST_LEADING
            here["leads"] = short and isinstance(after, Facts | Table | Chart | Bullets)
    return made


def _block(block: Block, state: _State) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            # A level that is skipped would leave a hole in the outline a screen reader announces.
            state.level = min(max(level, 1), state.level + 1, 3)
            return {"t": "heading", "text": _named(printable(text)), "level": state.level}
        case Paragraph(text, kind, _):
            return {"t": "paragraph", "text": printable(text), "kind": kind.value, "leads": False}
        case Bullets(items, numbered, _):
            return {
                "t": "bullets",
                "items": [printable(item) for item in items],
                "numbered": numbered,
            }
        case Facts(caption, rows):
            state.summaries.append("")
            return {
                "t": "facts",
                "caption": printable(caption),
                "rows": [[printable(text, in_cell=True) for text in row] for row in rows],
                "length": sum(len(name) + len(value) for name, value in rows),
            }
        case Table():
            return _table(block, state)
        case Chart():
            return {
                "t": "chart",
                "title": printable(block.title),
                "sentence": printable(block.sentence),
                "alt": _named(one_line(block.alt)),
                "drawing": drawing_data(block.drawing),
                "source": printable(block.source),
                "table": _table(block.table, state) if block.table else None,
            }
        case TypeBadge(type_id, letter, name, text):
            return {
                "t": "badge",
                "type": type_id,
                "letter": one_line(letter)[:2],
                "name": printable(name),
                "text": printable(text),
            }
        case Box(title, blocks):
            inside = _blocks(blocks, state)
            return {
                "t": "box",
                "title": printable(title),
                "blocks": inside,
                "keep": _length(inside) <= LONGEST_KEPT,
            }
        case Columns(parts, shares):
            return {
                "t": "columns",
                "parts": [_blocks(part, state) for part in parts],
                "shares": list(shares) or [1] * len(parts),
            }
        case Landscape(blocks):
            return {"t": "landscape", "blocks": _blocks(blocks, state)}
        case PageBreak():
            return {"t": "pagebreak"}
        case Contents(depth):
            return {"t": "contents", "depth": depth}


def _table(table: Table, state: _State) -> dict[str, Any]:
    state.summaries.append("" if table.caption_shown else one_line(table.caption))
    return {
        "t": "table",
        "caption": printable(table.caption) if table.caption_shown else "",
        "columns": [
            {"name": printable(each.name, in_cell=True), "share": each.share, "right": each.right}
            for each in table.columns
        ],
        "rows": [
            {"cells": [cell_data(cell) for cell in row], "length": _row_length(row)}
            for row in table.rows
        ],
        "length": sum(map(_row_length, table.rows)),
        "note": printable(table.note),
        "source": printable(table.source),
    }


def _row_length(row: tuple[Cell, ...]) -> int:
    """Characters of a row's texts."""
    return sum(len(cell) for cell in row if isinstance(cell, str))


def _length(value: Any) -> int:
    """Characters of everything in blocks, with what drawings and rows take up."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(_length, value)) + 20 * len(value)
    if isinstance(value, dict):
        taken = LONGEST_KEPT if value.get("t") in {"chart", "picture"} else 0
        return taken + sum(map(_length, value.values()))
    return 0
