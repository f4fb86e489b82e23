"""The Steckbrief of a municipality: two pages, every number that of the profile, for everybody."""

import random
import re
from dataclasses import replace
from datetime import date

import pytest
from pdf_checks import assert_accessible, pdf_text
from survey_builder import build_survey

from assessment import pipeline
from assessment.german import format_number, format_signed
from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import texts_in
from assessment.profiles.variants import Variant
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Option,
    Questionnaire,
    ScoringRule,
)
from assessment.reports.document import (
    Bullets,
    Chart,
    Columns,
    Heading,
    PageBreak,
    Paragraph,
    Pips,
    Scale,
    ScaleDrawing,
    Table,
    TypeBadge,
)
from assessment.reports.documents.profile_levels import middle_half
from assessment.reports.documents.profile_paper import profile_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages

DAY = date(2026, 11, 22)
ASSIGNED, LIKELY, MIXED, NOT_ASSIGNABLE = "05000001", "05000005", "06000013", "03000011"
KREIS, VERBAND, LONGEST = "08800", "078005001", "088005001"
LOWEST, HIGHEST, FEW_ANSWERS, FEW_FIELDS = "05000011", "05000060", "01000019", "09000039"
EXTREMES = (
    ASSIGNED,
    LIKELY,
    MIXED,
    NOT_ASSIGNABLE,
    KREIS,
    VERBAND,
    LONGEST,
    LOWEST,
    HIGHEST,
    FEW_ANSWERS,
    FEW_FIELDS,
)


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess_sample()


def blocks_of(document, kind):
    """All blocks of a kind, also inside columns."""
    found = []

    def walk(blocks):
        for block in blocks:
            if isinstance(block, kind):
                found.append(block)
            if isinstance(block, Columns):
                for part in block.parts:
                    walk(part)

    walk(document.blocks)
    return found


def said_in(document) -> str:
    return "\n".join(texts_in(document))


def paper(assessment, key, **choices):
    return profile_document(Dossier(assessment, key, **choices), DAY)


@pytest.mark.parametrize("key", EXTREMES)
@pytest.mark.parametrize("variant", [Variant.PUBLIC, Variant.CLOSED])
def test_two_pages_for_everybody(sample, key, variant):
    assert pdf_pages(pdf_bytes(paper(sample, key, variant=variant))) == 2


def test_accessible_and_says_what_it_must(sample):
    pdf = pdf_bytes(paper(sample, ASSIGNED))
    assert_accessible(pdf)
    text = pdf_text(pdf)
    for said in (
        "Steckbrief Drachelburg, Stadt",
        "Beispieldaten – simuliert, keine Studienergebnisse",
        "sicher zugeordnet",
        "Wie weit sind wir?",
        "Drei Stärken",
        "Drei Lücken",
        "Drei nächste Schritte",
        "Welche Ziele stehen im Vordergrund?",
        "Wohin wollen wir?",
        "Mittlerer Wert der eigenen Felder",
        "Wie sicher ist das?",
        "Worauf beruht das?",
    ):
        assert said.casefold() in text.casefold(), said


@pytest.mark.parametrize("key", [ASSIGNED, NOT_ASSIGNABLE, KREIS, FEW_FIELDS])
def test_every_number_is_the_profile_s(sample, key):
    dossier = Dossier(sample, key)
    profile, document = dossier.profile, profile_document(dossier, DAY)
    tables = blocks_of(document, Table)
    rows = {row[0]: row for table in tables if len(table.columns) == 5 for row in table.rows}
    assert len(profile.fields) == 30 - len(dossier.hidden)
    for field in profile.fields:
        _, pips, own, scale, group = rows[field.name]
        assert pips == Pips(field.level)
        assert own == format_number(field.score)
        assert scale == Scale(own=field.score, low=field.low, high=field.high, median=field.median)
        assert group == middle_half(field.median, field.low, field.high)
    named = [row for table in tables if len(table.columns) == 2 for row in table.rows]
    assert named == [
        (one.listed, format_signed(one.difference)) for one in (*profile.strengths, *profile.gaps)
    ]
    targets = [row for table in tables if len(table.columns) == 4 for row in table.rows]
    assert [(row[0], row[1], row[3]) for row in targets] == [
        (one.name, str(one.current), str(one.target)) for one in profile.targets
    ]
    counts = profile.data.counts
    (answers,) = [table.rows[0] for table in tables if len(table.columns) == 6]
    assert answers[1:] == tuple(
        str(n)
        for n in (
            counts.answered,
            counts.dont_know,
            counts.missing,
            counts.not_applicable,
            counts.not_asked,
        )
    )
    # 110 questions in the standard questionnaire, five of them confidential: how many of these
    # are open is nobody's business.
    assert answers[0] == "105"


