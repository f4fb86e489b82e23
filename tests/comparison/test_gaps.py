import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_builder import build_survey
from test_comparison import QUESTIONNAIRE, levels, membership_of, prepared

from assessment import pipeline
from assessment.comparison.comparison import Standing, compare
from assessment.comparison.gap_types import GapState, Reference
from assessment.comparison.gaps import dimension_gaps, item_gaps
from assessment.comparison.peers import build_peer_index
from assessment.comparison.targets import target_levels
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Gate, Questionnaire
from assessment.scoring.scores import score_survey

KEY = "01000001"
MEDIAN, UPPER = Reference.PEER_MEDIAN, Reference.PEER_UPPER_QUARTILE
TARGET, PREVIOUS = Reference.OWN_TARGET, Reference.PREVIOUS_WAVE


def gaps_of(rows, targets=None, previous=None, *, beside=0):
    """``beside``: municipalities of another type."""
    letters = "S" * len(rows) + "B" * beside
    rows = [*rows, *[levels(0, 0, 0, 0, 0)] * beside]
    scores, membership, survey = prepared(rows, letters)
    index = build_peer_index(scores, survey, membership)
    comparison = compare(scores, membership, survey, KEY, index=index)
    found = dimension_gaps(index, comparison, targets or {}, previous)
    return {row.dimension: row for row in found}, comparison


def others(*codes, n=12):
    return [levels(*codes)] * n


def test_a_clear_shortfall_by_hand():
    found, _ = gaps_of([levels(1, 2, 2, 2, 2), *others(3, 2, 2, 2, 2)], beside=10)
    gap = found["HF1"].gaps[MEDIAN]
    # All others at 75: no spread, so the interval is the shortfall itself.
    assert (gap.state, gap.own, gap.value, gap.shortfall) == (GapState.SHORTFALL, 25, 75, 50)
    assert (gap.low, gap.high, gap.n) == (50, 50, 12)
    assert found["HF1"].largest is gap
    assert found["MF1"].gaps[MEDIAN].state is GapState.REACHED
    assert found["MF1"].largest is None


def test_spread_of_the_group_makes_a_gap_indistinguishable():
    # Others of the one question: 6 × 25, 6 × 75; median 50, quartiles 25 and 75, n 12.
    # Margin 1.8210 · 50 / √12 = 26.3: the gap of 50 holds, that of 25 doesn't.
    spread = [levels(1, 2, 2, 2, 2)] * 6 + [levels(3, 2, 2, 2, 2)] * 6
    clear, _ = gaps_of([levels(0, 2, 2, 2, 2), *spread])
    gap = clear["HF1"].gaps[MEDIAN]
    assert (gap.state, gap.shortfall, gap.low, gap.high) == (GapState.SHORTFALL, 50, 23, 77)
    unclear, comparison = gaps_of([levels(1, 2, 2, 2, 2), *spread])
    gap = unclear["HF1"].gaps[MEDIAN]
    assert (gap.state, gap.shortfall, gap.low) == (GapState.INDISTINGUISHABLE, 25, 0)
    # The same rule stands behind the standing.
    assert comparison.positions[0].standing is Standing.SIMILAR
    # Upper quartile 75, margin 1.9798 · 50 / √12 = 28.6.
    gap = unclear["HF1"].gaps[UPPER]
    assert (gap.state, gap.shortfall, gap.low, gap.high) == (GapState.SHORTFALL, 50, 21, 79)


def test_under_twelve_nothing_is_distinguishable_and_it_says_why():
    found, comparison = gaps_of([levels(0, 2, 2, 2, 2), *others(4, 2, 2, 2, 2, n=8)])
    gap = found["HF1"].gaps[MEDIAN]
    assert (gap.state, gap.shortfall) == (GapState.INDISTINGUISHABLE, 100)
    assert (gap.low, gap.high) == (None, None)
    assert "Unter 12 anderen" in gap.refusal
    assert found["HF1"].gaps[UPPER].state is GapState.UNKNOWN
    assert "ab 12 anderen" in found["HF1"].gaps[UPPER].refusal
    position = comparison.positions[0]
    assert position.standing is Standing.SIMILAR
    assert "Unter 12 anderen" in position.note


def test_too_few_others_and_no_own_answer_are_unknown():
    found, _ = gaps_of([levels(0, 2, 2, 2, 2), *others(4, 2, 2, 2, 2, n=3)])
    assert found["HF1"].gaps[MEDIAN].state is GapState.UNKNOWN
    assert "Weniger als 5" in found["HF1"].gaps[MEDIAN].refusal
    found, _ = gaps_of([{**levels(0, 2, 2, 2, 2), "H1": None}, *others(4, 2, 2, 2, 2)])
    gap = found["HF1"].gaps[MEDIAN]
    assert (gap.state, gap.own, gap.value, gap.shortfall) == (GapState.UNKNOWN, None, 100, None)
    assert "eigene Angaben" in gap.refusal


