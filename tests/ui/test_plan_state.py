"""Small parts behind the plan pages: quarters, filters, lines, years and amounts as people type."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.measures.plan_types import (
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)
from assessment.profiles.measure_text import MeasureText
from assessment.remarks import InputRefused
from assessment.ui.measure_filters import MeasureFilter, count_line
from assessment.ui.plan_state import KeptPlan, done_in, next_quarter, planned_in
from assessment.ui.roadmap_costs import _amount, _amount_text
from assessment.ui.strategy_frames import lines_of, year_of

TEXT = MeasureText(
    id="M1", title="T", description="D", dimension="HF01", field="Bildung", fields=(),
    obligation="pflicht", obligation_word="Pflicht", effort=3, effort_word="mittel",
    benefit_word="hoch", horizon="kurz", horizon_word="kurz", cost_word="", responsible="Hauptamt",
    involved=(), indicator="", climate="", legal=(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 22), date(2027, 1, 1)),
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_next_quarter_begins_after_the_day(day: date, following: date) -> None:
    assert next_quarter(day) == following


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_next_quarter_is_the_first_day_of_a_quarter_within_three_months(day: date) -> None:
    found = next_quarter(day)
    assert (found.day, found.month % 3) == (1, 1)
    assert 0 < (found - day).days <= 92


@pytest.mark.parametrize(
    ("chosen", "admitted"),
    [
        (MeasureFilter(), True),
        (MeasureFilter(fields=("HF01", "MF01")), True),
        (MeasureFilter(fields=("MF01",)), False),
        (MeasureFilter(obligations=("freiwillig",)), False),
        (MeasureFilter(most_effort=3), True),
        (MeasureFilter(most_effort=2), False),
        (MeasureFilter(horizons=("lang",)), False),
        (MeasureFilter(responsible=("Hauptamt",)), True),
        (MeasureFilter(fields=("HF01",), responsible=("IT",)), False),
    ],
)
def test_filters_combine(chosen: MeasureFilter, admitted: bool) -> None:
    assert chosen.admits(TEXT) is admitted


def test_counts_in_words() -> None:
    assert count_line(1, 1) == "1 Maßnahme passt zu den heutigen Stufen."
    assert count_line(4, 4) == "4 Maßnahmen passen zu den heutigen Stufen."
    assert count_line(2, 4) == "2 von 4 Maßnahmen."
    assert "Filter lösen" in count_line(0, 4)


def test_lines_and_years() -> None:
    assert lines_of(" eins \n\n zwei\r\n") == ("eins", "zwei")
    assert year_of(" 2035 ") == 2035
    assert year_of("") is None
    for wrong in ("bald", "1999", "2035,5", "20355"):
        with pytest.raises(InputRefused, match="kein Jahr"):
            year_of(wrong)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None),
        ("noch nicht beziffert", None),
        ("0", Decimal("0.0")),
        ("0,00 €", Decimal("0.0")),
        ("12.500,50", Decimal("12500.5")),
        ("12.500", Decimal("12500.0")),
        ("1234,567", Decimal("1234.57")),
    ],
)
def test_amounts_as_people_type_them(typed: str, amount: Decimal | None) -> None:
    assert _amount(typed, CostRowKind.ONCE, 2027) == amount


@pytest.mark.parametrize("typed", ["viel", "-5", "1e400"])
def test_what_is_no_amount_is_refused_with_its_place(typed: str) -> None:
    with pytest.raises(InputRefused, match="Investition, 2027"):
        _amount(typed, CostRowKind.ONCE, 2027)


@given(st.decimals(0, 10**8, places=2))
def test_shown_amounts_are_read_back(amount: Decimal) -> None:
    assert _amount(_amount_text(amount), CostRowKind.STAFF, 2030) == amount


def test_what_a_plan_means_to_do_and_whether_it_is_saved() -> None:
    plan = MunicipalityPlan(
        municipality="01000001",
        name="Musterstadt",
        measures=(
            PlannedMeasure(id="M1", status=Status.DONE),
            PlannedMeasure(id="M2"),
            PlannedMeasure(id="M3", status=Status.DROPPED),
        ),
    )
    assert done_in(plan) == ("M1",)
    assert planned_in(plan) == ("M1", "M2")
    assert KeptPlan(plan).unsaved
    assert not KeptPlan(plan, plan).unsaved
