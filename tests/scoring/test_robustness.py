import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_builder import build_survey
from test_scores import BEST, QUESTIONNAIRE, WORST, level_item

from assessment.questionnaire.model import Dimension, Gate, Questionnaire
from assessment.scoring.robustness import DRAWS, EXPONENTS, Robustness
from assessment.scoring.scores import MINIMUM_COVERAGE, score_survey
from assessment.survey import AnswerStatus

DK, NA = AnswerStatus.DONT_KNOW, AnswerStatus.NOT_APPLICABLE

FIVE = Questionnaire(
    id="five",
    version="1",
    title="Ein Feld aus fünf Fragen",
    dimensions=(
        Dimension(
            id="MF1",
            name="Strategie",
            block="MF",
            gates=(Gate(level=3, item="Q1", points=75), Gate(level=2, item="Q2", points=25)),
        ),
    ),
    items=(
        level_item("Q1", "MF1", weight=2.0),
        *(level_item(f"Q{number}", "MF1") for number in range(2, 6)),
    ),
)
ANSWERS = st.sampled_from([*"01234", DK, NA, None])
ROWS = st.lists(ANSWERS, min_size=5, max_size=5)


def robustness(rows, questionnaire=FIVE, **more):
    survey = build_survey(questionnaire, rows)
    scores = score_survey(survey)
    return Robustness(survey, scores, **more), scores


def five(*codes):
    return {f"Q{number}": code for number, code in enumerate(codes, start=1)}


def one(codes, **more):
    found, scores = robustness([five(*codes)], **more)
    return found, scores, found.of(0)


def test_the_best_and_the_worst_answers_hold_in_every_draw():
    for row, level, points in ((BEST, 4, 100), (WORST, 0, 0)):
        found, scores = robustness([row], QUESTIONNAIRE)
        assert scores.level_values.tolist() == [[level, level]]
        for dimension in found.of(0):
            assert dimension.same_level == 1.0
            assert (dimension.low, dimension.high) == (points, points)
            assert (dimension.lowest, dimension.highest) == (points, points)
            assert dimension.draws == DRAWS


@pytest.mark.parametrize("level", "01234")
def test_who_gives_one_level_everywhere_is_at_that_level_in_every_draw(level):
    """Thresholds are places on the answer scale: they move with the steps between answers."""
    _, scores, (found,) = one(level * 5)
    if level not in "12":  # gates: Q1 for level 3, Q2 for level 2
        assert found.same_level == 1.0
    assert found.low == found.high == int(level) * 25
    assert scores.level_values[0, 0] == int(level)


def test_a_dimension_of_one_question_is_fixed():
    found, _ = robustness([{**BEST, "H1": "3"}], QUESTIONNAIRE)
    education, strategy = found.of(0)
    assert education.fixed
    assert (education.same_level, education.low, education.high) == (1.0, 75, 75)
    assert not strategy.fixed


def test_two_answers_by_hand():
    """Two answered questions: nothing is left out, the score is a power mean of 0 and 100."""
    two = Questionnaire(
        id="two",
        version="1",
        title="Zwei",
        dimensions=(Dimension(id="MF1", name="Feld", block="MF"),),
        items=(level_item("A", "MF1"), level_item("B", "MF1")),
    )
    found, _ = robustness([{"A": "0", "B": "4"}], two, draws=50_000)
    drawn = found.drawn("MF1")
    shares = drawn.weights[1] / drawn.weights.sum(axis=0)
    powers = np.array(EXPONENTS)[drawn.exponent]
    expected = 100 * shares ** (1 / powers)
    assert drawn.scores(np.array([0.0, 100.0])) == pytest.approx(expected)
    (dimension,) = found.of(0)
    assert dimension.same_level == pytest.approx(np.mean((expected >= 50) & (expected < 75)))
    # Weights: mean 1/2, and ±30 % of that; exponents 2/3 to 3/2 in seven equally likely steps.
    assert shares.mean() == pytest.approx(0.5, abs=0.002)
    assert shares.std() / 0.5 == pytest.approx(0.3, abs=0.005)
    assert EXPONENTS[0] == pytest.approx(2 / 3)
    assert EXPONENTS[-1] == pytest.approx(3 / 2)
    assert np.bincount(drawn.exponent) / 50_000 == pytest.approx(np.full(7, 1 / 7), abs=0.006)


def test_draws_are_as_declared():
    found, _, _ = one("01234", draws=60_000)
    drawn = found.drawn("MF1")
    assert drawn.declared.tolist() == [2, 1, 1, 1, 1]
    assert drawn.weights.mean(axis=1) == pytest.approx(drawn.declared, rel=0.01)
    assert drawn.weights.sum(axis=0) == pytest.approx(np.full(60_000, 6.0))
    assert np.bincount(drawn.omitted + 1) / 60_000 == pytest.approx(np.full(6, 1 / 6), abs=0.006)
    kept = drawn.omitting > 0
    assert (kept.sum(axis=0) == 5 - (drawn.omitted >= 0)).all()
    assert (drawn.omitting[kept] == drawn.weights[kept]).all()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_draws():
    first, _, again = one("01234")
    second, _, same = one("01234")
    assert again == same
    assert first.drawn("MF1").weights.tobytes() == second.drawn("MF1").weights.tobytes()
    other, _, _ = one("01234", seed=1)
    assert first.drawn("MF1").weights.tobytes() != other.drawn("MF1").weights.tobytes()


