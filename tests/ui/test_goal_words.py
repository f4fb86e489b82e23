"""Short names of goals: what tells them apart stays."""

from assessment.ui.goal_words import short_goals


def test_a_shared_beginning_is_left_out_at_the_end_of_a_word() -> None:
    texts = [
        "In welchem Maß ist dies ein Hemmnis? [Fehlende Mittel]",
        "In welchem Maß ist dies ein Hemmnis? [Fehlendes Personal]",
        "In welchem Maß ist dies ein Hemmnis? [recht]",
    ]
    assert short_goals(texts) == ["Fehlende Mittel", "Fehlendes Personal", "Recht"]


def test_a_short_shared_beginning_stays() -> None:
    names = ["Die Wirtschaft stärken", "Die Wege verkürzen"]
    assert short_goals(names) == names


def test_one_text_that_begins_all_others_stays_readable() -> None:
    assert short_goals(["Wie wichtig ist Ihnen das", "Wie wichtig ist Ihnen das Ehrenamt"]) == [
        "Wie wichtig ist Ihnen das",
        "Wie wichtig ist Ihnen das Ehrenamt",
    ]


def test_equal_texts_stay() -> None:
    assert short_goals(["Gleich lautende Frage"] * 2) == ["Gleich lautende Frage"] * 2
