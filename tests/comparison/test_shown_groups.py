import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.comparison.disclosure import (
    TOO_FEW,
    WOULD_REVEAL,
    admitted_groups,
    may_be_shown_together,
    step_labels,
)
from assessment.comparison.shown_groups import ShownGroups


def first(n, of=40):
    return np.arange(of) < n


def test_the_first_group_needs_five_inside_and_outside():
    session = ShownGroups(40)
    assert session.admit(first(5)) == (True, "")
    assert session.admit(first(4)) == (False, TOO_FEW)
    assert session.admit(first(0)) == (False, TOO_FEW)
    assert session.admit(first(35))[0]
    assert session.admit(first(36)) == (False, WOULD_REVEAL)
    assert session.admit(first(40))[0]


def test_groups_that_differ_by_few_are_refused():
    session = ShownGroups(40).with_group(first(20))
    assert session.admit(first(20))[0]
    assert session.with_group(first(20)) is session
    assert session.admit(first(24)) == (False, WOULD_REVEAL)
    assert session.admit(first(25))[0]
    assert not session.admit(first(16))[0]
    assert session.admit(first(15))[0]
    # In both: four; in neither: four.
    assert not session.admit((np.arange(40) >= 16) & (np.arange(40) < 30))[0]
    assert not session.admit((np.arange(40) >= 20) & (np.arange(40) < 36))[0]


def test_who_answered_counts():
    session = ShownGroups(40).with_group(first(20))
    answered = np.arange(40) != 21
    assert session.admit(first(25))[0]
    assert session.admit(first(25), answered) == (False, WOULD_REVEAL)
    assert session.admit(first(25), np.ones(40, bool))[0]
    assert session.admit(first(25), np.arange(40) > 20) == (False, TOO_FEW)


def test_three_groups_together_must_not_leave_few():
    number = np.arange(60)
    session = ShownGroups(60)
    for start, end in ((0, 20), (20, 40)):
        session = session.with_group((number >= start) & (number < end))
    # With the others the third leaves three; each pair leaves many.
    assert not session.admit((number >= 40) & (number < 57))[0]
    assert session.admit((number >= 40) & (number < 55))[0]


def test_sums_over_many_groups_are_seen_through():
    # A ∪ B, B ∪ C and A ∪ C give A, B and C; C has four.
    cells = np.repeat([0, 1, 2, 3], [10, 10, 4, 16])
    groups = [np.isin(cells, pair) for pair in ((0, 1), (1, 2))]
    session = ShownGroups(40, tuple(groups))
    assert not session.admit(np.isin(cells, (0, 2)))[0]
    # Cells of four that can't be separated from large ones are no harm.
    assert ShownGroups(40, (groups[0],)).admit(np.isin(cells, (0, 1, 2, 3)))[0]


def test_too_many_small_cells_are_refused():
    codes = np.arange(128)
    session = ShownGroups(128)
    admitted = 0
    for bit in range(7):
        mask = (codes >> bit) % 2 == 1
        fits, _ = session.admit(mask)
        admitted += fits
        if fits:
            session = session.with_group(mask)
    assert admitted < 7


@pytest.mark.parametrize("mask", [np.ones(39, bool), np.ones(40, int), np.ones((40, 1), bool)])
def test_masks_must_fit(mask):
    with pytest.raises(ValueError, match="bool mask"):
        ShownGroups(40).admit(mask)
    with pytest.raises(ValueError, match="bool mask"):
        ShownGroups(40).admit(first(20), mask)
    with pytest.raises(ValueError, match="bool mask"):
        ShownGroups(40, (mask,))


def test_history_keeps_only_what_was_admitted_and_is_not_changed():
    session = ShownGroups(40)
    with pytest.raises(ValueError, match="Weniger als 5"):
        session.with_group(first(3))
    mask = first(20)
    later = session.with_group(mask)
    mask[:] = False
    assert session.groups == ()
    assert later.groups[0].sum() == 20
    with pytest.raises(ValueError, match="read-only"):
        later.groups[0][0] = False


@settings(max_examples=60, deadline=None)
@given(data=st.data(), n=st.integers(10, 60))
def test_whatever_is_admitted_stays_apart(data, n):
    session = ShownGroups(n)
    for _ in range(5):
        mask = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
        if session.admit(mask)[0]:
            session = session.with_group(mask)
    for one in (*session.groups, np.ones(n, bool)):
        for other in session.groups:
            for cell in (one & other, one & ~other, other & ~one):
                assert cell.sum() == 0 or cell.sum() >= 5


