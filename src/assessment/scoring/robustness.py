"""How firmly a score and its level hold if what was set could have been set otherwise.

Scores rest on three choices that others could make differently: how much each question weighs,
that the steps between answers are equal, and which questions were asked. Each draw makes them anew
within reasonable bounds and scores again (uncertainty analysis: OECD/JRC, Handbook on Constructing
Composite Indicators, 2008, step 7; Saisana, Saltelli and Tarantola 2005, Journal of the Royal
Statistical Society A 168, 307–323):

- **weights** within a dimension: Dirichlet around the declared weights, so that on average each
  question weighs what was declared; a question of average weight varies by ±30 % (one standard
  deviation);
- **steps between answers**: points ``p`` become ``p ** e`` with ``e`` between 2/3 and 3/2, so that
  either the first or the last steps count more. The level thresholds are places on the same
  scale and move with it: who gives the answer „Stufe 2“ everywhere is at level 2 in every draw.
  What varies is how far strong answers make up for weak ones (a power mean; below 1 it leans
  towards the geometric mean);
- **questions**: none or one is left out, each as likely, where at least three are answered.

What is missing stays missing: the rules on coverage, responsibility and gates are those of the
score. A gate is a statement about one answer („beschlossen“), so it holds whatever that answer
weighs and also where its question is left out. The draws are the same for all municipalities.
"""

import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assessment.questionnaire.model import Dimension
from assessment.scoring.levels import gate_caps, level_of_score
from assessment.scoring.robustness_types import DimensionRobustness
from assessment.scoring.scores import Scores, ScoringBasis, scoring_basis
from assessment.survey import Survey

DRAWS = 10_000
WEIGHT_DEVIATION = 0.3
"""Relative standard deviation of the weight of a question of average weight."""
EXPONENTS = tuple(1.5 ** (step / 3) for step in range(-3, 4))
"""2/3 … 3/2, evenly spaced in logarithms; a few values keep the draws matrix algebra."""
CENTRAL = (0.05, 0.95)
LEAST_FOR_OMISSION = 3
"""With fewer answered questions, leaving one out asks for something else altogether."""


@dataclass(frozen=True, eq=False)
class DimensionDraws:
    """The draws of one dimension, ordered by exponent."""

    dimension: Dimension
    items: np.ndarray
    """Columns of the dimension's questions among the scored items, shape (m,)."""
    declared: np.ndarray
    """Declared weights, shape (m,)."""
    weights: np.ndarray
    """float64 (m, draws): each column adds up to the declared total."""
    omitting: np.ndarray
    """The same with the weight of the omitted question, if any, set to 0."""
    exponent: np.ndarray
    """Place in :data:`EXPONENTS` of each draw, ascending, shape (draws,)."""
    omitted: np.ndarray
    """Question left out in each draw, -1 = none, shape (draws,)."""
    fixed: bool
    """The dimension is one question: its answer is the score, whatever the draw."""

    def scores(self, points: np.ndarray) -> np.ndarray:
        """Score 0–100 of one municipality in each draw, shape (draws,).

        ``points``: its points 0–100 per question of the dimension, ``NaN`` where there is no answer
        that counts, shape (m,).
        """
        known = np.flatnonzero(~np.isnan(points))
        used = self.omitting if len(known) >= LEAST_FOR_OMISSION else self.weights
        if len(known) < len(points):
            used = used[known]
        shares = points[known] / 100.0
        total = np.ones(len(known)) @ used
        gained = np.empty(used.shape[1])
        for power, start, end in zip(EXPONENTS, self.ends[:-1], self.ends[1:], strict=True):
            mean = (shares**power @ used[:, start:end]) / total[start:end]
            gained[start:end] = np.minimum(mean, 1.0) ** (1.0 / power)
        return 100.0 * gained

    @cached_property
    def ends(self) -> list[int]:
        """Where the draws of each exponent begin and end."""
        return np.searchsorted(self.exponent, np.arange(len(EXPONENTS) + 1)).tolist()


