"""How a status looks: a symbol and a filling that differ without colour."""

from assessment.figures import svg
from assessment.figures.style import Palette

SYMBOLS = {
    "vorgeschlagen": "○",
    "geplant": "◇",
    "läuft": "●",
    "verzögert": "▲",
    "erledigt": "✔",
    "zurückgestellt": "–",
    "entfallen": "✕",
}
"""The same symbols as text, for tables and lists."""


def symbol_and_word(status: str) -> str:
    """„● läuft“."""
    return f"{SYMBOLS.get(status, '○')} {status}"


def mark(status: str, x: float, y: float, colours: Palette) -> list[str]:
    """The symbol around its middle, about 10 wide; drawn, since fonts lack some of them."""
    ink, ground = colours.ink, colours.ground
    if status == "läuft":
        return [svg.circle(x, y, 4.5, fill=ink)]
    if status == "verzögert":
        return [f'<polygon points="{_points(x, y, ((0, -5), (5.2, 4.2), (-5.2, 4.2)))}" '
                f'fill="{ink}"/>']  # fmt: skip
    if status == "geplant":
        return [f'<polygon points="{_points(x, y, ((0, -5.4), (5.4, 0), (0, 5.4), (-5.4, 0)))}" '
                f'fill="{ground}" stroke="{ink}" stroke-width="1.4"/>']  # fmt: skip
    if status == "erledigt":
        return [_stroke(f"M{x - 4.5:.1f} {y:.1f} l3.2 3.6 l6 -7.6", ink, 2)]
    if status == "zurückgestellt":
        return [_stroke(f"M{x - 4.5:.1f} {y:.1f} h9", ink, 2)]
    if status == "entfallen":
        cross = f"M{x - 4:.1f} {y - 4:.1f} l8 8 M{x + 4:.1f} {y - 4:.1f} l-8 8"
        return [_stroke(cross, ink, 1.8)]
    return [svg.circle(x, y, 4, fill=ground, stroke=ink)]


def bar(
    status: str, x: float, y: float, width: float, height: float, colours: Palette
) -> list[str]:
    """The bar of a measure: hollow before it begins, filled while it runs, full when it is done."""
    dark, middle, light = colours.levels[4], colours.levels[2], colours.ground
    if status == "erledigt":
        return [svg.rect(x, y, width, height, fill=dark, stroke=dark, radius=2)]
    if status == "läuft":
        return [svg.rect(x, y, width, height, fill=middle, stroke=dark, radius=2)]
    if status == "verzögert":
        return [svg.rect(x, y, width, height, fill=light, stroke=dark, radius=2),
                *hatching(x, y, width, height, dark)]  # fmt: skip
    if status in ("zurückgestellt", "entfallen"):
        at = y + height / 2
        return [_dashed_line(x, at, x + width, colours.band)]
    dashes = ' stroke-dasharray="4 3"' if status == "vorgeschlagen" else ""
    return [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height:.1f}" rx="2" '
        f'fill="{light}" stroke="{dark}" stroke-width="1.4"{dashes}/>'
    ]


def hatching(x: float, y: float, width: float, height: float, stroke: str) -> list[str]:
    """Diagonal lines within the bar, cut at its edges by computing where they leave it."""
    strokes, at = [], -height + 6.0
    while at < width:
        x0, y0 = (at, height) if at >= 0 else (0.0, height + at)
        run = min(width - x0, y0)
        strokes.append(f"M{x + x0:.1f} {y + y0:.1f} l{run:.1f} {-run:.1f}")
        at += 7
    return [_stroke(" ".join(strokes), stroke, 1)]


def _points(x: float, y: float, corners: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)


def _stroke(path: str, stroke: str, width: float) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}" '
        f'stroke-linecap="round"/>'
    )


def _dashed_line(x: float, y: float, end: float, stroke: str) -> str:
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{end:.1f}" y2="{y:.1f}" stroke="{stroke}" '
        f'stroke-width="2" stroke-dasharray="5 4"/>'
    )
