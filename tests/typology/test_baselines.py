import json

import numpy as np
import pytest
from goal_survey_builder import TYPES, draw
from sklearn.metrics import adjusted_rand_score

from assessment.remarks import InputRefused
from assessment.typology.baselines import measurement_from_plain, refit_baseline, solve_baseline
from assessment.typology.goal_data import GoalData
from assessment.typology.jaccard import resample_weights
from assessment.typology.method import METHODS_FOR, InputKind, Method
from assessment.typology.progress import Stopped

BASELINES = (Method.CENTRED_KMEANS, Method.WARD, Method.HCPC, Method.RAW_KMEANS)


def rated(n=300, seed=1):
    ratings, letters = draw(n, seed)
    steps = np.where(np.isnan(ratings), -1, ratings - 1).astype(np.int16)
    data = GoalData(n=n, rated=steps, steps=5)
    order = data.canonical_order()
    truth = np.array([TYPES.index(letter) for letter in letters])
    return data.take(order), truth[order]


def of_kind(kind, n=240, seed=2):
    """Data of two clear types."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, n)
    if kind in (InputKind.RATED, InputKind.RATED_AND_RANKED):
        return rated(n)
    if kind is InputKind.RANKED:
        latent = np.where(truth[:, None] == 0, [3, 2, 2, 0, 0, 0], [0, 0, 0, 2, 2, 3])
        latent = latent + random.gumbel(size=(n, 6))
        data = GoalData(n=n, orders=np.argsort(-latent, axis=1)[:, :3].astype(np.int16), options=6)
    elif kind in (InputKind.CHOICES, InputKind.CATEGORIES):
        named = random.random((n, 6)) < np.where(truth[:, None] == 0, 0.85, 0.15)
        categories = named.astype(np.int16)
        categories[random.random((n, 6)) < 0.05] = -1
        data = GoalData(n=n, categories=categories, sizes=(2,) * 6)
    else:
        values = truth[:, None] * [3.0, 3.0, 300.0] + random.normal(size=(n, 3)) * [1, 1, 100]
        values[random.random((n, 3)) < 0.05] = np.nan
        data = GoalData(n=n, numbers=values)
    order = data.canonical_order()
    return data.take(order), truth[order]


PAIRS = [
    (kind, method) for kind, methods in METHODS_FOR.items() for method in methods
    if method in BASELINES
]  # fmt: skip


@pytest.mark.parametrize(("kind", "method"), PAIRS)
def test_every_baseline_finds_clear_types_and_places_rows(kind, method):
    data, truth = of_kind(kind)
    k = int(truth.max()) + 1
    solution = solve_baseline(data, method, k, seed=0)
    assert solution.method is method
    assert solution.fit is None
    assert solution.shares.sum() == pytest.approx(1)
    assert 1 <= solution.starts_best <= solution.starts_tried
    if method is not Method.RAW_KMEANS:
        assert adjusted_rand_score(solution.labels, truth) > 0.6
    np.testing.assert_allclose(solution.posterior.sum(axis=1), 1)
    measured = solution.measurement.probabilities(data)
    np.testing.assert_array_equal(measured, solution.posterior)
    assert (measured.argmax(axis=1) == solution.labels).mean() > 0.9
    blank = {"rated": -1, "orders": -1, "categories": -1, "numbers": np.nan}
    empty = GoalData(
        n=1,
        steps=data.steps,
        options=data.options,
        sizes=data.sizes,
        **{
            name: np.full_like(getattr(data, name)[:1], nothing)
            for name, nothing in blank.items()
            if getattr(data, name) is not None
        },
    )
    nothing = solution.measurement.probabilities(empty)
    assert np.isfinite(nothing).all()
    assert nothing.sum() == pytest.approx(1)


@pytest.mark.parametrize(("kind", "method"), PAIRS)
def test_a_measurement_survives_as_json(kind, method):
    data, _ = of_kind(kind)
    measurement = solve_baseline(data, method, 2, seed=0).measurement
    text = json.dumps(measurement.as_plain(), allow_nan=False)
    again = measurement_from_plain(json.loads(text))
    assert json.dumps(again.as_plain()) == text
    np.testing.assert_allclose(
        again.probabilities(data), measurement.probabilities(data), atol=1e-7
    )
    turned = measurement.with_classes([1, 0])
    np.testing.assert_allclose(turned.probabilities(data), measurement.probabilities(data)[:, ::-1])


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c.pop("centres"),
        lambda c: c.update(variance=0),
        lambda c: c.update(shares=[1.0]),
        lambda c: c["centres"][0].pop(),
        lambda c: c["preparation"].update(source="other"),
        lambda c: c["preparation"].pop("style"),
    ],
)
def test_a_damaged_measurement_is_not_read(damage):
    content = solve_baseline(rated()[0], Method.CENTRED_KMEANS, 2, seed=0).measurement.as_plain()
    damage(content)
    with pytest.raises((KeyError, ValueError, TypeError)):
        measurement_from_plain(content)


def test_answers_as_they_stand_give_response_style_instead_of_types():
    data, truth = rated(412, seed=4)
    agreement = {
        method: adjusted_rand_score(solve_baseline(data, method, 4, 0).labels, truth)
        for method in (Method.CENTRED_KMEANS, Method.WARD, Method.RAW_KMEANS)
    }
    assert agreement[Method.CENTRED_KMEANS] > agreement[Method.RAW_KMEANS] + 0.2
    assert agreement[Method.WARD] > agreement[Method.RAW_KMEANS] + 0.2


def test_a_full_ranking_is_read_by_its_places():
    random = np.random.default_rng(0)
    truth = np.sort(random.integers(0, 2, 200))
    latent = np.where(truth[:, None] == 0, [4, 2, 0, 0], [0, 0, 2, 4]) + random.gumbel(
        size=(200, 4)
    )
    data = GoalData(n=200, orders=np.argsort(-latent, axis=1).astype(np.int16), options=4)
    found = solve_baseline(data, Method.RAW_KMEANS, 2, 0)
    assert adjusted_rand_score(found.labels, truth) > 0.6


@pytest.mark.parametrize("method", [Method.CENTRED_KMEANS, Method.WARD])
def test_refits_label_all_rows_and_find_clear_types_again(method):
    data, truth = rated()
    weights = resample_weights(data.n, 6, seed=0)
    labels = refit_baseline(data, method, 4, weights, seed=0)
    assert labels.dtype == np.int16
    assert labels.shape == weights.shape
    assert all(adjusted_rand_score(row, truth) > 0.6 for row in labels)
    np.testing.assert_array_equal(labels, refit_baseline(data, method, 4, weights, seed=0))

    def stop(share, what):
        raise Stopped

    with pytest.raises(Stopped):
        refit_baseline(data, method, 4, weights, seed=0, progress=stop)


@pytest.mark.parametrize("method", BASELINES)
def test_one_class_holds_everybody(method):
    data = rated()[0] if method is not Method.HCPC else of_kind(InputKind.NUMBERS)[0]
    solution = solve_baseline(data, method, 1, seed=0)
    assert (solution.labels == 0).all()
    assert (solution.posterior == 1).all()


def test_too_uniform_answers_are_refused():
    data = GoalData(n=40, rated=np.tile([[0, 1, 2], [2, 1, 0]], (20, 1)).astype(np.int16), steps=3)
    for method in (Method.CENTRED_KMEANS, Method.WARD, Method.RAW_KMEANS):
        with pytest.raises(InputRefused) as refusal:
            solve_baseline(data, method, 3, seed=0)
        assert refusal.value.code == "TOO_FEW_DIFFERENT"
