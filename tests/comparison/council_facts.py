"""What councils can see of others, read from the pages' plain data as facts for the attacker.

Only what is shown is read; which municipalities stand behind a number is what the attacker knows
anyway. Each page has its function, so that a new page gets its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from attacker import Count, Mean, Question, quantile_facts

from assessment import pipeline
from assessment.comparison.peers import EVERYBODY, TYPE
from assessment.profiles.results import Assessment
from assessment.scoring.levels import LEVELS, POINTS_PER_LEVEL

GOAL_STEPS = 4.0
"""Steps of the scale of goals: deviations lie within them on either side."""


@dataclass
class Facts:
    """Questions by name with all facts found, and means of goals."""

    questions: dict[str, Question]
    goals: dict[str, list[Mean]] = field(default_factory=dict)


def facts_of(assessment: Assessment, viewers: Sequence[int]) -> Facts:
    """Everything some municipalities see together: their own pages and those for everybody."""
    facts = Facts({name: score_question(assessment, name) for name in assessment.scores.dimensions})
    for viewer in viewers:
        key = assessment.survey.keys[viewer]
        read_profile(
            facts, assessment, viewer, _plain(pipeline.municipality_profile, assessment, key)
        )
    for profile in pipeline.type_profiles(assessment):
        read_type(facts, assessment, profile.as_dict())
    read_overview(facts, assessment, pipeline.overview(assessment).as_dict())
    return facts


def score_question(assessment: Assessment, dimension: str) -> Question:
    """A dimension's score; what is possible are the scores there are, and any whole point."""
    values = assessment.scores.score[dimension].to_numpy(dtype=float)
    single = len(assessment.survey.questionnaire.scored_items(dimension)) == 1
    possible = np.arange(0, 101, 25.0) if single else np.arange(0, 100.5, 0.5)
    return Question(dimension, values, np.union1d(possible, values[~np.isnan(values)]))


def read_profile(
    facts: Facts, assessment: Assessment, viewer: int, content: dict[str, Any]
) -> None:
    """A municipality's page: the group without itself."""
    others = _group(assessment, content["peers"]["id"]).copy()
    others[viewer] = False
    for block in content["blocks"]:
        for row in block["rows"]:
            question = facts.questions[row["dimension"]]
            _quantiles(question, others, row, f"page of {viewer}")
    goals = [row for row in content["goals"] if row["group"]["value"] is not None]
    if goals:
        step = _named_group(assessment, content["goals_group"]).copy()
        step[viewer] = False
        for row in goals:
            _mean(facts, assessment, row["id"], step, row["group"]["value"], f"goals of {viewer}")


def read_type(facts: Facts, assessment: Assessment, content: dict[str, Any]) -> None:
    """A type's page, for everybody."""
    members = _group(assessment, f"{TYPE}:{content['type_id']}")
    everybody = np.ones(len(members), dtype=bool)
    source = f"page of type {content['type_id']}"
    for row in content["fields"]:
        question = facts.questions[row["dimension"]]
        _quantiles(question, members, {"median": row["score"]}, source)
        _quantiles(question, everybody, {"median": row["everybody"]}, source)
        if row["level"]["value"] is not None:
            _level_median(question, members, row["level"]["value"], source)
    for goal in content["goals"]:
        for mask, shown in ((members, goal["mean"]), (everybody, goal["everybody"])):
            if shown["value"] is not None:
                _mean(facts, assessment, goal["id"], mask, shown["value"], source)


def read_overview(facts: Facts, assessment: Assessment, content: dict[str, Any]) -> None:
    """The start page: levels of everybody."""
    everybody = np.ones(len(assessment.survey.keys), dtype=bool)
    for spread in content["levels"]:
        question = facts.questions[spread["dimension"]]
        _quantiles(question, everybody, spread, "overview")
        for level, n in enumerate(spread["counts"]):
            if n is not None:
                low, high = _score_limits(level)
                question.facts.append(
                    Count(_answered(question, everybody), low, high, n, n, "levels of all")
                )


def _quantiles(question: Question, mask: np.ndarray, row: dict[str, Any], source: str) -> None:
    members = _answered(question, mask)
    for name, q in (("low", 0.25), ("median", 0.5), ("high", 0.75)):
        if row.get(name) is not None:
            question.facts.extend(quantile_facts(members, q, row[name], source=f"{name}, {source}"))


def _level_median(question: Question, mask: np.ndarray, level: float, source: str) -> None:
    """A median of levels, to one decimal: whole or half of two whole ones."""
    members = _answered(question, mask)
    n = int(members.sum())
    lower, upper = (n - 1) // 2, n // 2
    low, high = _score_limits(int(np.floor(level)))
    if level == int(level) and n % 2:
        question.facts.extend(
            [
                Count(members, -np.inf, low, 0, lower, source),
                Count(members, -np.inf, high, upper + 1, n, source),
            ]
        )
    else:
        # The two in the middle may lie apart on both sides.
        top = _score_limits(int(np.ceil(level)))[1]
        question.facts.extend(
            [
                Count(members, -np.inf, top, lower + 1, n, source),
                Count(members, -np.inf, low, 0, upper, source),
            ]
        )


def _score_limits(level: int) -> tuple[float, float]:
    # The last level is reached by full points only, the step below by everything under them.
    low = POINTS_PER_LEVEL * level
    return (-np.inf if level == 0 else low), (np.inf if level == LEVELS - 1 else low + 25.0)


def _mean(
    facts: Facts, assessment: Assessment, goal: str, mask: np.ndarray, value: float, source: str
) -> None:
    assert assessment.goal_deviations is not None
    counted = mask & assessment.goal_deviations.counted
    facts.goals.setdefault(goal, []).append(Mean(counted, value - 0.05, value + 0.05, source))


def goal_values(assessment: Assessment, goal: str) -> np.ndarray:
    """True deviations of one goal; ``NaN`` where they don't count."""
    deviations = assessment.goal_deviations
    assert deviations is not None
    place = [column.id for column in deviations.columns].index(goal)
    return np.where(deviations.counted, deviations.values[:, place], np.nan)


def _answered(question: Question, mask: np.ndarray) -> np.ndarray:
    return mask & ~np.isnan(question.values)


def _group(assessment: Assessment, name: str) -> np.ndarray:
    """Members of a group by its id."""
    if name == EVERYBODY:
        return np.ones(len(assessment.survey.keys), dtype=bool)
    step, _, label = name.partition(":")
    for partition in assessment.peers.partitions:
        if partition.id == step:
            return np.asarray(partition.labels == label, dtype=bool)
    raise AssertionError(f"unknown group {name}")


def _named_group(assessment: Assessment, name: str) -> np.ndarray:
    """Members of a group by the name shown: a type or everybody."""
    for partition in assessment.peers.partitions:
        for label, shown in partition.names.items():
            if partition.id in (TYPE, EVERYBODY) and shown == name:
                return np.asarray(partition.labels == label, dtype=bool)
    raise AssertionError(f"unknown group {name}")


def _plain(function: Any, *arguments: Any) -> dict[str, Any]:
    return function(*arguments).as_dict()
