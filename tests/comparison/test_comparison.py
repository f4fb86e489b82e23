import numpy as np
import pandas as pd
import pytest
from survey_builder import build_survey

from assessment.comparison import comparison
from assessment.comparison.comparison import Standing, compare
from assessment.comparison.peers import build_peer_index
from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Option,
    Questionnaire,
    ScoringRule,
)
from assessment.scoring.scores import score_survey
from assessment.typology.model import Membership, MembershipState

LEVELS = tuple(Option(code=str(i), label=str(i), points=25.0 * i) for i in range(5))
FIELDS = {"H1": "HF1", "M1": "MF1", "M2": "MF1", "N1": "MF2", "N2": "MF2"}
QUESTIONNAIRE = Questionnaire(
    id="c",
    version="1",
    title="",
    dimensions=tuple(
        Dimension(id=name, name=name, block=name[:2]) for name in dict.fromkeys(FIELDS.values())
    ),
    items=tuple(
        Item(
            id=name,
            text=name,
            kind=ItemKind.LEVEL,
            dimension=dimension,
            options=LEVELS,
            scoring=ScoringRule.POINTS,
            weight=1.0,
        )
        for name, dimension in FIELDS.items()
    ),
)


def membership_of(letters, states=None):
    keys = [f"01{number:06d}" for number in range(1, len(letters) + 1)]
    kinds = pd.CategoricalDtype(list("BOSC"))
    first = pd.Series(pd.Categorical([x or None for x in letters], dtype=kinds), keys)
    probability = pd.DataFrame(0.0, keys, list("BOSC"))
    for key, letter in zip(keys, letters, strict=True):
        probability.loc[key] = 0.05 if letter else np.nan
        if letter:
            probability.loc[key, letter] = 0.85
    state = [
        MembershipState.ASSIGNED if letter else MembershipState.NOT_ASSIGNABLE for letter in letters
    ]
    for place, value in (states or {}).items():
        state[place] = value
    empty = pd.Series([""] * len(keys), keys, dtype=object)
    return Membership(
        probability,
        first,
        first,
        probability.max(axis=1),
        pd.Series(state, keys, dtype=object),
        empty,
    )


def levels(*codes):
    return dict(zip(FIELDS, map(str, codes), strict=True))


def prepared(rows, letters, states=None):
    survey = build_survey(QUESTIONNAIRE, rows)
    scores = score_survey(survey)
    return scores, membership_of(letters, states), survey


def test_own_type_first_and_the_viewer_is_not_counted():
    rows = [levels(4, 4, 4, 0, 0)] + [levels(2, 2, 2, 2, 2)] * 12 + [levels(0, 0, 0, 0, 0)] * 10
    scores, membership, survey = prepared(rows, "S" * 13 + "B" * 10)
    found = compare(scores, membership, survey, "01000001")
    assert found.group_id == "type:S"
    assert found.group == "12 anderen Serviceorientierten"
    assert found.reason == ""
    assert found.n_others == 12
    assert [p.peers.median for p in found.positions] == [50, 50, 50]
    assert [p.peers.low for p in found.positions] == [50, 50, 50]
    assert [p.difference for p in found.positions] == [50, 50, -50]
    assert [p.dimension for p in found.strengths] == ["MF1", "HF1"]
    assert [p.dimension for p in found.gaps] == ["MF2"]


def test_a_small_type_is_measured_against_all():
    rows = [levels(2, 2, 2, 2, 2)] * 20
    scores, membership, survey = prepared(rows, "S" * 5 + "B" * 15)
    found = compare(scores, membership, survey, "01000001")
    assert found.group_id == "all"
    assert found.group == "19 anderen teilnehmenden Kommunen"
    assert "zu wenige andere" in found.reason


def test_a_type_that_leaves_a_remainder_of_few_is_not_used():
    rows = [levels(2, 2, 2, 2, 2)] * 20
    scores, membership, survey = prepared(rows, "S" * 16 + "B" * 4)
    assert compare(scores, membership, survey, "01000001").group_id == "all"


def test_mixed_and_not_assignable_are_measured_against_all():
    rows = [levels(2, 2, 2, 2, 2)] * 30
    letters = ["S"] * 14 + [""] * 2 + ["B"] * 14
    scores, membership, survey = prepared(rows, letters, {0: MembershipState.MIXED})
    for key in ("01000001", "01000015"):
        found = compare(scores, membership, survey, key)
        assert found.group_id == "all"
        assert "Ohne sichere Zuordnung" in found.reason


