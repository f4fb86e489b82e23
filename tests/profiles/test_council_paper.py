"""The Vorlage in words: three Länder read aloud, order, own words, ids, and what never occurs."""

import re
from dataclasses import replace
from datetime import date

import pytest
from any_plan_texts import paper_settings
from council_plans import CREATED, full_plan, key_of, plain_plan
from hypothesis import HealthCheck, given, settings
from profile_cases import NEVER

from assessment.measures.model import CostKind, Obligation
from assessment.measures.paper_editing import (
    set_consultation,
    set_consultations,
    set_heading,
    set_paper,
    set_paper_text,
)
from assessment.measures.paper_types import (
    ClimateJudgement,
    Consultation,
    ConsultationRole,
    GenderStyle,
    Operative,
    PaperSettings,
    Preset,
    ReportInterval,
    SectionId,
)
from assessment.measures.plan_editing import add_measure, add_own_measure, change_measure
from assessment.measures.plan_types import Status
from assessment.profiles.council.paper import council_paper
from assessment.profiles.council.paper_parts import (
    TO_FILL,
    CouncilPaper,
    Form,
    PaperSection,
    Urgency,
)
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant

MANDATORY = [each for each in SectionId if each not in
             (SectionId.PLAIN, SectionId.EFFECTS, SectionId.OUTCOME)]  # fmt: skip
PLANNED_KINDS = ("stadt", "gem", "kreis")
RANKING = "Die Nummerierung der Maßnahmen gibt keine Rangfolge wieder."
GENDER_SIGN = re.compile(r"[a-zäöü][*:_·](in|innen)\b|[a-z]Innen\b")


class Quiet:
    """The sample with a short repr: a failing property prints its arguments."""

    def __init__(self, sample) -> None:
        self.sample = sample


@pytest.fixture(scope="module")
def quiet(sample) -> Quiet:
    return Quiet(sample)


def paper_of(sample, key: str, plan=None, variant=Variant.PUBLIC) -> CouncilPaper:
    return council_paper(Dossier(sample, key, plan, variant=variant), CREATED)


def texts_of(section: PaperSection) -> list[str]:
    own = [text for each in section.tables for row in each.rows for text in row]
    own += [note for each in section.tables for note in each.notes]
    return [said.text for said in section.statements] + own


def all_texts(paper: CouncilPaper) -> list[str]:
    found = [text for row in paper.facts for text in row]
    found += [text for row in paper.consultations for text in (row.body, row.role, row.day)]
    for section in paper.all_sections():
        found += [section.heading, *texts_of(replace(section, parts=()))]
    return [*found, *(each.text for each in paper.answers)]


def lines(paper: CouncilPaper, section: SectionId) -> list[str]:
    found = paper.section(section)
    assert found is not None
    return [f"{each.term} {each.text}".strip() for each in found.paragraphs]


