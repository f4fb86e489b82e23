import numpy as np
import pytest
from survey_builder import build_survey
from test_comparison import membership_of

from assessment.comparison.similar import (
    DEFAULT_WEIGHTS,
    Attribute,
    similar_municipalities,
)
from assessment.comparison.structure import structure_of
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Item, ItemKind, Questionnaire

ROWS = {
    "01000001": {"A03": "01", "A04": "stadt", "A05": 20_000.0},
    "01000002": {"A03": "01", "A04": "stadt", "A05": 20_000.0},
    "01000003": {"A03": "09", "A04": "stadt", "A05": 20_000.0},
    "01000004": {"A03": "01", "A04": "gem", "A05": 2_000.0},
    "01000005": {"A03": None, "A04": "gem", "A05": None},
}


@pytest.fixture(scope="module")
def structure():
    return structure_of(build_survey(default_questionnaire(), ROWS))


def test_the_distance_by_hand(structure):
    found = similar_municipalities(structure, "01000001")
    # Simulated keys: population 3, kind 2, Land 1; region, area and density are unknown.
    # The fifth one's Land follows from its key, its population is unknown: distance 2 / 3.
    assert [n.key for n in found] == ["01000002", "01000003", "01000005", "01000004"]
    distances = [n.distance for n in found]
    assert distances == pytest.approx([0.0, 1 / 6, 2 / 3, 5 / 6])
    assert [n.likeness for n in found] == [100, 83, 33, 17]
    assert found[2].known == pytest.approx(0.5)


def test_each_attribute_shows_its_weight_and_part(structure):
    farthest = similar_municipalities(structure, "01000001")[-1]
    assert sum(c.part for c in farthest.contributions) == pytest.approx(farthest.distance)
    by_attribute = {c.attribute: c for c in farthest.contributions}
    assert by_attribute[Attribute.POPULATION].weight == DEFAULT_WEIGHTS[Attribute.POPULATION]
    assert by_attribute[Attribute.POPULATION].own == "20.000"
    assert by_attribute[Attribute.POPULATION].theirs == "2.000"
    assert by_attribute[Attribute.POPULATION].distance == pytest.approx(1.0)
    assert by_attribute[Attribute.KIND].theirs == "kreisangehörige Gemeinde"
    assert by_attribute[Attribute.LAND].distance == 0.0
    assert Attribute.REGIOSTAR not in by_attribute


def test_weights_change_the_order(structure):
    only_land = similar_municipalities(structure, "01000001", {Attribute.LAND: 1.0})
    assert only_land[-1].key == "01000003"
    assert similar_municipalities(structure, "01000001", {}) == ()
    assert len(similar_municipalities(structure, "01000001", most=1)) == 1


def test_too_little_known_is_no_likeness(structure):
    weights = {Attribute.POPULATION: 3.0, Attribute.LAND: 1.0}
    keys = [n.key for n in similar_municipalities(structure, "01000001", weights)]
    assert "01000005" not in keys


def test_the_type_counts_only_with_the_membership(structure):
    weights = {Attribute.TYPE: 1.0}
    assert similar_municipalities(structure, "01000001", weights) == ()
    membership = membership_of("SBSS" + "B")
    found = similar_municipalities(structure, "01000001", weights, membership=membership)
    assert [n.key for n in found] == ["01000003", "01000004", "01000002", "01000005"]


def test_real_keys_bring_area_density_and_region():
    rows = {"01051044": {}, "01051013": {}, "09162000": {}}
    structure = structure_of(build_survey(default_questionnaire(), rows))
    found = similar_municipalities(structure, "01051044", dict.fromkeys(Attribute, 1.0))
    assert found[0].key == "01051013"
    assert {c.attribute for c in found[0].contributions} == set(Attribute) - {Attribute.TYPE}
    assert all(c.own for c in found[0].contributions)


def test_a_survey_without_structure_has_no_neighbours():
    bare = Questionnaire(
        id="f", version="1", title="", items=(Item(id="x", text="", kind=ItemKind.TEXT),)
    )
    structure = structure_of(build_survey(bare, {"a": {"x": "1"}, "b": {"x": "2"}}))
    assert similar_municipalities(structure, "a") == ()


def test_bad_requests(structure):
    with pytest.raises(KeyError):
        similar_municipalities(structure, "99999999")
    for weight in (-1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="weight"):
            similar_municipalities(structure, "01000001", {Attribute.LAND: weight})
