import numpy as np
import pytest

from assessment.typology.goal_data import GoalData
from assessment.typology.null_model import structureless, worths


def rated(n=600, shift=1.0, extremity=0.3, seed=0):
    random = np.random.default_rng(seed)
    popularity = np.linspace(-0.5, 0.8, 8)
    latent = popularity + random.normal(size=(n, 8))
    latent = random.normal(0, shift, (n, 1)) + np.exp(random.normal(0, extremity, (n, 1))) * latent
    steps = (latent[:, :, None] > [-1.5, -0.5, 0.3, 1.2]).sum(axis=2).astype(np.int16)
    steps[random.random(steps.shape) < 0.1] = -1
    return GoalData(n=n, rated=steps, steps=5)


def shares(data):
    known = data.rated >= 0
    return (data.rated[:, :, None] == np.arange(5)).sum(axis=0) / known.sum(axis=0)[:, None]


def common(data):
    """Correlation of two goals, on average."""
    values = np.where(data.rated < 0, np.nan, data.rated.astype(float))
    return np.ma.corrcoef(np.ma.masked_invalid(values), rowvar=False)[np.triu_indices(8, 1)].mean()


def gaps(data):
    return sorted(map(tuple, (data.rated < 0).tolist()))


@pytest.mark.parametrize(("shift", "extremity"), [(1.0, 0.3), (0.0, 0.0), (0.5, 0.6)])
def test_ratings_keep_gaps_popularity_and_response_style(shift, extremity):
    data = rated(shift=shift, extremity=extremity)
    simulated = structureless(data, 0, 6)
    assert len(simulated) == 6
    for one in simulated:
        assert one.n == data.n
        assert gaps(one) == gaps(data)
        np.testing.assert_allclose(shares(one), shares(data), atol=0.07)
    assert np.mean([common(one) for one in simulated]) == pytest.approx(common(data), abs=0.05)

    def spreads(one):
        values = np.where(one.rated < 0, np.nan, one.rated.astype(float))
        return np.nanvar(values - np.nanmean(values, axis=0), axis=1)

    sd = np.mean([spreads(one).std() for one in simulated])
    assert sd == pytest.approx(spreads(data).std(), rel=0.15)


def test_types_are_gone():
    random = np.random.default_rng(1)
    truth = random.integers(0, 2, 500)
    own = np.where(truth[:, None] == 0, [2, 2, 2, 0, 0, 0], [0, 0, 0, 2, 2, 2])
    steps = np.clip(1 + own + random.integers(0, 2, (500, 6)), 0, 4).astype(np.int16)
    data = GoalData(n=500, rated=steps, steps=5)
    before = np.corrcoef(data.rated, rowvar=False)
    after = np.corrcoef(structureless(data, 0, 1)[0].rated, rowvar=False)
    assert abs(before[0, 1] - before[0, 4]) > 1
    assert abs(after[0, 1] - after[0, 4]) < 0.15


def test_rankings_keep_what_is_put_first_and_how_many_are_named():
    random = np.random.default_rng(2)
    worth = np.array([0.4, 0.25, 0.2, 0.1, 0.05])
    latent = np.log(worth) + random.gumbel(size=(3000, 5))
    orders = np.argsort(-latent, axis=1)[:, :3].astype(np.int16)
    orders[:400, 2] = -1
    orders[:50] = -1
    data = GoalData(n=3000, orders=orders, options=5)
    np.testing.assert_allclose(worths(orders, 5), worth, atol=0.02)
    one = structureless(data, 0, 1)[0]
    assert ((one.orders < 0).sum(axis=0) == (orders < 0).sum(axis=0)).all()
    first = np.bincount(one.orders[one.orders[:, 0] >= 0, 0], minlength=5) / 2950
    np.testing.assert_allclose(first, worth, atol=0.03)
    named = one.orders[(one.orders >= 0).all(axis=1)]
    assert all(len(set(row)) == 3 for row in named.tolist())


def test_categories_become_independent_and_numbers_normal():
    random = np.random.default_rng(3)
    kind = random.integers(0, 2, 800)
    categories = np.column_stack([kind, kind, random.integers(0, 3, 800)]).astype(np.int16)
    categories[:100, 0] = -1
    numbers = np.column_stack([kind * 10.0, kind * 10.0 + random.normal(size=800)])
    numbers[700:, 1] = np.nan
    data = GoalData(n=800, categories=categories, sizes=(2, 2, 3), numbers=numbers)
    one = structureless(data, 0, 1)[0]
    known = one.categories[:, 0] >= 0
    assert known.sum() == 700
    assert abs(np.corrcoef(one.categories[known, :2], rowvar=False)[0, 1]) < 0.15
    both = ~np.isnan(one.numbers).any(axis=1)
    assert both.sum() == 700
    assert np.corrcoef(one.numbers[both], rowvar=False)[0, 1] > 0.9
    assert ((one.numbers[:, 0] > 2) & (one.numbers[:, 0] < 8)).mean() > 0.3


def test_same_seed_same_data_and_in_canonical_order():
    data = rated(200)
    first, again = structureless(data, 5, 2), structureless(data, 5, 3)
    for one, other in zip(first, again[:2], strict=True):
        np.testing.assert_array_equal(one.rated, other.rated)
        np.testing.assert_array_equal(one.canonical_order(), np.arange(200))
    assert (structureless(data, 6, 1)[0].rated != first[0].rated).any()
