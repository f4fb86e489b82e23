"""The schedule: prerequisites first, given dates kept where they may be, everything else named."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_catalogue import IDS, catalogue, catalogues, measure

from assessment.measures.model import Catalogue, Horizon
from assessment.measures.periods import (
    add_months,
    durations,
    end_after,
    period_text,
    quarter,
    start_before,
)
from assessment.measures.plan_types import (
    Decision,
    DecisionState,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)
from assessment.measures.prerequisites import fulfilled, to_wait_for
from assessment.measures.roadmap import schedule
from assessment.measures.roadmap_types import NO_RANKING, PrerequisiteState, Roadmap

BEGINS = date(2027, 1, 1)
CHAIN = catalogue(
    measure("A"), measure("B", requires=("A",), horizon="mittel"), measure("C", requires=("B",))
)


def plan_of(*measures: PlannedMeasure | str, **fields: Any) -> MunicipalityPlan:
    planned = tuple(PlannedMeasure(id=m) if isinstance(m, str) else m for m in measures)
    return MunicipalityPlan(
        municipality="1", name="x", measures=planned, **({"begins": BEGINS} | fields)
    )


def said(roadmap: Roadmap) -> str:
    return " ".join(problem.sentence for problem in roadmap.problems)


def test_durations_lie_within_the_spans_of_the_catalogue() -> None:
    months = durations().months
    assert months[Horizon.SHORT] <= 12 < months[Horizon.MEDIUM] <= 36 < months[Horizon.LONG]


def test_months_quarters_and_periods() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2027, 11, 15), 14) == date(2029, 1, 15)
    assert add_months(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert end_after(date(2027, 1, 1), 9) == date(2027, 9, 30)
    assert start_before(date(2027, 9, 30), 9) == date(2027, 1, 1)
    assert [quarter(date(2026, m, 1)) for m in (1, 3, 4, 12)] == [
        "1. Quartal 2026",
        "1. Quartal 2026",
        "2. Quartal 2026",
        "4. Quartal 2026",
    ]
    assert period_text(date(2027, 1, 1), date(2027, 9, 30)) == "1. bis 3. Quartal 2027"
    assert period_text(date(2027, 1, 1), date(2027, 2, 1)) == "1. Quartal 2027"
    assert period_text(None, None) == "noch nicht terminiert"
    assert period_text(date(2027, 1, 1), None) == "ab 1. Quartal 2027"
    assert period_text(None, date(2027, 1, 1)) == "bis 1. Quartal 2027"


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60), st.integers(0, 400))
def test_a_later_start_never_ends_earlier(start: date, months: int, days: int) -> None:
    assert end_after(start, months) <= end_after(start + timedelta(days=days), months)


def test_a_chain_is_placed_one_after_the_other() -> None:
    # A: 9 months, B: 24 months, C: 9 months.
    roadmap = schedule(plan_of("C", "A", "B"), CHAIN, names={"HF01": "Bildung"})
    rows = roadmap.by_id
    assert (rows["A"].start, rows["A"].end) == (date(2027, 1, 1), date(2027, 9, 30))
    assert (rows["B"].start, rows["B"].end) == (date(2027, 10, 1), date(2029, 9, 30))
    assert (rows["C"].start, rows["C"].end) == (date(2029, 10, 1), date(2030, 6, 30))
    assert [row.id for row in roadmap.rows] == ["C", "A", "B"]
    assert [row.number for row in roadmap.rows] == [1, 2, 3]
    assert rows["C"].period == "4. Quartal 2029 bis 2. Quartal 2030"
    assert rows["C"].field == "Bildung"
    assert not rows["C"].start_given
    assert roadmap.ends == date(2030, 6, 30)
    assert roadmap.no_ranking == NO_RANKING
    assert roadmap.problems == ()
    assert "9 Monaten" in roadmap.duration_note


def test_missing_prerequisites_are_named_and_looked_through() -> None:
    roadmap = schedule(plan_of("A", "C"), CHAIN)
    row = roadmap.by_id["C"]
    assert row.start == date(2027, 10, 1)
    assert [(p.id, p.state) for p in row.missing] == [("B", PrerequisiteState.MISSING)]
    assert "„Titel C“ setzt „Titel B“ voraus" in said(roadmap)
    assert roadmap.problems[0].measures == ("C", "B")


def test_what_is_done_asks_for_nothing() -> None:
    assert schedule(plan_of("A", "C"), CHAIN, done={"B"}).by_id["C"].start == BEGINS
    finished = plan_of(PlannedMeasure(id="A", status=Status.DONE), "B")
    roadmap = schedule(finished, CHAIN)
    assert roadmap.by_id["B"].start == BEGINS
    assert roadmap.by_id["B"].prerequisites[0].state is PrerequisiteState.DONE
    assert roadmap.by_id["A"].start is None
    assert roadmap.problems == ()


def test_levels_fulfil_prerequisites_only_where_they_are_known() -> None:
    assert fulfilled(CHAIN, {"HF01": 1}) == frozenset()
    assert fulfilled(CHAIN, {"HF01": 2}) == {"A", "B", "C"}
    assert fulfilled(CHAIN, {"HF01": None}, ["C"]) == {"C"}


def test_a_measure_that_is_put_back_is_not_placed_and_not_a_prerequisite() -> None:
    back = plan_of(PlannedMeasure(id="A", status=Status.DEFERRED), "B")
    roadmap = schedule(back, CHAIN)
    assert roadmap.by_id["A"].period == "zurückgestellt"
    assert roadmap.by_id["A"].start is None
    assert roadmap.by_id["B"].start == BEGINS
    assert "ist zurückgestellt oder entfallen" in said(roadmap)


def test_a_date_before_the_prerequisites_is_moved_and_said() -> None:
    early = PlannedMeasure(id="B", start=date(2027, 3, 1), end=date(2027, 4, 30))
    roadmap = schedule(plan_of("A", early), CHAIN)
    row = roadmap.by_id["B"]
    assert (row.start, row.end) == (date(2027, 10, 1), date(2027, 11, 30))
    assert not row.start_given
    assert "Beginn (01.03.2027)" in row.moved
    assert "01.10.2027 verschoben" in said(roadmap)
    assert row.overridden == ""


def test_with_a_note_it_may_overtake() -> None:
    early = PlannedMeasure(id="B", start=date(2027, 3, 1), override_note="Förderfrist")
    roadmap = schedule(plan_of("A", early, "C"), CHAIN)
    row = roadmap.by_id["B"]
    assert (row.start, row.end) == (date(2027, 3, 1), date(2029, 2, 28))
    assert row.overridden == "vorgezogen: Förderfrist"
    assert row.moved == ""
    assert roadmap.by_id["C"].start == date(2029, 3, 1)
    assert roadmap.problems == ()


def test_a_note_that_is_not_needed_flags_nothing() -> None:
    fine = PlannedMeasure(id="B", start=date(2028, 1, 1), override_note="Förderfrist")
    assert schedule(plan_of("A", fine), CHAIN).by_id["B"].overridden == ""


@pytest.mark.parametrize(
    ("end", "start", "kept"),
    [
        (date(2030, 12, 31), date(2029, 1, 1), True),  # 24 months before the end
        (date(2028, 12, 31), date(2027, 10, 1), True),  # shorter, right after A
        (date(2027, 6, 30), date(2027, 10, 1), False),  # not possible: moved
    ],
)
def test_with_an_end_only_the_start_follows(end: date, start: date, kept: bool) -> None:
    row = schedule(plan_of("A", PlannedMeasure(id="B", end=end)), CHAIN).by_id["B"]
    assert row.start == start
    assert row.end_given is kept
    assert bool(row.moved) is not kept
    assert ("Das Ende (30.06.2027)" in row.moved) is not kept


def test_a_measure_may_take_one_day() -> None:
    day = date(2027, 10, 1)
    kept = schedule(plan_of("A", PlannedMeasure(id="B", start=day, end=day)), CHAIN).by_id["B"]
    assert (kept.start, kept.end, kept.moved) == (day, day, "")
    # The first possible day is also the last one.
    only = schedule(plan_of("A", PlannedMeasure(id="B", end=day)), CHAIN).by_id["B"]
    assert (only.start, only.end, only.moved) == (day, day, "")


def test_an_end_before_the_plan_begins_is_kept() -> None:
    early = schedule(plan_of(PlannedMeasure(id="A", end=date(2026, 12, 31))), CHAIN).by_id["A"]
    assert (early.start, early.end) == (date(2026, 4, 1), date(2026, 12, 31))


def test_an_end_before_the_start_is_named_and_the_usual_duration_taken() -> None:
    wrong = PlannedMeasure(id="A", start=date(2027, 5, 1), end=date(2027, 4, 1))
    roadmap = schedule(plan_of(wrong), CHAIN)
    assert roadmap.by_id["A"].end == date(2028, 1, 31)
    assert "Das Ende (01.04.2027) liegt vor dem Beginn (01.05.2027)" in said(roadmap)


def test_own_circles_are_named_and_left_out_of_the_schedule() -> None:
    circular = plan_of(PlannedMeasure(id="A", requires=("C",)), "B", "C")
    roadmap = schedule(circular, CHAIN)
    assert [roadmap.by_id[name].start for name in "ABC"] == [
        date(2027, 1, 1),
        date(2027, 10, 1),
        date(2029, 10, 1),
    ]
    assert roadmap.problems[0].measures == ("A", "B", "C")
    assert "„Titel A“, „Titel B“ und „Titel C“ setzen sich gegenseitig voraus" in said(roadmap)


def test_own_measures_may_build_on_the_catalogue_and_the_other_way_round() -> None:
    own = PlannedMeasure(
        id="E1", own_title="Glasfaser im Rathaus", own_horizon=Horizon.MEDIUM, requires=("A",)
    )
    roadmap = schedule(plan_of("A", own, PlannedMeasure(id="C", requires=("E1",))), CHAIN)
    row = roadmap.by_id["E1"]
    assert row.own
    assert row.field == "ohne Handlungsfeld"
    assert row.obligation is None
    assert (row.start, row.end) == (date(2027, 10, 1), date(2029, 9, 30))
    assert roadmap.by_id["C"].start == date(2029, 10, 1)


def test_what_the_catalogue_does_not_know_is_named() -> None:
    roadmap = schedule(plan_of("X9", catalogue_id="probe", catalogue_version="0"), CHAIN)
    assert "„X9“ steht nicht im Katalog „Probe“ (Version 1)" in said(roadmap)
    assert "Version 0) angelegt" in said(roadmap)
    assert roadmap.by_id["X9"].title == "X9"


def test_a_rejected_measure_in_the_plan_is_named() -> None:
    rejected = PlannedMeasure(id="A", decision=Decision(state=DecisionState.REJECTED))
    assert "„Titel A“ ist abgelehnt" in said(schedule(plan_of(rejected), CHAIN))


def test_without_a_begin_only_given_dates_lead() -> None:
    roadmap = schedule(
        plan_of(PlannedMeasure(id="A", start=date(2028, 1, 1)), "B", begins=None), CHAIN
    )
    assert roadmap.by_id["B"].start == date(2028, 10, 1)
    undated = schedule(plan_of("A", begins=None), CHAIN)
    assert undated.by_id["A"].period == "noch nicht terminiert"
    assert "Der Beginn der Roadmap fehlt" in said(undated)
    assert undated.costs.years == ()


def test_a_chain_behind_the_year_2100_is_named_instead_of_placed() -> None:
    late = PlannedMeasure(id="A", start=date(2100, 12, 1))
    roadmap = schedule(plan_of(late, "B"), CHAIN)
    assert roadmap.by_id["A"].start is None
    assert roadmap.by_id["B"].start is None
    assert said(roadmap).count("läge nach dem Jahr 2100") == 2
    assert "Der Beginn der Roadmap fehlt" not in said(roadmap)


def test_an_empty_plan_has_an_empty_roadmap() -> None:
    roadmap = schedule(plan_of(), CHAIN)
    assert roadmap.rows == ()
    assert roadmap.ends is None
    assert roadmap.costs.years == (2027, 2028, 2029, 2030)


plan_days = st.none() | st.dates(date(2026, 1, 1), date(2035, 1, 1))


@st.composite
def planned_with_catalogue(draw: st.DrawFn) -> tuple[MunicipalityPlan, Catalogue]:
    known = draw(catalogues())
    chosen = draw(st.lists(st.sampled_from([*known.by_id, "X1"]), unique=True))
    measures = [
        PlannedMeasure(
            id=name,
            start=draw(plan_days),
            end=draw(plan_days),
            override_note=draw(st.sampled_from(["", "", "Grund"])),
            status=draw(st.sampled_from([Status.PLANNED, Status.PLANNED, *Status])),
            requires=tuple(
                other
                for other in draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True))
                if other != name
            ),
        )
        for name in chosen
    ]
    return plan_of(*measures, begins=draw(plan_days)), known


@settings(deadline=None, max_examples=200)
@given(planned_with_catalogue(), st.sets(st.sampled_from(IDS), max_size=2))
def test_never_before_a_prerequisite_unless_there_is_a_note(
    case: tuple[MunicipalityPlan, Catalogue], done: set[str]
) -> None:
    plan, known = case
    roadmap = schedule(plan, known, done=done)
    assert [row.id for row in roadmap.rows] == [p.id for p in plan.measures]
    for row in roadmap.rows:
        if row.start and row.end and row.status is not Status.DONE and row.active:
            assert row.start <= row.end
            for before in row.prerequisites:
                if before.state is PrerequisiteState.IN_PLAN and before.end and not row.overridden:
                    assert row.start > before.end, (row.id, before.id)
        # A date that was not kept is always said, and one that was is shown as given.
        planned = plan.by_id[row.id]
        placed = row.active and row.status is not Status.DONE and row.start is not None
        if placed and planned.start and row.start != planned.start:
            assert row.moved
        if row.overridden:
            assert planned.override_note
            assert row.start_given or row.end_given
        assert not (row.moved and row.overridden)


def test_done_prerequisites_are_not_looked_through() -> None:
    graph = {"A": (), "B": ("A",), "C": ("B",)}
    assert to_wait_for(graph, ("A", "B", "C"), {"A", "C"}, {"B"}) == {"A": (), "C": ()}
    assert to_wait_for(graph, ("A", "B", "C"), {"A", "C"}, set()) == {"A": (), "C": ("A",)}
