"""Goals relative to a municipality's own average: what it puts first and what stands back."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from assessment.comparison.disclosure import (
    MINIMUM_OTHERS,
    GuardedValue,
    guarded_mean,
    may_be_shown_together,
)
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
    counted: np.ndarray
    """bool per municipality: enters the means of groups. Who rates all goals alike prefers none."""
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    """What was already worked out for groups of the survey."""


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
    deviations = (values - average[:, None]) * steps / 100.0
    differs = np.nan_to_num(np.abs(deviations)).max(axis=1, initial=0.0) > 1e-9
    return GoalDeviations(model.columns, deviations, differs)


def goal_rows(
    survey: Survey,
    deviations: GoalDeviations,
    row: int,
    key: str,
    groups: Sequence[np.ndarray],
    shown: int,
    *,
    size_shown: bool = True,
) -> tuple[GoalRow, ...]:
    """All goals of one municipality beside the mean of a group it is in.

    ``groups``: bool masks over the survey of all groups whose means any page shows, because means
    add up: the guard decides on all together. ``shown``: which of them this is. The municipality
    itself does not count in the mean. ``size_shown``: False hides every ``n``.
    """
    decisions, ordered = _decisions(deviations, groups), _ordered(deviations, groups[shown])
    counted = bool(groups[shown][row]) and bool(deviations.counted[row])
    found = []
    for place, column in enumerate(deviations.columns):
        own = deviations.values[row, place]
        mean = guarded_mean(
            ordered[place],
            own=float(own) if counted else None,
            admitted=decisions[place][shown],
        )
        found.append(
            GoalRow(
                id=column.id,
                label=column.label,
                type_id=goal_type(survey, column),
                answer=_answer(survey, key, column),
                deviation=None if np.isnan(own) else round(float(own), 2),
                group=mean if size_shown else replace(mean, n=None),
            )
        )
    return tuple(found)


def group_means(
    deviations: GoalDeviations,
    place: int,
    groups: Sequence[np.ndarray],
    least: int = MINIMUM_OTHERS,
) -> tuple[GuardedValue, ...]:
    """Mean deviations of groups (bool masks) shown beside everybody, as the guard lets them pass.

    Larger groups go first: where all but few would follow by subtraction, the smallest is hidden.
    """
    decisions = _decisions(deviations, groups)[place]
    return tuple(
        guarded_mean(_ordered(deviations, group)[place], admitted=admitted, least=least)
        for group, admitted in zip(groups, decisions, strict=True)
    )


def _decisions(
    deviations: GoalDeviations, groups: Sequence[np.ndarray]
) -> tuple[tuple[bool, ...], ...]:
    """Per goal, which of the groups may be shown together; worked out once."""
    seen = ("decisions", *(group.tobytes() for group in groups))
    if seen not in deviations.kept:
        known = ~np.isnan(deviations.values) & deviations.counted[:, None]
        deviations.kept[seen] = tuple(_decision(column, groups) for column in known.T)
    return deviations.kept[seen]


def _decision(known: np.ndarray, groups: Sequence[np.ndarray]) -> tuple[bool, ...]:
    order = sorted(range(len(groups)), key=lambda number: -int(groups[number][known].sum()))
    masks = [known[known], *(groups[number][known] for number in order)]
    decisions = may_be_shown_together(masks, additive=True)[1:]
    admitted = dict(zip(order, decisions, strict=True))
    return tuple(
        admitted[number] or bool(group[known].all()) for number, group in enumerate(groups)
    )


def _ordered(deviations: GoalDeviations, group: np.ndarray) -> tuple[np.ndarray, ...]:
    """Per goal the deviations of the group that count, ascending; worked out once."""
    seen = ("ordered", group.tobytes())
    if seen not in deviations.kept:
        values = np.sort(deviations.values[group & deviations.counted], axis=0)
        known = (~np.isnan(values)).sum(axis=0)
        deviations.kept[seen] = tuple(values[:n, place] for place, n in enumerate(known))
    return deviations.kept[seen]


def priorities(survey: Survey, key: str) -> tuple[str, ...]:
    """The goals picked as most important, in order; empty without such a question or answer."""
    item = survey.questionnaire.first(Role.PRIORITY_PICK)
    if item is None or item.id not in survey.answers.columns:
        return ()
    answer = survey.text_at(survey.rows[key], item.id)
    codes = answer.split(";") if answer is not None else []
    return tuple(item.option_by_code[c].label for c in codes if c in item.option_by_code)


def goal_type(survey: Survey, column: GoalColumn) -> str:
    """Type the questionnaire gives a goal; ``""`` if none."""
    item = survey.questionnaire.item_by_id.get(column.option or column.item)
    return (item.goal_type or "") if item else ""


def _answer(survey: Survey, key: str, column: GoalColumn) -> str:
    if column.item not in survey.answers.columns:
        return ""
    text = survey.text_at(survey.rows[key], column.item)
    item = survey.questionnaire.item_by_id.get(column.item)
    if text is not None:
        coded = item is not None and text in item.option_by_code
        return item.option_by_code[text].label if item is not None and coded else text
    answer = survey.answers.at[key, column.item]
    return "" if pd.isna(answer) else str(answer)  # pyright: ignore[reportGeneralTypeIssues]


def _steps(column: GoalColumn) -> float:
    """How many steps the whole scale has; 100 where a step has no meaning of its own."""
    return float(len(column.codes) - 1) if column.coding is Coding.SCALE else 100.0
