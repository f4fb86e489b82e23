"""Rules 2 and 4 by hand: amounts, shares, means near the end of a scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.comparison.disclosure import (
    DOMINATED,
    TOO_ALIKE,
    TOO_FEW,
    WOULD_REVEAL,
    box_plot_allowed,
    guarded_amount,
    guarded_answers,
    guarded_counts,
    guarded_mean,
    guarded_median,
    guarded_share,
    named_to_others,
    order_statistics,
)

NAN = float("nan")


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        # Two largest 84 of 100, others 16: enough; the fourth and on are 11, at least 10 % of 50.
        ([50, 34, 5, 6, 5], 100),
        # Two largest 85 of 100 are too many.
        ([50, 35, 5, 5, 5], None),
        ([60, 24.9, 5, 5, 5.1], 100),
        # Without the three largest, 4 are left: 10 % of 40 exactly; then less than 10 % of 41.
        ([40, 30, 30, 2, 2], 104),
        ([41, 30, 30, 2, 2], None),
        ([0, 0, 0, 0, 0], None),
        ([7, 7, 7, 7, 7], 35),
        ([7, 7, 7, 7, NAN], None),
        ([7, 7, 7, 7, 7, NAN], 35),
    ],
)
def test_amounts_of_few_or_with_giants_are_closed(amounts, value):
    found = guarded_amount(np.array(amounts, dtype=float))
    assert found.value == value
    known = sum(amount == amount for amount in amounts)
    assert found.n == (None if value is None else known)
    if value is None:
        assert found.refusal == (TOO_FEW if known < 5 else DOMINATED)


def test_amounts_are_rounded_and_means_divided():
    amounts = np.array([10.26, 20.26, 30.26, 15.0, 12.0])
    assert guarded_amount(amounts).value == 88
    assert guarded_amount(amounts, kind="mean").value == 17.6
    assert guarded_amount(amounts, admitted=False).refusal == WOULD_REVEAL
    assert guarded_amount(amounts, least=6).refusal == TOO_FEW
    # Never fewer than five, whatever the caller asks for.
    assert guarded_amount(amounts[:4], least=1).refusal == TOO_FEW


@pytest.mark.parametrize("amounts", [[-1.0, 5, 5, 5, 5], [np.inf, 5, 5, 5, 5], [[1.0, 2, 3, 4, 5]]])
def test_amounts_must_be_amounts(amounts):
    with pytest.raises(ValueError, match=r"amounts|dimension"):
        guarded_amount(np.array(amounts))


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="sum or mean"):
        guarded_amount(np.arange(9.0), kind="median")  # pyright: ignore[reportArgumentType]


@given(values=st.lists(st.floats(0, 1e6), min_size=5, max_size=30))
def test_the_largest_amount_is_never_known_to_ten_per_cent(values):
    amounts = np.array(values)
    found = guarded_amount(amounts)
    if found.value is None:
        assert found.refusal
        return
    first, second, third = np.sort(amounts)[::-1][:3]
    # The second and the third together know how much is left for the first.
    assert amounts.sum() - second - third >= 1.1 * first - 1e-6
    assert first + second < 0.85 * amounts.sum() + 1e-6


@pytest.mark.parametrize(
    ("part", "n", "text"),
    [
        (0, 4, ""),
        (2, 4, ""),
        (3, 5, ""),
        (2, 5, ""),
        (3, 6, "50 %"),
        (2, 6, ""),
        (4, 6, ""),
        (3, 9, "33 %"),
        (7, 9, ""),
        (0, 30, ""),
        (3, 30, "10 %"),
        (27, 30, "90 %"),
        (28, 30, ""),
        (0, 31, "unter 10 %"),
        (3, 31, "unter 10 %"),
        (4, 31, "13 %"),
        (28, 31, "über 90 %"),
        (31, 31, "über 90 %"),
        (20, 40, "50 %"),
        (1, 8, ""),
        (13, 40, "33 %"),
    ],
)
def test_shares_at_the_ends_are_not_told(part, n, text):
    found = guarded_share(part, n)
    assert found.text.replace("\u00a0", " ") == text
    assert bool(found.refusal) == (text == "")
    if not text:
        assert found.percent is None
        assert found.n is None
        assert found.refusal == (TOO_FEW if n < 5 else TOO_ALIKE)
    else:
        assert found.n == n
        assert (found.percent is None) == ("0 %" in text and text[0] in "uü")


def test_sensitive_shares_need_ten():
    assert guarded_share(4, 9).percent == 44
    assert guarded_share(4, 9, sensitive=True).refusal == TOO_FEW
    assert guarded_share(4, 10, sensitive=True).percent == 40
    assert guarded_share(4, 10, sensitive=True, least=11).refusal == TOO_FEW
    assert guarded_share(4, 10, admitted=False).refusal == WOULD_REVEAL
    assert guarded_share(4, 10, least=11).refusal == TOO_FEW
    assert guarded_share(1, 2, least=0).refusal == TOO_FEW


@pytest.mark.parametrize(("part", "n"), [(-1, 9), (10, 9), (2.5, 9), (2, 9.5)])
def test_shares_must_be_shares(part, n):
    with pytest.raises(ValueError, match="whole number"):
        guarded_share(part, n)


@given(part=st.integers(0, 200), n=st.integers(0, 200))
def test_two_who_know_their_answers_never_know_all_others(part, n):
    if part > n:
        return
    found = guarded_share(part, n)
    if found.text:
        like = [p for p in range(n + 1) if guarded_share(p, n).text == found.text]
        # Whatever two of them answered, for the others both answers stay possible.
        for yes in (0, 1, 2):
            rest = [p - yes for p in like if 0 <= p - yes <= n - 2]
            assert rest
            assert any(p > 0 for p in rest)
            assert any(p < n - 2 for p in rest)


def test_a_mean_near_the_end_of_the_scale_is_closed():
    # One known and four 4: the rest is known to be 4 from a mean of 4.
    assert guarded_mean(np.full(5, 4.0), scale=(0, 4), step=1).refusal == WOULD_REVEAL
    assert guarded_mean(np.zeros(5), scale=(0, 4), step=1).refusal == WOULD_REVEAL
    assert guarded_mean(np.array([4.0, 4, 4, 3, 0]), scale=(0, 4), step=1).value == 3.0
    # The one who gave 0 knows that; the four others gave 4.
    assert guarded_mean(np.array([4.0, 4, 4, 4, 0]), scale=(0, 4), step=1).value is None
    assert guarded_mean(np.array([0.0, 0, 0, 0, 4]), scale=(0, 4), step=1).value is None
    # On pages for everybody two of them may look.
    seven = np.array([4.0, 4, 4, 4, 4, 1, 0])
    assert guarded_mean(seven, scale=(0, 4), step=1).value == 3.0
    assert guarded_mean(seven, scale=(0, 4), step=1, least=7).value is None
    # Rounding leaves a step open from twenty on: 20 · 0.05 = 1.
    assert guarded_mean(np.full(19, 4.0), scale=(0, 4), step=1).value is None
    assert guarded_mean(np.full(20, 4.0), scale=(0, 4), step=1).value == 4.0
    # Without a step a fifth of the scale must stay open: 16 · 0.05 = 0.8.
    assert guarded_mean(np.full(15, 4.0), scale=(0, 4)).value is None
    assert guarded_mean(np.full(16, 4.0), scale=(0, 4)).value == 4.0
    # Nor is the scale known: what was answered stands for it.
    assert guarded_mean(np.full(500, 4.0)).value is None


def test_a_mean_takes_the_viewer_out():
    values = np.array([3.0, 1, 2, 5, 4, np.nan, 0])
    assert guarded_mean(values, own=0.0).value == 3.0
    assert guarded_mean(values, own=0.0).n == 5
    assert guarded_mean(values, own=NAN).value == 2.5
    assert guarded_mean(values[:5], own=3.0).refusal == TOO_FEW
    with pytest.raises(ValueError, match="not in the group"):
        guarded_mean(values, own=0.5)
    with pytest.raises(ValueError, match="not in the group"):
        guarded_mean(values, own=9.0)
    with pytest.raises(ValueError, match="outside"):
        guarded_mean(values, scale=(0, 4))
    with pytest.raises(ValueError, match="outside"):
        guarded_mean(values, scale=(1, 5))
    assert guarded_mean(np.array([1.0, 2, 3, 4, 5.26]), decimals=2).value == 3.05


@pytest.mark.parametrize("guarded", [guarded_mean, guarded_median])
@pytest.mark.parametrize("values", [np.array([np.inf, 1, 2, 3, 4, 5]), np.ones((3, 3))])
def test_values_must_be_finite(guarded, values):
    with pytest.raises(ValueError, match="finite"):
        guarded(values)


@pytest.mark.parametrize(
    "values",
    [[1.0, 0, 2], [0.0, NAN, 1], [NAN], [0.0, NAN], [np.inf], [-np.inf, 0], [0, np.inf], [[1.0]]],
)
def test_ordered_values_must_ascend(values):
    with pytest.raises(ValueError, match="ascending"):
        order_statistics(np.array(values))


def test_limits_of_order_statistics():
    assert order_statistics(np.arange(4.0)).refusal == TOO_FEW
    assert order_statistics(np.empty(0)).refusal == TOO_FEW
    assert order_statistics(np.arange(4.0), least=0).refusal == TOO_FEW
    assert order_statistics(np.arange(5.0)).median == 2
    assert order_statistics(np.arange(11.0)).low is None
    assert order_statistics(np.arange(12.0)).low == 3
    assert order_statistics(np.arange(12.0)).high == 8
    assert order_statistics(np.arange(13.0), own=0.0).n == 12
    assert order_statistics(np.arange(13.0), own=0.0).low == 4
    assert order_statistics(np.arange(12.0), own=0.0).low is None
    assert order_statistics(np.arange(12.0), own=NAN).n == 12
    with pytest.raises(ValueError, match="not in the group"):
        order_statistics(np.arange(12.0), own=12.0)
    assert guarded_median(np.array([0.0, 1, 2.26, 3, 4]), decimals=1).value == 2.3
    assert not box_plot_allowed(19)
    assert box_plot_allowed(20)
    assert not named_to_others(4)
    assert named_to_others(4, own=True)
    assert named_to_others(5)


def test_counts_by_hand():
    assert guarded_counts([3, 3]).refusal == TOO_FEW
    assert guarded_counts([5, 1]).refusal == TOO_FEW
    assert guarded_counts([2, 2, 2, 1]).counts == (None,) * 4
    # Four outside the largest cell are too few, five are enough.
    assert guarded_counts([20, 4]).refusal == TOO_ALIKE
    assert guarded_counts([20, 5]).counts == (20, 5)
    assert guarded_counts([20, 5]).refusal == ""
    assert guarded_counts([20, 4, 6]).counts == (20, None, None)
    assert guarded_counts([20, 6, 4]).counts == (None, 6, None)
    assert guarded_counts([20, 3, 4, 6]).counts == (20, None, None, 6)
    # 8 in two small cells can only be 4 and 4, 2 only 1 and 1.
    assert guarded_counts([20, 4, 4, 6]).counts == (20, None, None, None)
    assert guarded_counts([20, 1, 1, 6]).counts == (20, None, None, None)
    assert guarded_counts([20, 0, 3, 0, 9]).counts == (20, 0, None, 0, None)
    assert guarded_counts([]).counts == ()
    assert guarded_counts([9, 0], public=True).counts == (9, 0)
    assert guarded_counts([9, 1], public=True).counts == (None, None)


@pytest.mark.parametrize("counts", [[-1, 20, 20], [2.5, 20, 20]])
def test_counts_must_be_counts(counts):
    with pytest.raises(ValueError, match="whole numbers"):
        guarded_counts(counts)


def test_those_without_an_answer_are_no_partner():
    # Alone, 20, 9 and 3 hide the cell after the 3 too; those without an answer change nothing.
    assert guarded_answers([20, 9, 3], 30).counts == (None, 9, None, None)
    assert guarded_answers([20, 0, 0], 30).counts == (None, None, None, 30)
    assert guarded_answers([20, 0, 0], 30).refusal == TOO_ALIKE
    assert guarded_answers([20, 9, 8], 30).counts == (20, 9, 8, 30)
    assert guarded_answers([20, 9, 8], 3).counts == (None, 9, 8, None)
