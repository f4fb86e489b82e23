"""Measures, roadmap and strategy as a head of the Hauptamt uses them, over two sessions."""

import re
from dataclasses import replace

import pytest
from plan_pages import (
    MEASURES,
    ROADMAP,
    STRATEGY,
    asked,
    choice,
    field,
    open_panel,
    opened,
    plain,
    press,
    says,
    tab,
    texts,
    went,
)
from streamlit.testing.v1 import AppTest
from survey_files import HOSTILE_NAMES, MARKERS, foreign_bytes, hostile_bytes

from assessment.german import format_date
from assessment.importing.importer import import_survey
from assessment.measures.catalogue import catalogue_csv, load_catalogue
from assessment.measures.model import Catalogue
from assessment.measures.plan_file import plan_to_json, plan_to_yaml, read_plan
from assessment.measures.plan_types import (
    CostBasis,
    CostRowKind,
    DecisionState,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
)
from assessment.profiles.header import header_of
from assessment.profiles.results import Assessment
from assessment.ui.loaders import register, sample
from assessment.ui.plan_state import KeptPlan
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import share

PAGES = (MEASURES, ROADMAP, STRATEGY)
TABS = ("Leitbild", "Handlungsfelder", "Bausteine", "Beteiligung", "Zielstufen")
TAKE = "In die Roadmap"


def with_survey(app: AppTest, data: bytes, name: str) -> AppTest:
    survey = import_survey(data, name, register=register()).survey
    app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    return app


def plan_of(app: AppTest) -> MunicipalityPlan:
    [kept] = app.session_state["session_plans"].values()
    return kept.plan


def taken_three(app: AppTest) -> AppTest:
    page = opened(app, MEASURES)
    for _ in range(3):
        press(page, TAKE)
    return page


def test_the_answer_comes_first(app: AppTest) -> None:
    page = opened(app, MEASURES)
    assert page.header[0].value == "Was tun wir zuerst?"
    assert says(page, "Maßnahmen stehen am Anfang: Pflichtaufgaben zuerst")
    assert says(page, "Die Reihenfolge ist ein Vorschlag")
    assert len([one for one in page.button if one.label == TAKE]) in (3, 4, 5)


def test_a_measure_shows_every_link_of_its_chain(app: AppTest) -> None:
    page = opened(app, MEASURES)
    key = next(str(box.key) for box in page.expander if str(box.key).startswith("measure-"))
    open_panel(page, key)
    chain = page.table[0].value
    assert [plain(step) for step in chain["Schritt"]] == [
        "1. Antwort", "2. Abstand", "3. Regel", "4. Maßnahme", "5. Erwarteter Schritt",
    ]  # fmt: skip
    assert all(chain["Was dort steht"])
    assert says(page, "Was, wenn nicht?")
    assert says(page, "Stand der Recherche")


def test_filters_count_live_and_stand_in_the_address(app: AppTest) -> None:
    page = opened(app, MEASURES)
    total = len(sample().advice(sample().keys[0]).recommendations)
    assert says(page, f"{total} Maßnahmen passen")
    page.multiselect[1].set_value(["freiwillig"]).run()
    assert not page.exception
    assert asked(page, "pflicht") == "freiwillig"
    assert any(f" von {total} Maßnahmen." in text for text in texts(page))
    choice(page, "Aufwand").set_value("1").run()
    assert asked(page, "aufwand") == "1"
    # Another page and back: the choice is still there.
    went(page, ROADMAP)
    went(page, MEASURES)
    assert page.multiselect[1].value == ["freiwillig"]
    assert choice(page, "Aufwand").value == "1"


def test_filters_of_an_address_are_applied_and_unknown_ones_dropped(app: AppTest) -> None:
    app.query_params["horizont"] = "kurz|ewig"
    app.query_params["aufwand"] = "99"
    page = opened(app, MEASURES)
    assert page.multiselect[2].value == ["kurz"]
    assert choice(page, "Aufwand").value == "5"


def test_what_if_answers_at_once(app: AppTest) -> None:
    page = tab(opened(app, MEASURES), "measure-tabs", "Was wäre, wenn?")
    assert says(page, "Noch nichts angekreuzt")
    page.checkbox[0].check().run()
    assert not page.exception
    assert says(page, "Aufwand ")
    assert says(page, "gerechnet ab")
    page.checkbox[1].check().run()
    assert says(page, "aus 2 Maßnahmen")
    press(page, "2 Maßnahmen in die Roadmap")
    assert len(plan_of(page).measures) == 2
    assert page.checkbox[0].value
    assert page.checkbox[1].value


