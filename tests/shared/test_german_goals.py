"""Croon's (1989) German political goals: three types, and a file that ships inverted."""

import numpy as np
import pandas as pd
import pytest
from survey_builder import build_survey

from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
from assessment.typology.fit import fit
from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.mixture import solve_mixture
from assessment.typology.mixture_em import Regularisation
from assessment.typology.ranking_reading import compare_readings
from assessment.typology.solution import Starts

pytestmark = pytest.mark.shared

CODES = "1234"
BOOK = Questionnaire(
    id="croon",
    version="1",
    title="",
    items=(
        Item(
            id="ziele",
            text="Politische Ziele",
            kind=ItemKind.RANKING,
            options=tuple(
                Option(code=code, label=label)
                for code, label in zip(
                    CODES, ("Ordnung", "Mitsprache", "Preise", "freie Rede"), strict=True
                )
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def orders(shared):
    """As shipped, and as derived by inverting each row."""
    folder = shared / "realdata" / "typology"
    names = ("plmix_german_goals", "german_goals_orderings_corrected")
    shipped, right = (pd.read_csv(folder / f"{name}.csv").to_numpy() for name in names)
    np.testing.assert_array_equal(np.argsort(shipped, axis=1) + 1, right)
    return {"shipped": shipped, "right": right}


def ranked(table):
    return GoalData(
        len(table), orders=(table - 1).astype(np.int16), options=4, links=(-1, -1, -1, -1)
    )


def survey_of(table):
    return build_survey(BOOK, [{"ziele": ";".join(str(code) for code in row)} for row in table])


def test_likelihoods_bic_and_shares_of_the_published_analogue(orders):
    # reference_plmix_german.json: R, and own scripts.
    free = Regularisation(ranking=0.0)
    data = ranked(orders["right"])
    found = {
        k: solve_mixture(data, Method.PLACKETT_LUCE, k, 1, starts=Starts(5, 5), regularisation=free)
        for k in (1, 2, 3, 4)
    }
    fits = {k: solution.fit for k, solution in found.items()}
    likelihoods = [fits[k].log_likelihood for k in fits]
    np.testing.assert_allclose(likelihoods[:3], [-6427.050, -6311.686, -6281.361], atol=1e-3)
    # A local optimum of four classes; one no worse will do.
    assert likelihoods[3] >= -6274.816 - 1e-3
    np.testing.assert_allclose(
        [fits[k].bic for k in (1, 2, 3)], [12877.3, 12677.4, 12647.7], atol=0.06
    )
    assert min(fits, key=lambda k: fits[k].bic) == 3
    np.testing.assert_allclose(np.sort(found[3].shares)[::-1], [0.4538, 0.3211, 0.2251], atol=5e-4)


def test_types_put_prices_order_and_participation_first(orders):
    solution = solve_mixture(
        ranked(orders["right"]),
        Method.PLACKETT_LUCE,
        3,
        1,
        starts=Starts(3, 3),
        regularisation=Regularisation(ranking=0.0),
    )
    worth = solution.measurement.parameters.ranking.worth
    largest = np.argsort(-solution.shares)
    assert worth[largest].argmax(axis=1).tolist()[:2] == [2, 0]
    assert set(np.argsort(-worth[largest[2]])[:2]) == {1, 3}


def test_the_shipped_file_is_proposed_to_be_read_inverted(orders):
    # Every second row: the file is sorted, so the shares stay.
    shipped = compare_readings(ranked(orders["shipped"][::2]), 0)
    right = compare_readings(ranked(orders["right"][::2]), 0)
    assert shipped.invert
    assert shipped.clear
    assert not right.invert
    assert right.clear
    assert shipped.inverted == pytest.approx(right.as_given, abs=0.05)
    assert shipped.as_given - shipped.inverted > 100


def test_same_types_whichever_way_the_file_is_written(orders):
    models = {name: fit(survey_of(table), k=3, items=["ziele"]) for name, table in orders.items()}
    assert any("Rang des Ziels" in remark for remark in models["shipped"].remarks)
    assert not any("Rang" in remark for remark in models["right"].remarks)
    assert models["shipped"].goals.ranked.inverted
    first = {
        name: model.assign(survey_of(orders[name])).first.tolist() for name, model in models.items()
    }
    assert first["shipped"] == first["right"]
    shares = [[round(cluster.share, 6) for cluster in model.clusters] for model in models.values()]
    assert shares[0] == shares[1]
    np.testing.assert_allclose(sorted(shares[0])[::-1], [0.45, 0.32, 0.23], atol=0.01)


def test_told_how_to_read_it_is_not_asked(orders):
    model = fit(survey_of(orders["shipped"]), k=3, items=["ziele"], inverted=False)
    assert not model.goals.ranked.inverted
    told = fit(survey_of(orders["right"][::5]), k=2, items=["ziele"], inverted=True)
    assert told.goals.ranked.inverted
    assert any("auf Wunsch" in remark for remark in told.remarks)