def test_a_lead_elsewhere_offsets_nothing():
    behind, _ = gaps_of([levels(1, 2, 2, 2, 2), *others(3, 2, 2, 2, 2)])
    ahead, _ = gaps_of([levels(1, 4, 4, 4, 4), *others(3, 2, 2, 2, 2)])
    assert behind["HF1"] == ahead["HF1"]
    assert ahead["MF1"].gaps[MEDIAN].shortfall == 0


def test_own_target_and_earlier_wave():
    targets = {"HF1": (1, 3), "MF2": (2, 2)}
    found, _ = gaps_of(
        [levels(1, 2, 2, 2, 2), *others(1, 2, 2, 2, 2)], targets, {"HF1": 50, "MF1": 50}
    )
    gap = found["HF1"].gaps[TARGET]
    assert (gap.state, gap.value, gap.shortfall, gap.n) == (GapState.SHORTFALL, 75, 50, None)
    assert found["MF2"].gaps[TARGET].state is GapState.REACHED
    assert TARGET not in found["MF1"].gaps
    assert found["HF1"].gaps[PREVIOUS].state is GapState.SHORTFALL
    assert found["MF1"].gaps[PREVIOUS].state is GapState.REACHED
    assert found["MF2"].gaps[PREVIOUS].state is GapState.UNKNOWN
    assert "früheren Erhebung" in found["MF2"].gaps[PREVIOUS].refusal
    assert list(found["HF1"].gaps) == [MEDIAN, UPPER, TARGET, PREVIOUS]
    # 50 to the target, 25 to the earlier value.
    assert found["HF1"].largest is found["HF1"].gaps[TARGET]


def test_a_target_is_a_level_and_no_estimate():
    # Answers 1 and 2 of a field of two questions: 37.5 points, level 1; the target 2 begins at 50.
    found, _ = gaps_of([levels(1, 1, 2, 2, 2), *others(1, 1, 2, 2, 2)], {"MF1": (1, 2)})
    gap = found["MF1"].gaps[TARGET]
    assert gap.shortfall is not None
    assert gap.state is GapState.SHORTFALL
    assert (gap.levels, gap.steps) == (1, 1.0)
    assert found["MF1"].largest is gap
    reached, _ = gaps_of([levels(1, 4, 4, 2, 2), *others(1, 1, 2, 2, 2)], {"MF1": (4, 2)})
    assert reached["MF1"].gaps[TARGET].state is GapState.REACHED
    assert reached["MF1"].gaps[TARGET].steps == 0


def test_points_that_suffice_do_not_hide_a_level_held_down():
    dimension = QUESTIONNAIRE.dimension_by_id["MF1"]
    gate = Gate(level=3, item="M1", points=75, reason="")
    book = Questionnaire(
        id="c",
        version="1",
        title="",
        dimensions=tuple(
            dimension.model_copy(update={"gates": (gate,)}) if d.id == "MF1" else d
            for d in QUESTIONNAIRE.dimensions
        ),
        items=QUESTIONNAIRE.items,
    )
    # 50 and 100 are 75 points, but the first question holds the level at 2.
    survey = build_survey(book, [levels(2, 2, 4, 2, 2), *others(2, 2, 2, 2, 2)])
    scores = score_survey(survey)
    index = build_peer_index(scores, survey, None)
    comparison = compare(scores, None, survey, KEY, index=index)
    rows = dimension_gaps(index, comparison, {"MF1": (2, 3)})
    gap = next(row for row in rows if row.dimension == "MF1").gaps[TARGET]
    assert (gap.state, gap.shortfall) == (GapState.INDISTINGUISHABLE, 0)
    assert "Bedingung hält die Stufe" in gap.refusal


