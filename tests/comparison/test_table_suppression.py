from itertools import product

import numpy as np
import pytest
from attacker import attack_table
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.comparison import table_suppression
from assessment.comparison.disclosure import SMALL_CELL, TOO_FEW, WOULD_REVEAL
from assessment.comparison.table_suppression import guarded_table, interval_widths


def hidden(table):
    return [[cell is None for cell in row] for row in table.cells]


def test_large_counts_are_shown_with_their_sums():
    found = guarded_table([[20, 10, 7], [8, 9, 12], [30, 6, 11]])
    assert found.cells == ((20, 10, 7), (8, 9, 12), (30, 6, 11))
    assert found.row_totals == (37, 29, 47)
    assert found.column_totals == (58, 25, 30)
    assert found.total == 113
    assert found.refusal == ""


def test_a_small_cell_takes_the_next_in_row_and_column_along():
    found = guarded_table([[20, 3, 7], [8, 9, 12], [30, 6, 11]])
    assert found.cells == ((20, None, None), (8, None, None), (30, 6, 11))
    assert found.row_totals == (30, 29, 47)
    assert found.column_totals == (58, 18, 30)
    assert found.refusal == SMALL_CELL
    # Around the end.
    found = guarded_table([[20, 10, 7], [8, 9, 12], [30, 6, 2]])
    assert found.cells == ((None, 10, None), (8, 9, 12), (None, 6, None))


def test_sums_nobody_knows_need_no_partners():
    found = guarded_table([[20, 3, 7], [8, 9, 12], [30, 6, 11]], totals_known=False)
    assert found.cells == ((20, None, 7), (8, 9, 12), (30, 6, 11))
    assert found.row_totals == found.column_totals == (None,) * 3
    assert found.total is None
    assert found.refusal == SMALL_CELL
    assert guarded_table([[20, 9], [8, 9]], totals_known=False).refusal == ""


def test_few_in_all_are_refused():
    found = guarded_table([[1, 2], [2, 1]])
    assert found.cells == ((None, None), (None, None))
    assert found.row_totals == found.column_totals == (None, None)
    assert found.total is None
    assert found.refusal == TOO_FEW
    assert guarded_table([[5, 5], [5, 5]]).total == 20
    assert guarded_table([[0, 0], [0, 0]]).refusal == TOO_FEW


def test_lines_of_one_mind_are_hidden():
    # Who is in the first row would be known to be in the first column.
    found = guarded_table([[20, 0, 0], [8, 9, 12], [30, 6, 11]])
    assert found.cells[0] == (None, None, None)
    assert found.row_totals == (20, 29, 47)
    # Which column somebody is in is known anyway: then a row of one mind still tells something, a
    # column does not.
    found = guarded_table([[20, 0, 0], [8, 9, 12], [30, 6, 11]], public_columns=True)
    assert found.cells == ((20, 0, 0), (8, 9, 12), (30, 6, 11))
    assert found.refusal == ""
    found = guarded_table(np.array([[20, 0, 0], [8, 9, 12], [30, 6, 11]]).T, public_rows=True)
    assert found.refusal == ""
    found = guarded_table([[20, 0, 0], [8, 9, 12], [30, 6, 11]], public_rows=True)
    assert found.cells[0] == (None, None, None)
    # Five outside the largest cell are enough.
    assert guarded_table([[20, 5, 0], [8, 9, 12], [30, 6, 11]]).refusal == ""


def test_sums_of_one_mind_are_hidden_unless_public():
    counts = [[30, 30], [2, 2]]
    assert guarded_table(counts).row_totals == (None, None)
    assert guarded_table(counts, public_rows=True).row_totals != (60, 4)
    assert guarded_table([[30, 30], [0, 0], [0, 0]], public_rows=True).refusal == ""
    assert guarded_table([[30, 30], [0, 0], [0, 0]]).refusal


