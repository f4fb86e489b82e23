"""Questions a typology does not rest on, as numbers or categories for describing its types.

„Weiß nicht“, „nicht zuständig“ and gaps are no answers: such rows are left out question by
question, and every figure carries the n it rests on.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Item, ItemKind, OptionKind
from assessment.survey import AnswerStatus, Survey
from assessment.typology.goals import Coding, GoalColumn

NAMED = "genannt"
NOT_NAMED = "nicht genannt"


@dataclass(frozen=True, slots=True, eq=False)
class OutsideItem:
    """One question, or one option of a multiple choice, of n municipalities."""

    item: str
    text: str
    """The question; for an option of a multiple choice the option's label."""
    option: str = ""
    numbers: np.ndarray | None = None
    """float64 (n,), NaN = no answer: numbers as entered, ratings and levels as 0–100."""
    skewed: bool = False
    """Numbers without bounds, such as inhabitants: one large city may outweigh all others."""
    categories: np.ndarray | None = None
    """int16 (n,): place in ``names``, -1 = no answer."""
    names: tuple[str, ...] = ()
    """Labels of the categories."""
    tested: tuple[int, ...] = ()
    """Categories that say something of their own: one of two that exclude each other is enough."""


def outside_items(
    survey: Survey, *, without: Collection[str] = (), items: Collection[str] | None = None
) -> list[OutsideItem]:
    """All questions types can be described by, in questionnaire order.

    ``without``: ids to leave out, such as the goals of the typology; ``items``: look at these only.
    Free texts, dates, keys and names are left out, so are questions all answered alike.
    """
    found: list[OutsideItem] = []
    for item in survey.questionnaire.items:
        wanted = items is None or item.id in items
        if wanted and item.id not in without and item.id in survey.answers.columns:
            found += [outside for outside in _read(item, survey) if _varies(outside)]
    return found


def _read(item: Item, survey: Survey) -> Iterator[OutsideItem]:
    answers = cast(pd.Series, survey.answers[item.id])
    answered = survey.status[item.id].to_numpy() == AnswerStatus.ANSWERED
    if item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL):
        numbers = np.where(answered, np.asarray(answers, dtype=float), np.nan)
        yield OutsideItem(item.id, item.text, numbers=numbers, skewed=True)
    elif item.kind in (ItemKind.RATING, ItemKind.LEVEL) and len(item.answer_options) > 1:
        codes = tuple(option.code for option in item.answer_options)
        column = GoalColumn(item.id, item.text, Coding.SCALE, codes=codes)
        points = np.where(answered, column.encode(answers), np.nan)
        yield OutsideItem(item.id, item.text, numbers=points)
    elif item.kind is ItemKind.SINGLE:
        yield _single(item, answers, answered)
    elif item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING):
        for option in item.answer_options:
            column = GoalColumn(item.id, option.label, Coding.TICK, option.code)
            named = np.where(answered, column.encode(answers) > 0, -1).astype(np.int16)
            yield OutsideItem(
                item.id,
                option.label,
                option.code,
                categories=named,
                names=(NOT_NAMED, NAMED),
                tested=(1,),
            )


def _single(item: Item, answers: pd.Series, answered: np.ndarray) -> OutsideItem:
    kinds = (OptionKind.ANSWER, OptionKind.NONE_OF_THESE)
    options = [option for option in item.options if option.kind in kinds]
    place = {option.code: number for number, option in enumerate(options)}
    coded = answers.astype("category")
    by_value = [place.get(str(value), -1) for value in coded.cat.categories]
    found = np.array([*by_value, -1], dtype=np.int16)[coded.cat.codes.to_numpy()]
    return OutsideItem(
        item.id,
        item.text,
        categories=np.where(answered, found, -1).astype(np.int16),
        names=tuple(option.label for option in options),
        tested=(0,) if len(options) == 2 else tuple(range(len(options))),
    )


def _varies(outside: OutsideItem) -> bool:
    if outside.numbers is not None:
        given = outside.numbers[~np.isnan(outside.numbers)]
    else:
        given = cast(np.ndarray, outside.categories)
        given = given[given >= 0]
    return bool(len(given) and given.min() < given.max())
