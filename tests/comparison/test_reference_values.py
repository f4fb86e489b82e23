import pytest
from survey_builder import build_survey

from assessment.comparison.gap_types import PublishedState
from assessment.comparison.reference_values import (
    load_reference_values,
    published_comparisons,
    read_reference_values,
)
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus

FILE = """questionnaire: kommunal
survey: {title: Befragung, year: "2020", n: 100, population: Städte}
values:
  - id: eins
    item: D01
    codes: ["3"]
    statement: haben eine Strategie
    share: 0.5
    confidence: M
    sources: [hier]
    caution: mit Vorsicht
"""


def compared(**answers):
    survey = build_survey(default_questionnaire(), {"01000001": answers})
    return {c.published.id: c for c in published_comparisons(survey, "01000001")}


def test_the_files_are_complete_and_cautious():
    values = [file.published(value) for file in load_reference_values() for value in file.values]
    assert len({value.id for value in values}) == len(values) == 8
    for value in values:
        assert 0 < value.share < 1
        assert value.caution
        assert value.year
        assert "nach: " in value.source


def test_figures_of_the_study_stand_as_published():
    values = {v.id: v for f in load_reference_values() for v in f.values}
    assert values["oefit2019-strategie-beschlossen"].share == 0.14
    assert values["oefit2019-strategie-in-arbeit"].share == 0.45
    assert values["oefit2019-fim-bekannt"].share == 0.29
    assert values["oefit2019-datenbestaende"].share == 0.27
    assert values["sld2022-eigene-stelle"].share == 0.35
    # 152 of 555.
    assert values["sld2022-strategie"].share == pytest.approx(152 / 555, abs=0.005)


def test_the_own_answer_is_told_in_three_states():
    found = compared(D01="3", D06="2", E04=AnswerStatus.DONT_KNOW, A05=5_000.0)
    assert found["oefit2019-strategie-beschlossen"].own is PublishedState.HAS
    assert found["oefit2019-strategie-beschlossen"].own_answer == "beschlossen"
    assert found["oefit2019-strategie-in-arbeit"].own is PublishedState.HAS_NOT
    assert found["sld2022-eigene-stelle"].own is PublishedState.HAS_NOT
    assert found["oefit2019-fim-bekannt"].own is PublishedState.OPEN
    assert found["oefit2019-fim-bekannt"].own_answer == "weiß nicht"
    # No column at all.
    assert found["oefit2019-datenbestaende"].own is PublishedState.OPEN
    assert found["oefit2019-datenbestaende"].own_answer == "nicht gefragt"


def test_they_stand_in_the_order_of_the_questionnaire():
    assert [c.published.item for c in compared(D01="3").values()] == [
        "D01",
        "D01",
        "D01",
        "D06",
        "D21",
        "E04",
    ]


@pytest.mark.parametrize(
    ("population", "shown"),
    [
        (9_999.0, None),
        (10_000.0, "opendata2022-unter-20000"),
        (20_000.0, None),
        (100_000.0, "opendata2022-ab-100000"),
        (None, None),
    ],
)
def test_a_share_of_a_size_class_is_shown_to_that_class_only(population, shown):
    found = [name for name in compared(D22="1", A05=population) if name.startswith("opendata")]
    assert found == ([shown] if shown else [])


def test_another_questionnaire_has_none_even_with_the_same_ids():
    other = Questionnaire(
        id="fremd",
        version="1",
        title="",
        items=(
            Item(
                id="D01",
                text="",
                kind=ItemKind.SINGLE,
                options=tuple(Option(code=c, label=c) for c in "01234"),
            ),
        ),
    )
    survey = build_survey(other, {"01000001": {"D01": "3"}})
    assert published_comparisons(survey, "01000001") == ()


def test_an_unknown_key_is_a_key_error():
    survey = build_survey(default_questionnaire(), {"01000001": {"D01": "3"}})
    with pytest.raises(KeyError):
        published_comparisons(survey, "99")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("share: 0.5", "share: 1.5", "w.yaml, Zeile 8: "),
        ("share: 0.5", "share: viel", "w.yaml, Zeile 8: Bei „share“ wird eine Zahl"),
        ("    caution: mit Vorsicht\n", "", "w.yaml, Zeile 4: Die Angabe „caution“ fehlt."),
        ("item: D01", "item: D99", "w.yaml, Zeile 4: Die Frage „D99“ gibt es"),
        ('["3"]', '["9"]', "w.yaml, Zeile 4: Die Antwort „9“ gibt es"),
        ("sources: [hier]", "quellen: [hier]", "w.yaml, Zeile 10: Das Feld „quellen“"),
        ("questionnaire: kommunal", "questionnaire: [", "w.yaml, Zeile "),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(old, new, said):
    with pytest.raises(InputRefused) as refused:
        read_reference_values(FILE.replace(old, new), "w.yaml", default_questionnaire())
    assert refused.value.code == "REFERENCE_VALUES_INVALID"
    assert said in str(refused.value)
