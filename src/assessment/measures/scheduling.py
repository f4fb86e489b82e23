"""Placing tasks on the calendar: none begins before its prerequisites have ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessment.measures.periods import LAST_DAY, ONE_DAY, end_after, start_before


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be placed."""

    id: str
    months: int
    """Duration where no end (or no start) is given; at least 1."""
    requires: tuple[str, ...] = ()
    """Tasks that end before this one begins."""
    start: date | None = None
    end: date | None = None
    """As given by people; an end before the start is ignored."""
    may_overtake: bool = False
    """A given date before the end of the prerequisites is accepted (there is a note)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a task lies. ``start`` and ``end`` are both ``None`` where it can't be placed."""

    start: date | None
    end: date | None
    earliest: date | None
    """First day after all prerequisites, not before the plan begins."""
    moved: bool = False
    """The given date lay before the prerequisites' end and was not kept."""
    overtakes: bool = False
    """The given date lies before the prerequisites' end and was kept."""
    too_late: bool = False
    """It would lie behind the last day a plan knows."""


def place(tasks: Mapping[str, Task], order: Iterable[str], begins: date | None) -> dict[str, Slot]:
    """Place all tasks as early as possible, keeping given dates where prerequisites allow.

    ``order``: ids so that each comes after its prerequisites (others are passed over).
    ``begins``: first day for tasks without given dates; ``None``: only tasks with a given date,
    and those that build on them, are placed. A later ``begins`` or a further prerequisite never
    gives an earlier end.
    """
    slots: dict[str, Slot] = {}
    for name in order:
        task = tasks.get(name)
        if task is None:
            continue
        before = [slots[other] for other in task.requires if other in slots]
        if any(slot.too_late for slot in before):
            slots[name] = Slot(None, None, None, too_late=True)
            continue
        ends = [slot.end for slot in before if slot.end is not None]
        slots[name] = _slot(task, max(ends) + ONE_DAY if ends else None, begins)
    return slots


def _slot(task: Task, bound: date | None, begins: date | None) -> Slot:
    earliest = max((day for day in (bound, begins) if day is not None), default=None)
    start, end = task.start, task.end
    if start is not None and end is not None and end < start:
        end = None
    moved = overtakes = False
    if start is None and end is not None:
        start = _start_for(end, task.months, bound, earliest)
    if start is None:
        start = earliest
    elif bound is not None and start < bound:
        overtakes, moved = task.may_overtake, not task.may_overtake
        if moved:
            end = bound + (end - start) if task.start and end else None
            start = bound
    if start is None:
        return Slot(None, None, None)
    if end is None and start <= LAST_DAY:
        end = end_after(start, task.months)
    if end is None or end > LAST_DAY:
        return Slot(None, None, None, too_late=True)
    return Slot(start, end, earliest, moved, overtakes)


def _start_for(end: date, months: int, bound: date | None, earliest: date | None) -> date:
    """When to begin what has to end on ``end``: its usual duration before, or later if it must."""
    usual = start_before(end, months)
    for day in (earliest, bound):
        if day is not None and usual < day <= end:
            return day
    return usual