def test_take_over_edit_save_and_load_into_a_fresh_session(app: AppTest) -> None:
    page = went(taken_three(app), ROADMAP)
    plan = plan_of(page)
    assert len(plan.measures) == 3
    first, second, third = (load_catalogue()[each.id].title for each in plan.measures)
    for title in (first, second, third):
        assert says(page, title)
    assert says(page, "keine Rangfolge")
    assert says(page, "Auf dem Server wird nichts gespeichert")
    assert says(page, "▲ Nicht gespeichert")

    # Every year of every row of the first measure costs nothing; the others stay open.
    numbers = [one for one in page.text_input if one.label.isdigit()]
    for one in numbers:
        one.set_value("0")
    press(page, "Angaben übernehmen")
    for row in plan_of(page).measures[0].costs:
        assert set(row.amounts.values()) == {0}
    missing = next(text for text in texts(page) if text.startswith("Nicht in den Summen"))
    assert f"„{first}“" not in missing
    assert f"„{second}“" in missing
    assert f"„{third}“" in missing

    field(page, "Federführung").set_value("Stabsstelle Digitales")
    choice(page, "Stand").set_value(Status.RUNNING)
    choice(page, "Beschluss").set_value(DecisionState.DECIDED)
    field(page, "Gremium").set_value("Hauptausschuss")
    field(page, "Datum").set_value("12.03.2027")
    press(page, "Angaben übernehmen")
    assert says(page, "Stabsstelle Digitales")
    assert says(page, "beschlossen, Hauptausschuss, 12.03.2027")
    assert says(page, "1 läuft.")

    saved = plan_of(page)
    for write, name in ((plan_to_yaml, "plan.yaml"), (plan_to_json, "plan.json")):
        fresh = opened(AppTest.from_file(app._script_path, default_timeout=90), ROADMAP)
        open_panel(fresh, "plan-load-roadmap")
        fresh.file_uploader[0].set_value((name, write(saved).encode(), "text/plain")).run()
        press(fresh, "Diesen Plan übernehmen")
        assert plan_of(fresh) == saved
        assert says(fresh, "✔ Gespeichert")
        for table in page.table:
            cells = [plain(cell) for cell in table.value.to_numpy().ravel()]
            assert all(says(fresh, cell) for cell in cells)


def test_nothing_typed_is_lost_by_saving_refusing_or_adding_a_row(app: AppTest) -> None:
    page = went(taken_three(app), ROADMAP)
    field(page, "Gremium").set_value("Hauptausschuss")
    number = next(one for one in page.text_input if one.label.isdigit())
    year = number.label
    number.set_value("5.000")
    press(page, "Angaben übernehmen")
    # Refused for want of a basis: everything stays as it was typed.
    assert says(page, "gehört ihre Grundlage")
    assert field(page, "Gremium").value == "Hauptausschuss"
    assert field(page, year).value == "5.000"
    choice(page, "Grundlage der Beträge").set_value(CostBasis.OFFER)
    # A further row takes along what has been typed.
    press(page, f"+ {CostRowKind.STAFF.value}")
    measure = plan_of(page).measures[0]
    assert measure.decision.body == "Hauptausschuss"
    assert measure.costs[0].amounts[int(year)] == 5000
    assert measure.cost_row(CostRowKind.STAFF) is not None
    assert field(page, "Gremium").value == "Hauptausschuss"
    assert field(page, year).value == "5.000"
    field(page, "Federführung").set_value("Stabsstelle")
    press(page, f"Zeile „{CostRowKind.STAFF.value}“ entfernen")
    measure = plan_of(page).measures[0]
    assert (measure.owner, measure.cost_row(CostRowKind.STAFF)) == ("Stabsstelle", None)


def test_the_day_is_that_of_the_municipality(app: AppTest) -> None:
    survey = sample().survey
    key = next(
        key
        for key in sample().keys
        if header_of(survey, key).reference_date != survey.reference_date
    )
    app.query_params["kommune"] = key
    day = format_date(header_of(survey, key).reference_date)
    for script in PAGES:
        page = opened(app, script)
        assert says(page, f"Stichtag {day}"), script


def test_a_survey_without_levels_is_told_in_one_sentence(app: AppTest) -> None:
    with_survey(app, foreign_bytes(), "fremd.csv")
    page = opened(app, MEASURES)
    assert says(page, "Dieser Fragebogen enthält keine Stufen")
    assert not says(page, "Pflichtaufgaben zuerst")
    assert not says(page, "Fragebogen 0")


