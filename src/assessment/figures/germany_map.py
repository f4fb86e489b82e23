"""Germany by Länder or Kreise: where the participants are, drawn without tiles or network.

The darker an area, the more took part; the number stands in it where there is room. Areas whose
number the guard hides are hatched, areas without participants stay blank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.figures import svg
from assessment.figures.counts import HIDDEN
from assessment.figures.figure import Cell, Figure, FigureTable
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_number
from assessment.register.geo import SOURCE, AreaMap, Layer, load_areas

_WIDTH = 460
_LEGEND = 204
_GAP = 8
_CLASSES: Mapping[Layer, tuple[int, ...]] = {
    Layer.LAENDER: (5, 10, 25, 50),
    Layer.KREISE: (5, 6, 8, 12),
}
"""Least numbers of the four shades; fixed, so that waves can be compared."""


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Participants of one area; ``number`` is ``None`` where it is hidden."""

    key: str
    name: str
    number: int | None


def germany_map(
    counts: Sequence[AreaCount],
    *,
    layer: Layer,
    question: str,
    sentence: str,
    subtitle: str = "",
    table: FigureTable | None = None,
    theme: ThemeName = "light",
) -> Figure:
    """A map of all areas of ``layer``; areas not in ``counts`` have no participants.

    ``table`` replaces the plain table of names and numbers.
    """
    colours = palette(theme)
    areas = load_areas(layer)
    scale = _WIDTH / areas.width
    height = areas.height * scale
    known = {count.key: count for count in counts}
    parts = [
        f"<defs>{_hatching('hidden', 18, colours)}{_hatching('hidden-key', 6, colours)}</defs>",
        f'<g transform="translate(0 {_GAP}) scale({scale:.4f})" fill-rule="evenodd">',
        *(
            f'<path d="{area.path}" fill="{_fill(known.get(key), layer, colours)}"/>'
            for key, area in areas.areas.items()
        ),
        *_borders(areas, layer, colours),
        "</g>",
    ]
    if layer is Layer.LAENDER:
        parts += _numbers(counts, areas, scale, theme)
    parts += _legend(counts, layer, colours, height)
    drawing = svg.document(_WIDTH + _LEGEND, height + 2 * _GAP + 18, parts, question)
    told = "; ".join(f"{count.name} {_told(count.number)}" for count in counts)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (count.name, HIDDEN if count.number is None else count.number) for count in counts
    )
    title = "Land" if layer is Layer.LAENDER else "Kreis"
    return Figure(
        drawing,
        question,
        sentence,
        f"Karte von Deutschland. {told}. Alle übrigen: niemand.",
        table or FigureTable((title, "Teilnehmende"), rows),
        subtitle,
    )


def _hatching(name: str, width: int, colours: Palette) -> str:
    return (
        f'<pattern id="{name}" width="{width}" height="{width}" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="{width}" height="{width}" fill="{colours.ground}"/>'
        f'<rect width="{width / 4:.1f}" height="{width}" fill="{colours.band}"/></pattern>'
    )


def _told(number: int | None) -> str:
    return HIDDEN if number is None else format_number(number)


def _shade(number: int, layer: Layer) -> int:
    """0–4: the step of the scale."""
    return sum(number >= least for least in _CLASSES[layer])


def _fill(count: AreaCount | None, layer: Layer, colours: Palette) -> str:
    if count is None or count.number == 0:
        return colours.ground
    if count.number is None:
        return "url(#hidden)"
    return colours.levels[max(_shade(count.number, layer), 1)]


def _borders(areas: AreaMap, layer: Layer, colours: Palette) -> list[str]:
    def drawn(lines: str, colour: str, width: float) -> str:
        return f'<path d="{lines}" fill="none" stroke="{colour}" stroke-width="{width}"/>'

    laender = load_areas(Layer.LAENDER).lines
    # A light seam keeps the line visible between two dark areas.
    strong = [drawn(laender, colours.ground, 7), drawn(laender, colours.quiet, 2.5)]
    return strong if layer is Layer.LAENDER else [drawn(areas.lines, colours.band, 2), *strong]


def _numbers(
    counts: Sequence[AreaCount], areas: AreaMap, scale: float, theme: ThemeName
) -> list[str]:
    colours = palette(theme)
    found = []
    for count in counts:
        area = areas.areas.get(count.key)
        if area is None or not count.number:
            continue
        dark = _shade(count.number, Layer.LAENDER) >= 3
        over = "#FFFFFF" if theme == "light" else "#14181F"
        x, y = area.label[0] * scale, area.label[1] * scale + _GAP + 6
        ink = over if dark else colours.ink
        found.append(
            svg.text(
                x, y, format_number(count.number), size=17, fill=ink, weight=600, anchor="middle"
            )
        )
    return found


def _legend(
    counts: Sequence[AreaCount], layer: Layer, colours: Palette, height: float
) -> list[str]:
    """What the shades mean, and the note on the source."""
    limits = _CLASSES[layer]
    entries = [(colours.levels[step], _between(limits, step)) for step in range(len(limits), 0, -1)]
    entries.append((colours.ground, "niemand"))
    if any(count.number is None for count in counts):
        entries.append(("url(#hidden-key)", HIDDEN))
    x, y = _WIDTH + 14, 40.0
    parts = [svg.text(x, y - 14, "Teilnehmende", size=14, fill=colours.quiet)]
    for fill, words in entries:
        parts.append(svg.rect(x, y, 20, 15, fill=fill, stroke=colours.band))
        parts.append(svg.text(x + 28, y + 12.5, words, size=14, fill=colours.ink))
        y += 24
    parts.append(svg.text(0, height + 2 * _GAP + 12, SOURCE, size=11.5, fill=colours.quiet))
    return parts


def _between(limits: Sequence[int], step: int) -> str:
    low = limits[step - 1]
    if step == len(limits):
        return f"{low} und mehr"
    return f"{low}" if limits[step] - 1 == low else f"{low} bis {limits[step] - 1}"
