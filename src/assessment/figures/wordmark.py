"""The name of the application beside the four marks, as a drawing."""

from functools import cache

from assessment.figures import svg
from assessment.figures.style import MARKS, TYPE_ORDER, ThemeName, palette

_PLACES = ((9.0, 11.0), (25.0, 11.0), (9.0, 27.0), (25.0, 27.0))


@cache
def wordmark(theme: ThemeName) -> str:
    """The four marks in a square and two lines of text."""
    colours = palette(theme)
    parts = [
        svg.mark(MARKS[type_id], x, y, 5.2, colours.types[type_id])
        for type_id, (x, y) in zip(TYPE_ORDER, _PLACES, strict=True)
    ]
    parts.append(svg.text(44, 17, "Digitaler Reifegrad", size=16, fill=colours.ink, weight=600))
    parts.append(svg.text(44, 33, "der Kommunen", size=14, fill=colours.quiet))
    return svg.document(210, 40, parts, "Digitaler Reifegrad der Kommunen")