def test_goals_and_place_are_the_profile_s(sample):
    dossier = Dossier(sample, ASSIGNED)
    profile, document = dossier.profile, profile_document(dossier, DAY)
    (goals,) = [one for one in blocks_of(document, Table) if one.columns[0].name == "Ziel"]
    assert len(goals.rows) == 13
    by_answer = {row[2]: row for row in goals.rows}
    # B03 „unwichtig“: −2,82 from the own average; its group −0,6.
    assert by_answer["−2,8"][1] == "unwichtig"
    assert by_answer["−2,8"][4] == "−0,6"
    assert sum(row[1] == "ohne Angabe" and row[2] == "–" for row in goals.rows) == 2
    (chart,) = blocks_of(document, Chart)
    assert isinstance(chart.drawing, ScaleDrawing)
    own, *kinds = chart.drawing.rows
    assert own.scale.own == profile.placement.value == 50
    assert [row.scale.median for row in kinds] == [37, 36, 42, 41]
    assert [row.label for row in kinds][-1] == "Community Manager (eigener Typ)"
    assert "50" in chart.alt
    assert len(chart.alt) <= 250


def test_type_and_level_are_two_things(sample):
    said = said_in(paper(sample, ASSIGNED))
    assert "Kein Typ ist besser als ein anderer." in said
    (badge,) = blocks_of(paper(sample, ASSIGNED), TypeBadge)
    assert (badge.type_id, badge.letter, badge.name) == ("C", "C", "Community Manager")
    for key in (MIXED, NOT_ASSIGNABLE):
        (badge,) = blocks_of(paper(sample, key), TypeBadge)
        assert (badge.type_id, badge.letter) == ("", "?")
        assert badge.text.count(badge.name) == 0


def test_open_and_not_concerned_are_told_apart(sample):
    dossier = Dossier(sample, FEW_FIELDS)
    said = said_in(profile_document(dossier, DAY))
    fields = dossier.profile.fields
    unrated = [one for one in fields if one.score is None and one.coverage is not None]
    outside = [one for one in fields if one.score is None and one.coverage is None]
    assert len(unrated) > 6
    assert f"In {len(unrated)} Feldern gibt es zu wenige Antworten für Punkte." in said
    for one in outside:
        assert one.name in re.search(r"Nicht zuständig oder nicht gefragt: (.*?)\.", said)[1]  # pyright: ignore[reportOptionalSubscript]


def test_the_anonymised_one_names_nobody(sample):
    document = paper(sample, ASSIGNED, variant=Variant.ANONYMOUS)
    pdf = pdf_bytes(document)
    text = f"{said_in(document)} {pdf_text(pdf)}"
    for hidden in ("Drachelburg", ASSIGNED, "Nordrhein", "338.307"):
        assert hidden not in text
    assert ASSIGNED.encode() not in pdf
    assert pdf_pages(pdf) == 2
    assert "Anonymisiert" in text


def test_same_input_same_bytes(sample):
    assert pdf_bytes(paper(sample, KREIS)) == pdf_bytes(paper(sample, KREIS))


