import numpy as np
import pytest

from assessment.comparison.median_interval import clearly_above, median_interval


@pytest.mark.parametrize("n", [12, 31, 100])
def test_about_95_of_100_intervals_hold_the_median(n):
    random = np.random.default_rng(n)
    held = 0
    for _ in range(1000):
        low, high = median_interval(np.sort(random.normal(size=n)))
        held += low <= 0 <= high
    assert 0.93 <= held / 1000 <= 0.995


def test_a_group_too_small_says_nothing():
    assert median_interval(np.arange(7.0)) is None
    assert median_interval(np.arange(8.0)) is not None
    assert not clearly_above(np.full(7, 100.0), np.zeros(50))


def test_only_what_is_beyond_chance_is_above():
    low, high = np.linspace(0, 60, 40), np.linspace(40, 100, 40)
    assert clearly_above(high, low)
    assert not clearly_above(low, high)
    assert not clearly_above(np.linspace(5, 65, 40), low)
