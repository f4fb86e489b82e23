"""All groups of the cascade at once: their members, what may be shown, which tell their size."""

from collections.abc import Sequence

import numpy as np

from assessment.comparison.cascade import EVERYBODY, TYPE, Partition, coded
from assessment.comparison.disclosure import MINIMUM_MEMBERS, admitted_groups, guarded_counts
from assessment.comparison.group_sizes import sizes_told
from assessment.comparison.peer_group import FEWEST_OTHERS, PeerGroup
from assessment.comparison.structure import Structure

MOST_SHOWN = 0.75
"""Share of the dimensions shown of everybody that a group must be able to show as well: where open
answers make it differ by few from other groups in many questions, a wider one says more."""


def prepared_groups(
    partitions: Sequence[Partition], values: np.ndarray, structure: Structure
) -> tuple[dict[tuple[str, str], PeerGroup], tuple[np.ndarray, ...]]:
    """All groups of all steps, and per step the labels of those that are ever shown."""
    n = len(values)
    numbered = [coded(partition.labels) for partition in partitions]
    sizes = [np.bincount(step[step >= 0], minlength=len(names)) for step, names in numbered]
    # A type has a page for everybody from six members on; other groups only serve the cascade.
    least = [
        MINIMUM_MEMBERS if partition.id in (TYPE, EVERYBODY) else FEWEST_OTHERS + 1
        for partition in partitions
    ]
    steps = [
        _only(step, size >= fewest)
        for (step, _), size, fewest in zip(numbered, sizes, least, strict=True)
    ]
    widths = [len(names) for _, names in numbered]
    whole = admitted_in_order(partitions, steps, np.ones((n, 1), dtype=bool), widths)
    usable = [found[:, 0] for found in whole]
    steps = [
        step if partition.id == TYPE else _only(step, fits)
        for partition, step, fits in zip(partitions, steps, usable, strict=True)
    ]
    admitted = admitted_in_order(partitions, steps, ~np.isnan(values), widths)
    enough = MOST_SHOWN * admitted[-1].sum()
    usable = [fits & (a.sum(axis=1) >= enough) for fits, a in zip(usable, admitted, strict=True)]
    parents = [coded(part)[0] for part in (structure.size, structure.kind)]
    told = sizes_told([step for step, _ in numbered], parents)
    groups = {}
    for place, partition in enumerate(partitions):
        step, names = numbered[place]
        shown = group_sizes(partition) if partition.id == TYPE else {}
        for number, label in enumerate(names):
            # That everybody is everybody tells nothing.
            known = partition.id == EVERYBODY or bool(told[place][number])
            groups[partition.id, label] = PeerGroup(
                id=f"{partition.id}:{label}" if label != EVERYBODY else EVERYBODY,
                name=partition.names[label],
                phrase=partition.phrases[label],
                members=step == number,
                values=values,
                admitted=tuple(bool(one) for one in admitted[place][number]),
                size_shown=known and (label not in shown or shown[label] is not None),
                plural=partition.plural(label),
                usable=bool(usable[place][number]),
                place=(place, number),
            )
    return groups, tuple(steps)


def _only(step: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Labels of the kept groups, -1 for all others."""
    return np.where(np.append(kept, False)[step], step, -1)


def admitted_in_order(
    partitions: Sequence[Partition],
    steps: Sequence[np.ndarray],
    answered: np.ndarray,
    widths: Sequence[int],
) -> list[np.ndarray]:
    """Per step bool (groups, questions); ``widths``: groups per step, also those not shown.

    Coarse groups win: everybody, types (pages show them to all), places, then narrower ones.
    """
    order = sorted(range(len(partitions)), key=lambda place: _rank(partitions[place]))
    found = admitted_groups([steps[place] for place in order], answered)
    full = [np.zeros((width, answered.shape[1]), dtype=bool) for width in widths]
    for place, one in zip(order, found, strict=True):
        full[place][: len(one)] = one
    return full


def _rank(partition: Partition) -> tuple[int, int]:
    parts = 0 if partition.id == EVERYBODY else len(partition.id.split("_"))
    wide = (EVERYBODY, TYPE)
    if partition.id in wide:
        return (wide.index(partition.id), 0)
    return (3, parts) if partition.typed else (2, parts)


def group_sizes(partition: Partition) -> dict[str, int | None]:
    """Size of every group of a step, and of those in none (``""``); ``None`` = hidden.

    In the order of ``names``, so that every page hides the same ones.
    """
    labels = [*partition.names, ""]
    sizes = guarded_counts([int((partition.labels == label).sum()) for label in labels])
    return dict(zip(labels, sizes.counts, strict=True))
