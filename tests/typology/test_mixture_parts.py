"""The parts of the latent class models against slow, obvious formulas."""

from itertools import permutations, product

import numpy as np
import pytest

from assessment.simulation.goal_survey import GOALS, SCENARIOS, STEPS, draw_goal_survey
from assessment.typology import category_part, mixture_em, ordinal_part, ranking_part, style_nodes
from assessment.typology.acceleration import MixtureParameters
from assessment.typology.goal_data import GoalData
from assessment.typology.mixture_em import MixtureProblem, Regularisation, linked_ratings
from assessment.typology.mixture_measurement import learnt, prepared_rating
from assessment.typology.ordinal_part import OrdinalParameters
from assessment.typology.ranking_part import RankingParameters
from assessment.typology.style_nodes import StyleNodes

GRID = ordinal_part.style_grid()
EVERY_ANSWER = np.array(list(product(range(3), repeat=2)), dtype=np.int16)


def ordinal_parameters(seed=0, k=2, goals=2, steps=3, width=1.0, shift=0.7, extremity=0.3):
    random = np.random.default_rng(seed)
    threshold = random.normal(0, width, (goals, steps))
    threshold[:, 0] = 0
    return OrdinalParameters(threshold, random.normal(0, width, (k, goals)), shift, extremity)


def naive_step(p, group, goal, shift, extremity):
    """Probability of every step, written out as the model's definition."""
    steps = p.threshold.shape[1]
    weight = [
        np.exp(
            p.threshold[goal, step]
            + (step - (steps - 1) / 2) * (p.location[group, goal] + p.shift * shift)
            + p.extremity * extremity * (step - (steps - 1) / 2) ** 2
        )
        for step in range(steps)
    ]
    return np.array(weight) / sum(weight)


def naive_row(p, group, row):
    """Probability of one row in one class: a loop over the nodes, corners left out."""
    shifts, shift_weights = np.polynomial.hermite_e.hermegauss(7)
    ends, end_weights = np.polynomial.hermite_e.hermegauss(5)
    total = mass = 0.0
    for a, wa in zip(shifts, shift_weights / shift_weights.sum(), strict=True):
        for e, we in zip(ends, end_weights / end_weights.sum(), strict=True):
            if wa * we < 2e-4:
                continue
            given = [
                naive_step(p, group, goal, a, e)[step] for goal, step in enumerate(row) if step >= 0
            ]
            mass += wa * we
            total += wa * we * np.prod(given)
    assert mass > 0.999
    return total / mass


def log_totals(rated, p, shares):
    by_class = np.tile(np.log(shares), (len(rated), 1))
    return StyleNodes(rated, p.threshold.shape[1]).expect(p, by_class, np.ones(len(rated)))


