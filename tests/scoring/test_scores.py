import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_builder import build_survey

from assessment.questionnaire.model import (
    Dimension,
    Gate,
    Item,
    ItemKind,
    Option,
    OptionKind,
    Questionnaire,
    ScoringRule,
)
from assessment.scoring.scores import score_survey
from assessment.survey import AnswerStatus

DK, NA, NOT_ASKED = AnswerStatus.DONT_KNOW, AnswerStatus.NOT_APPLICABLE, AnswerStatus.NOT_ASKED
OTHERS = (
    Option(code="nz", label="nicht zuständig", kind=OptionKind.NOT_APPLICABLE),
    Option(code="k", label="Weiß nicht", kind=OptionKind.DONT_KNOW),
)


def level_item(name, dimension, **more):
    options = tuple(Option(code=str(i), label=f"Stufe {i}", points=25.0 * i) for i in range(5))
    more = {"scoring": ScoringRule.POINTS, "weight": 1.0, **more}
    return Item(
        id=name,
        text=name,
        kind=ItemKind.LEVEL,
        dimension=dimension,
        options=options + OTHERS,
        **more,
    )


def tick_item(name, dimension, **more):
    options = tuple(Option(code=c, label=c) for c in "abcd")
    none = Option(code="x", label="nichts davon", kind=OptionKind.NONE_OF_THESE)
    more = {"scoring": ScoringRule.SHARE, "weight": 1.0, **more}
    return Item(
        id=name,
        text=name,
        kind=ItemKind.MULTIPLE,
        dimension=dimension,
        options=(*options, none),
        **more,
    )


def reversed_item(name, dimension, **more):
    options = tuple(
        Option(code=str(i), label=str(i), points=100.0 - 25 * (i - 1)) for i in range(1, 6)
    )
    more = {"scoring": ScoringRule.POINTS, "weight": 1.0, "polarity": -1, **more}
    return Item(
        id=name,
        text=name,
        kind=ItemKind.RATING,
        dimension=dimension,
        options=options + OTHERS,
        **more,
    )


QUESTIONNAIRE = Questionnaire(
    id="test",
    version="1.0",
    title="Test",
    dimensions=(
        Dimension(id="HF1", name="Bildung", block="HF"),
        Dimension(
            id="MF1",
            name="Strategie",
            block="MF",
            gates=(
                Gate(level=3, item="S1", points=75, reason="erst mit beschlossener Strategie"),
                Gate(level=2, item="S1", points=25),
            ),
        ),
    ),
    items=(
        level_item("H1", "HF1", short_form=True),
        level_item("S1", "MF1", weight=2.0, short_form=True),
        tick_item("S2", "MF1", weight=1.0),
        reversed_item("S3", "MF1", weight=1.5),
    ),
)
BEST = {"H1": "4", "S1": "4", "S2": "a;b;c;d", "S3": "1"}
WORST = {"H1": "0", "S1": "0", "S2": "x", "S3": "5"}


def scored(row):
    result = score_survey(build_survey(QUESTIONNAIRE, [row]))
    return result, {name: result.score[name].iloc[0] for name in result.dimensions}


def test_worst_is_exactly_0_and_best_exactly_100():
    for row, expected in ((BEST, 100.0), (WORST, 0.0)):
        result, score = scored(row)
        assert score == {"HF1": expected, "MF1": expected}
        assert (result.coverage == 1.0).all().all()
        assert (result.level == (4 if expected else 0)).all().all()


def test_weighted_mean_by_hand():
    # S1: 75 * 2, S2: two of four = 50 * 1, S3 (reversed): agreement 2 = 75 * 1.5
    _, score = scored({"H1": "3", "S1": "3", "S2": "a;c", "S3": "2"})
    assert score["MF1"] == pytest.approx((75 * 2 + 50 * 1 + 75 * 1.5) / 4.5, abs=1e-6)
    assert score["HF1"] == 75.0


def test_dont_know_lowers_coverage_and_opens_an_interval():
    result, score = scored({"H1": "3", "S1": "3", "S2": "a;c", "S3": DK})
    assert score["MF1"] == pytest.approx((75 * 2 + 50) / 3, abs=1e-6)
    assert result.coverage["MF1"].iloc[0] == pytest.approx(3 / 4.5, abs=1e-6)
    assert result.lowest["MF1"].iloc[0] == pytest.approx(200 / 4.5, abs=1e-6)
    assert result.highest["MF1"].iloc[0] == pytest.approx((200 + 150) / 4.5, abs=1e-6)


def test_no_score_below_60_percent_of_the_weight():
    # Only S1 and, in the second case, S2: 2 of 4.5 and 3 of 4.5 of the weight.
    result, score = scored({"H1": DK, "S1": "4", "S2": None, "S3": None})
    assert np.isnan(score["MF1"])
    assert np.isnan(score["HF1"])
    assert result.coverage["MF1"].iloc[0] == pytest.approx(2 / 4.5, abs=1e-6)
    assert result.level["MF1"].isna().all()
    assert np.isnan(result.lowest["MF1"].iloc[0])
    _, score = scored({"H1": DK, "S1": "4", "S2": "x", "S3": None})
    assert score["MF1"] == pytest.approx(200 / 3, abs=1e-6)


