from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.comparison.release import (
    DIFFERS_BY_FEW,
    ID_TAKEN,
    UNKNOWN_CHANGES,
    Release,
    may_follow,
)


def release(name, numbers, *, changed=(), **more):
    members = frozenset(map(str, numbers))
    marks = {key: "new" if int(key) in changed else "old" for key in members}
    return Release(name, len(members), members, answers=marks, **more)


FIRST = release("1", range(40))


@pytest.mark.parametrize(
    ("numbers", "changed", "fits"),
    [
        (range(40), (), True),
        (range(41), (), False),
        (range(44), (), False),
        (range(45), (), True),
        (range(36), (), False),
        (range(35), (), True),
        (range(5, 45), (), True),
        (range(5, 44), (), False),
        (range(40), range(1), False),
        (range(40), range(4), False),
        (range(40), range(5), True),
        (range(45), range(4), False),
    ],
)
def test_who_joins_leaves_or_corrects_is_nobody_or_five(numbers, changed, fits):
    found = may_follow([FIRST], release("2", numbers, changed=changed))
    assert found == (fits, "" if fits else DIFFERS_BY_FEW)


def test_every_earlier_release_counts():
    second = release("2", range(45))
    third = release("3", range(48))
    assert may_follow([], third) == (True, "")
    assert may_follow([FIRST], third)[0]
    assert not may_follow([FIRST, second], third)[0]
    assert not may_follow([second, FIRST], third)[0]


def test_a_release_stays_as_it_is():
    assert may_follow([FIRST], release("1", range(50))) == (False, ID_TAKEN)


def test_unknown_corrections_are_refused():
    new = release("2", range(45))
    bare = replace(new, answers={})
    assert may_follow([FIRST], bare) == (False, UNKNOWN_CHANGES)
    assert may_follow([replace(FIRST, answers={})], new) == (False, UNKNOWN_CHANGES)
    asked = replace(new, answered={"q": new.members})
    assert may_follow([FIRST], asked) == (False, UNKNOWN_CHANGES)


def keys(*numbers):
    return frozenset(map(str, numbers))


def test_groups_and_questions_are_compared_on_their_own():
    small, large = keys(*range(20)), keys(*range(20, 40))
    old = replace(FIRST, groups={"a": small, "b": large})
    grown = release("2", range(45), groups={"a": small, "b": large | keys(*range(40, 45))})
    assert may_follow([old], grown)[0]
    # One moved from a to b.
    moved = replace(grown, groups={"a": small - keys(1), "b": large | keys(1, *range(40, 45))})
    assert may_follow([old], moved) == (False, DIFFERS_BY_FEW)
    # A group only one release has stands against everybody of the other.
    assert may_follow([FIRST], replace(grown, groups={"c": small}))[0]
    few_out = keys(*range(38))
    assert not may_follow([FIRST], replace(grown, groups={"c": few_out}))[0]
    assert not may_follow([replace(FIRST, groups={"c": few_out})], release("2", range(40)))[0]
    # Of five who joined, four answered.
    asked = {"q": keys(*range(44))}
    assert not may_follow(
        [replace(old, answered={"q": old.members})], replace(grown, answered=asked)
    )[0]


def test_who_did_not_answer_is_no_difference():
    # Two never answered; five more joined and answered.
    old = replace(FIRST, answered={"q": keys(*range(38))})
    new = release("2", range(45))
    assert may_follow([old], replace(new, answered={"q": keys(*range(38), *range(40, 45))}))[0]
    # Five answered for the first time; two of them and five who never did changed something else.
    old = replace(FIRST, answered={"q": keys(*range(5, 35))})
    new = release("2", range(40), changed={0, 1, 2, 3, 4, 35, 36})
    assert may_follow([old], replace(new, answered={"q": keys(*range(5, 40))}))[0]


def test_late_answers_of_one_kind_are_noticed():
    old = replace(FIRST, answered={"q": FIRST.members}, counts={"q": (20, 15, 5)})
    new = release("2", range(50))
    new = replace(new, answered={"q": new.members}, counts={"q": (20, 15, 15)})
    assert may_follow([old], new) == (False, DIFFERS_BY_FEW)
    assert not may_follow([old], replace(new, counts={"q": (20, 19, 11)}))[0]
    assert may_follow([old], replace(new, counts={"q": (20, 20, 10)}))[0]
    assert may_follow([old], replace(new, counts={"q": (20, 15, 5)}))[0]
    assert not may_follow([old], replace(new, counts={"q": (20, 30)}))[0]
    assert may_follow([old], replace(new, counts={}))[1] == UNKNOWN_CHANGES
    assert may_follow([replace(old, counts={"q": ()})], replace(new, counts={"q": ()}))[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"n": 39},
        {"groups": {"a": keys(99)}},
        {"answers": {"99": "x"}},
        {"answered": {"q": keys(99)}},
        {"counts": {"q": (1, 2)}},
    ],
)
def test_a_release_must_be_whole(wrong):
    with pytest.raises(ValueError, match=r"release|known"):
        replace(FIRST, **wrong)


@given(one=st.sets(st.integers(0, 30)), other=st.sets(st.integers(0, 30)))
def test_what_may_follow_differs_by_none_or_five(one, other):
    fits, sentence = may_follow([release("1", one)], release("2", other))
    assert fits == all(len(part) == 0 or len(part) >= 5 for part in (one - other, other - one))
    assert bool(sentence) == (not fits)
