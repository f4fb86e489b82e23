"""Settings of a Vorlage, budget, programmes and posts: edited, saved, read, refused by line."""

from datetime import date
from decimal import Decimal

import pytest
from small_catalogue import catalogue, measure

from assessment.measures.costs import cost_table, costing_of, table_years
from assessment.measures.paper_editing import (
    add_consultation,
    move_consultation,
    remove_consultation,
    set_budget,
    set_consultation,
    set_effect,
    set_funding,
    set_heading,
    set_later,
    set_paper,
    set_paper_text,
    set_posts,
)
from assessment.measures.paper_types import (
    Budgeted,
    BudgetNote,
    ConsultationRole,
    Funding,
    Outcome,
    Preset,
    SectionId,
)
from assessment.measures.plan_editing import fill_with_zero, set_cost
from assessment.measures.plan_file import plan_to_yaml, read_plan
from assessment.measures.plan_types import (
    SCHEMA,
    CostBasis,
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
)
from assessment.measures.roadmap_types import posts_text
from assessment.remarks import InputRefused

ONCE, RUNNING, STAFF, INCOME = CostRowKind
KNOWN = catalogue(measure("A", cost_kind="einmalig"), measure("B", cost_kind="laufend"))
PLAN = MunicipalityPlan(
    municipality="03101000",
    name="Musterstadt",
    begins=date(2027, 1, 1),
    measures=(PlannedMeasure(id="A"), PlannedMeasure(id="B")),
)
HEAD = "municipality: '03101000'\nname: Musterstadt\n"


def table_of(plan: MunicipalityPlan):
    years = table_years(plan.measures, 2027, None)
    return cost_table([costing_of(each, KNOWN) for each in plan.measures], years)


def refusal(text: str) -> str:
    with pytest.raises(InputRefused) as caught:
        read_plan(text.encode(), "plan.yaml")
    return str(caught.value)


def test_settings_of_a_paper_change_one_by_one() -> None:
    plan = set_paper(PLAN, preset=Preset.FACTS_FIRST, lead=" Hauptamt ")
    plan = set_paper(plan, subject="Digitalisierung")
    assert (plan.paper.preset, plan.paper.lead) == (Preset.FACTS_FIRST, "Hauptamt")
    assert plan.paper.subject == "Digitalisierung"
    assert PLAN.paper.subject == ""


def test_own_texts_and_headings_go_with_a_blank() -> None:
    plan = set_paper_text(PLAN, "sachverhalt", "Eigener Text.\nZweite Zeile.")
    plan = set_heading(plan, SectionId.FACTS, "Tatbestand")
    plan = set_effect(plan, "Inklusion", "Dokumente werden barrierefrei.")
    assert plan.paper.texts == {SectionId.FACTS: "Eigener Text.\nZweite Zeile."}
    assert plan.paper.headings == {SectionId.FACTS: "Tatbestand"}
    plan = set_effect(set_heading(set_paper_text(plan, "sachverhalt", " "), "sachverhalt", ""),
                      "Inklusion", "")  # fmt: skip
    assert plan == PLAN


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(InputRefused, match="Vorlage"):
        set_paper_text(PLAN, "sachferhalt", "Text")


def test_the_beratungsfolge_is_added_to_moved_and_shortened() -> None:
    plan = add_consultation(PLAN, body="Hauptausschuss", role=ConsultationRole.PRELIMINARY)
    plan = add_consultation(plan, body="Rat", role=ConsultationRole.DECISION)
    plan = set_consultation(plan, 1, day=date(2027, 3, 12), outcome=Outcome.UNCHANGED)
    assert [line.body for line in plan.paper.consultations] == ["Hauptausschuss", "Rat"]
    assert plan.paper.consultations[1].day == date(2027, 3, 12)
    assert plan.paper.consultations[1].role is ConsultationRole.DECISION
    moved = move_consultation(plan, 1, -1)
    assert [line.body for line in moved.paper.consultations] == ["Rat", "Hauptausschuss"]
    assert move_consultation(moved, 0, -1) == moved
    assert [c.body for c in remove_consultation(moved, 0).paper.consultations] == ["Hauptausschuss"]
    with pytest.raises(InputRefused, match="gibt es nicht mehr"):
        set_consultation(plan, 2, body="Kreistag")
    with pytest.raises(InputRefused, match="Gremium: Die Angabe fehlt"):
        add_consultation(plan, day=date(2027, 1, 1))


