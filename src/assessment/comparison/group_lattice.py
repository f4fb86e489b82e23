"""Rule 6 for prepared groups: which of many overlapping groups may be shown for one question.

The groups of a cascade (all, types, size and kind, type and size, …) are seen by different
municipalities, who may talk to each other. Two groups shown for the same question must not differ
by few: what one has and the other has not is nobody or at least five, in both directions.
"""

from collections.abc import Sequence

import numpy as np

from assessment.comparison.disclosure_rules import MINIMUM_OTHERS


def admitted_groups(labels: Sequence[np.ndarray], answered: np.ndarray) -> tuple[np.ndarray, ...]:
    """Which prepared groups may show order statistics, for many questions at once (rule 6).

    ``labels``: per step of the cascade an integer array of shape (municipalities,): the number of
    the group, 0 and up, ``-1`` = in none. Steps come in order of importance: a group of a later
    step gives way where it does not fit beside an admitted group of an earlier one.
    ``answered``: bool of shape (municipalities, questions).

    Returns per step a bool array of shape (groups of the step, questions). A group is admitted if
    at least five answered, if none or at least five of all who answered are outside it, and if for
    each group admitted in an earlier step those who are in one of the two only are, on either
    side, none or at least five. Groups of one step don't overlap and never collide.

    Only for order statistics: sums, means and shares add up, so that three and more groups can be
    taken from each other; those ask :func:`~assessment.comparison.disclosure.may_be_shown_together`
    with ``additive``. Raises ``ValueError`` for arrays that don't fit.
    """
    known = _checked(answered)
    steps = [_labels(step, len(known)) for step in labels]
    if not steps:
        return ()
    # Municipalities in the same groups of all steps are one cell; there are few of them, so that
    # all cross tables of all questions come from one count per question.
    cells, cell = np.unique(np.stack(steps, axis=1), axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    counts = (
        np.stack([np.bincount(cell[column], minlength=len(cells)) for column in known.T], axis=1)
        if known.shape[1]
        else np.zeros((len(cells), 0), dtype=int)
    )
    everybody = counts.sum(axis=0)
    admitted: list[np.ndarray] = []
    sizes: list[np.ndarray] = []
    for number, step in enumerate(steps):
        size = _sums(cells[:, number], int(step.max(initial=-1)) + 1, counts)
        fits = (size >= MINIMUM_OTHERS) & _safe(everybody - size)
        for earlier in range(number):
            both = _cross(
                cells[:, number], cells[:, earlier], len(size), len(sizes[earlier]), counts
            )
            apart = _safe(size[:, None] - both) & _safe(sizes[earlier][None] - both)
            fits &= (apart | ~admitted[earlier][None]).all(axis=1)
        admitted.append(fits)
        sizes.append(size)
    return tuple(admitted)


def step_labels(labels: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Text labels (``""`` = in none) as numbers for :func:`admitted_groups`, and the texts."""
    names = tuple(sorted({str(label) for label in labels if label}))
    place = {name: number for number, name in enumerate(names)}
    return np.array(
        [place.get(str(label), -1) if label else -1 for label in labels], dtype=int
    ), names


def _checked(answered: np.ndarray) -> np.ndarray:
    known = np.asarray(answered)
    if known.ndim != 2 or known.dtype != bool:
        raise ValueError("answered must be bool of shape (municipalities, questions)")
    return known


def _labels(step: np.ndarray, n: int) -> np.ndarray:
    numbers = np.asarray(step)
    if numbers.shape != (n,) or not np.issubdtype(numbers.dtype, np.integer):
        raise ValueError("labels must be integers, one per municipality")
    if numbers.min(initial=0) < -1:
        raise ValueError("labels begin at -1")
    return numbers


def _sums(label: np.ndarray, groups: int, counts: np.ndarray) -> np.ndarray:
    """Members who answered, shape (groups, questions)."""
    found = np.zeros((groups + 1, counts.shape[1]), dtype=int)
    np.add.at(found, label, counts)  # -1 falls into the last row, which is cut off
    return found[:groups]


def _cross(
    one: np.ndarray, other: np.ndarray, ones: int, others: int, counts: np.ndarray
) -> np.ndarray:
    """Who is in both, shape (groups of one, groups of the other, questions)."""
    found = np.zeros((ones + 1, others + 1, counts.shape[1]), dtype=int)
    np.add.at(found, (one, other), counts)
    return found[:ones, :others]


def _safe(n: np.ndarray) -> np.ndarray:
    return (n == 0) | (n >= MINIMUM_OTHERS)
