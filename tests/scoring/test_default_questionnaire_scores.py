"""The product's own questionnaire: anchors of all thirty fields and one field by hand."""

import pytest
from survey_builder import build_survey

from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import ItemKind, OptionKind, ScoringRule
from assessment.scoring.overall import overall_index
from assessment.scoring.scores import score_survey


def extreme(best):
    """The best or the worst answer to every scored item."""
    sheet = {}
    for item in default_questionnaire().items:
        if not item.dimension or item.scoring is ScoringRule.NONE:
            continue
        if item.kind is ItemKind.MULTIPLE:
            none = next(o.code for o in item.options if o.kind is OptionKind.NONE_OF_THESE)
            sheet[item.id] = ";".join(o.code for o in item.answer_options) if best else none
        else:
            pick = max if best else min
            sheet[item.id] = pick(item.answer_options, key=lambda o: o.points).code
    return sheet


@pytest.fixture(scope="module")
def extremes():
    rows = {"01000001": extreme(best=False), "01000002": extreme(best=True)}
    return score_survey(build_survey(default_questionnaire(), rows))


def test_worst_is_exactly_0_and_best_exactly_100_in_each_of_30_fields(extremes):
    assert len(extremes.dimensions) == 30
    assert extremes.score.loc["01000001"].tolist() == [0.0] * 30
    assert extremes.score.loc["01000002"].tolist() == [100.0] * 30
    assert extremes.level.loc["01000001"].tolist() == [0] * 30
    assert extremes.level.loc["01000002"].tolist() == [4] * 30
    assert (extremes.coverage == 1).all().all()


def test_the_index_has_four_equal_parts(extremes):
    found = overall_index(extremes, default_questionnaire())
    assert found.index.tolist() == [0.0, 100.0]
    assert list(found.parts.columns) == ["HF", "MF", "EGB", "SB"]


def test_basic_components_by_hand():
    # E01 (weight 3): 4 of 16 = 25; E03 (weight 2): level 3 = 75; E04 (weight 1): level 1 = 25
    row = {"E01": "a;b;e;h", "E02": "a", "E03": "3", "E04": "1"}
    scores = score_survey(build_survey(default_questionnaire(), [row]))
    assert scores.score["EGB"].iloc[0] == pytest.approx((25 * 3 + 75 * 2 + 25) / 6, abs=1e-6)
    assert scores.level["EGB"].iloc[0] == 1


def test_strategy_by_hand_and_held_by_its_gate():
    # D01 (2): level 2 = 50; D02 (1): 5 = 100; D03 (1): ja = 100; D04 (1): all; D05 (1): reversed
    row = {"D01": "2", "D02": "5", "D03": "j", "D04": "a;b;c;d;e;f", "D05": "1"}
    scores = score_survey(build_survey(default_questionnaire(), [row]))
    assert scores.score["MF01"].iloc[0] == pytest.approx((50 * 2 + 400) / 6, abs=1e-6)
    assert scores.level["MF01"].iloc[0] == 2  # 83 points would be level 3
    assert scores.gated["MF01"].iloc[0] == "D01"


def test_the_short_form_scores_every_field():
    sheet = extreme(best=True)
    short = {
        i.id: sheet[i.id] for i in default_questionnaire().items if i.short_form and i.id in sheet
    }
    scores = score_survey(build_survey(default_questionnaire(), [short]))
    assert scores.short_form.iloc[0]
    assert scores.score.iloc[0].tolist() == [100.0] * 30
