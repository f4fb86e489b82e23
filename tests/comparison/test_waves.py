from dataclasses import replace

import numpy as np
import pytest
from wave_cases import (
    book,
    default_items,
    keys_of,
    membership_of,
    question,
    row,
    side,
)

from assessment import pipeline
from assessment.comparison.waves import (
    NEW_FIELD,
    NO_ITEMS,
    OTHER_QUESTIONS,
    TOO_OPEN,
    PreparedWaves,
    compare_waves,
    transition_table,
)
from assessment.questionnaire.model import Dimension, Questionnaire
from assessment.simulation import second_wave, simulate
from assessment.survey import AnswerStatus

KEYS = keys_of(30)
BOOK = book()


def waves(first, later, *, before_book=BOOK, after_book=BOOK, **more):
    return side(before_book, first, 2026, **more), side(after_book, later, 2028, **more)


def many(changed_row):
    """Thirty municipalities; the first answers ``changed_row`` (before, after)."""
    others = row("2", *"2222")
    first, later = dict.fromkeys(KEYS, others), dict.fromkeys(KEYS, others)
    first[KEYS[0]], later[KEYS[0]] = changed_row
    # Seven others change something somewhere: two waves, not two versions of one.
    for place in range(1, 8):
        later[KEYS[place]] = {**others, "Q4": "3"}
    return waves(first, later)


def field(found, dimension):
    return next(one for one in found.fields if one.dimension == dimension)


def test_the_own_change_by_hand():
    before, after = many((row("1", *"2222"), row("3", *"2244")))
    found = compare_waves(before, after, KEYS[0])
    assert (found.wave_before, found.wave_after, found.refusal) == ("2026", "2028", "")
    strategy = field(found, "MF1")
    assert (strategy.before, strategy.after, strategy.shown) == (50, 75, 25)
    assert (strategy.own, strategy.questionnaire) == (25, 0)
    assert (strategy.level_before, strategy.level_after) == (2, 3)
    assert strategy.n_items == 4
    # 22 of the 29 others answer as before, seven moved by 6 points.
    assert (strategy.peers.value, strategy.peers.n, strategy.relative) == (0, 29, 25)
    assert strategy.distinguishable
    assert found.n_panel == 29
    education = field(found, "HF1")
    assert (education.shown, education.own, education.n_items) == (50, 50, 1)


def test_one_step_of_one_answer_is_the_least_that_is_spoken_of():
    """Four questions of equal weight: one step is 25 / 4 = 6.25 points, shown as 6."""
    before, after = many((row("2", *"2222"), row("3", *"2223")))
    found = compare_waves(before, after, KEYS[0])
    assert field(found, "MF1").own == 6
    assert field(found, "MF1").distinguishable
    assert field(found, "HF1").distinguishable
    weighted = book(
        question("H1", "HF1"),
        question("Q1", "MF1", weight=3.0),
        *(question(f"Q{n}", "MF1") for n in range(2, 5)),
    )
    # Q1 now weighs half: one of its steps is 12.5, so 8 points from two steps elsewhere say less.
    first = {key: row("2", *"2222") for key in KEYS}
    later = {key: row("2", *"2233") for key in KEYS}
    pair = waves(first, later, before_book=weighted, after_book=weighted)
    small = field(compare_waves(*pair, KEYS[0]), "MF1")
    assert small.own == 8
    assert not small.distinguishable


def test_open_answers_may_explain_a_change():
    """Q4 open in the later wave: with its worst answer the score would not have risen."""
    before, after = many((row("2", *"2222"), row("2", "3", "3", "3", None)))
    strategy = field(compare_waves(before, after, KEYS[0]), "MF1")
    assert strategy.own == 25
    assert strategy.distinguishable  # worst case: 3 * 75 / 4 = 56.25 > 50
    before, after = many((row("2", *"2222"), row("2", "3", "3", "2", None)))
    strategy = field(compare_waves(before, after, KEYS[0]), "MF1")
    assert strategy.own == 17
    assert not strategy.distinguishable  # worst case: 200 / 4 = 50


