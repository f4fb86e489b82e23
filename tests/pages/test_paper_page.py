"""The Vorlage as the head of a Hauptamt builds it: open points, fields, texts, session, files."""

import io
import zipfile

import pytest
from paper_pages import PAPER, cells, plan_of, start, watch_downloads, with_plan
from plan_pages import ROADMAP, choice, field, open_panel, opened, press, says, tab, texts, went
from streamlit.testing.v1 import AppTest
from survey_files import foreign_bytes

from assessment.delivery import documents
from assessment.importing.importer import import_survey
from assessment.measures.paper_editing import set_paper
from assessment.measures.paper_types import (
    Budgeted,
    ClimateJudgement,
    Operative,
    Outcome,
    PaperStatus,
    Preset,
)
from assessment.measures.plan_file import plan_to_yaml, read_plan
from assessment.measures.plan_types import CostBasis, CostRowKind, DecisionState, Status
from assessment.remarks import InputRefused
from assessment.ui.loaders import register
from assessment.ui.plan_state import KeptPlan
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import share

TABS = "paper-tabs"
NAMES = (
    "Rahmen", "Beratungsfolge", "Finanzen", "Texte", "Auswirkungen", "Vorschau",
    "Text für das RIS", "Nach der Sitzung",
)  # fmt: skip
OUR_CHAIN = "Übliche Folge"


@pytest.mark.parametrize("own_survey", [False, True])
def test_every_part_opens_without_a_plan(app: AppTest, own_survey: bool) -> None:
    if own_survey:  # One without levels: nothing is rated, nothing is proposed.
        survey = import_survey(foreign_bytes(), "fremd.csv", register=register()).survey
        app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
    page = opened(app, PAPER)
    assert any(text.startswith("**▲ Noch ") for text in texts(page))
    assert says(page, "Auf dem Server wird nichts gespeichert")
    for name in NAMES:
        tab(page, TABS, name)
    assert "session_plans" not in page.session_state or not page.session_state["session_plans"]


def test_an_unknown_municipality_is_told(app: AppTest) -> None:
    app.query_params["kommune"] = "99999999"
    page = opened(app, PAPER)
    assert says(page, "gibt es in der gewählten Erhebung nicht")
    assert not page.tabs


def test_a_field_counts_as_soon_as_it_is_left(app: AppTest) -> None:
    page = opened(app, PAPER)
    before = sum("Federführung" in cell for cell in cells(page))
    field(page, "Federführung").set_value("  Stabsstelle <b>Digitales</b> ").run()
    assert plan_of(page).paper.lead == "Stabsstelle <b>Digitales</b>"
    assert field(page, "Federführung").value == "Stabsstelle <b>Digitales</b>"
    assert sum("Federführung" in cell for cell in cells(page)) < before
    choice(page, "Reihenfolge der Abschnitte").set_value(Preset.FACTS_FIRST).run()
    tab(page, TABS, "Vorschau")
    headings = [str(one.value) for one in page.subheader]
    assert headings.index("Sachverhalt") < headings.index("Beschlussvorschlag")
    assert "Stabsstelle <b>Digitales</b>" in cells(page)
    # Back again: what was typed is still there, and the file holds it.
    tab(page, TABS, "Rahmen")
    assert field(page, "Federführung").value == "Stabsstelle <b>Digitales</b>"
    plan = plan_of(page)
    assert read_plan(plan_to_yaml(plan).encode(), "plan.yaml") == plan


def test_own_headings_stand_in_the_paper(app: AppTest) -> None:
    page = open_panel(opened(app, PAPER), "paper-headings")
    field(page, "Sachverhalt").set_value("Tatbestand").run()
    tab(page, TABS, "Vorschau")
    headings = [str(one.value) for one in page.subheader]
    assert "Tatbestand" in headings
    assert "Sachverhalt" not in headings


def test_what_is_no_date_stays_as_typed_with_its_reason(app: AppTest) -> None:
    page = tab(opened(app, PAPER), TABS, "Beratungsfolge")
    start(page, OUR_CHAIN)
    rows = plan_of(page).paper.consultations
    assert len(rows) >= 2
    field(page, "1. Datum").set_value("32.01.2027").run()
    assert says(page, "1. Datum: „32.01.2027“ ist kein Datum")
    assert field(page, "1. Datum").value == "32.01.2027"
    assert plan_of(page).paper.consultations[0].day is None
    field(page, "1. Datum").set_value("1.3.2027").run()
    assert not page.error
    assert field(page, "1. Datum").value == "01.03.2027"
    # 24 days before the session, by hand: February 2027 has 28 days.
    assert says(page, "Redaktionsschluss: 05.02.2027")
    field(page, "Redaktionsschluss, Tage vor der Sitzung").set_value("28").run()
    assert says(page, "Redaktionsschluss: 01.02.2027")
    field(page, "Redaktionsschluss, Tage vor der Sitzung").set_value("bald").run()
    assert says(page, "„bald“ ist keine Zahl von Tagen")
    assert plan_of(page).paper.editorial_days == 28


