"""Describing types by questions they do not rest on."""

import json

import numpy as np
import pytest
from goal_survey_builder import draw, goal_survey
from scipy.stats import mannwhitneyu
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, OptionKind, Questionnaire, Role
from assessment.survey import AnswerStatus
from assessment.typology.catdes import describe
from assessment.typology.goal_input import goal_input
from assessment.typology.group_tests import compare_means, compare_shares
from assessment.typology.multiple_testing import false_discovery_q

STEPS = tuple(Option(code=str(i), label=str(i)) for i in range(1, 6))
DONT_KNOW = Option(code="k", label="Weiß nicht", kind=OptionKind.DONT_KNOW)
LAND = tuple(Option(code=code, label=code.upper()) for code in ("by", "nw", "sh"))
ITEMS = (
    Item(id="key", text="AGS", kind=ItemKind.KEY, roles=(Role.KEY,)),
    Item(id="land", text="Land?", kind=ItemKind.SINGLE, options=(*LAND, DONT_KNOW)),
    Item(id="yes", text="Strategie?", kind=ItemKind.SINGLE, options=LAND[:2]),
    Item(id="level", text="Stufe?", kind=ItemKind.LEVEL, options=STEPS),
    Item(id="size", text="Einwohner?", kind=ItemKind.INTEGER),
    Item(id="tools", text="Was gibt es?", kind=ItemKind.MULTIPLE, options=LAND),
    Item(id="note", text="Anmerkung?", kind=ItemKind.TEXT),
    Item(id="same", text="Immer gleich?", kind=ItemKind.SINGLE, options=LAND),
    Item(id="gaps", text="Nie beantwortet?", kind=ItemKind.SINGLE, options=LAND),
)
QUESTIONNAIRE = Questionnaire(id="q", version="1", title="", items=ITEMS)


def small_survey(labels, seed=0):
    random = np.random.default_rng(seed)
    rows = []
    for number, label in enumerate(labels):
        land = "by" if label == 0 and random.random() < 0.8 else random.choice(["nw", "sh"])
        rows.append(
            {
                "key": str(number),
                "land": AnswerStatus.DONT_KNOW if number % 10 == 0 else str(land),
                "yes": "by" if random.random() < 0.5 else "nw",
                "level": str(1 + min(4, random.poisson(1 + max(label, 0)))),
                "size": float(np.round(np.exp(random.normal(9, 1)))),
                "tools": ";".join(c for c in ("by", "nw", "sh") if random.random() < 0.4),
                "note": "frei",
                "same": "by",
                "gaps": None,
            }
        )
    return build_survey(QUESTIONNAIRE, rows)


@pytest.fixture(scope="module")
def described():
    labels = np.repeat([0, 1, 2, -1], [60, 50, 40, 5])
    survey = small_survey(labels)
    return labels, survey, describe(labels, survey, k=3)


def trait(description, kind, item, category=None):
    found = [t for t in description.types[kind].traits if t.item == item and t.category == category]
    assert len(found) == 1
    return found[0]


def test_what_is_described(described):
    _, _, description = described
    items = {t.item for t in description.types[0].traits}
    assert items == {"land", "yes", "level", "size", "tools"}
    assert [kind.n for kind in description.types] == [60, 50, 40]
    # land 3, yes 1 (the other option says the same), level, size, tools 3 options; three types.
    assert description.tests == 3 * 9
    assert {q.item for q in description.questions} == items


def test_shares_rest_on_answers_only(described):
    labels, survey, description = described
    by = trait(description, 0, "land", "BY")
    answered = survey.status["land"].to_numpy() == AnswerStatus.ANSWERED
    of_type = (labels == 0) & answered
    named = (survey.answers["land"] == "by").to_numpy()
    assert by.n == of_type.sum() == 54
    assert by.n_all == (answered & (labels >= 0)).sum()
    assert by.in_type == pytest.approx(named[of_type].mean())
    others = (labels > 0) & answered
    assert by.effect == pytest.approx(named[of_type].mean() - named[others].mean())
    assert by.stands_out
    assert by.v_test > 3
    assert description.types[0].traits[0] == by
    assert trait(description, 0, "land", "NW").v_test < -1.96


