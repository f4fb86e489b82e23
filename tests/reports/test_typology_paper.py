"""The Methodenbericht as PDF: the sections of the HTML, accessible, the same bytes each time."""

import re
from datetime import date

import numpy as np
import pytest
from goal_survey_builder import QUESTIONNAIRE, draw, goal_survey
from pdf_checks import assert_accessible, bookmarks, pdf_text
from study_builder import build_study

from assessment.reports.document import Chart, Document, Heading, Landscape, Picture, Table
from assessment.reports.pdf.writer import pdf_bytes
from assessment.reports.typology_document import typology_document
from assessment.reports.typology_report import method_report

HOSTILE = '<script>alert("x")</script> #let $x$ "Ziel"'
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def survey():
    ratings, _ = draw(240, seed=5)
    ratings[:7, :9] = np.nan
    first, *others = QUESTIONNAIRE.items
    goals = QUESTIONNAIRE.model_copy(
        update={"items": (first.model_copy(update={"text": f"Ziel: {HOSTILE}"}), *others)}
    )
    return goal_survey(ratings, goals, simulated=True)


@pytest.fixture(scope="module")
def made(survey):
    return build_study(survey)


@pytest.fixture(scope="module")
def document(survey, made) -> Document:
    study, model = made
    return typology_document(survey, study, model, DAY)


@pytest.fixture(scope="module")
def pdf(document) -> bytes:
    return pdf_bytes(document)


def test_it_is_accessible_and_its_outline_names_every_section(pdf, document):
    assert_accessible(pdf)
    titles = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert len([title for title in titles if re.match(r"\d+\. ", title)]) == 13
    outline = [title for _, title in bookmarks(pdf)]
    assert [title for title in titles if title not in outline] == []


def test_equal_studies_give_equal_bytes(document, pdf):
    assert pdf_bytes(document) == pdf


def test_page_and_paper_say_the_same(survey, made, pdf):
    """Every number of the HTML's tables stands in the PDF."""
    page = method_report(survey, *made).decode()
    cells = set(re.findall(r'<td class="number">([^<]+)</td>', page))
    assert len(cells) > 100
    text = pdf_text(pdf).replace("\u00a0", " ")
    missing = [cell for cell in cells if cell.replace("\u00a0", " ") not in text]
    assert not missing


def test_texts_of_the_file_stay_texts(pdf):
    assert "alert" in pdf_text(pdf)
    assert b"/JavaScript" not in pdf


def test_drawings_carry_style_words_and_fit_on_a_page(document):
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    assert len(charts) == 2
    for chart in charts:
        picture = chart.drawing
        assert isinstance(picture, Picture)
        assert picture.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
        assert picture.svg.count("<style>") == 1
        assert picture.height_mm <= 205
        assert 60 < len(chart.alt) <= 250


def test_wide_tables_lie_on_turned_pages(document):
    for block in document.blocks:
        assert not (isinstance(block, Table) and len(block.columns) >= 8)
    turned = [block for block in document.blocks if isinstance(block, Landscape)]
    inside = [each for one in turned for each in one.blocks if isinstance(each, Table)]
    assert [len(each.columns) for each in inside] == [11, 10, 8]


def test_it_says_what_it_is(document, made):
    _, model = made
    assert document.title == "Methodenbericht: Ziele"
    assert "Beispieldaten – simuliert, keine Studienergebnisse" in document.marks
    assert "Szenario – nicht amtlich festgelegt" in document.marks
    assert model.mark in document.as_of
    assert document.municipality == ""
