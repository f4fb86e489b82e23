"""MCA, PCA, Ward and consolidation against FactoMineR 2.7 (reference_hcpc_kmeans.json)."""

import csv
import json

import numpy as np
import pytest

from assessment.typology.factor_axes import indicators, mca, pca
from assessment.typology.hierarchical import hcpc

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "realdata" / "typology"


@pytest.fixture(scope="module")
def reference(folder):
    return json.loads((folder / "reference_hcpc_kmeans.json").read_text())


def rows_of(path):
    with path.open(newline="") as source:
        return list(csv.reader(source))[1:]


@pytest.fixture(scope="module")
def tea(folder):
    """Axes and coordinates of the first 18 questions of the tea survey, 20 axes."""
    columns = list(zip(*(row[:18] for row in rows_of(folder / "factominer_tea.csv")), strict=True))
    levels = [sorted(set(column)) for column in columns]
    answers = np.array(
        [[level.index(a) for a in column] for column, level in zip(columns, levels, strict=True)],
        dtype=np.int16,
    ).T
    sizes = tuple(map(len, levels))
    axes = mca(answers, sizes, 20)
    return axes, axes.place(indicators(answers, sizes))


def test_axes_of_the_tea_survey(tea, reference):
    axes, coordinates = tea
    expected = [entry["eigenvalue"] for entry in reference["tea_mca"]["eig"]]
    np.testing.assert_allclose(axes.eigenvalues[: len(expected)], expected, atol=1e-6)
    head = reference["tea_mca"]["ind_coord_head"]
    np.testing.assert_allclose(coordinates[:5, :3], head, atol=1e-6)
    assert coordinates.shape == (300, 20)


def test_classes_of_the_tea_survey(tea, reference, folder):
    expected = reference["tea_hcpc3"]
    found = hcpc(tea[1], 3)
    labels = np.array(rows_of(folder / "ref_tea_hcpc3_labels.csv"), dtype=int) - 1
    np.testing.assert_array_equal(found.cut, labels[:, 0])
    np.testing.assert_array_equal(found.labels, labels[:, 1])
    assert np.bincount(found.cut).tolist() == expected["sizes_noconsol"]
    assert np.bincount(found.labels).tolist() == expected["sizes_consol"]
    assert found.between_cut == pytest.approx(expected["bw_before"], abs=1e-6)
    assert found.between == pytest.approx(expected["bw_after"], abs=1e-6)
    np.testing.assert_allclose(found.inertia_gains[:8], expected["inert_gain"], atol=1e-6)
    assert hcpc(tea[1]).k == expected["auto_k"]


@pytest.mark.parametrize(
    ("name", "file", "columns"),
    [
        ("usarrests", "r_usarrests.csv", slice(1, 5)),
        ("decathlon", "factominer_decathlon.csv", slice(1, 11)),
    ],
)
def test_classes_of_numbers(folder, reference, name, file, columns):
    values = np.array([row[columns] for row in rows_of(folder / file)], dtype=float)
    axes = pca(values)
    found = hcpc(axes.place(values), 4)
    assert np.bincount(found.labels).tolist() == reference[name]["sizes"]
    np.testing.assert_array_equal(found.labels, np.array(reference[name]["clust"]) - 1)
    expected = [entry["eigenvalue"] for entry in reference[name].get("eig", [])]
    np.testing.assert_allclose(axes.eigenvalues[: len(expected)], expected, atol=1e-6)
