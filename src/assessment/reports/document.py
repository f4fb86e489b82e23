"""What a document is made of, before any layout: head, blocks, where its numbers come from.

One document is rendered to PDF, DOCX and plain text by writers that know nothing of municipalities;
all texts are plain and may come from users: no writer reads markup in them. Nothing is computed
here: numbers and sentences are those of the profiles.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.profiles.variants import Variant


class DocumentKind(StrEnum):
    """What leaves the house; the value names it on the command line."""

    PROFILE = "steckbrief"
    TYPE = "typ"
    RESULTS = "ergebnis"
    SUMMARY = "kurzfassung"
    MEASURES = "massnahmen"
    METHOD = "methodik"
    PROGRESS = "sachstand"
    SECURITY = "sicherheit"
    """Items of information security; never public."""
    COLLECTION = "sammelbericht"
    TYPOLOGY = "methodenbericht"
    PAPER = "vorlage"


class ParagraphKind(StrEnum):
    BODY = "body"
    LEAD = "lead"
    """The answer at the top of a section."""
    NOTE = "note"
    FORMULA = "formula"
    OWN = "own"
    """Written by the municipality, set apart from generated text."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 1
    """1–3; a document's title is none."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    kind: ParagraphKind = ParagraphKind.BODY
    ids: tuple[str, ...] = ()
    """Items and measures the statement rests on; shown on the page, not printed."""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]
    numbered: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one a line; the names head the rows."""

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Marks on a common line; points 0–100 unless ``start`` and ``stop`` say otherwise.

    ``None``: not drawn. Everything drawn is also said by a word or number beside it.
    """

    own: float | None = None
    """Filled dot."""
    low: float | None = None
    high: float | None = None
    """Hollow band: the middle half of the others."""
    median: float | None = None
    """Hollow tick."""
    target: float | None = None
    """Hollow triangle."""
    before: float | None = None
    """Hollow dot: an earlier wave."""
    start: float = 0.0
    stop: float = 100.0


@dataclass(frozen=True, slots=True)
class Pips:
    """A level 0–4 as five steps with its number; ``None``: not rated."""

    level: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A length from zero with its text at the end."""

    value: float
    largest: float
    text: str


Cell = str | Scale | Pips | Bar
"""Drawn cells are decoration for a screen reader: a text cell of the row says the same."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    share: float = 1.0
    """Width relative to the other columns."""
    right: bool = False
    """Numbers stand to the right."""


@dataclass(frozen=True, slots=True)
class Table:
    """The first column heads the rows; no two cells are merged."""

    caption: str
    """What the table says, in a sentence or phrase; read first by a screen reader."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    source: str = ""
    caption_shown: bool = True
    """False where the heading above says the same: then it is for screen readers only."""


@dataclass(frozen=True, slots=True)
class ScaleRow:
    label: str
    scale: Scale
    text: str
    """Printed at the end of the line: „63“, „63 → 71“."""


@dataclass(frozen=True, slots=True)
class ScaleDrawing:
    """Rows of marks over one axis; ``legend`` names the marks that occur."""

    rows: tuple[ScaleRow, ...]
    axis: str
    legend: tuple[tuple[str, str], ...]
    """Mark (``own``, ``band``, ``median``, ``target``, ``before``) and its name."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    label: str
    start: date
    end: date
    text: str
    """Symbol and word of the status."""
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """Bars over quarters."""

    rows: tuple[TimelineRow, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of our own as SVG, its texts as text."""

    svg: str
    width_mm: float
    height_mm: float


Drawing = ScaleDrawing | TimelineDrawing | Picture


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with everything that makes it readable without seeing it."""

    title: str
    """States the finding or asks the question."""
    sentence: str
    """Stands below the drawing."""
    alt: str
    """At most 250 characters; begins with what is drawn."""
    drawing: Drawing
    source: str = ""
    table: Table | None = None
    """The same numbers; printed below."""

    def __post_init__(self) -> None:
        if not self.sentence or not 0 < len(self.alt) <= LONGEST_ALT:
            raise ValueError(f"chart without sentence or with bad alternative text: {self.title}")


LONGEST_ALT = 250


@dataclass(frozen=True, slots=True)
class TypeBadge:
    """Letter of a type in its shape and pattern, with what is said of it beside it."""

    type_id: str
    """``B``, ``O``, ``S``, ``C`` as in ``data/typology/types.yaml``; other groups get a circle."""
    letter: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks set off by a frame, with a title."""

    title: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Columns:
    """Groups of blocks side by side; read from left to right."""

    parts: "tuple[tuple[Block, ...], ...]"
    shares: tuple[float, ...] = ()
    """Relative widths; empty: all alike."""


@dataclass(frozen=True, slots=True)
class Landscape:
    """Pages turned by 90°, for wide tables."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Contents:
    """Table of contents with page numbers."""

    depth: int = 2


Block = (
    Heading
    | Paragraph
    | Bullets
    | Facts
    | Table
    | Chart
    | TypeBadge
    | Box
    | Columns
    | Landscape
    | PageBreak
    | Contents
)


@dataclass(frozen=True, slots=True)
class Document:
    """One document. Three different days are visible: Stichtag, Stand, Erstellt am."""

    kind: DocumentKind
    title: str
    subtitle: str
    """One line below the title: kind of municipality, population, Land; may be empty."""
    short_title: str
    """For the running head."""
    municipality: str
    """Name for the running head; ``""`` for documents about types or all municipalities."""
    reference_date: date | None
    """Stichtag of the answers."""
    as_of: str
    """„Stand: Katalog 2026.1, Rechtsstand 22.11.2026“."""
    created: date
    marks: tuple[str, ...]
    """What everybody must know first: simulated, not public, scenario."""
    source: str
    """„Quelle: Selbsteinschätzung der Stadt …, Stichtag …; Auswertung: …“."""
    record: tuple[str, ...]
    """Questionnaire, typology, data and program with their versions."""
    disclaimer: str
    """Self-assessment, no legal advice, Rechtsstand with its day."""
    blocks: tuple[Block, ...]
    variant: Variant = Variant.PUBLIC
    attachment: str = ""
    """„Anlage 1“; ``""`` outside a Vorlage."""
    compact: bool = False
    """Denser setting for the Steckbriefe: text 10 pt instead of 11 pt, narrower margins."""
