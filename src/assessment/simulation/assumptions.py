"""The declared assumptions behind the simulated sample, read from ``data/simulation``.

Each published number of the study is mapped to an item and codes or marked as not asked; everything
else is marked as freely set. The file is the single place where numbers stand.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assessment.content import data_path
from assessment.remarks import InputRefused

Percent = Annotated[float, Field(ge=0, le=100)]
Shares = Mapping[str, Percent]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Base(_Part):
    """Restricts a share to those who gave one of ``codes`` to ``item``."""

    item: str
    codes: tuple[str, ...]


class CodesMeasure(_Part):
    """Share of answers with one of the codes (multiple choice: with any of them ticked)."""

    kind: Literal["codes"]
    item: str
    codes: tuple[str, ...]
    base: Base | None = None


class CountMeasure(_Part):
    """Share of answers with between ``at_least`` and ``at_most`` of the options ticked."""

    kind: Literal["count"]
    item: str
    options: tuple[str, ...]
    at_least: int
    at_most: int


class OrderMeasure(_Part):
    """The options named most often in a ranking, most frequent first."""

    kind: Literal["order"]
    item: str
    options: tuple[str, ...]


Measure = Annotated[CodesMeasure | CountMeasure | OrderMeasure, Field(discriminator="kind")]
Status = Literal["published", "orientation", "not_asked"]


class PublishedNumber(_Part):
    """One number of the study: what it says, where it stands, what becomes of it here."""

    id: str
    statement: str
    percent: Percent | None = None
    status: Status
    source: str
    note: str = ""
    measure: Measure | None = None

    @model_validator(mode="after")
    def _measured_unless_not_asked(self) -> Self:
        if (self.measure is None) != (self.status == "not_asked"):
            raise ValueError(f"{self.id}: „not_asked“ ohne measure, alle anderen mit measure")
        return self


class Mix(_Part):
    """Composition of the sample by kind and population."""

    kind_percent: Shares
    population: Mapping[str, tuple[tuple[int, int, Percent], ...]]


class StructureAssumptions(_Part):
    status: Literal["free"]
    survey_up_to: int
    land_percent: Shares
    mixes: Mapping[Literal["survey", "all"], Mix]
    staff_per_1000: Mapping[str, float]
    staff_log_sd: float
    budget_percent: Shares
    verband_word: Mapping[str, str]
    kreis_word: Mapping[str, str]


class FieldPeriod(_Part):
    first: date
    last: date
    reference_dates: tuple[date, ...]


class GoalAssumptions(_Part):
    status: Literal["free"]
    types: Shares
    separation: float
    thresholds: tuple[float, float, float, float]
    style_shift_sd: float
    style_log_extremity_sd: float
    pick_sharpness: float
    straight_liner_percent: Percent
    items: tuple[str, ...]
    popularity: tuple[float, ...]
    profiles: Mapping[str, tuple[float, ...]]

    @model_validator(mode="after")
    def _same_length(self) -> Self:
        lengths = {len(self.popularity), *(len(profile) for profile in self.profiles.values())}
        if lengths != {len(self.items)}:
            raise ValueError("goals: je Ziel ein Wert in popularity und in jedem Profil")
        if set(self.types) != set(self.profiles):
            raise ValueError("goals: types und profiles nennen verschiedene Typen")
        return self


class NonresponseAssumptions(_Part):
    status: Literal["free"]
    mean_percent: Percent
    concentration: float = Field(gt=0)
    dont_know_percent: Percent
    weight: Mapping[Literal["published", "staff"], float]
    never: frozenset[str]
    break_off_percent: Percent
    comment_percent: Percent
    comments: tuple[str, ...]


class ContradictingPair(_Part):
    """``percent`` of all give ``then`` although they gave ``if``; the others get ``otherwise``."""

    percent: Percent
    if_: Base = Field(alias="if")
    then: Base
    otherwise: str


class Contradictions(_Part):
    status: Literal["free"]
    pairs: tuple[ContradictingPair, ...]
    target_below_current: Percent


class Loadings(_Part):
    """Weights of the factors in the latent variable behind an answer."""

    size: float
    capacity: float
    strategy: float = 0.0


class Factors(_Part):
    status: Literal["soft"]
    source: str
    strategy: Loadings
    strategy_item: str
    strategy_item_loading: float
    loadings: Mapping[str, Loadings]
    option_scale: float
    rating_style: float

    def of(self, dimension: str | None) -> Loadings:
        """Loadings of a dimension, or the default."""
        return self.loadings.get(dimension or "", self.loadings["default"])


class TypeEffect(_Part):
    """Raises the latent variable of items (``item`` or ``item.option``) for one type."""

    type: str
    items: tuple[str, ...]
    effect: float
    source: str


class Stratum(_Part):
    """Share of an option among those with ``codes`` in ``by``, and otherwise."""

    item: str
    option: str
    by: str
    codes: tuple[str, ...]
    percent: Percent
    otherwise: Percent


class Components(_Part):
    """How many of ``options`` a municipality has (0, 1, 2 …) and which are the popular ones."""

    item: str
    options: tuple[str, ...]
    count_percent: tuple[Percent, ...]
    popularity: tuple[float, ...]
    choice_sd: float


class Targets(_Part):
    increase_percent: tuple[Percent, ...]


class Change(_Part):
    """What happens between the first and the second wave."""

    status: Literal["free"]
    persistence: float = Field(ge=0, le=1)
    growth: float
    goal_persistence: float = Field(ge=0, le=1)
    same_type_percent: Percent
    population_sd: float
    stays_percent: Percent
    joins_percent: Percent


class Assumptions(_Part):
    """The whole file."""

    version: str
    tolerance_points: float
    published: tuple[PublishedNumber, ...]
    structure: StructureAssumptions
    field_period: Mapping[str, FieldPeriod]
    goals: GoalAssumptions
    nonresponse: NonresponseAssumptions
    not_applicable: Mapping[str, Shares | Literal["free"]]
    contradictions: Contradictions
    factors: Factors
    type_effects: tuple[TypeEffect, ...]
    patterns: Mapping[str, tuple[Percent, ...]]
    levels: Mapping[str, str | tuple[Percent, ...]]
    targets: Targets
    options: Mapping[str, Shares]
    strata: tuple[Stratum, ...]
    components: Components
    change: Change

    @model_validator(mode="after")
    def _shares_sum_to_100(self) -> Self:
        for name in self.levels:
            if abs(sum(self.distribution(name)) - 100) > 0.01:
                raise ValueError(f"levels.{name}: Anteile ergeben nicht 100 Prozent")
        if abs(sum(self.components.count_percent) - 100) > 0.01:
            raise ValueError("components.count_percent ergibt nicht 100 Prozent")
        return self

    def distribution(self, item: str) -> tuple[float, ...]:
        """Percentages of an item's answers, lowest first; ``KeyError`` for an unknown pattern."""
        given = self.levels[item]
        return self.patterns[given] if isinstance(given, str) else given

    @property
    def calibrated_items(self) -> frozenset[str]:
        """Items that carry a published number."""
        return frozenset(
            number.measure.item for number in self.published if number.measure is not None
        )


def read_assumptions(path: Path) -> Assumptions:
    """Read and check an assumptions file; ``InputRefused`` (ASSUMPTIONS_INVALID) if it is wrong."""
    try:
        return Assumptions.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        first = str(error).splitlines()
        raise InputRefused(
            "ASSUMPTIONS_INVALID",
            f"Die Annahmen in „{path.name}“ sind nicht lesbar: {' '.join(first[:3])}.",
        ) from error


@lru_cache(maxsize=1)
def load_assumptions() -> Assumptions:
    """The assumptions shipped with the program."""
    return read_assumptions(data_path("simulation", "assumptions.yaml"))
