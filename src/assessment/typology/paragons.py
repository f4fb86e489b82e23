"""Municipalities that show a type at its clearest, and those between two types.

As FactoMineR's paragons: the rows nearest to the middle of their type. Only rows with many
answers may stand for a type, as few answers may lie near it by chance. These are row numbers:
whether they may be named is for the caller to decide (analysts only).
"""

from dataclasses import dataclass

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.response_style import Centred


@dataclass(frozen=True, slots=True)
class Example:
    """One municipality as an example."""

    row: int
    """Its place in the data."""
    first: int
    """Likeliest type."""
    second: int | None
    """Second likeliest; ``None`` with a single type."""
    probability: float
    """Of the likeliest type."""
    gap: float
    """Probability of the likeliest minus that of the second."""
    answered: int
    """Questions answered."""
    distance: float | None
    """To the profile of the likeliest type; ``None`` where no profiles were given."""


def answered_questions(data: GoalData) -> np.ndarray:
    """How many questions each row answers, int (n,); a ranking is one question."""
    count = np.zeros(data.n, dtype=int)
    if data.rated is not None:
        count += (data.rated >= 0).sum(axis=1)
    if data.orders is not None:
        count += (data.orders >= 0).any(axis=1)
    if data.categories is not None:
        count += (data.categories >= 0).sum(axis=1)
    if data.numbers is not None:
        count += (~np.isnan(data.numbers)).sum(axis=1)
    return count


def profile_distances(rows: Centred, centres: np.ndarray) -> np.ndarray:
    """Root mean square distance of rows (n, goals) to profiles (k, goals) over the goals answered.

    (n, k); ``NaN`` for rows without any answer.
    """
    difference = (rows.values[:, None, :] - centres) * rows.known[:, None, :]
    answered = rows.known.sum(axis=1)
    mean = (difference**2).sum(axis=2) / np.maximum(answered, 1)[:, None]
    return np.where(answered[:, None] > 0, np.sqrt(mean), np.nan)


def typical_rows(
    posterior: np.ndarray,
    answered: np.ndarray,
    distances: np.ndarray | None = None,
    *,
    count: int = 5,
) -> tuple[tuple[Example, ...], ...]:
    """Up to ``count`` examples of each type, the most typical first; empty for an empty type.

    ``posterior`` (n, k): rows with ``NaN`` are no example; ``answered`` int (n,). Nearest to the
    profile by ``distances`` (n, k), without them likeliest, each among the rows of the type that
    answered no fewer questions than its middle one. Rows alike come in the order of the data.
    """
    examples = _examples(posterior, answered, distances)
    chosen: list[tuple[Example, ...]] = []
    for kind in range(posterior.shape[1]):
        own = [example for example in examples if example.first == kind]
        needed = np.median([example.answered for example in own]) if own else 0
        full = [example for example in own if example.answered >= needed]
        chosen.append(tuple(sorted(full, key=_typicality)[:count]))
    return tuple(chosen)


def borderline_rows(
    posterior: np.ndarray,
    answered: np.ndarray,
    distances: np.ndarray | None = None,
    *,
    count: int = 10,
) -> tuple[Example, ...]:
    """The ``count`` rows that lie closest to the border of two types, closest first.

    Arguments as :func:`typical_rows`. Rows with few answers are not left out: the figures show it.
    Empty with a single type.
    """
    between = [e for e in _examples(posterior, answered, distances) if e.second is not None]
    return tuple(sorted(between, key=lambda e: (round(e.gap, 9), -e.answered, e.row))[:count])


def _typicality(example: Example) -> tuple[float, float, int]:
    # Rounded, so that rows alike don't change places over the last digits.
    near = np.inf if example.distance is None else round(example.distance, 9)
    return near, -round(example.probability, 9), example.row


def _examples(
    posterior: np.ndarray, answered: np.ndarray, distances: np.ndarray | None
) -> list[Example]:
    # Stable, so that equal probabilities go to the type that comes first, as in the model.
    order = np.argsort(-posterior, axis=1, kind="stable")
    several = posterior.shape[1] > 1
    examples: list[Example] = []
    for row in np.flatnonzero(~np.isnan(posterior).any(axis=1)):
        first = int(order[row, 0])
        second = int(order[row, 1]) if several else None
        own = float(posterior[row, first])
        other = 0.0 if second is None else float(posterior[row, second])
        distance = None if distances is None else float(distances[row, first])
        if distance is not None and np.isnan(distance):
            distance = None
        examples.append(
            Example(int(row), first, second, own, own - other, int(answered[row]), distance)
        )
    return examples
