"""Questions of one field: the own answer as a dot, the group's median as a tick with its range.

The thin line between both is the gap; it is only drawn where the difference is clear.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_number

_WIDTH = 600
_NAME_END = 262
_SCALE, _SCALE_END = 276, 528
_END = _WIDTH - 2
_LINE = 17
_TOP = 48
_TEXT = 14
_SMALL = 13.5
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class GapDot:
    """One question; points 0–100, ``None`` where unknown.

    ``low`` and ``high``: range of the reference. ``clear``: the own value lies below it beyond
    what can't be told apart. ``word``: what stands at the end of the row.
    """

    name: str
    own: int | None
    reference: int | None
    low: int | None
    high: int | None
    clear: bool
    word: str
    answer: str = ""
    note: str = ""
    shortfall: int | None = None
    """The gap in points where it is clear."""
    state: str = ""
    """How the answer stands to the reference, in a word for the table."""
    n: int | None = None
    """Others behind the reference."""


def gap_dots(
    rows: Sequence[GapDot],
    *,
    question: str,
    sentence: str,
    own: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """``own``: name of the municipality; the tick is the median of its group."""
    colours = palette(theme)
    lines = [svg.wrapped(row.name, _NAME_END - 6, _TEXT, _MOST_LINES) for row in rows]
    heights = [max(len(found), 1) * _LINE + 13 for found in lines]
    height = _TOP + sum(heights) + 4
    parts = _axis(height, any(row.reference is not None for row in rows), colours)
    y = float(_TOP)
    for row, wrapped, tall in zip(rows, lines, heights, strict=True):
        parts += _row(row, wrapped, y, tall, colours)
        y += tall
    alt = "; ".join(_in_words(row) for row in rows)
    return Figure(
        svg.document(_WIDTH, height, parts, question),
        question,
        sentence,
        f"{own}: {alt}.",
        FigureTable(
            (
                "Frage",
                "eigene Antwort",
                "eigene Punkte",
                "Median der Gruppe",
                "Median mindestens",
                "Median höchstens",
                "Abstand",
                "Stand",
                "andere Kommunen",
                "Hinweis",
            ),
            tuple(
                (
                    row.name,
                    row.answer,
                    row.own,
                    row.reference,
                    row.low,
                    row.high,
                    row.shortfall,
                    row.state,
                    row.n,
                    row.note,
                )
                for row in rows
            ),
        ),
        subtitle,
        _shown(rows),
    )


def _shown(rows: Sequence[GapDot]) -> FigureTable:
    """To be read: without what the drawing's band already says."""
    return FigureTable(
        ("Frage", "eigene Antwort", "eigene Punkte", "Median der Gruppe", "Abstand"),
        tuple(
            (
                row.name,
                row.answer,
                row.own,
                row.reference,
                row.state if row.shortfall is None else row.shortfall,
            )
            for row in rows
        ),
    )


def _axis(height: float, peers: bool, colours: Palette) -> list[str]:
    x, y = _SCALE, 14
    parts = [
        svg.circle(x + 5, y - 4, 5, fill=colours.ink),
        svg.text(x + 15, y, "eigene Antwort", size=_SMALL, fill=colours.quiet),
    ]
    if peers:
        x += 134
        parts += _mark(x, x + 28, x + 14, y - 4, colours)
        parts.append(svg.text(x + 35, y, "Median der Gruppe", size=_SMALL, fill=colours.quiet))
    for value in (0, 25, 50, 75, 100):
        at = _place(value)
        parts.append(svg.line(at, _TOP - 4, at, height - 4, stroke=colours.line))
        parts.append(svg.text(at, _TOP - 10, value, size=13, fill=colours.quiet, anchor="middle"))
    parts.append(svg.text(_END, _TOP - 10, "Abstand", size=13, fill=colours.quiet, anchor="end"))
    return parts


def _row(row: GapDot, lines: Sequence[str], top: float, tall: float, colours: Palette) -> list[str]:
    y = top + tall / 2
    first = y + 5 - _LINE * (len(lines) - 1) / 2
    parts = [svg.line(0, top + tall, _WIDTH, top + tall, stroke=colours.line)]
    parts += [
        svg.text(0, first + _LINE * number, part, size=_TEXT, fill=colours.ink)
        for number, part in enumerate(lines)
    ]
    if row.reference is not None:
        low = row.reference if row.low is None else row.low
        high = row.reference if row.high is None else row.high
        parts += _mark(_place(low), _place(high), _place(row.reference), y, colours)
    if row.own is not None:
        if row.clear and row.reference is not None:
            parts.append(
                svg.line(
                    _place(row.own), y, _place(row.reference), y, stroke=colours.band, width=2.5
                )
            )
        parts.append(svg.circle(_place(row.own), y, 6, fill=colours.ink, stroke=colours.ground))
    parts.append(svg.text(_END, y + 5, row.word, size=_TEXT, fill=colours.ink, anchor="end"))
    return parts


def _mark(low: float, high: float, middle: float, y: float, colours: Palette) -> list[str]:
    parts = []
    if high - low >= 1:
        parts.append(
            svg.rect(
                low, y - 6, high - low, 12, fill=colours.band_fill, stroke=colours.band, radius=2
            )
        )
    parts.append(
        svg.rect(
            middle - 1.5, y - 9, 3, 18, fill=colours.ground, stroke=colours.band, stroke_width=1.2
        )
    )
    return parts


def _place(value: float) -> float:
    return _SCALE + (_SCALE_END - _SCALE) * min(max(value, 0), 100) / 100


def _in_words(row: GapDot) -> str:
    if row.own is None:
        return f"{row.name}: keine auswertbare Antwort"
    words = f"{row.name}: {format_number(row.own)} Punkte"
    return words if row.reference is None else f"{words} (Gruppe {format_number(row.reference)})"
