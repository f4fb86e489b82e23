"""The roadmap over time: one bar per measure, quarters below one another, status by shape and word.

It must survive a black-and-white printer: a status is a symbol, a word and a way of filling, never
a colour. Two widths: names beside the bars on a wide screen, above them on a narrow one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.gantt_marks import bar, mark
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_date
from assessment.measures.periods import quarter

WIDE, NARROW = 1100, 560
"""Widths of the two drawings."""
_AXIS = 46
_CALIBRE = 14.0
_BAR = 15
_MOST_QUARTERS = 14
"""Beyond that only years are written; quarters stay as ticks."""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One measure. ``status`` is the German word, ``after`` the ids of rows it waits for."""

    id: str
    name: str
    start: date
    end: date
    status: str
    after: tuple[str, ...] = ()
    note: str = ""
    """Beside the status: „vorgezogen“, „ohne Termin“."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things lie in a drawing of one width."""

    width: int
    left: float
    right: float
    row: float
    beside: bool
    first: date
    last: date

    def x(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * (day - self.first).days / whole

    def middle(self, number: int) -> float:
        """Height at which the bar of a row lies."""
        top = _AXIS + number * self.row
        return top + (self.row / 2 if self.beside else self.row - 16)


def gantt(
    rows: Sequence[GanttRow],
    *,
    question: str,
    sentence: str = "",
    subtitle: str = "",
    today: date | None = None,
    width: int = WIDE,
    theme: ThemeName = "light",
) -> Figure:
    """Draw the rows in their order over whole quarters; ``rows`` must not be empty.

    ``today`` is marked if it lies within. ``width``: :data:`WIDE` or :data:`NARROW`.
    """
    colours = palette(theme)
    frame = _frame(rows, width)
    height = _AXIS + frame.row * len(rows) + 10
    parts = _axis(frame, height, today, colours)
    places = {row.id: number for number, row in enumerate(rows)}
    drawn = [_with_arrow(row, number, places, frame) for number, row in enumerate(rows)]
    for number, row in enumerate(rows):
        parts += _arrows(row, number, drawn[number], rows, places, frame, colours)
    for number, row in enumerate(rows):
        named = [name for name in row.after if name not in drawn[number]]
        parts += _row(row, number, named, frame, colours)
    alt = f"{question} " + "; ".join(_in_words(row) for row in rows[:8])
    if len(rows) > 8:
        alt += f"; und {len(rows) - 8} weitere in der Tabelle"
    return Figure(
        svg.document(frame.width, height, parts, question),
        question,
        sentence,
        f"{alt}.",
        _table(rows),
        subtitle,
    )


def _quarter_start(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _next_quarter(start: date) -> date:
    return date(start.year + (start.month == 10), (start.month + 2) % 12 + 1, 1)


def _frame(rows: Sequence[GanttRow], width: int) -> _Frame:
    first = _quarter_start(min(row.start for row in rows))
    last = _next_quarter(_quarter_start(max(row.end for row in rows)))
    # At least a year, so that a single short measure isn't drawn as if it filled everything.
    while (last - first).days < 360:
        last = _next_quarter(last)
    if width >= WIDE:
        return _Frame(width, 352, width - 6, 38, True, first, last)
    return _Frame(width, 6, width - 6, 50, False, first, last)


def _quarters(frame: _Frame) -> list[date]:
    found, day = [], frame.first
    while day <= frame.last:
        found.append(day)
        day = _next_quarter(day)
    return found


def _axis(frame: _Frame, height: float, today: date | None, colours: Palette) -> list[str]:
    quarters = _quarters(frame)
    named = len(quarters) - 1 <= _MOST_QUARTERS
    parts = []
    for day in quarters:
        x = frame.x(day)
        new_year = day.month == 1
        stroke = colours.band if new_year else colours.line
        parts.append(svg.line(x, 18 if new_year else 24, x, height - 6, stroke=stroke))
    # Quarters differ by two days; all are named alike.
    roomy = (frame.right - frame.left) / (len(quarters) - 1) > 50
    for day, following in pairwise(quarters):
        x, end = frame.x(day), frame.x(following)
        if named:
            number = (day.month + 2) // 3
            name = f"{number}. Qu." if roomy else f"Q{number}"
            parts.append(
                svg.text((x + end) / 2, 38, name, size=11.5, fill=colours.quiet, anchor="middle")
            )
        if day.month == 1 or day is quarters[0]:
            room = (date(day.year + 1, 1, 1) - day).days >= 80
            if room:
                parts.append(svg.text(x + 4, 14, day.year, size=13, fill=colours.ink, weight=600))
    if today is not None and frame.first <= today < frame.last:
        x = frame.x(today)
        parts.append(
            f'<line x1="{x:.1f}" y1="43" x2="{x:.1f}" y2="{height - 6:.1f}" '
            f'stroke="{colours.ink}" stroke-width="1.2" stroke-dasharray="2 3"/>'
        )
        anchor = "end" if x > frame.right - 40 else "start"
        shift = -4 if anchor == "end" else 4
        parts.append(
            svg.text(x + shift, height - 1, "heute", size=11, fill=colours.quiet, anchor=anchor)
        )
    return parts


def _row(
    row: GanttRow, number: int, named: Sequence[str], frame: _Frame, colours: Palette
) -> list[str]:
    """``named``: what it waits for and no arrow shows."""
    top = _AXIS + number * frame.row
    parts = [svg.line(0, top, frame.width, top, stroke=colours.line)]
    y = frame.middle(number)
    if frame.beside:
        parts.append(svg.text(0, y + 4.5, row.id, size=12, fill=colours.quiet))
        room = frame.left - 58
        if svg.fit(row.name, room, _CALIBRE) == row.name:
            parts.append(svg.text(46, y + 4.5, row.name, size=_CALIBRE, fill=colours.ink))
        else:
            lines = svg.wrapped(row.name, room, 13.5)
            above = 7.5 * (len(lines) - 1)
            parts += [
                svg.text(46, y + 4.5 - above + 15 * place, part, size=13, fill=colours.ink)
                for place, part in enumerate(lines)
            ]
    else:
        title = svg.fit(f"{row.id} · {row.name}", frame.width - 12, _CALIBRE)
        parts += _on_plate(6, top + 19, title, _CALIBRE, colours)
    start, end = frame.x(row.start), max(frame.x(row.end), frame.x(row.start) + 6)
    parts += bar(row.status, start, y - _BAR / 2, end - start, _BAR, colours)
    before = "nach " + ", ".join(named) if named else ""
    words = " · ".join(part for part in (row.status, row.note, before) if part)
    needed = len(words) * 6.2 + 24
    at = end + 6
    if end + needed > frame.right:
        # Before the bar, and where there is no room either, on a plate within it.
        at = start - needed if start - needed >= frame.left else start + 5
    # Within a bar the plate is lower, so that the bar keeps its outline.
    half = 6.0 if at == start + 5 else 8.0
    parts.append(svg.rect(at - 1, y - half, needed - 4, 2 * half, fill=colours.ground))
    parts += mark(row.status, at + 6, y, colours)
    parts.append(svg.text(at + 15, y + 4.2, words, size=12, fill=colours.ink))
    return parts


def _on_plate(x: float, y: float, words: str, size: float, colours: Palette) -> list[str]:
    """Text on the ground's colour, so that lines behind it stay behind it."""
    width = min(len(words) * size * 0.53, 548)
    return [
        svg.rect(x - 2, y - size, width, size + 4, fill=colours.ground),
        svg.text(x, y, words, size=size, fill=colours.ink),
    ]


def _with_arrow(
    row: GanttRow, number: int, places: Mapping[str, int], frame: _Frame
) -> tuple[str, ...]:
    """What an arrow can show: on the wide drawing the row next to this one.

    An arrow across other rows would seem to belong to them; on the narrow one there is no room.
    """
    if not frame.beside:
        return ()
    return tuple(name for name in row.after if abs(places.get(name, -9) - number) == 1)


def _arrows(
    row: GanttRow,
    number: int,
    wanted: Sequence[str],
    rows: Sequence[GanttRow],
    places: Mapping[str, int],
    frame: _Frame,
    colours: Palette,
) -> list[str]:
    """From the end of each measure waited for down (or up) to the beginning of this one."""
    parts = []
    for name in wanted:
        before = places[name]
        x = frame.x(rows[before].end) - 3
        start = max(frame.x(row.start), frame.left + 1)
        y0, y1 = frame.middle(before), frame.middle(number)
        down = y1 > y0
        y0 += _BAR / 2 if down else -_BAR / 2
        y1 += -_BAR / 2 - 1 if down else _BAR / 2 + 1
        inside = min(start + 4, frame.right - 2)
        bend = y1 - 5 if down else y1 + 5
        path = f"M{x:.1f} {y0:.1f} V{bend:.1f} H{inside:.1f} V{y1:.1f}"
        tip = -4 if down else 4
        parts.append(
            f'<path d="{path}" fill="none" stroke="{colours.band}" stroke-width="1"/>'
            f'<path d="M{inside - 3:.1f} {y1 + tip:.1f} L{inside:.1f} {y1:.1f} '
            f'L{inside + 3:.1f} {y1 + tip:.1f}" fill="none" stroke="{colours.band}"/>'
        )
    return parts


def _in_words(row: GanttRow) -> str:
    words = f"{row.name}: {quarter(row.start)} bis {quarter(row.end)}, {row.status}"
    return f"{words}, {row.note}" if row.note else words


def _table(rows: Sequence[GanttRow]) -> FigureTable:
    return FigureTable(
        ("Nr.", "Maßnahme", "Beginn", "Ende", "Stand", "nach"),
        tuple(
            (
                row.id,
                row.name,
                format_date(row.start),
                format_date(row.end),
                f"{row.status} · {row.note}" if row.note else row.status,
                ", ".join(row.after) or "–",
            )
            for row in rows
        ),
    )
