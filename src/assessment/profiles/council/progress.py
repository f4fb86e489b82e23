"""How the roadmap stands on a day: done, delayed, why, what is possible, what is to be decided.

Deviations follow from the status people entered and from the dates of the plan; causes and options
are theirs to write. A missing one shows as „[bitte ergänzen]“ and is listed as open (AK-3.10).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.german import format_date
from assessment.measures.periods import add_months
from assessment.measures.plan_types import DecisionState, PlannedMeasure, Status
from assessment.measures.roadmap_types import PrerequisiteState, RoadmapRow
from assessment.profiles.council.measure_order import ordered_rows, shown_period
from assessment.profiles.council.paper_parts import TO_FILL
from assessment.profiles.dossier import Dossier
from assessment.profiles.plain import as_plain
from assessment.profiles.roadmap_profile import decision_text, status_shown
from assessment.profiles.texts import sentence
from assessment.profiles.wave_profile import WaveField

BEGUN = (Status.RUNNING, Status.DELAYED, Status.DONE)
OVER = (Status.DONE, Status.DEFERRED, Status.DROPPED)
UNDECIDED = (DecisionState.OPEN, DecisionState.IN_CONSULTATION, DecisionState.DEFERRED)
HORIZON_MONTHS = 12
"""What begins within a year needs its decision now: the next report is a year away."""


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One measure of the roadmap as it stands."""

    number: int
    id: str
    title: str
    owner: str
    planned: str
    """Period of the plan."""
    status: str
    """Symbol and word."""
    timing: str
    """Planned against actual time: „im Zeitplan“, „Ende um 3 Monate überschritten“."""
    deviates: bool


@dataclass(frozen=True, slots=True)
class Deviation:
    """What does not go as planned; cause and option are ``TO_FILL`` where nobody wrote them."""

    number: int
    id: str
    title: str
    what: str
    cause: str
    option: str
    waiting: tuple[str, ...]
    """Measures of the roadmap that build on it, „Nr. Titel“."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the two are still to be written."""
        return tuple(
            sentence(f"progress.missing_{name}")
            for name, text in (("cause", self.cause), ("option", self.option))
            if text == TO_FILL
        )


@dataclass(frozen=True, slots=True)
class PendingDecision:
    """A decision that is due now."""

    number: int
    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the Sachstandsbericht says; ``sentence`` is the answer at its top."""

    day: date
    sentence: str
    rows: tuple[ProgressRow, ...]
    deviations: tuple[Deviation, ...]
    decisions: tuple[PendingDecision, ...]
    fields: tuple[WaveField, ...]
    """Fields of the plan's measures and those that changed clearly; own change only."""
    fields_sentence: str
    fields_refusal: str
    """Why levels can't be compared; ``""`` where they can."""
    open_points: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """All facts with plain types, ready for JSON."""
        return as_plain(self)


def progress(dossier: Dossier, day: date) -> Progress:
    """How the plan of ``dossier`` stands on ``day``; without a plan only levels are compared."""
    rows = ordered_rows(dossier)
    planned = dossier.plan.by_id if dossier.plan else {}
    found = tuple(_row(row, day, rows) for row in rows)
    deviations = tuple(
        _deviation(row, planned[row.id], line.timing, rows)
        for row, line in zip(rows, found, strict=True)
        if line.deviates
    )
    fields, said, refusal = _levels(dossier, rows)
    return Progress(
        day=day,
        sentence=_sentence(rows, deviations, day),
        rows=found,
        deviations=deviations,
        decisions=tuple(_decisions(rows, deviations, day)),
        fields=fields,
        fields_sentence=said,
        fields_refusal=refusal,
        open_points=tuple(_open_points(rows, deviations)),
    )


def _row(row: RoadmapRow, day: date, rows: Iterable[RoadmapRow]) -> ProgressRow:
    timing, deviates = _timing(row, day, rows)
    return ProgressRow(
        number=row.number,
        id=row.id,
        title=row.title,
        owner=row.owner or sentence("roadmap.no_owner"),
        planned=shown_period(row),
        status=status_shown(row.status),
        timing=timing,
        deviates=deviates,
    )


def _timing(row: RoadmapRow, day: date, rows: Iterable[RoadmapRow]) -> tuple[str, bool]:
    """Planned against actual time, and whether that is a deviation."""
    if row.status is Status.DONE:
        return sentence("progress.done"), False
    if row.status in OVER:
        return sentence("progress.stopped"), True
    if row.end and row.end < day:
        return sentence("progress.end_passed", span=_span(row.end, day)), True
    if row.status is Status.DELAYED:
        return sentence("progress.delayed"), True
    if row.start and row.start < day and row.status not in BEGUN:
        return sentence("progress.start_passed", span=_span(row.start, day)), True
    if not row.start:
        return sentence("progress.undated"), False
    late = _late_before(row, day, rows)
    if late:
        return sentence("progress.waits", names=late), False
    if row.status in BEGUN:
        return sentence("progress.in_time"), False
    return sentence("progress.ahead"), False


