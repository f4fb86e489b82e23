"""Quotas and thresholds by hand."""

import numpy as np
import pytest

from assessment.simulation.randomness import Streams, capped_quota, classes, cut_points, quota


def test_quota_by_hand() -> None:
    assert quota([14, 45, 41], 412).tolist() == [58, 185, 169]
    assert quota([1, 1, 1], 10).tolist() == [4, 3, 3]
    assert quota([50, 0, 50], 3).tolist() == [2, 0, 1]


def test_capped_quota_spreads_what_does_not_fit() -> None:
    assert capped_quota([90, 5, 5], 10, 5).tolist() == [5, 3, 2]
    with pytest.raises(ValueError, match="do not fit"):
        capped_quota([50, 50], 11, 5)


def test_cut_points_hit_the_shares_exactly() -> None:
    latent = np.random.default_rng(0).permutation(np.linspace(-2, 2, 412))
    counted = np.bincount(classes(latent, cut_points(latent, [41, 45, 14])))
    assert counted.tolist() == [169, 185, 58]


def test_empty_classes_stay_empty() -> None:
    latent = np.arange(10.0)
    assert set(classes(latent, cut_points(latent, [0, 100]))) == {1}
    assert set(classes(latent, cut_points(latent, [100, 0]))) == {0}


def test_waves_share_their_chance_as_declared() -> None:
    first = Streams(1, 20_000, 1).normal("x", 0.9)[:, 0]
    second = Streams(1, 20_000, 2).normal("x", 0.9)[:, 0]
    other = Streams(1, 20_000, 1).normal("y", 0.9)[:, 0]
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0.9, abs=0.01)
    assert abs(np.corrcoef(first, other)[0, 1]) < 0.03
    assert second.std() == pytest.approx(1, abs=0.02)
