from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.comparison.disclosure import OrderStatistics, order_statistics
from assessment.comparison.uncertainty import (
    above,
    below,
    clearly_above,
    median_margin,
    upper_quartile_margin,
)


def shown(n, low, median, high):
    return OrderStatistics(n, median, low, high)


def test_margins_by_hand():
    # 1.96 · 1.2533 / 1.349 = 1.8210; 1.96 · 1.3626 / 1.349 = 1.9798; IQR 25, n 25.
    peers = shown(25, 40, 50, 65)
    assert median_margin(peers) == pytest.approx(1.8210 * 25 / 5, abs=1e-3)
    assert upper_quartile_margin(peers) == pytest.approx(1.9798 * 25 / 5, abs=1e-3)


def test_without_quartiles_nothing_is_known_and_a_hidden_n_counts_as_twelve():
    assert median_margin(OrderStatistics(11, 50, quartile_refusal="x")) is None
    assert median_margin(shown(None, 40, 50, 65)) == median_margin(shown(12, 40, 50, 65))


@pytest.mark.parametrize(("n", "margin"), [(40, median_margin), (200, upper_quartile_margin)])
def test_about_95_of_100_intervals_hold_the_true_value(n, margin):
    random = np.random.default_rng(n)
    place = 0.5 if margin is median_margin else 0.75
    true = 50 + 15 * {0.5: 0.0, 0.75: 0.67449}[place]
    held = 0
    for _ in range(1500):
        peers = order_statistics(np.sort(random.normal(50, 15, n)))
        value = peers.median if place == 0.5 else peers.high
        # Half a point more, because shown values are rounded.
        half = margin(peers)
        assert value is not None
        assert half is not None
        held += abs(value - true) <= half + 0.5
    assert 0.925 <= held / 1500 <= 0.98


def test_below_by_hand():
    # 75 − 50 = 25; with a margin of 9.1 the gap lies between 15 and 35.
    found = below(50, 50.0, 50.0, 75, 9.1, 25)
    assert (found.low, found.high, found.clear) == (15, 35, True)
    # What open answers could add reaches into the interval.
    assert not below(50, 40.0, 66.0, 75, 9.1, 25).clear
    # One answer's step explains it.
    assert not below(51, 51.0, 51.0, 75, 0.0, 25).clear


def test_above_is_the_same_rule_mirrored():
    assert above(75, 75.0, 75.0, 50, 9.1, 25).clear
    assert not above(75, 58.0, 80.0, 50, 9.1, 25).clear


@given(
    own=st.floats(0, 100),
    down=st.floats(0, 40),
    up=st.floats(0, 40),
    value=st.integers(0, 100),
    margin=st.floats(0, 60),
    noise=st.integers(5, 25),
)
def test_the_interval_holds_the_shortfall(own, down, up, value, margin, noise):
    points = int(np.floor(own + 0.5))
    lowest, highest = max(0.0, own - down), min(100.0, own + up)
    found = below(points, lowest, highest, value, margin, noise)
    shortfall = max(0, value - points)
    assert 0 <= found.low <= shortfall <= found.high
    assert not found.clear or (shortfall >= noise and found.low >= 1)
    if found.clear:
        assert not above(points, lowest, highest, value, margin, noise).clear


def test_medians_of_two_groups():
    # Margins 1.8210 · 20 / √50 = 5.15 each, together 7.28.
    one, other = shown(50, 50, 60, 70), shown(50, 43, 53, 63)
    margin = median_margin(one)
    assert margin is not None
    assert margin * sqrt(2) == pytest.approx(7.28, abs=0.01)
    assert not clearly_above(one, other)
    assert clearly_above(shown(50, 51, 61, 71), other)
    assert not clearly_above(OrderStatistics(11, 90), other)
