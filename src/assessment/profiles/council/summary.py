"""The Kurzfassung: what is to be decided, why now, what it costs, when, what happens otherwise.

One page for somebody who reads the agenda the evening before. Facts and sentences only; a long text
is never cut: whole sentences or entries are left out, and it is said how many.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.german import format_date
from assessment.measures.periods import quarter
from assessment.measures.roadmap_types import NO_RANKING, RoadmapRow
from assessment.profiles.council.measure_order import ordered_rows, shown_period
from assessment.profiles.council.paper import council_paper
from assessment.profiles.dossier import Dossier
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import points, sentence

MOST_NAMED = 3
"""Gaps and measures on the page."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One gap or measure: its name, what is said of it, and the id it rests on."""

    name: str
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class CouncilSummary:
    """Everything the page says. The first five are never empty."""

    decision: str
    why_now: str
    cost: str
    timeline: str
    without: str
    standing: str
    """Where the municipality stands; ``""`` where nothing is rated."""
    compared: str
    """With whom it is compared, and with how many."""
    gaps: tuple[SummaryLine, ...]
    gaps_note: str
    """Why there are fewer than three; ``""`` else."""
    measures: tuple[SummaryLine, ...]
    measures_planned: bool
    """Whether they are the plan's; else they are proposals."""
    measures_note: str
    """How many more there are, or why there are none; ``""`` else."""
    no_ranking: str

    def as_dict(self) -> dict[str, Any]:
        """The whole summary with plain types, ready for JSON."""
        return as_plain(self)


def council_summary(
    dossier: Dossier,
    created: date,
    *,
    gaps: int = MOST_NAMED,
    measures: int = MOST_NAMED,
    sentences: int | None = None,
) -> CouncilSummary:
    """Put the page together; works without a plan, a typology or a single rated field.

    ``gaps``, ``measures``: how many are named at most; the others are counted.
    ``sentences``: how many each answer has at most (``None``: all); the Vorlage says all of them.
    """
    paper = council_paper(dossier, created)
    why, cost, without = (
        " ".join(each.text for each in answer.sentences[:sentences]) for answer in paper.answers[1:]
    )
    profile = dossier.profile
    rows = [row for row in ordered_rows(dossier) if row.active]
    rated = any(row.score is not None for row in profile.fields)
    known = _gaps(profile)
    shown = known[:gaps]
    named = _planned(rows[:measures]) if rows else _proposed(profile)[:measures]
    return CouncilSummary(
        decision=paper.decision,
        why_now=why,
        cost=cost,
        timeline=_timeline(dossier, rows),
        without=without,
        standing=profile.placement.sentence if rated else "",
        compared=profile.peers.short if rated else "",
        gaps=shown,
        gaps_note=_gaps_note(profile, shown, len(known) - len(shown)),
        measures=named,
        measures_planned=bool(rows),
        measures_note=_measures_note(dossier, len(rows) - len(named), named),
        no_ranking=NO_RANKING,
    )


def _gaps(profile: MunicipalityProfile) -> tuple[SummaryLine, ...]:
    """Clear gaps to others; where there are fewer than three, the largest to the own targets."""
    found = [
        SummaryLine(
            field.listed,
            sentence("summary.gap", points=points(field.difference)),
            field.dimension,
        )
        for field in profile.gaps
    ]
    named = {line.id for line in found}
    for target in profile.targets:
        if len(found) < MOST_NAMED and target.gap > 0 and target.dimension not in named:
            text = sentence("summary.target", current=target.current, target=target.target)
            found.append(SummaryLine(target.name, text, target.dimension))
    return tuple(found[:MOST_NAMED])


def _gaps_note(profile: MunicipalityProfile, gaps: tuple[SummaryLine, ...], more: int) -> str:
    """How many were left out for want of room, or why there are none."""
    if more:
        return sentence("summary.more_gaps_one" if more == 1 else "summary.more_gaps", n=more)
    if gaps:
        return ""
    return profile.gaps_note or sentence("named.nothing_rated")


def _planned(rows: list[RoadmapRow]) -> tuple[SummaryLine, ...]:
    """Measures of the plan with unit and begin."""
    return tuple(
        SummaryLine(
            row.title,
            sentence(
                "summary.planned",
                owner=row.owner or sentence("roadmap.no_owner"),
                begin=_begin(row),
            ),
            row.id,
        )
        for row in rows
    )


def _begin(row: RoadmapRow) -> str:
    """„ab dem 1. Quartal 2027“; what is not dated is said as such."""
    return sentence("summary.begin", quarter=quarter(row.start)) if row.start else shown_period(row)


def _proposed(profile: MunicipalityProfile) -> tuple[SummaryLine, ...]:
    """What the program proposes to begin with, where nothing is planned."""
    return tuple(SummaryLine(step.title, step.line, step.id) for step in profile.next_steps)


def _measures_note(dossier: Dossier, more: int, measures: tuple[SummaryLine, ...]) -> str:
    if more > 0:
        return sentence("summary.more_one" if more == 1 else "summary.more", n=more)
    return "" if measures else dossier.measures.first_sentence


def _timeline(dossier: Dossier, rows: list[RoadmapRow]) -> str:
    """From when to when, what has no date yet, and when is reported."""
    if not rows or dossier.plan is None:
        return sentence("summary.no_dates")
    dated = [(row.start, row.end) for row in rows if row.start and row.end]
    said = []
    if dated:
        first, last = min(start for start, _ in dated), max(end for _, end in dated)
        text = "summary.span_one" if len(dated) == 1 else "summary.span"
        said.append(sentence(text, n=len(dated), first=format_date(first), last=format_date(last)))
    undated = len(rows) - len(dated)
    if undated:
        text = "summary.undated_one" if undated == 1 else "summary.undated"
        said.append(sentence(text, n=undated))
    settings = dossier.plan.paper
    if settings.next_report:
        said.append(sentence("summary.next_report", day=format_date(settings.next_report)))
    else:
        said.append(sentence("summary.report", interval=settings.interval.value))
    return " ".join(said)
