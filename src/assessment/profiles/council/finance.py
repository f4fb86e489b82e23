"""The finance table of a Vorlage: amounts and posts by year, Folgejahre, programmes, budget.

Every cell is an amount or „noch nicht beziffert“; a written 0 is a statement. Sums are those of
``measures/costs.py``; a sum that leaves something out says „mindestens“ and names what is missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessment.german import NBSP, format_date, format_number
from assessment.measures.costs import (
    COLUMNS,
    EXPENSES,
    cost_table,
    costing_of,
    quoted,
    table_years,
)
from assessment.measures.paper_types import Budgeted
from assessment.measures.plan_types import CostRowKind, PlannedMeasure
from assessment.measures.roadmap_types import (
    CostLine,
    CostTable,
    TotalCell,
    at_least,
    euro_text,
)
from assessment.profiles.council.paper_parts import TO_FILL, PaperTable
from assessment.profiles.dossier import Dossier
from assessment.profiles.finance_rows import finance_columns, finance_rows
from assessment.profiles.texts import sentence


@dataclass(frozen=True, slots=True)
class FinanceTable:
    """Everything the paper says about money and posts."""

    costs: CostTable
    years: tuple[int, ...]
    totals: PaperTable
    """Rows of the Vorlage: once, running, posts, staff, income, own share."""
    details: PaperTable | None
    """Measure by measure, each amount with its basis; ``None`` without an amount."""
    budget: PaperTable | None
    """Product, account, veranschlagt, cover; ``None`` where no measure has expenses."""
    funding: tuple[tuple[str, str], ...]
    """Id of the measure and the sentence on its programme; never said to be available."""
    sentences: tuple[str, ...]
    """The answer, most important first: what it costs and brings in, what is not known."""
    unknown: tuple[str, ...]
    """Titles of measures with an amount that is noch nicht beziffert."""
    staff_stated: bool
    """Whether any measure says something about staff."""
    staff_silent: tuple[str, ...]
    """Ids of measures that say nothing about staff while others do."""
    income_stated: bool
    ids: tuple[str, ...]
    """Measures the sums rest on."""

    @property
    def sentence(self) -> str:
        """The whole answer."""
        return " ".join(self.sentences)


def finance_table(dossier: Dossier, created: date) -> FinanceTable:
    """Work the table out for the plan of a dossier; without a plan every cell is open.

    ``created``: where the plan has no year at all, the table begins with the year after it.
    """
    measures = dossier.plan.measures if dossier.plan else ()
    roadmap = dossier.schedule
    years = roadmap.costs.years if roadmap else ()
    if not years:
        years = table_years(measures, created.year + 1, None)
    elif len(years) < COLUMNS:
        years = tuple(range(years[0], max(years[-1], years[0] + COLUMNS - 1) + 1))
    costs = cost_table([costing_of(each, dossier.catalogue) for each in measures], years)
    counting = [each for each in measures if each.active]
    kinds = {line.kind for line in costs.lines}
    staffed = {line.measure for line in costs.lines if line.kind is CostRowKind.STAFF}
    silent = {
        each.id: costing_of(each, dossier.catalogue).title
        for each in counting
        if staffed and each.id not in staffed
    }
    return FinanceTable(
        costs=costs,
        years=years,
        totals=_totals(costs, years, tuple(silent.values())),
        details=_details(costs, years),
        budget=_budget(counting, costs),
        funding=tuple((line.measure, text) for line in costs.lines if (text := _funding(line))),
        sentences=tuple(_answer(costs, years)),
        unknown=unknown_titles(costs),
        staff_stated=CostRowKind.STAFF in kinds,
        staff_silent=tuple(silent),
        income_stated=CostRowKind.INCOME in kinds,
        ids=tuple(dict.fromkeys(line.measure for line in costs.lines)),
    )


def unknown_titles(costs: CostTable) -> tuple[str, ...]:
    """Titles of measures with an open amount, Folgejahre included; each measure once."""
    return tuple({line.measure: line.title for line in costs.lines if not line.quantified}.values())


def _totals(costs: CostTable, years: Sequence[int], silent: Sequence[str]) -> PaperTable:
    return PaperTable(
        caption=sentence("paper_finance.caption"),
        columns=finance_columns(years),
        rows=finance_rows(costs),
        notes=_notes(costs, silent),
        amounts=len(years) + 1,
    )


def _notes(costs: CostTable, silent: Sequence[str]) -> tuple[str, ...]:
    """What the sums leave out, by name, and what nobody said anything about."""
    notes = []
    open_years = {
        line.measure: line.title
        for line in costs.lines
        if any(cell.amount is None for cell in line.cells)
    }
    open_later = {
        line.measure: line.title
        for line in costs.lines
        if line.later is None and line.measure not in open_years
    }
    if open_years:
        notes.append(_named("paper_finance.left_out", tuple(open_years.values())))
    if open_later:
        notes.append(_named("paper_finance.left_out_later", tuple(open_later.values())))
    if costs.without_costs:
        notes.append(_named("paper_finance.free", costs.without_costs))
    kinds = {line.kind for line in costs.lines}
    if not kinds:
        return tuple(notes)
    if CostRowKind.STAFF not in kinds:
        notes.append(sentence("paper_finance.staff_open"))
    elif silent:
        notes.append(_named("paper_finance.staff_silent", silent))
    if CostRowKind.INCOME not in kinds:
        notes.append(sentence("paper_finance.income_open"))
    return tuple(notes)


def _named(text: str, titles: Sequence[str]) -> str:
    return sentence(
        f"{text}_one" if len(titles) == 1 else text, n=len(titles), names=quoted(titles)
    )


def _details(costs: CostTable, years: Sequence[int]) -> PaperTable | None:
    known = [
        line
        for line in costs.lines
        if line.later is not None or any(cell.amount is not None for cell in line.cells)
    ]
    if not known:
        return None
    return PaperTable(
        caption=sentence("paper_finance.details"),
        columns=(
            sentence("paper_finance.measure"),
            *map(str, years),
            sentence("paper_finance.later"),
            sentence("paper_finance.basis"),
        ),
        rows=tuple(
            (
                _line(line),
                *(cell.text for cell in line.cells),
                euro_text(line.later),
                _basis(line),
            )
            for line in known
        ),
        amounts=len(years) + 1,
    )


def _line(line: CostLine) -> str:
    kind = sentence(f"paper_finance.kind_{line.kind.name.casefold()}")
    return sentence("paper_finance.line", title=line.title, kind=kind)


def _basis(line: CostLine) -> str:
    # That something costs nothing rests on nothing.
    basis = line.basis.value if line.basis else sentence("paper_finance.no_basis")
    return sentence("paper_finance.basis_note", basis=basis, note=line.note) if line.note else basis


def _funding(line: CostLine) -> str:
    funding = line.funding
    if funding is None or not funding.programme:
        return ""
    quota = ""
    if funding.quota is not None:
        share = format_number(float(funding.quota), 0 if funding.quota % 1 == 0 else 1)
        quota = sentence("paper_finance.quota", quota=f"{share}{NBSP}%")
    day = (
        sentence("paper_finance.checked", day=format_date(funding.checked))
        if funding.checked
        else sentence("paper_finance.unchecked", mark=TO_FILL)
    )
    return sentence(
        "paper_finance.funding", title=line.title, programme=funding.programme, quota=quota, day=day
    )


def _budget(measures: Sequence[PlannedMeasure], costs: CostTable) -> PaperTable | None:
    spending = {line.measure: line.title for line in costs.lines if line.kind in EXPENSES}
    rows = []
    for planned in measures:
        if planned.id not in spending:
            continue
        note = planned.budget
        budgeted = note.budgeted.value if note.budgeted is not Budgeted.OPEN else TO_FILL
        if note.extraordinary:
            budgeted = sentence("paper_finance.extraordinary", budgeted=budgeted)
        rows.append(
            (
                spending[planned.id],
                " / ".join((note.product or TO_FILL, note.account or TO_FILL)),
                budgeted,
                note.cover or TO_FILL,
            )
        )
    if not rows:
        return None
    return PaperTable(
        caption=sentence("paper_finance.budget"),
        columns=tuple(
            sentence(f"paper_finance.{name}")
            for name in ("measure", "product", "budgeted", "cover")
        ),
        rows=tuple(rows),
    )


def _answer(costs: CostTable, years: Sequence[int]) -> Iterator[str]:
    """What it costs over the years of the table, and what is not known of it."""
    if not costs.lines:
        yield sentence("paper_finance.answer_none")
        return
    cells, later = costs.expenses.cells, costs.expenses.later
    total = sum((cell.amount for cell in cells), Decimal(0))
    partly = any(cell.without for cell in cells)
    stated = any(cell.known for cell in cells) and not (partly and not total)
    span = {"first": years[0], "last": years[-1]}
    if stated:
        text = "answer_least" if partly else "answer"
        yield sentence(f"paper_finance.{text}", amount=round_euro(total), **span)
    else:
        yield sentence("paper_finance.answer_open", **span)
    # Before the income: what shortens the answer must not make the sum look complete.
    unknown = len(unknown_titles(costs))
    if stated and unknown:
        text = "answer_missing_one" if unknown == 1 else "answer_missing"
        yield sentence(f"paper_finance.{text}", n=unknown)
    yield from _income(costs)
    if stated and later.known and not (later.without and not later.amount):
        yield sentence("paper_finance.answer_later", amount=_short(later))
    if CostRowKind.STAFF not in {line.kind for line in costs.lines}:
        yield sentence("paper_finance.answer_staff_open")


def _income(costs: CostTable) -> Iterator[str]:
    """What the roadmap brings in over the years of the table, as far as it is known."""
    cells = costs.income.cells if costs.income else ()
    total = sum((cell.amount for cell in cells), Decimal(0))
    if total:
        text = round_euro(total)
        amount = at_least(text) if any(cell.without for cell in cells) else text
        yield sentence("paper_finance.answer_income", amount=amount)


def _short(cell: TotalCell) -> str:
    text = round_euro(cell.amount)
    return at_least(text) if cell.without else text


def round_euro(amount: Decimal) -> str:
    """In running text: „12.500 €“; cents only where there are some."""
    text = euro_text(amount)
    return text.replace(f",00{NBSP}", NBSP)
