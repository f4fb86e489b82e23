"""The start page: choices in the address, tables and files one click away, the wave in the bar."""

import csv
import io
import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from survey_builder import build_survey
from survey_files import sample_bytes

from assessment.comparison.group_filter import GroupFilter
from assessment.importing.importer import import_survey
from assessment.profiles.overview import LAND, SIZE
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Role
from assessment.register import load_register
from assessment.reports.table_files import SUBJECT_COLUMNS
from assessment.ui import components, overview_view
from assessment.ui.filter_bar import PARAMETERS
from assessment.ui.loaders import sample
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import share
from assessment.ui.wave_choice import other_waves

PAGE = "auswertung/uebersicht.py"


def opened(app: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"pages/{PAGE}").run()
    assert not app.exception, app.exception
    return app


def plain(text: object) -> str:
    return str(text).replace("\\", "")


def captions(page: AppTest) -> str:
    return " | ".join(plain(element.value) for element in page.caption)


def headers(page: AppTest) -> list[str]:
    return [plain(element.value) for element in page.header]


def expanded(page: AppTest, key: str) -> AppTest:
    """The page after a click on a folded panel."""
    page.session_state[key] = True
    page.run()
    assert not page.exception, page.exception
    return page


def test_without_a_choice_everybody_is_meant(app: AppTest) -> None:
    page = opened(app)
    assert "Auswahl" not in captions(page)
    assert not any("Auswahl" in header for header in headers(page))
    assert not [name for name in PARAMETERS if name in page.query_params]


def test_a_link_opens_the_choice(app: AppTest) -> None:
    page = opened(app, land="05", groesse="GK5,GK6", kommune="irgendwas")
    mask = GroupFilter(lands=("05",), sizes=("GK5", "GK6")).mask(
        sample().assessment.peers.structure
    )
    line = captions(page)
    assert "Nordrhein-Westfalen" in line
    assert f"({mask.sum()} Kommunen)" in line
    assert "Wo steht die Auswahl gegenüber allen?" in headers(page)
    assert page.query_params["land"] == "05"
    assert page.query_params["kommune"] == "irgendwas"


def test_unknown_values_of_a_link_are_dropped(app: AppTest) -> None:
    page = opened(app, land="99,<script>", groesse="GK5")
    assert "land" not in page.query_params
    assert "25.000 bis unter 50.000 Einwohner" in captions(page)


def test_a_small_choice_is_refused_with_its_sentence(app: AppTest) -> None:
    page = opened(app, land="10")
    assert "Saarland" in captions(page)
    assert "Weniger als 5" in captions(page)
    assert "(4" not in captions(page)
    assert not page.exception


def test_a_choice_too_close_to_an_earlier_one_is_refused(app: AppTest) -> None:
    structure = sample().assessment.peers.structure
    keys = [str(key) for key in structure.keys[structure.land == "05"]]
    page = opened(app, liste=",".join(keys[:40]))
    assert "(40 Kommunen)" in captions(page)
    page.query_params["liste"] = ",".join(keys[:39])
    page.run()
    assert "(39" not in captions(page)
    assert "auf einzelne Kommunen schließen" in captions(page)
    page.query_params["liste"] = ",".join(keys[:30])
    page.run()
    assert "(30 Kommunen)" in captions(page)


def test_a_land_hidden_beside_a_small_one_stays_hidden(app: AppTest) -> None:
    # 16 from Brandenburg would leave 4 from Saarland, which the start page hides.
    hidden = [cell.label for cell in sample().overview.breakdown(LAND).cells if cell.n is None]
    assert hidden == ["Saarland", "Brandenburg"]
    page = opened(app, land="12")
    assert "(rund 15 Kommunen)" in captions(page)
    page.query_params["land"] = "05,12"
    page.run()
    assert "(rund 105 Kommunen)" in captions(page)
    page.query_params["land"] = "10,12"
    page.run()
    assert "(20" not in captions(page)


def test_the_controls_write_the_address_and_can_be_cleared(app: AppTest) -> None:
    page = expanded(opened(app), "filter-panel")
    lands = next(box for box in page.multiselect if box.label == "Land")
    lands.select("Bayern").run()
    assert not page.exception
    assert page.query_params["land"] == "09"
    assert "(54 Kommunen)" in captions(page)
    expanded(page, "filter-panel")
    next(button for button in page.button if button.label == "Auswahl aufheben").click().run()
    assert "land" not in page.query_params
    assert "Auswahl" not in captions(page)


def test_the_choice_survives_another_page(app: AppTest) -> None:
    page = opened(app, land="09")
    page.switch_page("pages/hilfe/methodik.py").run()
    page.query_params.clear()
    page.switch_page(f"pages/{PAGE}").run()
    assert "Bayern" in captions(page)
    assert page.query_params["land"] == "09"


