"""The few questions that place a municipality nearly as all of them do."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from goal_survey_builder import draw, goal_survey

from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import goal_input
from assessment.typology.method import Method
from assessment.typology.methods import solve
from assessment.typology.short_form import (
    Question,
    only,
    question_label,
    questions_of,
    short_forms,
)


class Bayes:
    """Places by independent yes-no questions with known chances (questions, types)."""

    def __init__(self, chances):
        self.chances = np.asarray(chances, dtype=float)

    def probabilities(self, data):
        yes, no = (data.categories == 1).astype(float), (data.categories == 0).astype(float)
        log = yes @ np.log(self.chances) + no @ np.log(1 - self.chances)
        likely = np.exp(log - log.max(axis=1, keepdims=True))
        return likely / likely.sum(axis=1, keepdims=True)

    def as_plain(self):
        return {"kind": "bayes"}


def yes_no(chances, n, seed=0):
    random = np.random.default_rng(seed)
    truth = random.integers(0, len(chances[0]), n)
    answers = (random.random((n, len(chances))) < np.asarray(chances)[:, truth].T).astype(np.int16)
    return GoalData(n=n, categories=answers, sizes=(2,) * len(chances))


CHANCES = [[0.5, 0.5], [0.95, 0.05], [0.55, 0.45], [0.85, 0.15], [0.6, 0.4], [0.75, 0.25]]


def medium(n, seed):
    ratings = draw_goal_survey(n, SCENARIOS["medium"], seed).ratings
    return GoalData(n=n, rated=ratings, steps=5)


@pytest.fixture(scope="module")
def fitted():
    data = medium(412, 3)
    data = data.take(data.canonical_order())
    return data, solve(data, Method.RESPONSE_STYLE, 4, 0).measurement


def test_the_most_telling_questions_come_first():
    found = short_forms(Bayes(CHANCES), yes_no(CHANCES, 600), sizes=range(1, 9))
    assert [len(form.questions) for form in found] == [1, 2, 3, 4, 5]
    assert [question.column for question in found[2].questions] == [1, 3, 5]
    for smaller, larger in pairwise(found):
        assert larger.questions[:-1] == smaller.questions
        assert larger.agreement_here >= smaller.agreement_here - 0.02
    assert found[-1].agreement > 0.98


def test_stated_agreement_holds_for_new_municipalities(fitted):
    data, measurement = fitted
    forms = short_forms(measurement, data)
    assert [len(form.questions) for form in forms] == [4, 5, 6, 7, 8]
    new = medium(3000, 77)
    labels = measurement.probabilities(new).argmax(axis=1)
    for form in forms:
        asked = measurement.probabilities(only(new, form.questions)).argmax(axis=1)
        assert form.agreement == pytest.approx((asked == labels).mean(), abs=0.04)
        assert form.agreement <= form.agreement_here + 0.02
        assert form.n == data.n
    print("agreement with 4 to 8 goals:", [round(form.agreement, 3) for form in forms])
    assert forms[2].agreement >= 0.86
    assert forms[-1].agreement > forms[0].agreement


def test_choice_does_not_flatter_itself():
    """Where questions differ by chance only, the rows chosen on promise more than they keep."""
    chances = [[0.62, 0.38]] * 20
    gaps = []
    for seed in range(12):
        (form,) = short_forms(Bayes(chances), yes_no(chances, 60, seed), sizes=[4])
        new = yes_no(chances, 4000, 1000 + seed)
        labels = Bayes(chances).probabilities(new).argmax(axis=1)
        asked = Bayes(chances).probabilities(only(new, form.questions)).argmax(axis=1)
        truth = (asked == labels).mean()
        gaps.append((form.agreement - truth, form.agreement_here - truth))
    crossed, here = np.mean(gaps, axis=0)
    assert here > 0.03
    assert crossed < 0.02


def test_row_order_and_seed_are_all_that_could_matter_and_do_not(fitted):
    data, measurement = fitted
    shuffled = np.random.default_rng(3).permutation(data.n)
    one = short_forms(measurement, data, sizes=[4, 5])
    assert short_forms(measurement, data.take(shuffled), sizes=[4, 5]) == one


def test_weights_of_nought_are_as_if_absent(fitted):
    data, measurement = fitted
    weights = np.r_[np.ones(200), np.zeros(data.n - 200)]
    part = short_forms(measurement, data.take(np.arange(200)), sizes=[4])
    assert short_forms(measurement, data, weights=weights, sizes=[4]) == part


def test_the_ranking_is_one_question():
    ratings, truth = draw(300, 5)
    survey = goal_survey(ratings)
    data = goal_input(survey).encode(survey)
    labels = np.array(["BOSC".index(kind) for kind in truth])
    random = np.random.default_rng(0)
    orders = np.array([random.permutation(3) + 3 * label for label in labels], dtype=np.int16)
    data = replace(data, orders=orders, options=12, links=tuple(range(12)))
    questions = questions_of(data)
    assert len(questions) == 13
    assert Question("ranked", 0) in questions
    measurement = solve(data, Method.JOINT, 4, 0).measurement
    forms = short_forms(measurement, data, sizes=[1, 2])
    assert forms[0].questions == (Question("ranked", 0),)
    assert forms[0].agreement > 0.9
    left = only(data, [Question("rated", 2)])
    assert (left.orders == -1).all()
    assert (np.delete(left.rated, 2, axis=1) == -1).all()
    np.testing.assert_array_equal(left.rated[:, 2], data.rated[:, 2])
    np.testing.assert_array_equal(only(data, [Question("ranked", 0)]).orders, orders)


@pytest.mark.filterwarnings("error")
def test_nothing_to_shorten():
    data = yes_no(CHANCES, 30)
    assert short_forms(Bayes(CHANCES), data.take(np.arange(1))) == ()
    assert short_forms(Bayes(CHANCES), data, sizes=[6, 7]) == ()
    assert short_forms(Bayes(CHANCES), data, weights=np.zeros(30)) == ()
    one = Bayes(np.array(CHANCES)[:, :1])
    (form,) = short_forms(one, data, sizes=[4])
    assert form.agreement == 1.0
    # A question nobody answers is none.
    data.categories[:, 2] = -1
    assert len(questions_of(data)) == 5
    numbers = GoalData(n=2, numbers=np.array([[1.0, np.nan], [2.0, 3.0]]))
    assert np.isnan(only(numbers, [Question("numbers", 0)]).numbers[:, 1]).all()


def test_labels():
    goals = goal_input(goal_survey(draw(50, 1)[0]))
    assert question_label(goals, Question("rated", 2)) == "Z03"
