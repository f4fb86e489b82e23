"""What a comparison of two waves says. A wave is a closed survey period.

Same municipality, same questions only; all points are whole points 0–100, all changes signed
(later minus earlier).
"""

from dataclasses import dataclass

from assessment.comparison.disclosure import GuardedValue


@dataclass(frozen=True, slots=True)
class ItemChange:
    """Whether a question can be compared between two questionnaire versions."""

    item: str
    comparable: bool
    reason: str
    """Why not; ``""`` if it can."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One dimension of one municipality; parts add up: ``shown = own + questionnaire``."""

    dimension: str
    before: int | None
    after: int | None
    """As shown in each wave, with each wave's own questions."""
    shown: int | None
    """``after − before``."""
    own: int | None
    """On the same questions only: the municipality's own change."""
    questionnaire: int | None
    """What the changed questions add or take away."""
    peers: GuardedValue
    """Median own change of the others of its group that took part in both waves."""
    relative: int | None
    """``own`` minus the peers' change."""
    distinguishable: bool
    """Whether the own change is more than one answer's step and open answers explain."""
    level_before: int | None
    level_after: int | None
    n_items: int
    """Comparable questions of the dimension."""
    note: str = ""
    """Why a part is missing, in one sentence."""


@dataclass(frozen=True, slots=True)
class TypeTransition:
    """Type in the earlier and the later wave, under one model, with its uncertainty."""

    first_before: str | None
    first_after: str | None
    probability_changed: float | None
    """1 − Σ p(before) · p(after), 0–1; ``None`` where not assignable."""
    sentence: str


@dataclass(frozen=True, slots=True)
class TransitionTable:
    """All municipalities of both waves. Rows: earlier type, columns: later type, ``""`` = none."""

    types: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    """Guarded; ``None`` = hidden."""
    n: int
    changed: int | None
    """Municipalities assigned to another type than before."""
    expected_by_chance: float | None
    """How many would appear to have changed if nobody had, by the model's own uncertainty."""
    chance_low: int | None
    chance_high: int | None
    """Central 95 % of that number."""
    sentence: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class WaveComparison:
    """One municipality over two waves."""

    key: str
    wave_before: str
    wave_after: str
    items: tuple[ItemChange, ...]
    fields: tuple[FieldChange, ...]
    transition: TypeTransition | None
    group_name: str
    n_panel: int | None
    """Others of the group in both waves."""
    refusal: str = ""
    """Why the waves can't be compared at all; the rest is empty then."""
