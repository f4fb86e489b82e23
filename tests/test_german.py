from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import german


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234.5, 1, "1.234,5"),
        (-0.3, 1, "−0,3"),
        (-0.04, 1, "0,0"),
        (1_000_000, 0, "1.000.000"),
        (None, 0, "–"),
        (float("nan"), 1, "–"),
    ],
)
def test_numbers_are_written_the_german_way(value, decimals, expected):
    assert german.format_number(value, decimals) == expected


def test_differences_carry_their_sign():
    assert [german.format_signed(x) for x in (18, -21, 0.2)] == ["+18", "−21", "±0"]


def test_small_groups_are_counted_and_larger_ones_get_percent():
    assert german.count_of(4, 9) == "4 von 9"
    assert german.count_of(11, 25) == "44\u00a0%"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234", 1234.0),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567.0),
        ("1,234.5", 1234.5),
        ("12.5", 12.5),
        (",5", 0.5),
        ("24 310", 24310.0),
        ("−3", -3.0),
        ("'17", 17.0),
        ("1e3", 1000.0),
        ("12.5oo", None),
        ("inf", None),
        ("nan", None),
        ("1e999", None),
        ("1-2", None),
        ("3/4", None),
        ("", None),
    ],
)
def test_numbers_are_read_in_german_and_english(text, expected):
    assert german.parse_number(text) == expected


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_what_is_written_can_be_read_back(number, decimals):
    assert german.parse_number(german.format_number(number, decimals)) == number


@pytest.mark.parametrize("text", ["01.03.2026", "1.3.2026", "2026-03-01", "01.03.2026 14:05"])
def test_dates_are_read(text):
    assert german.parse_date(text) == date(2026, 3, 1)


def test_a_day_that_does_not_exist_is_no_date():
    assert german.parse_date("31.02.2026") is None


def test_spellings_of_the_same_answer_fold_together():
    assert german.fold("Weiß \u00a0NICHT ") == german.fold("weiss nicht")
    assert german.fold("Mu\u0308hle") == german.fold("Muehle") == "muehle"
