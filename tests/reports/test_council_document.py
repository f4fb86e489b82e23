"""The Vorlage as a document: order, tables, lists, and that every writer takes it."""

import re
from datetime import date

import pytest
from council_plans import CREATED, full_plan, key_of

from assessment import pipeline
from assessment.measures.paper_editing import set_consultation, set_paper, set_paper_text
from assessment.measures.paper_types import Operative, Preset
from assessment.measures.plan_editing import set_cost
from assessment.measures.plan_types import CostBasis, CostRowKind, MunicipalityPlan
from assessment.profiles.council.paper import council_paper
from assessment.profiles.council.paper_parts import TO_FILL, CouncilPaper
from assessment.profiles.dossier import Dossier
from assessment.reports.document import (
    Bullets,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Landscape,
    Paragraph,
    ParagraphKind,
    Table,
)
from assessment.reports.documents.council_paper import paper_document
from assessment.reports.office.docx_writer import docx_bytes
from assessment.reports.office.plain_text import plain_text, section_texts


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess_sample()


@pytest.fixture(scope="module")
def key(sample) -> str:
    return key_of(sample, "03", "stadt")


@pytest.fixture(scope="module")
def plan(sample, key: str) -> MunicipalityPlan:
    return full_plan(sample, key)


def built(sample, key: str, plan: MunicipalityPlan | None) -> tuple[CouncilPaper, Document]:
    dossier = Dossier(sample, key, plan)
    paper = council_paper(dossier, CREATED)
    return paper, paper_document(paper, dossier, CREATED)


def headings(document: Document, level: int) -> list[str]:
    return [
        block.text
        for block in document.blocks
        if isinstance(block, Heading) and block.level == level
    ]


def test_the_head_comes_first_and_then_the_beratungsfolge(sample, key: str, plan) -> None:
    paper, document = built(sample, key, plan)
    head, heading, chain = document.blocks[:3]
    assert isinstance(head, Facts)
    assert head.rows == paper.facts
    assert heading == Heading("Beratungsfolge")
    assert isinstance(chain, Table)
    assert [column.name for column in chain.columns] == ["Nr.", "Gremium", "Rolle", "Sitzung am"]
    assert chain.rows[-1] == ("3", "Rat", "Entscheidung", "19.01.2027")
    assert document.kind is DocumentKind.PAPER
    assert document.title == paper.subject
    assert document.created == CREATED
    assert document.marks == ("Beispieldaten – simuliert, keine Studienergebnisse",)


def test_results_of_sessions_have_a_column_once_there_are_some(sample, key: str, plan) -> None:
    plan = set_consultation(plan, 0, outcome="empfohlen")
    _, document = built(sample, key, plan)
    chain = document.blocks[2]
    assert isinstance(chain, Table)
    assert chain.columns[-1].name == "Ergebnis"
    assert [row[-1] for row in chain.rows] == ["empfohlen", "–", "–"]


def test_headings_follow_the_preset_and_parts_are_numbered(sample, key: str, plan) -> None:
    _, document = built(sample, key, plan)
    assert headings(document, 1) == [
        "Beratungsfolge", "Kurzfassung", "Beschlussvorschlag", "Sachverhalt", "Alternativen",
        "Folgen bei Ablehnung", "Finanzielle Auswirkungen", "Personelle Auswirkungen",
        "Klimarelevanz", "Weitere Auswirkungen", "Anlagen",
    ]  # fmt: skip
    assert headings(document, 2) == [
        "1 Anlass und Auftrag", "2 Vorgehen", "3 Ergebnis", "4 Ziele und Schwerpunkte",
        "5 Maßnahmen und Roadmap", "6 Beteiligung und Kooperation", "7 Berichterstattung",
    ]  # fmt: skip
    _, effects = built(sample, key, set_paper(plan, preset=Preset.EFFECTS_FIRST))
    assert headings(effects, 1)[2:5] == ["Ziele und Schwerpunkte", "Maßnahmen und Roadmap",
                                         "Anlass und Auftrag"]  # fmt: skip


def test_the_resolution_is_a_numbered_list_with_the_ids_it_rests_on(sample, key, plan) -> None:
    _, document = built(sample, key, plan)
    place = document.blocks.index(Heading("Beschlussvorschlag"))
    listed = document.blocks[place + 1]
    assert isinstance(listed, Bullets)
    assert listed.numbered
    assert len(listed.items) == 4
    assert set(listed.ids) == {each.id for each in plan.measures}
    note = set_paper(plan, operative=Operative.NOTE)
    _, document = built(sample, key, note)
    place = document.blocks.index(Heading("Beschlussvorschlag"))
    assert isinstance(document.blocks[place + 1], Paragraph)