def test_a_vorlage_of_a_town_in_niedersachsen(sample) -> None:
    paper = paper_of(sample, key := key_of(sample, "03", "stadt"), full_plan(sample, key))
    assert paper.subject == (
        "Digitalisierungsstrategie der Stadt Weidelswalde – Beschluss über Ziele und Roadmap "
        "2027–2028"
    )
    assert [(row.number, row.body, row.role, row.day) for row in paper.consultations] == [
        (1, "Digitalausschuss", "Vorberatung", "05.01.2027"),
        (2, "Verwaltungsausschuss", "Vorberatung", "12.01.2027"),
        (3, "Rat", "Entscheidung", "19.01.2027"),
    ]
    assert lines(paper, SectionId.RESOLUTION) == [
        "Der Rat beschließt die Digitalisierungsstrategie der Stadt Weidelswalde mit den Zielen "
        "dieser Vorlage und der Roadmap in der Fassung der Anlage 3.",
        "Die Verwaltung wird beauftragt, die Maßnahmen der Roadmap (Anlage 3) umzusetzen. "
        "Maßnahmen mit Auswirkungen auf den Haushalt stehen unter dem Vorbehalt der "
        "Veranschlagung.",
        "Die Verwaltung berichtet dem Digitalausschuss jährlich schriftlich über den Stand der "
        "Umsetzung, zuerst zum 15.01.2028.",
        RANKING,
    ]
    n = len(full_plan(sample, key).measures)
    assert lines(paper, SectionId.SUMMARY)[0] == (
        "Was wird entschieden? Der Rat entscheidet über die Digitalisierungsstrategie der Stadt "
        f"Weidelswalde mit {n} Maßnahmen von 2027 bis 2028."
    )
    assert paper.decision in lines(paper, SectionId.SUMMARY)[0]
    # Once 1.000 a measure and 200 a year: by hand 6 × (1.000 + 4 × 200).
    assert n == 6
    assert paper.cost == (
        "Die Aufwendungen der Roadmap betragen von 2027 bis 2030 zusammen 10.800\u00a0€. "
        "Danach betragen die Aufwendungen 1.200\u00a0€ je Jahr."
    )
    assert paper.without.startswith("Ohne Beschluss gibt es keinen gemeinsamen Auftrag")


def test_a_vorlage_of_a_town_in_hessen_with_a_paragraph_per_body(sample) -> None:
    key = key_of(sample, "06", "stadt")
    plan = set_paper(full_plan(sample, key), paragraph_per_body=True,
                     interval=ReportInterval.HALF_YEARLY)  # fmt: skip
    assert lines(paper_of(sample, key, plan), SectionId.RESOLUTION) == [
        "a) Der Digitalausschuss empfiehlt der Stadtverordnetenversammlung, wie folgt zu "
        "beschließen.",
        "b) Die Stadtverordnetenversammlung beschließt wie folgt.",
        "Wortlaut:",
        "Die Digitalisierungsstrategie der Stadt Kranichsau wird mit den Zielen dieser Vorlage "
        "und der Roadmap in der Fassung der Anlage 3 beschlossen.",
        "Die Verwaltung wird beauftragt, die Maßnahmen der Roadmap (Anlage 3) umzusetzen. "
        "Maßnahmen mit Auswirkungen auf den Haushalt stehen unter dem Vorbehalt der "
        "Veranschlagung.",
        "Die Verwaltung berichtet dem Digitalausschuss halbjährlich schriftlich über den Stand "
        "der Umsetzung, zuerst zum 15.01.2028.",
        RANKING,
    ]


def test_a_vorlage_of_a_kreis_in_schleswig_holstein_without_a_plan(sample) -> None:
    paper = paper_of(sample, key_of(sample, "01", "kreis"))
    assert paper.subject == (
        "Digitalisierung des Kreises Arwenbüren – Auftrag zur Erarbeitung einer Roadmap"
    )
    assert dict(paper.facts)["Vorlagennummer"] == "wird vom Sitzungsdienst vergeben"
    assert dict(paper.facts)["Federführung"] == TO_FILL
    assert [(row.body, row.day) for row in paper.consultations] == [
        ("Fachausschuss", TO_FILL),
        ("Kreistag", TO_FILL),
    ]
    assert lines(paper, SectionId.RESOLUTION)[1:] == [
        "Die Verwaltung wird beauftragt, aus den Vorschlägen (Anlage 3) eine Roadmap mit "
        "Zeiträumen, Zuständigkeiten und Kosten zu erarbeiten und dem Kreistag zur Entscheidung "
        "vorzulegen.",
        "Die Verwaltung berichtet dem Fachausschuss jährlich schriftlich über den Stand der "
        "Arbeiten.",
    ]
    assert lines(paper, SectionId.RESOLUTION)[0].startswith(
        "Der Kreistag nimmt die Auswertung der digitalen Selbsteinschätzung zum Stichtag "
    )


