"""The paper on information security: all confidential answers, and never in public."""

import paper_cases as cases
import pytest
from pdf_checks import assert_accessible

from assessment.profiles.council.sensitive import security_profile, sensitive_items
from assessment.profiles.dossier import Dossier
from assessment.profiles.field_gaps import answer_words
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused
from assessment.reports.document import Table
from assessment.reports.documents.security_paper import security_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages

QUESTIONS = ("D26", "D27", "D28", "D29", "D30")


def test_it_holds_every_confidential_answer_as_given():
    survey = cases.sample().survey
    assert tuple(item.id for item in sensitive_items(survey.questionnaire)) == QUESTIONS
    for place in (0, 1, 77):
        found = cases.dossier(place, variant=cases.CLOSED)
        document = security_document(found, cases.CREATED)
        (table,) = cases.blocks_of(document.blocks, Table)
        for row, name in zip(table.rows, QUESTIONS, strict=True):
            item = survey.questionnaire[name]
            assert row[0] == f"{name} {item.text}"
            assert row[1] == answer_words(survey, found.key, item)
        assert "Nichtöffentlich" in " ".join(document.marks)


def test_open_questions_and_a_missing_ground_are_open_points():
    points = cases.sample().scores.item_points
    gated = cases.sample().scores.gated
    key = next(key for key in points.index if gated.at[key, "MF06"] == "D26")
    profile = security_profile(cases.dossier(key, variant=cases.CLOSED))
    assert any("Basisprüfung" in text for text in profile.open)
    open_ones = [answer for answer in profile.fields[0].answers if answer.open]
    assert len(profile.open) == len(open_ones) + 1
    assert all(answer.points is None for answer in open_ones)


@pytest.mark.parametrize("variant", [Variant.PUBLIC, Variant.ANONYMOUS])
def test_it_is_refused_in_public(variant):
    with pytest.raises(InputRefused, match="nur nichtöffentlich") as refused:
        security_document(cases.dossier(0, variant=variant), cases.CREATED)
    assert refused.value.code == "SECURITY_NOT_PUBLIC"


def test_a_questionnaire_without_confidential_questions_has_none():
    for assessment in (cases.foreign(), cases.one_field()):
        found = Dossier(assessment, assessment.survey.keys[0], variant=cases.CLOSED)
        with pytest.raises(InputRefused, match="keine vertraulichen Fragen") as refused:
            security_document(found, cases.CREATED)
        assert refused.value.code == "NO_SENSITIVE_ITEMS"


def test_it_is_short_and_accessible():
    pdf = pdf_bytes(security_document(cases.dossier(1, variant=cases.CLOSED), cases.CREATED))
    assert pdf_pages(pdf) <= 2
    assert_accessible(pdf)
