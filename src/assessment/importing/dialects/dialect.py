"""What a dialect is: how to know it, and how to read its headers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assessment.importing.dialects.view import SheetView
from assessment.source_column import Part
from assessment.table import CellValue, Column


@dataclass(frozen=True, slots=True)
class Sighting:
    """Signs of a dialect in a sheet. ``strength`` 0–1; ``header_rows`` are row indices.

    ``reasons`` are German sentences; ``header_rows`` is ``None`` where the rows found by general
    rules will do.
    """

    strength: float
    reasons: tuple[str, ...]
    header_rows: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RawColumn:
    """A column below its header: header cells from top to bottom and the distinct data values."""

    cells: tuple[str, ...]
    values: tuple[CellValue, ...]
    column: Column

    @property
    def header(self) -> str:
        """The header cells joined by `` | ``, each text once."""
        return " | ".join(dict.fromkeys(cell for cell in self.cells if cell))


@dataclass(frozen=True, slots=True)
class HeaderParts:
    """What a header says; see :class:`assessment.source_column.SourceColumn`."""

    code: str = ""
    sub: str = ""
    question: str = ""
    option: str = ""
    part: Part = Part.ANSWER


class SpecialMeaning:
    """What special values of a survey program mean; names of ``AnswerStatus``."""

    MISSING = "MISSING"
    NOT_ASKED = "NOT_ASKED"
    DONT_KNOW = "DONT_KNOW"
    NOT_APPLICABLE = "NOT_APPLICABLE"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One family of exports.

    ``look(view, header_rows)`` returns what speaks for it, or ``None``; ``read(columns)`` splits
    the headers. ``special`` maps cell texts to a :class:`SpecialMeaning`.
    """

    id: str
    title: str
    look: Callable[[SheetView, tuple[int, ...]], Sighting | None]
    read: Callable[[Sequence[RawColumn]], list[HeaderParts]]
    special: Mapping[str, str] = field(default_factory=dict)