def test_the_beratungsfolge_is_added_moved_and_removed(app: AppTest) -> None:
    page = tab(opened(app, PAPER), TABS, "Beratungsfolge")
    for name in ("Hauptausschuss", "Kreistag"):
        press(page, "Gremium hinzufügen")
        place = len(plan_of(page).paper.consultations)
        field(page, f"{place}. Gremium").set_value(name).run()
    field(page, "2. Datum").set_value("12.03.2027").run()
    press(page, "Nach oben")
    assert [row.body for row in plan_of(page).paper.consultations] == ["Kreistag", "Hauptausschuss"]
    assert field(page, "1. Datum").value == "12.03.2027"
    assert field(page, "2. Datum").value == ""
    press(page, "Entfernen")
    assert [row.body for row in plan_of(page).paper.consultations] == ["Hauptausschuss"]
    assert field(page, "1. Gremium").value == "Hauptausschuss"


def test_amounts_posts_programme_and_budget_reach_the_totals_and_survive_the_roadmap(
    app: AppTest,
) -> None:
    page = tab(with_plan(app, 1), TABS, "Finanzen")
    press(page, f"+ {CostRowKind.STAFF.value}")
    press(page, f"+ {CostRowKind.INCOME.value}")
    measure = plan_of(page).measures[0]
    shown = [one.label for one in page.text_input if one.label.isdigit()]
    year, rows = shown[0], shown.count(shown[0])
    for place in range(rows):
        field(page, year, place).set_value("1.000")
        field(page, "Folgejahre", place).set_value("200,50")
        choice(page, "Grundlage der Beträge", place).set_value(CostBasis.OFFER)
    field(page, f"{year} VZÄ").set_value("0,5")
    field(page, "Folgejahre VZÄ").set_value("0,25 VZÄ")
    field(page, "Förderprogramm").set_value("Beispielprogramm")
    field(page, "Quote in Prozent").set_value("37,5 %")
    field(page, "Zuletzt geprüft am").set_value("01.11.2026")
    field(page, "Produkt").set_value("111.40")
    choice(page, "Im Haushalt veranschlagt").set_value(Budgeted.PARTLY)
    press(page, "Beträge übernehmen")
    expenses = [row for row in plan_of(page).measures[0].costs if row.kind != CostRowKind.INCOME]
    assert len(expenses) == rows - 1
    total = f"{1000 * len(expenses):,}".replace(",", ".")
    assert any(cell.startswith(f"{total},00") for cell in cells(page))
    assert any(cell.startswith("0,5") and "VZÄ" in cell for cell in cells(page))
    # The roadmap asks for less; what only the Vorlage asks stays.
    went(page, ROADMAP)
    field(page, "Federführung").set_value("Kämmerei")
    press(page, "Angaben übernehmen")
    changed = plan_of(page).by_id[measure.id]
    staff, income = changed.cost_row(CostRowKind.STAFF), changed.cost_row(CostRowKind.INCOME)
    assert staff is not None
    assert income is not None
    assert changed.owner == "Kämmerei"
    assert (str(staff.posts[int(year)]), str(staff.later_posts)) == ("0.50", "0.25")
    assert all(str(row.later) == "200.50" for row in changed.costs)
    assert (income.funding.programme, str(income.funding.quota)) == ("Beispielprogramm", "37.5")
    assert (changed.budget.product, changed.budget.budgeted) == ("111.40", Budgeted.PARTLY)


def test_amounts_that_are_none_are_refused_where_they_stand(app: AppTest) -> None:
    page = tab(with_plan(app, 1), TABS, "Finanzen")
    for label, typed, said in (
        ("Folgejahre", "viel", "Folgejahre: „viel“ ist kein Betrag"),
        ("Folgejahre", "5", "gehört ihre Grundlage"),
    ):
        field(page, label).set_value(typed)
        press(page, "Beträge übernehmen")
        assert says(page, said)
        assert field(page, label).value == typed
    assert plan_of(page).measures[0].costs == ()