def test_how_many_of_a_type_are_in_a_land_is_rounded(app: AppTest) -> None:
    page = opened(app, land="09", typ="B")
    assert "(rund 15 Kommunen)" in captions(page)


def test_types_by_size_are_worked_out_when_opened(app: AppTest) -> None:
    page = opened(app)
    titles = {table.title for table in sample().type_tables}
    assert SIZE in titles
    expanded(page, "overview-type-tables")
    assert "je dunkler, desto größer der Anteil in der Zeile" in captions(page)


def test_every_chart_has_its_table_and_both_files(app: AppTest, monkeypatch) -> None:
    files = {}

    def kept(label, data, file_name, *_, **__):
        files[label] = (file_name, data())

    page = opened(app)
    monkeypatch.setattr(components.st, "download_button", kept)
    before = len(page.table)
    expanded(page, "table-of-overview-types")
    assert len(page.table) == before + 1
    name, german = files["CSV für Excel (deutsch)"]
    assert name.startswith("welche-typen-gibt-es")
    assert name.endswith(".csv")
    rows = list(csv.reader(io.StringIO(german.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Typ", "Kommunen", "Anteil", "Herkunft"]
    assert rows[1][:2] == ["Bedächtige", "123"]
    assert rows[1][3].startswith("Beispieldaten – simuliert")
    _, machine = files["CSV maschinenlesbar"]
    again = list(csv.reader(io.StringIO(machine.decode())))
    assert again[0] == ["Typ", "Kommunen", "Anteil in %", "Hinweise", "Herkunft"]
    assert again[1][:3] == ["Bedächtige", "123", "30"]


def test_the_second_wave_is_chosen_in_the_side_bar(app: AppTest) -> None:
    page = opened(app)
    box = next(box for box in page.selectbox if box.label == "Erhebungswelle")
    assert box.options == ["Beispieldaten 2026", "Beispieldaten 2028"]
    box.select("2028").run()
    assert not page.exception
    assert "Erhebungswelle 2028" in captions(page)
    page.switch_page("pages/kommune/profil.py").run()
    assert "2028" in captions(page)
    assert not page.exception


def box_of_wave(page: AppTest):
    return next(box for box in page.selectbox if box.label == "Erhebungswelle")


def test_a_link_opens_its_wave_in_a_fresh_session(app: AppTest) -> None:
    page = opened(app, welle="2028", land="05", kommune="irgendwas")
    assert "Erhebungswelle 2028" in captions(page)
    assert page.query_params["welle"] == "2028"
    assert page.query_params["kommune"] == "irgendwas"
    assert page.query_params["land"] == "05"
    box = next(box for box in page.selectbox if box.label == "Erhebungswelle")
    assert box.value == "2028"


def test_the_chosen_wave_stands_in_the_address_of_every_page(app: AppTest) -> None:
    page = opened(app, kommune="06000001")
    assert "welle" not in page.query_params
    next(box for box in page.selectbox if box.label == "Erhebungswelle").select("2028").run()
    assert page.query_params["welle"] == "2028"
    page.query_params.clear()
    page.switch_page("pages/kommune/luecken.py").run()
    assert not page.exception, page.exception
    assert page.query_params["welle"] == "2028"
    # The way back passes the address before the wave was written: writing again would end it.
    page.query_params.clear()
    page.run()
    assert "welle" not in page.query_params
    assert box_of_wave(page).value == "2028"
    # The way back to an address that names the other wave.
    page.query_params["welle"] = "2026"
    page.run()
    assert box_of_wave(page).value == page.query_params["welle"] == "2026"


@pytest.mark.parametrize("wave", ["1999", "<b>", "", "0", "2026,2028"])
def test_an_unknown_wave_is_ignored(app: AppTest, wave: str) -> None:
    page = opened(app, welle=wave)
    assert "Erhebungswelle 2026" in captions(page)
    assert page.query_params["welle"] == "2026"


def test_an_own_survey_is_not_left_for_the_address_before_it(app: AppTest) -> None:
    page = opened(app, welle="2028")
    survey = replace(import_survey(sample_bytes(), "welle.xlsx").survey, wave="2030")
    page.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    page.run()
    assert "Erhebungswelle 2030" in captions(page)
    assert "welle" not in page.query_params


def test_a_choice_says_which_block_follows_it(app: AppTest) -> None:
    page = opened(app, land="05")
    texts = [plain(element.value) for element in page.markdown]
    [said] = [text for text in texts if text.startswith("Die Auswahl gilt für")]
    assert said.endswith("Alles andere auf dieser Seite zeigt alle 412 Kommunen.")
    assert headers(page)[0] == "Wo steht die Auswahl gegenüber allen?"
    page.query_params["land"] = "10"
    page.run()
    texts = [plain(element.value) for element in page.markdown]
    said = "Zu dieser Auswahl wird nichts gezeigt. Alles auf dieser Seite zeigt alle 412 Kommunen."
    assert said in texts
    page.query_params.clear()
    page.session_state["group_filter"] = {}
    page.run()
    assert not [text for text in page.markdown if "Auswahl" in plain(text.value)]


def test_files_of_a_municipality_name_it_its_wave_and_the_date(app: AppTest, monkeypatch) -> None:
    files = {}

    def kept(label, data, file_name, *_, **__):
        files[label] = (file_name, data())

    app.query_params["kommune"] = "06000001"
    app.query_params["welle"] = "2028"
    app.run()
    app.switch_page("pages/kommune/profil.py").run()
    monkeypatch.setattr(components.st, "download_button", kept)
    page = expanded(app, "table-of-profile-levels")
    name, machine = files["CSV maschinenlesbar"]
    assert re.fullmatch(r"[a-z-]+-06000001-2028-[0-9a-f]{8}\.csv", name)
    header, row, *_ = csv.reader(io.StringIO(machine.decode()))
    assert tuple(header[:4]) == SUBJECT_COLUMNS
    title = next(plain(title.value) for title in page.title)
    assert row[0] in title
    assert row[1:3] == ["06000001", "2028"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", row[3])
    _, german = files["CSV für Excel (deutsch)"]
    again = list(csv.reader(io.StringIO(german.decode("utf-8-sig")), delimiter=";"))
    assert again[1][:3] == row[:3]
    assert re.fullmatch(r"\d\d\.\d\d\.20\d\d", again[1][3])
    # The start page is about all, whatever its address carries from before.
    page.switch_page(f"pages/{PAGE}").run()
    expanded(page, "table-of-overview-types")
    name, machine = files["CSV maschinenlesbar"]
    assert re.fullmatch(r"welche-typen-[a-z-]+-2028-[0-9a-f]{8}\.csv", name)
    assert next(csv.reader(io.StringIO(machine.decode())))[0] == "Typ"


def test_own_surveys_stand_in_the_choice_and_beside_the_sample(app: AppTest) -> None:
    survey = replace(import_survey(sample_bytes(), "welle.xlsx").survey, wave="2030")
    app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    page = opened(app)
    box = next(box for box in page.selectbox if box.label == "Erhebungswelle")
    assert box.options[-1] == "2030 · welle.xlsx"
    assert "Erhebungswelle 2030" in captions(page)


def test_other_waves_of_the_sample_are_offered_without_loading_them() -> None:
    [other] = other_waves(sample())
    assert (other.label, other.wave) == ("Beispieldaten 2028", "2028")
    later = other.load()
    assert later is other.load()
    assert later.survey.wave_label == "2028"
    assert [option.wave for option in other_waves(later)] == ["2026"]


@pytest.mark.parametrize("key", ["Datei <b>", "Wie weit? „Strategie“ & Ziele", "?!"])
def test_file_stems_are_plain(key: str) -> None:
    stem = components.file_stem(key)
    assert stem.replace("-", "").isalnum()
    assert stem.isascii()


def test_real_keys_have_a_map_of_kreise(app: AppTest) -> None:
    register = load_register()
    kreise = {"09171": 8, "09172": 6, "08115": 9, "06531": 12, "05154": 6, "03351": 7}
    keys = []
    for kreis, n in kreise.items():
        entries = [register.entry(f"{kreis}{number:03d}") for number in range(1, 400)]
        keys += [entry.ags for entry in entries if entry is not None and entry.incorporated][:n]
    item = default_questionnaire().first(Role.LAND)
    assert item is not None
    survey = build_survey(default_questionnaire(), {key: {item.id: key[:2]} for key in keys})
    app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    page = opened(app)
    assert "nach Land" in captions(page)
    page.session_state["overview-layer"] = "Kreise"
    page.run()
    assert not page.exception, page.exception
    assert "nach Kreis" in captions(page)
    assert any("Kreisen haben mindestens 5" in plain(text.value) for text in page.markdown), [
        text.value for text in page.markdown
    ]


def test_sentences_on_counts_name_ties_and_trust_no_hidden_number() -> None:
    most = overview_view._most_and_least
    assert most([("B", 123), ("O", 105), ("C", 78)]) == (
        "Am häufigsten sind B (123), am seltensten C (78)."
    )
    assert most([("B", 9), ("O", 9), ("S", 7), ("C", 7)]) == (
        "Am häufigsten sind B und O (je 9), am seltensten S und C (je 7)."
    )
    # The hidden one is the rarest, perhaps.
    assert most([("B", 9), ("O", 7), ("S", None)]) == "Am häufigsten sind B (9)."
    assert most([("B", 9), ("O", 9)]) == most([("B", None)]) == ""