def test_budget_programme_and_posts_leave_amounts_alone() -> None:
    plan = set_cost(PLAN, "A", INCOME, 2027, 5000, basis=CostBasis.OFFER)
    plan = set_funding(plan, "A", programme="Land digital", quota="80")
    plan = set_funding(plan, "A", checked=date(2026, 10, 1))
    plan = set_budget(plan, "A", product="1.11", budgeted=Budgeted.PARTLY)
    plan = set_budget(plan, "A", account="5431000")
    row = plan.by_id["A"].cost_row(INCOME)
    assert row is not None
    assert row.amounts == {2027: Decimal("5000.00")}
    assert row.funding == Funding(
        programme="Land digital", quota=Decimal(80), checked=date(2026, 10, 1)
    )
    assert plan.by_id["A"].budget == BudgetNote(
        product="1.11", account="5431000", budgeted=Budgeted.PARTLY
    )


def test_an_amount_or_a_zero_keeps_what_else_the_row_says() -> None:
    plan = set_posts(PLAN, "A", 2027, "0.5")
    plan = set_later(plan, "A", STAFF, 32000, basis=CostBasis.EXPERIENCE)
    plan = set_cost(plan, "A", STAFF, 2027, 32000)
    plan = fill_with_zero(plan, "A", STAFF, [2028])
    row = plan.by_id["A"].cost_row(STAFF)
    assert row is not None
    assert row.posts == {2027: Decimal("0.5")}
    assert row.later == Decimal(32000)
    assert row.basis is CostBasis.EXPERIENCE
    assert row.amounts == {2027: Decimal(32000), 2028: Decimal(0)}
    assert set_posts(plan, "A", 2027, None).by_id["A"].cost_row(STAFF).posts == {}  # pyright: ignore[reportOptionalMemberAccess]


def test_zero_for_the_folgejahre_only_where_it_is_asked_for() -> None:
    without = fill_with_zero(PLAN, "A", ONCE, [2027]).by_id["A"].cost_row(ONCE)
    with_later = fill_with_zero(PLAN, "A", ONCE, [2027], later=True).by_id["A"].cost_row(ONCE)
    assert without is not None
    assert without.later is None
    assert with_later is not None
    assert with_later.later == 0


def test_posts_belong_to_staff_and_programmes_to_income() -> None:
    with pytest.raises(InputRefused, match="gehört der Name des Programms"):
        set_funding(PLAN, "A", quota=50)
    with pytest.raises(InputRefused, match="zwischen 0 und 100"):
        set_funding(PLAN, "A", programme="x", quota=101)
    with pytest.raises(InputRefused, match="zwischen 0 und 1"):
        set_posts(PLAN, "A", 2027, "-1")
    with pytest.raises(InputRefused, match="steht nicht im Plan"):
        set_budget(PLAN, "Z", product="1")


def test_folgejahre_and_posts_are_added_up_and_name_what_is_missing() -> None:
    # Running: A adds 100 a year later, B says nothing; posts: 0,5 in 2027 from B alone.
    plan = set_later(PLAN, "A", RUNNING, "100.50", basis=CostBasis.ESTIMATE)
    plan = set_cost(plan, "A", RUNNING, 2027, 200)
    plan = set_posts(plan, "B", 2027, "0.5")
    plan = set_posts(plan, "B", None, 0)
    table = table_of(plan)
    running = next(line for line in table.totals if line.kind is RUNNING)
    assert (running.later.amount, running.later.known) == (Decimal("100.50"), 1)
    assert running.later.without == ("Titel B",)
    assert running.later.year is None
    assert [cell.year for cell in table.posts] == [2027, 2028, 2029, 2030, None]
    assert [cell.posts for cell in table.posts] == [Decimal("0.5"), 0, 0, 0, 0]
    assert [cell.known for cell in table.posts] == [1, 0, 0, 0, 1]
    assert table.posts[1].without == ("Titel B",)
    assert table.later_own_share.amount is None
    assert table_of(PLAN).posts == ()


