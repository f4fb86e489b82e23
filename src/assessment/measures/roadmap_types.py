"""What a roadmap says: periods, prerequisites, cost cells, and everything that needs attention."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assessment.german import MINUS, NBSP
from assessment.measures.model import Obligation
from assessment.measures.paper_types import Funding
from assessment.measures.plan_types import CostBasis, CostRowKind, Decision, Status

UNQUANTIFIED = "noch nicht beziffert"
UNDETERMINED = "noch nicht bestimmbar"
"""A difference of which one side isn't known."""
NO_RANKING = "Die Nummerierung der Maßnahmen gibt keine Rangfolge wieder."


def euro_text(amount: Decimal | None) -> str:
    """``12.500,00 €``; an unknown amount is „noch nicht beziffert“, never blank and never 0."""
    if amount is None:
        return UNQUANTIFIED
    text = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS if amount < 0 else ''}{text}{NBSP}€"


def posts_text(posts: Decimal | None) -> str:
    """``0,5 VZÄ``; unknown posts are „noch nicht beziffert“."""
    if posts is None:
        return UNQUANTIFIED
    text = f"{posts:f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return f"{whole}{',' if part else ''}{part}{NBSP}VZÄ"


def at_least(text: str) -> str:
    """A sum that leaves something out: „mindestens 500,00 €“."""
    return f"mindestens {text}"


