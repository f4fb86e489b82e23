import numpy as np
import pytest
from sklearn.decomposition import PCA

from assessment.typology.factor_axes import indicators, mca, pca


def numbers(n=150, seed=0):
    random = np.random.default_rng(seed)
    return random.normal(size=(n, 2)) @ random.normal(size=(2, 6)) + random.normal(size=(n, 6))


def test_pca_is_that_of_standardised_numbers():
    values = numbers() * [1, 10, 100, 1, 1, 1] + 5
    axes = pca(values, 3)
    scaled = (values - values.mean(axis=0)) / values.std(axis=0)
    peer = PCA(3).fit(scaled)
    np.testing.assert_allclose(axes.eigenvalues[:3], peer.explained_variance_ * 149 / 150)
    np.testing.assert_allclose(np.abs(axes.place(values)), np.abs(peer.transform(scaled)))
    assert axes.eigenvalues.sum() == pytest.approx(6)


def test_weights_are_repeated_rows():
    values, weights = numbers(), np.random.default_rng(1).integers(0, 3, 150)
    by_weight, by_row = pca(values, weights=weights), pca(np.repeat(values, weights, axis=0))
    np.testing.assert_allclose(by_weight.place(values), by_row.place(values), atol=1e-9)


def test_a_missing_number_lies_at_the_mean_and_a_constant_one_counts_nothing():
    values = numbers()
    values[:, 5] = 3.0
    axes = pca(values)
    assert (axes.loadings[5] == 0).all()
    assert axes.loadings.shape == (6, 5)
    row = values[:1].copy()
    row[0, 2] = np.nan
    meant = row.copy()
    meant[0, 2] = values[:, 2].mean()
    np.testing.assert_allclose(axes.place(row), axes.place(meant), atol=1e-12)
    assert np.isfinite(pca(np.where(np.arange(6) == 2, np.nan, values)).loadings).all()


def test_mca_by_correspondence_analysis_of_the_indicator_table():
    random = np.random.default_rng(2)
    sizes = (2, 3, 4)
    answers = np.column_stack([random.integers(0, s, 200) for s in sizes]).astype(np.int16)
    axes = mca(answers, sizes)
    table = indicators(answers, sizes)
    share = table / table.sum()
    column = share.sum(axis=0)
    expected = np.outer(share.sum(axis=1), column)
    left, singular, _ = np.linalg.svd((share - expected) / np.sqrt(expected))
    np.testing.assert_allclose(axes.eigenvalues[:6], singular[:6] ** 2, atol=1e-12)
    coordinates = axes.place(table)
    assert coordinates.shape == (200, 6)
    np.testing.assert_allclose(
        np.abs(coordinates), np.abs(left[:, :6] * singular[:6] * np.sqrt(200)), atol=1e-9
    )


def test_mca_with_gaps_and_categories_nobody_chose():
    random = np.random.default_rng(3)
    answers = random.integers(0, 2, (100, 4)).astype(np.int16)
    answers[::7, 1] = -1
    axes = mca(answers, (2, 3, 2, 2), 2)
    table = indicators(answers, (2, 3, 2, 2))
    assert table.shape == (100, 9)
    assert np.isnan(table[0, 2:5]).all()
    assert axes.loadings.shape == (9, 2)
    assert (axes.loadings[4] == 0).all()
    assert np.isfinite(axes.place(table)).all()
    nothing = np.full((1, 9), np.nan)
    np.testing.assert_array_equal(axes.place(nothing), np.zeros((1, 2)))