class TestOrdinalPart:
    def test_steps_of_every_node_sum_to_one(self):
        found = ordinal_part.node_log_probability(ordinal_parameters(width=4.0, steps=5), GRID)
        np.testing.assert_allclose(np.exp(found).sum(axis=3), 1.0, rtol=1e-12)

    def test_likelihood_is_the_naive_sum_over_classes_and_nodes(self):
        p, shares = ordinal_parameters(), np.array([0.3, 0.7])
        rows = np.array([[0, 1], [2, 2], [-1, 1], [2, -1], [-1, -1]], dtype=np.int16)
        joint = np.array([[shares[g] * naive_row(p, g, row) for g in (0, 1)] for row in rows])
        found = log_totals(rows, p, shares)
        np.testing.assert_allclose(found.log_total, np.log(joint.sum(axis=1)), atol=1e-12)
        posterior = joint / joint.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(found.posterior, posterior, atol=1e-12)

    def test_likelihood_is_the_integral_over_both_traits(self):
        # The 7 x 5 grid against a fine trapezium rule: the integral, not just the same sum.
        p = ordinal_parameters(seed=3, k=1)
        at = np.linspace(-7, 7, 141)
        density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi) * (at[1] - at[0])
        for row in ([0, 1], [2, 2]):
            integral = sum(
                wa * we * np.prod([naive_step(p, 0, j, a, e)[s] for j, s in enumerate(row)])
                for a, wa in zip(at, density, strict=True)
                for e, we in zip(at[::4], 4 * density[::4], strict=True)
            )
            one = np.array([row], dtype=np.int16)
            found = np.exp(log_totals(one, p, np.ones(1)).log_total[0])
            assert found == pytest.approx(integral, abs=2e-4)

    def test_all_possible_answers_sum_to_one(self):
        found = log_totals(EVERY_ANSWER, ordinal_parameters(), np.array([0.4, 0.6]))
        assert np.exp(found.log_total).sum() == pytest.approx(1.0, abs=1e-12)

    def test_a_missing_answer_is_the_sum_over_the_answers(self):
        p, shares = ordinal_parameters(seed=1), np.array([0.4, 0.6])
        gap = np.array([[-1, 2]], dtype=np.int16)
        filled = np.array([[step, 2] for step in range(3)], dtype=np.int16)
        one = np.exp(log_totals(gap, p, shares).log_total[0])
        assert one == pytest.approx(np.exp(log_totals(filled, p, shares).log_total).sum())

    def test_expected_counts_are_all_given_answers(self):
        rows = np.array([[0, 1], [2, -1]], dtype=np.int16)
        nodes, p = StyleNodes(rows, 3), ordinal_parameters()
        found = nodes.expect(p, np.log(np.full((2, 2), 0.5)), np.array([1.0, 3.0]))
        np.testing.assert_allclose(found.counts.sum(axis=(0, 1)), [[1, 0, 3], [0, 1, 0]])

    @pytest.mark.parametrize("seed", range(5))
    def test_a_newton_step_raises_the_expected_penalised_likelihood(self, seed):
        p, counts = ordinal_parameters(seed), answers(seed)
        for _ in range(4):
            log_probability = ordinal_part.node_log_probability(p, GRID)
            better = ordinal_part.improve(p, counts, log_probability, GRID)
            assert expected_objective(better, counts) > expected_objective(p, counts) - 1e-9
            p = better

    def test_steps_end_where_the_numerical_gradient_is_zero(self):
        p, counts = ordinal_parameters(4), answers(4)
        for _ in range(200):
            log_probability = ordinal_part.node_log_probability(p, GRID)
            p = ordinal_part.improve(p, counts, log_probability, GRID)
        np.testing.assert_allclose(numerical_gradient(p, counts), 0.0, atol=1e-4)

    def test_the_likelihoods_gradient_is_that_of_the_expected_one(self):
        # Fisher's identity ties the E-step to the likelihood it is meant to raise.
        random = np.random.default_rng(0)
        rows = random.integers(-1, 3, (40, 2)).astype(np.int16)
        p, shares = ordinal_parameters(2), np.array([0.3, 0.7])
        counts = log_totals(rows, p, shares).counts

        def marginal(q):
            return log_totals(rows, q, shares).log_total.sum() - ordinal_part.penalty(q)

        np.testing.assert_allclose(
            numerical_gradient(p, counts), numerical_gradient(p, of=marginal), atol=1e-5
        )


def answers(seed, k=2, goals=2, steps=3):
    """Expected counts such as an E-step gives."""
    random = np.random.default_rng(seed + 100)
    rows = random.integers(0, steps, (60, goals)).astype(np.int16)
    p = ordinal_parameters(seed + 50, k, goals, steps)
    return log_totals(rows, p, np.full(k, 1 / k)).counts


def expected_objective(p, counts):
    log_probability = ordinal_part.node_log_probability(p, GRID)
    return float((counts * log_probability).sum()) - ordinal_part.penalty(p)


def numerical_gradient(p, counts=None, *, of=None, width=1e-5):
    def value(vector):
        threshold = np.column_stack([np.zeros(len(p.threshold)), vector[:free].reshape(rest)])
        location = vector[free:-2].reshape(p.location.shape)
        moved = OrdinalParameters(threshold, location, vector[-2], vector[-1])
        return of(moved) if of else expected_objective(moved, counts)

    rest = p.threshold[:, 1:].shape
    free = int(np.prod(rest))
    parts = [p.threshold[:, 1:].ravel(), p.location.ravel(), [p.shift, p.extremity]]
    at = np.concatenate(parts)
    steps = width * np.eye(len(at))
    return np.array([(value(at + s) - value(at - s)) / (2 * width) for s in steps])


