import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from survey_builder import build_survey

from assessment.comparison.group_filter import GroupFilter, read_keys
from assessment.comparison.structure import structure_of
from assessment.questionnaire.default import default_questionnaire

ROWS = {
    "01000001": {"A03": "01", "A04": "stadt", "A05": 30_000.0},
    "01000002": {"A03": "01", "A04": "gem", "A05": 3_000.0},
    "09000001": {"A03": "09", "A04": "stadt", "A05": 30_000.0},
    "09162000": {"A03": "09", "A04": "krfr", "A05": 1_500_000.0},
}


@pytest.fixture(scope="module")
def structure():
    return structure_of(build_survey(default_questionnaire(), ROWS))


def chosen(structure, **fields):
    mask = GroupFilter(**fields).mask(structure)
    return [key for key, inside in zip(ROWS, mask, strict=True) if inside]


def test_nothing_chosen_is_everybody(structure):
    assert GroupFilter().mask(structure).all()
    assert not GroupFilter()
    assert GroupFilter().described() == ""
    assert GroupFilter().to_query() == {}


def test_values_of_one_field_widen_and_fields_narrow(structure):
    assert chosen(structure, lands=("01", "09"), kinds=("stadt",)) == ["01000001", "09000001"]
    assert chosen(structure, sizes=("GK5",), lands=("09",)) == ["09000001"]
    assert chosen(structure, regiostar=("71",)) == ["09162000"]
    assert chosen(structure, keys=("01000002", "99999999")) == ["01000002"]


def test_types_without_a_typology_hold_nobody(structure):
    assert not GroupFilter(types=("O",)).mask(structure, None).any()


def test_described_in_words(structure):
    group = GroupFilter(
        lands=("09", "01"), sizes=("GK5",), kinds=("stadt",), types=("O",), keys=("01000001",)
    )
    assert group.described(structure) == (
        "Bayern oder Schleswig-Holstein; 25.000 bis unter 50.000 Einwohner; kreisangehörige Stadt; "
        "Optimierer; eigene Liste mit 1 Kommune"
    )
    assert GroupFilter(types=("G1",)).described() == "Typ G1"
    assert GroupFilter(types=("G1",)).described(type_names={"G1": "Gruppe 1"}) == "Gruppe 1"


def test_the_address_keeps_what_is_known_and_drops_the_rest(structure):
    query = {"land": "09,99,<b>", "groesse": "GK5,XX", "art": "stadt,burg", "typ": "O,Z", "x": "1"}
    found = GroupFilter.from_query(query, structure, types=("B", "O"))
    assert found == GroupFilter(lands=("09",), sizes=("GK5",), kinds=("stadt",), types=("O",))
    assert GroupFilter.from_query({"liste": "01000002,77"}, structure).keys == ("01000002",)
    assert GroupFilter.from_query({"art": "a b,c"}).kinds == ("c",)


@given(
    lands=st.lists(st.sampled_from(["01", "09"]), unique=True),
    kinds=st.lists(st.sampled_from(["stadt", "gem", "krfr"]), unique=True),
    keys=st.lists(st.sampled_from(list(ROWS)), unique=True),
)
def test_the_address_round_trip_is_exact(lands, kinds, keys):
    group = GroupFilter(lands=tuple(lands), kinds=tuple(kinds), keys=tuple(keys))
    assert GroupFilter.from_query(group.to_query()) == group


def test_an_own_list_tells_what_it_does_not_know(structure):
    found, unknown = read_keys("01000002; 01000001\n4711, 01000002", structure)
    assert found == ("01000002", "01000001")
    assert unknown == ("4711",)


def test_a_mask_is_of_plain_bools(structure):
    mask = GroupFilter(lands=("01",)).mask(structure)
    assert mask.dtype == bool
    assert np.array_equal(mask, [True, True, False, False])