@pytest.mark.parametrize("where", ["Roadmap", "Finanzen"])
def test_one_amount_is_enough_where_the_rest_costs_nothing(app: AppTest, where: str) -> None:
    page = with_plan(app, 1)
    page = went(page, ROADMAP) if where == "Roadmap" else tab(page, TABS, where)
    once = CostRowKind.ONCE.value
    press(page, f"+ {once}") if any(b.label == f"+ {once}" for b in page.button) else None
    year = next(one.label for one in page.text_input if one.label.isdigit())
    field(page, year).set_value("9.990")
    choice(page, "Grundlage der Beträge").set_value(CostBasis.OFFER)
    # What was typed goes with the button.
    press(page, f"{once}: übrige Jahre 0 €")
    row = plan_of(page).measures[0].cost_row(CostRowKind.ONCE)
    assert row is not None
    assert [str(amount) for amount in row.amounts.values()] == ["9990.00", "0.00", "0.00", "0.00"]
    assert (str(row.later), row.basis) == ("0.00", CostBasis.OFFER)
    # Nothing is left to fill.
    assert not any(b.label == f"{once}: übrige Jahre 0 €" for b in page.button)


def test_a_year_without_staff_costs_has_no_posts(app: AppTest) -> None:
    page = tab(with_plan(app, 1), TABS, "Finanzen")
    staff = CostRowKind.STAFF.value
    press(page, f"+ {staff}")
    label = next(one.label for one in page.text_input if one.label.endswith("VZÄ"))
    field(page, label).set_value("0,5")
    press(page, f"{staff}: übrige Jahre 0 €")
    row = plan_of(page).measures[0].cost_row(CostRowKind.STAFF)
    assert row is not None
    assert [float(each) for each in row.posts.values()] == [0.5, 0, 0, 0]
    assert row.later_posts == 0


def test_a_section_shows_what_it_rests_on_and_takes_an_own_text(app: AppTest) -> None:
    page = tab(with_plan(app), TABS, "Texte")
    choice(page, "Abschnitt").set_value("massnahmen").run()
    measure = plan_of(page).measures[0].id
    assert any(measure in cell for cell in cells(page)), "no id beside its statement"
    generated = [str(one.value) for one in page.markdown]
    open_panel(page, "paper-ids")
    assert any(f"**{measure}**" in text for text in texts(page))
    press(page, "Erzeugten Text hier bearbeiten")
    own = field(page, "Eigener Text statt des erzeugten").value
    assert own
    assert plan_of(page).paper.texts == {"massnahmen": own}
    field(page, "Eigener Text statt des erzeugten").set_value(
        "Wir tun {dies} und <i>das</i>."
    ).run()
    tab(page, TABS, "Vorschau")
    assert says(page, "Wir tun {dies} und <i>das</i>.")
    # Back from another part: the same section is open.
    tab(page, TABS, "Texte")
    assert choice(page, "Abschnitt").value == "massnahmen"
    press(page, "Zurück zum erzeugten Text")
    assert plan_of(page).paper.texts == {}
    assert [str(one.value) for one in page.markdown] == generated


def test_climate_is_a_proposal_until_somebody_judges(app: AppTest) -> None:
    page = tab(with_plan(app), TABS, "Auswirkungen")
    assert says(page, "Vorschlag aus dem Maßnahmenkatalog, bitte prüfen")
    assert choice(page, "Beurteilung").value == "proposed"
    choice(page, "Beurteilung").set_value(ClimateJudgement.NEGATIVE).run()
    assert plan_of(page).paper.climate is ClimateJudgement.NEGATIVE
    choice(page, "Beurteilung").set_value("proposed").run()
    assert plan_of(page).paper.climate is None
    field(page, "Inklusion").set_value("Alle Dienste sind barrierefrei.").run()
    assert plan_of(page).paper.effects == {"Inklusion": "Alle Dienste sind barrierefrei."}
    tab(page, TABS, "Vorschau")
    assert "Alle Dienste sind barrierefrei." in cells(page)


