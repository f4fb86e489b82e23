from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.comparison import disclosure
from assessment.comparison.disclosure import (
    counts_are_safe,
    guarded_counts,
    guarded_mean,
    guarded_median,
    may_be_shown_together,
    order_statistics,
)

VALUES = st.lists(st.sampled_from([0.0, 12.5, 25.0, 40.0, 50.0, 75.0, 100.0]), max_size=40)


@given(values=VALUES, data=st.data())
def test_the_viewer_is_taken_out_and_small_groups_stay_closed(values, data):
    ordered = np.sort(np.array(values))
    place = data.draw(st.integers(-1, len(values) - 1))
    own = float(ordered[place]) if place >= 0 else None
    found = order_statistics(ordered, own=own)
    others = np.delete(ordered, place) if place >= 0 else ordered
    if len(others) < 5:
        assert found.n is None
        assert found.median is found.low is found.high is None
        assert found.refusal
        return
    assert found.n == len(others)
    assert not found.refusal
    assert found.median == pytest.approx(np.median(others), abs=0.51)
    if len(others) < 12:
        assert found.low is found.high is None
        assert found.quartile_refusal
    else:
        assert not found.quartile_refusal
        assert found.low == pytest.approx(np.quantile(others, 0.25), abs=0.51)
        assert found.high == pytest.approx(np.quantile(others, 0.75), abs=0.51)


@given(values=st.lists(st.floats(0, 100), min_size=5, max_size=30))
def test_only_whole_points_are_shown(values):
    found = order_statistics(np.sort(np.array(values)))
    assert isinstance(found.median, int)
    assert found.low is None or isinstance(found.low, int)


def test_rounding_is_half_up():
    found = order_statistics(np.array([0.0, 0, 12.5, 50, 50]))
    assert found.median == 13


def test_a_value_that_is_not_in_the_group_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="not in the group"):
        order_statistics(np.arange(10.0), own=3.5)


def test_a_group_that_was_not_admitted_stays_closed():
    found = order_statistics(np.arange(50.0), admitted=False)
    assert found.median is None
    assert found.refusal == disclosure.WOULD_REVEAL
    assert guarded_median(np.arange(50.0), admitted=False).value is None
    assert guarded_mean(np.arange(50.0), admitted=False).value is None


@pytest.mark.parametrize("guarded", [guarded_median, guarded_mean])
def test_missing_answers_do_not_count(guarded):
    four = np.array([1.0, 2, 3, 4, np.nan, np.nan])
    assert guarded(four).value is None
    assert guarded(four).n is None
    assert guarded(np.append(four, 5.0)).value == 3.0
    assert guarded(np.append(four, 5.0)).n == 5


def test_a_small_group_of_one_mind_is_not_averaged():
    assert guarded_mean(np.full(6, 4.0)).value is None
    # A member knows the own answer: the reason must not say that the others gave it too.
    assert guarded_mean(np.full(6, 4.0)).refusal == disclosure.WOULD_REVEAL
    assert guarded_counts([7, 0, 0]).refusal == guarded_counts([4, 3, 1]).refusal
    assert guarded_mean(np.full(10, 4.0)).value is None


def test_every_refusal_is_one_sentence():
    sentences = [
        text for name, text in vars(disclosure).items() if name.isupper() and isinstance(text, str)
    ]
    assert len(sentences) == 7
    for text in sentences:
        assert text.endswith(".")
        assert text.count(".") == 1


COUNTS = st.lists(st.integers(0, 12), min_size=2, max_size=6)


@given(counts=COUNTS)
def test_no_small_count_is_shown(counts):
    shown = guarded_counts(counts).counts
    assert len(shown) == len(counts)
    for n, given_ in zip(counts, shown, strict=True):
        assert given_ is None or (given_ == n and (n == 0 or n >= 5))


@given(counts=COUNTS)
def test_a_hidden_count_does_not_follow_from_the_total(counts):
    shown = guarded_counts(counts).counts
    hidden = [n for n, given_ in zip(counts, shown, strict=True) if given_ is None]
    if sum(counts) >= 5 and hidden:
        assert sum(hidden) >= 5
        assert len(hidden) >= 2


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_an_attacker_who_knows_rule_and_total_cannot_pin_down_a_hidden_count(counts):
    shown = guarded_counts(counts).counts
    hidden = [place for place, n in enumerate(shown) if n is None]
    assume(len(hidden) >= 2)
    total = sum(counts)
    rest = total - sum(n for n in shown if n is not None)
    possible = {place: set() for place in hidden}
    for guess in product(range(rest + 1), repeat=len(hidden) - 1):
        if sum(guess) > rest:
            continue
        whole = [0 if n is None else n for n in shown]
        for place, n in zip(hidden, (*guess, rest - sum(guess)), strict=True):
            whole[place] = n
        if guarded_counts(whole).counts == shown:
            for place in hidden:
                possible[place].add(whole[place])
    for place in hidden:
        assert counts[place] in possible[place]
        if total >= 5:
            width = max(possible[place]) - min(possible[place])
            assert width >= 2 or width >= 0.2 * max(possible[place])


