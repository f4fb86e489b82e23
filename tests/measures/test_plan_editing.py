"""Editing gives a new, valid plan and leaves the old one as it was."""

from datetime import date
from decimal import Decimal

import pytest
from small_catalogue import catalogue, measure

from assessment.measures.model import CostKind, Horizon
from assessment.measures.plan_editing import (
    add_measure,
    add_own_measure,
    add_with_prerequisites,
    change_measure,
    change_plan,
    fill_with_zero,
    missing_prerequisites,
    remove_cost_row,
    remove_measure,
    reorder,
    set_cost,
    set_cost_row,
    set_strategy,
    set_target,
    target_warning,
)
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    Decision,
    DecisionState,
    MunicipalityPlan,
    Status,
    StrategyFrame,
)
from assessment.remarks import InputRefused

KNOWN = catalogue(
    measure("A"), measure("B", requires=("A",)), measure("C", requires=("B",)), measure("E1")
)
EMPTY = MunicipalityPlan(municipality="1", name="x")
STAFF = CostRowKind.STAFF


def plan_with(*names: str) -> MunicipalityPlan:
    plan = EMPTY
    for name in names:
        plan = add_measure(plan, KNOWN, name)
    return plan


def ids(plan: MunicipalityPlan) -> list[str]:
    return [planned.id for planned in plan.measures]


def test_adding_proposes_the_unit_and_happens_once() -> None:
    plan = add_measure(EMPTY, KNOWN, "B")
    assert plan.measures[0].owner == "Hauptamt"
    assert plan.measures[0].status is Status.PROPOSED
    assert EMPTY.measures == ()
    assert add_measure(plan, KNOWN, "B") is plan
    with pytest.raises(InputRefused, match="steht nicht im Katalog „Probe“"):
        add_measure(plan, KNOWN, "Z")


def test_own_measures_get_free_ids() -> None:
    plan = add_own_measure(EMPTY, "Eigene", catalogue=KNOWN, effort=3, horizon=Horizon.LONG)
    plan = add_own_measure(plan, "Zweite\x00", cost_kind=CostKind.ONCE)
    # E1 is taken by the catalogue for the first; the second is free to take it.
    assert ids(plan) == ["E2", "E1"]
    assert plan.by_id["E1"].own_title == "Zweite"
    assert plan.by_id["E2"].own_effort == 3
    with pytest.raises(InputRefused, match="braucht einen Titel"):
        add_own_measure(EMPTY, "  ")
    with pytest.raises(InputRefused, match="eigener Aufwand"):
        add_own_measure(EMPTY, "x", effort=6)


def test_removing_says_who_loses_a_prerequisite() -> None:
    removal = remove_measure(plan_with("A", "B", "C"), "B", KNOWN)
    assert ids(removal.plan) == ["A", "C"]
    assert removal.losing == ("C",)
    assert removal.sentence == "Ohne „Titel B“ verliert „Titel C“ eine Voraussetzung."
    assert remove_measure(plan_with("A", "C"), "C", KNOWN).sentence == ""
    two = change_measure(plan_with("A", "B", "C"), "C", requires=("A",))
    assert remove_measure(two, "A", KNOWN).sentence.startswith("Ohne „Titel A“ verlieren „Titel B“")
    with pytest.raises(InputRefused, match="steht nicht im Plan"):
        remove_measure(EMPTY, "A", KNOWN)


def test_removing_what_is_done_takes_nothing_away() -> None:
    plan = change_measure(plan_with("A", "B"), "A", status=Status.DONE)
    assert remove_measure(plan, "A", KNOWN).losing == ()


def test_changing_fields() -> None:
    plan = change_measure(
        plan_with("A", "B"),
        "A",
        owner="Amt für Schule",
        start="2027-02-01",
        status="läuft",
        decision=Decision(state=DecisionState.DECIDED, day=date(2027, 1, 15)),
    )
    assert plan.by_id["A"].start == date(2027, 2, 1)
    assert plan.by_id["A"].status is Status.RUNNING
    assert plan.by_id["B"].owner == "Hauptamt"
    for fields, hint in (
        ({"status": "fertig"}, "Maßnahme A, Stand: „fertig“"),
        ({"start": "bald"}, "Maßnahme A, Beginn"),
        ({"color": 1}, "Das Feld „color“"),
        ({"requires": ("A",)}, "nicht selbst voraussetzen"),
    ):
        with pytest.raises(InputRefused, match=hint) as caught:
            change_measure(plan, "A", **fields)
        assert caught.value.code == "PLAN_INVALID"


