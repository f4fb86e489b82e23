"""Checks on the answers as taken: contradictions, straight-lining, completeness."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.importing.column_changes import rows_in_words
from assessment.importing.conditions import all_hold
from assessment.questionnaire.model import (
    ConsistencyRule,
    Item,
    ItemKind,
    OptionKind,
    Questionnaire,
    Role,
)
from assessment.remarks import Remark, Severity
from assessment.survey import AnswerStatus

MIN_BATTERY = 5
"""Rating questions with the same scale in one section from which equal answers are noticed."""
MIN_ANSWERED = 0.8
_HARD_ROLES = frozenset({Role.KEY, Role.LAND, Role.KIND})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A consistency rule that applies to one municipality."""

    rule: str
    key: str
    row: int
    message: str


@dataclass(frozen=True, slots=True)
class StraightLine:
    """The same answer to every question of a battery."""

    key: str
    row: int
    items: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """How good the data are. Completeness is the share 0–1 of answered among the asked cells."""

    item_completeness: pd.Series
    """Index: item ids; NaN where nobody was asked."""
    municipality_completeness: pd.Series
    """Index: municipality keys."""
    contradictions: tuple[Contradiction, ...]
    straight_lines: tuple[StraightLine, ...]


def check_answers(
    questionnaire: Questionnaire,
    answers: pd.DataFrame,
    status: pd.DataFrame,
    rows: Sequence[int],
    sheet: str,
) -> tuple[Quality, tuple[Remark, ...]]:
    """Judge the answers without changing any; ``rows`` are original row numbers."""
    keys: list[str] = answers.index.tolist()
    contradictions = _contradictions(questionnaire, answers, keys, rows)
    straight = _straight_lines(questionnaire, answers, keys, rows)
    grid = status.to_numpy()
    quality = Quality(
        pd.Series(_completeness(grid, 0), index=status.columns, dtype=np.float64),
        pd.Series(_completeness(grid, 1), index=status.index, dtype=np.float64),
        contradictions,
        straight,
    )
    remarks = _contradiction_remarks(questionnaire, contradictions, sheet)
    return quality, tuple(remarks + _straight_remarks(straight, sheet))


def _completeness(grid: np.ndarray, axis: int) -> np.ndarray:
    """Answered (also „weiß nicht“ and „nicht zuständig“) among asked."""
    given = (AnswerStatus.ANSWERED, AnswerStatus.DONT_KNOW, AnswerStatus.NOT_APPLICABLE)
    answered = np.isin(grid, given).sum(axis=axis)
    asked = (grid != AnswerStatus.NOT_ASKED).sum(axis=axis)
    return np.divide(answered, asked, out=np.full(len(asked), np.nan), where=asked > 0)


def _contradictions(
    questionnaire: Questionnaire, answers: pd.DataFrame, keys: Sequence[str], rows: Sequence[int]
) -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(rule.id, keys[index], rows[index], rule.message)
        for rule in questionnaire.rules
        for index in np.flatnonzero(all_hold(rule.when, questionnaire, answers)).tolist()
    )


def _contradiction_remarks(
    questionnaire: Questionnaire, found: Sequence[Contradiction], sheet: str
) -> list[Remark]:
    """One remark per rule; only contradictions about who answered are warnings."""
    by_rule: dict[str, list[Contradiction]] = defaultdict(list)
    for contradiction in found:
        by_rule[contradiction.rule].append(contradiction)
    rules = {rule.id: rule for rule in questionnaire.rules}
    remarks = []
    for name, group in by_rule.items():
        where = rows_in_words([contradiction.row for contradiction in group])
        hard = _is_hard(rules[name], questionnaire)
        remarks.append(
            Remark(
                "CONTRADICTION",
                Severity.WARNING if hard else Severity.INFO,
                f"{group[0].message} ({where})",
                sheet,
                group[0].row,
                value=name,
            )
        )
    return remarks


def _is_hard(rule: ConsistencyRule, questionnaire: Questionnaire) -> bool:
    named = {item for condition in rule.when for item in condition.items_named}
    return all(set(questionnaire[item].roles) & _HARD_ROLES for item in named)


def _batteries(questionnaire: Questionnaire, answers: pd.DataFrame) -> list[tuple[Item, ...]]:
    groups: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in questionnaire.items:
        if item.kind is ItemKind.RATING and item.id in answers:
            codes = tuple(option.code for option in item.options)
            groups[item.section, item.group, *codes].append(item)
    return [tuple(group) for group in groups.values() if len(group) >= MIN_BATTERY]


def _straight_lines(
    questionnaire: Questionnaire, answers: pd.DataFrame, keys: Sequence[str], rows: Sequence[int]
) -> tuple[StraightLine, ...]:
    found = []
    for battery in _batteries(questionnaire, answers):
        grid = np.column_stack([answers[item.id].cat.codes.to_numpy() for item in battery])
        given = grid >= 0
        highest = grid.max(axis=1)
        lowest = np.where(given, grid, np.iinfo(grid.dtype).max).min(axis=1)
        enough = given.sum(axis=1) >= max(MIN_BATTERY, MIN_ANSWERED * len(battery))
        options = [option for option in battery[0].options if option.kind is OptionKind.ANSWER]
        codes = [str(code) for code in answers[battery[0].id].cat.categories]
        if len(options) < 2:
            continue
        for index in np.flatnonzero(enough & (highest == lowest)).tolist():
            items = tuple(item.id for item in battery)
            found.append(StraightLine(keys[index], rows[index], items, codes[highest[index]]))
    return tuple(found)


def _straight_remarks(found: Sequence[StraightLine], sheet: str) -> list[Remark]:
    by_battery: dict[tuple[str, ...], list[StraightLine]] = defaultdict(list)
    for line in found:
        by_battery[line.items].append(line)
    return [
        Remark(
            "STRAIGHT_LINING",
            Severity.INFO,
            f"{items[0]} bis {items[-1]} sind durchgehend gleich beantwortet "
            f"({rows_in_words([line.row for line in lines])}); bei Vergleichen beachten.",
            sheet,
            lines[0].row,
            value=items[0],
        )
        for items, lines in by_battery.items()
    ]
