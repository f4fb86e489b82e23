import numpy as np
import pytest
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics import silhouette_score

from assessment.typology import indices
from assessment.typology.indices import partition_indices


def drawn(n=150, seed=0):
    random = np.random.default_rng(seed)
    return random.normal(size=(n, 5)), random.integers(0, 4, n)


def test_indices_by_their_definitions():
    values, labels = drawn()
    found = partition_indices(values, labels)
    apart = pdist(values)
    first, second = np.triu_indices(len(values), 1)
    between = labels[first] != labels[second]
    assert found.silhouette == pytest.approx(silhouette_score(values, labels))
    assert found.dunn == pytest.approx(apart[between].min() / apart[~between].max())
    assert found.pearson_gamma == pytest.approx(np.corrcoef(apart, between)[0, 1])
    square = squareform(apart)
    own = [square[np.ix_(labels == c, labels == c)] for c in range(4)]
    within = sum(d.sum() / (len(d) - 1) for d in own) / len(values)
    assert found.wb_ratio == pytest.approx(within / apart[between].mean())
    squares = sum(
        ((values[labels == c] - values[labels == c].mean(0)) ** 2).sum() for c in range(4)
    )
    assert found.within_ss == pytest.approx(squares)


def test_blocks_change_nothing(monkeypatch):
    values, labels = drawn()
    whole = partition_indices(values, labels)
    monkeypatch.setattr(indices, "_BLOCK", 7)
    for name in ("silhouette", "dunn", "pearson_gamma", "wb_ratio"):
        assert getattr(partition_indices(values, labels), name) == pytest.approx(
            getattr(whole, name)
        )


def test_very_many_rows_are_described_by_a_part(monkeypatch):
    values, labels = drawn(400)
    monkeypatch.setattr(indices, "MOST_ROWS", 200)
    part = partition_indices(values, labels)
    assert part == partition_indices(values, labels)
    assert part.within_ss < 0.6 * ((values - values.mean(axis=0)) ** 2).sum()


def test_classes_of_one_row_and_missing_numbers_are_fine():
    values, _ = drawn(30)
    labels = np.zeros(30, dtype=int)
    labels[3], labels[4:12] = 9, 5
    found = partition_indices(values, labels)
    assert found.silhouette == pytest.approx(silhouette_score(values, labels))
    assert np.isfinite([found.dunn, found.pearson_gamma, found.wb_ratio]).all()


def test_one_class_has_no_indices():
    with pytest.raises(ValueError, match="two classes"):
        partition_indices(drawn()[0], np.zeros(150, dtype=int))
