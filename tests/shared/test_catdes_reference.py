"""Descriptions of types beside FactoMineR: ``catdes`` and paragons of tea, USArrests, decathlon."""

import csv
import json

import numpy as np
import pytest
from scipy.stats import chi2_contingency, f_oneway

from assessment.typology.group_tests import (
    associate_categories,
    associate_numbers,
    compare_means,
    compare_shares,
)
from assessment.typology.paragons import profile_distances, typical_rows
from assessment.typology.response_style import Centred

pytestmark = pytest.mark.shared
_LEAST_V = 1.959964
"""``catdes`` lists what is significant at 5 %."""


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "realdata" / "typology"


@pytest.fixture(scope="module")
def reference(folder):
    return json.loads((folder / "reference_hcpc_kmeans.json").read_text("utf-8"))


def columns_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def coded(answers):
    names, categories = np.unique(answers, return_inverse=True)
    return list(names), categories


@pytest.fixture(scope="module")
def tea(folder):
    labels = columns_of(folder / "ref_tea_hcpc3_labels.csv")["clust_consol"].astype(int) - 1
    return columns_of(folder / "factominer_tea.csv"), labels


def test_categories_of_tea(tea, reference):
    answers, labels = tea
    expected = reference["tea_hcpc3"]["category"]
    assert expected["1"][0]["v.test"] == 13.30747
    assert expected["1"][1]["v.test"] == 10.44914
    compared = 0
    for kind, rows in expected.items():
        for row in rows:
            item, category = row["category"].split("=", 1)
            names, categories = coded(answers[item])
            found = compare_shares(categories, len(names), labels, 3)
            at = int(kind) - 1, names.index(category)
            assert found.v_test[at] == pytest.approx(row["v.test"], abs=1e-4)
            assert found.p[at] == pytest.approx(row["p.value"], abs=1e-5)
            assert 100 * found.of_category[at] == pytest.approx(row["Cla.Mod"], abs=1e-4)
            assert 100 * found.in_type[at] == pytest.approx(row["Mod.Cla"], abs=1e-4)
            assert 100 * found.overall[at[1]] == pytest.approx(row["Global"], abs=1e-4)
            compared += 1
    assert compared == 24


def test_questions_of_tea(tea, reference):
    answers, labels = tea
    for row in reference["tea_hcpc3"]["chi2"]:
        names, categories = coded(answers[row["_row"]])
        found = associate_categories(categories, len(names), labels, 3)
        assert found.p == pytest.approx(row["p.value"], rel=1e-4)
        assert found.df == (row["df"],)
        table = np.zeros((3, len(names)))
        np.add.at(table, (labels, categories), 1)
        chi2 = chi2_contingency(table, correction=False).statistic
        assert found.strength == pytest.approx(np.sqrt(chi2 / 300 / min(2, len(names) - 1)))


@pytest.mark.parametrize(
    ("name", "file"),
    [("usarrests", "r_usarrests.csv"), ("decathlon", "factominer_decathlon.csv")],
)
def test_numbers(folder, reference, name, file):
    answers = columns_of(folder / file)
    labels = np.array(reference[name]["clust"]) - 1
    k = labels.max() + 1
    listed = 0
    for kind, rows in reference[name]["desc"].items():
        of_type = {row["_row"]: row for row in rows}
        for item, row in of_type.items():
            found = compare_means(answers[item].astype(float), labels, k)
            at = int(kind) - 1
            assert found.v_test[at] == pytest.approx(row["v.test"], abs=1e-4)
            assert found.p[at] == pytest.approx(row["p.value"], abs=1e-5)
            assert found.in_type[at] == pytest.approx(row["Mean in category"], abs=1e-4)
            assert found.overall == pytest.approx(row["Overall mean"], abs=1e-4)
            assert found.sd_in_type[at] == pytest.approx(row["sd in category"], abs=1e-4)
            assert found.sd_overall == pytest.approx(row["Overall sd"], abs=1e-4)
            listed += 1
        if name == "usarrests":
            # What catdes leaves out is not significant here either.
            for item in ("Murder", "Assault", "UrbanPop", "Rape"):
                v_test = compare_means(answers[item].astype(float), labels, k).v_test
                assert (abs(v_test[int(kind) - 1]) > _LEAST_V) == (item in of_type)
    assert listed >= 12


def test_eta_squared_of_usarrests(folder, reference):
    answers = columns_of(folder / "r_usarrests.csv")
    labels = np.array(reference["usarrests"]["clust"]) - 1
    for item in ("Murder", "Assault", "UrbanPop", "Rape"):
        y = answers[item].astype(float)
        found = associate_numbers(y, labels, 4)
        f = f_oneway(*(y[labels == kind] for kind in range(4)))
        assert found.p == pytest.approx(f.pvalue, rel=1e-9)
        assert found.df == (3, 46)
        assert found.strength == pytest.approx(3 * f.statistic / (3 * f.statistic + 46))


def test_paragons_of_usarrests(folder, reference):
    """Distances of the three nearest rows on the three axes HCPC was given."""
    answers = columns_of(folder / "r_usarrests.csv")
    table = np.column_stack(
        [answers[item].astype(float) for item in ("Murder", "Assault", "UrbanPop", "Rape")]
    )
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    axes = table @ np.linalg.svd(table, full_matrices=False)[2][:3].T
    labels = np.array(reference["usarrests"]["clust"]) - 1
    centres = np.array([axes[labels == kind].mean(axis=0) for kind in range(4)])
    distances = profile_distances(Centred(axes, np.ones_like(axes)), centres)
    found = typical_rows(np.eye(4)[labels], np.full(50, 4), distances, count=3)
    for kind, examples in enumerate(found):
        expected = reference["usarrests"]["para"][str(kind + 1)][:3]
        euclidean = [example.distance * np.sqrt(3) for example in examples]
        np.testing.assert_allclose(euclidean, expected, atol=1e-6)
