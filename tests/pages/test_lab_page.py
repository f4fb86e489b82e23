"""The laboratory as an analyst uses it: verdict first, live numbers, stop, compare, freeze."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from survey_files import battery_bytes, hostile_bytes

from assessment.importing.importer import import_survey
from assessment.survey import Survey
from assessment.typology.method import Method
from assessment.ui.lab_desk import Desk, Settings, Shelf
from assessment.ui.lab_panels import PANELS
from assessment.ui.lab_settings import default_settings
from assessment.ui.loaders import register, sample
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import TakenSurvey, share

LAB = "pages/auswertung/typologie.py"
LONG = 600.0
RESAMPLES = 6
"""Enough to see every panel filled; how stable types are is tested elsewhere."""


def quick(settings: Settings | None) -> Settings:
    assert settings is not None
    return replace(settings, method=Method.RESPONSE_STYLE, bootstrap=RESAMPLES)


def rated_only(survey: Survey) -> Settings:
    """The goals of the sample without their ranking: one method less to wait for."""
    settings = quick(default_settings(survey))
    return replace(settings, items=settings.items[:-1])


def worked(desk: Desk, survey: Survey, settings: Settings, k: int | None = None) -> None:
    """Have the desk compute this and wait for it."""
    desk.ask(settings, survey, k)
    job = desk.job
    assert job is None or job.wait(LONG)
    assert desk.study(k) is not None, desk.message


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """What the sample's study found, once for all tests."""
    desk = Desk("probe", Shelf())
    worked(desk, sample().survey, rated_only(sample().survey))
    return desk._shelf


@pytest.fixture
def lab(app: AppTest, shelf: Shelf) -> AppTest:
    """The lab with the sample's study at hand."""
    return opened(with_desk(app, sample(), shelf, rated_only(sample().survey)))


def with_desk(app: AppTest, taken: TakenSurvey, shelf: Shelf, settings: Settings) -> AppTest:
    desk = Desk(taken.data_identifier, shelf)
    desk.settings = settings
    app.session_state["lab_desk"] = desk
    return app


def opened(app: AppTest) -> AppTest:
    app.run()
    app.switch_page(LAB)
    app.run()
    assert not app.exception, app.exception
    return app


def panel(app: AppTest, name: str) -> AppTest:
    app.session_state["lab-panels"] = name
    app.run()
    assert not app.exception, (name, app.exception)
    return app


def texts(app: AppTest) -> list[str]:
    return [str(element.value) for element in (*app.markdown, *app.caption, *app.header)]


def plain(text: str) -> str:
    """Without the marks that keep Markdown from acting."""
    return text.replace("\\", "").replace("\u2060", "")


def says(app: AppTest, words: str) -> bool:
    return any(words in plain(text) for text in texts(app))


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def choose(app: AppTest, k: int) -> AppTest:
    app.session_state["lab-k"] = k
    app.run()
    assert not app.exception, app.exception
    return app


def test_the_first_screen_answers_which_types_and_how_sure(lab: AppTest) -> None:
    assert lab.header[0].value == "Zeigt diese Erhebung vier Typen?"
    assert any(text.startswith("**Bestätigt.**") for text in texts(lab))
    types = lab.table[0].value
    assert list(types["Typ"])[:2] == ["B Bedächtige", "O Optimierer"]
    assert says(lab, "Sicher zugeordnet: ")
    assert says(lab, "**Szenario.**")


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_is_filled(lab: AppTest, name: str) -> None:
    before = len(lab.header)
    page = panel(lab, name)
    assert len(page.header) >= min(before, 2)
    assert not page.error


def test_the_control_says_what_response_style_alone_would_have_given(lab: AppTest) -> None:
    page = panel(lab, "Vergleich")
    assert says(page, "Was der Antwortstil allein ergeben hätte")
    assert says(page, "trennt vor allem strenge von milden Bewertungen")
    assert says(page, "Bereinigter Rand-Index")


def test_any_two_solutions_can_be_set_side_by_side(lab: AppTest) -> None:
    page = panel(lab, "Vergleich")
    second = next(box for box in page.selectbox if box.label == "Zweite Lösung")
    assert "3 Typen" in second.options
    assert "Typologie der anderen Seiten" in second.options
    second.set_value(second.options.index("3 Typen") + 1).run()
    assert not page.exception
    assert says(page, "Kommunen liegen in Gruppen, die einander entsprechen")


def test_another_number_shows_at_once_and_its_stability_follows(app: AppTest, shelf: Shelf) -> None:
    page = opened(with_desk(app, sample(), shelf, rated_only(sample().survey)))
    choose(page, 3)
    assert len(page.table[0].value) == 3
    desk = page.session_state["lab_desk"]
    if desk.job is not None:
        assert desk.job.wait(LONG)
    page.run()
    assert desk.study(3) is not None
    assert says(panel(page, "Sicherheit"), "Wiederholungen mit neu gezogenen Kommunen")


