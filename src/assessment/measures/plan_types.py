"""The plan of one municipality: targets, roadmap and strategy in one document.

It is what people edit, save as a YAML or JSON file and load again; storage comes later. Nothing is
computed here: schedules, sums and warnings are worked out of it (``roadmap.py``, ``what_if.py``).
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from assessment.measures.model import CostKind, Horizon, MeasureId
from assessment.measures.paper_types import BudgetNote, Funding, PaperSettings, Posts
from assessment.measures.plan_fields import Amount, Day, Frozen, Line, Text, Year

SCHEMA = 2
MAX_MEASURES = 500

Level = Annotated[int, Field(ge=0, le=4)]
Effort = Annotated[int, Field(ge=1, le=5)]


class Status(StrEnum):
    """Progress of a measure; shown as symbol and word."""

    PROPOSED = "vorgeschlagen"
    PLANNED = "geplant"
    RUNNING = "läuft"
    DELAYED = "verzögert"
    DONE = "erledigt"
    DEFERRED = "zurückgestellt"
    DROPPED = "entfallen"


class DecisionState(StrEnum):
    """Where the political decision stands."""

    NOT_NEEDED = "kein Beschluss nötig"
    OPEN = "offen"
    IN_CONSULTATION = "in Beratung"
    DECIDED = "beschlossen"
    DECIDED_CHANGED = "geändert beschlossen"
    NOTED = "zur Kenntnis genommen"
    DEFERRED = "vertagt"
    REJECTED = "abgelehnt"


class CostRowKind(StrEnum):
    """The rows of the Vorlage's finance table."""

    ONCE = "Einmalige Aufwendungen / Investition"
    RUNNING = "Laufende Sachaufwendungen"
    STAFF = "Personal"
    INCOME = "Erträge, Zuwendungen"


class CostBasis(StrEnum):
    """What an amount rests on."""

    OFFER = "Angebot"
    ESTIMATE = "Schätzung"
    EXPERIENCE = "Erfahrungswert"


class CostRow(Frozen):
    """Amounts in euro per year. A year that is missing or ``None`` is „noch nicht beziffert“; 0 is
    a statement. Never blank, never 0 for unknown."""

    kind: CostRowKind
    amounts: dict[Year, Amount | None] = Field(default_factory=dict)
    later: Amount | None = None
    """A year's amount after the last year of the table (Folgejahre)."""
    posts: dict[Year, Posts] = Field(default_factory=dict)
    """Only for staff: full-time equivalents per year."""
    later_posts: Posts | None = None
    """Only for staff: full-time equivalents after the last year of the table."""
    funding: Funding = Funding()
    """Only for income: the programme it comes from."""
    basis: CostBasis | None = None
    note: Line = ""

    @model_validator(mode="after")
    def _plausible(self) -> Self:
        # That something costs nothing rests on nothing: only an amount needs its basis.
        if (any(self.amounts.values()) or self.later) and self.basis is None:
            raise ValueError(
                "Zu jedem Betrag über 0 gehört seine Grundlage (Angebot, Schätzung oder "
                "Erfahrungswert)."
            )
        if (self.posts or self.later_posts is not None) and self.kind is not CostRowKind.STAFF:
            raise ValueError("Stellen (VZÄ) gehören in die Kostenzeile „Personal“.")
        if self.funding != Funding() and self.kind is not CostRowKind.INCOME:
            raise ValueError("Ein Förderprogramm gehört in die Zeile „Erträge, Zuwendungen“.")
        return self


class Decision(Frozen):
    state: DecisionState = DecisionState.OPEN
    body: Line = ""
    day: Day | None = None
    note: Line = ""


