from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.comparison.transition_table import guarded_transitions
from assessment.comparison.type_transitions import (
    central_numbers,
    chance_of_apparent_change,
    number_distribution,
    transition_of,
)

NAMES = {"B": "Bedächtige", "O": "Optimierer"}
WAVES = ("2026", "2028")
NONE = np.array([np.nan, np.nan])


def spoken(before, after):
    return transition_of(np.array(before), np.array(after), ("B", "O"), NAMES, WAVES)


def test_the_same_type_twice():
    found = spoken([0.9, 0.1], [0.8, 0.2])
    assert (found.first_before, found.first_after) == ("B", "B")
    assert found.probability_changed == pytest.approx(1 - (0.9 * 0.8 + 0.1 * 0.2))
    assert found.sentence == "In beiden Wellen passt das Zielprofil am besten zu „Bedächtige“."


def test_another_type_is_spoken_of_only_where_it_is_sure():
    sure = spoken([0.97, 0.03], [0.02, 0.98])
    assert sure.probability_changed == pytest.approx(1 - (0.97 * 0.02 + 0.03 * 0.98))
    assert "sehr wahrscheinlich verschoben" in sure.sentence
    unsure = spoken([0.6, 0.4], [0.4, 0.6])
    assert unsure.first_before != unsure.first_after
    assert "nicht zu unterscheiden" in unsure.sentence


def test_without_a_type_in_one_wave_nothing_is_said():
    found = spoken([0.9, 0.1], NONE)
    assert (found.first_before, found.first_after, found.probability_changed) == ("B", None, None)
    assert "In der Welle 2028 war keine Zuordnung möglich" in found.sentence
    both = spoken(NONE, NONE)
    assert "In der Welle 2026 und in der Welle 2028" in both.sentence


def test_the_number_of_independent_events_by_enumeration():
    chances = np.array([0.1, 0.5, 0.8])
    plain = np.zeros(4)
    for happens in product([0, 1], repeat=3):
        p = np.prod([c if h else 1 - c for c, h in zip(chances, happens, strict=True)])
        plain[sum(happens)] += p
    assert number_distribution(chances) == pytest.approx(plain)
    assert number_distribution(np.array([])).tolist() == [1.0]


def test_the_central_numbers_hold_95_percent():
    found = number_distribution(np.full(100, 0.1))
    low, high = central_numbers(found)
    assert (low, high) == (5, 16)  # binomial(100, 0.1)
    assert found[low : high + 1].sum() >= 0.95
    assert central_numbers(np.array([1.0])) == (0, 0)