def test_a_first_visit_computes_beside_the_page_and_can_be_stopped(app: AppTest) -> None:
    # A survey of its own: the sample's results may be there already.
    survey = import_survey(hostile_bytes(), "eigene.xlsx", register=register()).survey
    app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    page = opened(app)
    desk = page.session_state["lab_desk"]
    job = desk.job
    assert job is not None
    assert says(page, "Bis dahin: die Typen der anderen Seiten")
    button(page, "Abbrechen").click().run()
    assert job.wait(LONG)
    page.run()
    assert "abgebrochen" in page.warning[0].value
    page.run()
    assert desk.job is None
    button(page, "Weiterrechnen").click().run()
    assert desk.job is not None
    desk.stop()


def test_stopping_the_stability_keeps_the_types(app: AppTest, shelf: Shelf) -> None:
    page = opened(with_desk(app, sample(), shelf, rated_only(sample().survey)))
    choose(page, 7)
    desk = page.session_state["lab_desk"]
    job = desk.job
    if job is not None:
        job.stop()
        assert job.wait(LONG)
    page.run()
    assert not page.exception
    assert len(page.table[0].value) == 7


def test_settings_say_what_the_answers_are_and_offer_fitting_methods(lab: AppTest) -> None:
    assert says(lab, "Art der Antworten: Bewertungen auf einer gemeinsamen Skala.")
    methods = next(box for box in lab.selectbox if box.label == "Verfahren")
    assert methods.options[0].endswith("(empfohlen)")
    assert any("Gegenprobe" in option for option in methods.options)


def test_freezing_asks_for_reason_person_and_date_and_takes_the_watermark_away(
    lab: AppTest,
) -> None:
    page = panel(lab, "Festhalten")
    button(page, "Als amtlich festhalten").click().run()
    assert "Begründung" in page.error[0].value
    field: Callable = lambda label: next(one for one in page.text_input if one.label == label)  # noqa: E731
    page.text_area[0].set_value("Beschluss der Arbeitsgruppe")
    field("Wer legt das fest?").set_value("Referat 12")
    field("Datum").set_value("übermorgen")
    button(page, "Als amtlich festhalten").click().run()
    assert "TT.MM.JJJJ" in page.error[0].value
    field("Datum").set_value("22.11.2026")
    button(page, "Als amtlich festhalten").click().run()
    assert not page.exception
    assert not says(page, "**Szenario.**")
    assert says(page, "Amtlich seit 22.11.2026, festgehalten von Referat 12")
    taken = page.session_state["session_surveys"].taken[0]
    first = taken.assessment.typology
    assert first.official.on == "2026-11-22"
    assert (first.version, first.predecessor) == (1, "")

    # Another solution is the next version, and says how far it agrees with the one it replaces.
    choose(page, 3)
    page = panel(page, "Festhalten")
    assert says(page, "Fassung 2 und ersetzt die amtliche Fassung 1")
    assert says(page, "Rand-Index")
    page.text_area[0].set_value("Neue Erhebung")
    field("Wer legt das fest?").set_value("Referat 12")
    field("Datum").set_value("23.11.2026")
    button(page, "Als amtlich festhalten").click().run()
    assert not page.exception
    second = page.session_state["session_surveys"].taken[0].assessment.typology
    assert (second.version, second.predecessor) == (2, first.mark)


def test_hostile_names_stay_text_in_every_panel(app: AppTest) -> None:
    survey = import_survey(hostile_bytes(), "böse.xlsx", register=register()).survey
    taken = share(survey)
    app.session_state["session_surveys"] = SessionSurveys([taken], 0)
    desk = Desk(taken.data_identifier, Shelf())
    settings = replace(rated_only(survey), method=Method.CENTRED_KMEANS, bootstrap=2)
    worked(desk, survey, settings)
    page = opened(with_desk(app, taken, desk._shelf, settings))
    if page.session_state["lab-k"] is None:
        choose(page, 4)
    for name in PANELS:
        panel(page, name)
        for mark in ("<script", "<iframe", "![x](", "[Link](", "<a href"):
            assert not [text for text in texts(page) if mark in text], (name, mark)


def test_a_foreign_battery_shows_numbered_groups(app: AppTest) -> None:
    survey = import_survey(battery_bytes(), "fremd.csv", register=register()).survey
    taken = share(survey)
    app.session_state["session_surveys"] = SessionSurveys([taken], 0)
    settings = quick(default_settings(survey))
    desk = Desk(taken.data_identifier, Shelf())
    worked(desk, survey, settings)
    page = opened(with_desk(app, taken, desk._shelf, settings))
    choose(page, 2)
    assert list(page.table[0].value["Typ"]) == ["Gruppe 1", "Gruppe 2"]
    assert says(panel(page, "Namen"), "nicht vergleichen")
    page.session_state["lab_desk"].stop()
