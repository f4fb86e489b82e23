from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from survey_builder import build_survey

from assessment.comparison.structure import KIND_LABELS, LAND_LABELS, SIZE_LABELS, structure_of
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import (
    Item,
    ItemKind,
    Option,
    OptionKind,
    Questionnaire,
    Role,
)
from assessment.register import load_register

BARE = Questionnaire(
    id="f", version="1", title="", items=(Item(id="x", text="", kind=ItemKind.TEXT),)
)


def of(rows, questionnaire=BARE):
    return structure_of(build_survey(questionnaire, rows))


def test_the_survey_s_own_answers_come_first():
    found = of(
        {
            "01051044": {"A03": "01", "A04": "gkstadt", "A05": 26_000.0},
            "01000001": {"A03": "09", "A04": None, "A05": None},
        },
        default_questionnaire(),
    )
    assert found.kind.tolist() == ["gkstadt", ""]
    assert found.size.tolist() == ["GK5", ""]
    assert found.land.tolist() == ["01", "09"]
    assert found.population[0] == 26_000
    assert np.isnan(found.population[1])


def test_the_register_fills_what_the_survey_does_not_ask():
    # Heide is a town of the Kreis Dithmarschen, 01051 the Kreis, München a city with a Kreis's
    # tasks.
    found = of({"01051044": {"x": "1"}, "01051": {"x": "1"}, "09162000": {"x": "1"}})
    assert found.kind.tolist() == ["stadt", "kreis", "krfr"]
    assert found.size.tolist() == ["GK6", "KGK3", "GK1"]
    assert found.land.tolist() == ["01", "01", "09"]
    assert found.kreis.tolist() == ["01051", "01051", "09162"]
    assert found.regiostar7[2] == "71"
    assert found.regiostar7[1] == ""
    assert (found.area_km2 > 0).all()
    for place, key in enumerate(found.keys):
        entry = load_register().entry(key)
        assert entry is not None
        assert (entry.population, entry.area_km2) == (
            found.population[place],
            found.area_km2[place],
        )


def test_simulated_keys_have_a_land_but_no_kreis():
    found = of({"05000001": {"x": "1"}, "05800": {"x": "1"}, "058005001": {"x": "1"}})
    assert found.kreis.tolist() == ["", "", ""]
    assert found.land.tolist() == ["05", "05", "05"]
    assert found.kind.tolist() == ["", "kreis", "verband"]
    assert found.size.tolist() == ["", "", ""]
    assert np.isnan(found.population).all()


def test_a_foreign_survey_has_nothing_and_nothing_is_guessed():
    # Austrian keys have five digits as well; 10101 is no Kreis in the register.
    found = of({"10101": {"x": "1"}, "r2": {"x": "1"}, "12345678": {"x": "1"}})
    for values in (found.kind, found.size, found.land, found.regiostar7, found.kreis):
        assert values.tolist() == ["", "", ""]
    assert np.isnan(found.population).all()


def test_own_codes_of_a_survey_stay_and_are_not_mixed_with_ours():
    options = (
        Option(code="1", label="Markt"),
        Option(code="2", label="Stadt"),
        Option(code="9", label="weiß nicht", kind=OptionKind.DONT_KNOW),
    )
    book = Questionnaire(
        id="f",
        version="1",
        title="",
        items=(Item(id="k", text="", kind=ItemKind.SINGLE, options=options, roles=(Role.KIND,)),),
    )
    found = of({"09162000": {"k": "2"}, "01051044": {"k": None}, "r": {"k": "9"}}, book)
    assert found.kind.tolist() == ["2", "", ""]
    assert found.kind_label == {"1": "Markt", "2": "Stadt"}


def test_sizes_change_at_the_limits():
    rows = {
        f"r{n}": {"A05": float(n)} for n in (0, 9_999, 10_000, 24_999, 25_000, 399_999, 400_000)
    }
    found = of(rows, default_questionnaire())
    assert found.size.tolist() == ["GK7", "GK7", "GK6", "GK6", "GK5", "GK2", "GK1"]


def test_labels_are_those_of_questionnaire_and_register():
    book = default_questionnaire()
    assert {o.code: o.label for o in book["A04"].answer_options} == dict(KIND_LABELS)
    assert {o.code: o.label for o in book["A03"].answer_options} == dict(LAND_LABELS)
    assert SIZE_LABELS["KGK3"] == "Kreise, unter 150.000 Einwohner"


@pytest.mark.parametrize("n", [0, 1])
def test_empty_and_single(n):
    survey = build_survey(default_questionnaire(), {"01000001": {"A04": "stadt"}})
    part = replace(survey, answers=survey.answers.iloc[:n], status=survey.status.iloc[:n])
    assert len(structure_of(part)) == n


def test_ten_thousand_real_keys_in_one_pass():
    keys = [ags for ags, _, _ in load_register()._entries.numbers()][:10_800]
    survey = build_survey(BARE, {"01000001": {"x": "1"}})
    answers = pd.DataFrame({"x": ["1"] * len(keys)}, index=pd.Index(keys, dtype=object))
    found = structure_of(replace(survey, answers=answers, status=answers.notna().astype("int8")))
    assert (found.land != "").all()
    assert (found.size != "").all()
