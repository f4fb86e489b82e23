"""What a recommendation says: the measure and every link that led to it."""

from dataclasses import dataclass
from enum import StrEnum

from assessment.comparison.gap_types import Reference
from assessment.measures.model import Measure


class PriorityClass(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Priority:
    """Gap² × relevance ÷ effort (SAMMY's squared gap), in three classes."""

    gap: float
    """Levels 0–4: the shortfall in points ÷ 25, or levels missing to the own target."""
    reference: Reference | None
    """Which reference the gap is measured against; ``None``: the step to the next level."""
    relevance: int
    """1–3, see ``relevance_reason``."""
    relevance_reason: str
    effort: int
    """1–5, of the measure."""
    value: float
    priority_class: PriorityClass
    formula: str
    """With the numbers put in: „0,8² × 2 ÷ 3 = 0,4“."""


class LinkKind(StrEnum):
    """The chain, always in this order."""

    ANSWER = "answer"
    GAP = "gap"
    RULE = "rule"
    MEASURE = "measure"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: a German sentence and the ids it rests on."""

    kind: LinkKind
    sentence: str
    ids: tuple[str, ...] = ()
    """Items, dimensions, rules, measures."""


@dataclass(frozen=True, slots=True)
class Association:
    """What municipalities of the own type one level up report more often; never a cause."""

    item: str
    statement: str
    """Question and answer in a few words."""
    ahead: int | None
    """Share among those one level up, whole per cent; ``None``: the sentence only says „unter 10 %“
    or „über 90 %“."""
    n_ahead: int
    here: int | None
    """Share among those at the own level, the same way."""
    n_here: int
    sentence: str
    """Worded as association."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One proposed measure."""

    measure: Measure
    dimension: str
    level: int
    """Own level in the measure's field."""
    expected_level: int
    """One level up at most per step, never above ``measure.level_to``."""
    priority: Priority
    chain: tuple[Link, ...]
    duty: bool
    voluntary_mark: bool
    """True in Haushaltssicherung for voluntary measures: they carry „freiwillig“, and come last."""
    missing: tuple[str, ...]
    """Prerequisites that are neither fulfilled by the own level nor done: ids."""
    without: str
    """What happens if it is left out, in one sentence that follows from catalogue and level."""
    partner: str
    """Type that is strong in it, if another than the own; ``""`` else."""


@dataclass(frozen=True, slots=True)
class Advice:
    """All recommendations of one municipality in their order, and what was left out and why."""

    recommendations: tuple[Recommendation, ...]
    outside_responsibility: tuple[Measure, ...]
    """Suitable, but not for this kind of municipality; shown behind a switch."""
    not_rated: tuple[str, ...]
    """Dimensions without a level: nothing can be recommended there („klären“)."""
    order_reason: str
    """Why this order: one sentence (duties, Haushaltslage, priority)."""
    catalogue_id: str
    catalogue_version: str