def test_a_very_long_and_hostile_name_keeps_two_pages(sample):
    name = "#import Verwaltungsgemeinschaft $x$ [Bad] *Neu*stadt an der Langen Aue im Oberen Tal"
    names = {str(key): sample.survey.name_of(str(key)) for key in sample.survey.keys}
    survey = replace(sample.survey, names=names | {LONGEST: name})
    document = paper(replace(sample, survey=survey), LONGEST)
    pdf = pdf_bytes(document)
    assert pdf_pages(pdf) == 2
    assert "#import Verwaltungsgemeinschaft $x$ [Bad] *Neu*stadt" in pdf_text(pdf)


def test_nothing_rated_and_no_typology_still_make_a_page():
    questionnaire = default_questionnaire()
    rows = {
        f"010000{number:02d}": {item.id: None for item in questionnaire.items}
        for number in range(1, 9)
    }
    assessment = pipeline.assess(build_survey(questionnaire, rows, names={"01000001": "Leerstadt"}))
    document = paper(assessment, "01000001")
    said = said_in(document)
    assert not blocks_of(document, TypeBadge)
    assert assessment.typology_refusal in said
    assert "In 29 Feldern gibt es zu wenige Antworten für Punkte." in said
    assert "Für einen Vergleich fehlen eigene Angaben." in said
    assert "Zielstufen sind nicht angegeben." in said
    assert not blocks_of(document, Chart)
    assert pdf_pages(pdf_bytes(document)) == 2


def test_sixty_fields_of_a_foreign_questionnaire_are_all_there():
    steps = tuple(Option(code=str(n), label=f"Stufe {n}", points=25.0 * n) for n in range(5))
    items = tuple(
        Item(
            id=f"Q{n}",
            text=f"Frage {n}",
            kind=ItemKind.LEVEL,
            options=steps,
            dimension=f"F{n}",
            scoring=ScoringRule.POINTS,
            weight=1.0,
        )
        for n in range(60)
    )
    fields = tuple(Dimension(id=f"F{n}", name=f"Feld Nummer {n}") for n in range(60))
    book = Questionnaire(id="f", version="1", title="Fremd", dimensions=fields, items=items)
    dice = random.Random(1)
    rows = [{item.id: str(dice.randint(0, 4)) for item in items} for _ in range(14)]
    document = paper(pipeline.assess(build_survey(book, rows)), "01000001")
    said = pdf_text(pdf_bytes(document))
    assert [n for n in range(60) if f"Feld Nummer {n}" not in said] == []
    assert len([row for one in blocks_of(document, Table) for row in one.rows]) >= 60


def test_nothing_is_left_of_templates(sample):
    for key in EXTREMES:
        said = said_in(paper(sample, key))
        assert not re.search(r"\{|\}|\bnan\b|\bNone\b|  ", said), key
        assert not re.search(r"schlecht|schwach|Rangliste|\bRanking", said), key


def test_order_of_the_page(sample):
    document = paper(sample, ASSIGNED)
    assert sum(isinstance(block, PageBreak) for block in document.blocks) == 1
    headings = [one.text for one in blocks_of(document, Heading)]
    assert headings == [
        "Wie weit sind wir?",
        "Drei Stärken",
        "Drei Lücken",
        "Drei nächste Schritte",
        "Welche Ziele stehen im Vordergrund?",
        "Wohin wollen wir?",
        "Wie sicher ist das?",
        "Worauf beruht das?",
    ]
    steps = blocks_of(document, Bullets)[0]
    profile = Dossier(sample, ASSIGNED).profile
    assert steps.ids == tuple(step.id for step in profile.next_steps)
    assert all(
        step.title in item for step, item in zip(profile.next_steps, steps.items, strict=True)
    )
    lead = blocks_of(document, Paragraph)[1].text
    assert lead == (
        "Der mittlere Wert der eigenen Felder liegt bei 50 Punkten: Die Hälfte der Felder liegt "
        "darüber, die Hälfte darunter. In 7 von 8 Feldern mit Zielstufe liegt das Ziel über dem "
        "heutigen Stand. Verglichen mit 77 anderen Community Managern."
    )
