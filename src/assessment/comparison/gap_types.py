"""What a gap is: by how much a municipality falls short of a reference, and how surely.

A gap is a shortfall only: a lead in another field or question never offsets it, and a value above
the reference is „erreicht“, not a negative gap. All values are whole points 0–100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessment.scoring.levels import POINTS_PER_LEVEL


class Reference(StrEnum):
    """What one is measured against; the order is that of pages and files."""

    PEER_MEDIAN = "peer_median"
    PEER_UPPER_QUARTILE = "peer_upper_quartile"
    OWN_TARGET = "own_target"
    PREVIOUS_WAVE = "previous_wave"


_AMBITION = Reference.PEER_UPPER_QUARTILE


class GapState(StrEnum):
    """How the own value stands to the reference."""

    SHORTFALL = "shortfall"
    """Below it, beyond what answers and group could explain."""
    INDISTINGUISHABLE = "indistinguishable"
    """Below it by no more than its interval or one answer's step: „nicht unterscheidbar“."""
    REACHED = "reached"
    """At the reference or above."""
    UNKNOWN = "unknown"
    """Own value or reference is missing; ``refusal`` says which."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One value against one reference."""

    reference: Reference
    state: GapState
    own: int | None
    value: int | None
    """The reference."""
    shortfall: int | None
    """``max(0, value − own)``; ``None`` where unknown."""
    low: int | None
    high: int | None
    """Interval of the shortfall, each ≥ 0: open answers of one's own and, for statistics of
    others, their uncertainty as it follows from the numbers shown."""
    n: int | None
    """Others behind the reference; ``None`` for own references and where the size is hidden."""
    refusal: str = ""
    """Why there is no value, in one sentence."""
    levels: int | None = None
    """Levels missing to the own target; ``None`` for every other reference."""

    @property
    def steps(self) -> float:
        """The shortfall in levels: those missing to a target, else a level per 25 points."""
        if self.levels is not None:
            return float(self.levels)
        return (self.shortfall or 0) / POINTS_PER_LEVEL


@dataclass(frozen=True, slots=True)
class GapRow:
    """All gaps of a dimension (``item`` is ``None``) or of one scored question."""

    id: str
    name: str
    dimension: str
    item: str | None
    gaps: Mapping[Reference, Gap]
    """Only references that exist for this survey; in the order of :class:`Reference`."""

    @property
    def largest(self) -> Gap | None:
        """The largest clear shortfall that asks for action; ``None`` if there is none.

        The upper quartile is left out: three quarters of any group lie below it, so measured
        against it nearly every field of nearly everybody would be urgent.
        """
        clear = [
            gap
            for gap in self.gaps.values()
            if gap.state is GapState.SHORTFALL and gap.reference is not _AMBITION
        ]
        return max(clear, key=lambda gap: gap.steps, default=None)


class PublishedState(StrEnum):
    """Whether the municipality itself has what a published share counts."""

    HAS = "has"
    HAS_NOT = "has_not"
    OPEN = "open"
    """Not answered, „weiß nicht“ or not asked."""


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """A published share that fits a question in subject and wording (``data/reference_values``)."""

    id: str
    item: str
    statement: str
    """What the share counts, as worded in the source; German."""
    share: float
    """0–1."""
    n: int
    year: str
    population: str
    """Who was asked."""
    source: str
    caution: str
    """What limits the comparison; never empty."""


@dataclass(frozen=True, slots=True)
class PublishedComparison:
    """A municipality beside a published share: context, never a benchmark line."""

    published: PublishedValue
    own: PublishedState
    own_answer: str
