"""What may be shown of a chosen group, after everything a session has been shown before.

Order statistics and sizes follow different rules. Medians of two groups don't add up, so a choice
is refused where it differs by one to four from an earlier one or from a prepared group. Sizes do
add up, so an exact number passes the stricter rule of :class:`ShownGroups`; others are rounded.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from assessment.comparison.disclosure import MINIMUM_MEMBERS, TOO_FEW, WOULD_REVEAL
from assessment.comparison.free_group import free_admission
from assessment.comparison.group_filter import GroupFilter
from assessment.comparison.peers import PeerGroup
from assessment.comparison.shown_groups import ShownGroups
from assessment.german import format_number
from assessment.profiles.overview import KIND, LAND, SIZE
from assessment.profiles.texts import sentence
from assessment.ui.taken import TakenSurvey, type_names

_ROUNDED_TO = 5


@dataclass(frozen=True, slots=True, eq=False)
class ShownFilter:
    """What is chosen and what may be shown of it."""

    chosen: GroupFilter
    group: PeerGroup | None = None
    """The chosen municipalities; ``None`` if nothing is chosen or the guard refuses."""
    size: str = ""
    """„46 Kommunen“ or „rund 45 Kommunen“; ``""`` without a group."""
    line: str = ""
    """One sentence on the choice and its size, or why nothing is shown; ``""`` without a choice."""
    refusal: str = ""
    """Why nothing is shown, ``""`` if something is or nothing is chosen."""

    @property
    def active(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.chosen)

    @property
    def members(self) -> np.ndarray | None:
        """bool (municipalities,), ``None`` like ``group``."""
        return None if self.group is None else self.group.members


@dataclass(slots=True)
class Seen:
    """What a session has been shown of one survey."""

    counted: ShownGroups
    """Groups whose size is known exactly."""
    compared: list[np.ndarray] = field(default_factory=list)
    """Chosen groups whose medians were shown: labels 0 for members, -1 for all others."""
    decided: dict[tuple[str, ...], ShownFilter] = field(default_factory=dict)
    """By typology and address. A decision stays: later choices are measured against it."""


def known_before(taken: TakenSurvey) -> ShownGroups:
    """What everybody knows of a survey before any choice.

    Counts hidden on the start page are known together: they are what the others leave of all. One
    of them alone would give away the rest.
    """
    peers, overview = taken.assessment.peers, taken.overview
    structure = peers.structure
    columns = {LAND: structure.land, KIND: structure.kind, SIZE: structure.size}
    masks = []
    for breakdown in overview.breakdowns:
        hidden = frozenset(cell.id for cell in breakdown.cells if cell.n is None)
        masks.append(np.array([code in hidden for code in columns[breakdown.title]], dtype=bool))
    if overview.types is not None and peers.membership is not None:
        hidden = frozenset(cell.id for cell in overview.types.cells if cell.n is None)
        first = [kind if isinstance(kind, str) else "" for kind in peers.membership.first]
        masks.append(np.array([kind in hidden for kind in first], dtype=bool))
    return ShownGroups(len(structure), tuple(mask for mask in masks if mask.any()))


def decide(taken: TakenSurvey, chosen: GroupFilter, seen: Seen) -> ShownFilter:
    """Ask the guard about a new choice, and remember it as shown if it may be."""
    peers = taken.assessment.peers
    words = chosen.described(peers.structure, type_names(taken))
    mask = chosen.mask(peers.structure, peers.membership)
    group = peers.free_group(mask, "ausgewählten Kommunen")
    # Each question has its own group: those of the chosen who answered it.
    beside = free_admission(mask, seen.compared, ~np.isnan(peers.values))
    whole = free_admission(mask, seen.compared, np.ones((len(mask), 1), dtype=bool))
    fits = [bool(one and two) for one, two in zip(group.admitted, beside, strict=True)]
    refusal = ""
    if not mask.any():
        refusal = sentence("filter.nobody")
    elif mask.sum() < MINIMUM_MEMBERS:
        refusal = TOO_FEW
    elif not whole[0] or not group.usable:
        refusal = WOULD_REVEAL
    elif not any(fits):
        refusal = sentence("filter.medians_hidden")
    if refusal:
        line = sentence("filter.refused", group=words, reason=refusal)
        return ShownFilter(chosen, line=line, refusal=refusal)
    seen.compared.append(np.where(mask, 0, -1))
    size = _size(taken, chosen, mask, seen)
    line = sentence("filter.group", group=words, n=size)
    return ShownFilter(chosen, replace(group, admitted=tuple(fits)), size, line)


def _size(taken: TakenSurvey, chosen: GroupFilter, mask: np.ndarray, seen: Seen) -> str:
    """How many there are: exactly, if the page says so anyway or the guard allows, else rounded.

    How many of a type are in a Land tells, beside the other types, how many are in none; so with a
    type and something else the number is rounded as well.
    """
    n = int(mask.sum())
    exact = _said_anyway(taken, chosen)
    if not exact and not chosen.types and seen.counted.admit(mask)[0]:
        seen.counted, exact = seen.counted.with_group(mask), True
    if exact:
        return f"{format_number(n)} Kommunen"
    return f"rund {format_number(_ROUNDED_TO * round(n / _ROUNDED_TO))} Kommunen"


def _said_anyway(taken: TakenSurvey, chosen: GroupFilter) -> bool:
    """Whether the size is the sum of counts the start page shows: of one property only."""
    overview = taken.overview
    fields = {"lands": LAND, "sizes": SIZE, "kinds": KIND}
    used = [name for name in (*fields, "regiostar", "types", "keys") if getattr(chosen, name)]
    if len(used) != 1:
        return False
    found = overview.types if used == ["types"] else overview.breakdown(fields.get(used[0], ""))
    if found is None:
        return False
    shown = {cell.id for cell in found.cells if cell.n is not None}
    return set(getattr(chosen, used[0])) <= shown