def test_exactly_60_percent_is_enough():
    five = Questionnaire(
        id="five",
        version="1",
        title="",
        dimensions=(Dimension(id="D", name="D"),),
        items=tuple(level_item(f"I{i}", "D", weight=0.1) for i in range(5)),
    )
    rows = [{f"I{i}": ("4" if i < known else None) for i in range(5)} for known in (2, 3)]
    assert score_survey(build_survey(five, rows)).score["D"].isna().tolist() == [True, False]


def test_not_applicable_leaves_numerator_and_denominator():
    result, score = scored({"H1": NA, "S1": NA, "S2": "a;b;c;d", "S3": "1"})
    assert score["MF1"] == 100.0
    assert result.coverage["MF1"].iloc[0] == 1.0
    assert np.isnan(score["HF1"])
    assert np.isnan(result.coverage["HF1"].iloc[0])


def test_ticks_count_only_where_the_block_was_answered():
    result, _ = scored({**BEST, "S2": ""})
    assert result.item_points["S2"].iloc[0] == 0.0
    result, _ = scored({**BEST, "S2": None})
    assert np.isnan(result.item_points["S2"].iloc[0])


def test_short_form_is_measured_by_its_own_weight():
    result, score = scored({"H1": "2", "S1": "2"})  # no columns for S2 and S3
    assert result.short_form.iloc[0]
    assert score == {"HF1": 50.0, "MF1": 50.0}
    assert result.coverage["MF1"].iloc[0] == 1.0
    rows = [{"H1": "2", "S1": "2", "S2": NOT_ASKED, "S3": NOT_ASKED}]
    assert score_survey(build_survey(QUESTIONNAIRE, rows)).score["MF1"].iloc[0] == 50.0


def test_a_missing_column_beyond_the_short_form_lowers_the_coverage():
    result, score = scored({"H1": "2", "S1": "2", "S2": "a"})  # S3 has no column
    assert not result.short_form.iloc[0]
    assert result.coverage["MF1"].iloc[0] == pytest.approx(3 / 4.5, abs=1e-6)
    assert score["MF1"] == pytest.approx((50 * 2 + 25) / 3, abs=1e-6)


def test_an_unmet_condition_counts_like_not_applicable():
    result, _ = scored({"H1": "2", "S1": "2", "S2": NOT_ASKED, "S3": "1"})
    assert result.coverage["MF1"].iloc[0] == 1.0


def test_level_is_the_score_by_quarters_rounded_down():
    rows = [{**BEST, "S1": "4", "S2": ticks, "S3": s3} for ticks, s3 in (("a;b", "2"), ("x", "5"))]
    result = score_survey(build_survey(QUESTIONNAIRE, rows))
    # (200 + 50 + 112.5) / 4.5 = 80.6 -> 3 and 200 / 4.5 = 44.4 -> 1
    assert result.level["MF1"].tolist() == [3, 1]


def test_gates_hold_the_level_down_and_are_named():
    # S2 and S3 at their best give 250 of 450 points without any strategy: level 2 by score.
    result, score = scored({**BEST, "S1": "0"})
    assert score["MF1"] == pytest.approx(250 / 4.5, abs=1e-6)
    assert result.level["MF1"].iloc[0] == 1
    assert result.gated["MF1"].iloc[0] == "S1"
    result, _ = scored({**BEST, "S1": "2"})  # 350 / 4.5 = 77.8: level 3 by score, gate at 3
    assert result.level["MF1"].iloc[0] == 2
    result, _ = scored(BEST)
    assert result.gated["MF1"].iloc[0] == ""


def test_an_unknown_gate_holds_a_gate_not_concerned_does_not():
    result, _ = scored({**BEST, "S1": NA})
    assert result.level["MF1"].iloc[0] == 4
    gates = QUESTIONNAIRE.dimension_by_id["MF1"].model_copy(
        update={"gates": (Gate(level=2, item="S2", points=25),)}
    )
    questionnaire = QUESTIONNAIRE.model_copy(
        update={"dimensions": (QUESTIONNAIRE.dimensions[0], gates)}
    )
    rows = [{**BEST, "S2": DK}, {"H1": "4", "S1": "4", "S3": "1"}]
    levels = score_survey(build_survey(questionnaire, rows[:1])).level["MF1"]
    assert levels.tolist() == [1]
    levels = score_survey(build_survey(questionnaire, rows[1:])).level["MF1"]
    assert levels.tolist() == [4]


def test_single_level_item_gives_its_own_level_also_with_uneven_points():
    options = tuple(
        Option(code=str(i), label=str(i), points=p) for i, p in enumerate((0, 10, 20, 60, 80))
    )
    item = level_item("H1", "HF1").model_copy(update={"options": options})
    questionnaire = Questionnaire(
        id="u", version="1", title="", dimensions=QUESTIONNAIRE.dimensions[:1], items=(item,)
    )
    rows = [{"H1": str(i)} for i in range(5)]
    result = score_survey(build_survey(questionnaire, rows))
    assert result.level["HF1"].tolist() == [0, 1, 2, 3, 4]
    assert result.score["HF1"].tolist() == [0, 12.5, 25, 75, 100]


