"""The gap map: fields down, references across, the shortfall in points in each cell, one hue.

A cell says one of four things, each by its own sign and not by colour alone: a number (shortfall),
„≈“ (not distinguishable), a tick (reached), „–“ (not known). Nothing is red or green.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment.figures import svg
from assessment.figures.figure import Cell, Figure, FigureTable
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_number

_WIDTH = 600
_NAME_END = 214
_ROW, _TALL = 27, 36
"""Height of a row whose name takes one line, or two."""
_TEXT = 14
_SMALL = 13.5
_GAP = 3
_TOP = 46
_LEGEND = 30
_SHADES = (10.0, 20.0, 30.0, 45.0)
"""Points from which the next darker shade begins; fixed, so that a number keeps its shade."""


class CellSign(StrEnum):
    """What a cell shows."""

    NUMBER = "number"
    EQUAL = "equal"
    REACHED = "reached"
    UNKNOWN = "unknown"


WORDS = {
    CellSign.EQUAL: "nicht unterscheidbar",
    CellSign.REACHED: "erreicht",
    CellSign.UNKNOWN: "keine Angabe",
}
STATES = {CellSign.NUMBER: "Abstand", **WORDS}
"""How a cell stands to its reference, as the table says it."""


@dataclass(frozen=True, slots=True)
class GapCell:
    """One field against one reference; ``points`` (0–100) only counts for a number."""

    sign: CellSign
    points: int | None = None
    note: str = ""
    """For the table: why there is no value."""
    value: int | None = None
    """The reference in points."""
    low: int | None = None
    high: int | None = None
    """Range of the gap in points."""
    n: int | None = None
    """Others behind the reference."""


@dataclass(frozen=True, slots=True)
class GapMapRow:
    """One field: a cell per reference and a closing word (its priority; may be empty)."""

    name: str
    cells: tuple[GapCell, ...]
    word: str = ""
    own: int | None = None
    """Own points, for the table."""


def gap_map(
    rows: Sequence[GapMapRow],
    columns: Sequence[str],
    *,
    question: str,
    sentence: str,
    last: str = "",
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """``columns``: names of the references; ``last``: heading of the closing words, if any."""
    colours = palette(theme)
    heads = [*columns, *([last] if last else [])]
    width = (_WIDTH - _NAME_END) / max(len(heads), 1)
    bottom = float(_TOP)
    parts = _heads(heads, width, colours)
    for row in rows:
        lines = svg.wrapped(row.name, _NAME_END - 4, _TEXT)
        height = _ROW if len(lines) == 1 else _TALL
        parts += _row(row, lines, (bottom, height), width, bool(last), colours)
        bottom += height
    parts += _legend(bottom + _LEGEND - 8, colours)
    alt = "; ".join(
        f"{row.name}: "
        + ", ".join(
            f"{head} {in_words(cell)}" for head, cell in zip(columns, row.cells, strict=True)
        )
        for row in rows
    )
    return Figure(
        svg.document(_WIDTH, bottom + _LEGEND, parts, question),
        question,
        sentence,
        f"Tabelle der Abstände. {alt or 'Keine Felder'}.",
        _table(rows, columns, last),
        subtitle,
        _shown(rows, columns, last),
    )


def in_words(cell: GapCell) -> str:
    """„21 Punkte“, „nicht unterscheidbar“, „erreicht“, „keine Angabe“."""
    if cell.sign is CellSign.NUMBER:
        return f"{format_number(cell.points)} {'Punkt' if cell.points == 1 else 'Punkte'}"
    return WORDS[cell.sign]


def tick(x: float, y: float, colour: str, size: float = 5) -> list[str]:
    """A tick of two lines around the middle ``x``, ``y`` (the font has none)."""
    return [
        svg.line(x - size, y, x - size * 0.25, y + size * 0.75, stroke=colour, width=1.8),
        svg.line(x - size * 0.25, y + size * 0.75, x + size, y - size, stroke=colour, width=1.8),
    ]


def _heads(heads: Sequence[str], width: float, colours: Palette) -> list[str]:
    parts = []
    for place, head in enumerate(heads):
        middle = _NAME_END + width * (place + 0.5)
        lines = svg.wrapped(head, width - 4, _SMALL)
        for number, part in enumerate(lines):
            y = _TOP - 10 - 16 * (len(lines) - 1 - number)
            parts.append(
                svg.text(middle, y, part, size=_SMALL, fill=colours.quiet, anchor="middle")
            )
    return parts


def _row(
    row: GapMapRow,
    lines: Sequence[str],
    place: tuple[float, float],
    width: float,
    words: bool,
    colours: Palette,
) -> list[str]:
    """``place``: top and height of the row."""
    top, height = place
    middle = top + height / 2
    first = middle + 5 - 8 * (len(lines) - 1)
    parts = [
        svg.text(0, first + 16 * number, part, size=_TEXT, fill=colours.ink)
        for number, part in enumerate(lines)
    ]
    for number, cell in enumerate(row.cells):
        box = (_NAME_END + width * number, top, width, height)
        parts += _cell(cell, box, colours)
    if words:
        at = _NAME_END + width * (len(row.cells) + 0.5)
        parts.append(
            svg.text(at, middle + 5, row.word, size=_TEXT, fill=colours.ink, anchor="middle")
        )
    return parts


def _cell(cell: GapCell, place: tuple[float, float, float, float], colours: Palette) -> list[str]:
    left, top, width, height = place
    middle, y = left + width / 2, top + height / 2
    box = (left + _GAP / 2, top + _GAP / 2, width - _GAP, height - _GAP)
    if cell.sign is CellSign.NUMBER:
        shade = sum((cell.points or 0) >= limit for limit in _SHADES)
        ink = colours.ground if shade >= 3 else colours.ink
        return [
            svg.rect(*box, fill=colours.levels[shade], radius=2),
            svg.text(
                middle,
                y + 5,
                format_number(cell.points),
                size=15,
                fill=ink,
                weight=600,
                anchor="middle",
            ),
        ]
    frame = svg.rect(*box, fill=colours.ground, stroke=colours.line, radius=2)
    if cell.sign is CellSign.REACHED:
        return [frame, *tick(middle, y, colours.quiet)]
    sign = "≈" if cell.sign is CellSign.EQUAL else "–"
    return [frame, svg.text(middle, y + 5, sign, size=15, fill=colours.quiet, anchor="middle")]


def _legend(y: float, colours: Palette) -> list[str]:
    """What the signs mean, from left to right."""
    return [
        svg.rect(0, y - 13, 26, 18, fill=colours.levels[2], radius=2),
        svg.text(13, y, "21", size=13, fill=colours.ink, weight=600, anchor="middle"),
        svg.text(32, y, "Punkte Abstand", size=_SMALL, fill=colours.quiet),
        svg.text(150, y, "≈", size=15, fill=colours.quiet),
        svg.text(166, y, "nicht unterscheidbar", size=_SMALL, fill=colours.quiet),
        *tick(318, y - 5, colours.quiet),
        svg.text(330, y, "erreicht", size=_SMALL, fill=colours.quiet),
        svg.text(404, y, "–", size=15, fill=colours.quiet),
        svg.text(420, y, "keine Angabe", size=_SMALL, fill=colours.quiet),
    ]


def _shown(rows: Sequence[GapMapRow], columns: Sequence[str], last: str) -> FigureTable:
    """To be read: a row per field, each gap with its range in words."""
    return FigureTable(
        ("Feld", "eigene Punkte", *columns, *([last] if last else [])),
        tuple(
            (
                row.name,
                row.own,
                *(_ranged(cell) for cell in row.cells),
                *([row.word] if last else []),
            )
            for row in rows
        ),
    )


def _ranged(cell: GapCell) -> str:
    """„50 Punkte, zwischen 27 und 73“; the range only where there is one."""
    words = in_words(cell)
    known = cell.sign is CellSign.NUMBER and cell.low is not None and cell.high is not None
    if not known or cell.low == cell.high:
        return words
    return f"{words}, zwischen {cell.low} und {cell.high}"


def _table(rows: Sequence[GapMapRow], columns: Sequence[str], last: str) -> FigureTable:
    """One row per field and reference: the same columns whatever is compared, so files stack."""
    body = []
    for row in rows:
        for column, cell in zip(columns, row.cells, strict=True):
            number = cell.sign is CellSign.NUMBER
            cells: list[Cell] = [
                row.name,
                column,
                row.own,
                cell.value,
                cell.points if number else None,
                cell.low if number else None,
                cell.high if number else None,
                STATES[cell.sign],
                cell.n,
                *([row.word] if last else []),
                cell.note,
            ]
            body.append(tuple(cells))
    heads = [
        "Feld",
        "Bezug",
        "eigene Punkte",
        "Punkte des Bezugs",
        "Abstand",
        "Abstand mindestens",
        "Abstand höchstens",
        "Stand",
        "andere Kommunen",
        *([last] if last else []),
        "Hinweis",
    ]
    return FigureTable(tuple(heads), tuple(body))
