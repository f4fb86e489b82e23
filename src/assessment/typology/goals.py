"""Goals as numbers: which columns a typology rests on and how answers become 0–100.

One item gives one column (ratings, numbers) or one per option (multiple choice, rankings). A column
knows how to encode answers by itself, so that a frozen model can read later surveys alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import numpy as np
import pandas as pd

from assessment.questionnaire.model import Item, ItemKind, Questionnaire, Role
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus, Survey

FULL = 100.0


class Coding(StrEnum):
    """How an answer becomes a number from 0 to 100."""

    SCALE = "scale"
    """Ordered options at equal steps (ratings, levels)."""
    TICK = "tick"
    """100 where the option is named, 0 where the question was answered without it."""
    RANK = "rank"
    """Place in a full ranking: first 100, last 0."""
    NUMBER = "number"
    """A number between ``low`` (0) and ``high`` (100); beyond them it is cut off."""


@dataclass(frozen=True, slots=True)
class GoalColumn:
    """One column of the goal matrix."""

    item: str
    label: str
    coding: Coding
    option: str = ""
    codes: tuple[str, ...] = ()
    """Scale: the option codes from low to high. Rank: all options of the ranking."""
    low: float = 0.0
    high: float = FULL

    @property
    def id(self) -> str:
        return f"{self.item}[{self.option}]" if self.option else self.item

    def encode(self, answers: pd.Series) -> np.ndarray:
        """Answers of the item as float64 0–100; ``NaN`` where there is none."""
        if self.coding is Coding.NUMBER:
            numbers = np.asarray(pd.to_numeric(answers, errors="coerce"), dtype=float)
            numbers = np.where(np.isfinite(numbers), numbers, np.nan)
            return np.clip(FULL * (numbers - self.low) / (self.high - self.low), 0.0, FULL)
        coded = (
            answers
            if isinstance(answers.dtype, pd.CategoricalDtype)
            else answers.astype("category")
        )
        by_value = [self._of_answer(str(value)) for value in coded.cat.categories]
        return np.array([*by_value, np.nan])[coded.cat.codes.to_numpy()]

    def _of_answer(self, answer: str) -> float:
        if self.coding is Coding.SCALE:
            if answer not in self.codes:
                return np.nan
            return FULL * self.codes.index(answer) / (len(self.codes) - 1)
        named = [code for code in answer.split(";") if code]
        if self.coding is Coding.TICK:
            return FULL if self.option in named else 0.0
        if self.option not in named:
            return np.nan
        return FULL * (1 - named.index(self.option) / (len(self.codes) - 1))


def goal_items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """The items a typology uses by default: rated goals that belong to a type, else all goals.

    Raises ``InputRefused`` (``NO_GOALS``) where the questionnaire marks no goals.
    """
    goals = questionnaire.with_role(Role.GOAL)
    chosen = tuple(item for item in goals if item.goal_type) or goals
    if not chosen:
        raise InputRefused(
            "NO_GOALS",
            "Der Fragebogen kennzeichnet keine Ziele; bitte die Fragen der Typologie auswählen.",
        )
    return chosen


def goal_columns(survey: Survey, items: Sequence[str] | None = None) -> tuple[GoalColumn, ...]:
    """Columns for a new typology, in questionnaire order whatever the order of ``items``.

    Raises ``InputRefused``: ``UNKNOWN_ITEM`` (no such question in the file), ``ITEM_NOT_USABLE``
    (free text, key …) and ``NO_GOALS``.
    """
    questionnaire = survey.questionnaire
    if items is None:
        chosen = [i for i in goal_items(questionnaire) if i.id in survey.answers.columns]
        if not chosen:
            raise InputRefused(
                "NO_GOALS", "Die Datei enthält keine Antworten zu den Zielen des Fragebogens."
            )
    else:
        missing = [name for name in items if name not in survey.answers.columns]
        if missing:
            raise InputRefused(
                "UNKNOWN_ITEM",
                f"Die Frage „{missing[0]}“ kommt in der Datei nicht vor; bitte den Code prüfen.",
            )
        wanted = set(items)
        chosen = [item for item in questionnaire.items if item.id in wanted]
    shared = _shared_range([item for item in chosen if _is_number(item)], survey)
    columns: list[GoalColumn] = []
    for item in chosen:
        label = short_label(item, questionnaire)
        columns += _columns(item, label, _answers(survey, item.id), shared)
    return tuple(columns)


def encode(columns: Sequence[GoalColumn], survey: Survey) -> np.ndarray:
    """Goal matrix, shape (municipalities, columns), 0–100; items not in the survey give ``NaN``."""
    values = np.full((len(survey.keys), len(columns)), np.nan)
    for place, column in enumerate(columns):
        if column.item not in survey.answers.columns:
            continue
        answered = survey.status[column.item].to_numpy() == AnswerStatus.ANSWERED
        coded = column.encode(_answers(survey, column.item))
        values[:, place] = np.where(answered, coded, np.nan)
    return values


def short_label(item: Item, questionnaire: Questionnaire) -> str:
    """A goal in a few words: as the priority pick words it, else the end of the question."""
    pick = questionnaire.first(Role.PRIORITY_PICK)
    if pick and item.id in pick.option_by_code:
        return pick.option_by_code[item.id].label
    return item.text.rsplit("Ziel: ", 1)[-1].rstrip("?").strip() or item.id


def _columns(
    item: Item, label: str, answers: pd.Series, shared: tuple[float, float] | None
) -> Iterator[GoalColumn]:
    options = item.answer_options
    codes = tuple(option.code for option in options)
    if item.kind in (ItemKind.RATING, ItemKind.LEVEL) and len(options) > 1:
        yield GoalColumn(item.id, label, Coding.SCALE, codes=codes)
    elif item.kind is ItemKind.RANKING and (item.picks or len(codes)) >= len(codes) > 1:
        for option in options:
            yield GoalColumn(item.id, option.label, Coding.RANK, option.code, codes)
    elif item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING, ItemKind.SINGLE) and options:
        # The second of two exclusive options says nothing new.
        few = item.kind is ItemKind.SINGLE and len(options) == 2
        for option in options[:1] if few else options:
            yield GoalColumn(item.id, option.label, Coding.TICK, option.code)
    elif _is_number(item):
        low, high = shared or _range([item], [answers])
        yield GoalColumn(item.id, label, Coding.NUMBER, low=low, high=high)
    else:
        raise InputRefused(
            "ITEM_NOT_USABLE",
            f"Die Frage „{item.id}“ eignet sich nicht für eine Typologie; möglich sind "
            "Bewertungen, Auswahlfragen, Rangfolgen und Zahlen.",
        )


def _is_number(item: Item) -> bool:
    return item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL)


def _shared_range(items: list[Item], survey: Survey) -> tuple[float, float] | None:
    """One range for ratings that were entered as numbers (a few whole numbers in all items)."""
    if not items or any(item.kind is not ItemKind.INTEGER for item in items):
        return None
    answers = [_answers(survey, item.id) for item in items]
    low, high = _range(items, answers)
    return (low, high) if high - low <= 10 else None


def _range(items: list[Item], answers: list[pd.Series]) -> tuple[float, float]:
    """Declared limits, else the central 90 % of the answers: one huge city must not flatten all."""
    if all(item.minimum is not None and item.maximum is not None for item in items):
        low = min(cast(float, item.minimum) for item in items)
        high = max(cast(float, item.maximum) for item in items)
    else:
        given = np.concatenate([np.asarray(column.dropna(), dtype=float) for column in answers])
        given = given[np.isfinite(given)]
        if not len(given):
            return 0.0, FULL
        low, high = float(given.min()), float(given.max())
        if high - low > 10:
            low, high = (float(edge) for edge in np.percentile(given, (5, 95)))
    return (low, high) if high > low else (low, low + 1.0)


def _answers(survey: Survey, item: str) -> pd.Series:
    return cast(pd.Series, survey.answers[item])