class PlannedMeasure(Frozen):
    """A chosen measure of the catalogue, or an own one (``own_title``)."""

    id: MeasureId
    """Catalogue id; own measures are ``E1``, ``E2`` …"""
    own_title: Line = ""
    own_field: Line = ""
    """Only for own measures: dimension id it belongs to."""
    own_horizon: Horizon | None = None
    """Only for own measures: how long it takes where no dates are given."""
    own_effort: Effort | None = None
    """Only for own measures: 1–5."""
    owner: Line = ""
    """Federführung; a unit, no person."""
    start: Day | None = None
    end: Day | None = None
    """``None``: scheduled by prerequisites and horizon. An end before the start is named as a
    problem of the schedule, not refused: both are edited one after the other."""
    override_note: Line = ""
    """Why it starts before its prerequisites end; without it such a start is not accepted."""
    priority: Line = ""
    """Own statement of priority; ``""`` = none: numbering is no ranking."""
    status: Status = Status.PROPOSED
    decision: Decision = Decision()
    costs: tuple[CostRow, ...] = ()
    budget: BudgetNote = BudgetNote()
    cost_kind: CostKind | None = None
    """Only for own measures."""
    requires: tuple[MeasureId, ...] = Field(default=(), max_length=50)
    """Further prerequisites beside those of the catalogue."""
    note: Text = ""
    cause: Text = ""
    """Where it deviates: why (for the Sachstandsbericht)."""
    option: Text = ""
    """Where it deviates: what can be done."""

    @property
    def is_own(self) -> bool:
        """Whether it is the municipality's own measure rather than one of the catalogue."""
        return bool(self.own_title)

    @property
    def active(self) -> bool:
        """Whether it is to be carried out: neither put back nor dropped."""
        return self.status not in (Status.DEFERRED, Status.DROPPED)

    def cost_row(self, kind: CostRowKind) -> CostRow | None:
        """The cost row of a kind, if the plan has one."""
        return next((row for row in self.costs if row.kind is kind), None)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        kinds = [row.kind for row in self.costs]
        doubled = sorted({kind for kind in kinds if kinds.count(kind) > 1})
        if doubled:
            raise ValueError(f"Die Kostenzeile „{doubled[0]}“ steht zweimal da.")
        if self.id in self.requires:
            raise ValueError("Eine Maßnahme kann sich nicht selbst voraussetzen.")
        return self


class FieldStrategy(Frozen):
    """One action field of the strategy."""

    goal: Text = ""
    starting_point: Text = ""
    challenges: Text = ""
    chances: Text = ""
    projects: tuple[Line, ...] = ()
    """Measure ids or own words."""


class BlockState(StrEnum):
    """State of one of the eight building blocks; the options of the questionnaire's F items."""

    NONE = "nicht vorhanden"
    NOTES = "Ideen oder Notizen"
    DRAFT = "Entwurf liegt vor"
    DECIDED = "beschlossen oder verbindlich festgelegt"
    APPLIED = "beschlossen, wird angewendet und regelmäßig überprüft"


class BlockStrategy(Frozen):
    state: BlockState | None = None
    note: Text = ""


class StrategyFrame(Frozen):
    """Vision, ten action fields, eight building blocks, participation."""

    vision: tuple[Text, ...] = ()
    target_year: Year | None = None
    fields: dict[Line, FieldStrategy] = Field(default_factory=dict)
    """Action field id → its strategy."""
    blocks: dict[Line, BlockStrategy] = Field(default_factory=dict)
    """Building block id (SB1 …) → its state."""
    participation: tuple[Line, ...] = ()
    """Formats, as listed in ``data/measures/strategy_frame.yaml`` or own words."""


class MunicipalityPlan(Frozen):
    """One document per municipality."""

    schema_version: int = Field(default=SCHEMA, ge=1, le=SCHEMA)
    municipality: Line = Field(min_length=1)
    """Key as in the survey, text with leading zeros."""
    name: Line
    wave: Line = ""
    questionnaire_version: Line = ""
    catalogue_id: Line = ""
    catalogue_version: Line = ""
    begins: Day | None = None
    """When the roadmap begins; earliest dates count from here."""
    targets: dict[Line, Level] = Field(default_factory=dict)
    """Dimension → level to reach, beside or instead of the survey's answers."""
    measures: tuple[PlannedMeasure, ...] = Field(default=(), max_length=MAX_MEASURES)
    strategy: StrategyFrame = StrategyFrame()
    paper: PaperSettings = PaperSettings()
    """How the Vorlage is to be built."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        ids = [planned.id for planned in self.measures]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"Maßnahme mehrfach im Plan: {', '.join(doubled)}")
        return self

    @property
    def by_id(self) -> dict[str, PlannedMeasure]:
        return {planned.id: planned for planned in self.measures}