class PrerequisiteState(StrEnum):
    """How a prerequisite stands; the value is what people read."""

    DONE = "erfüllt"
    IN_PLAN = "im Plan"
    LEFT_OUT = "im Plan zurückgestellt oder entfallen"
    MISSING = "nicht im Plan"


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One measure another one builds on."""

    id: str
    title: str
    state: PrerequisiteState
    end: date | None
    """When it ends, if it is in the plan."""


@dataclass(frozen=True, slots=True)
class CostCell:
    """One amount of one year."""

    year: int
    amount: Decimal | None
    """Euro; ``None``: noch nicht beziffert."""

    @property
    def text(self) -> str:
        return euro_text(self.amount)


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost row of one measure, with a cell for every year of the table."""

    measure: str
    title: str
    kind: CostRowKind
    cells: tuple[CostCell, ...]
    basis: CostBasis | None
    note: str
    expected: bool
    """The catalogue's cost kind asks for this row; False: added by the municipality."""
    later: Decimal | None = None
    """A year's amount after the last year (Folgejahre); ``None``: noch nicht beziffert."""
    posts: tuple[Decimal | None, ...] = ()
    """Only for staff: full-time equivalents, one for each year."""
    later_posts: Decimal | None = None
    funding: Funding | None = None
    """Only for income rows that name a programme."""

    @property
    def quantified(self) -> bool:
        """Whether every cell, Folgejahre included, is known."""
        return self.later is not None and all(cell.amount is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class TotalCell:
    """Sum of the known amounts of one year, and whose amounts are not in it."""

    year: int | None
    """``None``: a year after the last one (Folgejahre)."""
    amount: Decimal
    known: int
    """How many amounts it adds up; 0: there is nothing to add yet."""
    without: tuple[str, ...]
    """Titles of the measures whose amount is noch nicht beziffert."""

    @property
    def text(self) -> str:
        """„12.500,00 €“, „mindestens 12.500,00 €“ or „noch nicht beziffert“."""
        # „mindestens 0,00 €“ would say nothing.
        if not self.known or (self.without and not self.amount):
            return UNQUANTIFIED
        return at_least(euro_text(self.amount)) if self.without else euro_text(self.amount)


@dataclass(frozen=True, slots=True)
class TotalLine:
    """Totals per year; ``kind`` is ``None`` for all expenses together."""

    kind: CostRowKind | None
    label: str
    cells: tuple[TotalCell, ...]
    later: TotalCell
    """Folgejahre."""

    @property
    def all_cells(self) -> tuple[TotalCell, ...]:
        """The years and the Folgejahre."""
        return (*self.cells, self.later)


@dataclass(frozen=True, slots=True)
class PostsCell:
    """Sum of the known full-time equivalents of one year."""

    year: int | None
    posts: Decimal
    known: int
    without: tuple[str, ...]
    """Titles of the measures whose posts are noch nicht beziffert."""

    @property
    def text(self) -> str:
        """„0,5 VZÄ“, „mindestens 0,5 VZÄ“ or „noch nicht beziffert“."""
        if not self.known or (self.without and not self.posts):
            return UNQUANTIFIED
        return at_least(posts_text(self.posts)) if self.without else posts_text(self.posts)


@dataclass(frozen=True, slots=True)
class OwnShareCell:
    """Costs minus income of one year, as far as that is known."""

    year: int | None
    """``None``: Folgejahre."""
    amount: Decimal | None
    reason: str
    """Why there is no amount, or what it leaves out; ``""`` else."""
    at_least: bool = False
    """Expenses that are noch nicht beziffert come on top of the amount."""

    @property
    def text(self) -> str:
        if self.amount is None:
            return UNDETERMINED
        return at_least(euro_text(self.amount)) if self.at_least else euro_text(self.amount)


@dataclass(frozen=True, slots=True)
class CostTable:
    """The finance table over all active measures; the same years for every row."""

    years: tuple[int, ...]
    lines: tuple[CostLine, ...]
    totals: tuple[TotalLine, ...]
    """One per kind of expense that occurs, in the order of the Vorlage."""
    expenses: TotalLine
    income: TotalLine | None
    """``None`` where no measure has an income row."""
    own_share: tuple[OwnShareCell, ...]
    later_own_share: OwnShareCell
    posts: tuple[PostsCell, ...]
    """The years and the Folgejahre; empty where no measure has a staff row."""
    unquantified: tuple[str, ...]
    """Titles of all measures with at least one amount that is noch nicht beziffert."""
    without_costs: tuple[str, ...]
    """Titles of measures that cause no costs according to the catalogue and have no row."""
    sentences: tuple[str, ...]
    """What is to be said beside the totals: what they leave out, by name."""


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """One planned measure with its period."""

    number: int
    """Running number; no ranking."""
    id: str
    title: str
    own: bool
    """Own measure rather than one of the catalogue."""
    dimension: str
    field: str
    """Name of the dimension."""
    owner: str
    start: date | None
    end: date | None
    """Both ``None`` for measures that are put back or dropped, and without a begin of the plan."""
    start_given: bool
    end_given: bool
    """False: computed from prerequisites and usual duration."""
    earliest: date | None
    """Day after the last prerequisite ends (or the plan begins)."""
    period: str
    """„Q1 2027 bis Q3 2027“; „noch nicht terminiert“."""
    prerequisites: tuple[Prerequisite, ...]
    moved: str
    """Says that a given date was moved behind the prerequisites; ``""`` else."""
    overridden: str
    """„vorgezogen: <Grund>“ where it starts before its prerequisites end; ``""`` else."""
    priority: str
    status: Status
    decision: Decision
    effort: int | None
    obligation: Obligation | None
    """``None`` for own measures."""
    costs: tuple[CostLine, ...]
    cost_note: str
    """What to say where there is no cost row; ``""`` else."""
    active: bool

    @property
    def missing(self) -> tuple[Prerequisite, ...]:
        """Prerequisites that are neither fulfilled nor part of what is to be carried out."""
        states = (PrerequisiteState.MISSING, PrerequisiteState.LEFT_OUT)
        return tuple(p for p in self.prerequisites if p.state in states)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: a German sentence and the measures it is about."""

    sentence: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The schedule of a plan."""

    rows: tuple[RoadmapRow, ...]
    """In the order of the plan."""
    costs: CostTable
    problems: tuple[Problem, ...]
    begins: date | None
    ends: date | None
    """When the last active measure ends."""
    duration_note: str
    """Which durations are assumed where no dates are given."""
    no_ranking: str = NO_RANKING
    """To be shown wherever the measures are numbered."""

    @property
    def by_id(self) -> Mapping[str, RoadmapRow]:
        return {row.id: row for row in self.rows}
