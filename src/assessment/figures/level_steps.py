"""Levels today and as they could be: the same steps as in the level profile, new ones hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.gantt_marks import hatching
from assessment.figures.style import Palette, ThemeName, palette

_WIDTH = 520
_NAME_END = 250
_STEPS = 262
_STEP_WIDTH, _STEP_GAP = 30, 4
_NUMBER = _STEPS + 4 * (_STEP_WIDTH + _STEP_GAP) + 12
_ROW = 26
_TOP = 30
_TEXT = 13.5


@dataclass(frozen=True, slots=True)
class StepRow:
    """One field: level 0–4 today and projected; ``None`` where it isn't rated."""

    name: str
    today: int | None
    projected: int | None
    target: int | None = None
    """Level the municipality wants to reach."""


def level_steps(
    rows: Sequence[StepRow],
    *,
    question: str,
    sentence: str,
    theme: ThemeName = "light",
) -> Figure:
    """Draw the fields in the given order."""
    colours = palette(theme)
    height = _TOP + _ROW * len(rows) + 6
    parts = _legend(colours, any(row.target is not None for row in rows))
    for number, row in enumerate(rows):
        parts += _row(row, _TOP + number * _ROW + _ROW / 2, colours)
    changed = [row for row in rows if row.projected != row.today]
    alt = "; ".join(_in_words(row) for row in changed) or "Alle Stufen bleiben wie heute"
    return Figure(
        svg.document(_WIDTH, height, parts, question),
        question,
        sentence,
        f"{question} {alt}.",
        FigureTable(
            ("Feld", "Stufe heute", "Stufe dann", "Zielstufe"),
            tuple((row.name, row.today, row.projected, row.target) for row in rows),
        ),
    )


def _legend(colours: Palette, targets: bool) -> list[str]:
    y = 13
    parts = _box(2, y - 4, colours, today=True, new=False, level=3, width=18)
    parts.append(svg.text(26, y, "heute", size=11.5, fill=colours.quiet))
    parts += _box(74, y - 4, colours, today=False, new=True, level=3, width=18)
    parts.append(svg.text(98, y, "kommt hinzu", size=11.5, fill=colours.quiet))
    if targets:
        parts += _target(190, y - 4, colours)
        parts.append(svg.text(198, y, "Ziel", size=11.5, fill=colours.quiet))
    parts.append(svg.text(_STEPS, y, "Reifestufe 0–4", size=11.5, fill=colours.quiet))
    return parts


def _row(row: StepRow, y: float, colours: Palette) -> list[str]:
    parts = [svg.line(0, y + _ROW / 2, _WIDTH, y + _ROW / 2, stroke=colours.line)]
    if svg.fit(row.name, _NAME_END, _TEXT) == row.name:
        parts.append(svg.text(0, y + 5, row.name, size=_TEXT, fill=colours.ink))
    else:
        lines = svg.wrapped(row.name, _NAME_END, 12.5)
        first = y + 4.5 - 5.75 * (len(lines) - 1)
        parts += [
            svg.text(0, first + 11.5 * number, part, size=11.5, fill=colours.ink)
            for number, part in enumerate(lines)
        ]
    if row.today is None or row.projected is None:
        return [
            *parts,
            svg.text(_STEPS, y + 5, "nicht bewertbar", size=13, fill=colours.quiet),
        ]
    for step in range(1, 5):
        x = _STEPS + (step - 1) * (_STEP_WIDTH + _STEP_GAP)
        parts += _box(
            x,
            y,
            colours,
            today=step <= row.today,
            new=row.today < step <= row.projected,
            level=row.today,
        )
    if row.target:
        parts += _target(
            _STEPS + row.target * (_STEP_WIDTH + _STEP_GAP) - _STEP_GAP / 2, y, colours
        )
    changed = row.projected != row.today
    words = f"{row.today} → {row.projected}" if changed else str(row.today)
    weight = 600 if changed else 400
    parts.append(svg.text(_NUMBER, y + 5, words, size=14, fill=colours.ink, weight=weight))
    return parts


def _box(
    x: float,
    y: float,
    colours: Palette,
    *,
    today: bool,
    new: bool,
    level: int,
    width: float = _STEP_WIDTH,
) -> list[str]:
    fill = colours.levels[level] if today else colours.ground
    stroke = colours.levels[3] if today or new else colours.band
    parts = [
        svg.rect(
            x,
            y - 7,
            width,
            14,
            fill=fill,
            stroke=stroke,
            radius=2,
            stroke_width=1.2 if new else 0.8,
        )
    ]
    if new:
        parts += hatching(x, y - 7, width, 14, colours.levels[4])
    return parts


def _target(x: float, y: float, colours: Palette) -> list[str]:
    return [svg.line(x, y - 11, x, y + 11, stroke=colours.ink, width=2.4)]


def _in_words(row: StepRow) -> str:
    return f"{row.name}: Stufe {row.today} → {row.projected}"
