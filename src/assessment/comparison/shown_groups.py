"""Rule 6 for groups chosen freely: what one session has been shown, and what may follow.

Whoever may choose groups can subtract them from each other. A new group is admitted only if
nothing about fewer than five follows from it together with everything shown before: neither by two
groups nor by adding and subtracting many.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from assessment.comparison.disclosure_rules import MINIMUM_OTHERS, TOO_FEW, WOULD_REVEAL, is_safe

MOST_SMALL_CELLS = 12
"""Small remainders that are checked in all combinations; with more of them nothing is admitted."""


@dataclass(frozen=True, slots=True, eq=False)
class ShownGroups:
    """Groups of one session, prepared and chosen. Everybody is always among them."""

    n: int
    """Municipalities of the survey."""
    groups: tuple[np.ndarray, ...] = field(default=(), repr=False)
    """bool masks of shape (n,)."""

    def __post_init__(self) -> None:
        for group in self.groups:
            self._checked(group)

    def admit(self, mask: np.ndarray, answered: np.ndarray | None = None) -> tuple[bool, str]:
        """Whether a group may be shown beside all before, and the sentence why not.

        ``mask``: its members, ``answered``: who answered the question; both bool of shape (n,).
        Checked for the members as such and, if given, for those who answered. A group already shown
        may be shown again. Raises ``ValueError`` for masks of another shape.
        """
        mask = self._checked(mask)
        for known in (None, answered):
            asked = np.ones(self.n, dtype=bool) if known is None else self._checked(known)
            sentence = _refused(mask[asked], [group[asked] for group in self.groups])
            if sentence:
                return False, sentence
        return True, ""

    def with_group(self, mask: np.ndarray) -> "ShownGroups":
        """The same session after this group was shown. The guard is asked again: raises
        ``ValueError`` for a group that may not be shown."""
        admitted, sentence = self.admit(mask)
        if not admitted:
            raise ValueError(sentence)
        mask = np.asarray(mask).copy()
        mask.flags.writeable = False
        if any(np.array_equal(mask, group) for group in self.groups):
            return self
        return ShownGroups(self.n, (*self.groups, mask))

    def _checked(self, mask: np.ndarray) -> np.ndarray:
        given = np.asarray(mask)
        if given.shape != (self.n,) or given.dtype != bool:
            raise ValueError("a group is a bool mask over all municipalities")
        return given


def _refused(mask: np.ndarray, shown: Sequence[np.ndarray]) -> str:
    if int(mask.sum()) < MINIMUM_OTHERS:
        return TOO_FEW
    groups = [np.ones(len(mask), dtype=bool), *shown]
    # All four cells: sums of „both“ and „neither“ follow as well, because everybody is shown.
    for other in groups:
        cells = (mask & ~other, other & ~mask, mask & other, ~mask & ~other)
        if not all(is_safe(int(cell.sum())) for cell in cells):
            return WOULD_REVEAL
    return WOULD_REVEAL if _few_follow(np.stack([*groups, mask])) else ""


def _few_follow(masks: np.ndarray) -> bool:
    """Whether the sum over fewer than five follows from the sums over all groups.

    Municipalities in the same groups form a cell; the sum over some cells follows exactly if their
    indicator lies in the row space of the groups.
    """
    cells, sizes = np.unique(masks, axis=1, return_counts=True)
    small = np.flatnonzero(sizes < MINIMUM_OTHERS)
    if len(small) > MOST_SMALL_CELLS:
        return True
    groups = cells.astype(float)
    free = np.eye(len(sizes)) - np.linalg.pinv(groups) @ groups
    return any(
        sizes[list(some)].sum() < MINIMUM_OTHERS
        and bool(np.abs(free[:, list(some)].sum(axis=1)).max() < 1e-8)
        for count in range(1, MINIMUM_OTHERS)
        for some in combinations(small, count)
    )
