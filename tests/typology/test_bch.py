"""Outside variables by type, freed of the error of assigning."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology.agreement import match_labels
from assessment.typology.bch import (
    NO_ANSWERS,
    NOT_SEPARABLE,
    ONE_TYPE,
    bch_means,
    bch_shares,
    bch_weights,
    outside_by_type,
)
from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.methods import solve

SHARES = np.array([0.35, 0.30, 0.20, 0.15])
MEANS = np.array([0.0, 1.0, -0.5, 0.5])
CATEGORIES = np.array([[0.2, 0.3, 0.5], [0.6, 0.3, 0.1], [0.1, 0.2, 0.7], [0.3, 0.5, 0.2]])


def types_and_posterior(n, seed, separation=1.5):
    """True types and what six normal measurements of them say by Bayes' rule."""
    random = np.random.default_rng(seed)
    truth = random.choice(4, n, p=SHARES)
    profile = separation * np.array(
        [[1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1], [0, 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0]]
    )
    seen = profile[truth] + random.normal(size=(n, 6))
    log = np.log(SHARES) - 0.5 * ((seen[:, None, :] - profile) ** 2).sum(axis=2)
    posterior = np.exp(log - log.max(axis=1, keepdims=True))
    return truth, posterior / posterior.sum(axis=1, keepdims=True), random


def slope(estimate):
    return np.polyfit(MEANS, estimate, 1, w=np.sqrt(SHARES))[0]


def test_a_true_effect_is_recovered_where_likeliest_types_lose_it():
    recovered, naive, covered = [], [], []
    for seed in range(60):
        truth, posterior, random = types_and_posterior(412, seed)
        values = MEANS[truth] + random.normal(size=412)
        values[random.random(412) < 0.1] = np.nan
        found = bch_means(bch_weights(posterior), values)
        recovered.append(slope(found.means))
        labels = posterior.argmax(axis=1)
        naive.append(slope([np.nanmean(values[labels == kind]) for kind in range(4)]))
        covered.append(np.mean(np.abs(found.means - MEANS) < 1.96 * found.errors))
        assert found.n == np.isfinite(values).sum()
    print(f"share of the true effect: BCH {np.mean(recovered):.3f}, naive {np.mean(naive):.3f}")
    assert 0.95 <= np.mean(recovered) <= 1.05
    assert np.mean(naive) < 0.8
    assert 0.90 <= np.mean(covered) <= 0.98


@pytest.mark.parametrize("scenario", ["easy", "medium"])
def test_a_true_effect_is_recovered_through_a_fitted_typology(scenario):
    """Bar: 0.95–1.05, with the types themselves estimated from goals with response style."""
    recovered = []
    for seed in range(6):
        drawn = draw_goal_survey(412, SCENARIOS[scenario], seed)
        data = GoalData(n=412, rated=drawn.ratings, steps=5)
        solution = solve(data, Method.RESPONSE_STYLE, 4, 0)
        order = np.argsort(match_labels(drawn.truth, solution.labels, 4))
        correction = bch_weights(solution.posterior[:, order])
        random = np.random.default_rng(seed)
        for _ in range(20):
            values = MEANS[drawn.truth] + random.normal(size=412)
            recovered.append(slope(bch_means(correction, values).means))
    print(f"share of the true effect, {scenario}: {np.mean(recovered):.3f}")
    assert 0.95 <= np.mean(recovered) <= 1.05


def test_shares_are_recovered():
    found = []
    for seed in range(40):
        truth, posterior, random = types_and_posterior(412, seed)
        drawn = (random.random((412, 1)) > CATEGORIES.cumsum(axis=1)[truth]).sum(axis=1)
        estimate = bch_shares(bch_weights(posterior), np.minimum(drawn, 2), 3)
        np.testing.assert_allclose(estimate.shares.sum(axis=1), 1.0)
        found.append(estimate.shares)
    np.testing.assert_allclose(np.mean(found, axis=0), CATEGORIES, atol=0.03)


