"""Maßnahmen und Roadmap (Anlage 3): all measures with their time and money, then each by itself.

Without a plan the recommendations stand in their place, marked as what they are: proposals.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from assessment.measures.periods import quarter
from assessment.measures.roadmap_types import NO_RANKING, RoadmapRow
from assessment.profiles.council.finance import FinanceTable, finance_table
from assessment.profiles.council.measure_order import constrained, ordered_rows, shown_period
from assessment.profiles.council.paper_basis import paper_basis
from assessment.profiles.council.paper_parts import PaperTable
from assessment.profiles.dossier import Dossier
from assessment.profiles.measure_profile import MeasureRow
from assessment.profiles.roadmap_profile import RoadmapProfile, status_shown
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Chart,
    Column,
    Document,
    DocumentKind,
    Heading,
    Landscape,
    Paragraph,
    ParagraphKind,
    Table,
    TimelineDrawing,
    TimelineRow,
)
from assessment.reports.documents.measures_sheets import (
    is_voluntary,
    marked,
    planned_sheet,
    proposed_sheet,
)
from assessment.reports.documents.parts import as_of, municipality_document

ATTACHMENT = "Anlage 3"
MOST_MORE = 10
"""So many further proposals are listed without a Steckbrief."""
INDEX_FROM = 6
"""From so many measures on, a list by field helps to find one's topic."""
MOST_AMOUNTS = 5
"""Columns of amounts beside each other on an upright page: four years and the Folgejahre."""
MOST_YEARS_UPRIGHT = 6
"""Up to here two tables below each other take less room than a turned page."""


def measures_document(dossier: Dossier, created: date) -> Document:
    """The measures of the plan, or the recommendations where there is none."""
    roadmap = dossier.roadmap
    planned = roadmap is not None and bool(roadmap.entries)
    blocks = (
        _planned(dossier, roadmap, created) if planned and roadmap else _proposed(dossier, created)
    )
    title = "measures_paper.title" if planned else "measures_paper.title_proposed"
    return municipality_document(
        dossier,
        DocumentKind.MEASURES,
        sentence(title),
        tuple(blocks),
        created,
        attachment=ATTACHMENT,
    )


def _planned(dossier: Dossier, roadmap: RoadmapProfile, created: date) -> Iterator[Block]:
    rows, poor = ordered_rows(dossier), constrained(dossier)
    lead = sentence(
        "measures_paper.lead", sentence=roadmap.sentence, body=_decider(dossier, created)
    )
    yield Paragraph(lead, ParagraphKind.LEAD)
    yield Heading(sentence("measures_paper.measures"))
    yield Paragraph(NO_RANKING)
    if poor:
        yield Paragraph(sentence("measures_paper.constrained"))
    yield _timeline(dossier, roadmap, rows, poor=poor)
    yield Paragraph(roadmap.duration_note, ParagraphKind.NOTE)
    if roadmap.undated:
        yield Paragraph(roadmap.undated, ParagraphKind.NOTE)
    costs = tuple(_costs(finance_table(dossier, created), rows))
    index = tuple(_by_field(dossier, rows)) if len(rows) >= INDEX_FROM else ()
    heading, note = Heading(sentence("measures_paper.sheets")), _estimates(dossier)
    # The page before a turned one stays empty below its text: index and note fill it.
    turned = any(isinstance(block, Landscape) for block in costs)
    yield from (*index, note, *costs, heading) if turned else (*costs, heading, note, *index)
    for row in rows:
        yield from planned_sheet(dossier, row, voluntary=poor and is_voluntary(row))


def _decider(dossier: Dossier, created: date) -> str:
    """„der Rat“; „die zuständige Vertretung“ in an anonymised paper, where no name may stand."""
    if dossier.anonymous:
        return sentence("measures_paper.somebody")
    named = paper_basis(dossier, created).body.nominative
    return named[0].lower() + named[1:]


def _timeline(
    dossier: Dossier, roadmap: RoadmapProfile, rows: tuple[RoadmapRow, ...], *, poor: bool
) -> Chart | Table:
    """The bars with the table of all measures below; the table alone where nothing is dated."""
    source = plan_source(dossier)
    table = Table(
        caption=sentence("measures_paper.table"),
        columns=(
            Column(sentence("measures_paper.number"), 0.45, right=True),
            Column(sentence("measures_paper.measure"), 3.4),
            Column(sentence("measures_paper.owner"), 2.4),
            Column(sentence("measures_paper.period"), 2.45),
            Column(sentence("measures_paper.status"), 1.9),
        ),
        rows=tuple(
            (
                str(row.number),
                marked(row.title, voluntary=poor and is_voluntary(row)),
                row.owner or sentence("roadmap.no_owner"),
                shown_period(row),
                status_shown(row.status),
            )
            for row in rows
        ),
        source=source,
    )
    drawing = _drawing(rows)
    if drawing is None:
        return table
    text = "measures_paper.timeline_alt"
    return Chart(
        title=sentence(
            "measures_paper.timeline" if len(drawing.rows) > 1 else "measures_paper.timeline_one",
            first=quarter(drawing.first),
            last=quarter(drawing.last),
        ),
        sentence=roadmap.when,
        alt=sentence(
            text if len(drawing.rows) > 1 else f"{text}_one",
            n=len(drawing.rows),
            first=quarter(drawing.first),
            last=quarter(drawing.last),
        ),
        drawing=drawing,
        source=source,
        table=table,
    )


def plan_source(dossier: Dossier) -> str:
    """„Quelle: Plan der Kommune; Maßnahmenkatalog 2026.1 …“: not what was answered."""
    return sentence("measures_paper.source", as_of=as_of(dossier.catalogue))