def test_draws_of_a_dimension_do_not_depend_on_others_or_on_the_municipalities():
    alone, _ = robustness([BEST], QUESTIONNAIRE)
    many, _ = robustness([WORST, BEST, BEST], QUESTIONNAIRE)
    assert many.of(1) == alone.of(0)
    only = Questionnaire(
        id="only",
        version="1",
        title="Nur Strategie",
        dimensions=QUESTIONNAIRE.dimensions[1:],
        items=QUESTIONNAIRE.items[1:],
    )
    row = {name: code for name, code in BEST.items() if name != "H1"}
    single, _ = robustness([row], only)
    assert single.drawn("MF1").weights.tobytes() == alone.drawn("MF1").weights.tobytes()


def naive(found, codes, declared_level):
    """One draw after the other, with the rules written out."""
    drawn = found.drawn("MF1")
    points = {n: 25.0 * int(code) for n, code in enumerate(codes) if isinstance(code, str)}
    scores, levels = [], []
    for draw in range(drawn.weights.shape[1]):
        power = EXPONENTS[drawn.exponent[draw]]
        left_out = drawn.omitted[draw] if len(points) >= 3 else -1
        gained = total = 0.0
        for question, value in points.items():
            if question == left_out:
                continue
            weight = drawn.weights[question, draw]
            gained += weight * (value / 100) ** power
            total += weight
        score = 100 * (gained / total) ** (1 / power)
        level = min(int(score / 25 + 1e-9), 4)
        if codes[0] not in (NA,) and points.get(0, 0) < 75:
            level = min(level, 2)
        if codes[1] not in (NA,) and points.get(1, 0) < 25:
            level = min(level, 1)
        scores.append(score)
        levels.append(level)
    return np.array(scores), np.mean(np.array(levels) == declared_level)


@settings(max_examples=40, deadline=None)
@given(codes=ROWS)
def test_agrees_with_a_plain_loop_over_draws(codes):
    found, scores, dimensions = one(codes, draws=300)
    if np.isnan(scores.score["MF1"].iloc[0]):
        # Too little is answered: there is no score and nothing to say about it.
        coverage = scores.coverage["MF1"].iloc[0]
        assert np.isnan(coverage) or coverage < MINIMUM_COVERAGE
        assert dimensions == ()
        return
    (dimension,) = dimensions
    plain, same = naive(found, codes, scores.level_values[0, 0])
    assert dimension.same_level == pytest.approx(same)
    ordered = np.sort(plain)
    assert (dimension.low, dimension.high) == (
        int(ordered[round(0.05 * 299)] + 0.5),
        int(ordered[round(0.95 * 299)] + 0.5),
    )
    assert 0 <= dimension.low <= dimension.high <= 100
    assert dimension.lowest == int(scores.lowest["MF1"].iloc[0] + 0.5)
    assert dimension.highest == int(scores.highest["MF1"].iloc[0] + 0.5)


@settings(max_examples=30, deadline=None)
@given(codes=st.lists(st.sampled_from("01234"), min_size=5, max_size=5))
def test_scores_stay_between_the_lowest_and_the_highest_answer(codes):
    found, _, (dimension,) = one(codes, draws=500)
    points = np.array([25.0 * int(code) for code in codes])
    drawn = found.drawn("MF1").scores(points)
    assert drawn.min() >= points.min() - 1e-9
    assert drawn.max() <= points.max() + 1e-9
    assert 0.0 <= dimension.same_level <= 1.0


def test_missing_answers_are_never_filled_in():
    """What is open changes nothing: the draws use the answered questions only."""
    found, _, _ = one([*"222", None, None])
    drawn = found.drawn("MF1")
    points = np.array([50.0, 50.0, 50.0, np.nan, np.nan])
    assert drawn.scores(points) == pytest.approx(np.full(DRAWS, 50.0))


def test_a_gate_holds_also_where_its_question_is_left_out():
    """Q1 below „beschlossen“: level 3 is out of reach in every draw, whatever the others say."""
    _, scores, (dimension,) = one("24444")
    assert scores.level_values[0, 0] == 2
    assert dimension.high > 75
    assert dimension.same_level == 1.0


def test_parents_rest_on_all_questions_below():
    tree = Questionnaire(
        id="tree",
        version="1",
        title="Baum",
        dimensions=(
            Dimension(id="T", name="Oben"),
            Dimension(id="T1", name="Links", parent="T", weight=3.0),
            Dimension(id="T2", name="Rechts", parent="T"),
        ),
        items=(level_item("A", "T1"), level_item("B", "T2")),
    )
    found, _ = robustness([{"A": "4", "B": "0"}], tree)
    assert found.drawn("T").declared.tolist() == [3.0, 1.0]
    top = {one.dimension: one for one in found.of(0)}
    assert not top["T"].fixed
    assert top["T"].low < 75 < top["T"].high
    assert top["T1"].fixed


def test_unknown_dimensions_are_an_error():
    found, _, _ = one("22222")
    with pytest.raises(KeyError):
        found.drawn("MF9")
