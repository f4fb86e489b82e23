"""Two drawings of the Methodenbericht as inline SVG, styled by the report's own style sheet.

Small multiples in ink instead of colours: a report must survive being printed in black and white.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from assessment.german import format_number
from assessment.reports.markup import Markup, escaped, shortened
from assessment.reports.typology_blocks import Drawn

_WIDTH = 720.0
_LABELS = 250.0
_ROW = 32.0
_LINE = 14.0
_HEAD = 58.0
_FOOT = 26.0
_LABEL_LETTERS = 36
ROWS_PER_DRAWING = 24
"""More goals are drawn in several figures, so that each fits on a page."""


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    """One type in the profile drawing; values in the order of the goals."""

    id: str
    name: str
    centre: tuple[float, ...]
    half_width: tuple[float, ...]
    """Half the 95 % interval; empty where unknown."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Values by number of types, with the words at its end."""

    name: str
    points: tuple[tuple[int, float], ...]
    dashed: bool = False


def profile_drawing(
    goals: Sequence[str], types: Sequence[ProfileColumn], reach: float, alternative: str
) -> Drawn:
    """Goals × types: a dot where the type stands, a line over its interval.

    Filled dots lie clearly beside the middle, hollow ones don't. ``reach``: largest value drawn.
    """
    room = (_WIDTH - _LABELS) / len(types)
    half = room / 2 - 9
    height = _HEAD + _ROW * len(goals) + _FOOT
    parts = []
    for number, goal in enumerate(goals):
        y = _HEAD + _ROW * (number + 0.5)
        lines = wrap(" ".join(goal.split()), _LABEL_LETTERS, max_lines=2, placeholder=" …")
        top = y + 4 - _LINE * (len(lines) - 1) / 2
        parts += [_text(0, top + _LINE * place, line) for place, line in enumerate(lines)]
        parts.append(_line(_LABELS, y, _WIDTH, y, "grid"))
    for place, one in enumerate(types):
        middle = _LABELS + room * (place + 0.5)
        parts.append(_text(middle, 16, one.id, "strong", "middle"))
        name = shortened(one.name, max(int(room / 6.4), 5))
        parts.append(_text(middle, 34, name if name != one.id else "", "", "middle"))
        parts.append(_line(middle, _HEAD - 12, middle, height - _FOOT, "axis"))
        for number, value in enumerate(one.centre):
            y = _HEAD + _ROW * (number + 0.5)
            x = middle + half * value / reach
            width = one.half_width[number] if one.half_width else 0.0
            if width:
                parts.append(
                    _line(x - half * width / reach, y, x + half * width / reach, y, "data")
                )
            clear = abs(value) > width
            parts.append(_circle(x, y, "dot" if clear else "hollow"))
        for value, anchor in ((-reach, "start"), (reach, "end")):
            edge = middle + half * value / reach
            label = format_number(value, 1)
            parts.append(_text(edge, height - 8, label, "quiet", anchor))
    return _drawing(height, parts, alternative)


def curves_drawing(
    panels: Sequence[tuple[str, Sequence[Curve]]],
    numbers: Sequence[int],
    alternative: str,
    *,
    band: Sequence[tuple[int, float, float]] = (),
    chosen: int | None = None,
) -> Drawn:
    """Panels side by side over the same numbers of types.

    ``band``: number, lower and upper edge of a band in the last panel. ``chosen`` is marked on the
    axis.
    """
    height, top, bottom = 250.0, 44.0, 40.0
    before, after = 58.0, 122.0
    room = _WIDTH / len(panels) - before - after if len(panels) > 1 else 360.0
    parts = []
    for place, (title, curves) in enumerate(panels):
        left = before + place * (before + room + after)
        values = [value for curve in curves for _, value in curve.points]
        if place == len(panels) - 1:
            values += [edge for _, low, high in band for edge in (low, high)]
        if not values:
            continue
        low, high = _nice(min(values), max(values))

        def across(k: float, left: float = left) -> float:
            span = max(numbers[-1] - numbers[0], 1)
            return left + room * (k - numbers[0]) / span

        def up(value: float, low: float = low, high: float = high) -> float:
            return top + (height - top - bottom) * (high - value) / (high - low)

        parts.append(_text(left - before, 16, title, "strong"))
        for edge in (low, (low + high) / 2, high):
            parts.append(_line(left - 4, up(edge), left + room + 6, up(edge), "grid"))
            decimals = 0 if high - low > 4 else 2
            parts.append(
                _text(left - 8, up(edge) + 4, format_number(edge, decimals), "quiet", "end")
            )
        if place == len(panels) - 1 and band:
            edges = [f"{across(k):.1f},{up(upper):.1f}" for k, _, upper in band]
            edges += [f"{across(k):.1f},{up(lower):.1f}" for k, lower, _ in reversed(band)]
            parts.append(f'<polygon class="band" points="{" ".join(edges)}"/>')
        ends = []
        for curve in curves:
            points = [(across(k), up(value)) for k, value in curve.points]
            kind = "data dashed" if curve.dashed else "data"
            steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline class="{kind}" points="{steps}"/>')
            parts += [_circle(x, y, "hollow" if curve.dashed else "dot") for x, y in points]
            if len(points) == 1 and len(curves) > 1:
                parts.append(_text(points[0][0] + 8, points[0][1] - 8, curve.name))
            elif points:
                ends.append((points[-1][1], curve.name))
        if place == len(panels) - 1 and band:
            ends.append(((up(band[-1][1]) + up(band[-1][2])) / 2, "ohne Typen"))
        parts += _end_labels(ends, left + room + 12)
        for k in numbers:
            kind = "strong" if k == chosen else "quiet"
            parts.append(_text(across(k), height - bottom + 18, str(k), kind, "middle"))
        parts.append(_text(left + room / 2, height - 6, "Zahl der Typen", "quiet", "middle"))
    return _drawing(height, parts, alternative)


def _end_labels(ends: list[tuple[float, str]], x: float) -> list[str]:
    """Names at the ends of curves, moved apart where they would touch."""
    parts, last = [], -1e9
    for y, name in sorted(ends):
        y = max(y + 4, last + 16)
        parts.append(_text(x, y, name))
        last = y
    return parts


def _nice(low: float, high: float) -> tuple[float, float]:
    """Limits that leave a little room; within 0–1 the whole of it."""
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    margin = max((high - low) * 0.05, 1e-9)
    return low - margin, high + margin


def _text(x: float, y: float, content: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named} text-anchor="{anchor}">{escaped(content)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _circle(x: float, y: float, kind: str, radius: float = 3.5) -> str:
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'


def _drawing(height: float, parts: Sequence[str], alternative: str) -> Drawn:
    svg = Markup(
        f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" '
        f'aria-label="{escaped(alternative)}">\n' + "\n".join(parts) + "\n</svg>"
    )
    return Drawn(svg, alternative, _WIDTH, height)
