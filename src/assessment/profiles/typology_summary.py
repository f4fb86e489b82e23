"""How many belong to which type and how surely, as far as it may be shown together.

The lab is open to everybody who uses the application, so its counts pass the same guard as the
other pages and hide the same cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.comparison.disclosure import (
    MINIMUM_MEMBERS,
    MINIMUM_OTHERS,
    counts_are_safe,
    guarded_counts,
)
from assessment.comparison.peers import group_sizes, type_partition
from assessment.typology.model import Membership, MembershipState


@dataclass(frozen=True, slots=True)
class TypeCount:
    """Members of one type; ``None`` = hidden."""

    n: int | None
    sure: int | None
    """Of them surely assigned."""
    profile_shown: bool
    """Whether the type has enough members for its goal profile and its likeness to be shown."""


@dataclass(frozen=True, slots=True)
class TypologySummary:
    """Counts of one assignment; ``None`` = hidden."""

    types: Mapping[str, TypeCount]
    states: Mapping[MembershipState, int | None]
    placed: int | None
    """Municipalities in any type."""


def typology_summary(membership: Membership) -> TypologySummary:
    """Guard all counts of an assignment together."""
    sizes = group_sizes(type_partition(membership))
    state = membership.state.to_numpy()
    sure = np.asarray(state == MembershipState.ASSIGNED)
    inside = {kind: np.asarray(membership.first == kind) for kind in sizes if kind}
    table = {kind: (int((m & sure).sum()), int((m & ~sure).sum())) for kind, m in inside.items()}
    safe = counts_are_safe([cell for row in table.values() for cell in row])
    known = sizes[""] is not None
    total = [int((state == one).sum()) for one in MembershipState]
    # How many are in none would tell the hidden size of a type.
    states = guarded_counts(total).counts if known else (None,) * len(total)
    none = int((state == MembershipState.NOT_ASSIGNABLE).sum())
    return TypologySummary(
        types={
            kind: TypeCount(
                n=sizes[kind],
                sure=table[kind][0] if safe and sizes[kind] is not None else None,
                profile_shown=int(members.sum()) >= MINIMUM_MEMBERS,
            )
            for kind, members in inside.items()
        },
        states=dict(zip(MembershipState, states, strict=True)),
        placed=len(state) - none if known else None,
    )


def changed_types(before: Membership, after: Membership) -> tuple[int | None, int]:
    """How many of those with a type in both get another one (``None``: 1 to 4), and of how many."""
    pairs = [
        (one, other)
        for one, other in zip(before.first, after.first, strict=True)
        if isinstance(one, str) and isinstance(other, str)
    ]
    changed = sum(one != other for one, other in pairs)
    return (None if 0 < changed < MINIMUM_OTHERS else changed), len(pairs)
