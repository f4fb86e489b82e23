"""The level profile: per dimension the level 0–4 as steps, and the place among the peers.

Absolute level (steps, one hue, number) and relative place (hollow band = middle half of the peers,
hollow tick = median, filled dot = own) are two separate codes on purpose: a place says nothing
about good or bad.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_number, format_percent

_WIDTH = 600
_END = _WIDTH - 2
_NAME_END = 208
_STEPS = 216
_STEP_WIDTH, _STEP_GAP = 14, 3
_NUMBER = _STEPS + 4 * (_STEP_WIDTH + _STEP_GAP) + 8
_SCALE, _SCALE_END = 318, 552
_ROW = 25
_TOP = 44
_TEXT = 14
_SMALL = 13.4
"""Still 12 pixels high where the drawing is only 540 wide (a tablet with the menu open)."""
OPEN_ENDS = "Spielraum offener Fragen"
"""What the line through a dot means."""
_LEAST_RANGE = 2
"""Points from which the range of open answers is drawn; the dot hides anything smaller."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One dimension. ``score`` and the peers' statistics are 0–100, ``coverage`` 0–1.

    ``score`` and ``level`` are ``None`` where the dimension can't be rated; the peers' values are
    ``None`` where the group is too small to show them.
    """

    name: str
    level: int | None
    score: float | None
    median: float | None = None
    low: float | None = None
    high: float | None = None
    coverage: float | None = None
    note: str = ""
    lowest: float | None = None
    highest: float | None = None
    """What the score could be if open answers were the worst or the best; equal without any."""

    @property
    def open_ends(self) -> bool:
        """Whether open answers leave the score a visible range."""
        if self.lowest is None or self.highest is None:
            return False
        return self.highest - self.lowest >= _LEAST_RANGE


def level_profile(
    rows: Sequence[LevelRow],
    *,
    question: str,
    sentence: str = "",
    own: str,
    group: str,
    theme: ThemeName = "light",
    subtitle: str = "",
    least: float | None = None,
) -> Figure:
    """Draw the profile of ``own`` (a name) against ``group`` (a German group name).

    ``least``: share of answers from which a dimension is rated, 0–1; named where one is not.
    """
    colours = palette(theme)
    height = _TOP + _ROW * len(rows) + 4
    parts = _heading(colours, len(rows), any(row.median is not None for row in rows))
    if any(row.open_ends for row in rows):
        parts += _open_legend(colours)
    for number, row in enumerate(rows):
        parts += _row(row, _TOP + number * _ROW + _ROW / 2, colours, least)
    alt = f"{own} neben {group}: " + "; ".join(_in_words(row) for row in rows) + "."
    return Figure(
        svg.document(_WIDTH, height, parts, question),
        question,
        sentence or _sentence(rows),
        alt,
        _table(rows),
        subtitle,
    )


def _sentence(rows: Sequence[LevelRow]) -> str:
    """How many fields lie above and below the middle half of the group; counts, no verdict."""
    compared = [
        (row.score, row.low, row.high)
        for row in rows
        if row.score is not None and row.low is not None and row.high is not None
    ]
    if not compared:
        return "Ein Vergleich ist hier nicht möglich: Es haben zu wenige andere geantwortet."
    above = sum(score > high for score, _, high in compared)
    below = sum(score < low for score, low, _ in compared)
    within = len(compared) - above - below
    return (
        f"Von {len(compared)} Feldern liegen {above} über, {within} in und {below} unter der "
        "mittleren Hälfte der Gruppe."
    )


def _heading(colours: Palette, n_rows: int, peers: bool) -> list[str]:
    bottom = _TOP + _ROW * n_rows
    legend_y = 13
    parts = [svg.text(_STEPS, legend_y, "Stufe 0–4", size=_SMALL, fill=colours.quiet)]
    x = _SCALE
    parts.append(svg.circle(x + 5, legend_y - 4, 5, fill=colours.ink))
    parts.append(svg.text(x + 15, legend_y, "eigener Wert", size=_SMALL, fill=colours.quiet))
    if peers:
        x += 104
        parts += _band(x, x + 30, x + 15, legend_y - 4, colours)
        parts.append(svg.text(x + 36, legend_y, "mittlere Hälfte", size=_SMALL, fill=colours.quiet))
    for tick in (0, 25, 50, 75, 100):
        at = _place(tick)
        parts.append(svg.line(at, _TOP - 4, at, bottom, stroke=colours.line))
        parts.append(
            svg.text(at, _TOP - 10, tick, size=_SMALL, fill=colours.quiet, anchor="middle")
        )
    parts.append(svg.text(_END, legend_y, "Punkte", size=_SMALL, fill=colours.quiet, anchor="end"))
    return parts


def _open_legend(colours: Palette) -> list[str]:
    """What the line through a dot means, over the names."""
    y = 9
    return [
        *_ends(0, 26, y, colours),
        svg.circle(13, y, 5, fill=colours.ink, stroke=colours.ground),
        svg.text(34, y + 4, OPEN_ENDS, size=_SMALL, fill=colours.quiet),
    ]


def _ends(low: float, high: float, y: float, colours: Palette) -> list[str]:
    """A line with an end mark on either side."""
    return [
        svg.line(low, y, high, y, stroke=colours.ink, width=1.6),
        *(svg.line(x, y - 4, x, y + 4, stroke=colours.ink, width=1.6) for x in (low, high)),
    ]


def _row(row: LevelRow, y: float, colours: Palette, least: float | None) -> list[str]:
    parts = [
        svg.line(0, y + _ROW / 2, _WIDTH, y + _ROW / 2, stroke=colours.line),
        *_name(row.name, y, colours),
    ]
    if row.level is None or row.score is None:
        missing = "nicht bewertbar"
        if row.coverage is not None:
            needed = f", nötig {format_percent(least)}" if least is not None else ""
            missing += f" ({format_percent(row.coverage)} beantwortet{needed})"
        return [*parts, svg.text(_STEPS, y + 5, missing, size=13, fill=colours.quiet)]
    for step in range(1, 5):
        x = _STEPS + (step - 1) * (_STEP_WIDTH + _STEP_GAP)
        filled = step <= row.level
        parts.append(
            svg.rect(
                x,
                y - 7,
                _STEP_WIDTH,
                14,
                fill=colours.levels[row.level] if filled else colours.ground,
                stroke=colours.levels[3] if filled else colours.band,
                radius=2,
                stroke_width=1 if filled else 0.8,
            )
        )
    parts.append(svg.text(_NUMBER, y + 5.5, row.level, size=15, fill=colours.ink, weight=600))
    if row.low is not None and row.high is not None and row.median is not None:
        parts += _band(_place(row.low), _place(row.high), _place(row.median), y, colours)
    elif row.median is not None:
        parts += _tick(_place(row.median), y, colours)
    if row.open_ends:
        parts += _ends(_place(row.lowest or 0), _place(row.highest or 0), y, colours)
    parts.append(svg.circle(_place(row.score), y, 5.5, fill=colours.ink, stroke=colours.ground))
    parts.append(
        svg.text(_END, y + 5, format_number(row.score), size=_TEXT, fill=colours.ink, anchor="end")
    )
    return parts


def _name(name: str, y: float, colours: Palette) -> list[str]:
    if svg.fit(name, _NAME_END, _TEXT) == name:
        return [svg.text(0, y + 5, name, size=_TEXT, fill=colours.ink)]
    return [
        svg.text(0, y - 1 + 12 * number, part, size=12, fill=colours.ink)
        for number, part in enumerate(svg.wrapped(name, _NAME_END, 13))
    ]


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
        *_tick(median, y, colours),
    ]


def _tick(x: float, y: float, colours: Palette) -> list[str]:
    return [
        svg.rect(x - 1.5, y - 10, 3, 20, fill=colours.ground, stroke=colours.band, stroke_width=1.2)
    ]


def _place(value: float) -> float:
    return _SCALE + (_SCALE_END - _SCALE) * min(max(value, 0), 100) / 100


def _in_words(row: LevelRow) -> str:
    if row.level is None or row.score is None:
        return f"{row.name}: nicht bewertbar"
    words = f"{row.name}: Stufe {row.level}, {format_number(row.score)} Punkte"
    if row.median is not None:
        words += f" (Gruppe {format_number(row.median)})"
    return words


def _table(rows: Sequence[LevelRow]) -> FigureTable:
    return FigureTable(
        (
            "Dimension",
            "Reifestufe",
            "Punkte",
            "Median der Gruppe",
            "unteres Viertel bis",
            "oberes Viertel ab",
            "beantwortet in Prozent",
            "mindestens",
            "höchstens",
        ),
        tuple(
            (
                row.name,
                row.level,
                row.score,
                row.median,
                row.low,
                row.high,
                None if row.coverage is None else round(100 * row.coverage),
                row.lowest,
                row.highest,
            )
            for row in rows
        ),
    )
