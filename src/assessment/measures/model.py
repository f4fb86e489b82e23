"""The catalogue of measures as a model; every entry is validated when it is read."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MeasureId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,20}$")]
Code = Annotated[str, Field(max_length=40)]
Line = Annotated[str, Field(max_length=200)]
ACROSS = "QUER"
"""Action field of measures that concern all action fields."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Axis(StrEnum):
    """Which of its two fields a measure belongs to first; its levels are those of that field."""

    ACTION_FIELD = "HF"
    MANAGEMENT_FIELD = "MF"


class Obligation(StrEnum):
    DUTY = "pflicht"
    PARTLY = "teilweise"
    """Depends on Land, size or own systems."""
    VOLUNTARY = "freiwillig"


class Horizon(StrEnum):
    SHORT = "kurz"
    """At most 12 months."""
    MEDIUM = "mittel"
    """One to three years."""
    LONG = "lang"
    """More than three years."""


class CostKind(StrEnum):
    NONE = "keine"
    ONCE = "einmalig"
    RUNNING = "laufend"
    BOTH = "einmalig und laufend"
    INVESTMENT = "investiv"


class ClimateEffect(StrEnum):
    """A proposal to be checked, never a finding."""

    POSITIVE = "positiv"
    NEUTRAL = "neutral"
    OPEN = "offen"


class LegalBasis(Frozen):
    """What a measure rests on; the instrument, rarely the paragraph (mostly law of the Land)."""

    text: str = Field(min_length=2, max_length=300)
    checked: date | None = None
    """When the reference was last looked up; ``None``: an own catalogue does not say."""


class Measure(Frozen):
    """One concrete step. Effort and benefit 1 (low) to 5 (very high) are expert estimates."""

    id: MeasureId
    title: str = Field(min_length=3, max_length=120)
    description: str = Field(min_length=10, max_length=1000)
    axis: Axis
    action_field: Code
    """``HF01`` … or :data:`ACROSS`."""
    management_field: Code
    effort: int = Field(ge=1, le=5)
    benefit: int = Field(ge=1, le=5)
    level_from: int = Field(ge=0, le=4)
    level_to: int = Field(ge=0, le=4)
    """Suitable for ``level_from <= level < level_to``; helps to reach ``level_to``."""
    strong_type: Code = ""
    """Type that is typically strong in it (our estimate): a partner to learn from."""
    further_types: tuple[Code, ...] = ()
    responsible: str = Field(min_length=2, max_length=200)
    involved: tuple[Line, ...] = ()
    legal: tuple[LegalBasis, ...] = ()
    obligation: Obligation
    horizon: Horizon
    cost_kind: CostKind
    indicator: str = Field(min_length=5, max_length=300)
    climate: ClimateEffect
    kinds: tuple[Code, ...] = ()
    """Option codes of the questionnaire's kind question it concerns; empty = all."""
    requires: tuple[MeasureId, ...] = ()

    @property
    def dimension(self) -> str:
        """The field whose level decides whether the measure fits."""
        return self.action_field if self.axis is Axis.ACTION_FIELD else self.management_field

    def concerns(self, kind: str | None) -> bool:
        """Whether it is within the responsibility of this kind of municipality."""
        return not self.kinds or kind is None or kind in self.kinds

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.level_from >= self.level_to:
            raise ValueError(f"{self.id}: Die Zielstufe muss über der Ausgangsstufe liegen.")
        if self.axis is Axis.ACTION_FIELD and self.action_field == ACROSS:
            raise ValueError(f"{self.id}: Hauptachse HF braucht ein bestimmtes Handlungsfeld.")
        if self.id in self.requires:
            raise ValueError(f"{self.id}: Eine Maßnahme kann sich nicht selbst voraussetzen.")
        return self


class Catalogue(Frozen):
    """A versioned list of measures."""

    id: MeasureId
    version: Code
    title: Line
    source: str = Field(default="", max_length=2000)
    legal_note: str = Field(default="", max_length=2000)
    """What is to be said about legal references wherever they are shown."""
    measures: tuple[Measure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _references(self) -> Self:
        ids = [measure.id for measure in self.measures]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"Maßnahme mehrfach: {', '.join(doubled)}")
        known = set(ids)
        for measure in self.measures:
            unknown = [name for name in measure.requires if name not in known]
            if unknown:
                raise ValueError(f"{measure.id}: unbekannte Voraussetzung {', '.join(unknown)}.")
        try:
            self.order  # noqa: B018  (computed to find cycles)
        except CycleError as error:
            circle = " → ".join(error.args[1])
            raise ValueError(f"Voraussetzungen im Kreis: {circle}") from error
        return self

    @cached_property
    def by_id(self) -> Mapping[str, Measure]:
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ids so that each comes after its prerequisites; otherwise catalogue order."""
        graph = TopologicalSorter({m.id: m.requires for m in self.measures})
        return tuple(graph.static_order())

    def __getitem__(self, measure_id: str) -> Measure:
        return self.by_id[measure_id]
