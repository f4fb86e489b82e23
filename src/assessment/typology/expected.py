"""What a frozen typology remembers of the answers it was learnt on: distributions, no rows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assessment.typology.goal_data import GoalData
from assessment.typology.goal_importance import BINS
from assessment.typology.response_style import learn_preparation

UNSURE_BELOW = 0.6
"""Probability of the likeliest type under which a municipality lies between types."""
FULL = 100.0
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class ExpectedColumn:
    """Answers to one question, or how often one option of the ranking was named."""

    part: str
    """``"rated"``, ``"ranked"``, ``"categories"`` or ``"numbers"``: part of :class:`GoalData`."""
    column: int
    """Its column there; for ``"ranked"`` the option."""
    counts: tuple[int, ...]
    """Answers per step or category; ``"ranked"``: not named, named; ``"numbers"``: per group."""
    edges: tuple[float, ...] = ()
    """Borders of the groups of numbers."""
    average: float = 0.0
    """``"rated"``: mean in points (0–100) among municipalities that rate alike on the whole."""
    variance: float = 0.0
    """``"rated"``: variance around it, each municipality's own level taken off; points squared."""

    @property
    def n(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a new survey of the same kind of municipalities should look like."""

    n: int
    """Municipalities in the survey, also those that can't be placed."""
    assigned: int
    """Those that can. Everything below is about them."""
    columns: tuple[ExpectedColumn, ...]
    level_variance: float
    """Of municipalities' own levels of rating (mean 0), points squared; 0 without ratings."""
    types: tuple[int, ...]
    """Municipalities by likeliest type, in the order of the types."""
    unsure: int
    """Municipalities whose likeliest type has a probability under ``UNSURE_BELOW``."""

    def as_plain(self) -> dict[str, Any]:
        """Numbers, texts and lists for JSON; ``from_plain`` reads it back exactly."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Expected":
        """Read back; raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
        columns = tuple(
            ExpectedColumn(
                part=_part(entry["part"]),
                column=_count(entry["column"]),
                counts=tuple(_count(value) for value in entry["counts"]),
                edges=tuple(_finite(value) for value in entry["edges"]),
                average=_finite(entry["average"]),
                variance=_finite(entry["variance"]),
            )
            for entry in plain["columns"]
        )
        return cls(
            n=_count(plain["n"]),
            assigned=_count(plain["assigned"]),
            columns=columns,
            level_variance=_finite(plain["level_variance"]),
            types=tuple(_count(value) for value in plain["types"]),
            unsure=_count(plain["unsure"]),
        )


def expected_of(data: GoalData, posterior: np.ndarray) -> Expected:
    """Summarise a survey for later comparison.

    ``data``: all municipalities; ``posterior`` (n, k) by the frozen model, ``NaN`` rows = can't be
    placed. Types are in the order of its columns.
    """
    placed = np.flatnonzero(~np.isnan(posterior).any(axis=1))
    answers, likely = data.take(placed), posterior[placed]
    columns: list[ExpectedColumn] = []
    level_variance = 0.0
    if answers.rated is not None:
        rated = rated_moments(answers)
        level_variance = _rounded(float(rated.levels.var())) if len(rated.levels) else 0.0
        columns += [
            ExpectedColumn(
                "rated",
                column,
                _counts(answers.rated[:, column], answers.steps),
                average=_rounded(rated.averages[column]),
                variance=_rounded(rated.variances[column]),
            )
            for column in range(answers.rated.shape[1])
        ]
    ticks = answers.ticks
    if ticks is not None:
        named = np.where(np.isnan(ticks), -1, np.nan_to_num(ticks)).astype(int)
        columns += [
            ExpectedColumn("ranked", option, _counts(named[:, option], 2))
            for option in range(answers.options)
        ]
    if answers.categories is not None:
        columns += [
            ExpectedColumn("categories", column, _counts(answers.categories[:, column], size))
            for column, size in enumerate(answers.sizes)
        ]
    if answers.numbers is not None:
        columns += [_number(column, values) for column, values in enumerate(answers.numbers.T)]
    return Expected(
        n=data.n,
        assigned=answers.n,
        columns=tuple(columns),
        level_variance=level_variance,
        types=_counts(likely.argmax(axis=1), posterior.shape[1]),
        unsure=int((likely.max(axis=1, initial=0.0) < UNSURE_BELOW).sum()),
    )


@dataclass(frozen=True, slots=True, eq=False)
class RatedMoments:
    """Ratings split into how popular goals are and how high each municipality rates."""

    averages: np.ndarray
    """(goals,) points 0–100, ``0`` for a goal nobody rates."""
    variances: np.ndarray
    """(goals,) around averages and levels, with the levels' degrees of freedom taken off."""
    levels: np.ndarray
    """(rows with ratings,) points above or below the average of all."""


def rated_moments(data: GoalData) -> RatedMoments:
    """Two-way split of the ratings of ``data``; comparable between batteries of different goals."""
    assert data.rated is not None
    values = np.where(data.rated < 0, np.nan, FULL * data.rated / max(data.steps - 1, 1))
    known = ~np.isnan(values)
    rows, columns = known.any(axis=1), known.any(axis=0)
    averages, variances = np.zeros(values.shape[1]), np.zeros(values.shape[1])
    if not rows.any():
        return RatedMoments(averages, variances, np.zeros(0))
    used = values[np.ix_(rows, columns)]
    found = learn_preparation(used).item_means
    levels = np.nanmean(used - found, axis=1)
    residual = used - found - levels[:, None]
    # A row's level takes part of the residual with it: a share of 1 / goals rated.
    per_row = known[np.ix_(rows, columns)].sum(axis=1)
    left = (1.0 - 1.0 / per_row)[:, None] * ~np.isnan(residual)
    freedom = left.sum(axis=0)
    averages[columns] = found + levels.mean()
    variances[columns] = np.nansum(residual**2, axis=0) / np.where(freedom > 0, freedom, 1.0)
    return RatedMoments(averages, variances, levels - levels.mean())


def group_numbers(values: np.ndarray, edges: tuple[float, ...]) -> np.ndarray:
    """Group of each number, int (n,): how many edges lie below it; -1 for ``NaN``."""
    return np.where(np.isnan(values), -1, np.searchsorted(edges, values, side="left"))


def _number(column: int, values: np.ndarray) -> ExpectedColumn:
    given = values[~np.isnan(values)]
    cuts = np.quantile(given, np.arange(1, BINS) / BINS) if len(given) else np.zeros(0)
    edges = tuple(float(edge) for edge in np.unique(cuts))
    counts = _counts(group_numbers(values, edges), len(edges) + 1)
    return ExpectedColumn("numbers", column, counts, edges)


def _counts(codes: np.ndarray, size: int) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(codes[codes >= 0], minlength=size))


def _rounded(value: float) -> float:
    """Ten significant digits: the last ones depend on threads and compilers."""
    return float(f"{float(value):.{_DIGITS}g}")


def _part(value: Any) -> str:
    if value not in ("rated", "ranked", "categories", "numbers"):
        raise ValueError("unknown part")
    return str(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("not a count")
    return value


def _finite(value: Any) -> float:
    number = float(value)
    if not np.isfinite(number):
        raise ValueError("not a finite number")
    return number