@pytest.mark.parametrize(
    ("operative", "kind", "said"),
    [
        (Operative.NOTE, "gem", "Die Gemeindevertretung nimmt die Auswertung der digitalen "
         "Selbsteinschätzung zum Stichtag"),
        (Operative.CONTINUATION, "gem", "Die Gemeindevertretung nimmt den Sachstandsbericht 2026 "
         "zur Kenntnis (Anlage 2) und stimmt den Änderungen der Roadmap zu"),
    ],
)  # fmt: skip
def test_notice_and_continuation(sample, operative: Operative, kind: str, said: str) -> None:
    key = key_of(sample, "01", kind)
    plan = set_paper(full_plan(sample, key), operative=operative)
    paper = paper_of(sample, key, plan)
    assert lines(paper, SectionId.RESOLUTION)[0].startswith(said)
    continued = operative is Operative.CONTINUATION
    title = "Sachstandsbericht" if continued else "Ergebnisbericht"
    assert [each.title for each in paper.attachments][1] == title
    assert any(RANKING in text for text in all_texts(paper))


def test_plural_bodies_and_unknown_ones_read_well(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = set_paper(full_plan(sample, key), body="Ortsbeiräte", operative=Operative.NOTE)
    assert lines(paper_of(sample, key, plan), SectionId.RESOLUTION)[0].startswith(
        "Die Ortsbeiräte nehmen die Auswertung"
    )
    plan = set_paper(plan, body="Werkleitung", operative=Operative.STRATEGY)
    assert lines(paper_of(sample, key, plan), SectionId.RESOLUTION)[0].startswith(
        "Das Gremium „Werkleitung“ beschließt die Digitalisierungsstrategie"
    )


def test_one_strategy_with_several_deciding_bodies(sample) -> None:
    key = key_of(sample, "01", "kreis")
    chain = [
        Consultation(body="Hauptausschuss", role=ConsultationRole.PRELIMINARY),
        Consultation(body="Ortsbeirat", role=ConsultationRole.HEARING),
        Consultation(body="Kreistag", role=ConsultationRole.DECISION),
        Consultation(body="Amtsausschuss", role=ConsultationRole.DECISION),
    ]
    plan = set_consultations(set_paper(full_plan(sample, key), paragraph_per_body=True), chain)
    paper = paper_of(sample, key, plan)
    assert lines(paper, SectionId.RESOLUTION)[:4] == [
        "a) Der Hauptausschuss empfiehlt dem Amtsausschuss, wie folgt zu beschließen.",
        "b) Der Ortsbeirat nimmt zu der Vorlage Stellung.",
        "c) Der Kreistag beschließt wie folgt.",
        "d) Der Amtsausschuss beschließt wie folgt.",
    ]
    assert [row.deciding for row in paper.consultations] == [False, False, True, True]


@pytest.mark.parametrize(
    ("preset", "order"),
    [
        (Preset.DECISION_FIRST, ["kurzfassung", "beschlussvorschlag", "sachverhalt",
                                 "alternativen", "ablehnung", "finanzen", "personal", "klima",
                                 "weitere", "anlagen"]),
        (Preset.FACTS_FIRST, ["kurzfassung", "sachverhalt", "alternativen", "ablehnung",
                              "finanzen", "personal", "klima", "weitere", "beschlussvorschlag",
                              "anlagen"]),
        (Preset.EFFECTS_FIRST, ["kurzfassung", "ziele", "massnahmen", "anlass", "vorgehen",
                                "ergebnis", "beteiligung", "berichterstattung", "alternativen",
                                "ablehnung", "finanzen", "personal", "klima", "weitere",
                                "beschlussvorschlag", "anlagen"]),
    ],
)  # fmt: skip
def test_three_presets_order_the_same_sections(sample, preset: Preset, order: list[str]) -> None:
    key = key_of(sample, "05", "stadt")
    plan = full_plan(sample, key)
    paper = paper_of(sample, key, set_paper(plan, preset=preset))
    assert [section.id for section in paper.sections] == order
    usual = paper_of(sample, key, plan)
    for section_id in MANDATORY:
        section, same = paper.section(section_id), usual.section(section_id)
        if section_id is not SectionId.FACTS:
            assert section == same, section_id


def test_every_mandatory_section_says_something_for_every_land_and_kind(sample) -> None:
    answers = sample.survey.answers
    first = answers.reset_index().groupby(["A03", "A04"])[answers.index.name or "index"].first()
    assert len(first) > 60
    for (land, kind), key in first.items():
        # A plan for one kind a Land; without a plan for all of them.
        with_plan = kind == PLANNED_KINDS[int(land) % len(PLANNED_KINDS)]
        for plan in (None, plain_plan(sample, key)) if with_plan else (None,):
            paper = paper_of(sample, key, plan)
            for section_id in MANDATORY:
                section = paper.section(section_id)
                assert section is not None, (key, section_id)
                assert texts_of(section), (key, section_id)
            assert len(paper.subject) <= 120
            assert any(RANKING in text for text in all_texts(paper))
            for text in all_texts(paper):
                assert not NEVER.search(text.replace(RANKING, "")), text
                assert "  " not in text, text
                assert "\t" not in text, text
                assert not GENDER_SIGN.search(text), text


def test_a_full_plan_leaves_nothing_to_fill(sample) -> None:
    for land, kind in (("03", "stadt"), ("06", "kreis"), ("09", "gem"), ("07", "verband")):
        key = key_of(sample, land, kind)
        paper = paper_of(sample, key, full_plan(sample, key))
        assert not any(TO_FILL in text for text in all_texts(paper))
        assert not [each for each in paper.points if each.urgency is Urgency.FILL]


def test_headings_of_this_house_and_own_texts(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = set_heading(full_plan(sample, key), "sachverhalt", "Tatbestand")
    plan = set_heading(plan, "klima", "Unser Klimavorbehalt")
    plan = set_paper_text(plan, "alternativen", "Keine\tAlternative.\n\nMitarbeiter*innen bleiben.")
    paper = paper_of(sample, key, plan)
    headings = {section.id: section.heading for section in paper.all_sections()}
    assert headings[SectionId.FACTS] == "Tatbestand"
    assert headings[SectionId.CLIMATE] == "Unser Klimavorbehalt"
    section = paper.section(SectionId.ALTERNATIVES)
    assert section is not None
    assert section.own
    assert [each.form for each in section.paragraphs] == [Form.OWN, Form.OWN]
    # Only layout is mended in a person's text, never a word.
    assert [each.text for each in section.paragraphs] == [
        "Keine Alternative.",
        "Mitarbeiter*innen bleiben.",
    ]


def test_an_own_sachverhalt_stands_for_its_parts_and_tables_stay_below_own_texts(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = set_paper_text(full_plan(sample, key), "sachverhalt", "Alles Weitere mündlich.")
    plan = set_paper_text(plan, "finanzen", "Siehe Tabelle.")
    paper = paper_of(sample, key, plan)
    facts, finance = paper.section(SectionId.FACTS), paper.section(SectionId.FINANCE)
    assert facts is not None
    assert facts.parts == ()
    assert facts.own
    assert paper.section(SectionId.RESULT) is None
    assert finance is not None
    assert finance.own
    assert finance.tables
    # The Kurzfassung's answers are there for other papers even where its text is own.
    paper = paper_of(sample, key, set_paper_text(plan, "kurzfassung", "Kurz."))
    assert lines(paper, SectionId.SUMMARY) == ["Kurz."]
    assert paper.cost.startswith("Die Aufwendungen der Roadmap betragen")


def test_gender_style_changes_only_the_words_of_the_table(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = set_paper_text(full_plan(sample, key), "alternativen", "Bürgerinnen und Bürger wählen.")
    plan = set_paper(plan, preset=Preset.FACTS_FIRST)
    neutral = all_texts(paper_of(sample, key, plan))
    words = {
        GenderStyle.STAR: ("Bürger*innen", "die Mitarbeiter*innen"),
        GenderStyle.COLON: ("Bürger:innen", "die Mitarbeiter:innen"),
        GenderStyle.NONE: ("Bürger", "die Mitarbeiter"),
    }
    for style, (citizens, staff) in words.items():
        styled = all_texts(paper_of(sample, key, set_paper(plan, gender=style)))
        changed = [(old, new) for old, new in zip(neutral, styled, strict=True) if old != new]
        assert changed == [
            (
                "Digitalisierung betrifft Bürgerinnen und Bürger ebenso wie die Beschäftigten der "
                "Verwaltung.",
                f"Digitalisierung betrifft {citizens} ebenso wie {staff} der Verwaltung.",
            )
        ]


def test_each_sentence_that_names_a_measure_or_a_field_carries_its_id(sample) -> None:
    key = key_of(sample, "06", "stadt")
    plan = full_plan(sample, key)
    paper = paper_of(sample, key, plan)
    titles = {row.title: row.id for row in Dossier(sample, key, plan).schedule.rows}
    fields = {row.name: row.dimension for row in Dossier(sample, key).profile.fields}
    seen = set()
    for section_id in (SectionId.OCCASION, SectionId.RESULT, SectionId.GOALS, SectionId.MEASURES,
                       SectionId.REFUSAL):  # fmt: skip
        section = paper.section(section_id)
        assert section is not None
        for said in section.statements:
            for title, measure_id in titles.items():
                if title in said.text:
                    assert measure_id in said.ids, said
                    seen.add(measure_id)
            for name, dimension in fields.items():
                if said.text.startswith(f"{name}: "):
                    assert dimension in said.ids, said
                    seen.add(dimension)
    assert len(seen) >= 8
    known = {*sample.catalogue.by_id, *plan.by_id}
    known |= set(sample.survey.questionnaire.dimension_by_id)
    known |= set(sample.survey.questionnaire.item_by_id)
    statements = [said for section in paper.sections for said in section.statements]
    assert {each for said in statements for each in said.ids} <= known


def test_measures_stand_as_pflicht_fundament_wahl(sample) -> None:
    key = key_of(sample, "03", "stadt")
    plan = full_plan(sample, key)
    ids = [each.id for each in plan.measures]
    # The own measure asks for the one before it: that becomes a foundation.
    base = next(name for name in ids if sample.catalogue.by_id[name].obligation != "pflicht")
    plan = change_measure(plan, "E1", requires=(base,))
    section = paper_of(sample, key, plan).section(SectionId.MEASURES)
    assert section is not None
    shown = [(row[0].split(" ")[0], row[1]) for row in section.tables[0].rows]
    lanes = [lane for _, lane in shown]
    assert lanes == sorted(lanes, key=["Pflicht", "Fundament", "Wahl"].index)
    assert dict(shown)[str(ids.index(base) + 1)] == "Fundament"
    duties = [str(ids.index(name) + 1) for name in ids if name != "E1"
              and sample.catalogue.by_id[name].obligation == "pflicht"]  # fmt: skip
    assert [number for number, lane in shown if lane == "Pflicht"] == duties
    assert f"{len(duties)} Pflicht" in section.statements[0].text


def test_in_haushaltssicherung_voluntary_measures_are_marked_and_come_last(sample) -> None:
    answers = sample.survey.answers
    voluntary = [each.id for each in sample.catalogue.measures
                 if each.obligation is Obligation.VOLUNTARY and not each.requires
                 and each.cost_kind is not CostKind.NONE]  # fmt: skip
    for budget, mark in (("c", "Wahl (freiwillig)"), ("a", "Wahl")):
        key = str(answers.index[answers["A07"] == budget][0])
        plan = plain_plan(sample, key).model_copy(update={"measures": ()})
        # The voluntary one is planned first, an own one second.
        plan = add_measure(plan, sample.catalogue, voluntary[0])
        plan = add_own_measure(plan, "Sitzungsdienst")
        section = paper_of(sample, key, plan).section(SectionId.MEASURES)
        assert section is not None
        shown = [(row[0][0], row[1]) for row in section.tables[0].rows]
        usual = [("1", mark), ("2", "Wahl")]
        # The own measure says nothing about duty, so it isn't set behind the voluntary one.
        assert shown == (usual[::-1] if budget == "c" else usual)


def test_what_deviates_is_listed_with_cause_and_option(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = set_paper(full_plan(sample, key), operative=Operative.CONTINUATION)
    first = plan.measures[0].id
    plan = change_measure(
        plan, first, status=Status.DELAYED, cause="Vergabe dauert an", option="Frist verlängern."
    )
    section = paper_of(sample, key, plan).section(SectionId.MEASURES)
    assert section is not None
    title = Dossier(sample, key, plan).schedule.by_id[first].title
    assert section.statements[1].text == (
        f"{title}: verzögert. Grund: Vergabe dauert an. Möglichkeit: Frist verlängern."
    )
    assert section.statements[1].ids == (first,)


def test_climate_is_a_proposal_until_somebody_ticks(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = set_paper(full_plan(sample, key), climate=None, climate_reason="")
    # Own measures have no proposal in the catalogue: the whole stays open.
    section = paper_of(sample, key, plan).section(SectionId.CLIMATE)
    assert section is not None
    assert section.statements[0].text == (
        "Vorschlag – bitte prüfen: ☐ positiv ☐ negativ ☐ keine ☒ nicht einschätzbar"
    )
    assert "E1" in section.statements[0].ids
    ticked = set_paper(plan, climate=ClimateJudgement.NEGATIVE)
    section = paper_of(sample, key, ticked).section(SectionId.CLIMATE)
    assert section is not None
    assert [said.text for said in section.statements] == [
        "Auswirkung auf das Klima: ☐ positiv ☒ negativ ☐ keine ☐ nicht einschätzbar",
        f"Begründung in einem Satz: {TO_FILL}",
    ]
    hidden = paper_of(sample, key, set_paper(plan, climate_shown=False))
    assert hidden.section(SectionId.CLIMATE) is None


def test_information_security_stays_out_of_the_public_paper_where_asked(sample) -> None:
    survey = sample.survey
    for key in survey.answers.index:
        dossier = Dossier(sample, key)
        named = (*dossier.profile.strengths, *dossier.profile.gaps)
        if any(field.dimension == "MF06" for field in named):
            break
    plan = plain_plan(sample, key)
    shown = paper_of(sample, key, plan)
    hidden = paper_of(sample, key, set_paper(plan, security_field_public=False))
    closed = paper_of(
        sample, key, set_paper(plan, security_field_public=False), variant=Variant.CLOSED
    )

    def names_it(paper: CouncilPaper) -> bool:
        section = paper.section(SectionId.RESULT)
        assert section is not None
        return any(said.text.startswith("IT-Sicherheit") for said in section.statements)

    assert (names_it(shown), names_it(hidden), names_it(closed)) == (True, False, True)
    assert [each.document for each in closed.attachments][-1] == "sicherheit"
    assert "sicherheit" not in [each.document for each in hidden.attachments]
    assert closed.marks
    assert not hidden.marks


def test_plain_language_is_labelled_and_off_by_default(sample) -> None:
    key = key_of(sample, "03", "stadt")
    plan = full_plan(sample, key)
    assert paper_of(sample, key, plan).section(SectionId.PLAIN) is None
    section = paper_of(sample, key, set_paper(plan, plain_language=True)).section(SectionId.PLAIN)
    assert section is not None
    assert section.statements[-1].text == (
        "Dieser Text ist in einfacher Sprache geschrieben. Leichte Sprache ist er nicht."
    )
    for said in section.statements:
        for part in re.split(r"[.?!:] ", said.text):
            assert len(part.split()) <= 14, part


def test_the_subject_is_never_longer_than_120_characters(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = set_paper(full_plan(sample, key), subject="Betreff " * 24)
    assert len(paper_of(sample, key, plan).subject) <= 120
    survey = sample.survey
    long = replace(survey, answers=survey.answers.assign(A01="Oberunterlangendorf " * 4))
    for operative in Operative:
        plan = set_paper(full_plan(sample, key), operative=operative)
        found = council_paper(Dossier(replace(sample, survey=long), key, plan), CREATED).subject
        assert len(found) <= 120
        assert "Digital" in found


def test_equal_input_gives_an_equal_paper(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = full_plan(sample, key)
    assert paper_of(sample, key, plan) == paper_of(sample, key, plan)
    later = council_paper(Dossier(sample, key, plan), date(2026, 12, 1))
    assert dict(later.facts)["Erstellt am"] == "01.12.2026"


def test_the_outcome_of_a_session_is_shown(sample) -> None:
    key = key_of(sample, "05", "stadt")
    plan = full_plan(sample, key)
    assert paper_of(sample, key, plan).section(SectionId.OUTCOME) is None
    plan = set_consultation(
        plan,
        1,
        outcome="geändert beschlossen",
        vote={"yes": 22, "no": 0, "abstention": 1, "note": "eine Befangenheit"},
        wording="Der Rat beschließt die Strategie\nmit einer Änderung.",
    )
    paper = paper_of(sample, key, plan)
    assert lines(paper, SectionId.OUTCOME) == [
        "Rat am 12.01.2027: geändert beschlossen. Abstimmung: Ja 22, Nein 0, Enthaltung 1; eine "
        "Befangenheit.",
        "Wortlaut des Beschlusses:",
        "Der Rat beschließt die Strategie",
        "mit einer Änderung.",
    ]
    assert paper.consultations[1].outcome == (
        "geändert beschlossen; Ja 22, Nein 0, Enthaltung 1; eine Befangenheit"
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chosen=paper_settings())
def test_whatever_is_set_no_mark_is_unlisted_and_no_text_is_broken(
    quiet: Quiet, chosen: PaperSettings
) -> None:
    sample = quiet.sample
    key = key_of(sample, "03", "stadt")
    plan = plain_plan(sample, key).model_copy(update={"paper": chosen})
    paper = paper_of(sample, key, plan)
    for text in all_texts(paper):
        assert "  " not in text, text
        assert not re.search(r"[\t\n\r\u00ad\u2028]", text), text
        assert not re.search(r"\bNone\b|[{}]", text), text
        assert text
    listed = {each.section for each in paper.points if each.urgency is Urgency.FILL}
    for section in paper.all_sections():
        if any(
            TO_FILL in text for text in (section.heading, *texts_of(replace(section, parts=())))
        ):
            assert section.id in listed, section.id
    head = [text for row in paper.facts for text in row]
    head += [text for row in paper.consultations for text in (row.body, row.day)]
    if any(TO_FILL in text for text in head):
        assert None in listed
    assert len(paper.subject) <= 120


def test_in_haushaltssicherung_the_paper_says_so_and_marks_what_is_voluntary(sample) -> None:
    """AK-2.6: by the obligation of the catalogue, whatever the lane; others bear no such mark."""
    survey = sample.survey
    by_state = {survey.text_at(survey.rows[key], "A07"): key for key in survey.keys}
    for state, poor in (("c", True), ("a", False)):
        paper = paper_of(sample, key := by_state[state], full_plan(sample, key))
        closing = " ".join(said.text for said in paper.section(SectionId.FINANCE).statements)
        assert ("Haushaltssicherung" in closing) is poor
        rows = paper.section(SectionId.MEASURES).tables[0].rows
        marked = {row[0].partition(" ")[2] for row in rows if "(freiwillig)" in row[1]}
        voluntary = {
            measure.title
            for each in full_plan(sample, key).measures
            if (measure := sample.catalogue.by_id.get(each.id))
            and measure.obligation.value == "freiwillig"
        }
        assert marked == (voluntary if poor else set())
