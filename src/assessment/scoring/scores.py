"""From answers to scores: per municipality and dimension 0–100, coverage, interval and level."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Dimension, Questionnaire
from assessment.scoring.item_points import ItemPoints, item_points
from assessment.scoring.levels import levels_of
from assessment.survey import Survey

MINIMUM_COVERAGE = 0.6
"""Share of the applicable weight that must be answered before there is a score."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Results of one survey. All frames have the municipality keys as index.

    ``score``, ``lowest``, ``highest``: float64 0–100, columns = dimension ids, ``NaN`` = nicht
    bewertbar. ``lowest`` and ``highest`` are what the score would be if everything open were
    answered in the worst or the best way; with full coverage they equal the score.
    ``coverage``: float64 0–1, the answered share of the applicable weight; ``NaN`` where nothing
    of the dimension applies (outside the municipality's responsibility) or was asked.
    ``level``: ``Int8`` 0–4, ``<NA>`` without a score. ``gated``: id of the item that held the level
    down, ``""`` else. ``item_points``: float64 0–100, columns = scored item ids.
    ``short_form``: bool per municipality, True where only the short form was asked.
    """

    score: pd.DataFrame
    coverage: pd.DataFrame
    lowest: pd.DataFrame
    highest: pd.DataFrame
    level: pd.DataFrame
    item_points: pd.DataFrame
    gated: pd.DataFrame
    level_values: np.ndarray
    """``level`` as int8 of shape (municipalities, dimensions), -1 without a score."""
    short_form: pd.Series
    questionnaire_version: str

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Ids of the scored dimensions in questionnaire order."""
        return tuple(self.score.columns)


@dataclass(frozen=True, slots=True, eq=False)
class ScoringBasis:
    """What scores are worked out from, before any missing answer or level is dealt with."""

    points: ItemPoints
    dimensions: tuple[Dimension, ...]
    weights: np.ndarray
    """float64 (items, dimensions): declared weight of each item in each dimension, 0 = none."""
    concerned: np.ndarray
    """bool (municipalities, items): the item counts for the municipality."""
    short_form: np.ndarray
    """bool (municipalities,): only the short form was asked."""

    @property
    def answered(self) -> np.ndarray:
        """bool (municipalities, items): the item counts and has points."""
        return self.concerned & ~np.isnan(self.points.points)


def scoring_basis(survey: Survey, items: Collection[str] | None = None) -> ScoringBasis:
    """Points, weights and applicability of a survey; ``items`` (ids) leaves out all others."""
    points = item_points(survey, items)
    dimensions = tuple(_dimensions(survey.questionnaire, points))
    weights = _weights(survey.questionnaire, dimensions, points)
    short = np.array([item.short_form for item in points.items], dtype=bool)
    short_form = np.asarray(
        np.any(points.asked[:, short], axis=1) & ~np.any(points.asked[:, ~short], axis=1)
    )
    concerned = points.applicable & (short[None, :] | ~short_form[:, None])
    return ScoringBasis(points, dimensions, weights, concerned, short_form)


def score_survey(survey: Survey, items: Collection[str] | None = None) -> Scores:
    """Score a survey with the points, weights and gates of its questionnaire.

    The score of a dimension is the weighted mean of its answered items. „Nicht zuständig“ leaves
    numerator and denominator; „weiß nicht“ and missing answers lower the coverage, and under
    60 % coverage there is no score (never 0). Where only short-form items were asked, the
    short form's weight is the measure. ``items``: ids of the only items that count, as if the
    questionnaire had no others (for comparing waves).
    """
    return scores_from(scoring_basis(survey, items), survey)


def scores_from(basis: ScoringBasis, survey: Survey) -> Scores:
    """The scores of a survey from its basis; the rules are those of :func:`score_survey`."""
    points, dimensions, weights = basis.points, basis.dimensions, basis.weights
    concerned, short_form = basis.concerned, basis.short_form
    answered = basis.answered
    applicable_weight = concerned @ weights
    answered_weight = answered @ weights
    gained = np.where(answered, points.points, 0.0) @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = np.round(answered_weight / applicable_weight, 9)
        enough = coverage >= MINIMUM_COVERAGE
        score = np.where(enough, gained / answered_weight, np.nan)
        lowest = np.where(enough, gained / applicable_weight, np.nan)
        open_weight = applicable_weight - answered_weight
        highest = np.where(enough, (gained + 100.0 * open_weight) / applicable_weight, np.nan)

    ids = [dimension.id for dimension in dimensions]
    keys = survey.keys
    score = _clean(score)
    levels, gated = _levels(dimensions, score, points)
    level = {
        name: pd.arrays.IntegerArray(np.maximum(levels[:, place], 0), levels[:, place] < 0)
        for place, name in enumerate(ids)
    }
    return Scores(
        score=pd.DataFrame(score, keys, ids),
        coverage=pd.DataFrame(coverage, keys, ids),
        lowest=pd.DataFrame(_clean(lowest), keys, ids),
        highest=pd.DataFrame(_clean(highest), keys, ids),
        level=pd.DataFrame(level, index=keys),
        item_points=pd.DataFrame(points.points, keys, [item.id for item in points.items]),
        gated=pd.DataFrame(gated, keys, ids, dtype=object),
        level_values=levels,
        short_form=pd.Series(short_form, keys),
        questionnaire_version=survey.questionnaire.version,
    )


def _dimensions(questionnaire: Questionnaire, points: ItemPoints) -> Iterator[Dimension]:
    """Dimensions with scored items, and the dimensions above them, in questionnaire order."""
    wanted = {item.dimension for item in points.items if item.dimension}
    for name in tuple(wanted):
        wanted.update(_ancestors(questionnaire, name))
    return (dimension for dimension in questionnaire.dimensions if dimension.id in wanted)


def _ancestors(questionnaire: Questionnaire, dimension: str) -> Iterator[str]:
    """A dimension's parents, nearest first; a circle in the parents ends the walk."""
    seen = {dimension}
    parent = questionnaire.dimension_by_id[dimension].parent
    while parent and parent not in seen:
        yield parent
        seen.add(parent)
        parent = questionnaire.dimension_by_id[parent].parent


def _weights(
    questionnaire: Questionnaire, dimensions: tuple[Dimension, ...], points: ItemPoints
) -> np.ndarray:
    """Weight of each item in each dimension, shape (items, dimensions).

    In a dimension above, an item weighs its own weight times the weights of the areas between.
    """
    place = {dimension.id: number for number, dimension in enumerate(dimensions)}
    weights = np.zeros((len(points.items), len(dimensions)))
    for row, item in enumerate(points.items):
        if item.dimension is None:
            continue
        weight = item.weight
        weights[row, place[item.dimension]] = weight
        below = item.dimension
        for parent in _ancestors(questionnaire, item.dimension):
            weight *= questionnaire.dimension_by_id[below].weight
            weights[row, place[parent]] = weight
            below = parent
    return weights


def _levels(
    dimensions: tuple[Dimension, ...], score: np.ndarray, points: ItemPoints
) -> tuple[np.ndarray, np.ndarray]:
    """Levels (int8, -1 = none) and gates (object), both of the shape of ``score``."""
    level = np.full(score.shape, -1, dtype=np.int8)
    gated = np.full(score.shape, "", dtype=object)
    for place, dimension in enumerate(dimensions):
        found = levels_of(dimension, score[:, place], points)
        level[:, place], gated[:, place] = found.level, found.gate
    return level, gated


def _clean(values: np.ndarray) -> np.ndarray:
    """Take floating-point dust off, so that the best answers give exactly 100."""
    return np.clip(np.round(values, 9), 0.0, 100.0)