def test_too_many_open_answers_leave_no_own_change():
    before, after = many((row("2", *"2222"), row("2", "3", None, None, None)))
    strategy = field(compare_waves(before, after, KEYS[0]), "MF1")
    assert (strategy.own, strategy.questionnaire, strategy.relative) == (None, None, None)
    assert strategy.note == TOO_OPEN
    assert not strategy.distinguishable


def test_a_changed_question_is_no_change_of_the_municipality():
    """Q4 is worded otherwise and answered better; the other three are answered as before."""
    other = book(*default_items()[:-1], question("Q4", "MF1", text="Ganz anders gefragt?"))
    first = {key: row("2", *"2222") for key in KEYS}
    later = {key: row("3", *"2224") for key in KEYS}
    before, after = waves(first, later, after_book=other)
    found = compare_waves(before, after, KEYS[0])
    strategy = field(found, "MF1")
    assert (strategy.before, strategy.after, strategy.shown) == (50, 63, 13)
    assert (strategy.own, strategy.questionnaire, strategy.n_items) == (0, 13, 3)
    assert not strategy.distinguishable
    assert {one.item: one.reason for one in found.items if not one.comparable} == {
        "Q4": "Wortlaut geändert"
    }


def test_new_weights_belong_to_the_questionnaire():
    heavier = book(*default_items()[:-1], question("Q4", "MF1", weight=5.0))
    first = {key: row("2", *"1113") for key in KEYS}
    later = {key: row("3", *"1113") for key in KEYS}
    before, after = waves(first, later, after_book=heavier)
    strategy = field(compare_waves(before, after, KEYS[0]), "MF1")
    assert strategy.own == 0
    assert strategy.questionnaire == strategy.shown != 0


def test_other_questions_in_one_wave_stand_apart():
    """„Nicht zuständig“ for Q4 in the later wave: Q4 counts in neither."""
    outside = AnswerStatus.NOT_APPLICABLE
    before, after = many((row("2", *"2224"), row("2", "2", "2", "2", outside)))
    strategy = field(compare_waves(before, after, KEYS[0]), "MF1")
    assert (strategy.before, strategy.after, strategy.own) == (63, 50, 0)
    assert strategy.questionnaire == -13
    assert strategy.note == OTHER_QUESTIONS


def test_earlier_points_for_gaps():
    """Q4 is another question now: before counts as today's value minus the own change."""
    other = book(*default_items()[:-1], question("Q4", "MF1", text="Ganz anders gefragt?"))
    first = {key: row("2", "4", "4", "4", "2") for key in KEYS}
    later = {key: row("3", "2", "2", "2", "2") for key in KEYS}
    prepared = PreparedWaves(*waves(first, later, after_book=other))
    strategy = field(prepared.comparison(KEYS[0]), "MF1")
    assert (strategy.after, strategy.own) == (50, -50)
    assert prepared.earlier_points(KEYS[0]) == {"HF1": 50, "MF1": 100}
    assert prepared.earlier_item_points(KEYS[0]) == {"H1": 50, "Q1": 100, "Q2": 100, "Q3": 100}
    assert prepared.earlier_points("99999999") == prepared.earlier_item_points("99999999") == {}


def test_a_new_field_and_a_field_of_new_questions():
    new = Questionnaire(
        id="klein",
        version="2",
        title="Klein",
        dimensions=(*BOOK.dimensions, Dimension(id="MF2", name="Personal")),
        items=(
            question("H9", "HF1"),
            *(question(f"Q{n}", "MF1") for n in range(1, 5)),
            question("P1", "MF2"),
        ),
    )
    first = {key: row("2", *"2222") for key in KEYS}
    later = {key: {"H9": "3", **{f"Q{n}": "3" for n in range(1, 5)}, "P1": "1"} for key in KEYS}
    before, after = waves(first, later, after_book=new)
    found = compare_waves(before, after, KEYS[0])
    education, people = field(found, "HF1"), field(found, "MF2")
    assert (education.shown, education.own, education.note) == (25, None, NO_ITEMS)
    assert (people.before, people.after, people.shown) == (None, 25, None)
    assert (people.own, people.note, people.n_items) == (None, NEW_FIELD, 0)