def test_the_rule_and_the_reason_of_every_card_are_said(app: AppTest) -> None:
    page = opened(app, MEASURES)
    cards = [one for one in texts(page) if "Steht hier" in one]
    assert len(cards) == len([one for one in page.button if one.label == TAKE])
    assert any("[Alle Vorschläge (" in one for one in texts(page))


def test_refused_input_says_what_to_do_and_changes_nothing(app: AppTest) -> None:
    page = went(taken_three(app), ROADMAP)
    before = plan_of(page)
    field(page, "Beginn").set_value("bald")
    press(page, "Angaben übernehmen")
    assert says(page, "„bald“ ist kein Datum")
    next(one for one in page.text_input if one.label.isdigit()).set_value("viel")
    press(page, "Angaben übernehmen")
    assert says(page, "„viel“ ist kein Betrag")
    number = next(one for one in page.text_input if one.label.isdigit())
    number.set_value("1.000")
    press(page, "Angaben übernehmen")
    assert says(page, "gehört ihre Grundlage")
    assert plan_of(page) == before


def test_an_end_before_the_begin_is_named_as_to_be_cleared(app: AppTest) -> None:
    page = went(taken_three(app), ROADMAP)
    field(page, "Beginn").set_value("01.06.2027")
    field(page, "Ende").set_value("01.01.2027")
    press(page, "Angaben übernehmen")
    assert not page.error
    assert says(page, "Bitte klären")
    assert says(page, "liegt vor dem Beginn")


def test_texts_beyond_the_limit_are_refused_in_one_sentence(app: AppTest) -> None:
    page = went(taken_three(app), ROADMAP)
    field(page, "Gremium").set_value("x" * 300)
    press(page, "Angaben übernehmen")
    assert len(page.error) == 1
    number = next(one for one in page.text_input if one.label.isdigit())
    number.set_value("99.999.999.999.999")
    choice(page, "Grundlage der Beträge").set_value(CostBasis.OFFER)
    press(page, "Angaben übernehmen")
    assert len(page.error) == 1
    went(page, STRATEGY)
    field(page, "Leitsätze, einer je Zeile").set_value("x" * 5000)
    press(page, "Leitbild übernehmen")
    assert len(page.error) == 1


def test_removal_names_its_consequence_and_can_be_called_off(app: AppTest) -> None:
    page = went(taken_three(app), ROADMAP)
    n = len(plan_of(page).measures)
    press(page, "Aus der Roadmap nehmen …")
    assert says(page, "gehen verloren")
    press(page, "Behalten")
    assert len(plan_of(page).measures) == n
    press(page, "Aus der Roadmap nehmen …")
    press(page, "Entfernen")
    assert len(plan_of(page).measures) == n - 1


def test_an_empty_roadmap_can_begin_with_the_first_proposals(app: AppTest) -> None:
    page = opened(app, ROADMAP)
    label = next(one.label for one in page.button if one.label.startswith("Die ersten"))
    press(page, label)
    chosen = [each.id for each in plan_of(page).measures]
    assert 3 <= len(chosen) <= 5
    went(page, MEASURES)
    assert not [one for one in page.button if str(one.key).startswith("take-first")]


def test_own_measures_are_added_with_their_cost_rows(app: AppTest) -> None:
    page = open_panel(opened(app, ROADMAP), "roadmap-own")
    field(page, "Bezeichnung").set_value("Digitale Sitzungssäle <b>x</b>")
    field(page, "Federführung").set_value("Hauptamt")
    press(page, "Eigene Maßnahme hinzufügen")
    [own] = plan_of(page).measures
    assert (own.id, own.owner, own.is_own) == ("E1", "Hauptamt", True)
    assert not any("<b>" in str(one.value) for one in page.markdown)
    press(page, f"+ {CostRowKind.STAFF.value}")
    assert plan_of(page).measures[0].cost_row(CostRowKind.STAFF) is not None


def test_a_file_of_another_municipality_or_of_nothing_is_refused(app: AppTest) -> None:
    page = opened(app, ROADMAP)
    other = sample().keys[5]
    plan = MunicipalityPlan(municipality=other, name=sample().survey.name_of(other))
    open_panel(page, "plan-load-roadmap")
    page.file_uploader[0].set_value(("p.yaml", plan_to_yaml(plan).encode(), "text/plain")).run()
    assert says(page, "Diese Datei gehört zu")
    press(page, "Zu dieser Kommune")
    assert asked(page, "kommune") == other
    page.file_uploader[0].set_value(("p.json", b"[1, 2", "application/json")).run()
    assert len(page.error) == 1
    assert "session_plans" not in page.session_state or not page.session_state["session_plans"]