def test_parents_sum_up_their_areas():
    questionnaire = Questionnaire(
        id="tree",
        version="1",
        title="",
        dimensions=(
            Dimension(id="P", name="Politik"),
            Dimension(id="A", name="A", parent="P"),
            Dimension(id="B", name="B", parent="P", weight=2.0),
        ),
        items=(level_item("I1", "A"), level_item("I2", "B")),
    )
    result = score_survey(build_survey(questionnaire, [{"I1": "4", "I2": "1"}]))
    assert result.dimensions == ("P", "A", "B")
    assert result.score.iloc[0].tolist() == [pytest.approx((100 + 2 * 25) / 3, abs=1e-6), 100, 25]


def test_sum_is_capped_at_the_declared_maximum():
    options = (Option(code="a", label="a", points=30), Option(code="b", label="b", points=50))
    item = tick_item("T", "HF1").model_copy(
        update={"options": options, "scoring": ScoringRule.SUM, "max_points": 60.0}
    )
    questionnaire = Questionnaire(
        id="s", version="1", title="", dimensions=QUESTIONNAIRE.dimensions[:1], items=(item,)
    )
    rows = [{"T": "a"}, {"T": "a;b"}, {"T": ""}]
    result = score_survey(build_survey(questionnaire, rows))
    assert result.score["HF1"].tolist() == [50.0, 100.0, 0.0]


def test_a_questionnaire_without_points_gives_empty_frames():
    questionnaire = Questionnaire(
        id="n", version="1", title="", items=(Item(id="t", text="t", kind=ItemKind.TEXT),)
    )
    result = score_survey(build_survey(questionnaire, [{"t": "hallo"}]))
    assert result.dimensions == ()
    assert result.score.shape == (1, 0)


CELLS = {
    "H1": ["0", "1", "2", "3", "4", DK, NA, None],
    "S1": ["0", "1", "2", "3", "4", DK, NA, None],
    "S2": ["x", "a", "a;b", "a;b;c", "a;b;c;d", DK, None],
    "S3": ["5", "4", "3", "2", "1", DK, NA, None],
}
ROW = st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()})
BETTER = {"H1": 5, "S1": 5, "S2": 5, "S3": 5}  # the first five cells of each are ordered


@settings(max_examples=60, deadline=None)
@given(
    row=ROW,
    item=st.sampled_from(sorted(CELLS)),
    steps=st.tuples(st.integers(0, 4), st.integers(0, 4)),
)
def test_a_better_answer_never_lowers_anything(row, item, steps):
    low, high = sorted(steps)
    rows = [{**row, item: CELLS[item][low]}, {**row, item: CELLS[item][high]}]
    result = score_survey(build_survey(QUESTIONNAIRE, rows))
    for frame in (result.score, result.lowest, result.highest):
        both = frame.dropna(axis=1)
        assert (both.iloc[1] >= both.iloc[0]).all()
    levels = result.level.dropna(axis=1)
    assert (levels.iloc[1] >= levels.iloc[0]).all()


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(ROW, min_size=2, max_size=8), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, order):
    keyed = {f"{number:08d}": row for number, row in enumerate(rows)}
    shuffled = list(keyed)
    order.shuffle(shuffled)
    one = score_survey(build_survey(QUESTIONNAIRE, keyed))
    other = score_survey(build_survey(QUESTIONNAIRE, {key: keyed[key] for key in shuffled}))
    for field in ("score", "coverage", "lowest", "highest", "level", "gated"):
        left, right = getattr(one, field), getattr(other, field)
        pd.testing.assert_frame_equal(left, right.loc[left.index])


@settings(max_examples=60, deadline=None)
@given(row=ROW)
def test_the_interval_encloses_the_score_and_closes_with_full_coverage(row):
    result = score_survey(build_survey(QUESTIONNAIRE, [row]))
    for name in result.dimensions:
        score = result.score[name].iloc[0]
        if np.isnan(score):
            assert not result.coverage[name].iloc[0] >= 0.6
            continue
        lowest, highest = result.lowest[name].iloc[0], result.highest[name].iloc[0]
        assert 0 <= lowest <= score <= highest <= 100
        if result.coverage[name].iloc[0] == 1.0:
            assert lowest == score == highest


@settings(max_examples=40, deadline=None)
@given(row=ROW)
def test_adding_an_item_that_does_not_concern_one_changes_nothing(row):
    more = QUESTIONNAIRE.model_copy(
        update={"items": (*QUESTIONNAIRE.items, level_item("S9", "MF1", weight=7.0))}
    )
    before = score_survey(build_survey(QUESTIONNAIRE, [row]))
    after = score_survey(build_survey(more, [{**row, "S9": NA}]))
    pd.testing.assert_frame_equal(before.score, after.score)
    pd.testing.assert_frame_equal(before.coverage, after.coverage)
