"""Benjamini–Hochberg over everything looked at together."""

import numpy as np
from scipy.stats import false_discovery_control

from assessment.typology.multiple_testing import false_discovery_q


def test_q_by_hand():
    # Ranked p·m/rank: 0.04, 0.04, 0.04 (of 0.03·4/3), 0.5; made monotone from the largest down.
    q = false_discovery_q(np.array([0.5, 0.01, np.nan, 0.02, 0.03]))
    np.testing.assert_allclose(q, [0.5, 0.04, np.nan, 0.04, 0.04])


def test_shape_is_kept_and_nothing_tested_is_nothing():
    assert false_discovery_q(np.full((2, 3), np.nan)).shape == (2, 3)
    assert false_discovery_q(np.array([])).shape == (0,)
    np.testing.assert_allclose(false_discovery_q(np.array([[0.01, 1.0]])), [[0.02, 1.0]])


def test_q_is_that_of_scipy_also_with_ties():
    rng = np.random.default_rng(5)
    for n in (1, 2, 17, 400):
        p = np.round(rng.random(n) ** 3, 2)
        np.testing.assert_allclose(false_discovery_q(p), false_discovery_control(p))