def test_many_years_stand_on_a_turned_page(sample, key: str, plan) -> None:
    _, upright = built(sample, key, plan)
    assert not [block for block in upright.blocks if isinstance(block, Landscape)]
    first = plan.measures[0].id
    for year in (2031, 2032, 2033):
        plan = set_cost(plan, first, CostRowKind.ONCE, year, 5, basis=CostBasis.OFFER)
    _, wide = built(sample, key, plan)
    turned = [block for block in wide.blocks if isinstance(block, Landscape)]
    assert len(turned) == 2
    [table] = turned[0].blocks
    assert isinstance(table, Table)
    assert [column.name for column in table.columns][-2:] == ["2033", "Folgejahre (je Jahr)"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_amounts_stand_to_the_right_and_words_to_the_left(sample, key: str, plan) -> None:
    _, document = built(sample, key, plan)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    sums = next(table for table in tables if table.caption.startswith("Finanzielle"))
    details = next(table for table in tables if table.caption.startswith("Bezifferte"))
    budget = next(table for table in tables if table.caption.startswith("Haushalt"))
    assert [column.right for column in sums.columns] == [False, *[True] * 5]
    assert [column.right for column in details.columns] == [False, *[True] * 5, False]
    assert not any(column.right for column in budget.columns)


def test_the_kurzfassung_answers_four_questions(sample, key: str, plan) -> None:
    paper, document = built(sample, key, plan)
    answers = document.blocks[document.blocks.index(Heading("Kurzfassung")) + 1]
    assert isinstance(answers, Facts)
    assert answers.rows == (
        ("Was wird entschieden?", paper.decision),
        ("Warum jetzt?", paper.why_now),
        ("Was kostet es?", paper.cost),
        ("Was geschieht ohne Beschluss?", paper.without),
    )
    text = dict(section_texts(document))["Kurzfassung"]
    assert text.startswith("Was wird entschieden? Der Rat entscheidet über ")
    assert "\nWas kostet es? Die Aufwendungen " in text


def test_own_texts_are_set_apart(sample, key: str, plan) -> None:
    _, document = built(sample, key, set_paper_text(plan, "alternativen", "Eins.\nZwei."))
    place = document.blocks.index(Heading("Alternativen"))
    shown = document.blocks[place + 1 : place + 3]
    assert [(block.text, block.kind) for block in shown if isinstance(block, Paragraph)] == [
        ("Eins.", ParagraphKind.OWN),
        ("Zwei.", ParagraphKind.OWN),
    ]


def test_text_for_the_ris_has_no_tabs_bullets_of_markup_or_soft_hyphens(sample, key, plan) -> None:
    plan = set_paper_text(plan, "alternativen", "Eins\tzwei\u00ad <b>fett</b> =1+1")
    for chosen in (plan, None):
        _, document = built(sample, key, chosen)
        text = plain_text(document)
        assert not re.search(r"[\t\u00ad\u200b\u00a0]", text)
        assert "  " not in text
        sections = dict(section_texts(document))
        assert sections["Beschlussvorschlag"].startswith("1. Der Rat ")
        assert "\n2. Die Verwaltung " in sections["Beschlussvorschlag"]
        assert set(headings(document, 1)) <= set(sections)
    assert "<b>fett</b> =1+1" in plain_text(built(sample, key, plan)[1])


def test_the_word_file_is_the_same_twice(sample, key: str, plan) -> None:
    first, second = (docx_bytes(built(sample, key, plan)[1]) for _ in range(2))
    assert first == second
    assert first[:2] == b"PK"


def test_the_day_it_is_made_is_the_one_given(sample, key: str, plan) -> None:
    dossier = Dossier(sample, key, plan)
    day = date(2027, 1, 4)
    document = paper_document(council_paper(dossier, day), dossier, day)
    assert document.created == day
    assert ("Erstellt am", "04.01.2027") in document.blocks[0].rows  # pyright: ignore[reportAttributeAccessIssue]


def test_marks_stay_visible_in_the_document(sample, key: str) -> None:
    _, document = built(sample, key, None)
    assert plain_text(document).count(TO_FILL) >= 5
