"""The laboratory reads every kind of answers: all panels, no fit where a method has none."""

from dataclasses import replace

import pytest
from lab_surveys import categories, choices, numbers, ranked
from streamlit.testing.v1 import AppTest

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
