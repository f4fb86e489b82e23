"""Recovery of known types in the reference goal surveys (goal_survey.py and its Bayes oracle)."""

import importlib.util
from types import ModuleType

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire, Role
from assessment.typology.fit import fit
from assessment.typology.naming import name_clusters
from assessment.typology.reference import ReferenceProfile, load_reference

pytestmark = pytest.mark.shared

OPTIONS = tuple(Option(code=str(i), label=str(i)) for i in range(1, 6))
QUESTIONNAIRE = Questionnaire(
    id="synthetic",
    version="1",
    title="",
    items=tuple(
        Item(
            id=f"Z{number:02d}",
            text=f"Ziel {number}",
            kind=ItemKind.RATING,
            options=OPTIONS,
            roles=(Role.GOAL,),
        )
        for number in range(12)
    ),
)


@pytest.fixture(scope="module")
def generator(shared) -> ModuleType:
    path = shared / "benchmarks" / "goal_survey.py"
    spec = importlib.util.spec_from_file_location("goal_survey", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def survey_of(ratings):
    return build_survey(
        QUESTIONNAIRE,
        [
            {
                f"Z{place:02d}": None if np.isnan(value) else str(int(value))
                for place, value in enumerate(row)
            }
            for row in ratings
        ],
    )


def labels_of(model, survey):
    first = model.assign(survey).first
    return first.cat.codes.to_numpy(), first.notna().to_numpy()


@pytest.mark.parametrize(
    ("difficulty", "least"), [("easy", 0.82), ("medium", 0.65), ("hard", 0.30)]
)
def test_recovery(generator, difficulty, least):
    found = []
    for seed in range(6):
        ratings, _, truth = generator.draw(412, difficulty, seed)
        survey = survey_of(ratings)
        labels, known = labels_of(fit(survey), survey)
        assert known.mean() > 0.95
        found.append(adjusted_rand_score(truth[known], labels[known]))
    assert np.mean(found) >= least


def test_probabilities_of_new_municipalities_are_calibrated(generator):
    gaps, sure = [], []
    for seed in range(4):
        ratings, _, truth = generator.draw(412, "medium", seed)
        survey = survey_of(ratings)
        model = fit(survey)
        labels, known = labels_of(model, survey)
        new, _, new_truth = generator.draw(1500, "medium", 100 + seed)
        membership = model.assign(survey_of(new))
        usable = membership.first.notna().to_numpy()
        # Name each cluster after the true type most of its members have.
        names = np.array(
            [np.bincount(truth[known & (labels == c)], minlength=4).argmax() for c in range(4)]
        )
        assert sorted(names) == [0, 1, 2, 3]
        right = (names[membership.first.cat.codes.to_numpy()] == new_truth)[usable]
        strength = membership.strength.to_numpy()[usable]
        bins = np.clip((strength * 10).astype(int), 0, 9)
        gaps.append(
            sum(
                (bins == b).mean() * abs(strength[bins == b].mean() - right[bins == b].mean())
                for b in np.unique(bins)
            )
        )
        sure.append(right[strength >= 0.8].mean())
    assert np.mean(gaps) <= 0.03
    assert np.mean(sure) >= 0.94


def test_row_order_changes_nothing_but_the_order(generator):
    ratings, _, _ = generator.draw(412, "medium", 3)
    order = np.random.default_rng(1).permutation(412)
    survey, shuffled = survey_of(ratings), survey_of(ratings[order])
    one, other = fit(survey), fit(shuffled)
    assert one.to_json() == other.to_json()
    np.testing.assert_array_equal(labels_of(one, survey)[0][order], labels_of(other, shuffled)[0])


@pytest.mark.parametrize("difficulty", ["easy", "medium", "hard"])
def test_names_above_the_bound_are_right(generator, difficulty):
    reference = load_reference()
    random = np.random.default_rng(7)
    named = 0
    for seed in range(6):
        ratings, _, truth = generator.draw(412, difficulty, seed)
        survey = survey_of(ratings)
        model = fit(survey)
        labels, known = labels_of(model, survey)
        blurred = generator.MU + random.normal(0, 0.25, generator.MU.shape)
        goals = {
            column.item: dict(zip(reference.ids, blurred[:, place], strict=True))
            for place, column in enumerate(model.columns)
        }
        profile = ReferenceProfile(questionnaire="synthetic", goals=goals)
        naming = name_clusters(
            model.centres,
            model.columns,
            QUESTIONNAIRE,
            reference.model_copy(update={"profile": profile}),
        )
        if min(match.correlation for match in naming.matches) < 0.5:
            continue
        named += 1
        overlap = np.zeros((4, 4))
        np.add.at(overlap, (labels[known], truth[known]), 1)
        expected = linear_sum_assignment(-overlap)[1]
        assert [match.type_id for match in naming.matches] == [
            reference.ids[kind] for kind in expected
        ]
    assert named >= {"easy": 6, "medium": 5, "hard": 1}[difficulty]
