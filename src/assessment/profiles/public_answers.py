"""Whether what a paper shows of a confidential field leaves only one answer to a question.

Level and whole points are a sum everybody knows the weights of (the codebook lists them). All
combinations of answers that fit are gone through; where they agree on one question, be it only in
that it is open, the field is hidden. Also hidden: whatever can't be gone through.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

import numpy as np

from assessment.comparison.disclosure import whole_points
from assessment.profiles.results import Assessment
from assessment.questionnaire.model import Dimension, Item, OptionKind, Questionnaire, ScoringRule
from assessment.scoring.item_points import points_of_answer
from assessment.scoring.levels import LEVELS, level_of_score
from assessment.scoring.scores import MINIMUM_COVERAGE
from assessment.survey import AnswerStatus

MOST_COMBINATIONS = 200_000
MOST_TICKS = 12
"""Options of a multiple choice up to which all ticks are gone through (4,096 ways)."""

_OPEN = -1.0
_AWAY = -2.0
"""Nicht zuständig or not asked: on neither side of the sum."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """All combinations of the confidential answers of one field; arrays of that length."""

    score: np.ndarray
    """float64 0–100, ``NaN`` below the least coverage."""
    level: np.ndarray
    """int8 0–4 after all gates."""
    held: np.ndarray
    """bool: a confidential answer holds the level down."""
    open: np.ndarray
    """Questions without a usable answer."""


def sensitive_items(questionnaire: Questionnaire) -> frozenset[str]:
    """Ids of the questions whose answers are confidential.

    Also of those asked only after such an answer: whether they were asked would tell it.
    """
    found = {item.id for item in questionnaire.items if item.sensitive}
    more = found
    while more:
        more = {
            item.id
            for item in questionnaire.items
            if any(found & set(each.items_named) for each in item.condition)
        } - found
        found |= more
    return frozenset(found)


def telling_fields(assessment: Assessment, key: str) -> frozenset[str]:
    """Fields with confidential questions of which level and points would tell too much.

    A field above another is always one: with the others below it there are two sums for the same
    answers. So is a field that a confidential answer of another field holds down, and one that is
    not rated: the reason would tell of what is open.
    """
    questionnaire = assessment.survey.questionnaire
    asked = set(sensitive_items(questionnaire))
    asked &= {str(name) for name in assessment.survey.answers.columns}
    return frozenset(
        name
        for name in assessment.scores.dimensions
        if _concerned(questionnaire, name, asked) and not _veiled(assessment, key, name, asked)
    )


def _concerned(questionnaire: Questionnaire, name: str, secret: set[str]) -> bool:
    dimension = questionnaire.dimension_by_id[name]
    if any(item.id in secret for item in questionnaire.scored_items(name)):
        return True
    below = [one.id for one in questionnaire.dimensions if one.parent == name]
    return any(gate.item in secret for gate in dimension.gates) or any(
        _concerned(questionnaire, each, secret) for each in below if each != name
    )


def _veiled(assessment: Assessment, key: str, name: str, secret: set[str]) -> bool:
    """Whether every confidential question keeps at least two possible answers."""
    survey, scores = assessment.survey, assessment.scores
    questionnaire = survey.questionnaire
    dimension = questionnaire.dimension_by_id[name]
    row, place = survey.rows[key], scores.dimensions.index(name)
    items = questionnaire.scored_items(name)
    own = {item.id for item in items}
    score = float(scores.score.iat[row, place])
    if (
        np.isnan(score)
        or str(scores.gated.iat[row, place]) in secret
        or any(one.parent == name for one in questionnaire.dimensions)
        or any(gate.item in secret - own for gate in dimension.gates)
        or len(items) == 1
        or any(secret & set(each.items_named) for item in items for each in item.condition)
    ):
        return False
    short = bool(scores.short_form.iat[row])
    asked, points = [], []
    for item in items:
        status = _status(assessment, row, item)
        counts = item.short_form or not short
        value = float("nan")
        if item.id in scores.item_points.columns:
            value = float(scores.item_points.iat[row, scores.item_points.columns.get_loc(item.id)])
        away = status in (AnswerStatus.NOT_ASKED, AnswerStatus.NOT_APPLICABLE) or not counts
        points.append(_AWAY if away else _OPEN if np.isnan(value) else value)
        if item.id in secret and status is not AnswerStatus.NOT_ASKED and counts:
            asked.append(len(points) - 1)
    ways: list[tuple[float, ...]] = []
    for number, (item, value) in enumerate(zip(items, points, strict=True)):
        found = _ways(item) if number in asked else (value,)
        if not found or (number in asked and value not in found):
            return False
        ways.append(found)
    if prod(map(len, ways)) > MOST_COMBINATIONS:
        return False
    weights = tuple(item.weight for item in items)
    gates = tuple(
        (gate.level, next(n for n, item in enumerate(items) if item.id == gate.item), gate.points)
        for gate in dimension.gates
        if gate.item in own
    )
    outer = _outer_cap(assessment, row, dimension, own)
    combinations = _combinations(tuple(ways))
    sums = _sums(tuple(ways), weights, gates, tuple(asked), outer)
    fits = ~np.isnan(sums.score) & ~sums.held
    fits &= np.floor(np.where(fits, sums.score, 0.0) + 0.5) == whole_points(score)
    fits &= sums.level == int(scores.level_values[row, place])
    # How many questions are open may be known from elsewhere, as where a paper says „alle“.
    fits &= sums.open == points.count(_OPEN)
    fits &= _same_middle(assessment, row, place, sums.score, fits)
    left = combinations[fits]
    # „Open“ is no second answer: what is 50 or not known is 50 where it is known.
    return all(len(np.unique(left[left[:, number] >= 0, number])) > 1 for number in asked)


def _status(assessment: Assessment, row: int, item: Item) -> AnswerStatus:
    status = assessment.survey.status
    if item.id not in status.columns:
        return AnswerStatus.NOT_ASKED
    return AnswerStatus(int(status.iat[row, status.columns.get_loc(item.id)]))


def _ways(item: Item) -> tuple[float, ...]:
    """Every result an answer can have; empty where they can't be listed."""
    options = item.answer_options
    if item.scoring is ScoringRule.POINTS:
        answers = [option.code for option in item.options]
    elif len(options) > MOST_TICKS:
        return ()
    else:
        answers = [
            ";".join(option.code for option, ticked in zip(options, ticks, strict=True) if ticked)
            for ticks in product((False, True), repeat=len(options))
        ]
        answers += [
            option.code for option in item.options if option.kind is OptionKind.NONE_OF_THESE
        ]
    values = {points_of_answer(item, answer) for answer in answers}
    away = any(option.kind is OptionKind.NOT_APPLICABLE for option in item.options)
    usual = sorted(value for value in values if not np.isnan(value))
    return (_OPEN, *((_AWAY,) if away else ()), *usual) if usual else ()


