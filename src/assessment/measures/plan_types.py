"""The plan of one municipality: targets, roadmap and strategy in one document.

It is what people edit, save as a YAML or JSON file and load again; storage comes later. Nothing is
computed here: schedules, sums and warnings are worked out of it (``roadmap.py``, ``what_if.py``).
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assessment.measures.model import CostKind, MeasureId

SCHEMA = 1
Text = Annotated[str, Field(max_length=4000)]
Line = Annotated[str, Field(max_length=200)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


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
    amounts: dict[int, Decimal | None] = Field(default_factory=dict)
    basis: CostBasis | None = None
    note: Line = ""

    @model_validator(mode="after")
    def _plausible(self) -> Self:
        for year, amount in self.amounts.items():
            if not 2000 <= year <= 2100:
                raise ValueError(f"Das Jahr {year} liegt außerhalb von 2000 bis 2100.")
            if amount is not None and not (amount.is_finite() and 0 <= amount < 10**10):
                raise ValueError(f"Der Betrag für {year} muss zwischen 0 und 10 Milliarden liegen.")
        if any(amount is not None for amount in self.amounts.values()) and self.basis is None:
            raise ValueError("Zu jedem Betrag gehört seine Grundlage (Angebot, Schätzung …).")
        return self


class Decision(Frozen):
    state: DecisionState = DecisionState.OPEN
    body: Line = ""
    day: date | None = None
    note: Line = ""


class PlannedMeasure(Frozen):
    """A chosen measure of the catalogue, or an own one (``own_title``)."""

    id: MeasureId
    """Catalogue id; own measures are ``E1``, ``E2`` …"""
    own_title: Line = ""
    owner: Line = ""
    """Federführung; a unit, no person."""
    start: date | None = None
    end: date | None = None
    """``None``: scheduled by prerequisites and horizon."""
    override_note: Line = ""
    """Why it starts before its prerequisites end; without it such a start is not accepted."""
    priority: str = ""
    """Own statement of priority; ``""`` = none: numbering is no ranking."""
    status: Status = Status.PROPOSED
    decision: Decision = Decision()
    costs: tuple[CostRow, ...] = ()
    cost_kind: CostKind | None = None
    """Only for own measures."""
    requires: tuple[MeasureId, ...] = ()
    """Further prerequisites beside those of the catalogue."""
    note: Text = ""
    cause: Text = ""
    """Where it deviates: why (for the Sachstandsbericht)."""
    option: Text = ""
    """Where it deviates: what can be done."""


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
    target_year: int | None = Field(default=None, ge=2000, le=2100)
    fields: dict[str, FieldStrategy] = Field(default_factory=dict)
    """Action field id → its strategy."""
    blocks: dict[str, BlockStrategy] = Field(default_factory=dict)
    """Building block id (SB1 …) → its state."""
    participation: tuple[Line, ...] = ()
    """Formats, as listed in ``data/measures/strategy_frame.yaml`` or own words."""


class MunicipalityPlan(Frozen):
    """One document per municipality."""

    schema_version: int = Field(default=SCHEMA, ge=1, le=SCHEMA)
    municipality: str = Field(pattern=r"^\d{5}(\d{3,4}|\d{7})?$")
    """Key as text."""
    name: Line
    wave: Line = ""
    questionnaire_version: Line = ""
    catalogue_id: Line = ""
    catalogue_version: Line = ""
    begins: date | None = None
    """When the roadmap begins; earliest dates count from here."""
    targets: dict[str, Annotated[int, Field(ge=0, le=4)]] = Field(default_factory=dict)
    """Dimension → level to reach, beside or instead of the survey's answers."""
    measures: tuple[PlannedMeasure, ...] = ()
    strategy: StrategyFrame = StrategyFrame()

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        ids = [planned.id for planned in self.measures]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"Maßnahme mehrfach im Plan: {', '.join(doubled)}")
        for planned in self.measures:
            if planned.start and planned.end and planned.end < planned.start:
                raise ValueError(f"{planned.id}: Das Ende liegt vor dem Beginn.")
        return self
