"""The finance rows of a roadmap by year and Folgejahre: the same on the page and in every paper.

What nobody stated is an open row, never a missing one; the catalogue's cost kind decides whether
one-off and running costs appear at all.
"""

from collections.abc import Sequence

from assessment.measures.plan_types import CostRowKind
from assessment.measures.roadmap_types import UNQUANTIFIED, CostTable, TotalLine
from assessment.profiles.texts import sentence

Row = tuple[str, ...]


def finance_columns(years: Sequence[int]) -> Row:
    """„Zeile“, the years, „Folgejahre (je Jahr)“."""
    return (sentence("paper_finance.row"), *map(str, years), sentence("paper_finance.later"))


def finance_rows(costs: CostTable) -> tuple[Row, ...]:
    """Once, running, posts, staff, all expenses, income, Eigenanteil; a cell for each column."""
    open_row = (UNQUANTIFIED,) * (len(costs.years) + 1)
    by_kind = {line.kind: line for line in costs.totals}
    rows: list[Row] = []
    for kind in (CostRowKind.ONCE, CostRowKind.RUNNING):
        # Without any row nothing is known of either.
        if kind in by_kind or not costs.lines:
            rows.append((kind.value, *_cells(by_kind.get(kind), open_row)))
    posts = tuple(cell.text for cell in costs.posts) or open_row
    rows.append((sentence("paper_finance.posts"), *posts))
    rows.append(
        (sentence("paper_finance.staff"), *_cells(by_kind.get(CostRowKind.STAFF), open_row))
    )
    if len(costs.totals) > 1:
        rows.append((costs.expenses.label, *_cells(costs.expenses, open_row)))
    rows.append((CostRowKind.INCOME.value, *_cells(costs.income, open_row)))
    shares = (*costs.own_share, costs.later_own_share)
    rows.append((sentence("paper_finance.own_share"), *(cell.text for cell in shares)))
    return tuple(rows)


def _cells(line: TotalLine | None, open_row: Row) -> Row:
    return open_row if line is None else tuple(cell.text for cell in line.all_cells)
