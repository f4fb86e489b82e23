"""How urgent a measure is: gap² × relevance ÷ effort, in three classes.

The squared gap lets large shortfalls count more (SAMMY, the tool for OWASP SAMM); relevance and
classes are our own and lie in ``data/measures/rules.yaml``.
"""

from dataclasses import dataclass

from assessment.comparison.gap_types import Gap, GapState
from assessment.german import format_number
from assessment.measures.advice_types import Priority, PriorityClass
from assessment.measures.rules import load_rules
from assessment.measures.sentences import say

RANK = {PriorityClass.HIGH: 0, PriorityClass.MEDIUM: 1, PriorityClass.LOW: 2}


@dataclass(frozen=True, slots=True)
class Relevance:
    """1–3 and why, in a few words."""

    value: int
    reason: str


def priority_of(gap: Gap | None, relevance: Relevance, effort: int) -> Priority:
    """Priority of one measure.

    ``gap``: the largest clear shortfall, ``None`` where there is none; one that can't be told from
    chance counts as none. ``effort``: 1–5. Raises ``ValueError`` for an effort below 1.
    """
    if effort < 1:
        raise ValueError("effort counts from 1")
    clear = gap is not None and gap.state is GapState.SHORTFALL
    levels = gap.steps if gap is not None and clear else 0.0
    value = levels**2 * relevance.value / effort
    return Priority(
        gap=levels,
        reference=gap.reference if gap is not None and clear else None,
        relevance=relevance.value,
        relevance_reason=relevance.reason,
        effort=effort,
        value=value,
        priority_class=class_of(value),
        formula=f"{short_number(levels)}² × {relevance.value} ÷ {effort} = {short_number(value)}",
    )


def class_of(value: float) -> PriorityClass:
    """The class of a value; limits belong to the upper class."""
    limits = load_rules().priority.classes
    if value >= limits.high - 1e-9:
        return PriorityClass.HIGH
    return PriorityClass.MEDIUM if value >= limits.medium - 1e-9 else PriorityClass.LOW


def relevance_of(
    *, duty: bool, current: int | None, target: int | None, goal: str | None
) -> Relevance:
    """How much a field matters to the municipality itself.

    ``current``/``target``: own levels in the field, ``None`` without a target; ``goal``: the
    preferred goal that touches the field, in words.
    """
    steps = target - current if target is not None and current is not None else 0
    if duty:
        return Relevance(3, say("relevance.duty"))
    if steps >= load_rules().relevance.target_steps:
        return Relevance(3, say("relevance.target", steps=steps))
    if steps > 0:
        return Relevance(2, say("relevance.target_one"))
    if goal:
        return Relevance(2, say("relevance.goal", goal=goal))
    return Relevance(1, say("relevance.none"))


def short_number(value: float) -> str:
    """At most two decimals, German comma, no trailing zeros: „0,84“, „2“."""
    text = format_number(value, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text
