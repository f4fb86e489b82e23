"""Every page on the sample, on a hostile survey, on a foreign one; deep links and the chooser."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput
from survey_files import (
    HOSTILE_NAMES,
    MARKERS,
    battery_bytes,
    corrected_bytes,
    foreign_bytes,
    hostile_bytes,
    macro_bytes,
    sample_bytes,
)

from assessment.importing.importer import import_survey
from assessment.ui.components import SIMULATED
from assessment.ui.loaders import register, sample
from assessment.ui.navigation import MENU
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import MOST_HITS, share

LAB = "auswertung/typologie.py"
SCRIPTS = [entry.script for entries in MENU.values() for entry in entries]


def opened(app: AppTest, script: str) -> AppTest:
    """The page after its first complete run."""
    app.run()
    app.switch_page(f"pages/{script}")
    app.run()
    assert not app.exception, app.exception
    return app


def with_survey(app: AppTest, data: bytes, name: str) -> AppTest:
    """A session whose current survey is this file."""
    survey = import_survey(data, name, register=register()).survey
    app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    return app


def markdown_texts(app: AppTest) -> list[str]:
    """Everything that is rendered as Markdown."""
    elements = [
        *app.title,
        *app.header,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.error,
        *app.info,
        *app.warning,
    ]
    labels = [*app.selectbox, *app.radio, *app.text_input, *app.button, *app.checkbox]
    return [str(element.value) for element in elements] + [widget.label for widget in labels]


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_works_on_the_sample_and_says_that_it_is_simulated(app: AppTest, script: str) -> None:
    page = opened(app, script)
    assert len(page.title) == 1
    assert SIMULATED in [element.value for element in page.markdown]


@pytest.mark.parametrize("script", SCRIPTS)
def test_hostile_names_are_never_markup(app: AppTest, script: str) -> None:
    page = opened(with_survey(app, hostile_bytes(), "böse.xlsx"), script)
    texts = markdown_texts(page)
    assert [text for text in texts for marker in MARKERS if marker in text] == []


@pytest.mark.parametrize("place", range(len(HOSTILE_NAMES)))
def test_profile_of_a_hostile_name(app: AppTest, place: int) -> None:
    with_survey(app, hostile_bytes(), "böse.xlsx")
    taken = app.session_state["session_surveys"].taken[0]
    key = next(k for k in taken.keys if taken.survey.name_of(k) == HOSTILE_NAMES[place])
    app.query_params["kommune"] = key
    page = opened(app, "kommune/profil.py")
    shown = page.title[0].value.replace("\\", "").replace("\u2060", "")
    assert shown == HOSTILE_NAMES[place]
    assert page.title[0].value != HOSTILE_NAMES[place]


@pytest.mark.parametrize("script", SCRIPTS)
def test_page_works_on_a_foreign_survey(app: AppTest, script: str) -> None:
    page = opened(with_survey(app, foreign_bytes(), "fremd.csv"), script)
    assert len(page.title) == 1
    assert SIMULATED not in [element.value for element in page.markdown]


def test_deep_link_opens_the_municipality(app: AppTest) -> None:
    key = sample().keys[200]
    app.query_params["kommune"] = key
    page = opened(app, "kommune/profil.py")
    assert page.title[0].value.replace("\\", "") == sample().survey.name_of(key)


def test_unknown_deep_link_says_so_and_offers_a_way_on(app: AppTest) -> None:
    app.query_params["kommune"] = "99999999"
    page = opened(app, "kommune/profil.py")
    assert any("gibt es in der gewählten Erhebung nicht" in m.value for m in page.markdown)
    page.button[0].click().run()
    assert page.title[0].value.replace("\\", "") == sample().survey.name_of(sample().keys[0])


def test_chooser_ships_few_options_and_finds_by_name_and_key(app: AppTest) -> None:
    page = opened(app, "kommune/profil.py")
    assert len(page.selectbox[0].options) <= MOST_HITS
    key = sample().keys[300]
    page.text_input[0].set_value(key).run()
    assert page.title[0].value.replace("\\", "") == sample().survey.name_of(key)
    page.text_input[0].set_value("gibtesnicht").run()
    assert not page.exception


def test_upload_is_shown_and_taken_over(app: AppTest) -> None:
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("welle.xlsx", sample_bytes(), "application/octet-stream"))
    page.run()
    assert not page.exception
    assert any("LimeSurvey" in element.value for element in page.markdown)
    take = next(button for button in page.button if button.label == "Übernehmen")
    take.click().run()
    assert not page.exception
    assert any("Übernommen" in element.value for element in page.markdown)
    assert len(page.session_state["session_surveys"].taken) == 1


def test_refused_file_gives_one_sentence(app: AppTest) -> None:
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("leer.xlsx", b"PK\x03\x04 kaputt", "application/zip"))
    page.run()
    assert not page.exception
    assert len(page.error) == 1
    assert page.error[0].value


def test_corrected_export_shows_differences_first(app: AppTest) -> None:
    with_survey(app, sample_bytes(), "welle.xlsx")
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("neu.xlsx", corrected_bytes(), "application/octet-stream"))
    page.run()
    page.session_state["einlesen"] = "Unterschiede"
    page.run()
    assert not page.exception
    assert any("anders als bisher" in element.value for element in page.markdown)


DOUBLED = """Gemeinde;AGS;Wie wichtig ist Klimaschutz?;Wie wichtig ist Verkehr?
Flensburg, Stadt;01001000;1;5
Albersdorf;01051001;2;4
Flensburg, Stadt;01001000;3;3
Arkebek;01051002;4;2
"""


def test_the_analyst_decides_which_of_two_rows_counts(app: AppTest) -> None:
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("doppelt.csv", DOUBLED.encode(), "text/csv"))
    page.run()
    page.session_state["einlesen"] = "Doppelte"
    page.run()
    choice = next(radio for radio in page.radio if "01001000" in radio.label)
    assert choice.value == 4
    choice.set_value(2)
    next(b for b in page.button if b.label == "Entscheidung anwenden").click().run()
    next(b for b in page.button if b.label == "Übernehmen").click().run()
    assert not page.exception
    [taken] = page.session_state["session_surveys"].taken
    climate = next(i.id for i in taken.survey.questionnaire.items if "Klimaschutz" in i.text)
    assert float(taken.survey.answers.at["01001000", climate]) == 1
    assert list(taken.survey.keys) == ["01001000", "01051001", "01051002"]


def wave_field(page: AppTest) -> TextInput:
    return next(field for field in page.text_input if field.label == "Erhebungswelle")


def test_what_is_replaced_is_said_before_it_happens(app: AppTest) -> None:
    with_survey(app, sample_bytes(), "welle.xlsx")
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("neu.xlsx", corrected_bytes(), "application/octet-stream"))
    page.run()
    assert "1 Antwort ist anders als bisher" in page.info[0].value
    wave_field(page).set_value("2027").run()
    assert not page.info


def test_work_on_a_file_survives_a_visit_to_another_page(app: AppTest) -> None:
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("welle.xlsx", sample_bytes(), "application/octet-stream"))
    page.run()
    wave_field(page).set_value("2027").run()
    page.switch_page("pages/hilfe/methodik.py").run()
    page.switch_page("pages/daten/einlesen.py").run()
    again = next(button for button in page.button if button.label == "Daran weiterarbeiten")
    again.click().run()
    assert not page.exception
    assert wave_field(page).value == "2027"
    aside = next(button for button in page.button if button.label.startswith("Beiseitelegen"))
    aside.click().run()
    assert any(button.label == "Daran weiterarbeiten" for button in page.button)


def test_other_sessions_do_not_see_an_upload(app: AppTest) -> None:
    with_survey(app, foreign_bytes(), "fremd.csv").run()
    other = opened(AppTest.from_file(app._script_path, default_timeout=90), "daten/qualitaet.py")
    assert not any("fremd" in element.value for element in other.caption)


def test_a_questionnaire_of_one_organisation_can_be_looked_at(app: AppTest) -> None:
    lines = "\n".join(
        ["Nr;Frage;Antwort", *(f"{n};Gibt es Maßnahme {n}?;Ja" for n in range(1, 12))]
    )
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("eine.csv", lines.encode(), "text/csv"))
    page.run()
    assert not page.exception, page.exception
    assert any("11 Fragen an eine Organisation" in text.value for text in page.markdown)


def test_a_macro_workbook_gets_the_remedy_not_the_uploaders_error(app: AppTest) -> None:
    page = opened(app, "daten/einlesen.py")
    page.file_uploader[0].set_value(("makro.xlsm", macro_bytes(), "application/octet-stream"))
    page.run()
    assert "ohne Makros" in page.error[0].value


def test_lab_starts_a_foreign_survey_with_a_choice_instead_of_an_error(app: AppTest) -> None:
    page = opened(with_survey(app, battery_bytes(), "fremd.csv"), LAB)
    assert len(page.multiselect[0].value) == 4
    assert not page.error


def test_lab_without_anything_to_group_by_invites(app: AppTest) -> None:
    page = opened(with_survey(app, b"Ort;Bemerkung\nA;gut\nB;schlecht\n", "frei.csv"), LAB)
    assert not page.error
