"""What a Vorlage is made of, before any layout: head, Beratungsfolge, sections, open points.

Every generated sentence carries the ids (items, fields, measures) it rests on; what a person wrote
is marked as own and never rewritten. Texts are plain: no tabs, no markup, no soft hyphens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.measures.paper_types import SectionId

TO_FILL = "[bitte ergänzen]"
"""The only placeholder there is; each one belongs to an :class:`OpenPoint`."""


class Form(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    LEAD = "lead"
    """The answer at the top of a section."""
    NUMBERED = "numbered"
    """One entry of a numbered list; consecutive ones belong together."""
    BULLET = "bullet"
    NOTE = "note"
    OWN = "own"
    """Written by the municipality."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence (or a few that belong together) and what it rests on."""

    text: str
    ids: tuple[str, ...] = ()
    """Items, fields and measures."""


@dataclass(frozen=True, slots=True)
class PaperParagraph:
    """Sentences that stand together."""

    sentences: tuple[Said, ...]
    form: Form = Form.BODY
    term: str = ""
    """Heads the paragraph: „Was wird entschieden?“; ``""`` mostly."""

    @property
    def text(self) -> str:
        """All sentences in a row, without the term."""
        return " ".join(said.text for said in self.sentences)

    @property
    def ids(self) -> tuple[str, ...]:
        """Everything the paragraph rests on, each once."""
        return tuple(dict.fromkeys(each for said in self.sentences for each in said.ids))


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Text cells only; the first column heads the rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    amounts: int = 0
    """So many columns after the first hold amounts: they stand to the right."""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """One section with a stable id."""

    id: SectionId
    heading: str
    """As used in this house („Tatbestand“)."""
    paragraphs: tuple[PaperParagraph, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    """Below the paragraphs."""
    closing: tuple[PaperParagraph, ...] = ()
    """Below the tables."""
    parts: "tuple[PaperSection, ...]" = ()
    """Sub-sections (only the Sachverhalt has them)."""
    own: bool = False
    """The text stands in ``paper.texts``: the municipality's own instead of a generated one."""

    @property
    def statements(self) -> tuple[Said, ...]:
        """Every sentence of the section and its parts, in reading order."""
        own = [said for each in (*self.paragraphs, *self.closing) for said in each.sentences]
        return (*own, *(said for part in self.parts for said in part.statements))


class Urgency(StrEnum):
    """How an open point is meant."""

    FILL = "muss ergänzt werden"
    CHECK = "bitte prüfen"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing to look at before the paper leaves the house."""

    code: str
    """Stable: ``BODY_DAY``, ``COST_UNKNOWN`` …"""
    urgency: Urgency
    section: SectionId | None
    """``None``: the head of the paper."""
    heading: str
    """Heading of the section, or „Kopf der Vorlage“."""
    text: str
    """What is open, one sentence."""
    where: str
    """Where on the pages it is filled in: „Vorlage, Beratungsfolge, Zeile 2“."""
    ids: tuple[str, ...] = ()
    """Measures it is about."""


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """One line of the Beratungsfolge in words."""

    number: int
    body: str
    role: str
    day: str
    """„12.03.2027“ or :data:`TO_FILL`."""
    outcome: str
    """„geändert beschlossen, Ja 22 / Nein 0 / Enthaltung 1“; ``""`` before the session."""
    deciding: bool
    session: date | None
    editorial: date | None
    """Redaktionsschluss for this session; ``None`` without a day."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One Anlage of the package."""

    number: int
    document: str
    """Value of the document kind: „kurzfassung“, „ergebnis“ …"""
    title: str
    closed: bool = False
    """Never public."""

    @property
    def label(self) -> str:
        """„Anlage 2“."""
        return f"Anlage {self.number}"


@dataclass(frozen=True, slots=True)
class CouncilPaper:
    """The whole paper. Head fields are texts ready to be shown."""

    municipality: str
    """Name as in sentences: „Musterstadt“."""
    kind: str
    status: str
    number: str
    """„wird vom Sitzungsdienst vergeben“ where nobody typed one."""
    subject: str
    """Betreff, at most 120 characters."""
    lead: str
    reference: str
    reference_date: str
    """Stichtag of the answers; „nicht angegeben“ without one."""
    facts: tuple[tuple[str, str], ...]
    """The head as names and values, in print order; optional rows only where filled."""
    body: str
    """The deciding body: „Rat“."""
    consultations: tuple[ConsultationRow, ...]
    answers: tuple[PaperParagraph, PaperParagraph, PaperParagraph, PaperParagraph]
    """What, why now, cost, without decision; generated even where the Kurzfassung is own text."""
    sections: tuple[PaperSection, ...]
    """In the order of the preset."""
    attachments: tuple[Attachment, ...]
    marks: tuple[str, ...]
    """What has to be said first: not public although public is chosen …"""
    points: tuple[OpenPoint, ...]
    """The pre-export check; must-fill first."""

    def section(self, section_id: SectionId | str) -> PaperSection | None:
        """A section or sub-section by its id."""
        return next((each for each in self.all_sections() if each.id == section_id), None)

    def all_sections(self) -> Iterator[PaperSection]:
        """Sections and sub-sections in reading order."""
        for section in self.sections:
            yield section
            yield from section.parts

    @property
    def decision(self) -> str:
        """What is to be decided, in one sentence."""
        return self.answers[0].text

    @property
    def why_now(self) -> str:
        """Why now, in a few words."""
        return self.answers[1].text

    @property
    def cost(self) -> str:
        """What it costs, in one or two sentences."""
        return self.answers[2].text

    @property
    def without(self) -> str:
        """What happens without the decision."""
        return self.answers[3].text