class TestStyleNodes:
    @pytest.mark.parametrize("width", [1.0, 30.0, 300.0])
    def test_the_careful_path_gives_the_same(self, width, monkeypatch):
        random = np.random.default_rng(7)
        rows = random.integers(-1, 5, (50, 6)).astype(np.int16)
        p = ordinal_parameters(3, 3, 6, 5, width, shift=width / 3, extremity=width / 10)
        found = log_totals(rows, p, np.full(3, 1 / 3))
        with np.errstate(all="ignore"):
            by_hand = extreme_log_total(rows, p, np.full(3, 1 / 3))
        np.testing.assert_allclose(found.log_total, by_hand, rtol=1e-9)
        np.testing.assert_allclose(found.posterior.sum(axis=1), 1.0, rtol=1e-9)
        assert np.isfinite(found.counts).all()

        calls = []
        careful = style_nodes._carefully
        monkeypatch.setattr(style_nodes, "_carefully", lambda *a: calls.append(1) or careful(*a))
        with monkeypatch.context() as patch:
            # Nothing passes as finite: every block goes the careful way.
            patch.setattr(style_nodes.np, "isfinite", lambda total: np.zeros(total.shape, bool))
            forced = log_totals(rows, p, np.full(3, 1 / 3))
        assert calls
        np.testing.assert_allclose(forced.log_total, found.log_total, rtol=1e-9)
        np.testing.assert_allclose(forced.posterior, found.posterior, atol=1e-9)
        np.testing.assert_allclose(forced.counts, found.counts, atol=1e-7)

    def test_blocks_do_not_show(self, monkeypatch):
        random = np.random.default_rng(8)
        rows = random.integers(-1, 5, (90, 4)).astype(np.int16)
        p = ordinal_parameters(3, 2, 4, 5)
        whole = log_totals(rows, p, np.full(2, 0.5))
        monkeypatch.setattr(style_nodes, "_BLOCK", 32)
        parts = log_totals(rows, p, np.full(2, 0.5))
        np.testing.assert_allclose(parts.log_total, whole.log_total, rtol=1e-12)
        np.testing.assert_allclose(parts.counts, whole.counts, atol=1e-12)


def extreme_log_total(rows, p, shares):
    """Log-sum-exp over classes and nodes with every term kept as a logarithm."""
    table = ordinal_part.node_log_probability(p, GRID)
    found = []
    for row in rows:
        known = np.flatnonzero(row >= 0)
        terms = table[:, :, known, row[known]].sum(axis=2) + np.log(GRID.weight)
        found.append(np.logaddexp.reduce((terms + np.log(shares)[:, None]).ravel()))
    return np.array(found)


def naive_order(worth, own, mean, kappa, order):
    """Probability of an order, place by place."""
    moved = {
        option: np.exp(worth[option] + (0 if own[option] is None else kappa * (own[option] - mean)))
        for option, mean in enumerate(mean)
    }
    total, left = 1.0, dict(moved)
    for option in order:
        total *= left[option] / sum(left.values())
        del left[option]
    return total


def ranking(seed=0, k=2, options=4, own_rating=0.0):
    random = np.random.default_rng(seed)
    worth = random.normal(size=(k, options))
    worth -= np.log(np.exp(worth).sum(axis=1, keepdims=True))
    return RankingParameters(worth, own_rating, random.normal(size=(k, options)))


class TestRankingPart:
    @pytest.mark.parametrize("places", [1, 2, 3, 4])
    @pytest.mark.parametrize("own_rating", [0.0, 0.8])
    def test_all_orders_sum_to_one(self, places, own_rating):
        orders = np.array(list(permutations(range(4), places)), dtype=np.int16)
        rating = np.tile([0.5, -1.0, 0.0, 0.3], (len(orders), 1))
        known = np.tile([1.0, 1.0, 0.0, 1.0], (len(orders), 1))
        rows = ranking_part.ranked_rows(orders, 4, rating * known, known)
        worths = ranking_part.worths_of(rows, ranking(own_rating=own_rating))
        likelihood = ranking_part.class_log_likelihood(rows, worths)
        np.testing.assert_allclose(np.exp(likelihood).sum(axis=0), 1.0, rtol=1e-12)

    def test_likelihood_is_the_naive_product_with_own_ratings_and_without(self):
        p = ranking(own_rating=0.7)
        orders = np.array([[2, 0, 1], [3, -1, -1], [-1, -1, -1], [1, 3, -1]], dtype=np.int16)
        own = [[0.5, None, 1.0, -0.2], [None] * 4, [1.0, 2.0, 3.0, 4.0], [0.1, 0.2, None, 0.4]]
        known = np.array([[value is not None for value in row] for row in own], dtype=float)
        rating = np.array([[value or 0.0 for value in row] for row in own])
        rows = ranking_part.ranked_rows(orders, 4, rating, known)
        found = ranking_part.class_log_likelihood(rows, ranking_part.worths_of(rows, p))
        assert p.class_rating is not None
        for row, order in enumerate(orders):
            for group in (0, 1):
                named = [int(option) for option in order if option >= 0]
                naive = naive_order(p.worth[group], own[row], p.class_rating[group], 0.7, named)
                assert found[row, group] == pytest.approx(np.log(naive), abs=1e-12)

    @pytest.mark.parametrize("seed", range(4))
    def test_a_step_raises_the_expected_penalised_likelihood(self, seed):
        random = np.random.default_rng(seed)
        n, options = 60, 6
        rating, known = random.normal(size=(n, options)), random.random((n, options)) < 0.8
        liking = random.gumbel(size=(n, options)) + 0.8 * rating
        orders = np.argsort(-liking, axis=1)[:, :3].astype(np.int16)
        rows = ranking_part.ranked_rows(orders, options, rating * known, known.astype(float))
        posterior = random.dirichlet(np.ones(2), n)
        p = ranking_part.first_parameters(rows, posterior)
        # Class means follow from memberships, which stay as they are here.
        for _ in range(30):
            worths = ranking_part.worths_of(rows, p)
            better = ranking_part.improve(p, rows, worths, posterior)
            before, after = (self.objective(q, rows, posterior) for q in (p, better))
            assert after > before - 1e-9
            p = better
        assert p.own_rating > 0.3

    @staticmethod
    def objective(p, rows, posterior):
        worths = ranking_part.worths_of(rows, p)
        likelihood = ranking_part.class_log_likelihood(rows, worths)
        return float((posterior * likelihood).sum()) - ranking_part.penalty(p)

    def test_own_ratings_are_those_of_the_same_goal(self):
        rated = np.array([[0, 4, -1]], dtype=np.int16)
        rating = np.array([[-1.0, 1.0, 0.0]])
        orders = np.array([[0, 1]], dtype=np.int16)
        data = GoalData(1, rated, 5, orders, 4, (2, 0, -1, 1))
        own, known = linked_ratings(data, rating)
        np.testing.assert_array_equal(own, [[0.0, -1.0, 0.0, 1.0]])
        np.testing.assert_array_equal(known, [[0, 1, 0, 1]])


