"""The map of municipalities: an independent decomposition, gaps, row order, nothing to map."""

import numpy as np

from assessment.typology.answer_map import answer_map
from assessment.typology.response_style import centre, learn_preparation


def ratings(n=120, goals=7, missing=0.1):
    random = np.random.default_rng(5)
    values = 25.0 * random.integers(0, 5, (n, goals))
    values[random.random(values.shape) < missing] = np.nan
    return values


def test_places_are_the_first_two_principal_components() -> None:
    values = ratings()
    found = answer_map(values)
    rows = centre(values, learn_preparation(values)).values
    rows = rows - rows.mean(axis=0)
    left, strengths, _ = np.linalg.svd(rows, full_matrices=False)
    expected = left[:, :2] * strengths[:2]
    signs = np.sign((expected * found.places).sum(axis=0))
    np.testing.assert_allclose(found.places, expected * signs, atol=1e-9)
    np.testing.assert_allclose(found.shares, (strengths**2 / (strengths**2).sum())[:2], atol=1e-12)
    np.testing.assert_allclose((found.loadings**2).sum(axis=0), 1.0)


def test_response_style_has_no_say() -> None:
    values = ratings(missing=0.0) * 0.6
    lifted = values + np.where(np.arange(len(values)) % 2, 40.0, 0.0)[:, None]
    np.testing.assert_allclose(answer_map(lifted).places, answer_map(values).places, atol=1e-9)


def test_row_order_does_not_matter() -> None:
    values = ratings()
    order = np.random.default_rng(1).permutation(len(values))
    np.testing.assert_allclose(
        answer_map(values[order]).places, answer_map(values).places[order], atol=1e-9
    )


def test_who_answered_hardly_anything_has_no_place() -> None:
    values = ratings()
    values[3, 1:] = np.nan
    values[4] = np.nan
    found = answer_map(values).places
    assert np.isnan(found[[3, 4]]).all()
    assert not np.isnan(np.delete(found, [3, 4], axis=0)).any()


def test_nothing_to_map() -> None:
    nothing = answer_map(np.full((5, 4), np.nan))
    assert np.isnan(nothing.places).all()
    assert nothing.shares == (0.0, 0.0)
