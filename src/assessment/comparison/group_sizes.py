"""Which groups may tell their size: sizes add up, so a small one must not follow from others."""

from collections.abc import Sequence

import numpy as np

from assessment.comparison.disclosure import MINIMUM_MEMBERS, MINIMUM_OTHERS


def sizes_told(steps: Sequence[np.ndarray], parents: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Per step, of which groups the size may be told.

    ``steps``: int labels (n,) of groups whose size would be told, -1 = none; ``parents``: further
    groupings whose sizes a page tells (sizes, kinds). What is left of a larger group, and of all
    municipalities, after all its parts in one step must be nobody or at least five; else the
    smallest part's size is kept back. Returns bool (groups,) per step.
    """
    told = [np.bincount(step[step >= 0], minlength=_width(step)) for step in steps]
    told = [sizes >= MINIMUM_MEMBERS for sizes in told]
    everybody = np.zeros(len(steps[0]), dtype=int)
    for parent in (everybody, *parents, *steps):
        for place, step in enumerate(steps):
            if step is not parent:
                _keep_back(told[place], step, parent)
    return told


def _width(labels: np.ndarray) -> int:
    return int(labels.max(initial=-1)) + 1


def _keep_back(told: np.ndarray, step: np.ndarray, parent: np.ndarray) -> None:
    """Keep back the smallest part of every parent of which too few would be left."""
    parts, wholes = _width(step), _width(parent)
    # Row and column 0 hold those in no group.
    table = np.bincount(
        (parent + 1) * (parts + 1) + step + 1, minlength=(wholes + 1) * (parts + 1)
    ).reshape(wholes + 1, parts + 1)
    sizes, inside = table[:, 1:].sum(axis=0), table[:, 1:] > 0
    contained = (inside.sum(axis=0) == 1) & ~inside[0]
    for whole in range(1, wholes + 1):
        members = np.flatnonzero(contained & inside[whole] & told)
        rest = table[whole].sum() - sizes[members].sum()
        if len(members) and 0 < rest < MINIMUM_OTHERS:
            told[members[np.argmin(sizes[members])]] = False