def test_the_own_share_of_the_folgejahre_by_hand() -> None:
    plan = MunicipalityPlan(municipality="1", name="x", measures=(PlannedMeasure(id="B"),))
    for year in (2027, 2028, 2029, 2030):
        plan = set_cost(plan, "B", RUNNING, year, 300, basis=CostBasis.OFFER)
        plan = set_cost(plan, "B", INCOME, year, 100, basis=CostBasis.OFFER)
    plan = set_later(set_later(plan, "B", RUNNING, 250), "B", INCOME, 50)
    table = table_of(plan)
    assert [cell.amount for cell in table.own_share] == [200] * 4
    assert table.later_own_share.amount == 200


@pytest.mark.parametrize(
    ("posts", "text"),
    [("0.5", "0,5\u00a0VZÄ"), ("10", "10\u00a0VZÄ"), ("1.25", "1,25\u00a0VZÄ"),
     ("0", "0\u00a0VZÄ"), ("1E+1", "10\u00a0VZÄ")],
)  # fmt: skip
def test_posts_in_words(posts: str, text: str) -> None:
    assert posts_text(Decimal(posts)) == text
    assert posts_text(None) == "noch nicht beziffert"


def test_a_plan_of_schema_1_is_read_as_it_is_and_written_in_the_present_schema() -> None:
    old = (
        "schema_version: 1\n"
        + HEAD
        + "begins: 2027-01-01\n"
        + "measures:\n"
        + "  - id: A\n"
        + "    costs:\n"
        + "      - kind: Personal\n"
        + "        amounts: {'2027': '100.00', '2028': null}\n"
        + "        basis: Schätzung\n"
    )
    plan = read_plan(old.encode(), "plan.yaml")
    expected = MunicipalityPlan(
        municipality="03101000",
        name="Musterstadt",
        begins=date(2027, 1, 1),
        measures=(
            PlannedMeasure.model_validate(
                {"id": "A", "costs": [{"kind": "Personal", "basis": "Schätzung",
                                       "amounts": {2027: "100.00", 2028: None}}]}
            ),
        ),
    )  # fmt: skip
    assert plan == expected
    written = plan_to_yaml(plan)
    assert f"schema_version: {SCHEMA}\n" in written
    assert read_plan(written.encode(), "plan.yaml") == plan


@pytest.mark.parametrize(
    ("lines", "line", "place"),
    [
        ("paper:\n  preset: zuerst\n", 4, "Vorlage, Reihenfolge"),
        ("paper:\n  consultations:\n    - body: Rat\n      day: 31.02.2027\n", 6,
         "Vorlage, Beratungsfolge, Eintrag 1, Datum"),
        ("paper:\n  consultations:\n    - body: Rat\n      vote: {yes: -1}\n", 6,
         "Vorlage, Beratungsfolge, Eintrag 1, Abstimmung, Ja-Stimmen"),
        ("paper:\n  texts:\n    tatbestand: Text\n", 5, "Vorlage, eigene Texte, „tatbestand“"),
        ("paper:\n  editorial_days: 200\n", 4, "Vorlage, Tage bis zum Redaktionsschluss"),
        ("measures:\n  - id: A\n    costs:\n      - kind: Personal\n        posts: {2027: viel}\n",
         7, "Maßnahme A, Kosten „Personal“, Stellen (VZÄ), Jahr 2027"),
        ("measures:\n  - id: A\n    costs:\n      - kind: Personal\n        posts: {2027: 1}\n"
         "      - kind: Laufende Sachaufwendungen\n        posts: {2027: 1}\n", 8,
         "Maßnahme A, Kosten „Laufende Sachaufwendungen“"),
        ("measures:\n  - id: A\n    budget: {budgeted: vielleicht}\n", 5,
         "Maßnahme A, Haushalt, veranschlagt"),
    ],
)  # fmt: skip
def test_errors_in_new_fields_name_line_and_place(lines: str, line: int, place: str) -> None:
    said = refusal(HEAD + lines)
    assert said.startswith(f"plan.yaml, Zeile {line}, {place}: "), said
