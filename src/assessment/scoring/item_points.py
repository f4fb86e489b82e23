"""Answers to points: every scored item on the fixed scale 0 (worst answer) to 100 (best answer).

The anchors belong to the questionnaire, never to the sample: nobody's progress lowers another's
score (OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Item, Option, OptionKind, ScoringRule
from assessment.survey import AnswerStatus, Survey


@dataclass(frozen=True, slots=True, eq=False)
class ItemPoints:
    """Points and what a missing one means; all arrays have the shape (municipalities, items)."""

    items: tuple[Item, ...]
    points: np.ndarray
    """float64, 0–100; ``NaN`` without a scorable answer."""
    applicable: np.ndarray
    """bool; False where the item does not concern the municipality (N/A, condition not met)."""
    asked: np.ndarray
    """bool; False where the file has no column for the item or its condition did not hold."""


def item_points(survey: Survey, items: Collection[str] | None = None) -> ItemPoints:
    """Score every item that counts in a dimension; ``items`` (ids) leaves out all others."""
    return _points_of_items(
        survey,
        tuple(
            item
            for item in survey.questionnaire.items
            if item.dimension
            and item.weight > 0
            and item.scoring is not ScoringRule.NONE
            and (items is None or item.id in items)
        ),
    )


def _points_of_items(survey: Survey, items: tuple[Item, ...]) -> ItemPoints:
    shape = (len(survey.keys), len(items))
    points = np.full(shape, np.nan)
    applicable = np.ones(shape, dtype=bool)
    asked = np.zeros(shape, dtype=bool)
    for place, item in enumerate(items):
        if item.id not in survey.answers.columns:
            continue
        status = survey.status[item.id].to_numpy()
        not_asked = status == AnswerStatus.NOT_ASKED
        asked[:, place] = ~not_asked
        # The column exists, so „not asked“ says that the item's condition did not hold.
        applicable[:, place] = ~(not_asked | (status == AnswerStatus.NOT_APPLICABLE))
        answered = status == AnswerStatus.ANSWERED
        answers = cast(pd.Series, survey.answers[item.id])
        points[:, place] = np.where(answered, _points_of(item, answers), np.nan)
    return ItemPoints(items, points, applicable, asked)


def _points_of(item: Item, answers: pd.Series) -> np.ndarray:
    """Points of each row; worked out once per distinct answer."""
    coded = (
        answers if isinstance(answers.dtype, pd.CategoricalDtype) else answers.astype("category")
    )
    by_value = np.array(
        [points_of_answer(item, str(value)) for value in coded.cat.categories] + [np.nan]
    )
    return by_value[coded.cat.codes.to_numpy()]


def points_of_answer(item: Item, answer: str) -> float:
    """Points 0–100 of one answer as the survey stores it; ``NaN`` if it can't be scored."""
    codes = [code for code in answer.split(";") if code]
    if item.scoring is ScoringRule.POINTS:
        option = item.option_by_code.get(answer)
        value = np.nan if option is None else _option_points(option)
        best = _best(item, max)
    elif any(code not in item.option_by_code for code in codes):
        return np.nan
    else:
        ticked = [item.option_by_code[code] for code in codes]
        if any(o.kind in (OptionKind.DONT_KNOW, OptionKind.NOT_APPLICABLE) for o in ticked):
            return np.nan
        weighed = any(option.points is not None for option in item.answer_options)
        value = sum(_tick_points(option, weighed=weighed) for option in ticked)
        best = _best(item, sum)
    if not best > 0:
        return np.nan
    return float(np.clip(100.0 * value / best, 0.0, 100.0))


def _option_points(option: Option) -> float:
    if option.points is not None:
        return option.points
    return 0.0 if option.kind is OptionKind.NONE_OF_THESE else np.nan


def _tick_points(option: Option, *, weighed: bool) -> float:
    """What a tick adds: its points, or 1 where the item only counts ticks."""
    if option.kind is not OptionKind.ANSWER:
        return option.points or 0.0
    return (option.points or 0.0) if weighed else 1.0


def _best(item: Item, combine: Callable[[Iterable[float]], float]) -> float:
    """The points that mean 100: as declared, else the best reachable answer."""
    if item.max_points is not None:
        return item.max_points
    weighed = any(option.points is not None for option in item.answer_options)
    if not weighed and combine is sum:
        return float(len(item.answer_options))
    return float(combine([max(option.points or 0.0, 0.0) for option in item.options]))
