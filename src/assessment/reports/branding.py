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
