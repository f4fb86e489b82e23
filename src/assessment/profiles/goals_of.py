"""Goals relative to a municipality's own average: what it puts first and what stands back."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.comparison.disclosure import GuardedValue, guarded_mean, may_be_shown_together
from assessment.questionnaire.model import Role
from assessment.survey import Survey
from assessment.typology.goals import Coding, GoalColumn, encode
from assessment.typology.model import TypologyModel


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal. Deviations are in steps of the answer scale (percentage points for ticks)."""

    id: str
    label: str
    type_id: str
    """Type the questionnaire associates the goal with; may be empty."""
    answer: str
    """The municipality's answer as labelled; ``""`` without one."""
    deviation: float | None
    """From the municipality's own average over its answered goals."""
    group: GuardedValue
    """Mean deviation of the type it is compared with (or of all)."""


@dataclass(frozen=True, slots=True, eq=False)
class GoalDeviations:
    """Deviations of a whole survey from each row's own average, shape (municipalities, goals)."""

    columns: tuple[GoalColumn, ...]
    values: np.ndarray


def goal_deviations(survey: Survey, model: TypologyModel) -> GoalDeviations:
    """How each municipality weighs the goals of a model; under half answered is left out.

    In steps of the answer scale where a goal is rated, else in percentage points.
    """
    values = encode(model.columns, survey)
    known = ~np.isnan(values)
    values[known.sum(axis=1) * 2 < len(model.columns)] = np.nan
    steps = np.array([_steps(column) for column in model.columns])
    counts = np.maximum((~np.isnan(values)).sum(axis=1), 1)
    average = np.where(np.isnan(values), 0.0, values).sum(axis=1) / counts
    return GoalDeviations(model.columns, (values - average[:, None]) * steps / 100.0)


def goal_rows(
    survey: Survey, deviations: GoalDeviations, row: int, key: str, group: np.ndarray
) -> tuple[GoalRow, ...]:
    """All goals of one municipality beside the mean of a group (bool mask over the survey).

    The municipality itself does not count in the group.
    """
    others = group.copy()
    others[row] = False
    found = []
    for place, column in enumerate(deviations.columns):
        own = deviations.values[row, place]
        found.append(
            GoalRow(
                id=column.id,
                label=column.label,
                type_id=goal_type(survey, column),
                answer=_answer(survey, key, column),
                deviation=None if np.isnan(own) else round(float(own), 2),
                group=group_mean(deviations, place, others),
            )
        )
    return tuple(found)


def group_mean(deviations: GoalDeviations, place: int, group: np.ndarray) -> GuardedValue:
    """Mean deviation of a group (bool mask) in one goal, if the guard lets it pass."""
    values = deviations.values[:, place]
    known = ~np.isnan(values)
    everybody = known[known]
    admitted = may_be_shown_together([everybody, group[known]])[1] or bool(group[known].all())
    return guarded_mean(values[group], admitted=admitted)


def priorities(survey: Survey, key: str) -> tuple[str, ...]:
    """The goals picked as most important, in order; empty without such a question or answer."""
    item = survey.questionnaire.first(Role.PRIORITY_PICK)
    if item is None or item.id not in survey.answers.columns:
        return ()
    answer = survey.answers.at[key, item.id]
    codes = answer.split(";") if isinstance(answer, str) else []
    return tuple(item.option_by_code[c].label for c in codes if c in item.option_by_code)


def goal_type(survey: Survey, column: GoalColumn) -> str:
    """Type the questionnaire gives a goal; ``""`` if none."""
    item = survey.questionnaire.item_by_id.get(column.option or column.item)
    return (item.goal_type or "") if item else ""


def _answer(survey: Survey, key: str, column: GoalColumn) -> str:
    if column.item not in survey.answers.columns:
        return ""
    answer = survey.answers.at[key, column.item]
    item = survey.questionnaire.item_by_id.get(column.item)
    if isinstance(answer, str) and item is not None and answer in item.option_by_code:
        return item.option_by_code[answer].label
    return "" if pd.isna(answer) else str(answer)  # pyright: ignore[reportGeneralTypeIssues]


def _steps(column: GoalColumn) -> float:
    """How many steps the whole scale has; 100 where a step has no meaning of its own."""
    return float(len(column.codes) - 1) if column.coding is Coding.SCALE else 100.0
