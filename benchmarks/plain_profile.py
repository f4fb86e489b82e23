"""What a profile says, computed the straightforward way: pandas and loops, no preparation.

The yardstick of ``profile_speed``. It follows the same rules (coverage, gates, responsibility, no
own value among the peers) and is checked against ours, so that both answer the same question.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Dimension, Item
from assessment.scoring.item_points import points_of_answer
from assessment.scoring.levels import LEVELS, POINTS_PER_LEVEL
from assessment.scoring.robustness import EXPONENTS, LEAST_FOR_OMISSION, DimensionDraws
from assessment.scoring.scores import MINIMUM_COVERAGE
from assessment.survey import AnswerStatus, Survey


@dataclass(frozen=True, slots=True)
class PlainField:
    """One dimension of one municipality."""

    score: float
    level: int
    median: float
    low: float
    high: float
    gap: float


def plain_scores(survey: Survey) -> pd.DataFrame:
    """Scores of all municipalities, ``NaN`` without one: answer by answer."""
    rows = {}
    for key in survey.keys:
        points = points_of(survey, key)
        rows[key] = {
            dimension.id: _score(survey.questionnaire.scored_items(dimension.id), points)
            for dimension in survey.questionnaire.scored_dimensions
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def points_of(survey: Survey, key: str) -> dict[str, float | None]:
    """Item → points, ``NaN`` where open, ``None`` where it doesn't count for the municipality."""
    found: dict[str, float | None] = {}
    answers, status = survey.answers.loc[key], survey.status.loc[key]
    for item in survey.questionnaire.items:
        if not item.dimension or item.weight <= 0 or item.id not in survey.answers.columns:
            continue
        state = status[item.id]
        if state in (AnswerStatus.NOT_ASKED, AnswerStatus.NOT_APPLICABLE):
            found[item.id] = None
        elif state == AnswerStatus.ANSWERED:
            found[item.id] = points_of_answer(item, str(answers[item.id]))
        else:
            found[item.id] = np.nan
    return found


def plain_fields(
    survey: Survey, scores: pd.DataFrame, group: np.ndarray, key: str
) -> dict[str, PlainField]:
    """Every dimension against the others of ``group`` (bool, municipalities)."""
    points = points_of(survey, key)
    others = scores[group].drop(index=key, errors="ignore")
    found = {}
    for dimension in survey.questionnaire.scored_dimensions:
        own = scores.loc[key, dimension.id]
        column = pd.Series(others[dimension.id]).dropna()
        low, median, high = column.quantile([0.25, 0.5, 0.75])
        level = _level(survey, dimension, float(own), points)
        found[dimension.id] = PlainField(
            float(own), level, median, low, high, max(0.0, median - own)
        )
    return found


def plain_robustness(
    survey: Survey, drawn: DimensionDraws, key: str, level: int
) -> tuple[float, float, float]:
    """Share of the draws at the same level and the ends of their central 90 %."""
    dimension = drawn.dimension
    points = points_of(survey, key)
    items = survey.questionnaire.scored_items(dimension.id)
    known = [
        (place, value / 100)
        for place, item in enumerate(items)
        if (value := points.get(item.id)) is not None and value == value
    ]
    weights = (drawn.omitting if len(known) >= LEAST_FOR_OMISSION else drawn.weights).T.tolist()
    scores, same = [], 0
    cap = _cap(dimension, points)
    for draw, number in zip(weights, drawn.exponent.tolist(), strict=True):
        power = EXPONENTS[number]
        gained = total = 0.0
        for place, value in known:
            gained += draw[place] * value**power
            total += draw[place]
        score = 100 * (gained / total) ** (1 / power)
        scores.append(score)
        same += min(int(score / POINTS_PER_LEVEL + 1e-9), LEVELS - 1, cap) == level
    scores.sort()
    last = len(scores) - 1
    return same / len(scores), scores[round(0.05 * last)], scores[round(0.95 * last)]


def _score(items: tuple[Item, ...], points: dict[str, float | None]) -> float:
    gained = answered = applicable = 0.0
    for item in items:
        value = points.get(item.id)
        if value is None:
            continue
        applicable += item.weight
        if value == value:
            answered += item.weight
            gained += item.weight * value
    if not applicable or round(answered / applicable, 9) < MINIMUM_COVERAGE:
        return np.nan
    return gained / answered


def _cap(dimension: Dimension, points: dict[str, float | None]) -> int:
    cap = LEVELS - 1
    for gate in dimension.gates:
        value = points.get(gate.item)
        if value is not None and not value >= gate.points - 1e-9:
            cap = min(cap, gate.level - 1)
    return cap


def _level(
    survey: Survey, dimension: Dimension, score: float, points: dict[str, float | None]
) -> int:
    if score != score:
        return -1
    # Options of a single level question lie 25 points apart, so its place is the score's.
    return min(int(score / POINTS_PER_LEVEL + 1e-9), LEVELS - 1, _cap(dimension, points))