def test_tiny_totals_and_uniform_small_groups_show_nothing():
    assert guarded_counts([4, 0, 0]).counts == (None, None, None)
    assert guarded_counts([7, 0, 0]).counts == (None, None, None)
    assert guarded_counts([120, 4, 0]).counts == (None, None, None)
    assert guarded_counts([120, 4, 0]).refusal == disclosure.TOO_ALIKE
    assert guarded_counts([120, 5, 0]).counts == (120, 5, 0)
    assert guarded_counts([12, 0, 0], public=True).counts == (12, 0, 0)


@settings(max_examples=60)
@given(
    masks=st.integers(1, 4).flatmap(
        lambda k: st.lists(st.tuples(*[st.booleans()] * k), min_size=1, max_size=60)
    )
)
def test_no_two_shown_groups_differ_by_fewer_than_five(masks):
    groups = list(np.array(masks).T)
    decisions = may_be_shown_together(groups)
    shown = [group for group, fits in zip(groups, decisions, strict=True) if fits]
    for group in shown:
        assert group.sum() >= 5
        assert (~group).sum() == 0 or (~group).sum() >= 5
    for one, other in combinations(shown, 2):
        for cell in (one & other, one & ~other, ~one & other, ~one & ~other):
            assert cell.sum() == 0 or cell.sum() >= 5


def test_the_first_group_wins_and_a_near_copy_is_refused():
    first = np.arange(40) < 20
    near = np.arange(40) < 22
    apart = np.arange(40) >= 20
    assert may_be_shown_together([first, near, apart]) == (True, False, True)
    assert may_be_shown_together([near, first]) == (True, False)


def test_what_adds_up_leaves_no_remainder_of_few():
    # Three parts of 51 apart from each other leave three: their mean would follow from the others.
    kinds = np.repeat(list("BOSC"), [20, 16, 12, 3])
    groups = [np.full(51, True), *(kinds == kind for kind in "BOSC")]
    assert may_be_shown_together(groups) == (True, True, True, True, False)
    assert may_be_shown_together(groups, additive=True) == (True, True, True, False, False)


def test_a_page_for_everybody_needs_one_member_more():
    five = np.arange(5.0)
    assert order_statistics(five).median == 2
    assert order_statistics(five, least=disclosure.MINIMUM_MEMBERS).median is None
    assert guarded_median(five, least=disclosure.MINIMUM_MEMBERS).value is None
    assert guarded_mean(five, least=disclosure.MINIMUM_MEMBERS).value is None


def test_a_remainder_of_few_is_refused():
    everybody = np.full(30, True)
    groups = [everybody, np.arange(30) < 14, (np.arange(30) >= 14) & (np.arange(30) < 27)]
    # Beside the first two, the third would leave three municipalities.
    assert may_be_shown_together(groups) == (True, True, False)


def test_a_table_is_safe_only_if_every_cell_is_empty_or_has_five():
    assert counts_are_safe([0, 5, 9]) is True
    assert counts_are_safe([]) is True
    assert counts_are_safe([5, 4]) is False
    assert counts_are_safe([0, 1]) is False


def test_masks_must_all_fit_together():
    whole = np.ones(12, dtype=bool)
    with pytest.raises(ValueError, match="group"):
        may_be_shown_together([whole, np.ones(11, dtype=bool)])
    with pytest.raises(ValueError, match="group"):
        may_be_shown_together([whole, np.ones(12, dtype=int)])


@pytest.mark.parametrize("place", [0, -1])
def test_an_infinite_end_is_refused(place):
    ordered = np.arange(12, dtype=float)
    ordered[place] = np.inf if place else -np.inf
    with pytest.raises(ValueError, match="finite"):
        order_statistics(ordered)


def test_the_partner_of_hidden_cells_is_the_next_after_the_first():
    assert guarded_counts([2, 9, 9, 1, 9]).counts == (None, None, 9, None, 9)


def test_a_median_has_whole_points_unless_asked_otherwise():
    values = np.array([1.0, 2.0, 2.26, 3.0, 4.0, 5.0, 0.0])
    assert guarded_median(values).value == 2.0
    assert guarded_median(values, decimals=1).value == 2.3


def test_a_mean_near_the_lower_end_of_a_scale_that_does_not_begin_at_zero():
    values = np.array([1.0] * 7 + [2.0])
    assert guarded_mean(values, scale=(1.0, 5.0)).refusal
    assert guarded_mean(6.0 - values, scale=(1.0, 5.0)).refusal
    middle = np.array([1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 2.0, 4.0])
    assert guarded_mean(middle, scale=(1.0, 5.0)).value == 3.0
