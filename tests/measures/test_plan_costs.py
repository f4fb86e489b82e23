"""Cost rows and totals: a number or „noch nicht beziffert“, never blank, never an invented 0."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from any_plan import plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_catalogue import IDS, catalogue, measure

from assessment.measures.costs import EXPENSES, NO_COSTS, quoted, rows_expected
from assessment.measures.model import CostKind
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)
from assessment.measures.roadmap import schedule
from assessment.measures.roadmap_types import CostTable, Roadmap, euro_text

ONCE, RUNNING, STAFF, INCOME = CostRowKind
KNOWN = catalogue(
    measure("ONCE", cost_kind="einmalig"),
    measure("RUN", cost_kind="laufend"),
    measure("BOTH", cost_kind="einmalig und laufend"),
    measure("INV", cost_kind="investiv"),
    measure("FREE", cost_kind="keine"),
)
YEARS = (2027, 2028, 2029, 2030)


def row(kind: CostRowKind, amounts: Mapping[int, int | str | None]) -> CostRow:
    decimals = {year: None if a is None else Decimal(a) for year, a in amounts.items()}
    return CostRow(kind=kind, amounts=decimals, basis=CostBasis.ESTIMATE)


def every(amount: int | str) -> dict[int, int | str | None]:
    return dict.fromkeys(YEARS, amount)


def roadmap_of(*measures: PlannedMeasure | str) -> Roadmap:
    planned = tuple(PlannedMeasure(id=m) if isinstance(m, str) else m for m in measures)
    plan = MunicipalityPlan(municipality="1", name="x", begins=date(2027, 1, 1), measures=planned)
    return schedule(plan, KNOWN)


def table_of(*measures: PlannedMeasure | str) -> CostTable:
    return roadmap_of(*measures).costs


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (CostKind.NONE, ()),
        (CostKind.ONCE, (ONCE,)),
        (CostKind.RUNNING, (RUNNING,)),
        (CostKind.BOTH, (ONCE, RUNNING)),
        (CostKind.INVESTMENT, (ONCE, RUNNING)),
        (None, (ONCE, RUNNING)),
    ],
)
def test_the_cost_kind_decides_which_rows_appear(
    kind: CostKind | None, rows: tuple[CostRowKind, ...]
) -> None:
    assert rows_expected(kind) == rows


def test_measures_of_the_same_title_count_apart_and_are_named() -> None:
    twins = [PlannedMeasure(id=name, own_title="Sitzungssäle") for name in ("E1", "E2")]
    roadmap = roadmap_of(*twins)
    assert roadmap.costs.unquantified == ("Sitzungssäle", "Sitzungssäle")
    assert len(roadmap.costs.expenses.cells[0].without) == 2
    assert any("von 2 Maßnahmen" in said for said in roadmap.costs.sentences)
    [problem] = [each for each in roadmap.problems if "heißen" in each.sentence]
    assert problem.measures == ("E1", "E2")
    assert problem.sentence.startswith("2 Maßnahmen heißen „Sitzungssäle“ (E1, E2).")


def test_rows_without_entries_are_open_in_every_year() -> None:
    lines = table_of("INV").lines
    assert [line.kind for line in lines] == [ONCE, RUNNING]
    assert all(line.expected for line in lines)
    assert [cell.year for cell in lines[0].cells] == list(YEARS)
    assert {cell.text for line in lines for cell in line.cells} == {"noch nicht beziffert"}


def test_no_costs_according_to_the_catalogue_is_said_not_left_blank() -> None:
    roadmap = roadmap_of("FREE")
    assert roadmap.rows[0].cost_note == NO_COSTS
    assert roadmap.costs.without_costs == ("Titel FREE",)
    assert roadmap.costs.sentences == (
        "Ohne Kosten nach Katalog und ohne eigene Angabe: „Titel FREE“.",
    )
    stated = roadmap_of(PlannedMeasure(id="FREE", costs=(row(ONCE, every(0)),)))
    assert stated.rows[0].cost_note == ""
    assert stated.costs.without_costs == ()
    assert {cell.text for cell in stated.costs.lines[0].cells} == {"0,00\u00a0€"}
    assert not stated.costs.lines[0].expected


def test_totals_by_hand() -> None:
    # 2027: 1000,50 + 200 once; running 300 known, the other open.
    table = table_of(
        PlannedMeasure(id="ONCE", costs=(row(ONCE, {2027: "1000.50", 2028: 0}),)),
        PlannedMeasure(id="BOTH", costs=(row(ONCE, every(200)), row(RUNNING, every(300)))),
        "RUN",
    )
    once, running = table.totals
    assert (once.kind, running.kind) == (ONCE, RUNNING)
    assert [cell.amount for cell in once.cells] == [
        Decimal("1200.50"),
        Decimal(200),
        Decimal(200),
        Decimal(200),
    ]
    assert [cell.without for cell in once.cells] == [(), (), ("Titel ONCE",), ("Titel ONCE",)]
    assert once.cells[0].text == "1.200,50\u00a0€"
    assert once.cells[2].text == "mindestens 200,00\u00a0€"
    assert running.cells[0].without == ("Titel RUN",)
    assert table.expenses.cells[0].amount == Decimal("1500.50")
    assert table.unquantified == ("Titel ONCE", "Titel RUN")
    assert table.sentences[0] == (
        "Nicht in den Summen, weil noch nicht beziffert: Beträge von 2 Maßnahmen "
        "(„Titel ONCE“ und „Titel RUN“)."
    )


def test_a_total_of_nothing_known_is_no_zero() -> None:
    assert table_of("ONCE").totals[0].cells[0].text == "noch nicht beziffert"


def test_own_share_only_where_costs_and_income_are_known() -> None:
    costs = (row(ONCE, {2027: 1000, 2028: 500, 2029: 100}), row(INCOME, {2027: 400, 2028: None}))
    table = table_of(PlannedMeasure(id="ONCE", costs=costs))
    first, second, third, fourth = table.own_share
    assert (first.amount, first.text) == (Decimal(600), "600,00\u00a0€")
    assert (second.amount, second.text) == (None, "noch nicht bestimmbar")
    assert second.reason.startswith("Erträge und Zuwendungen noch nicht beziffert")
    assert third.amount is None
    assert fourth.reason == "Aufwendungen noch nicht beziffert: „Titel ONCE“."
    assert table.income is not None
    assert table.income.cells[0].amount == Decimal(400)
    assert table.expenses.cells[0].amount == Decimal(1000)


@pytest.mark.parametrize(
    ("income", "text"),
    [
        (400, "mindestens 600,00\u00a0€"),
        (1000, "noch nicht bestimmbar"),
        (1500, "noch nicht bestimmbar"),
    ],
)
def test_open_expenses_leave_a_lower_bound_of_the_own_share(income: int, text: str) -> None:
    """1.000 € are known, another measure's expenses aren't; all income is."""
    known = PlannedMeasure(id="ONCE", costs=(row(ONCE, every(1000)), row(INCOME, every(income))))
    share = table_of(known, PlannedMeasure(id="RUN")).own_share[0]
    assert share.text == text
    assert share.reason == "Aufwendungen noch nicht beziffert: „Titel RUN“."


def test_open_income_leaves_no_bound_of_the_own_share() -> None:
    known = PlannedMeasure(id="ONCE", costs=(row(ONCE, every(1000)), row(INCOME, every(400))))
    other = PlannedMeasure(id="RUN", costs=(row(INCOME, {2027: None}),))
    assert table_of(known, other).own_share[0].text == "noch nicht bestimmbar"


def test_income_nobody_mentioned_is_unknown_not_zero() -> None:
    table = table_of(PlannedMeasure(id="ONCE", costs=(row(ONCE, every(5)),)))
    assert table.income is None
    assert table.own_share[0].amount is None
    assert "bitte 0 eintragen" in table.own_share[0].reason
    assert table_of("FREE").own_share[0].reason == "Es gibt noch keine Kostenzeile."


def test_more_income_than_costs_is_shown_with_a_minus() -> None:
    table = table_of(
        PlannedMeasure(id="ONCE", costs=(row(ONCE, every(100)), row(INCOME, every(150))))
    )
    assert table.own_share[0].text == "−50,00\u00a0€"


def test_put_back_measures_are_named_and_not_added() -> None:
    back = PlannedMeasure(id="RUN", status=Status.DEFERRED, costs=(row(RUNNING, every(9)),))
    table = table_of(PlannedMeasure(id="ONCE", costs=(row(ONCE, every(1)),)), back)
    assert [line.measure for line in table.lines] == ["ONCE"]
    assert table.sentences == (
        "Nicht in den Summen, weil zurückgestellt oder entfallen: „Titel RUN“.",
    )


def test_years_reach_from_the_begin_to_the_last_end_and_hold_stated_ones() -> None:
    long = PlannedMeasure(
        id="ONCE", start=date(2028, 1, 1), end=date(2032, 6, 30), costs=(row(ONCE, {2035: 1}),)
    )
    assert table_of(long).years == (2027, 2028, 2029, 2030, 2031, 2032, 2035)


def test_euro_texts() -> None:
    assert euro_text(Decimal("1234567.8")) == "1.234.567,80\u00a0€"
    assert euro_text(None) == "noch nicht beziffert"
    assert quoted(["A"]) == "„A“"
    assert quoted(["A", "B", "C"]) == "„A“, „B“ und „C“"
    assert quoted([]) == ""


ANY = catalogue(
    *(
        measure(name, cost_kind=kind)
        for name, kind in zip(IDS, [k.value for k in CostKind] * 3, strict=False)
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(st.sampled_from([*IDS, "E1"])))
def test_every_cell_is_a_number_or_open_and_totals_are_exact(plan: MunicipalityPlan) -> None:
    roadmap = schedule(plan, ANY)
    table = roadmap.costs
    for line in table.lines:
        assert tuple(cell.year for cell in line.cells) == table.years
        stated = plan.by_id[line.measure].cost_row(line.kind)
        for cell in line.cells:
            assert cell.amount == (stated.amounts.get(cell.year) if stated else None)
            assert cell.text
    for total in (*table.totals, table.expenses):
        for number, cell in enumerate(total.cells):
            lines = [
                line
                for line in table.lines
                if line.kind in EXPENSES and total.kind in (None, line.kind)
            ]
            amounts = [line.cells[number].amount for line in lines]
            assert cell.amount == sum((a for a in amounts if a is not None), Decimal(0))
            assert cell.known == sum(a is not None for a in amounts)
            assert set(cell.without) == {
                line.title for line in lines if line.cells[number].amount is None
            }
    for number, share in enumerate(table.own_share):
        if share.amount is not None:
            cost = table.expenses.cells[number]
            assert table.income is not None
            assert not table.income.cells[number].without
            assert share.amount == cost.amount - table.income.cells[number].amount
            assert share.at_least == bool(cost.without)
            assert not share.at_least or share.amount > 0
        else:
            assert share.reason
    assert all(row.costs or row.cost_note for row in roadmap.rows)
