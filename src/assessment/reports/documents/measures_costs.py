"""What a measure costs, in one cell of its sheet: equal years together, unknown said as unknown."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from assessment.german import format_date, format_number
from assessment.measures.paper_types import BudgetNote, Funding
from assessment.measures.plan_types import PlannedMeasure
from assessment.measures.roadmap_types import (
    UNQUANTIFIED,
    CostLine,
    RoadmapRow,
    euro_text,
    posts_text,
)
from assessment.profiles.texts import sentence


def cost_rows(row: RoadmapRow, planned: PlannedMeasure) -> Iterator[tuple[str, str]]:
    """Name and value of each line on money: costs, posts, funding, place in the budget."""
    known = [line for line in row.costs if _said(line)]
    unknown = [line for line in row.costs if line not in known]
    for line in known:
        yield sentence(f"cost_name.{line.kind.name}"), _cost_line(line)
    if unknown:
        names = ", ".join(sentence(f"cost_name.{line.kind.name}") for line in unknown)
        yield (
            sentence("measure_sheet.costs"),
            sentence("measure_sheet.costs_unknown", kinds=names),
        )
    if not row.costs and row.cost_note:
        yield sentence("measure_sheet.costs"), row.cost_note
    for line in row.costs:
        if line.later_posts is not None or any(posts is not None for posts in line.posts):
            yield sentence("measure_sheet.posts"), _posts(line)
    for given in planned.costs:
        if given.funding.programme:
            yield sentence("measure_sheet.funding"), _funding(given.funding)
    if not planned.budget.empty:
        yield sentence("measure_sheet.budget"), _budget(planned.budget)


def _said(line: CostLine) -> bool:
    """Whether anything is known of the line: an amount, or a note."""
    amounts = (line.later, *(cell.amount for cell in line.cells))
    return bool(line.note) or any(amount is not None for amount in amounts)


def _cost_line(line: CostLine) -> str:
    """„2027 500,00 €; 2028–2030 je 800,00 € (Schätzung)“."""
    amounts = [(cell.year, cell.amount) for cell in line.cells]
    parts = list(_with_later(amounts, line.later, "cost", "amount", euro_text))
    basis = ""
    if line.basis and line.note:
        basis = sentence("measure_sheet.cost_noted", basis=line.basis.value, note=line.note)
    elif line.basis or line.note:
        shown = line.basis.value if line.basis else line.note
        basis = sentence("measure_sheet.cost_basis", basis=shown)
    return "; ".join(parts) + basis


def spans(
    cells: Iterable[tuple[int, Decimal | None]],
    text: str,
    value: str,
    shown: Callable[[Decimal | None], str],
) -> Iterator[str]:
    """Years with equal values as one phrase. ``text``: sentence for one year, with „s“ for more."""
    ordered = sorted(cells, key=lambda cell: cell[0])
    for (amount, _), group in groupby(_runs(ordered), key=lambda cell: cell[1:]):
        years = [year for year, _, _ in group]
        said = {value: shown(amount)}
        if amount is None and len(years) > 1:
            yield sentence("measure_sheet.unknown_years", first=years[0], last=years[-1], **said)
        elif len(years) == 1:
            yield sentence(text, year=years[0], **said)
        else:
            yield sentence(f"{text}s", first=years[0], last=years[-1], **said)


def _runs(
    cells: Sequence[tuple[int, Decimal | None]],
) -> Iterator[tuple[int, Decimal | None, int]]:
    """Year, amount and the number of the unbroken run of years it belongs to."""
    for place, (year, amount) in enumerate(cells):
        yield year, amount, year - place


def _posts(line: CostLine) -> str:
    """„2028–2030 je 1 VZÄ; Folgejahre je 1 VZÄ“; what is open is said."""
    cells = list(zip((cell.year for cell in line.cells), line.posts, strict=True))
    return "; ".join(_with_later(cells, line.later_posts, "posts", "posts", posts_text))


def _with_later(
    cells: Sequence[tuple[int, Decimal | None]],
    later: Decimal | None,
    name: str,
    value: str,
    shown: Callable[[Decimal | None], str],
) -> Iterator[str]:
    """Years and Folgejahre; what is open at the end is said once: „ab 2029 noch nicht beziffert“.

    ``name``: beginning of the sentences; ``value``: what they call the amount.
    """
    known = list(cells)
    if later is None:
        while known and known[-1][1] is None:
            known.pop()
    if not known and later is None:
        yield UNQUANTIFIED
        return
    yield from spans(known, f"measure_sheet.{name}_year", value, shown)
    if later is not None:
        yield sentence(f"measure_sheet.{name}_later", **{value: shown(later)})
    elif len(known) < len(cells):
        year = cells[len(known)][0]
        yield sentence("measure_sheet.open_from", year=year, amount=UNQUANTIFIED)
    else:
        yield sentence("measure_sheet.later_open", amount=UNQUANTIFIED)


def _funding(funding: Funding) -> str:
    """The programme is named, never called available."""
    quota = ""
    if funding.quota is not None:
        decimals = 0 if funding.quota == int(funding.quota) else 1
        shown = format_number(float(funding.quota), decimals)
        quota = sentence("measure_sheet.funding_quota", quota=shown)
    if funding.checked is None:
        return sentence("measure_sheet.funding_open", programme=funding.programme, quota=quota)
    return sentence(
        "measure_sheet.funding_checked",
        programme=funding.programme,
        quota=quota,
        day=format_date(funding.checked),
    )


def _budget(budget: BudgetNote) -> str:
    parts = [
        sentence("measure_sheet.product", product=budget.product) if budget.product else "",
        sentence("measure_sheet.account", account=budget.account) if budget.account else "",
        sentence("measure_sheet.budgeted", state=budget.budgeted.value),
        sentence("measure_sheet.extraordinary") if budget.extraordinary else "",
        sentence("measure_sheet.cover", cover=budget.cover) if budget.cover else "",
    ]
    return "; ".join(part for part in parts if part)