def test_the_outcome_reaches_the_roadmap_only_when_asked(app: AppTest) -> None:
    page = tab(with_plan(app), TABS, "Beratungsfolge")
    start(page, OUR_CHAIN)
    field(page, "1. Datum").set_value("12.03.2027").run()
    tab(page, TABS, "Nach der Sitzung")
    choice(page, "Ergebnis").set_value(Outcome.CHANGED).run()
    for label, votes in (("Ja", "22"), ("Nein", "0"), ("Enthaltung", "1")):
        field(page, label).set_value(votes).run()
    field(page, "Nein").set_value("keine").run()
    assert says(page, "Nein: „keine“ ist keine Zahl von Stimmen")
    field(page, "Geänderter Beschlusstext").set_value("Mit jährlichem Bericht.").run()
    first = plan_of(page).paper.consultations[0]
    assert (first.vote.yes, first.vote.no, first.vote.abstention) == (22, 0, 1)
    assert first.wording == "Mit jährlichem Bericht."
    assert {each.decision.state for each in plan_of(page).measures} == {DecisionState.OPEN}
    press(page, "In die Roadmap übernehmen (2 Maßnahmen)")
    decided = {(each.decision.state, each.decision.body) for each in plan_of(page).measures}
    assert decided == {(DecisionState.DECIDED_CHANGED, first.body)}
    went(page, ROADMAP)
    assert says(page, f"geändert beschlossen, {first.body}, 12.03.2027")


def test_a_file_holds_what_counts_at_the_click(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = with_plan(app)
    assert files.names["Vorlage (Word)"].startswith("Vorlage_")
    # Changed after the page was drawn, as by leaving a field with the click on the button.
    [(place, kept)] = page.session_state["session_plans"].items()
    changed = set_paper(kept.plan, subject="Betreff von eben")
    page.session_state["session_plans"][place] = KeptPlan(changed, kept.saved)
    with zipfile.ZipFile(io.BytesIO(files.build("Vorlage (Word)"))) as word:
        assert "Betreff von eben" in word.read("word/document.xml").decode()


def test_why_a_file_was_refused_stands_below_its_button(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = with_plan(app, 1)

    def refuse(texts: object, dossier: object) -> None:
        raise InputRefused("VARIANT_ANSWER", "Ein Satz nennt die Antwort auf D27; bitte ändern.")

    said = "Vorlage (PDF): Ein Satz nennt die Antwort auf D27; bitte ändern."
    with monkeypatch.context() as patched:
        patched.setattr(documents, "check_variant", refuse)
        with pytest.raises(InputRefused):
            files.build("Vorlage (PDF)")
    page.run()
    assert says(page, said)
    # As long as nothing has changed; then nobody knows.
    field(page, "Betreff").set_value("Anderer Betreff").run()
    assert not says(page, said)
    with monkeypatch.context() as patched:
        patched.setattr(documents, "check_variant", refuse)
        with pytest.raises(InputRefused):
            files.build("Vorlage (PDF)")
    assert files.build("Vorlage (PDF)").startswith(b"%PDF")
    page.run()
    assert not says(page, said)


def test_every_anlage_has_its_number_and_the_fifth_is_asked_for(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = open_panel(with_plan(app), "paper-single")
    numbered = {label: name for label, name in files.names.items() if label.startswith("Anlage")}
    assert [label[:8] for label in numbered] == ["Anlage 1", "Anlage 2", "Anlage 3", "Anlage 4"]
    for label, name in numbered.items():
        assert name.startswith(f"Anlage{label[7]}_")
        assert "nichtoeffentlich" not in name
    page.checkbox(key="paper-closed").check().run()
    fifth = next(name for label, name in files.names.items() if label.startswith("Anlage 5"))
    assert fifth.startswith("Anlage5_")
    assert fifth.endswith("_nichtoeffentlich.pdf")
    # A paper for a closed session says so in every name.
    tab(page, TABS, "Rahmen")
    files.names.clear()
    choice(page, "Status").set_value(PaperStatus.CLOSED).run()
    assert not page.exception
    assert all(
        "nichtoeffentlich" in files.names[each] for each in ("Vorlage (Word)", "Fünf Folien")
    )


def test_a_fortschreibung_says_why_its_report_is_not_there_yet(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = watch_downloads(monkeypatch)
    page = open_panel(with_plan(app, 1), "paper-single")
    files.names.clear()
    choice(page, "Beschlusstext").set_value(Operative.CONTINUATION).run()
    assert not any(label.startswith("Anlage 2") for label in files.names)
    assert says(page, "Anlage 2: Einen Sachstandsbericht gibt es, sobald")
    went(page, ROADMAP)
    choice(page, "Stand").set_value(Status.RUNNING)
    press(page, "Angaben übernehmen")
    open_panel(went(page, PAPER), "paper-single")
    assert files.names["Anlage 2 Sachstandsbericht (PDF)"].startswith("Anlage2_Sachstandsbericht_")
