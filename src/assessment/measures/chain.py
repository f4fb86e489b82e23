"""The chain of a recommendation in words: answer → gap → rule → measure → expected step."""

from collections.abc import Sequence
from dataclasses import replace

from assessment.comparison.gap_types import Gap, GapState, Reference
from assessment.german import format_number
from assessment.measures.advice_types import Link, LinkKind, Priority
from assessment.measures.model import Catalogue, Measure, Obligation
from assessment.measures.sentences import say
from assessment.measures.situation import LimitingAnswer, Situation

MOST_OPEN_NAMED = 4
_NEARLY = 0.1
"""Levels by which a distance may miss a whole number and still be told as „knapp“ or „gut“."""


def chain_of(
    measure: Measure,
    situation: Situation,
    *,
    level: int,
    expected: int,
    gap: Gap | None,
    priority: Priority,
    missing: Sequence[Measure],
    set_back: bool,
) -> tuple[Link, ...]:
    """All five links of one recommendation, always in this order.

    ``set_back``: voluntary while the budget is under supervision.
    """
    field = measure.dimension
    answer = answer_link(situation, field, level)
    return (
        answer,
        gap_link(situation, field, gap, priority),
        _rule_link(measure, level, priority, missing, set_back),
        Link(
            LinkKind.MEASURE,
            say(
                "measure.line",
                id=measure.id,
                title=measure.title,
                description=measure.description,
            ),
            (measure.id,),
        ),
        Link(
            LinkKind.EXPECTED,
            say(
                "expected.step",
                name=field_name(situation, field),
                level=level,
                level_name=level_name(situation, level),
                next=expected,
                next_name=level_name(situation, expected),
            ),
            (field, measure.id),
        ),
    )


def answer_link(situation: Situation, field: str, level: int) -> Link:
    """The questions that hold a field down, and what is still to be cleared up."""
    limiting = situation.limiting.get(field, ())
    parts = [_answer_sentence(answer, level) for answer in limiting]
    ids = [answer.item for answer in limiting]
    if not limiting:
        parts.append(say("answer.best"))
    unknown = situation.unknown.get(field, ())
    empty = situation.unanswered.get(field, ())
    for name, items in (("answer.unknown", unknown), ("answer.open", empty)):
        if items:
            parts.append(say(name, items=_questions(items)))
            ids.extend(items)
    return Link(LinkKind.ANSWER, " ".join(parts), tuple(dict.fromkeys(ids)))


def gap_link(situation: Situation, field: str, gap: Gap | None, priority: Priority) -> Link:
    """By how much the field falls short of what, or that it does not clearly."""
    name = field_name(situation, field)
    current, target = situation.targets.get(field, (0, 0))
    if priority.reference is Reference.OWN_TARGET and target > current:
        # A target is a level: points would only veil it.
        steps = "1 Stufe" if target - current == 1 else f"{target - current} Stufen"
        text = say("gap.own_level", name=name, steps=steps, current=current, target=target)
        return Link(LinkKind.GAP, text, (field, Reference.OWN_TARGET.value))
    if gap is not None and priority.reference is not None:
        text = say(
            f"gap.{gap.reference.value}",
            name=name,
            points=_points(gap.shortfall or 0),
            own=gap.own,
            value=gap.value,
            levels=_levels(priority.gap),
        )
        return Link(LinkKind.GAP, text, (field, gap.reference.value))
    row = situation.gaps.get(field)
    own = row.gaps.get(Reference.OWN_TARGET) if row is not None else None
    if own is not None and own.levels and target > current:
        # The points suffice and a condition holds the level down: a target, but no distance.
        text = say("gap.held", name=name, current=current, target=target)
        return Link(LinkKind.GAP, text, (field, Reference.OWN_TARGET.value))
    known = row is not None and any(
        each.state is not GapState.UNKNOWN for each in row.gaps.values()
    )
    return Link(LinkKind.GAP, say("gap.none" if known else "gap.no_reference", name=name), (field,))


def brought_forward(chain: Sequence[Link], later: Measure) -> tuple[Link, ...]:
    """The chain of a measure that stands further ahead because ``later`` builds on it."""
    reason = say("rule.forward", id=later.id, title=later.title)
    return tuple(
        replace(
            link,
            sentence=f"{link.sentence} {reason}",
            ids=tuple(dict.fromkeys((*link.ids, "prerequisites", later.id))),
        )
        if link.kind is LinkKind.RULE
        else link
        for link in chain
    )


