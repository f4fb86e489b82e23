"""The finance table of a Vorlage by hand, and what every one of its cells may say."""

import re
from datetime import date
from decimal import Decimal

import pytest
from any_money import plans_with_money
from council_plans import CREATED, full_plan, key_of
from hypothesis import HealthCheck, given, settings

from assessment.measures.model import CostKind
from assessment.measures.paper_editing import set_budget, set_funding, set_later, set_posts
from assessment.measures.paper_types import Budgeted
from assessment.measures.plan_editing import add_own_measure, set_cost
from assessment.measures.plan_types import CostBasis, CostRowKind, MunicipalityPlan, Status
from assessment.profiles.council.finance import finance_table, round_euro
from assessment.profiles.council.paper import council_paper
from assessment.profiles.council.paper_parts import TO_FILL, SectionId
from assessment.profiles.dossier import Dossier

ONCE, RUNNING, STAFF, INCOME = CostRowKind
OPEN = "noch nicht beziffert"
UNDETERMINED = "noch nicht bestimmbar"
CELL = re.compile(
    r"(mindestens )?−?\d{1,3}(\.\d{3})*,\d\d\u00a0€|(mindestens )?\d+(,\d+)?\u00a0VZÄ|"
    rf"{OPEN}|{UNDETERMINED}"
)


@pytest.fixture(scope="module")
def key(sample) -> str:
    return key_of(sample, "05", "stadt")


def euro(text: str) -> str:
    return f"{text}\u00a0€"


def two_measures(key: str) -> MunicipalityPlan:
    """E1 once and running, E2 running only; E1's running costs of 2029 on are open."""
    plan = MunicipalityPlan(municipality=key, name="Musterstadt", begins=date(2027, 1, 1))
    plan = add_own_measure(plan, "Sitzungsdienst", cost_kind=CostKind.BOTH)
    plan = add_own_measure(plan, "Schulnetz", cost_kind=CostKind.RUNNING)
    for year, amount in ((2027, "12500.50"), (2028, 0), (2029, 0), (2030, 0)):
        plan = set_cost(plan, "E1", ONCE, year, amount, basis=CostBasis.OFFER)
    for year, amount in ((2027, 1000), (2028, 1000)):
        plan = set_cost(plan, "E1", RUNNING, year, amount, basis=CostBasis.ESTIMATE)
    for year in (2027, 2028, 2029, 2030):
        plan = set_cost(plan, "E2", RUNNING, year, 200, basis=CostBasis.ESTIMATE, note="Vertrag")
        plan = set_cost(plan, "E2", STAFF, year, 32000, basis=CostBasis.EXPERIENCE)
        plan = set_posts(plan, "E2", year, "0.5")
        plan = set_cost(plan, "E2", INCOME, year, 5000 if year < 2029 else 0, basis=CostBasis.OFFER)
    plan = set_later(set_later(plan, "E1", ONCE, 0), "E2", RUNNING, 200)
    return set_later(set_later(plan, "E2", STAFF, 32000), "E2", INCOME, 0)


def test_rows_years_and_folgejahre_by_hand(sample, key: str) -> None:
    finance = finance_table(Dossier(sample, key, two_measures(key)), CREATED)
    assert finance.totals.columns == (
        "Zeile", "2027", "2028", "2029", "2030", "Folgejahre (je Jahr)",
    )  # fmt: skip
    # Running: E1 1.000 + E2 200; from 2029 on only E2 is known. Own share: 2027 12.500,50 +
    # 1.200 + 32.000 − 5.000, 2028 without the first; from 2029 on at least what is known.
    assert finance.totals.rows == (
        ("Einmalige Aufwendungen / Investition", euro("12.500,50"), *[euro("0,00")] * 4),
        ("Laufende Sachaufwendungen", euro("1.200,00"), euro("1.200,00"),
         *["mindestens " + euro("200,00")] * 3),
        ("Personal: Stellen (VZÄ)", *["0,5\u00a0VZÄ"] * 4, OPEN),
        ("Personal: Aufwendungen", *[euro("32.000,00")] * 5),
        ("Aufwendungen zusammen", euro("45.700,50"), euro("33.200,00"),
         *["mindestens " + euro("32.200,00")] * 3),
        ("Erträge, Zuwendungen", euro("5.000,00"), euro("5.000,00"), *[euro("0,00")] * 3),
        ("Eigenanteil", euro("40.700,50"), euro("28.200,00"),
         *["mindestens " + euro("32.200,00")] * 3),
    )  # fmt: skip
    assert finance.totals.notes == (
        "Nicht in den Summen, weil noch nicht beziffert: Beträge der Maßnahme „Sitzungsdienst“.",
        "Zu Personal ist bei einer Maßnahme nichts angegeben („Sitzungsdienst“).",
    )
    # 45.700,50 + 33.200 + 2 × 32.200 = 143.300,50.
    assert finance.sentence == (
        f"Beziffert sind von 2027 bis 2030 Aufwendungen von zusammen {euro('143.300,50')}. "
        "Bei einer Maßnahme ist noch nicht alles beziffert. "
        f"Den Aufwendungen stehen Erträge und Zuwendungen von {euro('10.000')} gegenüber. "
        f"Danach betragen die Aufwendungen mindestens {euro('32.200')} je Jahr."
    )


