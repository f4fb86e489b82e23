import numpy as np
import pytest

from assessment.comparison.free_group import free_admission
from assessment.comparison.group_names import (
    kind_cases,
    place_cases,
    size_text,
    typed_cases,
)
from assessment.comparison.group_sizes import sizes_told
from assessment.comparison.structure import KIND_LABELS, SIZE_LABELS


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("GK1", "mit mindestens 400.000 Einwohnern"),
        ("GK5", "von 25.000 bis unter 50.000 Einwohnern"),
        ("GK7", "mit weniger als 10.000 Einwohnern"),
        ("KGK1", "mit mindestens 250.000 Einwohnern"),
        ("KGK3", "mit weniger als 150.000 Einwohnern"),
    ],
)
def test_sizes_in_words(code, said):
    assert size_text(code) == said


def test_groups_by_size_and_kind():
    town = kind_cases("stadt", KIND_LABELS["stadt"])
    assert place_cases(town, "GK5").dative == (
        "kreisangehörigen Städten von 25.000 bis unter 50.000 Einwohnern"
    )
    assert place_cases(None, "GK7").nominative == "Kommunen mit weniger als 10.000 Einwohnern"
    assert place_cases(None, "KGK2").dative == "Kreisen von 150.000 bis unter 250.000 Einwohnern"
    assert place_cases(town, "").nominative == "kreisangehörige Städte"


def test_members_of_a_type():
    town = kind_cases("stadt", KIND_LABELS["stadt"])
    found = typed_cases("Bedächtige", "Bedächtigen", True, town, "GK5")
    assert found.nominative == (
        "Bedächtige in kreisangehörigen Städten von 25.000 bis unter 50.000 Einwohnern"
    )
    kreise = typed_cases("Optimierer", "Optimierern", True, None, "KGK1")
    assert kreise.dative == "Optimierern unter den Kreisen mit mindestens 250.000 Einwohnern"


def test_members_of_a_group_without_a_published_name():
    town = kind_cases("stadt", KIND_LABELS["stadt"])
    found = typed_cases("Gruppe 1", "Kommunen der Gruppe 1", False, town, "GK5")
    assert found.dative == (
        "kreisangehörigen Städten der Gruppe 1 von 25.000 bis unter 50.000 Einwohnern"
    )
    kreise = typed_cases("Gruppe 1", "Kommunen der Gruppe 1", False, None, "KGK1")
    assert kreise.nominative == "Kreise der Gruppe 1 mit mindestens 250.000 Einwohnern"
    places = typed_cases("Gruppe 1", "Kommunen der Gruppe 1", False, None, "GK7")
    assert places.dative == "Kommunen der Gruppe 1 mit weniger als 10.000 Einwohnern"


def test_a_kind_only_the_survey_knows_is_quoted():
    found = kind_cases("stadt", "Marktgemeinde")
    assert found.nominative == found.dative == "Kommunen der Art „Marktgemeinde“"


def test_every_kind_and_size_has_a_name():
    for kind, label in KIND_LABELS.items():
        for size in SIZE_LABELS:
            said = place_cases(kind_cases(kind, label), size).dative
            assert "Kommunen der Art" not in said
            assert said.endswith("Einwohnern")


def labelled(*sizes):
    """Groups 0, 1, … of these sizes, one after the other."""
    return np.repeat(np.arange(len(sizes)), sizes)


def test_the_smallest_part_is_kept_back_where_few_would_be_left():
    step = labelled(20, 17, 3)
    (told,) = sizes_told([step], [])
    # 40 − 20 − 17 = 3: so the 17 are not told.
    assert told.tolist() == [True, False, False]


def test_nothing_is_kept_back_where_five_or_nobody_are_left():
    assert sizes_told([labelled(20, 17)], [])[0].tolist() == [True, True]
    assert sizes_told([labelled(20, 17, 5)], [])[0].tolist() == [True, True, False]


def test_what_is_left_of_a_wider_group_counts_too():
    # The second parent has 12 + 2; the whole has 2 + 5 left.
    step, parent = labelled(20, 12, 2, 5), np.repeat([0, 1, 2], [20, 14, 5])
    assert sizes_told([step], [])[0].tolist() == [True, True, False, False]
    assert sizes_told([step], [parent])[0].tolist() == [True, False, False, False]


def test_a_chosen_group_must_differ_by_nobody_or_five():
    step = labelled(20, 20)
    answered = np.ones((40, 1), dtype=bool)

    def admits(members):
        return bool(free_admission(np.isin(np.arange(40), members), [step], answered)[0])

    assert admits(range(20))
    assert admits(range(15))
    assert not admits(range(16))
    assert not admits(range(22))
    assert admits(range(25))
    assert not admits(range(5))
    assert not admits(range(36))


def test_a_chosen_group_is_judged_by_who_answered():
    step = np.zeros(40, dtype=int)
    answered = np.ones((40, 2), dtype=bool)
    answered[:12, 1] = False
    members = np.arange(40) < 16
    # 4 of the 16 answered the second question.
    assert free_admission(members, [step], answered).tolist() == [True, False]
