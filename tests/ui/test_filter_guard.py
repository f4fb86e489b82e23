"""Free choices one after the other: what is refused, and which sizes are exact."""

import numpy as np
import pytest

from assessment.comparison.disclosure import TOO_FEW, WOULD_REVEAL
from assessment.comparison.group_filter import GroupFilter
from assessment.ui.filter_guard import Seen, decide, known_before
from assessment.ui.loaders import sample


@pytest.fixture
def seen() -> Seen:
    return Seen(known_before(sample()))


def keys_of(land: str, n: int) -> tuple[str, ...]:
    structure = sample().assessment.peers.structure
    return tuple(str(key) for key in structure.keys[structure.land == land][:n])


def test_most_single_properties_can_be_looked_at_in_one_session(seen: Seen) -> None:
    shown = [cell for cell in sample().overview.breakdown("Land").cells if (cell.n or 0) >= 12]
    for cell in shown:
        found = decide(sample(), GroupFilter(lands=(cell.id,)), seen)
        assert found.size == f"{cell.n} Kommunen", cell.label
    for size in ("GK7", "GK6", "GK5", "GK4"):
        assert decide(sample(), GroupFilter(sizes=(size,)), seen).group is not None


def test_choices_that_differ_by_few_are_refused(seen: Seen) -> None:
    keys = keys_of("05", 60)
    assert decide(sample(), GroupFilter(keys=keys[:40]), seen).group is not None
    for n in (36, 39, 41, 44):
        assert decide(sample(), GroupFilter(keys=keys[:n]), seen).refusal == WOULD_REVEAL
    assert decide(sample(), GroupFilter(keys=keys[:45]), seen).group is not None
    # Now 44 lies within four of two, 50 within four of none.
    assert decide(sample(), GroupFilter(keys=keys[:50]), seen).group is not None


def test_each_question_is_measured_by_who_answered_it(seen: Seen) -> None:
    peers = sample().assessment.peers
    answered = ~np.isnan(peers.values)
    place = int(np.argmin(answered[peers.structure.land == "05"].sum(axis=0)))
    inside = np.flatnonzero((peers.structure.land == "05") & answered[:, place])
    outside = np.flatnonzero((peers.structure.land == "05") & ~answered[:, place])
    assert len(outside) >= 4
    keys = [str(key) for key in peers.structure.keys]
    first = [keys[row] for row in inside[:40]]
    second = [*first, *(keys[row] for row in outside[:4]), keys[inside[40]]]
    decide(sample(), GroupFilter(keys=tuple(first)), seen)
    found = decide(sample(), GroupFilter(keys=tuple(second)), seen)
    # Five more in all, but only one more who answered.
    assert found.group is not None
    assert not found.group.admitted[place]


def test_small_choices_have_neither_size_nor_median(seen: Seen) -> None:
    found = decide(sample(), GroupFilter(lands=("10",)), seen)
    assert (found.group, found.size, found.refusal) == (None, "", TOO_FEW)
    assert seen.compared == []


def test_sizes_that_would_give_away_a_hidden_one_are_rounded(seen: Seen) -> None:
    assert decide(sample(), GroupFilter(lands=("12",)), seen).size == "rund 15 Kommunen"
    mixed = decide(sample(), GroupFilter(lands=("05",), types=("B",)), seen)
    assert mixed.size.startswith("rund ")
    alone = decide(sample(), GroupFilter(types=("B",)), seen)
    assert alone.size == "123 Kommunen"