def test_equality_is_rejected_no_more_often_than_announced():
    rejected = {"means": [], "skewed": [], "shares": [], "rare": [], "many": []}
    for seed in range(200):
        _, posterior, random = types_and_posterior(412, seed)
        correction = bch_weights(posterior)
        means = bch_means(correction, random.normal(size=412)).equality
        size = bch_means(correction, np.exp(random.normal(9, 1.5, 412)), skewed=True).equality
        shares = bch_shares(correction, random.choice(3, 412, p=(0.2, 0.3, 0.5)), 3).equality
        assert (means.kind, means.df) == ("wald", 3)
        assert (shares.kind, shares.df) == ("permutation", 6)
        # Wald's test would reject the last two in 20 % and 49 % of samples.
        rare = bch_shares(correction, random.choice(2, 412, p=(0.98, 0.02)), 2).equality
        land = np.r_[0.25, 0.2, 0.15, 0.1, np.full(12, 0.025)]
        many = bch_shares(correction, random.choice(16, 412, p=land), 16).equality
        for name, test in zip(rejected, (means, size, shares, rare, many), strict=True):
            rejected[name].append(test.p < 0.05)
    for name, found in rejected.items():
        assert np.mean(found) <= 0.08, name
    assert np.mean(list(rejected.values())) >= 0.02


def test_a_difference_is_found_by_either_test():
    truth, posterior, random = types_and_posterior(412, 3)
    correction = bch_weights(posterior)
    values = MEANS[truth] + random.normal(size=412)
    assert bch_means(correction, values).equality.p < 1e-6
    assert bch_means(correction, np.exp(3 * values), skewed=True).equality.p < 1e-6
    drawn = (random.random((412, 1)) > CATEGORIES.cumsum(axis=1)[truth]).sum(axis=1)
    assert bch_shares(correction, np.minimum(drawn, 2), 3).equality.p < 1e-6


def test_with_certain_types_shares_are_tested_as_by_pearson():
    random = np.random.default_rng(2)
    labels, drawn = random.choice(3, 200), random.choice(4, 200)
    table = np.zeros((3, 4))
    np.add.at(table, (labels, drawn), 1)
    pearson = chi2_contingency(table, correction=False)
    found = bch_shares(bch_weights(np.eye(3)[labels]), drawn, 4).equality
    assert found.df == pearson.dof == 6
    assert found.statistic == pytest.approx(pearson.statistic * 199 / 200)


def test_stepmix_finds_the_same():
    from stepmix import StepMix

    random = np.random.default_rng(0)
    truth = random.choice(3, 600, p=(0.5, 0.3, 0.2))
    chance = np.array([[0.8] * 4 + [0.2] * 4, [0.2] * 4 + [0.8] * 4, [0.7, 0.3] * 4])
    items = (random.random((600, 8)) < chance[truth]).astype(int)
    values = truth + random.normal(size=600)
    drawn = (random.random((600, 1)) > CATEGORIES.cumsum(axis=1)[truth]).sum(axis=1)
    categories = np.minimum(drawn, 2)
    settings = {
        "n_components": 3,
        "measurement": "binary",
        "random_state": 1,
        "n_init": 3,
        "verbose": 0,
        "progress_bar": 0,
    }
    posterior = StepMix(**settings).fit(items).predict_proba(items)
    three_step = {**settings, "n_steps": 3, "correction": "BCH", "assignment": "modal"}

    def structural(kind, outside):
        model = StepMix(structural=kind, **three_step).fit(items, outside[:, None])
        return model.get_parameters()["structural"]

    correction = bch_weights(posterior)
    expected = structural("gaussian_unit", values)["means"][:, 0]
    np.testing.assert_allclose(bch_means(correction, values).means, expected, atol=1e-8)
    expected = structural("categorical", categories)["pis"]
    np.testing.assert_allclose(bch_shares(correction, categories, 3).shares, expected, atol=1e-8)
    gaps = np.where(random.random(600) < 0.2, np.nan, values)
    expected = structural("gaussian_unit_nan", gaps)["means"][:, 0]
    np.testing.assert_allclose(bch_means(correction, gaps).means, expected, atol=1e-8)


def test_certain_memberships_give_plain_means():
    labels = np.repeat([0, 1, 2], [30, 20, 10])
    values = np.arange(60.0)
    found = bch_means(bch_weights(np.eye(3)[labels]), values)
    np.testing.assert_allclose(found.means, [values[labels == kind].mean() for kind in range(3)])
    expected = [values[labels == kind].std() / np.sqrt((labels == kind).sum()) for kind in range(3)]
    np.testing.assert_allclose(found.errors, np.array(expected) * np.sqrt(60 / 59))


