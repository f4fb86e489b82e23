"""Evaluate the conditions of a questionnaire over all municipalities at once."""

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Comparison, Condition, Questionnaire


def holds(condition: Condition, questionnaire: Questionnaire, answers: pd.DataFrame) -> np.ndarray:
    """Boolean per row; unanswered items never satisfy a condition.

    ``answers`` is a frame as :class:`assessment.survey.Survey` documents. An item without a column
    satisfies nothing.
    """
    if any(item not in answers for item in condition.items_named):
        return np.zeros(len(answers), dtype=bool)
    column = cast(pd.Series, answers[condition.item])
    kind = condition.is_
    if kind is Comparison.ANSWERED:
        return column.notna().to_numpy()
    if kind in (Comparison.BELOW_ITEM, Comparison.NOT_STARTING_WITH_ITEM):
        return _against_item(condition, questionnaire, answers)
    if kind in (Comparison.AT_LEAST, Comparison.AT_MOST):
        place = _places(questionnaire, answers, condition.item)
        limit = _place_of(questionnaire, condition)
        with np.errstate(invalid="ignore"):
            return place >= limit if kind is Comparison.AT_LEAST else place <= limit
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return _number_equals(condition, column)
    test = _predicate(kind, _wanted(condition))
    texts: list[str] = column.cat.categories.tolist()
    true = np.array([test(text) for text in texts], dtype=bool)
    return _gather(column, true)


def all_hold(
    conditions: Sequence[Condition], questionnaire: Questionnaire, answers: pd.DataFrame
) -> np.ndarray:
    """Boolean per row: every condition holds."""
    result = np.ones(len(answers), dtype=bool)
    for condition in conditions:
        result &= holds(condition, questionnaire, answers)
    return result


def _gather(column: pd.Series, true: np.ndarray) -> np.ndarray:
    codes = column.cat.codes.to_numpy()
    return np.append(true, False)[codes]


def _wanted(condition: Condition) -> tuple[str, ...]:
    value = condition.value
    if isinstance(value, tuple):
        return value
    if isinstance(value, float) and value.is_integer():
        return (str(int(value)),)
    return (str(value),)


def _predicate(kind: Comparison, wanted: tuple[str, ...]) -> Callable[[str], bool]:
    """The comparison as a test of one answer text; prepared once, asked per distinct answer."""
    if kind is Comparison.NOT_EQUAL:
        return lambda text: text not in wanted
    if kind is Comparison.CONTAINS:
        return lambda text: wanted[0] in text.split(";")
    if kind is Comparison.LACKS:
        return lambda text: wanted[0] not in text.split(";")
    if kind is Comparison.LENGTH_NOT:
        lengths = {int(float(number)) for number in wanted}
        return lambda text: len(text) not in lengths
    return lambda text: text in wanted


def _number_equals(condition: Condition, column: pd.Series) -> np.ndarray:
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    equal = np.isin(numbers, [float(value) for value in _wanted(condition)])
    if condition.is_ is Comparison.NOT_EQUAL:
        return ~equal & ~np.isnan(numbers)
    return equal


def _places(questionnaire: Questionnaire, answers: pd.DataFrame, item_id: str) -> np.ndarray:
    """Number or place of the answer among the options; NaN where unanswered."""
    column = cast(pd.Series, answers[item_id])
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    order = {option.code: float(i) for i, option in enumerate(questionnaire[item_id].options)}
    places = [order.get(category, np.nan) for category in column.cat.categories.tolist()]
    return np.append(np.array(places, dtype=np.float64), np.nan)[column.cat.codes.to_numpy()]


def _place_of(questionnaire: Questionnaire, condition: Condition) -> float:
    item = questionnaire[condition.item]
    text = _wanted(condition)[0]
    codes = [option.code for option in item.options]
    return float(codes.index(text)) if text in codes else float(text)


def _against_item(
    condition: Condition, questionnaire: Questionnaire, answers: pd.DataFrame
) -> np.ndarray:
    other = str(condition.value)
    if condition.is_ is Comparison.BELOW_ITEM:
        with np.errstate(invalid="ignore"):
            return _places(questionnaire, answers, condition.item) < _places(
                questionnaire, answers, other
            )
    texts = cast(list[object], answers[condition.item].astype(object).tolist())
    starts = cast(list[object], answers[other].astype(object).tolist())
    return np.array(
        [
            isinstance(text, str) and isinstance(start, str) and not text.startswith(start)
            for text, start in zip(texts, starts, strict=True)
        ],
        dtype=bool,
    )