class TestCategoryPart:
    def test_likelihood_is_the_naive_product_over_answered_questions(self):
        random = np.random.default_rng(0)
        sizes = (2, 3)
        shares = [random.dirichlet(np.ones(size), 2) for size in sizes]
        log_probability = np.log(np.hstack(shares))
        rows = np.array([[0, 2], [1, -1], [-1, -1]], dtype=np.int16)
        problem = MixtureProblem(GoalData(3, categories=rows, sizes=sizes))
        p = MixtureParameters(np.array([0.4, 0.6]), category=log_probability)
        joint = [
            [
                share * np.prod([shares[q][g, c] for q, c in enumerate(row) if c >= 0])
                for g, share in enumerate(p.shares)
            ]
            for row in rows
        ]
        posterior, log_likelihood = problem.posterior(p)
        assert log_likelihood == pytest.approx(np.log(np.sum(joint, axis=1)).sum(), abs=1e-12)
        np.testing.assert_allclose(
            posterior, np.array(joint) / np.sum(joint, axis=1, keepdims=True), atol=1e-12
        )

    def test_probabilities_are_counts_per_question_and_a_prior(self):
        counts = np.array([[1.0, 3.0, 0.0, 0.0, 4.0]])
        free = np.exp(category_part.log_probability(counts, (2, 3), 0.0))
        np.testing.assert_allclose(free, [[0.25, 0.75, 0, 0, 1]], atol=1e-11)
        drawn = np.exp(category_part.log_probability(counts, (2, 3), 6.0))
        np.testing.assert_allclose(drawn, [[0.4, 0.6, 0.2, 0.2, 0.6]])


