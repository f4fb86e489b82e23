"""How a municipality wants its Vorlage: order, bodies, wording, outcome.

Part of the municipality's plan, so that a paper can be built again in a minute. Document kind,
role of the consultation and operative verb are three independent statements: a paper listed for
decision may only take note. Nothing is derived here.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from assessment.measures.plan_fields import Day, Frozen, Line, Text, plain_amount


class PaperKind(StrEnum):
    """What the paper is; the value is what people read."""

    DECISION = "Beschlussvorlage"
    PRINCIPLE = "Grundsatzbeschluss"
    NOTICE = "Mitteilungsvorlage"
    REPORT = "Berichtsvorlage"

    @property
    def decides(self) -> bool:
        """Whether papers of this kind usually ask for a decision."""
        return self in (PaperKind.DECISION, PaperKind.PRINCIPLE)


class PaperStatus(StrEnum):
    """In which part of the session it is dealt with."""

    PUBLIC = "öffentlich"
    CLOSED = "nichtöffentlich"
    MIXED = "gemischt"


class ConsultationRole(StrEnum):
    """What a body does with the paper."""

    PRELIMINARY = "Vorberatung"
    RECOMMENDATION = "Empfehlung"
    HEARING = "Anhörung"
    CONSENT = "Zustimmung"
    NOTICE = "Kenntnisnahme"
    RESOLUTION = "Beschlussfassung"
    DECISION = "Entscheidung"


class Outcome(StrEnum):
    """What became of the paper in one body."""

    UNCHANGED = "ungeändert beschlossen"
    CHANGED = "geändert beschlossen"
    NOTED = "zur Kenntnis genommen"
    RECOMMENDED = "empfohlen"
    ADJOURNED = "vertagt"
    DEFERRED = "zurückgestellt"
    WITHDRAWN = "zurückgezogen"
    REFERRED = "ohne Votum verwiesen"
    REJECTED = "abgelehnt"


class Operative(StrEnum):
    """Which of the three operative texts the paper proposes."""

    NOTE = "Kenntnisnahme"
    STRATEGY = "Beschluss"
    CONTINUATION = "Fortschreibung"


class Preset(StrEnum):
    """Order of the sections."""

    DECISION_FIRST = "beschluss-zuerst"
    FACTS_FIRST = "sachverhalt-zuerst"
    EFFECTS_FIRST = "wirkungen-zuerst"


class SectionId(StrEnum):
    """Stable names of a paper's sections, by which own texts and headings are kept."""

    SUMMARY = "kurzfassung"
    PLAIN = "einfach"
    """„Worum geht es?“ in plain language; only where the settings ask for it."""
    RESOLUTION = "beschlussvorschlag"
    FACTS = "sachverhalt"
    """Parent of the seven that follow."""
    OCCASION = "anlass"
    APPROACH = "vorgehen"
    RESULT = "ergebnis"
    GOALS = "ziele"
    MEASURES = "massnahmen"
    PARTICIPATION = "beteiligung"
    REPORTING = "berichterstattung"
    ALTERNATIVES = "alternativen"
    REFUSAL = "ablehnung"
    """Folgen bei Ablehnung."""
    FINANCE = "finanzen"
    STAFF = "personal"
    CLIMATE = "klima"
    EFFECTS = "weitere"
    ATTACHMENTS = "anlagen"
    OUTCOME = "ausgang"
    """What became of the paper; only after a session."""


class ClimateJudgement(StrEnum):
    """The four ticks of the climate check."""

    POSITIVE = "positiv"
    NEGATIVE = "negativ"
    NONE = "keine"
    UNKNOWN = "nicht einschätzbar"


class GenderStyle(StrEnum):
    """How generated text names people; texts of users are never rewritten."""

    NEUTRAL = "neutral"
    STAR = "stern"
    COLON = "doppelpunkt"
    NONE = "ohne"


class ReportInterval(StrEnum):
    """How often the administration reports."""

    YEARLY = "jährlich"
    HALF_YEARLY = "halbjährlich"


class Vote(Frozen):
    """Votes of one body."""

    yes: int | None = Field(default=None, ge=0, le=1000)
    no: int | None = Field(default=None, ge=0, le=1000)
    abstention: int | None = Field(default=None, ge=0, le=1000)
    note: Line = ""
    """„einstimmig“, „ein Mitglied befangen“."""


