"""What the page of the roadmap says: periods, status, decisions and costs, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.german import NBSP, format_date
from assessment.measures.periods import quarter
from assessment.measures.plan_types import Decision, Status
from assessment.measures.roadmap_types import (
    CostTable,
    PrerequisiteState,
    Roadmap,
    RoadmapRow,
    euro_text,
)
from assessment.profiles.finance_rows import finance_columns, finance_rows
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import sentence

SYMBOLS = {
    Status.PROPOSED: "○",
    Status.PLANNED: "◇",
    Status.RUNNING: "●",
    Status.DELAYED: "▲",
    Status.DONE: "✔",
    Status.DEFERRED: "–",
    Status.DROPPED: "✕",
}
"""A symbol goes with the word, so that both survive a black-and-white printer."""


@dataclass(frozen=True, slots=True)
class RoadmapEntry:
    """One measure of the roadmap in words. ``start`` and ``end`` are ``None`` without a date."""

    number: int
    id: str
    title: str
    own: bool
    field: str
    owner: str
    start: date | None
    end: date | None
    period: str
    status: str
    """Word."""
    status_shown: str
    """Symbol and word."""
    short_note: str
    """„vorgezogen“, „verschoben“ or ``""``; ``remarks`` says why."""
    reason: str
    """„vorgezogen: Förderfrist endet im Juni“; ``""`` where nothing comes early."""
    decision: str
    priority: str
    after: tuple[str, ...]
    """Ids of measures of the roadmap it waits for; fulfilled ones aren't waited for."""
    prerequisites: tuple[str, ...]
    """„M001 Auftrag …: im Plan“."""
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostText:
    """The finance table in words; every cell is an amount or „noch nicht beziffert“."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    """Measure by measure: title, kind, one cell a year and one of the Folgejahre, basis."""
    amounts: tuple[tuple[float | None, ...], ...]
    """The same cells as euro; ``None``: noch nicht beziffert."""


@dataclass(frozen=True, slots=True)
class RoadmapProfile:
    """Everything the page says; ``sentence`` is the answer at its top."""

    name: str
    sentence: str
    when: str
    """The answer of the drawing: how many run until when, and which begins first."""
    entries: tuple[RoadmapEntry, ...]
    undated: str
    problems: tuple[str, ...]
    duration_note: str
    no_ranking: str
    costs: CostText | None
    begins: date | None

    @property
    def dated(self) -> tuple[RoadmapEntry, ...]:
        """Those with a period, by begin."""
        found = [entry for entry in self.entries if entry.start and entry.end]
        return tuple(sorted(found, key=lambda entry: (entry.start or date.min, entry.number)))

    def entry(self, measure_id: str) -> RoadmapEntry | None:
        return next((entry for entry in self.entries if entry.id == measure_id), None)

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def roadmap_profile(roadmap: Roadmap, name: str) -> RoadmapProfile:
    """Put the schedule of a plan into words."""
    entries = tuple(_entry(row) for row in roadmap.rows)
    undated = [entry.title for entry in entries if not (entry.start and entry.end)]
    return RoadmapProfile(
        name=name,
        sentence=_sentence(entries),
        when=_when(entries),
        entries=entries,
        undated=_undated(undated),
        problems=tuple(problem.sentence for problem in roadmap.problems),
        duration_note=roadmap.duration_note,
        no_ranking=roadmap.no_ranking,
        costs=cost_text(roadmap.costs) if roadmap.rows else None,
        begins=roadmap.begins,
    )


def status_shown(status: Status) -> str:
    """„● läuft“."""
    return f"{SYMBOLS[status]}{NBSP}{status.value}"


def decision_text(decision: Decision) -> str:
    """„beschlossen, Rat, 12.03.2027“."""
    details = [
        text for text in (decision.body, format_date(decision.day) if decision.day else "") if text
    ]
    if not details:
        return decision.state.value
    return sentence("roadmap.decision_two", state=decision.state.value, detail=", ".join(details))


def cost_text(costs: CostTable) -> CostText:
    """The finance rows of the papers, the lines they add up, and what they leave out."""
    return CostText(
        columns=finance_columns(costs.years),
        rows=finance_rows(costs) if costs.years else (),
        sentences=costs.sentences,
        lines=tuple(
            (
                line.title,
                line.kind.value,
                *(cell.text for cell in line.cells),
                euro_text(line.later),
                line.basis.value if line.basis else "–",
            )
            for line in costs.lines
        ),
        amounts=tuple(
            tuple(
                None if amount is None else float(amount)
                for amount in (*(cell.amount for cell in line.cells), line.later)
            )
            for line in costs.lines
        ),
    )


def _entry(row: RoadmapRow) -> RoadmapEntry:
    early = sentence("roadmap.early") if row.overridden else ""
    moved = sentence("roadmap.moved") if row.moved else ""
    return RoadmapEntry(
        number=row.number,
        id=row.id,
        title=row.title,
        own=row.own,
        field=row.field,
        owner=row.owner or sentence("roadmap.no_owner"),
        start=row.start,
        end=row.end,
        period=row.period,
        status=row.status.value,
        status_shown=status_shown(row.status),
        short_note=early or moved,
        reason=row.overridden,
        decision=decision_text(row.decision),
        priority=row.priority or sentence("roadmap.no_priority"),
        after=tuple(
            each.id for each in row.prerequisites if each.state is PrerequisiteState.IN_PLAN
        ),
        prerequisites=tuple(
            f"{each.title} ({each.id}): {each.state.value}" for each in row.prerequisites
        ),
        remarks=tuple(text for text in (row.moved, row.overridden) if text),
    )


def _sentence(entries: tuple[RoadmapEntry, ...]) -> str:
    if not entries:
        return sentence("roadmap.empty")
    dated = [entry for entry in entries if entry.start and entry.end]
    parts = []
    if dated:
        first = min(entry.start for entry in dated if entry.start)
        last = max(entry.end for entry in dated if entry.end)
        text = "roadmap.span_one" if len(dated) == 1 else "roadmap.span"
        parts.append(sentence(text, n=len(dated), first=format_date(first), last=format_date(last)))
    for status, text in (
        (Status.RUNNING, "roadmap.running"),
        (Status.DELAYED, "roadmap.delayed"),
        (Status.DONE, "roadmap.done"),
    ):
        n = sum(entry.status == status.value for entry in entries)
        if n:
            parts.append(sentence(text if n > 1 else f"{text}_one", n=n))
    return " ".join(parts)


def _when(entries: tuple[RoadmapEntry, ...]) -> str:
    """„4 Maßnahmen laufen bis zum 4. Quartal 2029; zuerst beginnt „X“ (1. Quartal 2027).“"""
    dated = [
        (entry.start, entry.end, entry.title) for entry in entries if entry.start and entry.end
    ]
    if not dated:
        return ""
    begin, last = min(start for start, _, _ in dated), quarter(max(end for _, end, _ in dated))
    if len(dated) == 1:
        return sentence("roadmap.when_one", name=dated[0][2], begin=quarter(begin), last=last)
    first = [title for start, _, title in dated if start == begin]
    text = {1: "roadmap.when", 2: "roadmap.when_two"}.get(len(first), "roadmap.when_more")
    if len(first) == len(dated) > 2:
        text = "roadmap.when_all"
    return sentence(
        text,
        n=len(dated),
        last=last,
        begin=quarter(begin),
        first=first[0],
        second=first[-1],
        more=len(first),
    )


def _undated(names: list[str]) -> str:
    if not names:
        return ""
    text = "roadmap.undated" if len(names) > 1 else "roadmap.undated_one"
    return sentence(text, n=len(names), names=", ".join(f"„{name}“" for name in names))
