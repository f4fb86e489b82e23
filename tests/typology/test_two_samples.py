"""Two samples of which only counts or moments are known."""

import numpy as np
import pytest
from scipy.stats import fisher_exact, ttest_ind

from assessment.typology.two_samples import exact_p, welch_p


def test_means_as_scipy():
    random = np.random.default_rng(0)
    one, other = random.normal(0.5, 1, 30), random.normal(0, 3, 80)
    expected = ttest_ind(one, other, equal_var=False).pvalue
    found = welch_p(one.mean() - other.mean(), (one.var(), 30), (other.var(), 80))
    assert found == pytest.approx(expected)


def test_shares_are_tested_exactly():
    for table in ([[3, 27], [40, 372]], [[12, 18], [60, 352]], [[0, 30], [10, 402]]):
        tails = [fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
        found = exact_p(*((row[0], sum(row)) for row in table))
        assert found == pytest.approx(min(2 * min(tails), 1.0))
    assert exact_p((0, 30), (0, 400)) == 1.0
    assert exact_p((30, 30), (400, 400)) == 1.0
    # Mirrored shares are as far apart.
    assert exact_p((3, 30), (90, 400)) == pytest.approx(exact_p((27, 30), (310, 400)))


@pytest.mark.filterwarnings("error")
def test_without_any_variance():
    assert welch_p(0.0, (0.0, 30), (0.0, 30)) == 1.0
    assert welch_p(5.0, (0.0, 30), (0.0, 30)) == 0.0
    assert 0 < welch_p(5.0, (0.0, 30), (400.0, 30)) < 1
