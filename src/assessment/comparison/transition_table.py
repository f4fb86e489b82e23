"""Types of both waves as a guarded table, beside what uncertainty alone would show."""

import numpy as np

from assessment.comparison.disclosure import MINIMUM_MEMBERS, MINIMUM_OTHERS, TOO_FEW, is_safe
from assessment.comparison.table_suppression import (
    LEAST_AWARE,
    LEAST_COUNTS,
    guarded_table,
    interval_widths,
)
from assessment.comparison.type_transitions import (
    central_numbers,
    chance_of_apparent_change,
    number_distribution,
    table_sentence,
)
from assessment.comparison.wave_types import TransitionTable


def guarded_transitions(
    before: np.ndarray | None,
    after: np.ndarray | None,
    types: tuple[str, ...],
    refusal: str = "",
) -> TransitionTable:
    """The table of municipalities in both waves; with ``refusal`` it is empty.

    ``before``, ``after``: membership probabilities (panel, types) under one model, ``NaN`` rows =
    not assignable.
    """
    if refusal or before is None or after is None:
        return _nothing(refusal)
    n, none = len(before), len(types)
    first = [np.where(np.isnan(p).any(axis=1), none, _likeliest(p)) for p in (before, after)]
    counts = np.zeros((none + 1, none + 1), dtype=int)
    np.add.at(counts, (first[0], first[1]), 1)
    typed = (first[0] < none) & (first[1] < none)
    # Who has no type in either wave gets no line if there is nobody.
    size = none + bool((~typed).any())
    counts = counts[:size, :size]
    if typed.sum() < MINIMUM_MEMBERS:
        return _nothing(TOO_FEW)
    guarded = guarded_table(counts)
    together, changed = _told(counts, guarded.cells, none)
    chance = chance_of_apparent_change(before[typed], after[typed])
    expected, central = None, None
    if chance is not None and changed is not None:
        expected = float(chance.sum())
        central = central_numbers(number_distribution(chance))
    return TransitionTable(
        types=(*types, "")[:size],
        counts=guarded.cells,
        n=n,
        changed=changed,
        expected_by_chance=expected,
        chance_low=central[0] if central else None,
        chance_high=central[1] if central else None,
        sentence=table_sentence(together, changed, expected, central),
        refusal=guarded.refusal,
    )


def _nothing(refusal: str) -> TransitionTable:
    return TransitionTable((), (), 0, None, None, None, None, refusal, refusal)


def _likeliest(probability: np.ndarray) -> np.ndarray:
    # The first of equals, as assignments do.
    return np.nan_to_num(probability, nan=-1.0).argmax(axis=1)


def _told(
    counts: np.ndarray, shown: tuple[tuple[int | None, ...], ...], types: int
) -> tuple[int | None, int | None]:
    """How many have a type in both waves, and how many of them another than before.

    ``None`` where few do or don't, or where a hidden cell would follow: the numbers are two more
    sums over the table, and with them every hidden cell must stay as open as the guard of tables
    demands.
    """
    inner = counts[:types, :types]
    typed, stayed = int(inner.sum()), int(np.trace(inner))
    parts = (stayed, typed - stayed, int(counts.sum()) - typed)
    if not all(is_safe(part) for part in parts):
        return None, None
    hidden = np.array([[cell is None for cell in row] for row in shown])
    if hidden.any() and not _stays_open(counts, hidden, types):
        return None, None
    return typed, typed - stayed


def _stays_open(counts: np.ndarray, hidden: np.ndarray, types: int) -> bool:
    cells = np.argwhere(hidden)
    rows, columns = cells[:, 0], cells[:, 1]
    inside = (rows < types) & (columns < types)
    lines = range(len(counts))
    sums = [(rows == line) for line in lines] + [(columns == line) for line in lines]
    sums += [inside, inside & (rows != columns)]
    value = counts[hidden].astype(float)
    small = (value > 0) & (value < MINIMUM_OTHERS)
    bounds = (
        # What anybody may conclude, and who knows that small cells hold 1 to 4.
        (np.zeros(len(cells)), np.full(len(cells), np.inf), LEAST_COUNTS),
        (np.where(small, 1.0, 0.0), np.where(small, MINIMUM_OTHERS - 1.0, np.inf), LEAST_AWARE),
    )
    return all(
        bool(
            (
                interval_widths(np.stack(sums).astype(float), value, np.eye(len(cells)), low, high)
                >= least - 1e-6
            ).all()
        )
        for low, high, least in bounds
    )
