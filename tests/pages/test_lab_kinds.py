"""The laboratory reads every kind of answers: all panels, no fit where a method has none."""

from dataclasses import replace

import pytest
from lab_surveys import categories, choices, numbers, ranked
from streamlit.testing.v1 import AppTest

from assessment.typology.fit import fit
from assessment.typology.method import InputKind
from assessment.ui.lab_desk import Desk, Shelf
from assessment.ui.lab_panels import PANELS
from assessment.ui.lab_settings import default_settings
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import share

LONG = 600.0
SURVEYS = {
    InputKind.RANKED: ranked,
    InputKind.CHOICES: choices,
    InputKind.CATEGORIES: categories,
    InputKind.NUMBERS: numbers,
}


def lab_with(app: AppTest, survey, k: int) -> AppTest:
    """The lab with this survey's study at hand and ``k`` types chosen."""
    taken = share(survey)
    app.session_state["session_surveys"] = SessionSurveys([taken], 0)
    settings = default_settings(survey)
    assert settings is not None
    settings = replace(settings, bootstrap=4)
    desk = Desk(taken.data_identifier, Shelf())
    desk.ask(settings, survey)
    assert desk.job is None or desk.job.wait(LONG)
    assert desk.study() is not None, desk.message
    desk.complete(k, survey)
    assert desk.job is None or desk.job.wait(LONG)
    app.session_state["lab_desk"] = desk
    app.session_state["lab-k"] = k
    app.run()
    app.switch_page("pages/auswertung/typologie.py")
    app.session_state["lab-k"] = k
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.parametrize("kind", list(SURVEYS))
def test_every_panel_works_for_every_kind_of_answers(app: AppTest, kind: InputKind) -> None:
    survey = SURVEYS[kind]()
    page = lab_with(app, survey, 2)
    settings = page.session_state["lab_desk"].settings
    assert settings.goals(survey).kind is kind
    assert len(page.table[0].value) == 2
    for name in PANELS:
        page.session_state["lab-panels"] = name
        page.run()
        assert not page.exception, (name, page.exception)
        assert not page.error, (name, page.error)


@pytest.mark.parametrize("as_ranks", [False, True])
def test_both_readings_of_a_ranking_are_offered_and_the_fitting_one_proposed(
    app: AppTest, as_ranks: bool
) -> None:
    page = lab_with(app, ranked(as_ranks=as_ranks), 2)
    reading = next(one for one in page.radio if one.label == "Wie ist die Rangfolge zu lesen?")
    assert len(reading.options) == 2
    [proposed] = [option for option in reading.options if option.endswith("empfohlen")]
    assert ("Platzziffer" in proposed) is as_ranks
    assert reading.value is as_ranks


def test_a_loaded_typology_says_where_this_survey_differs(app: AppTest) -> None:
    model = fit(choices(), k=2)
    page = lab_with(app, choices(crowded=True), 2)
    plain = page.session_state["session_surveys"].taken[0]
    page.session_state["session_surveys"] = SessionSurveys([share(plain.survey, model)], 0)
    page.session_state["lab-panels"] = "Festhalten"
    page.run()
    assert not page.exception, page.exception
    texts = [element.value for element in page.markdown]
    assert any("weicht von der ab" in text for text in texts)
    assert any("Antwort 1" in text and "häufiger" in text for text in texts)
    # The study stays: only what the other pages use has changed.
    assert page.session_state["lab_desk"].study() is not None


def test_another_survey_begins_with_choices_of_its_own(app: AppTest) -> None:
    page = lab_with(app, choices(), 8)
    stale = page.session_state["lab_desk"]
    page.session_state["session_surveys"] = SessionSurveys([share(numbers())], 0)
    page.run()
    assert not page.exception, page.exception
    fresh = page.session_state["lab_desk"]
    assert fresh is not stale
    assert page.multiselect[0].value == ["Z0", "Z1", "Z2", "Z3"]
    fresh.stop()
