"""What the import has to say about a file: remarks on what was taken, and the refusal."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a remark matters to the person who imports."""

    INFO = "info"
    """Worth knowing; the file counts as taken without remarks."""
    WARNING = "warning"
    """The analyst should look before using the result."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing noticed in a file, placed as closely as possible.

    ``message`` is one German sentence (what, what to do). Row and column are those of the
    *original* file: row 1 is its first line, column ``A`` its first column.
    """

    code: str
    severity: Severity
    message: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    @property
    def place(self) -> str:
        """The place in German, such as ``Blatt „Daten“, Zeile 37, Spalte C`` (may be empty)."""
        parts = []
        if self.sheet:
            parts.append(f"Blatt „{self.sheet}“")
        if self.row is not None:
            parts.append(f"Zeile {self.row}")
        if self.column:
            parts.append(f"Spalte {self.column}")
        return ", ".join(parts)


class InputRefused(Exception):
    """A file or a request that can't be used; carries one German sentence with the remedy.

    ``code`` is stable and machine readable (``ENCRYPTED``, ``GRID_TOO_LARGE`` …);
    ``str(error)`` is what a user reads.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