def test_peers_are_those_in_both_waves_and_at_least_five():
    keys = keys_of(30)
    first = {key: row("2", *"2222") for key in keys[:6]}
    later = {key: row("3", *"2222") for key in keys}
    before, after = waves(first, later)
    found = compare_waves(before, after, keys[0])
    assert field(found, "HF1").peers.n == 5
    assert field(found, "HF1").peers.value == 25
    assert field(found, "HF1").relative == 0
    before, after = waves({key: first[key] for key in keys[:5]}, later)
    hidden = field(compare_waves(before, after, keys[0]), "HF1")
    assert hidden.own == 25
    assert hidden.peers.value is hidden.peers.n is hidden.relative is None
    assert "Weniger als 5" in hidden.peers.refusal


def test_who_took_part_once_only_gets_a_sentence():
    keys = keys_of(32)
    first = {key: row("2", *"2222") for key in keys[:31]}
    later = {key: row("3", *"2222") for key in keys[1:]}
    prepared = PreparedWaves(*waves(first, later))
    assert prepared.panel == 30
    gone, new = prepared.comparison(keys[0]), prepared.comparison(keys[-1])
    assert "an der Welle 2028 nicht teilgenommen" in gone.refusal
    assert "an der Welle 2026 nicht teilgenommen" in new.refusal
    assert gone.fields == new.fields == ()
    with pytest.raises(KeyError):
        prepared.comparison("99999999")


def _pair(**more):
    first = {key: row("2", *"2222") for key in KEYS}
    later = {key: row("3", *"2222") for key in KEYS}
    return waves(first, later, **more)


def test_surveys_that_are_no_two_waves_are_refused():
    before, after = _pair()
    cases = {
        "verschiedenen Fragebögen": (before, _pair(after_book=book(id="fremd"))[1]),
        "noch nicht abgeschlossen": (before, replace(after, closed=False)),
        "dieselben Antworten": (before, before),
        "zeitlicher Folge": (after, before),
        "gehören zur Welle": (
            before,
            replace(after, survey=replace(after.survey, wave=" 2026")),
        ),
        "nicht miteinander": (before, replace(after, survey=replace(after.survey, simulated=True))),
    }
    for words, pair in cases.items():
        found = compare_waves(*pair, KEYS[0])
        assert words in found.refusal, words
        assert found.fields == found.items == ()
        assert words in transition_table(*pair).refusal


def test_nobody_in_both_waves_is_refused():
    first = {key: row("2", *"2222") for key in KEYS[:15]}
    later = {key: row("3", *"2222") for key in KEYS[15:]}
    assert "an beiden Wellen" in compare_waves(*waves(first, later), KEYS[0]).refusal


@pytest.mark.parametrize(("changed", "refused"), [(0, True), (4, True), (5, False)])
def test_two_versions_of_one_wave_that_differ_by_few_are_not_compared(changed, refused):
    first = {key: row("2", *"2222") for key in KEYS}
    later = {**first, **{key: row("3", *"2222") for key in KEYS[:changed]}}
    before, after = waves(first, later)
    assert ("Weniger als 5" in PreparedWaves(before, after).refusal) is refused


def _typed(before_p, after_p, marks=("m", "m")):
    first = {key: row("2", *"2222") for key in KEYS}
    later = {key: row("3", *"2222") for key in KEYS}
    return (
        side(BOOK, first, 2026, membership=membership_of(KEYS, before_p), mark=marks[0]),
        side(BOOK, later, 2028, membership=membership_of(KEYS, after_p), mark=marks[1]),
    )