def test_apparent_changes_by_hand():
    """Everybody assigned with 0.9: of those truly B, 0.9 are assigned to B, in both waves."""
    n = 100
    likely = np.array([[0.9, 0.1]] * (n // 2) + [[0.1, 0.9]] * (n // 2))
    found = chance_of_apparent_change(likely, likely)
    assert found == pytest.approx(np.full(n, 1 - (0.9**2 + 0.1**2)))


def test_sure_types_never_appear_to_change():
    sure = np.eye(2)[np.arange(40) % 2]
    assert chance_of_apparent_change(sure, sure) == pytest.approx(np.zeros(40))
    assert chance_of_apparent_change(np.empty((0, 2)), np.empty((0, 2))) is None


def drawn_waves(n, errs, moves, seed):
    """Two waves of two equally frequent types, assigned with independent errors of ``errs``."""
    generator = np.random.default_rng(seed)
    truth = np.arange(n) % 2
    later = np.where(generator.random(n) < moves, 1 - truth, truth)
    waves = []
    for kind in (truth, later):
        seen = np.where(generator.random(n) < errs, 1 - kind, kind)
        waves.append(np.where(np.eye(2)[seen] == 1, 1 - errs, errs))
    return waves


def test_noise_is_not_read_as_movement_and_movement_is_seen():
    """Nobody moves: the number lies in its range in at least 90 of 100 samples."""
    inside = 0
    for seed in range(100):
        table = guarded_transitions(*drawn_waves(300, 0.1, 0.0, seed), ("B", "O"))
        inside += table.chance_low <= table.changed <= table.chance_high
        assert table.expected_by_chance == pytest.approx(300 * 0.18, rel=0.05)
    assert inside >= 90
    moving = guarded_transitions(*drawn_waves(300, 0.1, 0.2, 1), ("B", "O"))
    assert moving.changed > moving.chance_high
    assert "mehr gewechselt, als die Unsicherheit erklärt" in moving.sentence
    still = guarded_transitions(*drawn_waves(300, 0.1, 0.0, 1), ("B", "O"))
    assert "sind das nicht" in still.sentence


def of_types(pairs):
    waves = [np.eye(2)[[pair[place] for pair in pairs]] for place in (0, 1)]
    return guarded_transitions(waves[0], waves[1], ("B", "O"))


def test_the_table_counts_earlier_down_and_later_across():
    table = of_types([(0, 0)] * 20 + [(0, 1)] * 6 + [(1, 0)] * 9 + [(1, 1)] * 30)
    assert table.types == ("B", "O")
    assert table.counts == ((20, 6), (9, 30))
    assert (table.n, table.changed, table.refusal) == (65, 15, "")


def test_those_without_a_type_have_a_line_of_their_own():
    before = np.vstack([np.eye(2)[[0] * 20 + [1] * 20 + [0] * 6 + [1] * 7], [NONE] * 8])
    after = np.vstack([np.eye(2)[[0] * 20 + [1] * 20 + [1] * 6 + [0] * 7], np.eye(2)[[0] * 8]])
    table = guarded_transitions(before, after, ("B", "O"))
    assert table.types == ("B", "O", "")
    assert len(table.counts) == 3
    assert table.n == 61


def test_small_cells_and_few_changes_are_hidden():
    table = of_types([(0, 0)] * 20 + [(0, 1)] * 2 + [(1, 0)] * 1 + [(1, 1)] * 30)
    assert table.changed is None
    assert table.expected_by_chance is None
    assert table.counts[0][1] is None
    assert table.counts[1][0] is None
    assert table.refusal
    assert "verdeckt" in table.sentence
    few = of_types([(0, 0)] * 3 + [(1, 1)] * 2)
    assert few.counts == ()
    assert few.refusal


def _moves(reach):
    """All changes of a 3 × 3 table that keep its lines and its diagonal sum, cells to ±reach."""
    steps = np.arange(-reach, reach + 1)
    free = np.stack(np.meshgrid(steps, steps, steps, steps, indexing="ij"), axis=-1)
    moves = np.zeros((free.size // 4, 3, 3), dtype=np.int8)
    moves[:, :2, :2] = free.reshape(-1, 2, 2)
    moves[:, 2, :2] = -moves[:, :2, :2].sum(axis=1)
    moves[:, :, 2] = -moves[:, :, :2].sum(axis=2)
    return moves[np.trace(moves, axis1=1, axis2=2) == 0]


MOVES = _moves(9)


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_no_hidden_cell_follows_from_what_is_shown(counts):
    """Of all tables with the shown cells, the margins and the number of changes, each hidden cell
    holds at least two different numbers."""
    table = np.array(counts).reshape(3, 3)
    pairs = [(r, c) for r in range(3) for c in range(3) for _ in range(table[r, c])]
    if not pairs:
        return
    waves = [np.eye(3)[[pair[place] for pair in pairs]] for place in (0, 1)]
    found = guarded_transitions(waves[0], waves[1], ("B", "O", "S"))
    hidden = np.array([[cell is None for cell in line] for line in found.counts], dtype=bool)
    if found.changed is None or not hidden.any():
        return
    possible = MOVES[(MOVES[:, ~hidden] == 0).all(axis=1)] + table
    possible = possible[(possible >= 0).all(axis=(1, 2))]
    for row, column in np.argwhere(hidden):
        assert len(set(possible[:, row, column])) >= 2, (table, found.counts)