def test_ratings_are_means_and_skewed_numbers_are_tested_by_rank(described):
    labels, survey, description = described
    level = trait(description, 2, "level")
    points = 25 * (survey.answers["level"].astype(float).to_numpy() - 1)
    own, rest = points[labels == 2], points[(labels >= 0) & (labels != 2)]
    assert level.in_type == pytest.approx(own.mean())
    pooled = np.sqrt((own.var() * len(own) + rest.var() * len(rest)) / (len(points) - 5 - 2))
    assert level.effect == pytest.approx((own.mean() - rest.mean()) / pooled)
    assert level.stands_out
    size = survey.answers["size"].to_numpy()
    found = trait(description, 1, "size")
    assert found.in_type == pytest.approx(size[labels == 1].mean())
    wilcoxon = mannwhitneyu(
        size[labels == 1],
        size[(labels >= 0) & (labels != 1)],
        method="asymptotic",
        use_continuity=False,
    )
    assert found.p == pytest.approx(wilcoxon.pvalue)


def test_q_covers_the_whole_run(described):
    _, _, description = described
    traits = [t for kind in description.types for t in kind.traits]
    p = np.array([t.p for t in traits])
    np.testing.assert_allclose([t.q for t in traits], false_discovery_q(p))
    assert description.found == sum(t.stands_out for t in traits)


def test_goals_have_effects_and_no_test():
    ratings, truth = draw(300, 3)
    survey = goal_survey(ratings)
    labels = np.array(["BOSC".index(t) for t in truth])
    goals = goal_input(survey)
    description = describe(labels, survey, goals=goals)
    assert description.tests == 0
    for number, kind in enumerate(description.types):
        assert not kind.traits
        assert all(t.p is None and t.q is None and t.v_test is None for t in kind.goals)
        own = {t.item for t in kind.goals if t.effect > 0.5}
        assert own == {f"Z{3 * number + place:02d}" for place in (1, 2, 3)}


def test_probabilities_count_by_their_highest(described):
    labels, survey, description = described
    posterior = np.full((len(labels), 3), 0.1)
    posterior[np.arange(len(labels)), labels] = 0.8
    posterior[labels < 0] = np.nan
    assert describe(posterior, survey) == description


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("labels", [np.zeros(40, int), np.full(40, -1), np.repeat([0, 3], 20)])
def test_one_type_no_type_and_empty_types_are_no_trouble(labels):
    description = describe(labels, small_survey(labels), k=4)
    assert len(description.types) == 4
    assert description.found <= description.tests
    for kind in description.types:
        for t in kind.traits:
            assert t.n > 0 or (t.in_type is None and t.p is None and t.effect is None)
    json.dumps([t.v_test for kind in description.types for t in kind.traits], allow_nan=False)


@pytest.mark.filterwarnings("error")
def test_extreme_differences_stay_finite():
    labels = np.repeat([0, 1], 3000)
    shares = compare_shares(labels, 2, labels, 2)
    assert np.isfinite(shares.v_test).all()
    assert shares.v_test[0, 0] > 30
    means = compare_means(labels.astype(float), labels, 2)
    assert np.isfinite(means.v_test).all()
    assert np.isnan(means.effect).all()
    assert np.isnan(compare_means(np.full(6000, 0.1), labels, 2).v_test).all()


def test_false_discoveries_among_unrelated_questions():
    """At most 0.3 false findings in 400 tests: 100 unrelated ratings by four types."""
    found, uncorrected = [], []
    items = tuple(
        Item(id=f"x{j}", text="", kind=ItemKind.RATING, options=STEPS) for j in range(100)
    )
    questionnaire = Questionnaire(id="q", version="1", title="", items=items)
    for seed in range(12):
        random = np.random.default_rng(seed)
        labels = random.choice(4, 412, p=(0.35, 0.30, 0.20, 0.15))
        answers = random.choice(list("12345"), (412, 100), p=(0.05, 0.1, 0.25, 0.35, 0.25))
        gaps = random.random(answers.shape) < 0.1
        rows = [
            {f"x{j}": None if g else str(a) for j, (a, g) in enumerate(zip(*row, strict=True))}
            for row in zip(answers, gaps, strict=True)
        ]
        description = describe(labels, build_survey(questionnaire, rows))
        assert description.tests == 400
        found.append(description.found)
        uncorrected.append(sum(t.p < 0.05 for kind in description.types for t in kind.traits))
    print(f"false findings in 400 tests: {np.mean(found):.2f} (p alone {np.mean(uncorrected):.1f})")
    assert np.mean(found) <= 0.3
    assert 12 < np.mean(uncorrected) < 28