def test_measures_that_the_catalogue_lacks_stay_and_can_be_edited(app: AppTest) -> None:
    key = sample().keys[0]
    plan = MunicipalityPlan(
        municipality=key,
        name=sample().survey.name_of(key),
        catalogue_id="anderer",
        catalogue_version="7",
        measures=(PlannedMeasure(id="X9"), PlannedMeasure(id="M001", requires=("X9",))),
    )
    page = open_panel(opened(app, ROADMAP), "plan-load-roadmap")
    page.file_uploader[0].set_value(("p.yaml", plan_to_yaml(plan).encode(), "text/plain")).run()
    assert says(page, "Nicht im Katalog: X9")
    assert says(page, "anderer, Fassung 7")
    press(page, "Diesen Plan übernehmen")
    field(page, "Federführung").set_value("Hauptamt")
    press(page, "Angaben übernehmen")
    assert plan_of(page).by_id["X9"].owner == "Hauptamt"
    for script in (MEASURES, STRATEGY):
        went(page, script)
    tab(page, "strategy-tabs", "Handlungsfelder")
    went(page, MEASURES)
    tab(page, "measure-tabs", "Was wäre, wenn?")
    went(page, ROADMAP)
    press(page, "Aus der Roadmap nehmen …")
    press(page, "Entfernen")
    assert [each.id for each in plan_of(page).measures] == ["M001"]


def test_plans_of_the_session_are_listed_and_saving_is_remembered(app: AppTest) -> None:
    page = went(taken_three(app), ROADMAP)
    open_panel(page, "plan-load-roadmap")
    assert says(page, "Pläne dieser Sitzung")
    assert says(page, "▲ nicht gespeichert")
    [(key, kept)] = page.session_state["session_plans"].items()
    assert kept.unsaved
    page.session_state["session_plans"][key] = KeptPlan(kept.plan, kept.plan)
    page.run()
    assert says(page, "✔ Gespeichert")


def test_strategy_is_part_of_the_same_plan(app: AppTest) -> None:
    page = opened(app, STRATEGY)
    field(page, "Leitsätze, einer je Zeile").set_value(
        "Alle Anträge online.\nAlle Orte angebunden."
    )
    field(page, "Zieljahr").set_value("2035")
    press(page, "Leitbild übernehmen")
    assert says(page, "2 Leitsätze bis 2035.")
    tab(page, "strategy-tabs", "Handlungsfelder")
    field(page, "Ziel").set_value("Alle Schulen sind angebunden.")
    field(page, "Weitere Projekte, eines je Zeile").set_value("Elternabende online")
    press(page, next(b.label for b in page.button if b.label.endswith("übernehmen")))
    assert says(page, "1 von 10 Handlungsfeldern hat ein Ziel.")
    assert says(page, "Elternabende online")
    plan = plan_of(page)
    assert plan.strategy.target_year == 2035
    assert read_plan(plan_to_yaml(plan).encode(), "p.yaml") == plan


def test_a_target_of_the_plan_stands_instead_of_the_survey(app: AppTest) -> None:
    page = tab(opened(app, STRATEGY), "strategy-tabs", "Zielstufen")
    box = next(one for one in page.selectbox if "heute" in one.label)
    box.set_value(4)
    press(page, "Zielstufen übernehmen")
    assert list(plan_of(page).targets.values()) == [4]


@pytest.mark.parametrize("name", TABS)
def test_every_part_of_the_strategy_is_drawn(app: AppTest, name: str) -> None:
    page = tab(opened(app, STRATEGY), "strategy-tabs", name)
    assert len(page.header) == 1
    assert not page.error


def test_an_impossible_year_is_refused(app: AppTest) -> None:
    page = opened(app, STRATEGY)
    field(page, "Zieljahr").set_value("bald")
    press(page, "Leitbild übernehmen")
    assert says(page, "kein Jahr von 2000 bis 2100")


def test_an_own_catalogue_is_used_and_given_back(app: AppTest) -> None:
    page = tab(opened(app, MEASURES), "measure-tabs", "Katalog")
    lines = catalogue_csv(load_catalogue()).decode("utf-8-sig")
    own = lines.replace("Barrierefreie Website", "Zugängliche Website").encode("utf-8-sig")
    page.file_uploader[0].set_value(("eigener.csv", own, "text/csv")).run()
    assert not page.error, page.error
    press(page, "Diesen Katalog benutzen")
    assert says(page, "Eigener Katalog dieser Sitzung")
    press(page, "Zurück zum mitgelieferten Katalog")
    assert says(page, "Mitgelieferter Katalog")


