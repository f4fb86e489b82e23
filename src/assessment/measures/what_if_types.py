"""What a projection says: levels today and with chosen measures, steps, effort, earliest end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.measures.model import Horizon

NO_FORECAST = "Das ist eine Projektion aus dem Katalog, keine Prognose."


class Reason(StrEnum):
    """Why a chosen measure raises nothing."""

    UNKNOWN = "unknown"
    """Not in the catalogue (own measures have no levels)."""
    DONE = "done"
    OUTSIDE = "outside"
    """Not within the responsibility of this kind of municipality."""
    NOT_RATED = "not_rated"
    """The field has no level."""
    REACHED = "reached"
    """The field already has the level the measure helps to reach."""
    PREREQUISITE = "prerequisite"
    LEVEL_TOO_LOW = "level_too_low"
    NO_FURTHER_STEP = "no_further_step"
    """Others that are chosen already lead through its levels."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level up by one measure."""

    measure: str
    title: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class NoEffect:
    """A chosen measure that raises no level, and why."""

    id: str
    title: str
    reason: Reason
    sentence: str


@dataclass(frozen=True, slots=True)
class ProjectedDimension:
    """One field today and with the chosen measures."""

    id: str
    name: str
    level: int | None
    """0–4; ``None``: not rated, then nothing is projected."""
    projected: int | None
    target: int | None
    steps: tuple[Step, ...]
    chosen: tuple[str, ...]
    """All chosen measures of the field, with and without effect."""
    end: date | None
    """Earliest end of all chosen measures of the field."""
    condition: str
    """What a level between asks for beside measures (gates); ``""`` else."""
    sentence: str

    @property
    def raised(self) -> bool:
        """Whether the field gains at least one level."""
        return bool(self.steps)


@dataclass(frozen=True, slots=True)
class Projection:
    """What a selection of measures leads to."""

    dimensions: tuple[ProjectedDimension, ...]
    no_effect: tuple[NoEffect, ...]
    effort: int
    """Sum of the catalogue's points 1–5; no money."""
    count: int
    """Chosen measures that are yet to be carried out."""
    horizons: Mapping[Horizon, int]
    end: date | None
    """Earliest end of all chosen measures."""
    sentences: tuple[str, ...]
    note: str = NO_FORECAST