def test_questions_have_the_same_references():
    rows = [levels(1, 0, 4, 2, 2), *others(1, 3, 2, 2, 2)]
    scores, membership, survey = prepared(rows, "S" * 13)
    index = build_peer_index(scores, survey, membership)
    found = {
        row.item: row
        for row in item_gaps(index, survey, scores, KEY, "MF1", {"MF1": (1, 4)}, {"M1": 25})
    }
    assert list(found) == ["M1", "M2"]
    gap = found["M1"].gaps[MEDIAN]
    assert (gap.state, gap.own, gap.value, gap.shortfall) == (GapState.SHORTFALL, 0, 75, 75)
    # The surplus of the second question offsets nothing.
    assert found["M2"].gaps[MEDIAN].shortfall == 0
    # A field of two questions has no target per question, a field of one has.
    assert TARGET not in found["M1"].gaps
    (single,) = item_gaps(index, survey, scores, KEY, "HF1", {"HF1": (1, 4)})
    assert single.gaps[TARGET].shortfall == 75
    assert found["M1"].gaps[PREVIOUS].state is GapState.SHORTFALL
    assert found["M2"].gaps[PREVIOUS].state is GapState.UNKNOWN
    assert found["M1"].id == "M1"
    assert found["M1"].dimension == "MF1"


def test_a_question_counts_who_answered_it():
    rows = [levels(0, 2, 2, 2, 2), *others(4, 2, 2, 2, 2, n=4)]
    rows += [{**levels(0, 2, 2, 2, 2), "H1": None}] * 20
    scores, membership, survey = prepared(rows, "S" * 25)
    index = build_peer_index(scores, survey, membership)
    (row,) = item_gaps(index, survey, scores, KEY, "HF1")
    assert row.gaps[MEDIAN].state is GapState.UNKNOWN
    assert "Weniger als 5" in row.gaps[MEDIAN].refusal


code = st.one_of(st.none(), st.integers(0, 4))


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(st.lists(code, min_size=5, max_size=5), min_size=2, max_size=40),
    target=st.integers(0, 4),
    previous=st.integers(0, 100),
)
def test_what_always_holds(rows, target, previous):
    sheets = [
        {k: None if c is None else str(c) for k, c in zip(levels(*"00000"), row, strict=True)}
        for row in rows
    ]
    survey = build_survey(QUESTIONNAIRE, sheets)
    scores = score_survey(survey)
    membership = membership_of("S" * len(rows))
    index = build_peer_index(scores, survey, membership)
    comparison = compare(scores, membership, survey, KEY, index=index)
    targets = dict.fromkeys(scores.dimensions, (0, target))
    earlier = {name: previous for name in scores.dimensions}  # noqa: C420
    found = [*dimension_gaps(index, comparison, targets, earlier)]
    for dimension in scores.dimensions:
        found += item_gaps(index, survey, scores, KEY, dimension, targets)
    for row in found:
        for gap in row.gaps.values():
            if gap.state is GapState.UNKNOWN:
                assert gap.shortfall is None
                assert gap.refusal
                continue
            assert gap.own is not None
            assert gap.value is not None
            assert gap.shortfall is not None
            assert gap.shortfall == max(0, gap.value - gap.own)
            if gap.low is not None and gap.high is not None:
                assert 0 <= gap.low <= gap.shortfall <= gap.high
            if gap.state is GapState.SHORTFALL:
                assert gap.low
                assert gap.shortfall >= 5
            if gap.state is GapState.REACHED:
                assert gap.own >= gap.value
    for row, position in zip(found, comparison.positions, strict=False):
        below = row.gaps[MEDIAN].state is GapState.SHORTFALL
        assert below == (position.standing is Standing.BELOW)


def test_targets_of_the_sample_are_read_as_answered():
    survey = pipeline.load_sample()
    assert all(
        0 <= level <= 4
        for key in survey.keys[:20]
        for pair in target_levels(survey, key).values()
        for level in pair
    )
    rows = {KEY: {"C01": "1", "C11": "3", "C02": None, "C12": "4", "C03": "2", "C13": "2"}}
    small = build_survey(default_questionnaire(), rows)
    assert target_levels(small, KEY) == {"HF01": (1, 3), "HF03": (2, 2)}


def test_gaps_of_the_sample_are_computed_for_all():
    assessment = pipeline.assess(pipeline.load_sample())
    states = []
    for key in assessment.survey.keys[:40]:
        comparison = compare(
            assessment.scores,
            assessment.membership,
            assessment.survey,
            key,
            index=assessment.peers,
        )
        for row in dimension_gaps(assessment.peers, comparison, {}):
            states.append(row.gaps[MEDIAN].state)
    share = np.mean([state is GapState.SHORTFALL for state in states])
    # Half of all lie below a median; beyond doubt fewer, yet not none.
    assert 0.05 < share < 0.5


@pytest.mark.parametrize("dimension", ["HF1", "MF1"])
def test_an_unknown_key_is_a_key_error(dimension):
    scores, membership, survey = prepared(others(1, 2, 2, 2, 2), "S" * 12)
    index = build_peer_index(scores, survey, membership)
    with pytest.raises(KeyError):
        item_gaps(index, survey, scores, "99", dimension)
