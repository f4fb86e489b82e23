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
    at least five answered, and if for everybody and each group admitted in an earlier step those
    who are in one of the two only are, on either side, none or at least five. Besides, all
    admitted groups of a step that lie inside such a wider group leave none or at least five of it
    over: a median between two answers of a coarse scale tells exactly how many gave the lower one,
    and such numbers can be subtracted (found by the attacker in the tests). Where they leave few,
    the smallest of them is refused.

    Only for order statistics: sums, means and shares of overlapping groups add up in more ways;
    those ask :func:`~assessment.comparison.disclosure.may_be_shown_together` with ``additive``.
    Raises ``ValueError`` for arrays that don't fit.
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
    whole = np.ones((1, counts.shape[1]), dtype=bool)
    admitted: list[np.ndarray] = []
    for number, step in enumerate(steps):
        label = cells[:, number]
        size = _sums(label, int(step.max(initial=-1)) + 1, counts)
        fits = size >= MINIMUM_OTHERS
        wider = [(np.zeros(len(cells), dtype=int), whole)]
        wider += [(cells[:, place], found) for place, found in enumerate(admitted)]
        shared = [
            (_cross(label, other, len(size), len(shown), counts), shown) for other, shown in wider
        ]
        totals = [_sums(other, len(shown), counts) for other, shown in wider]
        for (both, shown), total in zip(shared, totals, strict=True):
            apart = _safe(size[:, None] - both) & _safe(total[None] - both)
            fits &= (apart | ~shown[None]).all(axis=1)
        for (both, shown), total in zip(shared, totals, strict=True):
            _keep_rest(fits, size, both, shown, total)
        admitted.append(fits)
    return tuple(admitted)


def _keep_rest(
    fits: np.ndarray, size: np.ndarray, both: np.ndarray, shown: np.ndarray, total: np.ndarray
) -> None:
    """Refuse the smallest part of each wider group of which its parts leave over 1 to 4.

    ``fits`` (groups, questions) is changed; ``both`` (groups, wider, questions): who is in both,
    ``shown`` and ``total`` (wider, questions): whether the wider group is shown, and its size.
    """
    inside = (both == size[:, None]) & (size[:, None] > 0)
    while True:
        parts = inside & fits[:, None]
        rest = total - np.where(parts, both, 0).sum(axis=0)
        few = shown & ~_safe(rest) & parts.any(axis=0)
        if not few.any():
            return
        wide, question = (found[0] for found in np.nonzero(few))
        # Refusing one part may leave few of another wider group: look again after each.
        chosen = np.where(parts[:, wide, question], size[:, question], np.iinfo(int).max)
        fits[chosen.argmin(), question] = False


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
