"""Profil and Lücken: what a council member asks, in every state of the data."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from survey_files import MARKERS, foreign_bytes, hostile_bytes, sample_bytes

from assessment.importing.importer import import_survey
from assessment.measures.plan_types import MunicipalityPlan, PlannedMeasure, Status
from assessment.survey import Survey
from assessment.ui.loaders import register, sample
from assessment.ui.plan_state import KeptPlan
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import share

PROFILE, GAPS = "kommune/profil.py", "kommune/luecken.py"


def opened(app: AppTest, script: str) -> AppTest:
    """The page after its first complete run."""
    app.run()
    app.switch_page(f"pages/{script}")
    app.run()
    assert not app.exception, app.exception
    return app


def with_survey(app: AppTest, data: bytes, name: str, rows: int | None = None) -> Survey:
    """A session whose current survey is this file, or its first rows."""
    survey = import_survey(data, name, register=register()).survey
    if rows is not None:
        survey = cut(survey, rows)
    app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    return survey


def cut(survey: Survey, rows: int) -> Survey:
    """The first municipalities only, as a survey of their own."""
    origin = replace(survey.provenance, data_hash=f"{rows:08x}", sha256=f"{rows:064x}")
    answers, status = survey.answers.iloc[:rows], survey.status.iloc[:rows]
    return replace(survey, answers=answers, status=status, provenance=origin)


def said(page: AppTest) -> str:
    """All headings, sentences and captions."""
    elements = [*page.title, *page.header, *page.markdown, *page.caption]
    return "\n".join(str(element.value) for element in elements).replace("\\", "")


def asked(page: AppTest, name: str) -> str:
    """A parameter of the address."""
    value = page.query_params[name]
    return value if isinstance(value, str) else value[0]


def opened_part(page: AppTest, key: str) -> AppTest:
    """The page with one of its lazy parts open."""
    page.session_state[key] = True
    page.run()
    assert not page.exception, page.exception
    return page


def test_the_first_screen_says_five_things(app: AppTest) -> None:
    page = opened(app, PROFILE)
    heads = [head.value for head in page.header]
    assert heads[0] == "Wo stehen wir?"
    assert any(head.endswith(("Stärken", "Stärke")) for head in heads)
    assert any(head.endswith(("Lücken", "Lücke")) for head in heads)
    assert any(head.startswith(("Drei nächste", "Zwei nächste", "Ein nächster")) for head in heads)
    text = said(page)
    assert "Verglichen mit" in text
    assert "Aufwand" in text
    assert "Selbstauskunft" in text


def test_what_it_costs_and_what_if_not_is_one_click_away(app: AppTest) -> None:
    page = opened_part(opened(app, PROFILE), "step-without")
    key = asked(page, "kommune")
    steps = sample().profile(key).next_steps
    text = said(page)
    assert steps
    for step in steps:
        assert step.without in text
        assert step.cost_word in text


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("more-robustness", "vertretbaren Gewichtungen"),
        ("more-place", "Kein Typ ist besser"),
        ("more-basis", "Stichtag"),
        ("more-targets", "Zielstufe"),
        ("more-fields", "Managementfelder"),
        ("more-goals", "eigenen Durchschnitt"),
    ],
)
def test_everything_else_stands_behind_more(app: AppTest, part: str, words: str) -> None:
    assert words in said(opened_part(opened(app, PROFILE), part))


def test_gaps_ask_and_answer(app: AppTest) -> None:
    page = opened(app, GAPS)
    heads = [head.value for head in page.header]
    assert heads[:2] == ["Wo ist der Abstand am größten?", "Was hat Priorität?"]
    assert "Welche Antworten machen das aus?" in heads
    assert "Wie verteilen sich die Stufen?" in heads
    text = said(page)
    assert "zum Median der Gruppe" in text
    assert "Priorität = Abstand" not in text
    assert "Priorität = Abstand" in said(opened_part(page, "gap-formula"))
    order = next(box for box in page.selectbox if box.label == "Reihenfolge")
    assert order.value == "peer_median"
    assert "Eigenes Ziel: aus der Erhebung." in text


def test_the_sentence_follows_the_block_shown(app: AppTest) -> None:
    page = opened(app, GAPS)
    for block in ("Handlungsfelder", "Managementfelder", "Strategiebausteine"):
        page.session_state["gap-block"] = block
        page.run()
        assert not page.exception, page.exception
        assert f"{block}: In " in said(page)
    page.session_state["gap-block"] = "Alle"
    page.run()
    assert "Strategiebausteine: In " not in said(page)


def test_the_municipality_is_kept_between_the_pages(app: AppTest) -> None:
    key = sample().keys[200]
    app.query_params["kommune"] = key
    page = opened(app, PROFILE)
    name = page.title[0].value.replace("\\", "")
    page.switch_page(f"pages/{GAPS}").run()
    assert not page.exception
    assert said(page).startswith(f"Lücken: {name}")
    page.switch_page(f"pages/{PROFILE}").run()
    assert said(page).startswith(name)


def test_a_field_is_opened_from_the_address_and_kept_there(app: AppTest) -> None:
    app.query_params["feld"] = "MF06"
    page = opened(app, GAPS)
    assert asked(page, "feld") == "MF06"
    assert "vertraulich" in said(page)
    choice = next(box for box in page.selectbox if box.label == "Feld")
    choice.set_value("MF01").run()
    assert not page.exception
    assert asked(page, "feld") == "MF01"
    assert "vertraulich" not in said(page)


def test_an_unknown_field_in_the_address_is_ignored(app: AppTest) -> None:
    app.query_params["feld"] = "<b>x</b>"
    page = opened(app, GAPS)
    assert "<" not in asked(page, "feld")


@pytest.mark.parametrize("order", ["priority", "peer_median", "own_target"])
def test_the_map_can_be_sorted(app: AppTest, order: str) -> None:
    page = opened(app, GAPS)
    next(box for box in page.selectbox if box.label == "Reihenfolge").set_value(order).run()
    assert not page.exception, page.exception


def test_the_second_wave_shows_what_has_changed(app: AppTest) -> None:
    page = opened(app, GAPS)
    assert "Keine andere Erhebung gewählt." in said(page)
    next(box for box in page.selectbox if box.label == "Vergleichen mit").set_value("2028").run()
    assert not page.exception, page.exception
    assert "Was hat sich seit 2026 verändert?" in [head.value for head in page.header]
    assert "vergleichbaren Feldern" in said(page)
    opened_part(page, "wave-types")
    assert "verdeckt" in said(page) or page.table


def test_the_earlier_wave_is_a_reference_of_the_later_one(app: AppTest) -> None:
    app.run()
    next(box for box in app.selectbox if box.label == "Erhebungswelle").set_value("2028").run()
    page = opened(app, GAPS)
    order = next(box for box in page.selectbox if box.label == "Reihenfolge")
    assert any("letzte Erhebung" in option for option in order.options)


def test_analysts_choose_groups_and_find_similar_municipalities(app: AppTest) -> None:
    page = opened_part(opened(app, GAPS), "gap-analysts")
    assert "Noch ist keine Gruppe gewählt." in said(page)
    page.query_params["typ"] = "B"
    page.run()
    assert not page.exception, page.exception
    assert "Bedächtige" in said(page)
    page = opened_part(page, "gap-similar")
    assert "Antworten spielen dabei keine Rolle" in said(page)
    before = len(page.table)
    for slider in page.slider:
        slider.set_value(0.0)
    page.run()
    assert not page.exception, page.exception
    assert len(page.table) < before


def test_a_hostile_survey_is_shown_as_text(app: AppTest) -> None:
    with_survey(app, hostile_bytes(), "böse.xlsx")
    page = opened(app, GAPS)
    for part in ("gap-how", "gap-formula", "gap-answers", "gap-analysts", "gap-similar"):
        page = opened_part(page, part)
    shown = [*page.title, *page.header, *page.markdown, *page.caption]
    texts = [str(element.value) for element in shown]
    assert [text for text in texts for marker in MARKERS if marker in text] == []


@pytest.mark.parametrize("script", [PROFILE, GAPS])
def test_a_foreign_survey_without_scored_fields_says_so(app: AppTest, script: str) -> None:
    with_survey(app, foreign_bytes(), "fremd.csv")
    page = opened(app, script)
    assert len(page.title) == 1
    assert "enthält keine Punkte" in said(page)


@pytest.mark.parametrize("rows", [1, 4, 7])
@pytest.mark.parametrize("script", [PROFILE, GAPS])
def test_a_tiny_survey_shows_nothing_of_others(app: AppTest, script: str, rows: int) -> None:
    survey = with_survey(app, sample_bytes(), "klein.xlsx", rows)
    page = opened(app, script)
    assert len(survey.keys) == rows
    for part in ("more-place", "more-robustness", "gap-analysts", "gap-similar"):
        page = opened_part(page, part)
    if rows < 6:
        profile = app.session_state["session_surveys"].taken[0].profile(str(survey.keys[0]))
        assert all(row.median is None for row in profile.fields)


def test_an_unknown_municipality_invites_to_the_first(app: AppTest) -> None:
    app.query_params["kommune"] = "99999999"
    page = opened(app, GAPS)
    assert page.title[0].value == "Lücken"
    page.button[0].click().run()
    assert not page.exception
    assert said(page).startswith("Lücken: ")


def test_what_the_plan_says_is_done_is_no_next_step(app: AppTest) -> None:
    taken = sample()
    key = taken.keys[0]
    first = taken.profile(key).next_steps[0]
    plan = MunicipalityPlan(
        municipality=key,
        name=taken.survey.name_of(key),
        measures=(PlannedMeasure(id=first.id, status=Status.DONE),),
    )
    app.session_state["session_plans"] = {(taken.data_identifier, key): KeptPlan(plan)}
    app.query_params["kommune"] = key
    page = opened(app, PROFILE)
    assert first.title not in said(page)
    assert "nächste" in said(page)


def test_targets_of_the_plan_are_the_own_targets_of_the_map(app: AppTest) -> None:
    taken = sample()
    key = next(k for k in taken.keys if (taken.profile(k).fields[10].level or 4) < 4)
    field = taken.profile(key).fields[10]
    assert all(target.dimension != field.dimension for target in taken.profile(key).targets)
    plan = MunicipalityPlan(
        municipality=key, name=taken.survey.name_of(key), targets={field.dimension: 4}
    )
    app.session_state["session_plans"] = {(taken.data_identifier, key): KeptPlan(plan)}
    app.query_params["kommune"] = key
    page = opened(app, GAPS)
    page.session_state["gap-block"] = "Managementfelder"
    page = opened_part(page, "table-of-gap-map")
    row = next(row for row in page.table[0].value.itertuples(index=False) if row[0] == field.name)
    assert field.score is not None
    assert any(str(cell).startswith(f"{100 - field.score} Punkte") for cell in row)
    assert "aus dem Plan, sonst aus der Erhebung" in said(page)
    page.switch_page(f"pages/{PROFILE}").run()
    page = opened_part(page, "more-targets")
    targets = next(table.value for table in page.table if "Ziel aus" in table.value.columns)
    rows = {row[0]: tuple(row[2:]) for row in targets.itertuples(index=False)}
    assert rows[field.name] == ("4", "Plan")
    assert {source for _, source in rows.values()} == {"Plan", "Erhebung"}
