"""The few questions that place a municipality nearly as all of them do.

Questions are added one at a time: always the one that brings the type found with the whole battery
the highest probability when only these are asked. The frozen model scores any subset as it is, so
nothing is fitted anew. Agreement is cross-checked: chosen on one half of the municipalities and
measured on the other, and the other way round, as the choice flatters the rows it was made on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import GoalInput
from assessment.typology.solution import Measurement

SIZES = range(4, 9)
"""Fewer questions place too many wrongly; with more the whole battery may be asked."""
_MOST_ROWS = 2000
"""Of more rows a sample does: the agreement of 2,000 is known to about one point."""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """What is asked or left out as a whole."""

    part: str
    """``"rated"``, ``"ranked"`` (the whole ranking), ``"categories"`` or ``"numbers"``."""
    column: int
    """Its column in that part of :class:`GoalData`; 0 for the ranking."""


@dataclass(frozen=True, slots=True)
class ShortForm:
    """The best questions of one number, and how often they give the type of all questions."""

    questions: tuple[Question, ...]
    """Most helpful first."""
    agreement: float
    """Share of municipalities with the same likeliest type, measured on rows the choice was not
    made on; 0–1."""
    agreement_here: float
    """The same on the rows the choice was made on: a little too good."""
    n: int
    """Municipalities it was measured on."""


def questions_of(data: GoalData) -> tuple[Question, ...]:
    """All questions of the data that anybody answers, in order."""
    found: list[Question] = []
    for part, answered in (
        ("rated", None if data.rated is None else data.rated >= 0),
        ("ranked", None if data.orders is None else (data.orders >= 0).any(axis=1, keepdims=True)),
        ("categories", None if data.categories is None else data.categories >= 0),
        ("numbers", None if data.numbers is None else ~np.isnan(data.numbers)),
    ):
        if answered is not None:
            found += [Question(part, int(j)) for j in np.flatnonzero(answered.any(axis=0))]
    return tuple(found)


def question_label(goals: GoalInput, question: Question) -> str:
    """The question in a few words."""
    if question.part == "ranked" and goals.ranked is not None:
        return f"Rangfolge ({goals.ranked.item})"
    if question.part == "categories":
        return goals.categories[question.column].label
    return goals.columns[question.column].label


def only(data: GoalData, questions: Iterable[Question]) -> GoalData:
    """The data as if only these questions had been asked."""
    asked: dict[str, list[int]] = {}
    for question in questions:
        asked.setdefault(question.part, []).append(question.column)

    def blank(values: np.ndarray | None, part: str, nothing: float) -> np.ndarray | None:
        if values is None or (part == "ranked" and part in asked):
            return values
        left = np.full_like(values, nothing)
        columns = asked.get(part, [])
        left[:, columns] = values[:, columns]
        return left

    return replace(
        data,
        rated=blank(data.rated, "rated", -1),
        orders=blank(data.orders, "ranked", -1),
        categories=blank(data.categories, "categories", -1),
        numbers=blank(data.numbers, "numbers", np.nan),
    )


def short_forms(
    measurement: Measurement,
    data: GoalData,
    *,
    sizes: Sequence[int] = SIZES,
    weights: np.ndarray | None = None,
    seed: int = 0,
) -> tuple[ShortForm, ...]:
    """The best short form of every size below the whole battery; each contains the smaller ones.

    ``data``: rows that can be placed. ``weights`` (n,), by default all 1. The result depends on
    answers, weights and ``seed``, not on the order of rows. Empty for fewer than two rows.
    """
    weight = np.ones(data.n) if weights is None else np.asarray(weights, dtype=float)
    random = np.random.default_rng(seed)
    order = data.canonical_order()
    order = order[weight[order] > 0]
    order = random.permutation(order)[:_MOST_ROWS] if len(order) > 1 else order
    questions = questions_of(data)
    wanted = [size for size in sizes if 0 < size < len(questions)]
    if len(order) < 2 or not wanted:
        return ()
    halves = order[::2], order[1::2]
    with threadpool_limits(1):
        rows = [_Rows(measurement, data.take(part), weight[part]) for part in (order, *halves)]
        chosen = [one.greedy(questions, max(wanted)) for one in rows]
        whole, first, second = rows
        found: list[ShortForm] = []
        for size in wanted:
            crossed = (
                first.agreement(chosen[2][:size]) * first.weight.sum()
                + second.agreement(chosen[1][:size]) * second.weight.sum()
            ) / whole.weight.sum()
            best = chosen[0][:size]
            here = whole.agreement(best)
            found.append(ShortForm(best, float(crossed), float(here), len(order)))
    return tuple(found)


class _Rows:
    """Rows with the types that all their answers give."""

    def __init__(self, measurement: Measurement, data: GoalData, weight: np.ndarray) -> None:
        self.measurement, self.data, self.weight = measurement, data, weight
        self.labels = measurement.probabilities(data).argmax(axis=1)

    def _asking(self, questions: Iterable[Question]) -> np.ndarray:
        return self.measurement.probabilities(only(self.data, questions))

    def agreement(self, questions: Sequence[Question]) -> float:
        same = self._asking(questions).argmax(axis=1) == self.labels
        return float(np.average(same, weights=self.weight))

    def greedy(self, questions: Sequence[Question], most: int) -> tuple[Question, ...]:
        """The best question, the best beside it, and so on."""
        chosen: list[Question] = []
        every = np.arange(len(self.labels))
        for _ in range(most):
            # Probabilities rather than agreement: they also see a step in the right direction.
            gains = [
                (
                    np.average(
                        self._asking([*chosen, question])[every, self.labels], weights=self.weight
                    ).round(12),
                    -place,
                )
                for place, question in enumerate(questions)
                if question not in chosen
            ]
            chosen.append(questions[-max(gains)[1]])
        return tuple(chosen)
