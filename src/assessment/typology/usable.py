"""Who can be placed by their goals, and what is fitted: reasons, constant questions, row order."""

from dataclasses import dataclass, replace

import numpy as np

from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import GoalInput
from assessment.typology.goals import Coding
from assessment.typology.response_style import not_assignable

FEW_ROWS = 100
_LEAST_GOALS = 3
_LEAST_PLACES = 2
_LEAST_PART = 0.5
_LEAST_ROWS = 10
"""With fewer, the refusal speaks of too few municipalities, not of alike answers."""


@dataclass(frozen=True, slots=True, eq=False)
class UsableGoals:
    """Answers a typology is fitted to."""

    goals: GoalInput
    """Without questions that all answered alike."""
    data: GoalData
    """Usable rows in canonical order: results don't depend on the order of the file."""
    rows: np.ndarray
    """int (data.n,): their row numbers in the survey."""
    values: np.ndarray
    """float64 (data.n, columns): the same answers as 0–100, ``NaN`` = none."""
    reasons: np.ndarray
    """object (rows of the survey,): why a row can't be placed, ``""`` where it can."""
    remarks: tuple[str, ...]


def usable(survey: Survey, goals: GoalInput) -> UsableGoals:
    """Leave out who can't be placed and questions without differences.

    Leaving out a question can make a row unusable and the other way round, hence the loop.
    Raises ``InputRefused`` (``TOO_FEW_GOALS``).
    """
    remarks = _mixed_scales(goals)
    while True:
        columns = len(goals.categories or goals.columns)
        single = goals.ranked is not None and goals.ranked.places == 1 and not goals.rated
        if single:
            columns = 1
        if columns < _LEAST_GOALS:
            raise InputRefused(
                "TOO_FEW_GOALS",
                "Für eine Typologie sind mindestens drei Fragen mit unterschiedlichen Antworten "
                f"nötig; brauchbar sind {columns}.",
            )
        data, reasons = placeable(goals, survey)
        rows = np.flatnonzero(reasons == "")
        fewer, left_out = _without_constant(goals, data.take(rows))
        if not left_out or len(rows) < _LEAST_ROWS:
            break
        remarks += [
            f"„{name}“ bleibt außen vor: Alle haben gleich oder gar nicht geantwortet."
            for name in left_out
        ]
        goals = fewer
    chosen = data.take(rows)
    order = chosen.canonical_order()
    rows = rows[order]
    values = goals.values(survey)[rows]
    return UsableGoals(goals, chosen.take(order), rows, values, reasons, tuple(remarks))


def placeable(goals: GoalInput, survey: Survey) -> tuple[GoalData, np.ndarray]:
    """The survey's answers, and per row one German sentence why it can't be placed (or ``""``).

    Of ratings half must be given, at least four, and not all alike; of other questions half; of a
    ranking the first two places, but only where the survey asks no ratings: a ranking beside a flat
    battery would force a type on somebody who shows no priorities.
    """
    data = goals.encode(survey)
    if data.numbers is not None:
        return data, _few_answers(~np.isnan(data.numbers))
    if data.rated is not None:
        present = sum(column.item in survey.answers.columns for column in goals.columns)
        if present or data.orders is None:
            return data, not_assignable(goals.values(survey), present)
    if data.orders is not None:
        given = (data.orders >= 0).sum(axis=1)
        missing = given < min(_LEAST_PLACES, data.orders.shape[1])
        sentence = "Die Rangfolge der Ziele ist nicht ausgefüllt."
        return data, np.where(missing, sentence, "").astype(object)
    assert data.categories is not None
    return data, _few_answers(data.categories >= 0)


def _mixed_scales(goals: GoalInput) -> list[str]:
    """That ratings on different scales lose what a common scale would tell."""
    scales = {len(column.codes) for column in goals.columns if column.coding is Coding.SCALE}
    if not goals.categories or len(scales) < 2:
        return []
    return [
        "Die gewählten Bewertungen haben verschiedene Skalen. Sie gehen als Kategorien ein; der "
        "Antwortstil lässt sich so nicht herausrechnen."
    ]


def _few_answers(known: np.ndarray) -> np.ndarray:
    answered, asked = known.sum(axis=1), known.shape[1]
    needed = int(np.ceil(_LEAST_PART * asked))
    reasons = np.full(len(known), "", dtype=object)
    for row in np.flatnonzero(answered < needed):
        reasons[row] = (
            f"Nur {answered[row]} von {asked} Fragen sind beantwortet; "
            f"für eine Zuordnung sind mindestens {needed} nötig."
        )
    return reasons


def _without_constant(goals: GoalInput, data: GoalData) -> tuple[GoalInput, list[str]]:
    """The goals without those that all answered alike, and the ids of the latter."""
    left_out: list[str] = []
    kept = goals.columns
    answers = data.rated if data.rated is not None else data.numbers
    if answers is not None:
        known = np.where(answers == -1, np.nan, answers) if data.rated is not None else answers
        varies = _varies(known)
        kept = tuple(c for c, used in zip(goals.columns, varies, strict=True) if used)
        left_out += [c.id for c, used in zip(goals.columns, varies, strict=True) if not used]
    questions = goals.categories
    if data.categories is not None:
        known = np.where(data.categories < 0, np.nan, data.categories)
        varies = _varies(known)
        questions = tuple(q for q, used in zip(goals.categories, varies, strict=True) if used)
        constant = [q for q, used in zip(goals.categories, varies, strict=True) if not used]
        left_out += [question.id for question in constant]
        gone = {(question.item, question.option) for question in constant}
        whole = {question.item for question in constant if not question.option}
        kept = tuple(c for c in kept if (c.item, c.option) not in gone and c.item not in whole)
    return replace(goals, columns=kept, categories=questions), left_out


def _varies(values: np.ndarray) -> np.ndarray:
    """Per column, whether at least two different answers occur."""
    known = ~np.isnan(values)
    lowest = np.where(known, values, np.inf).min(axis=0, initial=np.inf)
    highest = np.where(known, values, -np.inf).max(axis=0, initial=-np.inf)
    return highest > lowest
