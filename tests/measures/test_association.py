"""Associations: told only where clear, with the guard, and never of the same question twice."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom
from survey_builder import Cell, build_survey

from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.measures.association import (
    MOST_NAMED,
    Associations,
    prepare_associations,
)
from assessment.measures.share_tests import exact_p, lower_end
from assessment.measures.statements import statements_of
from assessment.pipeline import assess_sample
from assessment.questionnaire.default import default_questionnaire
from assessment.scoring.scores import score_survey
from assessment.survey import AnswerStatus
from assessment.typology.model import Membership, MembershipState


def membership(keys: pd.Index, kinds: list[str], *, mixed: int = 0) -> Membership:
    """Everybody surely of the type named; the first ``mixed`` stand between types."""
    states = [MembershipState.MIXED] * mixed + [MembershipState.ASSIGNED] * (len(keys) - mixed)
    types = sorted({kind for kind in kinds if kind})
    return Membership(
        probability=pd.DataFrame(0.5, keys, types),
        first=pd.Series(pd.Categorical([kind or None for kind in kinds]), keys),
        second=pd.Series(pd.Categorical([types[0]] * len(keys)), keys),
        strength=pd.Series(0.9, keys),
        state=pd.Series(states, keys, dtype=object),
        reason=pd.Series("", keys, dtype=object),
    )


def prepared(here: tuple[int, int], ahead: tuple[int, int], **more: int) -> Associations:
    """Type B at level 1 of HF02 (``here``: ticks, size) and at level 2 (``ahead``)."""
    options = [o.code for o in default_questionnaire()["C02"].answer_options]
    rows = [
        {"C02": options[level], "D23": "b" if number < ticks else ""}
        for level, (ticks, size) in ((1, here), (2, ahead))
        for number in reversed(range(size))
    ]
    survey = build_survey(default_questionnaire(), rows)
    return prepare_associations(
        survey, score_survey(survey), membership(survey.keys, ["B"] * len(rows), **more)
    )


def test_a_clear_difference_is_told_with_shares_of_the_others() -> None:
    found = prepared((5, 25), (20, 25))
    (told,) = found.of("01000001")["HF02"]
    # The first one at level 1 has no tick: 5 of 24 others are 21 %, one level up 20 of 25.
    assert (told.here, told.n_here, told.ahead, told.n_ahead) == (21, 24, 80, 25)
    assert told.item == "D23"
    assert "Steuerung mit Kennzahlen" in told.statement
    assert "berichten häufiger" in told.sentence
    assert "Bedächtige auf Stufe 2 in „Bürgerinnen und Bürger“" in told.sentence
    assert "Zusammenhang, keine Ursache" in told.sentence
    # The last one at level 1 has the tick: 4 of 24 others.
    (other,) = found.of("01000025")["HF02"]
    assert (other.here, other.n_here) == (17, 24)
    # One level up there is nobody further ahead.
    assert found.of("01000026") == {}


@pytest.mark.parametrize(
    ("here", "ahead"),
    [
        ((10, 25), (12, 25)),  # within chance
        ((8, 25), (17, 25)),  # p = 0.02, but one of five looked at
        ((20, 25), (5, 25)),  # less often
        ((0, 5), (5, 5)),  # too few to be told
        ((0, 40), (4, 4)),  # too few one level up
    ],
)
def test_nothing_is_told_otherwise(here: tuple[int, int], ahead: tuple[int, int]) -> None:
    assert prepared(here, ahead).of("01000001") == {}


def test_who_stands_between_types_or_has_none_is_told_nothing() -> None:
    found = prepared((5, 25), (20, 25), mixed=1)
    assert found.of("01000001") == {}
    assert found.of("01000002")
    survey = found.survey
    assert prepare_associations(survey, score_survey(survey), None).of("01000002") == {}
    with pytest.raises(KeyError):
        found.of("99999999")


def test_a_remainder_of_the_type_that_is_too_small_stops_it() -> None:
    options = [o.code for o in default_questionnaire()["C02"].answer_options]
    levels = [1] * 25 + [2] * 25 + [3] * 3
    ticks = [False] * 20 + [True] * 5 + [True] * 20 + [False] * 5 + [True] * 3
    rows = [
        {"C02": options[level], "D23": "b" if tick else ""}
        for level, tick in zip(levels, ticks, strict=True)
    ]
    survey = build_survey(default_questionnaire(), rows)
    types = membership(survey.keys, ["B"] * len(rows))
    assert prepare_associations(survey, score_survey(survey), types).of("01000001") == {}


@pytest.mark.parametrize(("others", "told"), [(0, True), (3, False), (5, True)])
def test_so_does_a_remainder_of_everybody_who_answered(others: int, told: bool) -> None:
    options = [o.code for o in default_questionnaire()["C02"].answer_options]
    rows: list[Mapping[str, Cell]] = [
        {"C02": options[level], "D23": "b" if number < ticks else ""}
        for level, ticks in ((1, 5), (2, 20))
        for number in reversed(range(25))
    ]
    rows += [{"C02": options[1], "D23": "b"}] * others
    # Who did not answer the question does not count as somebody else.
    rows += [{"C02": options[1], "D23": None}] * 10
    survey = build_survey(default_questionnaire(), rows)
    types = membership(survey.keys, ["B"] * 50 + ["O"] * (others + 10))
    found = prepare_associations(survey, score_survey(survey), types)
    assert bool(found.of("01000001")) is told


def test_no_answer_is_no_no() -> None:
    survey = build_survey(
        default_questionnaire(),
        [
            {"D23": "a;b"},
            {"D23": ""},
            {"D23": None},
            {"D23": AnswerStatus.DONT_KNOW},
            {"D23": AnswerStatus.NOT_APPLICABLE},
        ],
    )
    found = statements_of(survey)
    assert len(found.all) == 5
    assert found.answered[:, 0].tolist() == [True, True, False, False, False]
    assert found.yes[:, 1].tolist() == [True, False, False, False, False]


def test_confidential_questions_goals_and_reversed_statements_are_left_out() -> None:
    survey = assess_sample().survey
    spoken = {statement.item for statement in statements_of(survey).all}
    questionnaire = survey.questionnaire
    assert not any(questionnaire[name].sensitive for name in spoken)
    assert not any(questionnaire[name].polarity < 0 for name in spoken)
    assert not {"A04", "A07", "A08", "B01", "B15", "C11"} & spoken
    assert {"C01", "D01", "E01", "G06"} <= spoken


def test_the_exact_test_is_fishers_and_the_interval_newcombes() -> None:
    rng = np.random.default_rng(4)
    n_here, n_ahead = rng.integers(6, 60, 40), rng.integers(6, 60, 40)
    yes_here, yes_ahead = rng.binomial(n_here, 0.4), rng.binomial(n_ahead, 0.6)
    found = exact_p(yes_here, n_here, yes_ahead, n_ahead)
    for place, p in enumerate(found):
        drawn = (
            n_here[place] + n_ahead[place],
            yes_here[place] + yes_ahead[place],
            n_ahead[place],
        )
        seen = yes_ahead[place]
        tails = [float(hypergeom.sf(seen - 1, *drawn)), float(hypergeom.cdf(seen, *drawn))]
        assert p == pytest.approx(min(1.0, 2 * min(tails)))
    # Newcombe 1998, table II, example (a): 56/70 against 48/80 gives 0.0524 … 0.3339.
    lower = lower_end((np.array([48]), np.array([80])), (np.array([56]), np.array([70])))
    assert lower[0] == pytest.approx(0.0524, abs=1e-4)


def test_groups_told_of_the_same_statement_never_overlap_and_leave_nobody_alone() -> None:
    assessment = assess_sample()
    found = prepare_associations(assessment.survey, assessment.scores, assessment.membership)
    assert found.findings
    fields: dict[tuple[str, int], set[str]] = {}
    shown: dict[tuple[str, str, int], set[int]] = {}
    for (kind, name, level), findings in found.findings.items():
        for finding in findings:
            fields.setdefault((kind, finding.statement), set()).add(name)
            shown.setdefault((kind, name, finding.statement), set()).update((level, level + 1))
    assert all(len(names) == 1 for names in fields.values())
    for (kind, name, column), levels in shown.items():
        place = found.dimensions.index(name)
        concerned = (found.types == kind) & found.statements.answered[:, column]
        inside = concerned & np.isin(found.levels[:, place], list(levels))
        for group in (concerned & ~inside, ~concerned & found.statements.answered[:, column]):
            assert int(group.sum()) == 0 or int(group.sum()) >= MINIMUM_OTHERS
    told = [
        each
        for key in map(str, assessment.survey.keys)
        for several in found.of(key).values()
        for each in several
    ]
    assert told
    assert all(min(each.n_here, each.n_ahead) >= MINIMUM_OTHERS for each in told)
    assert all(
        len(several) <= MOST_NAMED
        for key in map(str, assessment.survey.keys)
        for several in found.of(key).values()
    )


def test_the_question_that_is_the_level_is_never_told_of_its_own_field() -> None:
    assessment = assess_sample()
    found = prepare_associations(assessment.survey, assessment.scores, assessment.membership)
    questionnaire = assessment.survey.questionnaire
    for (_, name, _), findings in found.findings.items():
        if len(questionnaire.scored_items(name)) == 1:
            (item,) = questionnaire.scored_items(name)
            assert all(found.statements.all[f.statement].item != item.id for f in findings)
