"""Examples of a type, and municipalities between two types."""

import numpy as np
import pytest
from goal_survey_builder import draw, goal_survey

from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import goal_input
from assessment.typology.paragons import (
    answered_questions,
    borderline_rows,
    profile_distances,
    typical_rows,
)
from assessment.typology.response_style import centre, learn_preparation

POSTERIOR = np.array(
    [[0.9, 0.1], [0.99, 0.01], [0.55, 0.45], [0.2, 0.8], [0.45, 0.55], [np.nan, np.nan]]
)


def test_likeliest_rows_with_many_answers_are_typical():
    first, second = typical_rows(POSTERIOR, np.array([12, 3, 12, 10, 12, 0]))
    # Row 1 is the surest and answered least: it may not stand for the type.
    assert [example.row for example in first] == [0, 2]
    assert [example.row for example in second] == [4]
    assert first[0].probability == 0.9
    assert first[0].answered == 12
    assert first[0].distance is None


def test_nearest_rows_are_typical_where_profiles_are_known():
    distances = np.array([[2.0, 9], [3, 9], [1, 9], [9, 2], [9, 1], [np.nan, np.nan]])
    first, second = typical_rows(POSTERIOR, np.full(6, 12), distances, count=2)
    assert [example.row for example in first] == [2, 0]
    assert [example.row for example in second] == [4, 3]
    assert first[0].distance == 1.0


def test_borderline_rows_have_the_smallest_gap():
    found = borderline_rows(POSTERIOR, np.array([12, 12, 9, 12, 12, 0]), count=3)
    assert [example.row for example in found] == [4, 2, 3]
    assert (found[0].first, found[0].second) == (1, 0)
    assert found[0].gap == pytest.approx(0.1)


@pytest.mark.filterwarnings("error")
def test_one_type_empty_types_and_no_rows():
    answered = np.full(6, 12)
    assert borderline_rows(np.ones((6, 1)), answered) == ()
    (only,) = typical_rows(np.ones((6, 1)), answered)
    assert len(only) == 5
    assert only[0].second is None
    empty = np.column_stack([POSTERIOR, np.zeros(6)])
    assert typical_rows(empty, answered)[2] == ()
    assert typical_rows(np.full((6, 2), np.nan), answered) == ((), ())
    assert borderline_rows(np.empty((0, 2)), np.empty(0, int)) == ()


def test_a_ranking_is_one_question():
    data = GoalData(
        n=3,
        rated=np.array([[1, 2], [-1, 0], [-1, -1]], dtype=np.int16),
        steps=5,
        orders=np.array([[0, 1, 2], [1, -1, -1], [-1, -1, -1]], dtype=np.int16),
        options=4,
        numbers=np.array([[1.0], [np.nan], [np.nan]]),
    )
    assert answered_questions(data).tolist() == [4, 2, 0]


@pytest.mark.filterwarnings("error")
def test_examples_of_a_survey_are_of_their_true_type():
    ratings, truth = draw(400, 2, separation=3.0)
    survey = goal_survey(ratings)
    goals = goal_input(survey)
    values = goals.values(survey)
    rows = centre(values, learn_preparation(values))
    labels = np.array(["BOSC".index(kind) for kind in truth])
    centres = np.array([rows.values[labels == kind].mean(axis=0) for kind in range(4)])
    distances = profile_distances(rows, centres)
    posterior = np.exp(-6 * distances**2)
    posterior /= posterior.sum(axis=1, keepdims=True)
    answered = answered_questions(goals.encode(survey))
    for kind, examples in enumerate(typical_rows(posterior, answered, distances)):
        assert [labels[example.row] for example in examples] == [kind] * 5
        assert all(example.answered >= 11 for example in examples)
        assert [e.distance for e in examples] == sorted(e.distance for e in examples)


@pytest.mark.filterwarnings("error")
def test_a_row_without_answers_has_no_distance():
    values = np.array([[1.0, 2.0], [np.nan, np.nan]])
    rows = centre(values, learn_preparation(values[:1]))
    assert np.isnan(profile_distances(rows, np.zeros((3, 2)))[1]).all()