def test_every_amount_carries_its_basis(sample, key: str) -> None:
    finance = finance_table(Dossier(sample, key, two_measures(key)), CREATED)
    assert finance.details is not None
    rows = {row[0]: row[1:] for row in finance.details.rows}
    assert rows["Sitzungsdienst – einmalig"] == (
        euro("12.500,50"), *[euro("0,00")] * 4, "Angebot",
    )  # fmt: skip
    assert rows["Sitzungsdienst – laufend"] == (
        *[euro("1.000,00")] * 2, OPEN, OPEN, OPEN, "Schätzung",
    )  # fmt: skip
    assert rows["Schulnetz – laufend"][-1] == "Schätzung; Vertrag"
    assert rows["Schulnetz – Personal"][-1] == "Erfahrungswert"


def test_one_number_changed_changes_all_totals(sample, key: str) -> None:
    before = finance_table(Dossier(sample, key, two_measures(key)), CREATED)
    plan = set_cost(two_measures(key), "E1", ONCE, 2027, "13500.50")
    after = finance_table(Dossier(sample, key, plan), CREATED)
    changed = [
        (row[0], place)
        for row, old in zip(after.totals.rows, before.totals.rows, strict=True)
        for place, (cell, was) in enumerate(zip(row, old, strict=True))
        if cell != was
    ]
    assert changed == [
        ("Einmalige Aufwendungen / Investition", 1),
        ("Aufwendungen zusammen", 1),
        ("Eigenanteil", 1),
    ]
    assert euro("144.300,50") in after.sentence


def test_without_a_plan_everything_is_open_and_the_years_are_the_next_ones(
    sample, key: str
) -> None:
    finance = finance_table(Dossier(sample, key), CREATED)
    assert finance.totals.columns[1:5] == ("2027", "2028", "2029", "2030")
    *rows, share = finance.totals.rows
    assert {cell for row in rows for cell in row[1:]} == {OPEN}
    assert set(share[1:]) == {UNDETERMINED}
    assert [row[0] for row in finance.totals.rows] == [
        "Einmalige Aufwendungen / Investition",
        "Laufende Sachaufwendungen",
        "Personal: Stellen (VZÄ)",
        "Personal: Aufwendungen",
        "Erträge, Zuwendungen",
        "Eigenanteil",
    ]
    assert finance.details is None
    assert finance.budget is None


def test_a_known_zero_beside_an_unknown_amount_is_no_amount(sample, key: str) -> None:
    plan = MunicipalityPlan(municipality=key, name="x", begins=date(2027, 1, 1))
    plan = add_own_measure(plan, "Eins", cost_kind=CostKind.RUNNING)
    plan = add_own_measure(plan, "Zwei", cost_kind=CostKind.RUNNING)
    plan = set_cost(plan, "E1", RUNNING, 2027, 0)
    finance = finance_table(Dossier(sample, key, plan), CREATED)
    assert finance.totals.rows[0][1] == OPEN
    assert finance.sentence.startswith("Die Aufwendungen der Roadmap von 2027 bis 2030 sind noch")


def test_measures_put_back_are_in_no_sum(sample, key: str) -> None:
    plan = two_measures(key)
    first, second = plan.measures
    plan = plan.model_copy(
        update={"measures": (first.model_copy(update={"status": Status.DEFERRED}), second)}
    )
    finance = finance_table(Dossier(sample, key, plan), CREATED)
    assert "Einmalige Aufwendungen / Investition" not in [row[0] for row in finance.totals.rows]
    assert finance.ids == ("E2",)