def _outer_cap(assessment: Assessment, row: int, dimension: Dimension, own: set[str]) -> int:
    """The highest level the gates on questions of other fields allow: those answers are shown."""
    points, cap = assessment.scores.item_points, LEVELS - 1
    for gate in dimension.gates:
        if gate.item in own or gate.item not in points.columns:
            continue
        item = assessment.survey.questionnaire[gate.item]
        status = _status(assessment, row, item)
        away = status in (AnswerStatus.NOT_ASKED, AnswerStatus.NOT_APPLICABLE)
        reached = points.iat[row, points.columns.get_loc(gate.item)] >= gate.points - 1e-9
        if not away and not reached:
            cap = min(cap, gate.level - 1)
    return cap


@lru_cache(maxsize=8)
def _combinations(ways: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """Shape (combinations, questions)."""
    grid = np.meshgrid(*map(np.array, ways), indexing="ij")
    return np.stack([axis.ravel() for axis in grid], axis=1)


@lru_cache(maxsize=8)
def _sums(
    ways: tuple[tuple[float, ...], ...],
    weights: tuple[float, ...],
    gates: Sequence[tuple[int, int, float]],
    secret: tuple[int, ...],
    outer: int,
) -> _Sums:
    """``gates``: level, number of the question, points it asks for."""
    found, heavy = _combinations(ways), np.array(weights)
    known, counts = found >= 0, found > _AWAY
    answered, applicable = known @ heavy, counts @ heavy
    with np.errstate(invalid="ignore", divide="ignore"):
        enough = np.round(answered / applicable, 9) >= MINIMUM_COVERAGE
        score = np.where(enough, np.where(known, found, 0.0) @ heavy / answered, np.nan)
    score = np.clip(np.round(score, 9), 0.0, 100.0)
    reached = level_of_score(score)
    cap, by_secret = np.full(len(found), outer, dtype=np.int8), np.zeros(len(found), dtype=bool)
    for level, number, points in sorted(gates, key=lambda gate: -gate[0]):
        column = found[:, number]
        hit = counts[:, number] & ~(column >= points - 1e-9) & (cap >= level)
        cap[hit] = level - 1
        by_secret[hit] = number in secret
    held = by_secret & (reached > cap)
    return _Sums(score, np.minimum(reached, cap), held, (found == _OPEN).sum(axis=1))


def _same_middle(
    assessment: Assessment, row: int, place: int, score: np.ndarray, fits: np.ndarray
) -> np.ndarray:
    """Which of the fitting scores give the middle of all fields that is shown."""
    middle = float(assessment.middle.values[row])
    if np.isnan(middle) or not fits.any():
        return fits
    known = assessment.peers.values[row].astype(float).copy()
    scores, where = np.unique(score[fits], return_inverse=True)
    rows = np.tile(known, (len(scores), 1))
    rows[:, place] = scores
    same = np.floor(np.nanmedian(rows, axis=1) + 0.5) == whole_points(middle)
    result = fits.copy()
    result[fits] = same[where]
    return result
