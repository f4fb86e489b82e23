import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.metrics import adjusted_rand_score

from assessment.typology import hierarchical
from assessment.typology.hierarchical import cut, hcpc, ward_tree


def blobs(n=200, seed=0):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, n)
    return random.normal(size=(3, 4))[truth] * 4 + random.normal(size=(n, 4)), truth


def test_the_tree_is_scipys_whichever_way_it_is_made():
    points, _ = blobs()
    joined = linkage(points, "ward")
    nearly_equal = np.full(200, 1 / 200)
    nearly_equal[0] *= 1 + 1e-6
    for mass in (np.full(200, 1 / 200), nearly_equal):
        tree = ward_tree(points, mass)
        np.testing.assert_allclose(tree.gains, joined[:, 2] ** 2 / 400, rtol=1e-4)
        for k in (2, 3, 7):
            assert adjusted_rand_score(cut(tree, k), fcluster(joined, k, "maxclust")) == 1


def test_weights_are_repeated_rows():
    points, _ = blobs(80)
    weights = np.random.default_rng(1).integers(0, 4, 80)
    rows = np.repeat(np.arange(80), weights)
    by_weight, by_row = hcpc(points, 3, weights), hcpc(points[rows], 3)
    np.testing.assert_array_equal(by_weight.labels[rows], by_row.labels)
    np.testing.assert_allclose(by_weight.centres, by_row.centres)
    assert by_weight.between == pytest.approx(by_row.between)
    filled = by_weight.inertia_gains > 1e-12
    np.testing.assert_allclose(
        by_weight.inertia_gains[filled], by_row.inertia_gains[: filled.sum()]
    )


def test_gains_add_up_to_the_inertia_between():
    points, truth = blobs()
    found = hcpc(points, 3)
    assert found.between_cut == pytest.approx(found.inertia_gains[:2].sum())
    assert found.between >= found.between_cut - 1e-12
    assert found.inertia_gains.sum() == pytest.approx(points.var(axis=0).sum())
    assert adjusted_rand_score(found.labels, truth) > 0.95
    assert hcpc(points).k == 3
    assert hcpc(points, 1).labels.max() == 0


def test_classes_are_numbered_along_the_first_coordinate():
    points, _ = blobs()
    found = hcpc(points, 3, consolidate=False)
    means = [points[found.cut == number, 0].mean() for number in range(3)]
    assert means == sorted(means)
    np.testing.assert_array_equal(found.cut, found.labels)


def test_many_rows_are_joined_in_small_groups_first(monkeypatch):
    points, truth = blobs(900)
    monkeypatch.setattr(hierarchical, "MOST_ROWS", 300)
    monkeypatch.setattr(hierarchical, "_GROUPS", 60)
    found = hcpc(points, 3)
    assert adjusted_rand_score(found.labels, truth) > 0.95
    np.testing.assert_array_equal(found.labels, hcpc(points, 3).labels)


def test_gaps_are_passed_over_in_consolidation():
    points, truth = blobs()
    known = (np.random.default_rng(0).random(points.shape) > 0.2).astype(float)
    found = hcpc(points * known, 3, known=known)
    own = (found.labels == 0) & (known[:, 0] > 0)
    assert found.centres[0, 0] == pytest.approx(points[own, 0].mean())
    assert adjusted_rand_score(found.labels, truth) > 0.8


def test_more_classes_than_rows_are_refused():
    with pytest.raises(ValueError, match="fewer different rows"):
        hcpc(np.eye(3), 4)
