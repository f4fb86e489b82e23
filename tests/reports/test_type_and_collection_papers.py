"""Steckbrief of a type on one page; the collective report that names nobody and ranks nothing."""

import re
from dataclasses import replace
from datetime import date

import pytest
from pdf_checks import assert_accessible, pdf_text
from survey_builder import build_survey

from assessment import pipeline
from assessment.profiles.public_check import texts_in
from assessment.profiles.type_profile import type_profiles
from assessment.questionnaire.default import default_questionnaire
from assessment.reports.document import Columns, Heading, Paragraph, Scale, Table, TypeBadge
from assessment.reports.documents.collection import collection_document
from assessment.reports.documents.type_paper import type_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess_sample()


@pytest.fixture(scope="module")
def kinds(sample):
    return {kind.type_id: kind for kind in type_profiles(sample)}


@pytest.fixture(scope="module")
def report(sample):
    return collection_document(sample, DAY)


def said_in(document) -> str:
    return "\n".join(texts_in(document))


def tables_of(document) -> list[Table]:
    assert not [block for block in document.blocks if isinstance(block, Columns)]
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("kind", ["B", "O", "S", "C"])
def test_a_type_has_one_page(sample, kinds, kind):
    assert pdf_pages(pdf_bytes(type_document(sample, kinds[kind], DAY))) == 1


def test_the_page_of_a_type_is_accessible(sample, kinds):
    assert_accessible(pdf_bytes(type_document(sample, kinds["B"], DAY)))


def test_published_and_own_stand_apart_and_name_their_source(sample, kinds):
    kind = kinds["S"]
    document = type_document(sample, kind, DAY)
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings == [
        "Was über die Studie veröffentlicht ist",
        "Was diese Erhebung zeigt",
        "Was wir ableiten, und was uns nicht bekannt ist",
    ]
    said = said_in(document)
    for text in (*kind.facts, *kind.published_strengths):
        numbers = re.search(re.escape(text.text) + r" \[([\d, ]+)\]", said)
        assert numbers, text.text
        for number, source in zip(numbers[1].split(", "), text.sources, strict=True):
            assert f"[{number}] {source}" in said
    assert f"(eigene Ableitung): {kind.teaches}" in said
    assert all(unknown in said for unknown in kind.unknown)
    assert kind.equality in said
    badge = document.blocks[0]
    assert isinstance(badge, TypeBadge)
    assert (badge.type_id, badge.letter) == ("S", "S")


def test_goals_of_a_type_are_those_of_its_profile(sample, kinds):
    kind = kinds["O"]
    (goals,) = tables_of(type_document(sample, kind, DAY))
    means = [goal.mean.value for goal in kind.goals]
    assert len(goals.rows) == len(means) == 13
    drawn = [row[2] for row in goals.rows]
    assert all(isinstance(scale, Scale) for scale in drawn)
    shown = [scale.own for scale in drawn if isinstance(scale, Scale)]
    assert shown == sorted(means, key=lambda value: -(value or 0))


def test_a_hidden_type_says_no_number(sample, kinds):
    hidden = replace(
        kinds["C"], n=None, size_sentence="Die Zahl der Kommunen bleibt verdeckt.", fields=()
    )
    said = said_in(type_document(sample, hidden, DAY))
    assert "78 Kommunen" not in said
    assert "bleibt verdeckt" in said


def test_the_report_is_accessible_and_of_readable_length(report):
    pdf = pdf_bytes(report)
    assert 4 <= pdf_pages(pdf) <= 8
    assert_accessible(pdf)
    text = pdf_text(pdf)
    for heading in ("Auf einen Blick", "Wer hat teilgenommen?", "Welche Typen gibt es?"):
        assert heading in text
    assert "Beispieldaten – simuliert, keine Studienergebnisse" in text


def test_the_report_names_no_municipality(sample, report):
    said = said_in(report)
    names = {sample.survey.name_of(str(key)).split(",")[0] for key in sample.survey.keys}
    assert len(names) > 300
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)]
    assert not [key for key in sample.survey.keys if str(key) in said]
    assert not re.search(r"schlecht|schwach|Rangliste|\bRanking|Platz \d", said)


def test_numbers_of_the_report_are_those_of_the_overview(sample, report):
    seen = pipeline.overview(sample)
    tables = {table.caption: table for table in tables_of(report)}
    shown = {
        row[0]: row for table in tables.values() if len(table.columns) == 9 for row in table.rows
    }
    assert len(shown) == len(seen.levels) == 30
    for spread in seen.levels:
        row = shown[spread.name]
        counts = ["verd." if n is None else str(n) for n in (*spread.counts, spread.not_rated)]
        assert list(row[1:7]) == counts
        assert row[7] == str(spread.median)
        scale = row[8]
        assert isinstance(scale, Scale)
        assert scale.median == spread.median
    assert seen.types is not None
    kinds = tables["Teilnehmende Kommunen nach Merkmal: Typ"]
    assert [row[1] for row in kinds.rows] == [cell.text for cell in seen.types.cells]


def test_no_count_between_one_and_four_is_shown(report):
    # Whole cells only: medians, numbers of levels and shares are no counts of municipalities.
    for table in tables_of(report):
        counted = len(table.columns) in (3, 7) and "Unterschiede" not in table.caption
        cells = [str(cell) for row in table.rows for cell in row[1:]] if counted else []
        if len(table.columns) == 9:
            cells = [str(cell) for row in table.rows for cell in row[1:7]]
        assert not {"1", "2", "3", "4"} & set(cells), table.caption
        assert not [cell for cell in cells if re.match(r"[1-4] von ", cell)], table.caption


def test_few_municipalities_give_a_report_without_numbers_about_groups():
    questionnaire = default_questionnaire()
    rows = {f"0100000{n}": {"C01": "2", "D01": "1"} for n in range(1, 5)}
    document = collection_document(pipeline.assess(build_survey(questionnaire, rows)), DAY)
    said = said_in(document)
    assert "verdeckt" in said
    assert "Wo unterscheiden sich die Gruppen?" not in said
    levels = [row for table in tables_of(document) if len(table.columns) == 9 for row in table.rows]
    assert levels
    assert {cell for row in levels for cell in row[7:8]} == {"–"}
    assert pdf_pages(pdf_bytes(document)) >= 1


def test_without_points_the_report_says_so():
    questionnaire = default_questionnaire()
    bare = questionnaire.model_copy(
        update={
            "dimensions": (),
            "items": tuple(
                item.model_copy(update={"dimension": None, "weight": 0.0})
                for item in questionnaire.items
                if item.id in ("A02", "A04")
            ),
        }
    )
    survey = build_survey(bare, [{"A04": "stadt"} for _ in range(9)])
    document = collection_document(pipeline.assess(survey), DAY)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert "Dieser Fragebogen enthält keine Punkte; bewertet wird nichts." in texts


def test_same_survey_same_bytes(sample, report):
    assert pdf_bytes(report) == pdf_bytes(collection_document(sample, DAY))