def test_a_programme_is_named_with_its_day_and_never_promised(sample, key: str) -> None:
    plan = set_funding(two_measures(key), "E2", programme="Land digital", quota="62.5")
    [(measure, said)] = finance_table(Dossier(sample, key, plan), CREATED).funding
    assert measure == "E2"
    assert said == (
        f"Schulnetz: Programm „Land digital“, Förderquote 62,5\u00a0% (Stand {TO_FILL}). "
        "Eine Bewilligung ist damit nicht verbunden."
    )
    plan = set_funding(plan, "E2", checked=date(2026, 10, 1), quota=None)
    [(_, said)] = finance_table(Dossier(sample, key, plan), CREATED).funding
    assert "„Land digital“ (Stand 01.10.2026)." in said
    assert not re.search("verfügbar|bewilligt|gefördert|erhält", said)


def test_budget_questions_are_answered_or_marked(sample, key: str) -> None:
    plan = set_budget(
        two_measures(key), "E1", product="1.11", account="54", budgeted=Budgeted.NO,
        extraordinary=True, cover="Mehrerträge",
    )  # fmt: skip
    finance = finance_table(Dossier(sample, key, plan), CREATED)
    assert finance.budget is not None
    assert finance.budget.rows == (
        ("Sitzungsdienst", "1.11 / 54", "nein; über- oder außerplanmäßig", "Mehrerträge"),
        ("Schulnetz", f"{TO_FILL} / {TO_FILL}", TO_FILL, TO_FILL),
    )


def test_equal_posts_stand_together(sample, key: str) -> None:
    plan = set_posts(two_measures(key), "E2", 2030, 1)
    plan = set_posts(plan, "E2", None, "1.25")
    section = council_paper(Dossier(sample, key, plan), CREATED).section(SectionId.STAFF)
    assert section is not None
    assert section.statements[0].text == (
        "Die Maßnahmen sehen vor: 2027 bis 2029: je 0,5\u00a0VZÄ; 2030: 1\u00a0VZÄ; "
        "Folgejahre: 1,25\u00a0VZÄ."
    )


def test_no_posts_are_said_only_where_every_zero_is_written(sample, key: str) -> None:
    plan = full_plan(sample, key)
    section = council_paper(Dossier(sample, key, plan), CREATED).section(SectionId.STAFF)
    assert section is not None
    assert [said.text for said in section.statements] == [
        "Zusätzliche Stellen sind nicht vorgesehen."
    ]
    plan = set_posts(plan, plan.measures[0].id, 2028, None)
    section = council_paper(Dossier(sample, key, plan), CREATED).section(SectionId.STAFF)
    assert section is not None
    assert "nicht vorgesehen" not in section.statements[0].text


def test_round_amounts_in_running_text() -> None:
    assert round_euro(Decimal("12500.00")) == "12.500\u00a0€"
    assert round_euro(Decimal("12500.50")) == "12.500,50\u00a0€"


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plan=plans_with_money())
def test_every_cell_is_a_number_or_noch_nicht_beziffert(sample, plan: MunicipalityPlan) -> None:
    key = key_of(sample, "05", "stadt")
    finance = finance_table(Dossier(sample, key, plan), CREATED)
    width = len(finance.years) + 1
    for row in finance.totals.rows:
        assert len(row) == width + 1
        assert all(CELL.fullmatch(cell) for cell in row[1:]), row
    for row in finance.details.rows if finance.details else ():
        assert all(CELL.fullmatch(cell) for cell in row[1:-1]), row
        assert row[-1]
    # Whoever lacks an amount is named.
    named = " ".join(finance.totals.notes)
    assert all(f"„{title}“" in named for title in finance.unknown)
    assert bool(finance.unknown) == ("beziffert:" in named)
    # The sums by another way: straight from the plan.
    for number, year in enumerate(finance.years, 1):
        spent = [
            row.amounts.get(year)
            for planned in plan.measures
            if planned.active
            for row in planned.costs
            if row.kind is not INCOME
        ]
        known = sum((each for each in spent if each is not None), Decimal(0))
        cells = {row[0]: row[number] for row in finance.totals.rows}
        total = cells.get("Aufwendungen zusammen")
        if total is not None and total != OPEN:
            digits = re.sub(r"[^\d,]", "", total).replace(",", ".")
            assert Decimal(digits) == known