class Robustness:
    """All draws of a survey, prepared once; nothing in it changes afterwards."""

    def __init__(self, survey: Survey, scores: Scores, draws: int = DRAWS, seed: int = 0) -> None:
        """``scores``: those of ``survey``; the same ``seed`` gives the same draws."""
        self.basis: ScoringBasis = scoring_basis(survey)
        self.draws = draws
        counted = self.basis.answered
        self._points = np.where(counted, self.basis.points.points, np.nan)
        self._dimensions = tuple(
            _draws_of(self.basis, place, draws, seed) for place in range(len(self.basis.dimensions))
        )
        self._caps = np.column_stack(
            [
                np.empty((len(counted), 0), dtype=np.int8),
                *(gate_caps(one, self.basis.points).level for one in self.basis.dimensions),
            ]
        )
        self._levels = scores.level_values
        self._score = scores.score.to_numpy()
        self._ends = (scores.lowest.to_numpy(), scores.highest.to_numpy())

    def drawn(self, dimension: str) -> DimensionDraws:
        """The draws of a dimension; ``KeyError`` for one without scored questions."""
        for one in self._dimensions:
            if one.dimension.id == dimension:
                return one
        raise KeyError(dimension)

    def of(self, row: int) -> tuple[DimensionRobustness, ...]:
        """The dimensions in which the municipality in this row of the survey has a score."""
        return tuple(
            self._one(row, place, one)
            for place, one in enumerate(self._dimensions)
            if not np.isnan(self._score[row, place])
        )

    def _one(self, row: int, place: int, drawn: DimensionDraws) -> DimensionRobustness:
        lowest, highest = (_whole(float(ends[row, place])) for ends in self._ends)
        name = drawn.dimension.id
        if drawn.fixed:
            own = _whole(float(self._score[row, place]))
            return DimensionRobustness(name, 1.0, own, own, lowest, highest, self.draws, True)
        scores = drawn.scores(self._points[row, drawn.items])
        level = np.minimum(level_of_score(scores), self._caps[row, place])
        same = float(np.count_nonzero(level == self._levels[row, place]) / self.draws)
        low, high = (_whole(value) for value in _central(scores))
        return DimensionRobustness(name, same, low, high, lowest, highest, self.draws, False)


def _draws_of(basis: ScoringBasis, place: int, draws: int, seed: int) -> DimensionDraws:
    """Draw one dimension from a stream of its own: other dimensions don't change it."""
    dimension = basis.dimensions[place]
    column = basis.weights[:, place]
    items = np.flatnonzero(column > 0)
    declared = column[items]
    generator = np.random.default_rng([seed, zlib.crc32(dimension.id.encode())])
    weights = _weights(declared, draws, generator)
    omitted = generator.integers(-1, len(items), draws)
    exponent = np.sort(generator.integers(0, len(EXPONENTS), draws))
    omitting = weights.copy()
    left_out = np.flatnonzero(omitted >= 0)
    omitting[omitted[left_out], left_out] = 0.0
    fixed = len(items) == 1
    return DimensionDraws(dimension, items, declared, weights, omitting, exponent, omitted, fixed)


def _weights(declared: np.ndarray, draws: int, generator: np.random.Generator) -> np.ndarray:
    """Dirichlet draws of mean ``declared``, shape (m, draws); one question can't vary.

    A share ``s`` has the variance ``s (1 - s) / (c + 1)``; the concentration ``c`` is such that
    an average share ``1 / m`` varies by :data:`WEIGHT_DEVIATION` of itself.
    """
    m, total = len(declared), declared.sum()
    if m == 1:
        return np.full((1, draws), total)
    concentration = (m - 1) / WEIGHT_DEVIATION**2 - 1
    shares = generator.dirichlet(concentration * declared / total, draws)
    return np.ascontiguousarray(shares.T) * total


def _central(scores: np.ndarray) -> tuple[float, float]:
    """The ends of the central 90 % (observed values, so no draw is interpolated)."""
    places = [round(end * (len(scores) - 1)) for end in CENTRAL]
    # One at a time: numpy finds two at once much more slowly.
    low, high = (float(np.partition(scores, place)[place]) for place in places)
    return low, high


def _whole(value: float) -> int:
    """Whole points, halves up."""
    return int(np.floor(value + 0.5))
