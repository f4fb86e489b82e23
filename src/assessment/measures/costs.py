"""Cost rows of a plan: which must appear, what is known, what the totals leave out.

Rules of the council note (1.5, AK-2.4): every cell is a number or „noch nicht beziffert“, totals
add the known amounts and name the measures that are missing from them; the Eigenanteil does so as
well. The catalogue's cost kind decides which rows appear; it never contributes an amount.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessment.measures.model import Catalogue, CostKind
from assessment.measures.paper_types import Funding
from assessment.measures.plan_types import CostRowKind, PlannedMeasure
from assessment.measures.roadmap_types import (
    UNQUANTIFIED,
    CostCell,
    CostLine,
    CostTable,
    OwnShareCell,
    PostsCell,
    TotalCell,
    TotalLine,
)

EXPENSES = (CostRowKind.ONCE, CostRowKind.RUNNING, CostRowKind.STAFF)
ROWS: Mapping[CostKind, tuple[CostRowKind, ...]] = {
    CostKind.NONE: (),
    CostKind.ONCE: (CostRowKind.ONCE,),
    CostKind.RUNNING: (CostRowKind.RUNNING,),
    CostKind.BOTH: (CostRowKind.ONCE, CostRowKind.RUNNING),
    # An investment is followed by running costs (Folgekosten); a list without them is sent back.
    CostKind.INVESTMENT: (CostRowKind.ONCE, CostRowKind.RUNNING),
}
UNKNOWN_KIND = (CostRowKind.ONCE, CostRowKind.RUNNING)
"""Rows of a measure whose cost kind nobody stated: both are open, neither is nothing."""
NO_COSTS = "keine Kosten nach Katalog; bitte 0 eintragen oder beziffern"
COLUMNS = 4
"""The Vorlage's table has at least four years."""


@dataclass(frozen=True, slots=True)
class Costing:
    """What the cost rows of one measure depend on."""

    planned: PlannedMeasure
    title: str
    cost_kind: CostKind | None
    """``None``: not stated."""
    counts: bool = True
    """False for measures that are put back or dropped: their rows are in no total."""


def costing_of(planned: PlannedMeasure, catalogue: Catalogue) -> Costing:
    """What the cost rows of a planned measure depend on; unknown ids are their own title."""
    measure = None if planned.is_own else catalogue.by_id.get(planned.id)
    if measure is not None:
        return Costing(planned, measure.title, measure.cost_kind, planned.active)
    return Costing(planned, planned.own_title or planned.id, planned.cost_kind, planned.active)


def rows_expected(cost_kind: CostKind | None) -> tuple[CostRowKind, ...]:
    """The rows that appear for a cost kind even if nothing is entered."""
    return UNKNOWN_KIND if cost_kind is None else ROWS[cost_kind]


def cost_lines(costing: Costing, years: Sequence[int]) -> tuple[CostLine, ...]:
    """The rows of one measure: those its cost kind asks for and those that were added."""
    expected = rows_expected(costing.cost_kind)
    lines = []
    for kind in CostRowKind:
        row = costing.planned.cost_row(kind)
        if row is None and kind not in expected:
            continue
        amounts, posts = (row.amounts, row.posts) if row else ({}, {})
        lines.append(
            CostLine(
                measure=costing.planned.id,
                title=costing.title,
                kind=kind,
                cells=tuple(CostCell(year, amounts.get(year)) for year in years),
                basis=row.basis if row else None,
                note=row.note if row else "",
                expected=kind in expected,
                later=row.later if row else None,
                posts=tuple(posts.get(year) for year in years) if kind is CostRowKind.STAFF else (),
                later_posts=row.later_posts if row else None,
                funding=row.funding if row and row.funding != Funding() else None,
            )
        )
    return tuple(lines)


def table_years(
    measures: Sequence[PlannedMeasure], first: int | None, last: int | None
) -> tuple[int, ...]:
    """The years of the table: from the plan's first year, at least four, and every stated one.

    ``first``, ``last``: first year of the plan and last year of a measure, if known.
    """
    rows = [row for planned in measures for row in planned.costs]
    years = {year for row in rows for year in (*row.amounts, *row.posts)}
    if first is not None:
        years.update(range(first, max(first + COLUMNS - 1, last or first) + 1))
    return tuple(sorted(years))