class Consultation(Frozen):
    """One line of the Beratungsfolge."""

    body: Line
    day: Day | None = None
    role: ConsultationRole = ConsultationRole.PRELIMINARY
    outcome: Outcome | None = None
    vote: Vote = Vote()
    wording: Text = ""
    """The resolution where it was changed."""


class PaperSettings(Frozen):
    """Everything of a Vorlage that people choose or write. ``""`` and ``None``: the default."""

    kind: PaperKind = PaperKind.DECISION
    status: PaperStatus = PaperStatus.PUBLIC
    operative: Operative = Operative.STRATEGY
    preset: Preset = Preset.DECISION_FIRST
    number: Line = ""
    """Vorlagennummer; assigned by the Sitzungsdienst."""
    reference: Line = ""
    """Aktenzeichen."""
    subject: Line = ""
    """Betreff instead of the generated one."""
    lead: Line = ""
    """Federführung."""
    involved: Line = ""
    reporter: Line = ""
    """Berichterstattung; a name only if somebody types it."""
    body: Line = ""
    """The deciding body where it isn't the Land's usual one."""
    committee: Line = ""
    """Fachausschuss that is reported to."""
    interval: ReportInterval = ReportInterval.YEARLY
    next_report: Day | None = None
    consultations: tuple[Consultation, ...] = Field(default=(), max_length=30)
    paragraph_per_body: bool = False
    """One operative paragraph per body („a) … empfiehlt …, b) Der Rat beschließt …“)."""
    headings: dict[SectionId, Line] = Field(default_factory=dict)
    """Section → heading used in this house („Tatbestand“ for the Sachverhalt)."""
    occasion: Text = ""
    """Resolution, mandate or law that asks for the paper."""
    choice: Text = ""
    """Why these goals and measures, and why not others."""
    participation: Text = ""
    alternatives: Text = ""
    without_decision: Text = ""
    climate_shown: bool = True
    climate: ClimateJudgement | None = None
    """``None``: the proposal of the catalogue stands, marked as one."""
    climate_reason: Line = ""
    effects: dict[Line, Line] = Field(default_factory=dict)
    """Further effects: „Demografie“, „Gleichstellung“, „Inklusion“, „Ortsteile“ …"""
    texts: dict[SectionId, Text] = Field(default_factory=dict)
    """Section → own text instead of the generated one."""
    gender: GenderStyle = GenderStyle.NEUTRAL
    plain_language: bool = False
    """Adds the half page „Worum geht es?“ in plain language."""
    security_field_public: bool = True
    """Whether the public papers show the level of information security as a field."""
    editorial_days: int = Field(default=24, ge=0, le=120)
    """Days before the session at which the paper has to be finished."""


def _quota(value: Decimal) -> Decimal:
    if not (value.is_finite() and 0 <= value <= 100):
        raise ValueError("Eine Förderquote liegt zwischen 0 und 100 Prozent.")
    return abs(value.quantize(Decimal("0.1")))


def _posts(value: Decimal) -> Decimal:
    if not (value.is_finite() and 0 <= value <= 1000):
        raise ValueError("Stellen (VZÄ) liegen zwischen 0 und 1.000.")
    if value != (rounded := value.quantize(Decimal("0.01"))):
        raise ValueError("Stellen (VZÄ) haben höchstens zwei Nachkommastellen.")
    return abs(rounded)


Quota = Annotated[Decimal, BeforeValidator(plain_amount), AfterValidator(_quota)]
Posts = Annotated[Decimal, BeforeValidator(plain_amount), AfterValidator(_posts)]


class Budgeted(StrEnum):
    """Whether the money stands in the budget."""

    YES = "ja"
    PARTLY = "teilweise"
    NO = "nein"
    OPEN = "offen"


class BudgetNote(Frozen):
    """Where the money comes from; the questions the Kämmerei asks."""

    product: Line = ""
    account: Line = ""
    """Sachkonto."""
    budgeted: Budgeted = Budgeted.OPEN
    extraordinary: bool = False
    """Über- oder außerplanmäßig."""
    cover: Line = ""
    """Deckungsvorschlag."""

    @property
    def empty(self) -> bool:
        """Nothing has been said yet."""
        return self == BudgetNote()


class Funding(Frozen):
    """A programme that pays a part; never said to be available, always with a day."""

    programme: Line = ""
    quota: Quota | None = None
    """Per cent."""
    checked: Day | None = None
    """When the programme was last looked up."""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.quota is not None and not self.programme:
            raise ValueError("Zu einer Förderquote gehört der Name des Programms.")
        return self
