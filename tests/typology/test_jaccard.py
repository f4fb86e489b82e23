import numpy as np
import pytest

from assessment.typology.jaccard import (
    clusterwise_jaccard,
    resample_weights,
    without_duplicates,
)


def by_hand(labels, k, found, weights):
    rows = np.repeat(np.arange(len(labels)), weights)
    old, new = labels[rows], found[rows]
    values = []
    for own in range(k):
        similar = [
            ((old == own) & (new == c)).sum() / max(((old == own) | (new == c)).sum(), 1)
            for c in range(found.max() + 1)
        ]
        values.append(max(similar))
    return values


@pytest.mark.parametrize("duplicates", [True, False])
def test_jaccard_by_its_definition(duplicates):
    random = np.random.default_rng(0)
    labels, found = random.integers(0, 3, 50), random.integers(0, 5, (20, 50)).astype(np.int16)
    weights = resample_weights(50, 20, seed=1)
    means, values = clusterwise_jaccard(labels, 3, found, weights, duplicates=duplicates)
    counts = weights if duplicates else without_duplicates(weights)
    expected = [by_hand(labels, 3, found[b], counts[b]) for b in range(20)]
    np.testing.assert_allclose(values, expected)
    np.testing.assert_allclose(means, np.mean(expected, axis=0))


def test_the_same_classes_under_other_numbers_are_wholly_found():
    labels = np.repeat([0, 1, 2], 20)
    weights = resample_weights(60, 10, seed=0)
    again = np.tile(2 - labels, (10, 1)).astype(np.int16)
    assert (clusterwise_jaccard(labels, 3, again, weights)[0] == 1).all()


def test_a_class_that_was_not_drawn_counts_as_lost():
    labels = np.array([0, 0, 0, 1])
    weights = np.array([[2, 1, 1, 0]], dtype=np.int16)
    again = np.zeros((1, 4), dtype=np.int16)
    np.testing.assert_array_equal(clusterwise_jaccard(labels, 2, again, weights)[0], [1, 0])


def test_resamples_draw_as_many_rows_as_there_are():
    weights = resample_weights(80, 50, seed=4)
    assert (weights.sum(axis=1) == 80).all()
    assert weights.dtype == np.int16
    assert without_duplicates(weights).max() == 1
    assert 0.55 < without_duplicates(weights).mean() < 0.7
    np.testing.assert_array_equal(weights, resample_weights(80, 50, seed=4))
    assert (weights != resample_weights(80, 50, seed=5)).any()
