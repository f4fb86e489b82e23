"""Everything the panel „Erklärung“ shows, worked out once per result."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assessment.german import format_number, format_percent
from assessment.profiles.goal_words import short_goal, short_goals
from assessment.survey import Survey
from assessment.typology.bch import OutsideComparison, TypeMeans, outside_by_type
from assessment.typology.catdes import Description, describe
from assessment.typology.goal_data import GoalData
from assessment.typology.goal_importance import Importance, goal_importance
from assessment.typology.paragons import (
    Example,
    answered_questions,
    borderline_rows,
    typical_rows,
)
from assessment.typology.short_form import ShortForm, short_forms
from assessment.ui.lab_result import LabResult

_CORRECTED_SHOWN = 15
_NORMAL_95 = 1.96
_LEAST_CLEAR = 0.05


@dataclass(frozen=True, eq=False)
class Explanation:
    """What makes the types of a result."""

    result: LabResult

    @cached_property
    def data(self) -> GoalData:
        """The answers to the goals, all municipalities of the survey."""
        return self.result.model.goals.encode(self.result.survey)

    @cached_property
    def posterior(self) -> np.ndarray:
        """Membership probabilities (n, k), ``NaN`` where not assignable."""
        return self.result.membership.probability.to_numpy(dtype=float)

    @cached_property
    def importance(self) -> dict[str, dict[str, float]]:
        """By part of the questions: goal → share of the uncertainty it takes away."""
        found: dict[str, dict[str, float]] = {}
        for one in goal_importance(self.data, self.posterior):
            part, name = self._name(one)
            found.setdefault(part, {})[name] = one.share
        return found

    def _name(self, one: Importance) -> tuple[str, str]:
        goals = self.result.model.goals
        if one.part == "ranked" and goals.ranked is not None:
            option = goals.ranked.options[one.column]
            own = {column.item: place for place, column in enumerate(goals.columns)}
            # The same goal rated and ranked stands in one row.
            label = (
                self.result.goal_names[own[option]]
                if option in own
                else short_goals(goals.ranked.labels)[one.column]
            )
            return f"unter den ersten {goals.ranked.places} genannt", label
        if one.part == "categories":
            return "Antwort", short_goal(goals.categories[one.column].label)
        return "Bewertung" if goals.rated else "Antwort", self.result.goal_names[one.column]

    @cached_property
    def short_forms(self) -> tuple[ShortForm, ...]:
        """The best few questions of each number, with their agreement."""
        placed = np.flatnonzero(self.result.labels >= 0)
        return short_forms(self.result.model.measurement, self.data.take(placed))

    @cached_property
    def examples(self) -> tuple[tuple[tuple[Example, ...], ...], tuple[Example, ...]]:
        """Typical municipalities of each type, and those between two types."""
        answered = answered_questions(self.data)
        return (
            typical_rows(self.posterior, answered),
            borderline_rows(self.posterior, answered),
        )

    @cached_property
    def outside(self) -> Description:
        """Every type by the questions it does not rest on."""
        result = self.result
        return describe(result.labels, result.survey, k=result.k, goals=result.model.goals)

    @cached_property
    def corrected(self) -> list[list[str]] | str:
        """Rows of the table freed of assignment errors, or why there is none."""
        result = self.result
        found = outside_by_type(self.posterior, result.survey, without=result.model.goals.items)
        clear = [one for one in found if one.q is not None and one.q <= _LEAST_CLEAR]
        if not clear:
            reasons = {one.estimate.reason for one in found if one.estimate.reason}
            tested = any(one.q is not None for one in found)
            return (
                "Ohne Zuordnungsfehler gerechnet unterscheidet sich außerhalb der Ziele nichts "
                "deutlicher, als der Zufall erwarten lässt."
                if tested or not reasons
                else min(reasons)
            )
        clear.sort(key=lambda one: one.q or 0.0)
        return [self._row(one) for one in clear[:_CORRECTED_SHOWN]]

    def _row(self, one: OutsideComparison) -> list[str]:
        text = question_text(self.result.survey, one.item, one.text, bool(one.option))
        estimate = one.estimate
        if isinstance(estimate, TypeMeans):
            label = text
            values, errors, scale = estimate.means, estimate.errors, 1.0
        else:
            # The category whose share differs most between the types stands for the question.
            spread = np.nanmax(estimate.shares, axis=0) - np.nanmin(estimate.shares, axis=0)
            place = int(np.nanargmax(spread))
            named = one.names[place] if one.names else ""
            label = text if one.option else f"{text}: {named}"
            values, errors, scale = estimate.shares[:, place], estimate.errors[:, place], 100.0
        shown = [self.result.summary.types[c.id].profile_shown for c in self.result.clusters]
        cells = [
            _with_error(float(value), float(error), scale) if known else "verdeckt"
            for value, error, known in zip(values, errors, shown, strict=True)
        ]
        q = one.q or 0.0
        told = "<\u00a00,001" if q < 0.001 else format_number(q, 3)
        return [label, *cells, told, format_number(estimate.n)]


def question_text(survey: Survey, item: str, text: str, option: bool) -> str:
    """The question as asked; an option of a multiple choice with its question before it."""
    asked = survey.questionnaire.item_by_id.get(item)
    return f"{asked.text} {text}" if option and asked is not None else text


def _with_error(value: float, error: float, scale: float) -> str:
    if not np.isfinite(value):
        return "–"
    half = format_number(_NORMAL_95 * error * scale, 0 if scale > 1 else 1)
    if scale > 1:
        return f"{format_percent(value)} ± {half}"
    return f"{format_number(value, 1)} ± {half}"
