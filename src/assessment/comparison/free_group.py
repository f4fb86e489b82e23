"""Whether a freely chosen group may be shown beside the prepared ones."""

from collections.abc import Sequence

import numpy as np

from assessment.comparison.disclosure import MINIMUM_MEMBERS, MINIMUM_OTHERS


def free_admission(
    members: np.ndarray, steps: Sequence[np.ndarray], answered: np.ndarray
) -> np.ndarray:
    """Per question whether a chosen group may be shown: bool (questions,).

    ``members``: bool (n,); ``steps``: int labels (n,) of the prepared groups, -1 = none;
    ``answered``: bool (n, questions). Among those who answered, the group must have six members
    (its reader may be one of them), and its differences to everybody and to every prepared group,
    both ways, must be nobody or at least five.
    """
    own = answered & members[:, None]
    size, total = own.sum(axis=0), answered.sum(axis=0)
    found = (size >= MINIMUM_MEMBERS) & _safe(total - size)
    for step in steps:
        groups = _counted(step, answered)
        shared = _counted(step, own)
        clash = ~(_safe(groups - shared) & _safe(size - shared))
        # A prepared group that few answered is not shown for the question at all.
        found &= ~np.any(clash & (groups >= MINIMUM_OTHERS), axis=0)
    return found


def _counted(step: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """How many of each group, int (groups, questions)."""
    width = int(step.max(initial=-1)) + 2
    counts = [np.bincount(step[column] + 1, minlength=width)[1:] for column in mask.T]
    return np.array(counts).reshape(mask.shape[1], width - 1).T


def _safe(counts: np.ndarray) -> np.ndarray:
    return (counts == 0) | (counts >= MINIMUM_OTHERS)