def test_empty_lines_stay_and_say_nothing():
    found = guarded_table([[20, 0, 10], [0, 0, 0], [9, 0, 30]])
    assert found.cells == ((20, 0, 10), (0, 0, 0), (9, 0, 30))
    assert found.row_totals == (30, 0, 39)
    assert found.column_totals == (29, 0, 40)


def test_cells_hidden_elsewhere_are_protected_too():
    also = np.zeros((3, 3), dtype=bool)
    also[1, 1] = True
    found = guarded_table([[20, 10, 7], [8, 9, 12], [30, 6, 11]], also=also)
    assert found.cells == ((20, 10, 7), (8, None, None), (30, None, None))
    with pytest.raises(ValueError, match="shape"):
        guarded_table([[20, 10, 7], [8, 9, 12]], also=also)


@pytest.mark.parametrize(
    "counts", [[1, 2, 3], [[-1, 9]], [[1.5, 9]], [[np.nan, 9]], [[np.inf, 9]], [["a", "b"]]]
)
def test_tables_must_be_counts(counts):
    with pytest.raises(ValueError, match="counts must be"):
        guarded_table(counts)


def test_what_the_solver_does_not_answer_stays_closed(monkeypatch):
    found = interval_widths(
        np.array([[1.0, 1.0]]), np.array([3.0, 4.0]), np.eye(2), np.array([9.0, 9.0]), np.full(2, 9)
    )
    assert (found == 0).all()
    monkeypatch.setattr(table_suppression, "interval_widths", lambda *a: np.zeros(len(a[2])))
    closed = guarded_table([[20, 3, 7], [8, 9, 12], [30, 6, 11]])
    assert closed.refusal == WOULD_REVEAL
    assert closed.total is None
    assert all(all(row) for row in hidden(closed))


def test_widths_by_hand():
    # Two numbers with the sum 7, the second between 1 and 4.
    found = interval_widths(
        np.array([[1.0, 1.0]]),
        np.array([3.0, 4.0]),
        np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
        np.array([0.0, 1.0]),
        np.array([np.inf, 4.0]),
    )
    assert found == pytest.approx([3.0, 3.0, 0.0])


TABLES = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(
            st.one_of(st.integers(0, 6), st.integers(5, 40)), min_size=shape[1], max_size=shape[1]
        ),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(max_examples=150, deadline=None)
@given(counts=TABLES)
def test_no_hidden_number_follows(counts):
    found = guarded_table(counts)
    totals = found.row_totals, found.column_totals, found.total
    assert attack_table("t", found.cells, *totals) == []
    for row, line in zip(counts, found.cells, strict=True):
        for n, shown in zip(row, line, strict=True):
            assert shown is None or (shown == n and (n == 0 or n >= 5))
    for sums, shown in ((np.sum(counts, axis=1), totals[0]), (np.sum(counts, axis=0), totals[1])):
        for n, one in zip(sums, shown, strict=True):
            assert one is None or (one == n and (n == 0 or n >= 5))
    assert bool(found.refusal) == (
        any(map(any, hidden(found))) or None in (*totals[0], *totals[1], totals[2])
    )


@settings(max_examples=12, deadline=None)
@given(counts=st.tuples(*[st.integers(0, 7)] * 4))
def test_who_knows_the_algorithm_can_not_invert_it(counts):
    table = np.array(counts).reshape(2, 2)
    found = guarded_table(table)
    if found.total is None or not any(map(any, hidden(found))):
        return
    possible = set()
    rows, total = table.sum(axis=1), table.sum()
    for guess in product(range(total + 1), repeat=2):
        # All tables with these sums of rows.
        if guess[0] > rows[0] or guess[1] > rows[1]:
            continue
        other = np.array([[guess[0], rows[0] - guess[0]], [guess[1], rows[1] - guess[1]]])
        if guarded_table(other) == found:
            possible.add(tuple(other.reshape(-1)))
    for cell, away in enumerate(np.array(hidden(found)).reshape(-1)):
        if away:
            assert len({one[cell] for one in possible}) > 1