def test_start_and_end_may_be_edited_one_after_the_other() -> None:
    plan = change_measure(plan_with("A"), "A", start=date(2027, 1, 1), end=date(2027, 6, 30))
    plan = change_measure(plan, "A", start=date(2028, 1, 1))
    assert change_measure(plan, "A", end=date(2028, 6, 30)).by_id["A"].end == date(2028, 6, 30)


def test_targets() -> None:
    plan = set_target(set_target(EMPTY, "HF01", 3), "HF02", 4)
    assert plan.targets == {"HF01": 3, "HF02": 4}
    assert set_target(plan, "HF01", None).targets == {"HF02": 4}
    with pytest.raises(InputRefused, match="Ziel HF01"):
        set_target(plan, "HF01", 5)
    assert target_warning(plan.targets) == ""
    assert target_warning({"HF01": 4, "HF02": 4}).startswith("Alle 2 Ziele stehen auf Stufe 4.")
    assert target_warning({}) == ""


def test_costs_are_entered_year_by_year() -> None:
    plan = plan_with("A")
    with pytest.raises(InputRefused, match="Grundlage"):
        set_cost(plan, "A", STAFF, 2027, 100)
    # That it costs nothing rests on nothing.
    free = set_cost(plan, "A", STAFF, 2027, 0).by_id["A"].cost_row(STAFF)
    assert free is not None
    assert (free.amounts, free.basis) == ({2027: 0}, None)
    plan = set_cost(plan, "A", STAFF, 2027, "100.5", basis=CostBasis.OFFER, note="Stelle")
    plan = set_cost(plan, "A", STAFF, 2028, None)
    row = plan.by_id["A"].cost_row(STAFF)
    assert row is not None
    assert row.amounts == {2027: Decimal("100.50"), 2028: None}
    assert (row.basis, row.note) == (CostBasis.OFFER, "Stelle")
    plan = fill_with_zero(plan, "A", STAFF, (2027, 2028, 2029))
    row = plan.by_id["A"].cost_row(STAFF)
    assert row is not None
    assert list(row.amounts.values()) == [Decimal("100.50"), Decimal(0), Decimal(0)]
    assert row.basis is CostBasis.OFFER
    once = CostRow(kind=CostRowKind.ONCE, amounts={2027: Decimal(5)}, basis=CostBasis.ESTIMATE)
    plan = set_cost_row(plan, "A", once)
    assert [r.kind for r in plan.by_id["A"].costs] == [CostRowKind.ONCE, STAFF]
    assert remove_cost_row(plan, "A", STAFF).by_id["A"].costs == (once,)
    with pytest.raises(InputRefused, match="Maßnahme A, Kosten „Personal“, Jahr 2027"):
        set_cost(plan, "A", STAFF, 2027, -1)
    with pytest.raises(InputRefused, match="Jahr 1990"):
        set_cost(plan, "A", STAFF, 1990, 1)


def test_zero_may_be_the_first_statement() -> None:
    plan = fill_with_zero(plan_with("A"), "A", CostRowKind.ONCE, [2027])
    assert plan.by_id["A"].costs[0].basis is CostBasis.ESTIMATE


def test_order_follows_the_names_given() -> None:
    assert ids(reorder(plan_with("A", "B", "C"), ["C", "Z", "C"])) == ["C", "A", "B"]


def test_missing_prerequisites_come_in_buildable_order() -> None:
    assert missing_prerequisites(plan_with("C"), KNOWN) == ("A", "B")
    assert missing_prerequisites(plan_with("C"), KNOWN, done=["B"]) == ()
    assert missing_prerequisites(plan_with("B", "C"), KNOWN) == ("A",)
    back = change_measure(plan_with("A", "B"), "A", status=Status.DEFERRED)
    assert missing_prerequisites(back, KNOWN) == ("A",)


def test_adding_with_prerequisites() -> None:
    assert ids(add_with_prerequisites(EMPTY, KNOWN, "C")) == ["A", "B", "C"]
    assert ids(add_with_prerequisites(EMPTY, KNOWN, "C", done=["A"])) == ["B", "C"]
    assert ids(add_with_prerequisites(plan_with("A"), KNOWN, "B")) == ["A", "B"]


def test_plan_and_strategy_fields() -> None:
    plan = set_strategy(change_plan(EMPTY, begins="2027-01-01"), StrategyFrame(vision=("Ziel",)))
    assert plan.begins == date(2027, 1, 1)
    assert plan.strategy.vision == ("Ziel",)
    with pytest.raises(InputRefused, match="Beginn der Roadmap"):
        change_plan(EMPTY, begins="x")