def cost_table(costings: Sequence[Costing], years: Sequence[int]) -> CostTable:
    """The table over all measures that count."""
    counting = [costing for costing in costings if costing.counts]
    lines = tuple(line for costing in counting for line in cost_lines(costing, years))
    expense_lines = [line for line in lines if line.kind in EXPENSES]
    income_lines = [line for line in lines if line.kind is CostRowKind.INCOME]
    totals = tuple(
        _total(kind, kind.value, own, years)
        for kind in EXPENSES
        if (own := [line for line in expense_lines if line.kind is kind])
    )
    expenses = _total(None, "Aufwendungen zusammen", expense_lines, years)
    income = (
        _total(CostRowKind.INCOME, CostRowKind.INCOME.value, income_lines, years)
        if income_lines
        else None
    )
    # By id: two measures may bear the same title.
    open_lines = [line for line in lines if any(cell.amount is None for cell in line.cells)]
    open_titles = tuple({line.measure: line.title for line in open_lines}.values())
    free = tuple(
        costing.title
        for costing in counting
        if costing.cost_kind is CostKind.NONE and not costing.planned.costs
    )
    left_out = tuple(
        costing.title for costing in costings if not costing.counts and costing.planned.costs
    )
    return CostTable(
        years=tuple(years),
        lines=lines,
        totals=totals,
        expenses=expenses,
        income=income,
        own_share=tuple(
            _own_share(cost, income.cells[number] if income else None)
            for number, cost in enumerate(expenses.cells)
        ),
        later_own_share=_own_share(expenses.later, income.later if income else None),
        posts=_posts([line for line in lines if line.kind is CostRowKind.STAFF], years),
        unquantified=open_titles,
        without_costs=free,
        sentences=_sentences(open_titles, free, left_out),
    )


def _total(
    kind: CostRowKind | None, label: str, lines: Sequence[CostLine], years: Sequence[int]
) -> TotalLine:
    cells = tuple(
        _sum(year, lines, [line.cells[number].amount for line in lines])
        for number, year in enumerate(years)
    )
    return TotalLine(kind, label, cells, _sum(None, lines, [line.later for line in lines]))


def _sum(
    year: int | None, lines: Sequence[CostLine], amounts: Sequence[Decimal | None]
) -> TotalCell:
    known = [amount for amount in amounts if amount is not None]
    return TotalCell(year, sum(known, Decimal(0)), len(known), _unknown(lines, amounts))


def _unknown(lines: Sequence[CostLine], values: Sequence[Decimal | None]) -> tuple[str, ...]:
    """Titles of the lines without a value, each measure once (by id: titles may be alike)."""
    pairs = zip(lines, values, strict=True)
    return tuple({line.measure: line.title for line, value in pairs if value is None}.values())


def _posts(lines: Sequence[CostLine], years: Sequence[int]) -> tuple[PostsCell, ...]:
    if not lines:
        return ()
    columns: list[tuple[int | None, list[Decimal | None]]] = [
        (year, [line.posts[number] for line in lines]) for number, year in enumerate(years)
    ]
    columns.append((None, [line.later_posts for line in lines]))
    cells = []
    for year, values in columns:
        known = [posts for posts in values if posts is not None]
        cells.append(PostsCell(year, sum(known, Decimal(0)), len(known), _unknown(lines, values)))
    return tuple(cells)


def _own_share(cost: TotalCell, gained: TotalCell | None) -> OwnShareCell:
    """Expenses minus income; at least that, where expenses are missing and no income is.

    Missing income could make the share smaller, so without it there is no lower bound.
    """
    year = cost.year
    if not cost.known and not cost.without:
        return OwnShareCell(year, None, "Es gibt noch keine Kostenzeile.")
    missing = f"Aufwendungen {UNQUANTIFIED}: {quoted(cost.without)}." if cost.without else ""
    if not cost.known:
        return OwnShareCell(year, None, missing)
    if gained is None:
        return OwnShareCell(
            year,
            None,
            "Zu Erträgen und Zuwendungen fehlt eine Angabe; bitte 0 eintragen, wenn keine "
            "erwartet werden.",
        )
    if gained.without:
        return OwnShareCell(
            year, None, f"Erträge und Zuwendungen {UNQUANTIFIED}: {quoted(gained.without)}."
        )
    share = cost.amount - gained.amount
    if not missing:
        return OwnShareCell(year, share, "")
    # „mindestens 0 €“ or „mindestens −50 €“ would say nothing.
    return (
        OwnShareCell(year, share, missing, True) if share > 0 else OwnShareCell(year, None, missing)
    )


def quoted(titles: Sequence[str]) -> str:
    """``„A“, „B“ und „C“``."""
    marked = [f"„{title}“" for title in titles]
    return " und ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)


def _sentences(
    open_titles: Sequence[str], free: Sequence[str], left_out: Sequence[str]
) -> tuple[str, ...]:
    said = []
    if open_titles:
        count = len(open_titles)
        measures = "einer Maßnahme" if count == 1 else f"von {count} Maßnahmen"
        said.append(
            f"Nicht in den Summen, weil {UNQUANTIFIED}: Beträge {measures} ({quoted(open_titles)})."
        )
    if free:
        said.append(f"Ohne Kosten nach Katalog und ohne eigene Angabe: {quoted(free)}.")
    if left_out:
        said.append(f"Nicht in den Summen, weil zurückgestellt oder entfallen: {quoted(left_out)}.")
    return tuple(said)
