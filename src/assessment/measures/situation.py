"""What recommendations rest on: one municipality's levels, answers, targets, goals and gaps."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.comparison.gap_types import GapRow
from assessment.comparison.peers import PeerIndex
from assessment.measures.rules import load_rules
from assessment.questionnaire.model import (
    Item,
    ItemKind,
    OptionKind,
    Questionnaire,
    Role,
    ScoringRule,
)
from assessment.scoring.scores import Scores
from assessment.survey import AnswerStatus, Survey
from assessment.typology.model import Membership

MOST_LIMITING = 2
OPEN = frozenset(
    {AnswerStatus.MISSING, AnswerStatus.INVALID, AnswerStatus.ERROR, AnswerStatus.NO_RESULT}
)
"""Asked, but nothing usable was entered."""
Scored = Mapping[str, Sequence[Item]]
"""Field → its scored questions."""


@dataclass(frozen=True, slots=True)
class LimitingAnswer:
    """A question that holds a field down, with its answer as labelled."""

    item: str
    text: str
    answer: str
    """``""`` where the question is confidential."""
    sensitive: bool
    gate: bool
    """It holds the level down by itself, whatever the other answers are."""
    reason: str = ""
    """Why the gate is there."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One municipality as the rules see it."""

    key: str
    questionnaire: Questionnaire
    kind: str | None
    """Option code of the kind question; ``None``: unknown."""
    budget: str | None
    """Option code of the budget question."""
    constrained: bool
    """Haushaltssicherung or vorläufige Haushaltsführung."""
    levels: Mapping[str, int | None]
    """Field → level 0–4, ``None`` = not rated."""
    outside: frozenset[str]
    """Fields the municipality says it is not responsible for; they are not rated either."""
    type_id: str | None
    targets: Mapping[str, tuple[int, int]]
    """Field → (level today, target)."""
    gaps: Mapping[str, GapRow]
    goals: tuple[str, ...]
    """Ids of the preferred goals."""
    limiting: Mapping[str, tuple[LimitingAnswer, ...]]
    """Field → what holds it down, the most important first."""
    unknown: Mapping[str, tuple[str, ...]]
    """Field → scored questions answered „weiß nicht“."""
    unanswered: Mapping[str, tuple[str, ...]]
    """Field → scored questions that were asked and left empty, or hold an answer set aside."""


def situation_of(
    survey: Survey,
    scores: Scores,
    index: PeerIndex,
    membership: Membership | None,
    key: str,
    gaps: Collection[GapRow],
    targets: Mapping[str, tuple[int, int]],
) -> Situation:
    """Gather what the rules need of one municipality; raises ``KeyError`` for an unknown key."""
    row = index.rows[key]
    questionnaire = survey.questionnaire
    rules = load_rules()
    status = _statuses(survey, row)
    scored = _scored_items(questionnaire)
    coverage = scores.coverage.to_numpy()[row]
    levels: dict[str, int | None] = {}
    outside = set()
    for place, name in enumerate(scores.dimensions):
        level = int(scores.level_values[row, place])
        levels[name] = level if level >= 0 else None
        asked = (status.get(item.id) for item in scored.get(name, ()))
        if np.isnan(coverage[place]) and AnswerStatus.NOT_APPLICABLE in asked:
            outside.add(name)
    budget = _answer(survey, row, questionnaire.first(Role.BUDGET))
    stated = (
        questionnaire.id == rules.budget.questionnaire
        and (item := questionnaire.first(Role.BUDGET)) is not None
        and item.id == rules.budget.item
    )
    return Situation(
        key=key,
        questionnaire=questionnaire,
        kind=_answer(survey, row, questionnaire.first(Role.KIND)),
        budget=budget,
        constrained=stated and budget in rules.budget.constrained,
        levels=levels,
        outside=frozenset(outside),
        type_id=_type(membership, key),
        targets=dict(targets),
        gaps={gap.id: gap for gap in gaps if gap.item is None},
        goals=preferred_goals(survey, row),
        limiting=_limiting(survey, scores, scored, row),
        unknown=_with_status(scored, status, frozenset({AnswerStatus.DONT_KNOW})),
        unanswered=_with_status(scored, status, OPEN),
    )


