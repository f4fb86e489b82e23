"""Data simulated without types against surveys drawn without types (goal_survey.py)."""

import importlib.util

import numpy as np
import pytest

from assessment.typology.baselines import prepare, refit_baseline, solve_baseline
from assessment.typology.goal_data import GoalData
from assessment.typology.jaccard import clusterwise_jaccard, resample_weights
from assessment.typology.kmeans import kmeans
from assessment.typology.method import Method
from assessment.typology.null_model import structureless

pytestmark = pytest.mark.shared

SETS = 12
# typology.md 6, "Null level depends on k": mean and 95th percentile over 12 data sets.
REFERENCE = {2: (0.62, 0.73), 4: (0.42, 0.47), 6: (0.36, 0.39)}


@pytest.fixture(scope="module")
def generator(shared):
    path = shared / "benchmarks" / "goal_survey.py"
    spec = importlib.util.spec_from_file_location("goal_survey", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def survey(generator, separation, seed):
    ratings = generator.draw(412, separation, seed)[0]
    steps = np.where(np.isnan(ratings), -1, ratings - 1).astype(np.int16)
    data = GoalData(n=412, rated=steps, steps=5)
    return data.take(data.canonical_order())


def levels(sets, k):
    """Mean Jaccard of ``k`` classes in each data set."""
    found = []
    for number, data in enumerate(sets):
        rows = prepare(data, Method.CENTRED_KMEANS).rows(data)
        labels = kmeans(rows, k, starts=20, seed=number).labels
        weights = resample_weights(data.n, 20, number)
        again = refit_baseline(data, Method.CENTRED_KMEANS, k, weights, number)
        found.append(clusterwise_jaccard(labels, k, again, weights)[0].mean())
    return np.array(found)


@pytest.mark.parametrize("k", [2, 4, 6])
def test_the_null_level_is_that_of_surveys_without_types(generator, k):
    # Simulated from a survey with four clear types, which must not show.
    simulated = levels(structureless(survey(generator, "medium", 3), 0, SETS), k)
    drawn = levels([survey(generator, 0.0, 100 + seed) for seed in range(SETS)], k)
    mean, high = REFERENCE[k]
    assert simulated.mean() == pytest.approx(drawn.mean(), abs=0.05)
    assert simulated.mean() == pytest.approx(mean, abs=0.06)
    assert np.percentile(simulated, 95) == pytest.approx(high, abs=0.08)


def test_four_types_stand_out_from_the_null(generator):
    data = survey(generator, "medium", 3)
    labels = solve_baseline(data, Method.CENTRED_KMEANS, 4, 0).labels
    weights = resample_weights(412, 50, 0)
    again = refit_baseline(data, Method.CENTRED_KMEANS, 4, weights, 0)
    found = clusterwise_jaccard(labels, 4, again, weights)[0]
    assert found.min() > np.percentile(levels(structureless(data, 0, SETS), 4), 95)
