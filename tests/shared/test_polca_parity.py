"""Latent class models against poLCA (R) on its own data: every row, every parameter, every share.

Tolerances as stated beside the reference files: log-likelihood 1e-3, BIC 0.01, shares 5e-4.
"""

import json

import numpy as np
import pandas as pd
import pytest

from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.mixture import solve_mixture
from assessment.typology.mixture_em import Regularisation
from assessment.typology.solution import Starts

pytestmark = pytest.mark.shared

FREE = Regularisation(ranking=0.0, category=0.0)
"""Maximum likelihood, as poLCA."""
# (data set, classes, starts of each kind, whether shares are identified): three classes of the four
# binary questions of „values“ have 14 parameters for 15 free cells but a ridge of equal maxima, so
# only the likelihood can be compared.
CASES = [
    ("carcinoma", 2, 3, True),
    ("carcinoma", 3, 3, True),
    ("carcinoma", 4, 10, True),
    ("gss82", 2, 3, True),
    ("gss82", 3, 5, True),
    ("gss82", 4, 5, True),
    ("values", 2, 3, True),
    ("values", 3, 3, False),
    ("election_complete", 2, 3, True),
    ("election_complete", 3, 3, True),
    ("election_fiml", 3, 10, True),
    ("election_fiml", 4, 5, True),
]


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "realdata" / "typology"


@pytest.fixture(scope="module")
def reference(folder):
    return json.loads((folder / "reference_polca.json").read_text(encoding="utf-8"))


def categories(table: pd.DataFrame) -> GoalData:
    codes = [pd.Categorical(table[name]) for name in table]
    columns = np.column_stack([code.codes for code in codes]).astype(np.int16)
    return GoalData(len(table), categories=columns, sizes=tuple(len(c.categories) for c in codes))


def read(folder, reference, name: str) -> GoalData:
    table = pd.read_csv(folder / f"polca_{name.split('_')[0]}.csv")
    if name.startswith("election"):
        table = table[list(reference["election_complete_k2"]["probs"])]
    return categories(table.dropna() if name == "election_complete" else table)


@pytest.mark.parametrize(("name", "k", "starts", "identified"), CASES)
def test_same_maximum_as_polca(folder, reference, name, k, starts, identified):
    data = read(folder, reference, name)
    expected = reference[f"{name}_k{k}"]
    found = solve_mixture(
        data, Method.LATENT_CLASS, k, 1, starts=Starts(starts, starts), regularisation=FREE
    )
    assert data.n == expected["N"]
    assert found.fit is not None
    assert found.fit.log_likelihood == pytest.approx(expected["loglik"], abs=1e-3)
    assert found.fit.parameters == expected["npar"]
    assert found.fit.bic == pytest.approx(expected["bic"], abs=0.01)
    assert found.fit.aic == pytest.approx(expected["aic"], abs=0.01)
    assert 1 <= found.starts_best <= found.starts_tried
    if identified:
        shares = np.sort(found.shares)[::-1]
        np.testing.assert_allclose(shares, expected["class_shares"], atol=5e-4)
        assert found.fit.entropy_r2 == pytest.approx(expected["relative_entropy"], abs=2e-3)


def test_class_profiles_as_polca(folder, reference):
    expected = reference["carcinoma_k3"]["probs"]
    data = read(folder, reference, "carcinoma")
    solution = solve_mixture(
        data, Method.LATENT_CLASS, 3, 1, starts=Starts(3, 3), regularisation=FREE
    )
    log_probability = solution.measurement.parameters.category
    order = np.argsort(-solution.shares)
    found = np.exp(log_probability[order])
    for place, question in enumerate(expected.values()):
        here = found[:, 2 * place : 2 * place + 2]
        np.testing.assert_allclose(here, np.array(question), atol=2e-3)


@pytest.mark.parametrize(("name", "best"), [("carcinoma", 3), ("values", 2)])
def test_bic_names_the_published_number_of_classes(folder, reference, name, best):
    data = read(folder, reference, name)
    fits = {
        k: solve_mixture(
            data, Method.LATENT_CLASS, k, 1, starts=Starts(3, 3), regularisation=FREE
        ).fit
        for k in (1, 2, 3, 4)
    }
    assert min(fits, key=lambda k: fits[k].bic) == best


def test_full_information_uses_every_municipality(folder, reference):
    # 474 of 1,785 rows have gaps; leaving them out is another, poorer typology.
    complete, whole = (
        read(folder, reference, name) for name in ("election_complete", "election_fiml")
    )
    assert (complete.n, whole.n) == (1311, 1785)
    assert whole.categories is not None
    assert (whole.categories < 0).any(axis=1).sum() == 474
