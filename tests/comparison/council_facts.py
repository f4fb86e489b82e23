"""What councils can see of others, read from the pages' plain data as facts for the attacker.

Only what is shown is read; which municipalities stand behind a number is what the attacker knows
anyway. Each page has its function, so that a new page gets its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from attacker import (
    Count,
    Finding,
    Mean,
    Question,
    attack,
    attack_means,
    attack_table,
    quantile_facts,
    raw_numbers,
)

from assessment import pipeline
from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.comparison.gap_types import Reference
from assessment.comparison.gaps import item_gaps
from assessment.comparison.peers import EVERYBODY, TYPE
from assessment.comparison.waves import PreparedWaves
from assessment.measures.advice_types import Advice
from assessment.measures.association import Associations
from assessment.profiles.guarded_cross import CrossTable
from assessment.profiles.results import Assessment
from assessment.profiles.type_tables import type_tables
from assessment.scoring.levels import LEVELS, POINTS_PER_LEVEL

GOAL_STEPS = 4.0
"""Steps of the scale of goals: deviations lie within them on either side."""
NO_ADVICE = Advice((), (), (), "", "", "")
"""Recommendations rest on one's own answers; what they say of others is read from associations."""


@dataclass
class Facts:
    """Questions by name with all facts found, and means of goals."""

    questions: dict[str, Question]
    goals: dict[str, list[Mean]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    """What is wrong on a page by itself: hidden counts that follow, raw numbers."""


def facts_of(assessment: Assessment, viewers: Sequence[int], *, tables: bool = False) -> Facts:
    """Everything some municipalities see together: their own pages and those for everybody."""
    facts = Facts({name: score_question(assessment, name) for name in assessment.scores.dimensions})
    for viewer in viewers:
        key = assessment.survey.keys[viewer]
        content = pipeline.municipality_profile(assessment, key, NO_ADVICE).as_dict()
        read_profile(facts, assessment, viewer, content)
        read_placement(facts, assessment, viewer, content["placement"])
        read_item_gaps(facts, assessment, viewer)
    for profile in pipeline.type_profiles(assessment):
        read_type(facts, assessment, profile.as_dict())
    start = pipeline.overview(assessment)
    read_overview(facts, assessment, start.as_dict())
    for table in type_tables(assessment, start) if tables else ():
        read_table(facts, table.title, table.table)
    return facts


def later_facts(later: Facts, earlier: Facts, rows: np.ndarray, population: int) -> Facts:
    """Both releases together: ``rows`` are the places of the earlier one's municipalities."""

    def placed(mask: np.ndarray) -> np.ndarray:
        whole = np.zeros(population, dtype=bool)
        whole[rows] = mask
        return whole

    for name, question in earlier.questions.items():
        for fact in question.facts:
            later.questions[name].facts.append(replace(fact, members=placed(fact.members)))
    for goal, means in earlier.goals.items():
        old = [replace(mean, members=placed(mean.members)) for mean in means]
        later.goals.setdefault(goal, []).extend(old)
    return later


def findings(facts: Facts, assessment: Assessment, viewers: Sequence[int]) -> list[Finding]:
    """What follows of others from the facts, more than the rules allow."""
    found = list(facts.findings)
    for question in facts.questions.values():
        found += attack(question, viewers)
    for goal, means in facts.goals.items():
        values = goal_values(assessment, goal)
        scale = (-GOAL_STEPS, GOAL_STEPS)
        found += attack_means(goal, values, scale, means, viewers)
    return found


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
    _raw(facts, content)
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


def read_placement(
    facts: Facts, assessment: Assessment, viewer: int, content: dict[str, Any]
) -> None:
    """The small map of types: medians and quartiles of each municipality's middle score."""
    values = assessment.middle.values
    if "middle" not in facts.questions:
        known = values[~np.isnan(values)]
        facts.questions["middle"] = Question(
            "middle", values, np.union1d(np.arange(0, 100.5, 0.5), known)
        )
    for place in content["types"]:
        others = _group(assessment, f"{TYPE}:{place['type_id']}").copy()
        others[viewer] = False
        _quantiles(facts.questions["middle"], others, place, f"map of {viewer}")


def read_item_gaps(facts: Facts, assessment: Assessment, viewer: int) -> None:
    """Gaps of single questions: median and upper quartile of the group."""
    key = assessment.survey.keys[viewer]
    scores, peers = assessment.scores, assessment.peers
    group, _ = peers.group_for(key)
    others = _group(assessment, group.id).copy()
    others[viewer] = False
    for dimension in scores.dimensions:
        for row in item_gaps(peers, assessment.survey, scores, key, dimension):
            assert row.item is not None
            question = _item_question(facts, assessment, dimension, row.item)
            shown = {
                name: row.gaps[reference].value
                for name, reference in (
                    ("median", Reference.PEER_MEDIAN),
                    ("high", Reference.PEER_UPPER_QUARTILE),
                )
            }
            _quantiles(question, others, shown, f"gaps of {viewer}")


def _item_question(facts: Facts, assessment: Assessment, dimension: str, item: str) -> Question:
    """A question; that of a dimension with one question is the dimension's score itself."""
    if len(assessment.survey.questionnaire.scored_items(dimension)) == 1:
        return facts.questions[dimension]
    if item not in facts.questions:
        values = assessment.scores.item_points[item].to_numpy(dtype=float)
        known = np.unique(values[~np.isnan(values)])
        facts.questions[item] = Question(item, values, np.union1d(known, np.arange(0, 101, 25.0)))
    return facts.questions[item]


def read_type(facts: Facts, assessment: Assessment, content: dict[str, Any]) -> None:
    """A type's page, for everybody."""
    _raw(facts, content)
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
    _raw(facts, content)
    everybody = np.ones(len(assessment.survey.keys), dtype=bool)
    for spread in content["levels"]:
        question = facts.questions[spread["dimension"]]
        _quantiles(question, everybody, spread, "overview")
        rated = int((~np.isnan(question.values)).sum())
        counts = spread["counts"]
        _line(facts, spread["dimension"], [*counts, spread["not_rated"]], len(everybody))
        # Who knows who was rated must not get at a small count either.
        _line(facts, spread["dimension"], counts, rated, below=MINIMUM_OTHERS)
        for level, n in enumerate(spread["counts"]):
            if n is not None:
                low, high = _score_limits(level)
                question.facts.append(
                    Count(_answered(question, everybody), low, high, n, n, "levels of all")
                )

    if content["types"]:
        counts = [cell["n"] for cell in content["types"]["cells"]]
        _line(facts, "types", counts, len(everybody))


def read_table(facts: Facts, name: str, table: CrossTable) -> None:
    """A table of types; sums of lines are those shown beside it."""
    total = None
    sums = [line.n for line in table.rows]
    if None not in sums:
        total = sum(n or 0 for n in sums)
    columns = [line.n for line in table.columns]
    facts.findings += attack_table(name, table.cells, sums, columns, total)


def read_waves(
    facts: Facts, waves: PreparedWaves, after: Assessment, viewers: Sequence[int]
) -> None:
    """Changes between two waves: medians of the others, and the table of types."""
    for viewer in viewers:
        key = str(after.survey.keys[viewer])
        found = waves.comparison(key)
        if found.refusal:
            continue
        group, _ = after.peers.group_for(key)
        others = _group(after, group.id).copy()
        others[viewer] = False
        for row in found.fields:
            name = f"change {row.dimension}"
            if name not in facts.questions:
                values = waves._changes[:, waves._own.dimensions.index(row.dimension)]
                known = values[~np.isnan(values)]
                possible = np.union1d(np.arange(-100, 100.5), known)
                facts.questions[name] = Question(name, values, possible)
            if row.peers.value is not None:
                question = facts.questions[name]
                members = _answered(question, others)
                question.facts.extend(
                    quantile_facts(members, 0.5, row.peers.value, scale=(-100.0, 100.0))
                )
    table = waves.transitions()
    if table.counts:
        # The sums of both waves' types are known from their pages.
        counts = waves_counts(waves, len(table.types))
        facts.findings += attack_table(
            "transitions",
            table.counts,
            counts.sum(axis=1).tolist(),
            counts.sum(axis=0).tolist(),
            table.n,
        )


def read_associations(
    facts: Facts, assessment: Assessment, told: Associations, viewer: int
) -> None:
    """What others of the type report one level up: sizes of levels in the type, and shares."""
    key = str(assessment.survey.keys[viewer])
    own = str(told.types[viewer])
    kind = np.asarray(told.types == own, dtype=bool)
    for dimension, found in told.of(key).items():
        question = facts.questions[dimension]
        level = int(told.levels[viewer, told.dimensions.index(dimension)])
        for one in found:
            column = next(
                place
                for place, statement in enumerate(told.statements.all)
                if (statement.item, statement.text) == (one.item, one.statement)
            )
            answered = kind & told.statements.answered[:, column]
            name = f"statement {column}"
            if name not in facts.questions:
                known = told.statements.answered[:, column]
                values = np.where(known, told.statements.yes[:, column].astype(float), np.nan)
                facts.questions[name] = Question(name, values, np.array([0.0, 1.0]), nominal=True)
            others = answered.copy()
            others[viewer] = False
            for mask, n, at in ((others, one.n_here, level), (answered, one.n_ahead, level + 1)):
                low, high = _score_limits(at)
                members = _answered(question, mask)
                unrated = int((mask & ~members).sum())
                question.facts.append(Count(members, low, high, n - unrated, n, "association"))
            # Of the whole type at least so many say yes, and at least so many say no.
            yes = no = 0.0
            for percent, n in ((one.here, one.n_here), (one.ahead, one.n_ahead)):
                if percent is not None:
                    yes += np.ceil(n * (percent - 0.5) / 100)
                    no += np.ceil(n * (99.5 - percent) / 100)
            size = int(others.sum())
            facts.questions[name].facts.append(
                Count(others, 0.5, np.inf, max(yes - 1, 0), size - max(no - 1, 0), "association")
            )


def waves_counts(waves: PreparedWaves, size: int) -> np.ndarray:
    """True table of types over two waves."""
    pair = waves._probabilities
    assert pair is not None
    first = [
        np.where(np.isnan(p).any(axis=1), p.shape[1], np.nan_to_num(p).argmax(axis=1)) for p in pair
    ]
    counts = np.zeros((pair[0].shape[1] + 1,) * 2, dtype=int)
    np.add.at(counts, tuple(first), 1)
    return counts[:size, :size]


def _raw(facts: Facts, content: dict[str, Any]) -> None:
    facts.findings += [Finding(path, 0, 0.0, 0.0, True) for path in raw_numbers(content)]


def _line(
    facts: Facts, name: str, counts: Sequence[int | None], total: int, below: float = np.inf
) -> None:
    nothing = [None] * len(counts)
    facts.findings += attack_table(name, [counts], [None], nothing, total, below=below)


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
