"""Freely chosen groups cell by cell: each way in which few could follow, alone."""

import numpy as np
import pytest

from assessment.comparison.shown_groups import MOST_SMALL_CELLS, ShownGroups


def groups_of(sizes: dict[str, int]) -> tuple[int, dict[str, np.ndarray]]:
    """Masks of the groups named by letters; a key lists the groups its members are in."""
    members = [key for key, size in sizes.items() for _ in range(size)]
    letters = sorted({letter for key in sizes for letter in key})
    return len(members), {
        letter: np.array([letter in key for key in members]) for letter in letters
    }


@pytest.mark.parametrize("small", ["A", "B", "AB", ""])
@pytest.mark.parametrize(("size", "admitted"), [(0, True), (1, False), (4, False), (5, True)])
def test_each_cell_of_two_groups_is_empty_or_has_five(
    small: str, size: int, admitted: bool
) -> None:
    n, groups = groups_of({key: size if key == small else 9 for key in ("A", "B", "AB", "")})
    shown = ShownGroups(n).with_group(groups["A"])
    found, sentence = shown.admit(groups["B"])
    assert found is admitted
    assert bool(sentence) is not admitted


@pytest.mark.parametrize(("rest", "admitted"), [(4, False), (5, True)])
def test_what_many_groups_leave_over_follows_as_well(rest: int, admitted: bool) -> None:
    # C without A and without B is the rest, though each pair of groups differs by many.
    n, groups = groups_of({"AC": 10, "BC": 10, "C": rest, "": 16})
    shown = ShownGroups(n).with_group(groups["A"]).with_group(groups["B"])
    assert shown.admit(groups["C"])[0] is admitted


def test_small_cells_that_do_not_follow_are_no_reason() -> None:
    small = {"ABC": 3, "AB": 4, "AC": 4, "BC": 4, "A": 4, "B": 4, "C": 4, "": 10}
    n, groups = groups_of(small)
    shown = ShownGroups(n).with_group(groups["A"]).with_group(groups["B"])
    assert shown.admit(groups["C"])[0] is True


@pytest.mark.parametrize(("many", "admitted"), [(0, True), (1, False)])
def test_too_many_small_cells_to_check_close_the_door(many: int, admitted: bool) -> None:
    cells = [
        "".join(letter for letter, inside in zip("ABCD", bits, strict=True) if inside)
        for bits in np.ndindex(2, 2, 2, 2)
    ]
    few = MOST_SMALL_CELLS + many
    assert few == 12 + many
    n, groups = groups_of({key: 10 if place >= few else 4 for place, key in enumerate(cells)})
    shown = ShownGroups(n)
    for letter in "ABC":
        shown = shown.with_group(groups[letter])
    assert shown.admit(groups["D"])[0] is admitted