def preferred_goals(survey: Survey, row: int) -> tuple[str, ...]:
    """The goals the municipality in this row puts first: those picked, else the highest rated.

    Who gives nearly all goals the highest answer has named no preference: then none.
    """
    questionnaire = survey.questionnaire
    pick = questionnaire.first(Role.PRIORITY_PICK)
    named = _answer(survey, row, pick)
    if pick is not None and named:
        codes = [code for code in named.split(";") if code]
        return tuple(code for code in codes if code in questionnaire.item_by_id)
    found = []
    for item in questionnaire.with_role(Role.GOAL):
        answer = _answer(survey, row, item)
        if answer and item.answer_options and answer == item.answer_options[-1].code:
            found.append(item.id)
    return tuple(found) if len(found) <= load_rules().relevance.most_top_rated else ()


def _scored_items(questionnaire: Questionnaire) -> dict[str, list[Item]]:
    """The questions that count in each field, in one pass."""
    found: dict[str, list[Item]] = {}
    for item in questionnaire.items:
        if item.dimension and item.weight > 0 and item.scoring is not ScoringRule.NONE:
            found.setdefault(item.dimension, []).append(item)
    return found


def _statuses(survey: Survey, row: int) -> dict[str, AnswerStatus]:
    values = survey.status.to_numpy()[row].tolist()
    return dict(zip(map(str, survey.status.columns), map(AnswerStatus, values), strict=True))


def _answer(survey: Survey, row: int, item: Item | None) -> str | None:
    """The stored answer of a coded item; ``None`` without one."""
    answer = survey.text_at(row, item.id) if item is not None else None
    if item is None or not answer:
        return None
    option = item.option_by_code.get(answer)
    return None if option is not None and option.kind is OptionKind.DONT_KNOW else answer


def _type(membership: Membership | None, key: str) -> str | None:
    if membership is None:
        return None
    first = membership.first.get(key)
    return first if isinstance(first, str) else None


def _with_status(
    scored: Scored, status: Mapping[str, AnswerStatus], wanted: frozenset[AnswerStatus]
) -> dict[str, tuple[str, ...]]:
    found = {
        name: tuple(item.id for item in items if status.get(item.id) in wanted)
        for name, items in scored.items()
    }
    return {name: items for name, items in found.items() if items}


def _limiting(
    survey: Survey, scores: Scores, scored: Scored, row: int
) -> dict[str, tuple[LimitingAnswer, ...]]:
    """Per field the gate that holds it down, and the answers that cost it the most points."""
    questionnaire = survey.questionnaire
    points = dict(
        zip(scores.item_points.columns, scores.item_points.to_numpy()[row].tolist(), strict=True)
    )
    gates = scores.gated.to_numpy()[row]
    found = {}
    for place, name in enumerate(scores.dimensions):
        if scores.level_values[row, place] < 0:
            continue
        held = str(gates[place])
        lost = []
        for item in scored.get(name, ()):
            # Without a usable answer there are no points, and NaN is not below 100.
            value = points.get(item.id, math.nan)
            if value < 100.0 and item.id != held:
                lost.append((item.weight * (100.0 - value), item))
        # Stable: equals keep the questionnaire's order.
        lost.sort(key=lambda pair: -pair[0])
        answers = []
        if held:
            gate_list = questionnaire.dimension_by_id[name].gates
            reason = next((gate.reason for gate in gate_list if gate.item == held), "")
            answers.append(_limit(survey, row, questionnaire[held], gate=True, reason=reason))
        answers += [_limit(survey, row, item) for _, item in lost[: MOST_LIMITING - len(answers)]]
        found[name] = tuple(answers)
    return found


def _limit(
    survey: Survey, row: int, item: Item, *, gate: bool = False, reason: str = ""
) -> LimitingAnswer:
    answer = None if item.sensitive else survey.text_at(row, item.id)
    shown = "" if answer is None else _labelled(item, answer)
    return LimitingAnswer(item.id, item.text, shown, item.sensitive, gate, reason)


def _labelled(item: Item, answer: str) -> str:
    """An answer as labelled; of a multiple choice how many of the options are ticked."""
    codes = [code for code in answer.split(";") if code]
    options = [item.option_by_code[code] for code in codes if code in item.option_by_code]
    if len(options) == 1 and item.kind is not ItemKind.MULTIPLE:
        return options[0].label
    ticked = sum(option.kind is OptionKind.ANSWER for option in options)
    return f"{ticked} von {len(item.answer_options)} genannt"