def test_weights_count_like_repeated_rows():
    truth, posterior, random = types_and_posterior(200, 1)
    values = MEANS[truth] + random.normal(size=200)
    weights = random.integers(0, 4, 200)
    repeated = np.repeat(np.arange(200), weights)
    weighted = bch_means(bch_weights(posterior, weights), values)
    plain = bch_means(bch_weights(posterior[repeated]), values[repeated])
    np.testing.assert_allclose(weighted.means, plain.means)


def test_impossible_shares_are_clipped_and_said_so():
    # All who are unsure said 1; taking them off type 0 leaves less than nothing.
    posterior = np.array([[0.9, 0.1]] * 30 + [[0.1, 0.9]] * 30)
    categories = np.array([0] * 30 + [1] * 30)
    found = bch_shares(bch_weights(posterior), categories, 2)
    assert found.clipped.all()
    np.testing.assert_array_equal(found.shares, [[1, 0], [0, 1]])
    assert not bch_shares(bch_weights(np.eye(2)[categories]), categories, 2).clipped.any()


@pytest.mark.filterwarnings("error")
def test_nothing_to_say_is_said():
    values = np.arange(20.0)
    one = bch_means(bch_weights(np.ones((20, 1))), values)
    assert one.means == pytest.approx([9.5])
    assert one.equality is None
    assert one.reason == ONE_TYPE
    blurred = bch_means(bch_weights(np.full((20, 2), 0.5)), values)
    assert blurred.reason == NOT_SEPARABLE
    assert np.isnan(blurred.means).all()
    gaps = bch_means(bch_weights(np.eye(2)[np.arange(20) % 2]), np.full(20, np.nan))
    assert gaps.reason == NO_ANSWERS
    assert gaps.n == 0
    nobody = bch_shares(bch_weights(np.full((20, 2), np.nan)), np.zeros(20, int), 2)
    assert nobody.reason == NO_ANSWERS
    same = bch_shares(bch_weights(np.eye(2)[np.arange(20) % 2]), np.zeros(20, int), 2)
    np.testing.assert_array_equal(same.shares, [[1, 0], [1, 0]])
    assert same.reason == NO_ANSWERS


@pytest.mark.filterwarnings("error")
def test_an_empty_type_takes_no_part():
    labels = np.arange(60) % 2
    posterior = np.column_stack([np.eye(2)[labels], np.zeros(60)])
    found = bch_means(bch_weights(posterior), labels + np.linspace(0, 1, 60))
    assert np.isnan(found.means[2])
    assert found.equality.df == 1
    # Nobody's likeliest type, yet not empty: it is estimated by shares.
    small = np.repeat([[0.5, 0.02, 0.48], [0.9, 0.05, 0.05], [0.05, 0.9, 0.05]], 20, axis=0)
    assert np.isfinite(bch_means(bch_weights(small), np.arange(60.0)).means).all()


def test_questions_of_a_survey_by_type():
    labels = np.random.default_rng(5).choice(4, 400, p=SHARES)
    posterior = np.eye(4)[labels]
    posterior[:7] = np.nan
    options = tuple(Option(code=code, label=code.upper()) for code in "ab")
    questionnaire = Questionnaire(
        id="q",
        version="1",
        title="",
        items=(
            Item(id="size", text="Einwohner?", kind=ItemKind.INTEGER),
            Item(id="tools", text="Was?", kind=ItemKind.MULTIPLE, options=options),
        ),
    )
    random = np.random.default_rng(0)
    survey = build_survey(
        questionnaire,
        [
            {"size": float(label * 10 + random.integers(5)), "tools": random.choice(["a", "", "b"])}
            for label in labels
        ],
    )
    size, a, b = outside_by_type(posterior, survey)
    assert (size.item, size.names) == ("size", ())
    assert size.q < 1e-6
    assert size.estimate.n == 393
    np.testing.assert_allclose(size.estimate.means, [2, 12, 22, 32], atol=0.5)
    assert (a.item, a.option, b.option) == ("tools", "a", "b")
    assert a.estimate.shares.shape == (4, 2)
    assert a.q >= a.estimate.equality.p
    assert outside_by_type(posterior, survey, without={"size", "tools"}) == ()
