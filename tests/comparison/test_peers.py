"""The cascade: which group a municipality is compared with, and what may be told of it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from survey_builder import build_survey
from test_comparison import membership_of

from assessment import pipeline
from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.comparison.group_filter import GroupFilter
from assessment.comparison.peers import build_peer_index
from assessment.questionnaire.default import default_questionnaire
from assessment.scoring.scores import score_survey
from assessment.typology.model import MembershipState

POPULATIONS = {"5": 30_000.0, "6": 12_000.0, "7": 3_000.0}


def index_of(kinds, sizes="", letters: Sequence[str] = "", states=None, answers=None):
    """``kinds``: s(tadt) or g(em) each, ``sizes``: last digit of the KGSt class."""
    sizes = sizes or "5" * len(kinds)
    levels = answers or ["2"] * len(kinds)
    rows = {
        f"01{number:06d}": {
            "A04": {"s": "stadt", "g": "gem"}.get(kind),
            "A05": POPULATIONS.get(size),
            "C01": level,
            "C02": "1",
        }
        for number, (kind, size, level) in enumerate(zip(kinds, sizes, levels, strict=True), 1)
    }
    survey = build_survey(default_questionnaire(), rows)
    membership = membership_of(letters, states) if letters else None
    return build_peer_index(score_survey(survey), survey, membership)


def group(index, number=1):
    found, reason = index.group_for(f"01{number:06d}")
    return found.id, reason


def test_the_narrowest_group_with_twelve_others_is_taken():
    index = index_of("s" * 13 + "g" * 20, letters="S" * 33)
    assert group(index) == ("type_size_kind:S|GK5|stadt", "")
    found, _ = index.group_for("01000001")
    assert found.described(12) == (
        "12 anderen Serviceorientierten in kreisangehörigen Städten "
        "von 25.000 bis unter 50.000 Einwohnern"
    )


def test_eleven_others_are_too_few_and_the_reason_counts_them():
    index = index_of("s" * 12 + "g" * 20, letters="S" * 32)
    name, reason = group(index)
    assert name == "type_size:S|GK5"
    assert reason == (
        "Es gibt nur 11 andere Serviceorientierte in kreisangehörigen Städten von 25.000 bis unter "
        "50.000 Einwohnern; nötig sind 12, darum diese Gruppe."
    )


def test_fewer_than_five_are_never_counted():
    index = index_of("s" * 4 + "g" * 20, letters="S" * 24)
    _, reason = group(index)
    assert "zu wenige andere Serviceorientierte in kreisangehörigen Städten" in reason
    assert not any(f" {n} " in reason for n in range(5))


def test_mixed_and_unassigned_are_measured_by_size_and_kind():
    letters = ["S"] * 24 + [""] * 6
    index = index_of("s" * 30, letters=letters, states={0: MembershipState.MIXED})
    for number in (1, 30):
        name, reason = group(index, number)
        assert name == "size_kind:GK5|stadt"
        assert reason.startswith("Ohne sichere Zuordnung zu einem Typ")
    assert group(index, 2)[0].startswith("type")


def test_without_sizes_and_kinds_the_steps_do_not_exist():
    index = index_of("?" * 20, sizes="?" * 20, letters="S" * 20)
    assert [p.id for p in index.partitions] == ["type", "all"]
    index = index_of("?" * 20, sizes="5" * 20, letters="S" * 20)
    assert [p.id for p in index.partitions] == ["type_size", "type", "size", "all"]
    index = index_of("s" * 20, sizes="?" * 20)
    assert [p.id for p in index.partitions] == ["kind", "all"]


def test_with_few_others_overall_everybody_is_the_group_as_before():
    index = index_of("s" * 9)
    name, _ = group(index)
    assert name == "all"
    stats = index.statistics(index.everybody, "01000001")[0]
    assert (stats.n, stats.median, stats.low) == (8, 50, None)


def test_a_group_that_differs_by_few_from_a_wider_one_gives_way():
    # 20 of the type and size, 17 of them towns: the three others would follow.
    index = index_of("s" * 17 + "g" * 3 + "s" * 20, letters="S" * 20 + "B" * 20)
    name, reason = group(index)
    assert name.startswith("type")
    assert "type_size_kind" not in name
    assert "auf einzelne Kommunen zu schließen" in reason


def test_sizes_do_not_give_a_small_group_away():
    # 40 of the type: 20 + 17 in two groups, so that the third would have 3.
    kinds, sizes = "s" * 40, "5" * 20 + "6" * 17 + "7" * 3
    index = index_of(kinds + "g" * 30, sizes + "5" * 30, "S" * 40 + "B" * 30)
    shown = [
        g.size
        for (step, label), g in index.groups.items()
        if step == "type_size" and label.startswith("S") and g.size_shown
    ]
    whole = index.groups["type", "S"]
    rest = whole.size - sum(shown)
    assert not whole.size_shown or rest == 0 or rest >= MINIMUM_OTHERS


shapes = st.integers(3, 70).flatmap(
    lambda n: st.tuples(
        st.text("sg?", min_size=n, max_size=n),
        st.text("567?", min_size=n, max_size=n),
        st.text("BS", min_size=n, max_size=n),
    )
)


@settings(max_examples=60, deadline=None)
@given(shape=shapes)
@example(shape=("s" * 17 + "g" * 3 + "s" * 20, "5" * 40, "S" * 20 + "B" * 20))
def test_differences_of_all_groups_in_use_are_nobody_or_five(shape):
    kinds, sizes, letters = shape
    answers = [str(place % 5) if place % 7 else None for place in range(len(kinds))]
    index = index_of(kinds, sizes, letters, answers=answers)
    used = {}
    for key in index.rows:
        found, reason = index.group_for(key)
        used[found.id] = found
        assert not any(f"nur {n} andere" in reason for n in range(MINIMUM_OTHERS))
        if found.id != "all":
            assert found.size > 12
    answered = ~np.isnan(index.values)
    for one in used.values():
        for other in used.values():
            for place in np.flatnonzero(np.array(one.admitted) & np.array(other.admitted)):
                apart = (one.members & ~other.members & answered[:, place]).sum()
                assert apart == 0 or apart >= MINIMUM_OTHERS


@settings(max_examples=40, deadline=None)
@given(shape=shapes, chosen=st.lists(st.integers(0, 69), unique=True))
def test_a_chosen_group_passes_the_same_rule(shape, chosen):
    kinds, sizes, letters = shape
    index = index_of(kinds, sizes, letters)
    mask = np.isin(np.arange(len(kinds)), chosen)
    free = index.free_group(mask, "Kommunen der Auswahl")
    prepared = [g for g in index.groups.values() if g.usable and g.size > 12]
    shown = np.array(free.admitted) & ~np.isnan(index.values).all(axis=0)
    if shown.any():
        assert free.size >= 6
        for other in prepared:
            for apart in (free.members & ~other.members, other.members & ~free.members):
                assert apart.sum() == 0 or apart.sum() >= MINIMUM_OTHERS
    outsider = next((k for k, row in index.rows.items() if not mask[row]), None)
    if outsider is not None:
        for stats in index.statistics(free, outsider):
            assert stats.median is None or free.size >= 6


def test_a_filter_makes_a_group():
    index = index_of("s" * 20 + "g" * 20)
    mask = GroupFilter(kinds=("stadt",)).mask(index.structure)
    free = index.free_group(mask, "kreisangehörigen Städten")
    assert free.described(20) == "20 anderen kreisangehörigen Städten"
    # A member is not among the others it sees.
    assert index.statistics(free, "01000001")[0].n == 19
    assert index.statistics(free, "01000040")[0].n == 20
    assert index.item_statistics(free, "C01", "01000001").median == 50


def test_statistics_of_questions_count_who_answered():
    answers = ["4"] * 6 + ["0"] * 7 + [None] * 7
    index = index_of("s" * 20, answers=answers)
    stats = index.item_statistics(index.everybody, "C01", "01000001")
    # Without oneself: five times 100, seven times 0.
    assert (stats.n, stats.low, stats.median, stats.high) == (12, 0, 0, 100)
    with pytest.raises(KeyError):
        index.item_statistics(index.everybody, "A05", "01000001")


def test_the_steps_of_the_sample_make_sense():
    assessment = pipeline.assess(pipeline.load_sample())
    index = assessment.peers
    assert assessment.membership is not None
    steps = Counter(index.group_for(key)[0].id.split(":")[0] for key in index.rows)
    assert sum(steps.values()) == 412
    # Most municipalities of a sample of this size share their type and size with a dozen others.
    assert steps["type_size_kind"] + steps["type_size"] > 200
    assert steps["type"] > 50
    assert steps["all"] <= 20
    for key in index.rows:
        found, _ = index.group_for(key)
        assert bool(found.members[index.rows[key]])
        state = assessment.membership.state.at[key]
        unsure = state in (MembershipState.MIXED, MembershipState.NOT_ASSIGNABLE)
        assert found.id.startswith("type") != unsure


def test_ten_thousand_municipalities_order_only_the_groups_asked_for(monkeypatch):
    random = np.random.default_rng(4)
    n = 10_800
    index = index_of(
        "".join(random.choice(list("sg"), n)),
        "".join(random.choice(list("567"), n)),
        "".join(random.choice(list("BOSC"), n)),
        answers=random.choice(list("01234"), n).tolist(),
    )
    steps = Counter(index.group_for(key)[0].id.split(":")[0] for key in index.rows)
    assert steps == {"type_size_kind": n}
    ordered = []
    sort = np.sort

    def counted(values, **names):
        ordered.append(len(values))
        return sort(values, **names)

    monkeypatch.setattr(np, "sort", counted)
    found, _ = index.group_for("01000001")
    first = index.statistics(found, "01000001")
    assert ordered == [found.size]
    assert index.statistics(found, "01000001") == first
    assert len(ordered) == 1
