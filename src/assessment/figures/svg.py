"""Small SVG drawings for ``<img>``: escaped text, the project's font inside, nothing else needed.

An image loads no other file and runs no script, so the font travels inside the drawing.
"""

from functools import cache
from xml.sax.saxutils import escape

from assessment.fonts import font_faces

_AVERAGE_WIDTH = 0.49
"""Mean width of a lower-case letter of the font, in em (measured on German text)."""

_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


@cache
def font_style() -> str:
    """``<style>`` with both weights of the font as data."""
    letters = "text{font-family:'AHN',sans-serif;font-variant-numeric:tabular-nums}"
    return f"<style>{font_faces('AHN')}{letters}</style>"


def clean(text: object) -> str:
    """Text without the characters that XML forbids, escaped for element content."""
    plain = str(text).translate(_CONTROL)
    return escape("".join(c if not 0xD800 <= ord(c) <= 0xDFFF else "\ufffd" for c in plain))


def text(
    x: float,
    y: float,
    content: object,
    *,
    size: float = 15,
    fill: str,
    weight: int = 400,
    anchor: str = "start",
) -> str:
    """A line of text with its baseline at ``y``."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{clean(content)}</text>'
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    stroke: str = "none",
    radius: float = 0,
    stroke_width: float = 1,
) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
        f'rx="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="{stroke_width}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
        f'stroke-width="{width}"/>'
    )


def circle(x: float, y: float, radius: float, *, fill: str, stroke: str = "none") -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{stroke}" '
        f'stroke-width="1.5"/>'
    )


def mark(kind: str, x: float, y: float, radius: float, fill: str) -> str:
    """The mark of a type: square, diamond, circle, triangle; a ring for unnamed groups."""
    if kind == "square":
        return rect(x - radius, y - radius, 2 * radius, 2 * radius, fill=fill)
    if kind == "circle":
        return circle(x, y, radius, fill=fill)
    corners = {
        "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        "triangle-up": ((0, -1.15), (1.2, 0.95), (-1.2, 0.95)),
    }.get(kind)
    if corners is None:
        return circle(x, y, radius - 1, fill="none", stroke=fill)
    points = " ".join(f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{fill}"/>'


def document(width: float, height: float, parts: list[str], title: str) -> str:
    """The whole drawing; ``title`` is read by screen readers where ``alt`` is missing."""
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
        f"<title>{clean(title)}</title>{font_style()}{''.join(parts)}</svg>"
    )


def fit(content: str, width: float, size: float = 15) -> str:
    """``content`` cut with „…“ so that it is about ``width`` wide at font size ``size``."""
    most = max(int(width / (size * _AVERAGE_WIDTH)), 4)
    return content if len(content) <= most else f"{content[: most - 1].rstrip()}…"


def wrapped(content: str, width: float, size: float = 15, lines: int = 2) -> tuple[str, ...]:
    """``content`` broken at blanks into at most ``lines`` lines of about ``width``."""
    most = max(int(width / (size * _AVERAGE_WIDTH)), 4)
    found: list[str] = []
    for word in content.split():
        if found and len(found[-1]) + 1 + len(word) <= most:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    return tuple(fit(part, width, size) for part in found) or ("",)