def _late_before(row: RoadmapRow, day: date, rows: Iterable[RoadmapRow]) -> str:
    """Numbers of direct prerequisites in the roadmap that are late themselves."""
    before = {each.id for each in row.prerequisites if each.state is PrerequisiteState.IN_PLAN}
    late = [
        str(each.number)
        for each in rows
        if each.id in before
        and each.status not in OVER
        and (each.status is Status.DELAYED or (each.end is not None and each.end < day))
    ]
    return ", ".join(late)


def _span(since: date, day: date) -> str:
    """„3 Monate“, „12 Tage“: whole months where there is one."""
    months = 0
    while add_months(since, months + 1) <= day:
        months += 1
    if months:
        return sentence("progress.months" if months > 1 else "progress.month", n=months)
    days = (day - since).days
    return sentence("progress.days" if days > 1 else "progress.day", n=days)


def _deviation(
    row: RoadmapRow, planned: PlannedMeasure, what: str, rows: Iterable[RoadmapRow]
) -> Deviation:
    waiting = tuple(
        f"{each.number} {each.title}"
        for each in rows
        if each.status not in OVER and row.id in {before.id for before in each.prerequisites}
    )
    return Deviation(
        row.number,
        row.id,
        row.title,
        sentence(
            "progress.what", status=status_shown(row.status), period=shown_period(row), timing=what
        )
        if row.active
        else sentence("progress.what_stopped", status=status_shown(row.status)),
        planned.cause or TO_FILL,
        planned.option or TO_FILL,
        waiting,
    )


def _decisions(
    rows: Iterable[RoadmapRow], deviations: Iterable[Deviation], day: date
) -> Iterator[PendingDecision]:
    """Deviations with an option first to be chosen, then what begins before the next report."""
    deviating = {each.id: each for each in deviations}
    soon = add_months(day, HORIZON_MONTHS)
    for row in rows:
        found = deviating.get(row.id)
        if found is not None and found.option != TO_FILL:
            why = sentence("progress.decide_option", option=found.option)
            yield PendingDecision(row.number, row.id, row.title, why)
        elif found is not None:
            yield PendingDecision(
                row.number, row.id, row.title, sentence("progress.decide_deviation")
            )
        elif (
            row.status not in (*OVER, Status.RUNNING)
            and row.decision.state in UNDECIDED
            and row.start is not None
            and row.start <= soon
        ):
            why = sentence(
                "progress.decide_start",
                day=format_date(row.start),
                decision=decision_text(row.decision),
            )
            yield PendingDecision(row.number, row.id, row.title, why)


def _levels(dossier: Dossier, rows: Iterable[RoadmapRow]) -> tuple[tuple[WaveField, ...], str, str]:
    wave = dossier.wave
    if wave is None:
        return (), "", sentence("progress.no_wave")
    if wave.refusal:
        return (), "", wave.refusal
    own = {row.dimension for row in rows}
    shown = tuple(
        field
        for field in wave.fields
        if field.own is not None and (field.distinguishable or field.dimension in own)
    )
    return shown, wave.sentence, ""


def _sentence(rows: tuple[RoadmapRow, ...], deviations: tuple[Deviation, ...], day: date) -> str:
    if not rows:
        return sentence("progress.no_plan")
    done = sum(row.status is Status.DONE for row in rows)
    running = sum(_has_begun(row, day) for row in rows)
    only = len(rows) == 1
    said = _state_of(rows[0], day) if only else _state_of_all(len(rows), done, running, day)
    if not deviations:
        return f"{said} {sentence('progress.none_deviate')}"
    text = "progress.deviate_one" if len(deviations) == 1 else "progress.deviate"
    if only:
        text = "progress.deviate_only"
    return f"{said} {sentence(text, n=len(deviations))}"


def _has_begun(row: RoadmapRow, day: date) -> bool:
    """In hand and not done: a delayed measure has begun only where its planned begin is past."""
    if row.status is Status.DELAYED:
        return row.start is not None and row.start < day
    return row.status is Status.RUNNING


def _state_of(row: RoadmapRow, day: date) -> str:
    open_state = "begun" if _has_begun(row, day) else "waiting"
    state = "done" if row.status is Status.DONE else open_state
    return sentence(f"progress.summary_{state}", day=format_date(day))


def _state_of_all(n: int, done: int, running: int, day: date) -> str:
    shown = format_date(day)
    if not done and not running:
        return sentence("progress.summary_none", day=shown, n=n)
    text = "progress.summary_first" if done == 1 else "progress.summary"
    none = sentence("progress.none")
    return sentence(text, day=shown, n=n, done=done or none, running=running or none)


def _open_points(rows: tuple[RoadmapRow, ...], deviations: tuple[Deviation, ...]) -> Iterator[str]:
    for each in deviations:
        if each.missing:
            what = " und ".join(each.missing)
            yield sentence("progress.open", number=each.number, title=each.title, what=what)
    if rows:
        yield sentence("progress.open_costs")
    for row in rows:
        if row.active and row.status is not Status.DONE and not row.owner:
            what = sentence("progress.missing_owner")
            yield sentence("progress.open", number=row.number, title=row.title, what=what)
