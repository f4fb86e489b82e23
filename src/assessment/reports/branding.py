"""How a municipality's documents look: coat of arms and two colours, both its own."""

import io
import re
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from PIL import Image

from assessment.german import format_number
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.reports.svg_check import DrawingRefused, cleaned_svg

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
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

    def __post_init__(self) -> None:
        for colour in (self.primary, self.secondary):
            if not _COLOUR.fullmatch(colour):
                raise InputRefused("COLOUR", sentence("pdf.colour_unknown", colour=colour[:40]))


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


def contrast_note(branding: Branding) -> str:
    """What becomes of colours that are too light, in German; ``""`` if both can be read."""
    kept = readable_colours(branding)
    checked = (
        ("pdf.colour_text", branding.primary, kept.text, TEXT_CONTRAST),
        ("pdf.colour_drawing", branding.secondary, kept.drawing, DRAWING_CONTRAST),
    )
    return " ".join(
        sentence(
            name,
            colour=colour.upper(),
            contrast=format_number(contrast_on_white(colour), 1),
            least=format_number(least, 1),
            shade=shade,
        )
        for name, colour, shade, least in checked
        if contrast_on_white(colour) < least
    )


def _darkened(colour: str, contrast: float) -> str:
    """The lightest shade of the same hue with at least this contrast."""
    parts = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    for step in range(100, -1, -1):
        shade = "#" + "".join(f"{part * step // 100:02X}" for part in parts)
        if contrast_on_white(shade) >= contrast:
            return shade
    return "#000000"


LARGEST_FILE = 1_000_000
"""Bytes of an uploaded coat of arms."""
LEAST_PIXELS, MOST_PIXELS = 60, 4000
"""Each side of a PNG."""
_END = b"IEND\xaeB`\x82"
PRINTED_PIXELS = 700
"""Enough for 22 mm at 800 dots per inch."""


def checked_crest(data: bytes, name: str) -> Crest:
    """A coat of arms that can do nothing but be drawn; ``name`` is the file's.

    Raises ``InputRefused`` (``CREST_…``) with what to do. SVG is written anew from known shapes,
    PNG from its pixels, so nothing else of the file is kept.
    """
    name = PurePath(name).name
    if not data:
        raise _refused("empty", name)
    if len(data) > LARGEST_FILE:
        raise _refused("large", name)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Crest(_redrawn(data, name), "png")
    if b"<svg" not in data and b":svg" not in data:
        raise _refused("type", name)
    try:
        return Crest(cleaned_svg(data), "svg")
    except DrawingRefused as error:
        values = {"part": error.part} if error.reason == "part" else {}
        raise _refused(error.reason, name, **values) from error


def _redrawn(data: bytes, name: str) -> bytes:
    """The pixels of a PNG as a new PNG of at most :data:`PRINTED_PIXELS` each side."""
    if _END not in data:
        # Without its last chunk the file is cut off, and the picture would be half empty.
        raise _refused("damaged", name)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            width, height = image.size
            if not LEAST_PIXELS <= min(width, height) <= max(width, height) <= MOST_PIXELS:
                raise _refused(
                    "pixels",
                    name,
                    width=width,
                    height=height,
                    least=LEAST_PIXELS,
                    most=format_number(MOST_PIXELS),
                )
            if max(width, height) > 4 * min(width, height):
                raise _refused("shape", name)
            pixels = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, zlib.error, Image.DecompressionBombError) as error:
        raise _refused("damaged", name) from error
    pixels.thumbnail((PRINTED_PIXELS, PRINTED_PIXELS), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", pixels.size)
    clean.paste(pixels)
    written = io.BytesIO()
    clean.save(written, "PNG", optimize=True)
    return written.getvalue()


def _refused(reason: str, name: str, **values: object) -> InputRefused:
    return InputRefused(
        f"CREST_{reason.upper()}", sentence(f"pdf.crest_{reason}", name=name, **values)
    )
