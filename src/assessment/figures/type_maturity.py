"""Type × maturity: the types side by side in their fixed order, the own place marked.

The columns are no ranking; the band of a column is the middle half of its municipalities.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.style import MARKS, Palette, ThemeName, palette, with_letter
from assessment.german import format_number

_WIDTH = 600
_LEFT = 56
_TOP, _HEIGHT = 44, 180
_BOTTOM = _TOP + _HEIGHT
_TEXT = 14


@dataclass(frozen=True, slots=True)
class TypeColumn:
    """One type: statistics of its municipalities' values 0–100; ``None`` = hidden.

    ``own``: "first" for the own type, "second" where the municipality also leans to it.
    """

    type_id: str
    name: str
    median: int | None
    low: int | None
    high: int | None
    n: int | None
    own: str = ""
    note: str = ""


def type_maturity(
    columns: Sequence[TypeColumn],
    value: int | None,
    *,
    own: str,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """``value``: the municipality's own value 0–100; ``own``: its name."""
    colours = palette(theme)
    width = (_WIDTH - _LEFT) / max(len(columns), 1)
    parts = [*_legend(own, value is not None, colours), *_axis(colours)]
    for place, column in enumerate(columns):
        parts += _column(column, _LEFT + width * (place + 0.5), width, colours)
    if value is not None:
        for place, column in enumerate(columns):
            if column.own:
                x = _LEFT + width * (place + 0.5)
                parts += _own(column.own == "first", x, value, colours)
    alt = "; ".join(
        f"{column.name}: {'verdeckt' if column.median is None else format_number(column.median)}"
        for column in columns
    )
    mine = "ohne Wert" if value is None else format_number(value)
    return Figure(
        svg.document(_WIDTH, _BOTTOM + 62, parts, question),
        question,
        sentence,
        f"{own}: {mine}. Mittlerer Wert je Typ: {alt}.",
        FigureTable(
            ("Typ", "Median", "unteres Viertel bis", "oberes Viertel ab", "Kommunen", own),
            tuple(
                (
                    column.name,
                    column.median,
                    column.low,
                    column.high,
                    column.n,
                    value if column.own == "first" else None,
                )
                for column in columns
            ),
        ),
        subtitle,
    )


def _axis(colours: Palette) -> list[str]:
    parts = [svg.text(0, _TOP - 12, "Punkte", size=13, fill=colours.quiet)]
    for value in (0, 25, 50, 75, 100):
        y = _place(value)
        parts.append(svg.line(_LEFT - 8, y, _WIDTH, y, stroke=colours.line))
        parts.append(
            svg.text(_LEFT - 14, y + 4.5, value, size=13, fill=colours.quiet, anchor="end")
        )
    return parts


def _column(column: TypeColumn, x: float, width: float, colours: Palette) -> list[str]:
    colour = colours.type_colour(column.type_id)
    parts = []
    if column.low is not None and column.high is not None:
        top, bottom = _place(column.high), _place(column.low)
        parts.append(
            svg.rect(
                x - 26,
                top,
                52,
                max(bottom - top, 3),
                fill=colours.band_fill,
                stroke=colours.band,
                radius=3,
            )
        )
    if column.median is not None:
        y = _place(column.median)
        parts.append(
            svg.rect(
                x - 30, y - 1.5, 60, 3, fill=colours.ground, stroke=colours.band, stroke_width=1.2
            )
        )
    else:
        middle = (_TOP + _BOTTOM) / 2
        parts.append(svg.text(x, middle, "verdeckt", size=13, fill=colours.quiet, anchor="middle"))
    parts.append(svg.mark(MARKS.get(column.type_id, "ring"), x, _BOTTOM + 18, 6, colour))
    lines = svg.wrapped(with_letter(column.type_id, column.name), width + 4, 13.5)
    parts += [
        svg.text(x, _BOTTOM + 42 + 15 * number, part, size=13.5, fill=colours.ink, anchor="middle")
        for number, part in enumerate(lines)
    ]
    return parts


def _own(first: bool, x: float, value: int, colours: Palette) -> list[str]:
    y = _place(value)
    if not first:
        return [svg.circle(x, y, 6, fill=colours.ground, stroke=colours.ink)]
    number = svg.text(x + 38, y + 5, value, size=15, fill=colours.ink, weight=600)
    return [svg.circle(x, y, 7, fill=colours.ink, stroke=colours.ground), number]


def _legend(own: str, known: bool, colours: Palette) -> list[str]:
    x, y = _LEFT, 14
    parts = []
    if known:
        name = svg.fit(own, 190, _TEXT)
        parts += [
            svg.circle(x + 5, y - 4, 5.5, fill=colours.ink),
            svg.text(x + 17, y, name, size=_TEXT, fill=colours.ink),
        ]
        x += 230
    parts += [
        svg.rect(x, y - 11, 30, 14, fill=colours.band_fill, stroke=colours.band, radius=2),
        svg.rect(x + 13.5, y - 14, 3, 20, fill=colours.ground, stroke=colours.band),
        svg.text(x + 37, y, "Median und mittlere Hälfte", size=13.5, fill=colours.quiet),
    ]
    return parts


def _place(value: float) -> float:
    return _BOTTOM - _HEIGHT * min(max(value, 0), 100) / 100
