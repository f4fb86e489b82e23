"""A chosen group beside everybody, per field: dot = its median, hollow band and tick = everybody.

The group's own middle half is a thin line under the dot. Fields without a shown median say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_number, format_signed

_WIDTH = 760
_NAMES = 262
_SCALE, _SCALE_END = 272, 670
_END = _WIDTH - 4
_ROW, _TOP = 26, 44
_TEXT, _SMALL = 14, 12


@dataclass(frozen=True, slots=True)
class MedianRow:
    """One field in points 0–100; ``None`` where the guard hides it."""

    name: str
    median: int | None
    low: int | None
    high: int | None
    all_median: int | None
    all_low: int | None
    all_high: int | None


def group_medians_figure(
    rows: Sequence[MedianRow],
    *,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Rows in the order given."""
    colours = palette(theme)
    bottom = _TOP + _ROW * len(rows)
    parts = _heading(colours, bottom)
    for number, row in enumerate(rows):
        parts += _row(row, _TOP + number * _ROW + _ROW / 2, colours)
    told = "; ".join(
        f"{row.name}: Auswahl {_number(row.median)}, alle {_number(row.all_median)}" for row in rows
    )
    return Figure(
        svg.document(_WIDTH, bottom + 4, parts, question),
        question,
        sentence,
        f"Mediane in Punkten. {told}.",
        FigureTable(
            (
                "Feld",
                "Auswahl: Median",
                "Auswahl: unteres Viertel bis",
                "Auswahl: oberes Viertel ab",
                "Alle: Median",
                "Alle: unteres Viertel bis",
                "Alle: oberes Viertel ab",
            ),
            tuple(
                (
                    row.name,
                    *(_cell(value) for value in (row.median, row.low, row.high)),
                    *(_cell(value) for value in (row.all_median, row.all_low, row.all_high)),
                )
                for row in rows
            ),
        ),
        subtitle,
    )


def _cell(value: int | None) -> int | str:
    return "verdeckt" if value is None else value


def _number(value: int | None) -> str:
    return "verdeckt" if value is None else format_number(value)


def _place(value: float) -> float:
    return _SCALE + (_SCALE_END - _SCALE) * value / 100


def _heading(colours: Palette, bottom: float) -> list[str]:
    y = 13
    parts = [
        svg.circle(_SCALE + 5, y - 4, 5, fill=colours.ink),
        svg.text(_SCALE + 15, y, "Median der Auswahl", size=_SMALL, fill=colours.quiet),
        *_band(_SCALE + 140, _SCALE + 172, _SCALE + 156, y - 4, colours),
        svg.text(
            _SCALE + 179, y, "alle: Median und mittlere Hälfte", size=_SMALL, fill=colours.quiet
        ),
    ]
    for tick in (0, 25, 50, 75, 100):
        x = _place(tick)
        parts.append(svg.line(x, _TOP - 4, x, bottom, stroke=colours.line))
        parts.append(svg.text(x, _TOP - 9, tick, size=_SMALL, fill=colours.quiet, anchor="middle"))
    parts.append(
        svg.text(_END, _TOP - 9, "Unterschied", size=_SMALL, fill=colours.quiet, anchor="end")
    )
    return parts


def _row(row: MedianRow, y: float, colours: Palette) -> list[str]:
    parts = [
        svg.line(0, y + _ROW / 2, _WIDTH, y + _ROW / 2, stroke=colours.line),
        svg.text(0, y + 5, svg.fit(row.name, _NAMES, _TEXT), size=_TEXT, fill=colours.ink),
    ]
    if row.all_low is not None and row.all_high is not None and row.all_median is not None:
        low, high = _place(row.all_low), _place(row.all_high)
        parts += _band(low, high, _place(row.all_median), y, colours)
    if row.median is None:
        parts.append(
            svg.text(_END, y + 5, "verdeckt", size=_TEXT, fill=colours.quiet, anchor="end")
        )
        return parts
    if row.low is not None and row.high is not None:
        parts.append(
            svg.line(_place(row.low), y, _place(row.high), y, stroke=colours.ink, width=1.6)
        )
    parts.append(svg.circle(_place(row.median), y, 5.5, fill=colours.ink, stroke=colours.ground))
    if row.all_median is not None:
        difference = format_signed(row.median - row.all_median)
        parts.append(svg.text(_END, y + 5, difference, size=_TEXT, fill=colours.ink, anchor="end"))
    return parts


def _band(low: float, high: float, median: float, y: float, colours: Palette) -> list[str]:
    return [
        svg.rect(
            low,
            y - 7,
            max(high - low, 3),
            14,
            fill=colours.band_fill,
            stroke=colours.band,
            radius=2,
        ),
        svg.rect(
            median - 1.5,
            y - 10,
            3,
            20,
            fill=colours.ground,
            stroke=colours.band,
            stroke_width=1.2,
        ),
    ]
