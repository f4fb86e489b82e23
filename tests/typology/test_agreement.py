"""Agreement of two solutions, whatever their types are called."""

import numpy as np
import pytest
from goal_survey_builder import draw, goal_survey
from hypothesis import given
from hypothesis import strategies as st

from assessment.typology.agreement import (
    adjusted_rand,
    assignments_of,
    compare_solutions,
    match_labels,
    shares_of_agreement,
)
from assessment.typology.fit import fit

FIRST = {"1": "B", "2": "B", "3": "B", "4": "O", "5": "O", "6": None, "7": "", "8": "O", "9": "B"}
SECOND = {"1": "G2", "2": "G2", "3": "G1", "4": "G1", "5": "G1", "6": "G1", "7": "", "8": None}


def test_two_solutions_are_compared_by_key():
    found = compare_solutions(FIRST, SECOND)
    assert found.first_types == ("B", "O")
    assert found.second_types == ("G1", "G2")
    assert found.table.tolist() == [[1, 2], [2, 0]]
    assert found.n == 5
    assert found.stayed == 4
    assert found.pairs == (("B", "G2"), ("O", "G1"))
    assert found.moved == ("3",)
    assert found.gained == ("6",)
    assert found.lost == ("8",)
    assert found.neither == ("7",)
    assert found.only_first == ("9",)
    assert found.only_second == ()
    # By hand: 2 pairs together in both, 4 in the first, 4 in the second, 10 in all.
    assert found.ari == pytest.approx((2 - 1.6) / (4 - 1.6))


def test_more_types_on_one_side():
    second = {"1": "x", "2": "y", "3": "y", "4": "z", "5": "z"}
    found = compare_solutions({"1": "B", "2": "B", "3": "B", "4": "O", "5": "O"}, second)
    assert found.pairs == (("B", "y"), ("O", "z"))
    assert found.moved == ("1",)
    back = compare_solutions(second, {"1": "B", "2": "B", "3": "B", "4": "O", "5": "O"})
    assert back.pairs == (("y", "B"), ("z", "O"))
    assert back.moved == ("1",)


@pytest.mark.parametrize(
    ("first", "second"),
    [({}, {}), ({"1": "B"}, {"2": "B"}), ({"1": None}, {"1": None}), ({"1": "B"}, {"1": "O"})],
)
def test_nothing_to_compare_has_no_index(first, second):
    found = compare_solutions(first, second)
    assert found.ari is None
    assert found.moved == ()


def test_memberships_and_their_files_compare_alike():
    ratings, _ = draw(150, 1)
    ratings[:3] = np.nan
    survey = goal_survey(ratings)
    one = fit(survey, k=4).assign(survey)
    other = fit(survey, k=3).assign(survey)
    found = compare_solutions(one, other)
    written = compare_solutions(assignments_of(one), assignments_of(other))
    assert found.n == written.n == found.table.sum()
    assert found.n + len(found.neither) == 150
    assert found.ari == written.ari
    assert found.neither[:3] == tuple(survey.keys[:3])
    assert set(found.moved) == set(written.moved)
    same = compare_solutions(one, one)
    assert same.ari == 1.0
    assert same.moved == ()
    assert all(a == b for a, b in same.pairs)


@given(st.lists(st.integers(0, 3), min_size=8, max_size=40), st.permutations(range(4)))
def test_renumbered_labels_are_matched_back(labels, order):
    labels = np.array([0, 1, 2, 3, *labels])
    other = np.array(order)[labels]
    matched = match_labels(labels, other, 4)
    np.testing.assert_array_equal(matched[other], labels)
    assert adjusted_rand(labels, other) == 1.0


def test_a_class_too_many_is_left_over():
    matched = match_labels(np.array([0, 0, 1, 1, -1]), np.array([2, 2, 1, 1, 0]), 2, 3)
    assert matched.tolist() == [-1, 1, 0]


def test_unlabelled_rows_take_no_part():
    assert adjusted_rand(np.array([0, 0, 1, 1, -1]), np.array([1, 1, 0, 0, 0])) == 1.0
    assert np.isnan(adjusted_rand(np.array([-1, 0]), np.array([0, -1])))


def test_share_of_baselines_that_agree():
    chosen = np.array([0, 1, 1, -1])
    others = [np.array([0, 1, 0, 0]), np.array([0, -1, 0, -1])]
    np.testing.assert_array_equal(shares_of_agreement(chosen, others), [1.0, 0.5, 0.0, np.nan])
    assert np.isnan(shares_of_agreement(chosen, [])).all()
