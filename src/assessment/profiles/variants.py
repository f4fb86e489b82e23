"""For whom a document is: what may stand in it."""

from enum import StrEnum


class Variant(StrEnum):
    """The three variants; their file names differ."""

    PUBLIC = "oeffentlich"
    """Without answers to sensitive questions."""
    CLOSED = "nichtoeffentlich"
    """With everything; its own name and a mark on each page."""
    ANONYMOUS = "anonymisiert"
    """For open session: as public, and without name, key, Land and exact population."""