def drawn_data(kind, n=150, seed=1):
    drawn = draw_goal_survey(n, SCENARIOS["medium"], seed)
    if kind == "categories":
        hot = np.where(drawn.ratings < 0, -1, drawn.ratings // 2)
        return GoalData(n, categories=hot.astype(np.int16), sizes=(3,) * GOALS)
    if kind == "rated":
        return GoalData(n, drawn.ratings, STEPS)
    if kind == "ranked":
        return GoalData(n, orders=drawn.orders, options=GOALS, links=(-1,) * GOALS)
    return GoalData(n, drawn.ratings, STEPS, drawn.orders, GOALS, tuple(range(GOALS)))


def problem_of(data, regularisation=None):
    return MixtureProblem(data, prepared_rating(data, learnt(data)), regularisation)


def beginning(n, k, seed):
    return np.random.default_rng(seed).dirichlet(np.full(k, 0.3), n)


KINDS = ("rated", "ranked", "joint", "categories")
LOSS = {"joint": 0.02}
"""Class means of own ratings are moments, not maximised: beside them a round may lose a little."""


class TestRuns:
    @pytest.mark.parametrize("kind", [*KINDS, "independent"])
    @pytest.mark.parametrize("leaps", [True, False])
    def test_the_objective_never_falls(self, kind, leaps, monkeypatch):
        if not leaps:
            monkeypatch.setattr(mixture_em, "leap", lambda *a: None)
        data = drawn_data("joint" if kind == "independent" else kind)
        regularisation = Regularisation(category=0.5, dependent=kind != "independent")
        for seed in range(3):
            problem = problem_of(data, regularisation)
            begin = beginning(data.n, 3, seed)
            reached = [
                problem.run(begin, tolerance=-np.inf, most_rounds=rounds).objective
                for rounds in (0, 2, 5, 10, 20, 40, 80)
            ]
            assert np.diff(reached).min() > -LOSS.get(kind, 1e-7)
            assert reached[-1] > reached[0]

    @pytest.mark.parametrize("kind", [*KINDS, "independent"])
    def test_no_single_step_lowers_the_objective(self, kind, monkeypatch):
        gains = []
        step = MixtureProblem._step

        def watched(self, *arguments):
            found = step(self, *arguments)
            gains.append(found[2])
            return found

        monkeypatch.setattr(MixtureProblem, "_step", watched)
        data = drawn_data("joint" if kind == "independent" else kind)
        regularisation = Regularisation(dependent=kind != "independent")
        for seed in range(3):
            problem_of(data, regularisation).run(beginning(data.n, 3, seed), tolerance=1e-6)
        assert len(gains) > 20
        assert min(gains) > -LOSS.get(kind, 1e-7)

    @pytest.mark.parametrize("kind", KINDS)
    def test_weights_are_repeated_rows(self, kind):
        data = drawn_data(kind, n=80)
        rating = prepared_rating(data, learnt(data))
        weights = np.random.default_rng(0).integers(0, 4, data.n)
        many = np.repeat(np.arange(data.n), weights)
        begin = beginning(data.n, 2, 0)
        one = MixtureProblem(data, rating).run(begin, weights.astype(float), most_rounds=20)
        own = None if rating is None else rating[many]
        other = MixtureProblem(data.take(many), own).run(begin[many], most_rounds=20)
        assert one.objective == pytest.approx(other.objective, abs=1e-6)
        np.testing.assert_allclose(one.posterior[many], other.posterior, atol=1e-5)

    @pytest.mark.parametrize("kind", KINDS)
    def test_order_of_rows_and_of_classes_carries_no_meaning(self, kind):
        data = drawn_data(kind, n=100)
        begin = beginning(data.n, 3, 0)
        order = np.random.default_rng(1).permutation(data.n)
        classes = [2, 0, 1]
        one = problem_of(data).run(begin, most_rounds=20)
        other = problem_of(data.take(order)).run(begin[order][:, classes], most_rounds=20)
        assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-6)
        np.testing.assert_allclose(one.posterior[order][:, classes], other.posterior, atol=1e-5)
        np.testing.assert_allclose(
            one.parameters.shares[classes], other.parameters.shares, atol=1e-6
        )

    def test_a_row_without_answers_gets_the_shares_and_adds_nothing(self):
        for kind in KINDS:
            data = drawn_data(kind, n=60)
            gone = {
                name: np.full_like(part, -1)
                for name in ("rated", "orders", "categories")
                if (part := getattr(data, name)) is not None
            }
            empty = GoalData(
                data.n, **gone, steps=data.steps, options=data.options, links=data.links,
                sizes=data.sizes,
            )  # fmt: skip
            p = problem_of(data).run(beginning(data.n, 3, 0), most_rounds=10).parameters
            posterior, log_likelihood = problem_of(empty).posterior(p)
            np.testing.assert_allclose(posterior, np.tile(p.shares, (data.n, 1)), atol=1e-9)
            assert log_likelihood == pytest.approx(0.0, abs=1e-6)

    def test_parameters_are_counted_as_published(self):
        rated, ranked, joint, named = (problem_of(drawn_data(kind, 30)) for kind in KINDS)
        # Shares, thresholds, locations against one class, shift and extremity (77: typology.md 3.3
        # for 12 four-point goals).
        four = GoalData(2, np.zeros((2, 12), np.int16), 4)
        assert problem_of(four).parameter_count(4) == 3 + 36 + 36 + 2
        assert rated.parameter_count(4) == 3 + 48 + 36 + 2
        assert ranked.parameter_count(4) == 3 + 4 * 11
        assert joint.parameter_count(4) == 3 + 48 + 36 + 2 + 4 * 11 + 1
        assert named.parameter_count(4) == 3 + 4 * 24
