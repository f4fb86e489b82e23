"""Which questions a typology reads and in what form: ratings, a ranking, categories, numbers.

A :class:`GoalInput` is frozen into the model: it encodes the survey it was learnt on and any later
one, also with a part of the questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessment.questionnaire.model import Item, ItemKind, Role
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus, Survey
from assessment.typology.goal_data import GoalData
from assessment.typology.goals import (
    FULL,
    Coding,
    GoalColumn,
    encode,
    goal_columns,
    goal_items,
    short_label,
)
from assessment.typology.method import InputKind

MOST_STEPS = 11
"""Beyond that many steps, numbers are not a rating scale."""
_LEAST_ANSWERED = 0.5


@dataclass(frozen=True, slots=True)
class RankedQuestion:
    """A question whose answer is an order of options, first to last."""

    item: str
    options: tuple[str, ...]
    labels: tuple[str, ...]
    places: int
    """How many places can be given (3 for a top three)."""
    inverted: bool = False
    """The columns are options and the numbers their ranks; possible for full rankings only."""

    @property
    def full(self) -> bool:
        return self.places >= len(self.options)

    def encode(self, survey: Survey) -> np.ndarray:
        """Orders int16 (n, places); -1 where a place was not given."""
        orders = np.full((len(survey.keys), self.places), -1, dtype=np.int16)
        if self.item not in survey.answers.columns:
            return orders
        answered = survey.status[self.item].to_numpy() == AnswerStatus.ANSWERED
        place_of = {code: place for place, code in enumerate(self.options)}
        codes, known = survey.answers[self.item].astype("category"), {}
        for row in np.flatnonzero(answered):
            answer = str(codes.iloc[row])
            if answer not in known:
                known[answer] = self._order(answer, place_of)
            orders[row] = known[answer]
        return orders

    def _order(self, answer: str, place_of: dict[str, int]) -> np.ndarray:
        named = [place_of[code] for code in answer.split(";") if code in place_of]
        named = list(dict.fromkeys(named))[: self.places]
        order = np.full(self.places, -1, dtype=np.int16)
        order[: len(named)] = named
        if self.inverted:
            if len(named) < len(self.options):
                return np.full(self.places, -1, dtype=np.int16)
            order = np.argsort(order).astype(np.int16)
        return order


@dataclass(frozen=True, slots=True)
class CategoryQuestion:
    """A question with unordered answers, one option of a multiple choice, or a cut number."""

    item: str
    label: str
    codes: tuple[str, ...] = ()
    """Option codes of a single choice."""
    option: str = ""
    """Of a multiple choice: category 1 = named, 0 = not named. Of a full ranking (``codes`` are its
    options): the place, 0 = first."""
    edges: tuple[float, ...] = ()
    """Of a number: category = how many edges lie below it."""

    @property
    def id(self) -> str:
        return f"{self.item}[{self.option}]" if self.option else self.item

    @property
    def size(self) -> int:
        if self.edges:
            return len(self.edges) + 1
        return len(self.codes) if self.codes else 2

    def encode(self, survey: Survey) -> np.ndarray:
        """Categories int16 (n,), -1 = no answer."""
        found = np.full(len(survey.keys), -1, dtype=np.int16)
        if self.item not in survey.answers.columns:
            return found
        answered = survey.status[self.item].to_numpy() == AnswerStatus.ANSWERED
        answers = survey.answers[self.item]
        if self.edges:
            values = np.asarray(answers[answered], dtype=float)
            found[answered] = np.searchsorted(self.edges, values, side="left")
            return found
        coded = answers.astype("category")
        by_value = [self._category(str(value)) for value in coded.cat.categories]
        every = np.array([*by_value, -1], dtype=np.int16)[coded.cat.codes.to_numpy()]
        return np.where(answered, every, -1).astype(np.int16)

    def _category(self, answer: str) -> int:
        if self.option:
            named = answer.split(";")
            if not self.codes:
                return int(self.option in named)
            return named.index(self.option) if self.option in named else -1
        return self.codes.index(answer) if answer in self.codes else -1


@dataclass(frozen=True, slots=True)
class GoalInput:
    """The questions of one typology, sorted by form."""

    columns: tuple[GoalColumn, ...]
    """What profiles show, one column a goal; for ratings also what is fitted."""
    rated: bool = False
    """Whether ``columns`` form a battery rated on one scale."""
    ranked: RankedQuestion | None = None
    categories: tuple[CategoryQuestion, ...] = ()
    numbers: bool = False
    """Whether ``columns`` are numbers."""

    @property
    def kind(self) -> InputKind:
        if self.numbers:
            return InputKind.NUMBERS
        if self.rated:
            return InputKind.RATED_AND_RANKED if self.ranked else InputKind.RATED
        if self.ranked:
            return InputKind.RANKED
        if all(question.option and not question.codes for question in self.categories):
            return InputKind.CHOICES
        return InputKind.CATEGORIES

    @property
    def steps(self) -> int:
        """Steps of the rating scale; 0 without one."""
        return _steps(self.columns[0]) if self.rated else 0

    @property
    def items(self) -> tuple[str, ...]:
        """Ids of all questions read, each once."""
        found = [column.item for column in self.columns]
        found += [question.item for question in self.categories]
        found += [self.ranked.item] if self.ranked else []
        return tuple(dict.fromkeys(found))

    def encode(self, survey: Survey) -> GoalData:
        """The answers of a survey; questions it lacks are unanswered.

        Raises ``InputRefused`` (``NO_COMMON_GOALS``) if it has none of them.
        """
        if not any(item in survey.answers.columns for item in self.items):
            raise InputRefused(
                "NO_COMMON_GOALS",
                "Die Datei enthält keines der Ziele dieser Typologie; "
                "bitte eine passende Typologie wählen oder eine neue berechnen.",
            )
        values = encode(self.columns, survey) if self.rated or self.numbers else None
        rated = numbers = None
        if values is not None and self.rated:
            rated = as_steps(values, self.steps)
        elif values is not None:
            numbers = values
        ranked = self.ranked
        return GoalData(
            n=len(survey.keys),
            rated=rated,
            steps=self.steps,
            orders=ranked.encode(survey) if ranked else None,
            options=len(ranked.options) if ranked else 0,
            links=self._links,
            categories=np.column_stack([q.encode(survey) for q in self.categories])
            if self.categories
            else None,
            sizes=tuple(question.size for question in self.categories),
            numbers=numbers,
        )

    def without_answers(self) -> GoalData:
        """One municipality that answered nothing."""
        ranked = self.ranked
        width = len(self.columns)
        return GoalData(
            n=1,
            rated=np.full((1, width), -1, dtype=np.int16) if self.rated else None,
            steps=self.steps,
            orders=np.full((1, ranked.places), -1, dtype=np.int16) if ranked else None,
            options=len(ranked.options) if ranked else 0,
            links=self._links,
            categories=np.full((1, len(self.categories)), -1, dtype=np.int16)
            if self.categories
            else None,
            sizes=tuple(question.size for question in self.categories),
            numbers=np.full((1, width), np.nan) if self.numbers else None,
        )

    @property
    def _links(self) -> tuple[int, ...]:
        """Per option of the ranking the column that rates it, -1 without one."""
        place = {column.item: number for number, column in enumerate(self.columns)}
        options = self.ranked.options if self.ranked else ()
        return tuple(place.get(option, -1) if self.rated else -1 for option in options)

    def values(self, survey: Survey) -> np.ndarray:
        """Answers as 0–100 per column, shape (n, columns); ``NaN`` = no answer."""
        ranked = self.ranked
        if ranked is None or self.rated:
            return encode(self.columns, survey)
        # As the ranking is read: an inverted one says something else than its columns.
        orders = ranked.encode(survey)
        values = np.zeros((len(orders), len(ranked.options)))
        rows, places = np.nonzero(orders >= 0)
        steps = max(len(ranked.options) - 1, 1)
        worth = FULL * (1.0 - places / steps) if ranked.full else FULL
        values[rows, orders[rows, places]] = worth
        values[(orders < 0).all(axis=1)] = np.nan
        return values

    def inverted(self) -> "GoalInput":
        """The same with the other reading of its ranking."""
        if self.ranked is None:
            return self
        return replace(self, ranked=replace(self.ranked, inverted=not self.ranked.inverted))


def default_items(survey: Survey) -> tuple[str, ...]:
    """The questions a typology uses by itself: the goals and the question for the first three.

    Raises ``InputRefused`` (``NO_GOALS``).
    """
    goals = [i.id for i in goal_items(survey.questionnaire) if i.id in survey.answers.columns]
    if not goals:
        raise InputRefused(
            "NO_GOALS", "Die Datei enthält keine Antworten zu den Zielen des Fragebogens."
        )
    pick = survey.questionnaire.first(Role.PRIORITY_PICK)
    if pick is not None and _mostly_answered(survey, pick):
        goals.append(pick.id)
    return tuple(goals)


def goal_input(survey: Survey, items: Sequence[str] | None = None) -> GoalInput:
    """Sort the chosen questions (by default the goals of the questionnaire) by form.

    Raises ``InputRefused``: ``NO_GOALS``, ``UNKNOWN_ITEM``, ``ITEM_NOT_USABLE``,
    ``SEVERAL_RANKINGS``.
    """
    chosen = default_items(survey) if items is None else tuple(items)
    columns = goal_columns(survey, chosen)
    book = survey.questionnaire.item_by_id
    kinds = {column.item: book[column.item] for column in columns}
    rankings = [item for item in kinds.values() if item.kind is ItemKind.RANKING]
    if len(rankings) > 1:
        raise InputRefused(
            "SEVERAL_RANKINGS",
            f"Nur eine Rangfolge kann eingehen; gewählt sind „{rankings[0].id}“ und "
            f"„{rankings[1].id}“. Bitte eine davon abwählen.",
        )
    ranked = _ranked(rankings[0]) if rankings else None
    others = tuple(column for column in columns if not ranked or column.item != ranked.item)
    if ranked and not others:
        return GoalInput(columns, ranked=ranked)
    scales = {_steps(column) for column in others}
    if len(scales) == 1 and 0 not in scales and len(others) > 1:
        return GoalInput(others, rated=True, ranked=ranked)
    if all(column.coding is Coding.NUMBER for column in others) and not ranked:
        return GoalInput(others, numbers=True)
    # What can't be modelled together as a battery goes in as categories, the ranking as ticks.
    return GoalInput(columns, categories=_categories(columns, kinds, survey))


def as_steps(values: np.ndarray, steps: int) -> np.ndarray:
    """Answers 0–100 as steps 0 … ``steps`` - 1 of their scale (int16), -1 for ``NaN``."""
    place = np.rint(np.nan_to_num(values) / FULL * (steps - 1))
    return np.where(np.isnan(values), -1, place).astype(np.int16)


def _ranked(item: Item) -> RankedQuestion:
    options = item.answer_options
    return RankedQuestion(
        item.id,
        tuple(option.code for option in options),
        tuple(option.label for option in options),
        min(item.picks or len(options), len(options)),
    )


def _steps(column: GoalColumn) -> int:
    """Steps of a rating scale, 0 if the column is none."""
    if column.coding is Coding.SCALE:
        return len(column.codes)
    width = column.high - column.low
    if column.coding is Coding.NUMBER and width == int(width) and 1 < width < MOST_STEPS:
        return int(width) + 1
    return 0


def _categories(
    columns: Sequence[GoalColumn], kinds: dict[str, Item], survey: Survey
) -> tuple[CategoryQuestion, ...]:
    found: list[CategoryQuestion] = []
    for column in columns:
        item = kinds[column.item]
        if column.coding is Coding.NUMBER:
            values = encode([column], survey)[:, 0]
            given = column.low + (column.high - column.low) * values[~np.isnan(values)] / FULL
            edges = tuple(sorted({float(e) for e in np.percentile(given, (100 / 3, 200 / 3))}))
            found.append(CategoryQuestion(item.id, column.label, edges=edges))
        elif item.kind is ItemKind.SINGLE or column.coding is Coding.SCALE:
            # One nominal question, however many columns its profile has.
            if not any(question.item == item.id for question in found):
                codes = tuple(option.code for option in item.answer_options)
                label = short_label(item, survey.questionnaire)
                found.append(CategoryQuestion(item.id, label, codes))
        else:
            codes = column.codes if column.coding is Coding.RANK else ()
            found.append(CategoryQuestion(item.id, column.label, codes, option=column.option))
    return tuple(found)


def _mostly_answered(survey: Survey, item: Item) -> bool:
    if item.id not in survey.status.columns:
        return False
    return bool((survey.status[item.id] == AnswerStatus.ANSWERED).mean() >= _LEAST_ANSWERED)