# Prepared groups


def admitted(*steps, answered=None):
    known = np.ones((len(steps[0]), 1), bool) if answered is None else answered
    return [found[:, 0].tolist() for found in admitted_groups([np.array(s) for s in steps], known)]


def test_prepared_groups_by_hand():
    types = np.repeat([0, 1, 2, -1], [20, 10, 4, 6])
    assert admitted(types) == [[True, True, False]]
    # What 20 and 10 leave over of 33 is three: the smaller one gives way.
    types = np.repeat([0, 1, -1], [20, 10, 3])
    assert admitted(types) == [[True, False]]
    # All but four.
    assert admitted(np.repeat([0, -1], [20, 4])) == [[False]]
    assert admitted(np.repeat([0, -1], [20, 5])) == [[True]]
    assert admitted(np.repeat([0], [20])) == [[True]]
    assert admitted(np.repeat([0, -1], [4, 20])) == [[False]]


def test_later_steps_give_way():
    types = np.repeat([0, 1], [20, 20])
    sizes = np.repeat([0, 1, 2, 1], [16, 4, 10, 10])
    # Size 0 lacks four of type 0; size 1 has four that type 1 has not.
    assert admitted(types, sizes) == [[True, True], [False, False, True]]
    assert admitted(sizes, types) == [[True, True, True], [False, False]]
    # If those four did not answer, each size is a type or half of one.
    answered = np.ones((40, 2), bool)
    answered[16:20, 1] = False
    found = admitted_groups([types, sizes], answered)
    assert found[1][:, 0].tolist() == [False, False, True]
    assert found[1][:, 1].tolist() == [True, True, True]


def test_parts_of_a_type_leave_none_or_five_of_it():
    types = np.repeat([0, 1], [30, 30])
    parts = np.repeat([0, 1, -1, 2], [14, 13, 3, 30])
    assert admitted(types, parts) == [[True, True], [True, False, True]]


def test_the_same_group_under_another_name_is_fine():
    types = np.repeat([0, 1], [20, 20])
    assert admitted(types, types) == [[True, True], [True, True]]


@pytest.mark.parametrize(
    ("labels", "answered"),
    [
        ([np.zeros(9, int)], np.ones(9, bool)),
        ([np.zeros(9, int)], np.ones((9, 1), int)),
        ([np.zeros(8, int)], np.ones((9, 1), bool)),
        ([np.zeros(9)], np.ones((9, 1), bool)),
        ([np.full(9, -2)], np.ones((9, 1), bool)),
    ],
)
def test_labels_must_fit(labels, answered):
    with pytest.raises(ValueError, match=r"answered|labels"):
        admitted_groups(labels, answered)


def test_no_steps_and_no_questions():
    assert admitted_groups([], np.ones((9, 1), bool)) == ()
    found = admitted_groups([np.zeros(9, int)], np.ones((9, 0), bool))
    assert found[0].shape == (1, 0)
    codes, names = step_labels(np.array(["b", "", "a", "b"], dtype=object))
    assert codes.tolist() == [1, -1, 0, 1]
    assert names == ("a", "b")


@settings(max_examples=80, deadline=None)
@given(data=st.data(), n=st.integers(5, 80))
def test_admitted_prepared_groups_never_differ_by_few(data, n):
    steps = [
        np.array(data.draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))) for _ in range(3)
    ]
    answered = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    found = admitted_groups(steps, answered[:, None])
    shown = [answered]
    for step, fits in zip(steps, found, strict=True):
        shown += [(step == g) & answered for g in np.flatnonzero(fits[:, 0])]
    for one in shown[1:]:
        assert one.sum() >= 5
        for other in shown:
            for cell in (one & ~other, other & ~one):
                if not (one & other).any() and other is not answered:
                    continue
                assert cell.sum() == 0 or cell.sum() >= 5


@pytest.mark.parametrize(
    "groups",
    [[np.ones(9, int)], [np.ones((9, 1), bool)], [np.ones(9, bool), np.ones(8, bool)]],
)
def test_groups_shown_together_must_be_masks(groups):
    with pytest.raises(ValueError, match="bool masks"):
        may_be_shown_together(groups)
