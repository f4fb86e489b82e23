"""How a municipality's documents look: coat of arms and two colours, both its own."""

from dataclasses import dataclass

PRIMARY, SECONDARY = "#2F4A60", "#5E7688"
"""The project's own calm blue-greys; type colours are never used for a house."""


@dataclass(frozen=True, slots=True)
class Crest:
    """A checked coat of arms: SVG without script and foreign addresses, or PNG."""

    data: bytes
    format: str
    """``svg`` or ``png``."""


@dataclass(frozen=True, slots=True)
class Branding:
    """``primary``: headings and rules; ``secondary``: fields of drawings. Both ``#RRGGBB``."""

    primary: str = PRIMARY
    secondary: str = SECONDARY
    crest: Crest | None = None
    """Only with the municipality's consent; asked when it is uploaded."""
    association: str = ""
    """Name of the Kommunalverband that makes the documents; ``""`` = none."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours that can be read on white."""

    text: str
    """At least 4.5:1."""
    drawing: str
    """At least 3:1."""


TEXT_CONTRAST, DRAWING_CONTRAST = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11, against white."""


def contrast_on_white(colour: str) -> float:
    """Contrast of ``#RRGGBB`` with white, 1–21 (relative luminance of WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable_colours(branding: Branding) -> Colours:
    """The house's colours, darker where they couldn't be read."""
    return Colours(
        _darkened(branding.primary, TEXT_CONTRAST), _darkened(branding.secondary, DRAWING_CONTRAST)
    )


def _darkened(colour: str, contrast: float) -> str:
    """The lightest shade of the same hue with at least this contrast."""
    parts = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    for step in range(100, -1, -1):
        shade = "#" + "".join(f"{part * step // 100:02X}" for part in parts)
        if contrast_on_white(shade) >= contrast:
            return shade
    return "#000000"
