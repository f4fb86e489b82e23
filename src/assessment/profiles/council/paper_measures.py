"""Measures, participation, reporting: Pflicht – Fundament – Wahl, and what is proposed without."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from assessment.german import format_date
from assessment.measures.model import Obligation
from assessment.measures.paper_types import Operative
from assessment.measures.plan_types import Status
from assessment.measures.roadmap_types import NO_RANKING, RoadmapRow
from assessment.profiles.council.measure_order import constrained, duties_first
from assessment.profiles.council.paper_basis import (
    PaperBasis,
    ids_of,
    one_line,
    own_paragraphs,
    paragraph,
    said,
)
from assessment.profiles.council.paper_parts import (
    TO_FILL,
    Form,
    PaperParagraph,
    PaperTable,
    Said,
)
from assessment.profiles.field_names import joined
from assessment.profiles.roadmap_profile import status_shown
from assessment.profiles.texts import sentence

MOST_INVOLVED, MOST_INDICATORS = 5, 3


class Lane(StrEnum):
    """Why a measure is in the roadmap, in the order of the paper."""

    DUTY = "duty"
    BASE = "base"
    """Another measure of the roadmap builds on it."""
    CHOICE = "choice"


def lane_of(row: RoadmapRow, needed: frozenset[str]) -> Lane:
    """``needed``: measures that others of the roadmap build on."""
    if row.obligation is Obligation.DUTY:
        return Lane.DUTY
    return Lane.BASE if row.id in needed else Lane.CHOICE


def lanes(basis: PaperBasis) -> tuple[tuple[Lane, tuple[RoadmapRow, ...]], ...]:
    """The measures by lane; within a lane as the roadmap numbers them, in Haushaltssicherung
    voluntary ones last."""
    needed = frozenset(each.id for row in basis.rows for each in row.prerequisites)
    rows = duties_first(basis.rows, basis.dossier) if constrained(basis.dossier) else basis.rows
    sorted_in = {lane: [row for row in rows if lane_of(row, needed) is lane] for lane in Lane}
    return tuple((lane, tuple(found)) for lane, found in sorted_in.items() if found)


def measures(basis: PaperBasis) -> tuple[PaperParagraph, ...]:
    """How many of which kind, what was changed, that numbering is no ranking."""
    found = list(_changes(basis)) if basis.settings.operative is Operative.CONTINUATION else []
    if not basis.rows:
        return (*found, *_proposals(basis))
    by_lane = lanes(basis)
    counts = [
        sentence(
            "paper_measures.lane_count",
            n=len(rows),
            lane=sentence(f"paper_measures.{lane}"),
        )
        for lane, rows in by_lane
    ]
    name = "lead_one" if len(basis.rows) == 1 else "lead"
    roadmap = said(
        f"paper_measures.{name}",
        ids_of(basis.rows),
        n=len(basis.rows),
        span=_span(basis),
        lanes=joined(counts),
    )
    note = [said("paper_measures.lanes_note")]
    detail = said("paper_measures.detail", measures=basis.number_of("massnahmen"))
    ranking = Said(NO_RANKING, ids_of(basis.rows))
    return (*found, paragraph(roadmap, *note), paragraph(ranking, detail))


def measures_table(basis: PaperBasis) -> tuple[PaperTable, ...]:
    """One row a measure, by lane; empty without a roadmap."""
    if not basis.rows:
        return ()
    poor = constrained(basis.dossier)
    rows = tuple(
        (
            sentence("paper_measures.title", number=row.number, title=row.title),
            _lane_name(row, lane, poor=poor),
            row.owner or TO_FILL,
            row.period,
            status_shown(row.status),
        )
        for lane, found in lanes(basis)
        for row in found
    )
    columns = tuple(
        sentence(f"paper_measures.column_{name}")
        for name in ("measure", "lane", "owner", "period", "state")
    )
    return (PaperTable(sentence("paper_measures.table"), columns, rows),)


def participation(basis: PaperBasis) -> tuple[PaperParagraph, ...]:
    """Formats and partners: what is written or chosen; a mark where nothing is."""
    found = [paragraph(said("paper_participation.lead", **basis.words))]
    own = own_paragraphs(basis.settings.participation)
    found += own
    strategy = basis.dossier.strategy
    names = (
        (*(each.name for each in strategy.formats if each.chosen), *strategy.own_formats)
        if strategy
        else ()
    )
    shown = [one_line(name) for name in names if one_line(name)]
    if shown:
        found.append(paragraph(said("paper_participation.formats", names="; ".join(shown))))
    involved = Counter(
        name for row in basis.rows if (measure := basis.measure(row)) for name in measure.involved
    )
    if involved:
        # By how often, equals in the order of the roadmap.
        most = [name for name, _ in involved.most_common(MOST_INVOLVED)]
        rest = [row for row in basis.rows if basis.measure(row)]
        found.append(
            paragraph(said("paper_participation.involved", ids_of(rest), names=joined(most)))
        )
    if not own and not shown:
        found.append(paragraph(said("paper_participation.open", mark=TO_FILL)))
    return tuple(found)


def reporting(basis: PaperBasis) -> tuple[PaperParagraph, ...]:
    """To whom, how often, when next, by which indicators."""
    settings = basis.settings
    day = settings.next_report
    sentences = [
        said(
            "paper_reporting.interval",
            committee=basis.committee.dative,
            interval=settings.interval.value,
        ),
        said("paper_reporting.next", day=format_date(day))
        if day
        else said("paper_reporting.next_open", mark=TO_FILL),
    ]
    more = [said("paper_reporting.content", ids_of(basis.rows))]
    indicators = [
        (row.id, measure.indicator) for row in basis.rows if (measure := basis.measure(row))
    ][:MOST_INDICATORS]
    if indicators:
        more.append(
            said(
                "paper_reporting.indicators",
                [measure_id for measure_id, _ in indicators],
                names="; ".join(text for _, text in indicators),
            )
        )
    return (paragraph(*sentences), paragraph(*more))


def _lane_name(row: RoadmapRow, lane: Lane, *, poor: bool) -> str:
    """„Pflicht“, „Wahl (zum Teil Pflicht)“; in Haushaltssicherung „Wahl (freiwillig)“ (AK-2.6)."""
    name = sentence(f"paper_measures.{lane}")
    mark = ""
    if row.obligation is Obligation.PARTLY:
        mark = "partly"
    elif poor and row.obligation is Obligation.VOLUNTARY:
        mark = "voluntary"
    return sentence(f"paper_measures.lane_{mark}", lane=name) if mark else name


def _span(basis: PaperBasis) -> str:
    if basis.span is None:
        return ""
    first, last = basis.span
    name = "span_one" if first == last else "span"
    return sentence(f"paper_measures.{name}", first=first, last=last)


def _proposals(basis: PaperBasis) -> Iterator[PaperParagraph]:
    """Without a roadmap: what the recommendations begin with, marked as a proposal."""
    first = basis.dossier.measures.first
    steps = [row for row in first if row.text.dimension not in basis.hidden_fields]
    if not steps:
        yield paragraph(said("paper_measures.none_nothing", mark=TO_FILL))
        return
    yield paragraph(said("paper_measures.none"))
    for row in steps:
        text = said(
            "paper_measures.proposal",
            (row.text.id, *(each for step in row.chain for each in step.ids)),
            title=row.text.title,
            field=row.text.field,
            effort=row.text.effort_word,
            obligation=row.text.obligation_word,
        )
        yield paragraph(text, form=Form.BULLET)
    yield paragraph(
        said("paper_measures.proposal_note", body=basis.body.inside),
        Said(NO_RANKING, tuple(row.text.id for row in steps)),
    )


def _changes(basis: PaperBasis) -> Iterator[PaperParagraph]:
    """Continuation: measures that deviate, with cause and option as people wrote them."""
    roadmap = basis.dossier.schedule
    rows = roadmap.rows if roadmap else ()
    away = (Status.DELAYED, Status.DEFERRED, Status.DROPPED)
    changed = [
        (row, planned)
        for row in rows
        if (planned := basis.planned(row.id))
        and (row.status in away or planned.cause or planned.option)
    ]
    if not changed:
        yield paragraph(said("paper_measures.no_changes", mark=TO_FILL))
        return
    yield paragraph(said("paper_measures.changes"))
    for row, planned in changed:
        cause = _ended("paper_measures.cause", planned.cause)
        option = _ended("paper_measures.option", planned.option)
        yield PaperParagraph(
            (
                Said(
                    sentence(
                        "paper_measures.change",
                        title=row.title,
                        status=row.status.value,
                        cause=cause,
                        option=option,
                    ),
                    (row.id,),
                ),
            ),
            Form.BULLET,
        )


def _ended(name: str, text: str) -> str:
    """A person's words within a sentence, closed by a full stop where they aren't."""
    line = one_line(text)
    if not line:
        return ""
    return sentence(name, text=line if line.endswith((".", "!", "?")) else f"{line}.")
