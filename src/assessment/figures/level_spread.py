"""How many stand at which level in one field, the own level marked, the group's band below."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.counts import HIDDEN
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_number

_WIDTH = 600
_BAR, _BAR_END = 216, 548
_ROW = 30
_TOP = 30
_TEXT = 14
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class SpreadBand:
    """The group's points 0–100 and the own ones; ``None`` = hidden or not rated."""

    name: str
    own: int | None
    median: int | None
    low: int | None
    high: int | None


def level_spread(
    counts: Sequence[int | None],
    names: Sequence[str],
    own_level: int | None,
    band: SpreadBand,
    *,
    own: str,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """``counts``: municipalities at level 0–4, ``None`` = hidden; ``names``: names of the levels.

    ``own``: name of the municipality.
    """
    colours = palette(theme)
    labels = [_label(level, names) for level in range(_LEVELS)]
    most = max([count or 0 for count in counts] + [1])
    parts: list[str] = []
    if own_level is not None or band.own is not None:
        parts += [
            svg.circle(7, 10, 6, fill=colours.ink),
            svg.text(20, 15, svg.fit(own, _WIDTH - 30, _TEXT), size=_TEXT, fill=colours.ink),
        ]
    for level, count in enumerate(counts):
        mine = level == own_level
        y = _TOP + _ROW * level
        parts += _bar(level, count, labels[level], most, y, mine, colours)
    y = _TOP + _ROW * _LEVELS + 14
    height = y
    if band.median is not None:
        parts += _band(band, y, colours)
        height = y + 62
    told = ", ".join(
        f"{label} {HIDDEN if count is None else format_number(count)}"
        for label, count in zip(labels, counts, strict=True)
    )
    mine = "ohne Stufe" if own_level is None else f"Stufe {own_level}"
    return Figure(
        svg.document(_WIDTH, height, parts, question),
        question,
        sentence,
        f"Kommunen je Stufe: {told}. {own}: {mine}.",
        FigureTable(
            ("Stufe", "Kommunen", own),
            tuple(
                (label, HIDDEN if count is None else count, "hier" if level == own_level else "")
                for level, (label, count) in enumerate(zip(labels, counts, strict=True))
            ),
        ),
        subtitle,
    )


def _label(level: int, names: Sequence[str]) -> str:
    name = names[level] if level < len(names) else ""
    return f"{level} {name}".strip()


def _bar(
    level: int,
    count: int | None,
    label: str,
    most: int,
    y: float,
    mine: bool,
    colours: Palette,
) -> list[str]:
    middle = y + _ROW / 2
    parts = []
    if mine:
        parts.append(svg.circle(7, middle, 6, fill=colours.ink))
    text = svg.fit(label, _BAR - 28, _TEXT)
    weight = 600 if mine else 400
    parts.append(svg.text(20, middle + 5, text, size=_TEXT, fill=colours.ink, weight=weight))
    if count is None:
        parts.append(svg.text(_BAR, middle + 5, HIDDEN, size=_TEXT, fill=colours.quiet))
        return parts
    length = (_BAR_END - _BAR) * count / most
    parts.append(
        svg.rect(
            _BAR,
            y + 5,
            max(length, 1),
            _ROW - 10,
            fill=colours.levels[level],
            stroke=colours.band,
            radius=2,
            stroke_width=0.8,
        )
    )
    parts.append(
        svg.text(_BAR + length + 8, middle + 5, format_number(count), size=_TEXT, fill=colours.ink)
    )
    return parts


def _band(band: SpreadBand, y: float, colours: Palette) -> list[str]:
    """One axis 0–100 with the group's middle half, its median and the own dot."""
    middle = y + 22
    parts = [
        svg.text(0, middle + 5, svg.fit(band.name, _BAR - 12, _TEXT), size=_TEXT, fill=colours.ink)
    ]
    for value in (0, 25, 50, 75, 100):
        x = _place(value)
        parts.append(svg.line(x, y + 6, x, y + 38, stroke=colours.line))
        parts.append(svg.text(x, y + 54, value, size=13, fill=colours.quiet, anchor="middle"))
    parts.append(svg.text(_BAR - 14, y + 54, "Punkte", size=13, fill=colours.quiet, anchor="end"))
    if band.low is not None and band.high is not None:
        left, right = _place(band.low), _place(band.high)
        parts.append(
            svg.rect(
                left,
                middle - 8,
                max(right - left, 3),
                16,
                fill=colours.band_fill,
                stroke=colours.band,
                radius=2,
            )
        )
    if band.median is not None:
        at = _place(band.median)
        parts.append(
            svg.rect(
                at - 1.5,
                middle - 11,
                3,
                22,
                fill=colours.ground,
                stroke=colours.band,
                stroke_width=1.2,
            )
        )
    if band.own is not None:
        parts.append(
            svg.circle(_place(band.own), middle, 6, fill=colours.ink, stroke=colours.ground)
        )
    return parts


def _place(value: float) -> float:
    return _BAR + (_BAR_END - _BAR) * min(max(value, 0), 100) / 100