def _drawing(rows: tuple[RoadmapRow, ...]) -> TimelineDrawing | None:
    """Bars in the order of the table, so that both are read side by side."""
    bars = tuple(
        TimelineRow(
            label=f"{row.number}  {row.title}",
            start=row.start,
            end=row.end,
            text=status_shown(row.status),
            hatched=not row.active,
        )
        for row in rows
        if row.start and row.end and row.active
    )
    if not bars:
        return None
    return TimelineDrawing(bars, min(bar.start for bar in bars), max(bar.end for bar in bars))


def _by_field(dossier: Dossier, rows: tuple[RoadmapRow, ...]) -> Iterator[Block]:
    """Fields in questionnaire order, own ones last, with the numbers of their measures."""
    known = [each.id for each in dossier.assessment.survey.questionnaire.dimensions]
    place = {name: number for number, name in enumerate(known)}
    found: dict[str, list[RoadmapRow]] = {}
    for row in sorted(rows, key=lambda row: (place.get(row.dimension, len(place)), row.number)):
        found.setdefault(row.field, []).append(row)
    yield Heading(sentence("measures_paper.by_field"), 2)
    yield Table(
        caption=sentence("measures_paper.by_field_table"),
        columns=(
            Column(sentence("measures_paper.field"), 2.0),
            Column(sentence("measures_paper.numbers"), 1.0),
        ),
        rows=tuple((field, _numbers(own)) for field, own in found.items()),
        caption_shown=False,
    )


def _numbers(rows: list[RoadmapRow]) -> str:
    numbers = ", ".join(str(row.number) for row in rows)
    return sentence("measures_paper.of_field", numbers=numbers)


def _costs(finance: FinanceTable, rows: tuple[RoadmapRow, ...]) -> Iterator[Block]:
    """The finance table of the Vorlage; in two parts or turned where its years are many."""
    table = finance.totals
    turned = len(finance.years) > MOST_YEARS_UPRIGHT
    ends = [len(table.columns)]
    if not turned and table.amounts > MOST_AMOUNTS:
        ends.insert(0, 1 + (table.amounts + 1) // 2)
    blocks: tuple[Block, ...] = (
        Heading(sentence("measures_paper.costs")),
        Paragraph(finance.sentence, ids=finance.ids),
        *(_amounts(table, start, end) for start, end in zip([1, *ends], ends, strict=False)),
        *(Paragraph(by_number(each, rows), ParagraphKind.NOTE) for each in table.notes),
        Paragraph(sentence("measures_paper.reserve")),
    )
    if turned:
        yield Landscape(blocks)
    else:
        yield from blocks


def _amounts(table: PaperTable, start: int, end: int) -> Table:
    """The columns of a finance table from ``start`` to before ``end``, with what heads its rows."""
    names = table.columns[start:end]
    return Table(
        caption=table.caption,
        columns=(Column(table.columns[0], 1.5), *(Column(name, right=True) for name in names)),
        rows=tuple((row[0], *row[start:end]) for row in table.rows),
        caption_shown=False,
    )


def by_number(text: str, rows: tuple[RoadmapRow, ...]) -> str:
    """A note with „Nr. 4“ for each measure it names: the table with all titles stands above.

    Titles that occur twice stay: their numbers can't be told from the title.
    """
    titles = Counter(row.title for row in rows)
    for row in rows:
        if titles[row.title] == 1:
            number = sentence("measures_paper.of_field", numbers=row.number)
            text = text.replace(f"„{row.title}“", number)
    return text


def _estimates(dossier: Dossier) -> Paragraph:
    legal = dossier.measures.legal_note
    return Paragraph(sentence("measures_paper.estimates", legal=legal).strip(), ParagraphKind.NOTE)


def _proposed(dossier: Dossier, created: date) -> Iterator[Block]:
    found, poor = dossier.measures, constrained(dossier)
    yield Paragraph(
        sentence("measures_paper.proposed_lead", sentence=found.first_sentence),
        ParagraphKind.LEAD,
    )
    yield Paragraph(sentence("measures_paper.proposed", body=_decider(dossier, created)))
    yield Paragraph(NO_RANKING)
    if found.first:
        yield Heading(sentence("measures_paper.sheets"))
        yield _estimates(dossier)
    for number, row in enumerate(found.first, 1):
        yield from proposed_sheet(dossier, number, row, voluntary=poor and _voluntary(row))
    chosen = {row.text.id for row in found.first}
    more = [row for row in found.rows if row.text.id not in chosen]
    if more:
        yield from _more(more, poor=poor)


def _more(rows: list[MeasureRow], *, poor: bool) -> Iterator[Block]:
    shown = rows[:MOST_MORE]
    text = "measures_paper.more_lead" if len(rows) > MOST_MORE else "measures_paper.more_lead_all"
    if len(rows) == 1:
        text = "measures_paper.more_lead_one"
    yield Heading(sentence("measures_paper.more"))
    yield Paragraph(sentence(text, n=len(rows), shown=len(shown)))
    yield Table(
        caption=sentence("measures_paper.table_proposed"),
        columns=(
            Column(sentence("measures_paper.measure"), 3.2),
            Column(sentence("measures_paper.field"), 1.9),
            Column(sentence("measures_paper.duty"), 1.6),
            Column(sentence("measures_paper.effort"), 1.1),
            Column(sentence("measures_paper.horizon"), 2.2),
        ),
        rows=tuple(
            (
                marked(row.text.title, voluntary=poor and _voluntary(row)),
                row.text.field,
                row.text.obligation_word,
                row.text.effort_word,
                row.text.horizon_word,
            )
            for row in shown
        ),
        caption_shown=False,
    )


def _voluntary(row: MeasureRow) -> bool:
    return row.text.obligation == "freiwillig"