def test_a_broken_catalogue_is_refused(app: AppTest) -> None:
    page = tab(opened(app, MEASURES), "measure-tabs", "Katalog")
    page.file_uploader[0].set_value(("x.csv", b"nichts;drin\n1;2\n", "text/csv")).run()
    assert len(page.error) == 1


@pytest.mark.parametrize("script", PAGES)
@pytest.mark.parametrize("place", [0, 1, 4])
def test_hostile_names_stay_text(app: AppTest, script: str, place: int) -> None:
    with_survey(app, hostile_bytes(), "böse.xlsx")
    taken = app.session_state["session_surveys"].taken[0]
    key = next(k for k in taken.keys if taken.survey.name_of(k) == HOSTILE_NAMES[place])
    app.query_params["kommune"] = key
    page = opened(app, script)
    raw = [str(e.value) for e in (*page.title, *page.markdown, *page.caption, *page.header)]
    raw += [one.label for one in (*page.button, *page.checkbox, *page.expander)]
    bare = [re.sub(r"\\.", "", text) for text in raw]
    assert [text for text in bare for marker in MARKERS if marker in text] == []


@pytest.mark.parametrize("script", PAGES)
def test_a_hostile_catalogue_stays_text(app: AppTest, script: str) -> None:
    shipped = load_catalogue()
    bad = [
        measure.model_copy(
            update={"title": HOSTILE_NAMES[n % len(HOSTILE_NAMES)], "responsible": MARKERS[2]}
        )
        for n, measure in enumerate(shipped.measures)
    ]
    catalogue = Catalogue(id="x", version="1", title=HOSTILE_NAMES[0], measures=tuple(bad))
    app.session_state["own_catalogue"] = catalogue
    page = opened(app, ROADMAP)
    press(page, next(one.label for one in page.button if one.label.startswith("Die ersten")))
    went(page, script)
    key = next((str(box.key) for box in page.expander if "measure-" in str(box.key)), "")
    if key:
        open_panel(page, key)
        tab(page, "measure-tabs", "Was wäre, wenn?")
    raw = [str(e.value) for e in (*page.title, *page.markdown, *page.caption, *page.header)]
    raw += [one.label for one in (*page.button, *page.checkbox, *page.expander)]
    raw += [str(cell) for table in page.table for cell in table.value.to_numpy().ravel()]
    bare = [re.sub(r"\\.", "", text) for text in raw]
    assert [text for text in bare for marker in MARKERS if marker in text] == []


def test_filters_survive_a_municipality_to_which_they_do_not_apply(app: AppTest) -> None:
    taken = sample()
    fields = {
        key: {each.dimension for each in taken.advice(key).recommendations}
        for key in taken.keys[:40]
    }
    first = taken.keys[0]
    other, field_id = next(
        (key, name) for key in fields for name in sorted(fields[first] - fields[key])
    )
    page = opened(app, MEASURES)
    page.multiselect[0].set_value([field_id]).run()
    assert not page.exception
    page.query_params["kommune"] = other
    page.run()
    assert not page.exception, page.exception
    assert field_id not in page.multiselect[0].value


@pytest.mark.parametrize("script", PAGES)
def test_surveys_without_levels_say_so(app: AppTest, script: str) -> None:
    page = opened(with_survey(app, foreign_bytes(), "fremd.csv"), script)
    assert len(page.title) == 1
    if script == MEASURES:
        assert says(page, "lassen sich keine Maßnahmen vorschlagen")
        tab(page, "measure-tabs", "Was wäre, wenn?")
    if script == STRATEGY:
        for name in TABS:
            tab(page, "strategy-tabs", name)


@pytest.mark.parametrize("script", PAGES)
def test_three_municipalities_are_enough(app: AppTest, script: str) -> None:
    survey = sample().survey
    few = replace(survey, answers=survey.answers.iloc[:3], status=survey.status.iloc[:3])
    app.session_state["session_surveys"] = SessionSurveys([share(few)], 0)
    page = opened(app, script)
    assert len(page.title) == 1


def test_unknown_municipality_says_so(app: AppTest) -> None:
    app.query_params["kommune"] = "99999999"
    page = opened(app, ROADMAP)
    assert says(page, "gibt es in der gewählten Erhebung nicht")


def test_the_chosen_municipality_is_kept_across_pages(app: AppTest) -> None:
    key = sample().keys[7]
    app.query_params["kommune"] = key
    page = opened(app, MEASURES)
    for script in (ROADMAP, STRATEGY):
        went(page, script)
        assert asked(page, "kommune") == key


def test_assessment_is_not_changed_by_an_own_catalogue() -> None:
    assert isinstance(sample().assessment, Assessment)
    assert sample().assessment.own_catalogue is None
