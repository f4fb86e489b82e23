"""How far two solutions agree: who is grouped with whom, whatever the groups are called.

Agreement is measured by the adjusted Rand index (Hubert and Arabie 1985, Journal of
Classification 2, 193–218): 1 = the same groups, 0 = no more than chance. Types are paired by the
optimal assignment on their cross table. A municipality that can't be assigned has no type; it is
counted as such and takes no part in the index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.typology.assignment import best_pairs
from assessment.typology.model import Membership

Assignments = Mapping[str, str | None]
"""Municipality key → type id; ``None`` or ``""`` = not assignable."""


@dataclass(frozen=True, slots=True, eq=False)
class SolutionComparison:
    """Two solutions side by side. Tuples of keys follow the order of the first solution."""

    first_types: tuple[str, ...]
    second_types: tuple[str, ...]
    table: np.ndarray
    """int (first types, second types): municipalities with a type in both."""
    n: int
    """Municipalities with a type in both."""
    ari: float | None
    """Adjusted Rand index over these; ``None`` below two."""
    pairs: tuple[tuple[str, str], ...]
    """Types that correspond, in the order of the first solution."""
    moved: tuple[str, ...]
    """Keys with a type in both whose second type does not correspond to the first."""
    gained: tuple[str, ...]
    """Keys not assignable in the first solution and assigned in the second."""
    lost: tuple[str, ...]
    """Keys assigned in the first solution and not assignable in the second."""
    neither: tuple[str, ...]
    """Keys not assignable in both."""
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    """Keys the other solution doesn't contain."""

    @property
    def stayed(self) -> int:
        """Municipalities whose types correspond."""
        return self.n - len(self.moved)


def adjusted_rand(first: np.ndarray, second: np.ndarray) -> float:
    """Adjusted Rand index of two labellings (n,); negative labels take no part.

    ``NaN`` where fewer than two rows are labelled in both.
    """
    one, other = np.asarray(first), np.asarray(second)
    both = (one >= 0) & (other >= 0)
    if both.sum() < 2:
        return float("nan")
    # Imported here: scikit-learn takes longer to import than a page to draw.
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(one[both], other[both]))


def cross_table(
    first: np.ndarray, second: np.ndarray, first_k: int, second_k: int | None = None
) -> np.ndarray:
    """Counts int (first_k, second_k) of two labellings (n,); negative labels take no part."""
    one, other = np.asarray(first), np.asarray(second)
    both = (one >= 0) & (other >= 0)
    table = np.zeros((first_k, first_k if second_k is None else second_k), dtype=int)
    np.add.at(table, (one[both], other[both]), 1)
    return table


def match_labels(
    reference: np.ndarray, other: np.ndarray, k: int, other_k: int | None = None
) -> np.ndarray:
    """For each class of ``other`` the class of ``reference`` it corresponds to, int (other_k,).

    Optimal assignment on the cross table; ``k`` and ``other_k`` (by default ``k``) are the numbers
    of classes. ``matched[other]`` gives the labels in the numbering of ``reference``; -1 = a class
    left over because there are more than in ``reference``.
    """
    rows, columns = best_pairs(-cross_table(reference, other, k, other_k))
    matched = np.full(k if other_k is None else other_k, -1)
    matched[columns] = rows
    return matched


def shares_of_agreement(chosen: np.ndarray, others: Sequence[np.ndarray]) -> np.ndarray:
    """Per row the share of other solutions that agree with the chosen one, float (n,), 0–1.

    ``others``: labels in the numbering of ``chosen`` (see :func:`match_labels`); -1 = in no class
    that corresponds, which is disagreement. ``NaN`` where the chosen solution gives no class, and
    everywhere without other solutions.
    """
    labels = np.asarray(chosen)
    if not others:
        return np.full(len(labels), np.nan)
    share = np.mean([np.asarray(other) == labels for other in others], axis=0)
    return np.where(labels >= 0, share, np.nan)


def assignments_of(membership: Membership) -> dict[str, str | None]:
    """Municipality key → first type, ``None`` where not assignable."""
    names = list(membership.probability.columns)
    codes = membership.first.cat.codes
    return {
        str(key): names[code] if code >= 0 else None
        for key, code in zip(membership.first.index, codes, strict=True)
    }


def compare_solutions(
    first: Membership | Assignments, second: Membership | Assignments
) -> SolutionComparison:
    """Compare two solutions by municipality key, e.g. two versions of a typology.

    Types of a :class:`Membership` keep their order, those of plain assignments are sorted. A type
    nobody has stays in the table of a ``Membership``.
    """
    first_types, one = _by_key(first)
    second_types, other = _by_key(second)
    common = [key for key in one if key in other]
    place, other_place = _places(first_types), _places(second_types)
    labels = np.array([place.get(one[key] or "", -1) for key in common], dtype=int)
    other_labels = np.array([other_place.get(other[key] or "", -1) for key in common], dtype=int)
    table = cross_table(labels, other_labels, len(first_types), len(second_types))
    rows, columns = best_pairs(-table)
    matched = np.full(len(second_types) + 1, -1)
    matched[columns] = rows
    both = (labels >= 0) & (other_labels >= 0)
    moved = both & (matched[other_labels] != labels)
    ari = adjusted_rand(labels, other_labels)

    def keys(chosen: np.ndarray) -> tuple[str, ...]:
        return tuple(key for key, wanted in zip(common, chosen, strict=True) if wanted)

    return SolutionComparison(
        first_types=first_types,
        second_types=second_types,
        table=table,
        n=int(both.sum()),
        ari=None if np.isnan(ari) else ari,
        # Two types without a common municipality correspond in no sense, though left to each other.
        pairs=tuple(
            (first_types[row], second_types[column])
            for row, column in zip(rows, columns, strict=True)
            if table[row, column]
        ),
        moved=keys(moved),
        gained=keys((labels < 0) & (other_labels >= 0)),
        lost=keys((labels >= 0) & (other_labels < 0)),
        neither=keys((labels < 0) & (other_labels < 0)),
        only_first=tuple(key for key in one if key not in other),
        only_second=tuple(key for key in other if key not in one),
    )


def _by_key(
    solution: Membership | Assignments,
) -> tuple[tuple[str, ...], dict[str, str | None]]:
    if isinstance(solution, Membership):
        return tuple(map(str, solution.probability.columns)), assignments_of(solution)
    return tuple(sorted({kind for kind in solution.values() if kind})), dict(solution)


def _places(types: Sequence[str]) -> dict[str, int]:
    return {kind: place for place, kind in enumerate(types)}