def test_types_of_both_waves_under_one_model():
    before = np.array([[0.95, 0.05]] * 15 + [[0.05, 0.95]] * 15)
    after = before.copy()
    after[0] = [0.02, 0.98]
    found = compare_waves(*_typed(before, after), KEYS[0])
    assert found.transition is not None
    assert (found.transition.first_before, found.transition.first_after) == ("B", "O")
    assert "sehr wahrscheinlich" in found.transition.sentence
    same = compare_waves(*_typed(before, after), KEYS[1])
    assert same.transition is not None
    assert "In beiden Wellen" in same.transition.sentence


def test_types_under_different_models_are_not_compared():
    likely = np.array([[0.95, 0.05]] * 15 + [[0.05, 0.95]] * 15)
    pair = _typed(likely, likely, marks=("m", "n"))
    assert compare_waves(*pair, KEYS[0]).transition is None
    assert "verschiedenen Typologien" in transition_table(*pair).refusal
    assert "keine Typen" in transition_table(*_pair()).refusal


@pytest.fixture(scope="module")
def sample():
    return pipeline.waves(pipeline.assess_sample("2026"), pipeline.assess_sample("2028"))


def test_the_sample_over_two_waves(sample):
    assert sample.refusal == ""
    assert 330 < sample.panel < len(sample.after.survey.keys) < 412
    assert all(one.comparable for one in sample.items)
    known = [str(key) for key in sample.after.survey.keys if key in sample.before.peers.rows]
    changes = []
    for key in known[:40]:
        for one in sample.comparison(key).fields:
            if one.own is not None:
                assert one.shown is not None
                assert one.own + one.questionnaire == one.shown
                changes.append(one.own)
            if one.relative is not None:
                assert one.relative == one.own - one.peers.value
    assert np.mean(changes) > 1  # the simulation lets everybody grow a little
    table = sample.transitions()
    assert table.types[:4] == ("B", "O", "S", "C")
    assert table.n == sample.panel
    assert table.changed is not None
    assert 0 < table.chance_low < table.expected_by_chance < table.chance_high


def test_the_number_by_chance_holds_where_the_truth_is_known(sample):
    """Of the simulated municipalities whose type stayed the same, about as many appear to have
    changed as the model says; with those that did change it is more."""
    types = [dict(zip(one.keys, one.types, strict=True)) for one in (simulate(), second_wave())]
    firsts = [side.membership.first for side in (sample.before, sample.after)]
    keys = [key for key in types[1] if key in types[0] and types[0][key] == types[1][key]]
    pairs = [(firsts[0][key], firsts[1][key]) for key in keys]
    typed = [pair for pair in pairs if all(isinstance(kind, str) for kind in pair)]
    apparent = sum(one != other for one, other in typed)
    table = sample.transitions()
    assert table.chance_low <= apparent <= table.chance_high < table.changed


def test_equal_municipalities_see_the_same_whatever_the_order(sample):
    key = next(str(k) for k in sample.after.survey.keys if k in sample.before.peers.rows)
    again = pipeline.waves(pipeline.assess_sample("2026"), pipeline.assess_sample("2028"))
    assert again.comparison(key) == sample.comparison(key)


def test_groups_whose_changes_are_shown_differ_by_nobody_or_five(sample):
    """Rule 6 among those in both waves, for every question and every two groups anybody sees."""
    index = sample.after.peers
    rows = {key: row for key, row in index.rows.items() if key in sample.before.peers.rows}
    known = {}
    for key in rows:
        group, _ = index.group_for(key)
        for one in sample.comparison(key).fields:
            if one.peers.value is not None:
                known.setdefault(one.dimension, {})[group.id] = group.members
    assert len(known) == 30
    some = 0
    panel = np.zeros(len(index.rows), dtype=bool)
    panel[list(rows.values())] = True
    changes = {name: np.zeros_like(panel) for name in known}
    for key, place in rows.items():
        for one in sample.comparison(key).fields:
            changes[one.dimension][place] = one.own is not None
    for name, groups in known.items():
        masks = [members & panel & changes[name] for members in groups.values()]
        for mask in masks:
            assert mask.sum() >= 5
            for other in masks:
                apart = (mask & ~other).sum()
                assert apart == 0 or apart >= 5
                some += 1
    assert some > 300
