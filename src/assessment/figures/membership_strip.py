"""How surely a municipality belongs to a type: one thin strip with letters and marks."""

from collections.abc import Mapping

from assessment.figures import svg
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.style import MARKS, ThemeName, palette, type_order
from assessment.profiles.type_statement import shown_share

_WIDTH = 720
_HEIGHT = 46
_GAP = 2
_LABEL_FROM = 0.09


def membership_strip(
    probability: Mapping[str, float],
    names: Mapping[str, str],
    *,
    question: str,
    sentence: str,
    theme: ThemeName = "light",
    width: int = _WIDTH,
) -> Figure:
    """``probability``: type id → 0–1 (adds up to 1); ``names``: type id → German name."""
    colours = palette(theme)
    parts: list[str] = []
    at = 0.0
    order = type_order(list(probability))
    for type_id in order:
        share = probability[type_id]
        length = share * width
        if length > 1:
            parts.append(
                svg.rect(at, 22, length - _GAP, 14, fill=colours.type_colour(type_id), radius=2)
            )
        if share >= _LABEL_FROM:
            parts.append(
                svg.mark(MARKS.get(type_id, "ring"), at + 6, 10, 5, colours.type_colour(type_id))
            )
            label = f"{type_id}  {shown_share(share)}"
            parts.append(svg.text(at + 16, 15, label, size=13, fill=colours.ink))
        at += length
    words = ", ".join(f"{names.get(t, t)} {shown_share(probability[t])}" for t in order)
    return Figure(
        svg.document(width, _HEIGHT, parts, question),
        question,
        sentence,
        f"Zugehörigkeit: {words}.",
        FigureTable(
            ("Typ", "Zugehörigkeit"),
            tuple((names.get(t, t), shown_share(probability[t])) for t in order),
        ),
    )


def type_mark(type_id: str, *, theme: ThemeName = "light", size: int = 40) -> str:
    """The mark of a type with its letter, as a small drawing."""
    colours = palette(theme)
    middle = size / 2
    kind = MARKS.get(type_id, "ring")
    lower = {"triangle-up": 0.22}.get(kind, 0.17)
    letter = svg.text(
        middle,
        middle + size * lower,
        type_id[:2],
        size=size * (0.36 if kind == "triangle-up" else 0.46),
        fill=colours.ground if kind in MARKS.values() else colours.ink,
        weight=600,
        anchor="middle",
    )
    radius = size * (0.38 if kind in ("diamond", "triangle-up") else 0.42)
    colour = colours.type_colour(type_id)
    return svg.document(
        size, size, [svg.mark(kind, middle, middle, radius, colour), letter], f"Typ {type_id}"
    )
