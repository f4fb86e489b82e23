import pytest
from scoring_questionnaire import QUESTIONNAIRE, level_rows

from assessment.scoring.overall import overall_index
from assessment.scoring.scores import score_survey
from assessment.survey import AnswerStatus


def test_blocks_weigh_the_same_and_the_bottleneck_caps_the_level():
    # HF: 100 and 0 -> 50; MF: 100 -> 100; index 75, lowest level 0 -> overall level at most 1
    scores = score_survey(level_rows([{"A": "4", "B": "0", "C": "4"}]))
    found = overall_index(scores, QUESTIONNAIRE)
    assert found.index.iloc[0] == pytest.approx(75)
    assert found.parts.iloc[0].to_dict() == {"HF": 50.0, "MF": 100.0}
    assert found.bottleneck.iloc[0] == "HF2"
    assert found.level.iloc[0] == 1


def test_a_part_that_cannot_be_rated_leaves_no_index():
    scores = score_survey(level_rows([{"A": "4", "B": AnswerStatus.DONT_KNOW, "C": "4"}]))
    found = overall_index(scores, QUESTIONNAIRE)
    assert found.index.isna().all()
    assert found.level.isna().all()
    assert found.bottleneck.iloc[0] == ""


def test_a_field_outside_the_responsibility_does_not_count():
    scores = score_survey(level_rows([{"A": "4", "B": AnswerStatus.NOT_APPLICABLE, "C": "2"}]))
    found = overall_index(scores, QUESTIONNAIRE)
    assert found.index.iloc[0] == pytest.approx(75)
    assert found.bottleneck.iloc[0] == "MF1"
    assert found.level.iloc[0] == 3