def without_sentence(measure: Measure, situation: Situation, level: int, builds: int) -> str:
    """„Was, wenn nicht?“: from the catalogue and the level only, never a threat.

    ``builds``: measures of the catalogue that presuppose this one, also indirectly.
    """
    more = say("without.builds", n=builds) if builds > 1 else ""
    if builds == 1:
        more = say("without.builds_one")
    if measure.obligation is Obligation.DUTY:
        if not measure.legal:
            return say("without.duty_plain", builds=more)
        return say("without.duty", legal=measure.legal[0].text, builds=more)
    partly = measure.obligation is Obligation.PARTLY
    return say(
        "without.partly" if partly else "without.voluntary",
        name=field_name(situation, measure.dimension),
        level=level,
        level_name=level_name(situation, level),
        builds=more,
    )


def builds_on(catalogue: Catalogue) -> dict[str, int]:
    """Per measure how many others presuppose it, directly or indirectly."""
    before: dict[str, frozenset[str]] = {}
    count = dict.fromkeys((measure.id for measure in catalogue.measures), 0)
    for name in catalogue.order:
        direct = catalogue[name].requires
        before[name] = frozenset(direct).union(*(before[each] for each in direct))
        for each in before[name]:
            count[each] += 1
    return count


def field_name(situation: Situation, field: str) -> str:
    """„Daten und Open Data“; the id where the questionnaire has no such field."""
    dimension = situation.questionnaire.dimension_by_id.get(field)
    return dimension.name if dimension else field


def level_name(situation: Situation, level: int) -> str:
    """„im Aufbau“; the number where the questionnaire names no levels."""
    names = situation.questionnaire.level_names
    return names[level] if level < len(names) else str(level)


def _answer_sentence(answer: LimitingAnswer, level: int) -> str:
    if answer.sensitive:
        text = say("answer.confidential", item=answer.item, text=answer.text)
    else:
        given = say("answer.given", answer=answer.answer) if answer.answer else ""
        text = say(
            "answer.question",
            item=answer.item,
            text=answer.text,
            answer=given or say("answer.not_answered"),
        )
    if not answer.gate:
        return text
    return f"{text} {say('answer.gate', level=level, reason=answer.reason)}".rstrip()


def _rule_link(
    measure: Measure,
    level: int,
    priority: Priority,
    missing: Sequence[Measure],
    set_back: bool,
) -> Link:
    parts = [say("rule.level", level=level, start=measure.level_from, goal=measure.level_to)]
    ids = ["level"]
    if measure.obligation is Obligation.DUTY:
        parts.append(say("rule.duty"))
        ids.append("duty")
    if set_back:
        parts.append(say("rule.budget"))
        ids.append("budget")
    parts.append(
        say(
            "rule.priority",
            formula=priority.formula,
            priority=say(f"rule.{priority.priority_class.value}"),
            relevance=priority.relevance,
            reason=priority.relevance_reason,
        )
    )
    ids.append("priority")
    if missing:
        named = ", ".join(f"„{each.title}“ ({each.id})" for each in missing)
        parts.append(say("rule.missing", missing=named))
        ids.append("prerequisites")
    return Link(LinkKind.RULE, " ".join(parts), (*ids, *(each.id for each in missing)))


def _questions(items: Sequence[str]) -> str:
    """„Frage D21 ist“, „D21, D22 und 3 weitere Fragen sind“."""
    if len(items) == 1:
        return f"Frage {items[0]} ist"
    if len(items) <= MOST_OPEN_NAMED:
        return f"Fragen {', '.join(items[:-1])} und {items[-1]} sind"
    rest = len(items) - MOST_OPEN_NAMED + 1
    return f"Fragen {', '.join(items[: MOST_OPEN_NAMED - 1])} und {rest} weitere sind"


def _points(points: int) -> str:
    return "1 Punkt" if points == 1 else f"{points} Punkte"


def _levels(gap: float) -> str:
    """„1 Stufe“, „knapp 1 Stufe“, „rund einer halben Stufe“, „0,8 Stufen“: two decimals feign."""
    if 0.45 <= gap <= 0.55:
        return "rund einer halben Stufe"
    whole = round(gap)
    if whole and abs(gap - whole) <= _NEARLY:
        about = "" if gap == whole else "knapp " if gap < whole else "gut "
        return f"{about}{whole} {'Stufe' if whole == 1 else 'Stufen'}"
    return f"{format_number(gap, 1)} Stufen"
