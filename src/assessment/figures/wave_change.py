"""Two waves of one municipality: hollow dot = earlier, filled dot = later, arrow = own change."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_signed

_WIDTH = 600
_NAME_END = 204
_SCALE, _SCALE_END = 216, 440
_OWN, _PEERS = 516, 598
_ROW, _TALL = 29, 38
"""Height of a row whose name takes one line, or two."""
_TOP = 66
_TEXT = 14
_SMALL = 13.5


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One field. ``before``/``after``: points 0–100; the changes are signed, ``None`` = unknown."""

    name: str
    before: int | None
    after: int | None
    own: int | None
    clear: bool
    """Whether the own change is more than answers could explain."""
    peers: int | None
    questionnaire: int | None
    note: str = ""
    n: int | None = None
    """Others of the group in both waves."""


def wave_change(
    rows: Sequence[WaveRow],
    *,
    before: str,
    after: str,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """``before`` and ``after``: names of the waves, such as „2026“."""
    colours = palette(theme)
    names = [svg.wrapped(row.name, _NAME_END, _TEXT) for row in rows]
    heights = [_ROW if len(lines) == 1 else _TALL for lines in names]
    height = _TOP + sum(heights) + 4
    parts = _heading(before, after, height, colours)
    top = float(_TOP)
    for row, lines, tall in zip(rows, names, heights, strict=True):
        parts += _row(row, lines, top + tall / 2, tall, colours)
        top += tall
    alt = "; ".join(f"{row.name}: {_change(row)}" for row in rows)
    return Figure(
        svg.document(_WIDTH, height, parts, question),
        question,
        sentence,
        f"Veränderung von {before} auf {after} in Punkten. {alt}.",
        FigureTable(
            (
                "Feld",
                "von",
                "bis",
                "Punkte vorher",
                "Punkte nachher",
                "eigene Änderung",
                "deutlich",
                "Änderung der anderen (Median)",
                "andere Kommunen",
                "durch den Fragebogen",
                "Hinweis",
            ),
            tuple(
                (
                    row.name,
                    before,
                    after,
                    row.before,
                    row.after,
                    row.own,
                    "keine Angabe" if row.own is None else "ja" if row.clear else "nein",
                    row.peers,
                    row.n,
                    row.questionnaire,
                    row.note,
                )
                for row in rows
            ),
        ),
        subtitle,
        _shown(rows, before, after),
    )


def _shown(rows: Sequence[WaveRow], before: str, after: str) -> FigureTable:
    """To be read: the waves in the heading instead of in columns of their own."""
    return FigureTable(
        (
            "Feld",
            f"Punkte {before}",
            f"Punkte {after}",
            "eigene Änderung",
            "deutlich",
            "Änderung der anderen (Median)",
            "durch den Fragebogen",
        ),
        tuple(
            (
                row.name,
                row.before,
                row.after,
                row.own,
                "keine Angabe" if row.own is None else "ja" if row.clear else "nein",
                row.peers,
                row.questionnaire,
            )
            for row in rows
        ),
    )


def _change(row: WaveRow) -> str:
    if row.own is None:
        return "–"
    return format_signed(row.own) if row.clear else f"{format_signed(row.own)} (≈)"


def _signed(value: int | None) -> str:
    return "–" if value is None else format_signed(value)


def _heading(before: str, after: str, height: float, colours: Palette) -> list[str]:
    y = 14
    parts = [
        svg.circle(_SCALE + 5, y - 4, 5, fill=colours.ground, stroke=colours.quiet),
        svg.text(_SCALE + 16, y, svg.fit(before, 90, _SMALL), size=_SMALL, fill=colours.quiet),
        svg.circle(_SCALE + 117, y - 4, 5.5, fill=colours.ink),
        svg.text(_SCALE + 128, y, svg.fit(after, 90, _SMALL), size=_SMALL, fill=colours.quiet),
    ]
    for at, lines in ((_OWN, ("eigene", "Änderung")), (_PEERS, ("andere", "(Median)"))):
        parts += [
            svg.text(at, _TOP - 27 + 16 * number, part, size=13, fill=colours.quiet, anchor="end")
            for number, part in enumerate(lines)
        ]
    for value in (0, 25, 50, 75, 100):
        at = _place(value)
        parts.append(svg.line(at, _TOP - 4, at, height - 4, stroke=colours.line))
        parts.append(svg.text(at, _TOP - 11, value, size=13, fill=colours.quiet, anchor="middle"))
    return parts


def _row(row: WaveRow, lines: Sequence[str], y: float, tall: float, colours: Palette) -> list[str]:
    parts = [svg.line(0, y + tall / 2, _WIDTH, y + tall / 2, stroke=colours.line)]
    first = y + 5 - 8 * (len(lines) - 1)
    parts += [
        svg.text(0, first + 16 * number, part, size=_TEXT, fill=colours.ink)
        for number, part in enumerate(lines)
    ]
    if row.before is not None and row.after is not None:
        parts += _arrow(_place(row.before), _place(row.after), y, colours)
    if row.before is not None:
        at = _place(row.before)
        parts.append(svg.circle(at, y, 5, fill=colours.ground, stroke=colours.quiet))
    if row.after is not None:
        parts.append(svg.circle(_place(row.after), y, 5.5, fill=colours.ink, stroke=colours.ground))
    weight = 600 if row.clear else 400
    ink = colours.ink if row.clear else colours.quiet
    own = "–" if row.own is None else "≈" if row.own and not row.clear else format_signed(row.own)
    parts.append(svg.text(_OWN, y + 5, own, size=15, fill=ink, weight=weight, anchor="end"))
    parts.append(
        svg.text(_PEERS, y + 5, _signed(row.peers), size=_TEXT, fill=colours.quiet, anchor="end")
    )
    return parts


def _arrow(start: float, end: float, y: float, colours: Palette) -> list[str]:
    """A line with a head that ends where the later dot begins; none where both dots touch."""
    if abs(end - start) < 16:
        return []
    sign = 1 if end > start else -1
    tip = end - sign * 6.5
    return [
        svg.line(start + sign * 5, y, tip - sign * 5, y, stroke=colours.band, width=2),
        f'<polygon points="{tip:.1f},{y:.1f} {tip - sign * 8:.1f},{y - 4.5:.1f} '
        f'{tip - sign * 8:.1f},{y + 4.5:.1f}" fill="{colours.band}"/>',
    ]


def _place(value: float) -> float:
    return _SCALE + (_SCALE_END - _SCALE) * min(max(value, 0), 100) / 100
