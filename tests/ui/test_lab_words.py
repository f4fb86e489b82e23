"""What the laboratory says in words: agreement, differences, stability, names, waiting."""

from dataclasses import replace

import numpy as np
import pytest

from assessment.typology.catdes import Trait
from assessment.typology.method import METHOD_NAMES, METHODS_FOR, InputKind, Method
from assessment.typology.model import Cluster
from assessment.typology.study_types import Stability
from assessment.ui.lab_certainty import told
from assessment.ui.lab_explain import difference_words
from assessment.ui.lab_naming import verdict
from assessment.ui.lab_progress import rest
from assessment.ui.lab_result import at_least, part_of
from assessment.ui.lab_settings import KIND_SENTENCES, METHOD_SENTENCES
from assessment.ui.lab_solutions import (
    SolutionChoice,
    agreement_words,
    level_share,
    side_by_side,
)

TRAIT = Trait("A", "Frage?", "ja", False, 50, 200, 0.6, 0.4, 0.3)
CLUSTER = Cluster("B", "Bedächtige", True, "B", 0.9, 0.4, 0.3, 90, (0.0,))


def solution(title: str, labels: list[int], groups: int, **more: bool) -> SolutionChoice:
    names = tuple(f"{title}{n}" for n in range(groups))
    return SolutionChoice(title, names, np.array(labels), **more)


def test_every_method_and_kind_of_answers_has_its_words() -> None:
    assert set(METHOD_SENTENCES) == set(METHOD_NAMES) == set(Method)
    assert set(KIND_SENTENCES) == set(METHODS_FOR) == set(InputKind)


def test_the_same_grouping_under_other_numbers_is_the_same() -> None:
    both = side_by_side(solution("a", [0, 0, 1, 1, 2, 2], 3), solution("b", [2, 2, 0, 0, 1, 1], 3))
    assert both.ari == 1.0
    assert len(both.moved) == 0
    assert both.second.groups == ("b2", "b0", "b1")
    np.testing.assert_array_equal(both.table, 2 * np.eye(3, dtype=int))
    assert "fast dieselbe Einteilung" in both.sentence
    assert "6 von 6" in both.sentence


def test_who_moved_and_who_is_in_none() -> None:
    first = solution("a", [0, 0, 0, 1, 1, 1, -1], 2)
    second = solution("b", [1, 1, 0, 0, 0, -1, 0], 2, numbered=True)
    both = side_by_side(first, second)
    assert list(both.moved) == [2]
    assert both.n == 5
    assert both.second.groups == ("b0", "b1")
    assert both.guarded == [[None, None], [0, None]]


def test_more_groups_than_the_first_has_come_last() -> None:
    both = side_by_side(solution("a", [0, 0, 1, 1], 2), solution("b", [2, 2, 0, 1], 3))
    assert both.second.groups == ("b2", "b0", "b1")
    assert list(both.moved) == [3]


def test_nothing_in_common() -> None:
    both = side_by_side(solution("a", [0, -1], 1), solution("b", [-1, 0], 1))
    assert both.sentence == "Keine Kommune ist in beiden Lösungen eingeordnet."


@pytest.mark.parametrize(
    ("ari", "words"),
    [(1.0, "fast dieselbe"), (0.5, "Grundzügen"), (0.3, "nur teilweise"), (-0.2, "Zufall")],
)
def test_agreement_in_words(ari: float, words: str) -> None:
    assert words in agreement_words(ari)


def test_level_share_tells_yes_sayers_from_priorities() -> None:
    values = np.array([[90.0, 80.0], [80.0, 90.0], [20.0, 10.0], [10.0, np.nan]])
    assert level_share(values, np.array([0, 0, 1, 1])) > 0.95
    assert level_share(values, np.array([0, 1, 0, 1])) < 0.05
    assert level_share(values, np.full(4, -1)) == 0.0
    assert level_share(np.full((4, 2), 50.0), np.array([0, 0, 1, 1])) == 0.0


def test_size_of_a_difference() -> None:
    assert difference_words(TRAIT) == "deutlich häufiger"
    assert difference_words(replace(TRAIT, effect=-0.2)) == "seltener"
    assert difference_words(replace(TRAIT, effect=0.05)) == "etwas häufiger"
    assert difference_words(replace(TRAIT, category=None, effect=-0.9)) == "deutlich niedriger"
    assert difference_words(replace(TRAIT, effect=None)) == "–"


def test_stability_is_measured_by_data_without_types() -> None:
    stability = Stability(Method.JOINT, 100, (0.9,), None, 0.4, 0.5)
    assert told(0.5, stability) == "nicht mehr als Zufall"
    assert told(0.6, stability) == "kehrt teilweise wieder"
    assert told(0.9, stability) == "kehrt wieder"


def test_names_fit_nearly_fit_or_are_withheld() -> None:
    assert verdict(CLUSTER) == "passt"
    assert verdict(replace(CLUSTER, margin=0.02)) == "passt, aber ein anderer fast ebenso"
    assert verdict(replace(CLUSTER, named=False)) == "kein Name: zu wenig ähnlich"
    assert verdict(replace(CLUSTER, best=None)) == "nicht vergleichbar"


def test_hidden_parts_say_how_much_they_are_at_least() -> None:
    assert at_least(0.979) == "mindestens 95\u00a0%"
    assert at_least(1.0) == "mindestens 100\u00a0%"
    assert part_of(None, 80, 0.96) == "mindestens 95\u00a0%"
    assert part_of(None, None, 0.96) == "verdeckt"
    assert part_of(9, 12, 0.75) == "9 von 12"


def test_waiting_is_estimated_in_round_words() -> None:
    assert rest(0.1, 30) == ""
    assert rest(0.5, 5) == "noch wenige Sekunden"
    assert rest(0.5, 42) == "noch etwa 40 Sekunden"
    assert rest(0.25, 60) == "noch etwa 3 Minuten"
    assert rest(1.0, 60) == ""


def test_a_guarded_table_hides_one_to_four() -> None:
    first = solution("a", [0] * 7 + [1] * 9, 2)
    second = solution("b", [0] * 5 + [1] * 2 + [1] * 9, 2)
    assert side_by_side(first, second).guarded == [[5, None], [0, 9]]
    assert side_by_side(first, second).n == 16