def test_too_few_answers_in_one_field_refuse_only_that_field():
    rows = [levels(2, 2, 2, 2, 2)] * 4 + [{**levels(2, 2, 2, 2, 2), "H1": None}] * 10
    scores, membership, survey = prepared(rows, "S" * 14)
    found = compare(scores, membership, survey, "01000001")
    first, second, _ = found.positions
    assert first.peers.median is None
    assert first.peers.refusal
    assert first.standing is Standing.UNKNOWN
    assert second.peers.median == 50


def test_less_than_one_level_of_a_single_question_is_no_difference():
    # Median of the others is 37.5: half of a level on either side says nothing.
    rows = [levels(2, 2, 2, 2, 2)] + [levels(1, 2, 2, 2, 2)] * 6 + [levels(2, 2, 2, 2, 2)] * 6
    scores, membership, survey = prepared(rows, "S" * 13)
    found = compare(scores, membership, survey, "01000001").positions[0]
    assert found.difference == 12
    assert found.standing is Standing.SIMILAR


def test_what_open_questions_could_turn_is_not_called_a_strength():
    rows = [{**levels(2, 4, 2, 2, 2), "M2": None}] + [levels(2, 2, 2, 2, 2)] * 12
    survey = build_survey(QUESTIONNAIRE, rows)
    # Half of the weight is missing: no score at all, so no statement.
    found = compare(score_survey(survey), membership_of("S" * 13), survey, "01000001")
    assert found.positions[1].standing is Standing.UNKNOWN


def test_equals_stay_in_the_order_of_the_questionnaire_and_only_three_are_named():
    rows = [levels(4, 4, 4, 4, 4)] + [levels(1, 1, 1, 1, 1)] * 12
    scores, membership, survey = prepared(rows, "S" * 13)
    found = compare(scores, membership, survey, "01000001")
    assert [p.dimension for p in found.strengths] == ["MF1", "MF2", "HF1"]
    assert found.further(Standing.ABOVE) == 0
    assert found.gaps == ()


def test_a_lead_at_the_beginning_is_no_strength():
    rows = [levels(1, 3, 3, 1, 1)] + [levels(0, 0, 0, 0, 0)] * 12
    scores, membership, survey = prepared(rows, "S" * 13)
    found = compare(scores, membership, survey, "01000001")
    assert [p.standing for p in found.positions] == [Standing.ABOVE] * 3
    assert [p.dimension for p in found.strengths] == ["MF1"]
    assert found.early_leads == 2
    assert found.further(Standing.ABOVE) == 0


def test_one_question_needs_a_larger_difference_to_come_first():
    # 25 points of one question are one step; 25 points of two questions are two.
    rows = [levels(3, 3, 3, 2, 2)] + [levels(2, 2, 2, 2, 2)] * 12
    scores, membership, survey = prepared(rows, "S" * 13)
    found = compare(scores, membership, survey, "01000001")
    assert [p.noise for p in found.positions] == [25, 13, 13]
    assert [p.dimension for p in found.strengths] == ["MF1", "HF1"]


def test_without_typology_everybody_is_the_group():
    scores, _, survey = prepared([levels(2, 2, 2, 2, 2)] * 8, "S" * 8)
    assert compare(scores, None, survey, "01000001").group_id == "all"


def test_an_unknown_key_is_a_key_error():
    scores, membership, survey = prepared([levels(2, 2, 2, 2, 2)] * 8, "S" * 8)
    with pytest.raises(KeyError):
        compare(scores, membership, survey, "99999999")


def test_looking_up_one_municipality_orders_nothing_again(monkeypatch):
    random = np.random.default_rng(0)
    rows = [levels(*random.integers(0, 5, 5)) for _ in range(2000)]
    scores, membership, survey = prepared(rows, list(random.choice(list("BOSC"), 2000)))
    index = build_peer_index(scores, survey, membership)
    expected = [compare(scores, membership, survey, key) for key in survey.keys[:5]]
    # Groups are ordered when first asked for, then kept.
    for key in survey.keys[:5]:
        compare(scores, membership, survey, key, index=index)

    def ordered_again(*_arguments, **_names):
        raise AssertionError("the scores were ordered again")

    monkeypatch.setattr(np, "sort", ordered_again)
    monkeypatch.setattr(comparison, "build_peer_index", ordered_again)
    found = [compare(scores, membership, survey, key, index=index) for key in survey.keys[:5]]
    assert found == expected
