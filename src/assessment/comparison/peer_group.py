"""One group of municipalities: who is in it, what may be known of it, and why others were left out.

Values are ordered when somebody first asks for them, and then kept.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from assessment.comparison.disclosure import (
    MINIMUM_OTHERS,
    QUARTILES_FROM,
    OrderStatistics,
    order_statistics,
)
from assessment.german import format_number

FEWEST_OTHERS = QUARTILES_FROM
"""Others a group of the cascade needs, so that the middle half may be shown."""


@dataclass(frozen=True, eq=False)
class PeerGroup:
    """A group with the ordered values of each dimension, so that a comparison only looks up."""

    id: str
    name: str
    phrase: str
    members: np.ndarray
    values: np.ndarray = field(repr=False)
    """Scores of the whole survey, (municipalities, dimensions)."""
    admitted: tuple[bool, ...]
    """Per dimension: whether it may be shown beside all other prepared groups."""
    size_shown: bool = True
    """False where the size would tell the size of a very small group."""
    plural: str = ""
    """What follows „nur 7 andere“."""
    kept: dict[Hashable, OrderStatistics] = field(default_factory=dict, repr=False)
    """Statistics already worked out."""
    columns: dict[str, np.ndarray] = field(default_factory=dict, repr=False)
    """Question → the members' points in ascending order, as far as already asked for."""
    place: tuple[int, int] | None = None
    """Step and number within it; ``None`` for a group chosen freely."""
    usable: bool = True
    """False where the group, or too many of its dimensions, may not be shown beside the others."""

    @cached_property
    def size(self) -> int:
        return int(self.members.sum())

    @cached_property
    def ordered(self) -> tuple[np.ndarray, ...]:
        """Per dimension the known values of the members, ascending."""
        return _ordered_columns(self.values[self.members])

    def viewed(
        self, name: Hashable, ordered: np.ndarray, admitted: bool, own: float, row: int
    ) -> OrderStatistics:
        """Statistics of one column for the municipality in ``row`` with the value ``own``.

        ``name`` tells the columns apart: municipalities with the same value see the same numbers,
        so they are worked out once.
        """
        known = bool(self.members[row]) and own == own
        seen = (name, own if known else None)
        found = self.kept.get(seen)
        if found is None:
            found = order_statistics(ordered, own=own if known else None, admitted=admitted)
            if not self.size_shown:
                found = replace(found, n=None)
            self.kept[seen] = found
        return found

    def described(self, others: int) -> str:
        """„46 anderen Serviceorientierten“; without the number where the size is hidden."""
        if not self.size_shown:
            return f"anderen {self.phrase}; ihre Zahl bleibt verdeckt"
        return f"{format_number(others)} anderen {self.phrase}"


def _ordered_columns(values: np.ndarray) -> tuple[np.ndarray, ...]:
    """Per column the known values, ascending."""
    ordered = np.sort(values, axis=0)
    known = (~np.isnan(ordered)).sum(axis=0)
    return tuple(ordered[:n, place] for place, n in enumerate(known))


def reason_for(skipped: str, left_out: Sequence[PeerGroup]) -> str:
    """Why narrower groups were left out; never the size of a group under five."""
    said = [skipped] if skipped else []
    few = [_few(group) for group in left_out if group.size <= FEWEST_OTHERS]
    if few:
        said.append(f"Es gibt {' und '.join(few)}; nötig sind {FEWEST_OTHERS}, darum diese Gruppe.")
    close = [group.phrase for group in left_out if group.size > FEWEST_OTHERS]
    if close:
        said.append(
            f"Mit {' und mit '.join(close)} wird nicht verglichen, weil aus dem Unterschied zu "
            "anderen Gruppen auf einzelne Kommunen zu schließen wäre."
        )
    return " ".join(said)


def _few(group: PeerGroup) -> str:
    others = group.size - 1
    if others < MINIMUM_OTHERS or not group.size_shown:
        return f"zu wenige andere {group.plural}"
    return f"nur {others} andere {group.plural}"
