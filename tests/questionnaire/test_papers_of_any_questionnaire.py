"""Whatever the questionnaire and the answers: Steckbriefe and the collective report are made."""

import random
from datetime import date

from any_questionnaire import questionnaires
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_builder import Cell, build_survey

from assessment import pipeline
from assessment.delivery.documents import make_document
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.questionnaire.model import Item, ItemKind, Questionnaire
from assessment.reports.document import DocumentKind
from assessment.reports.documents.collection import collection_document
from assessment.reports.documents.type_paper import type_document
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages
from assessment.survey import AnswerStatus

DAY = date(2026, 11, 22)
OPEN: list[Cell] = [
    None,
    AnswerStatus.DONT_KNOW,
    AnswerStatus.NOT_APPLICABLE,
    AnswerStatus.NOT_ASKED,
    AnswerStatus.INVALID,
]


def any_answer(item: Item, dice: random.Random) -> Cell:
    """An answer of the item's kind, or one of the reasons why there is none."""
    if dice.random() < 0.25:
        return dice.choice(OPEN)
    codes = [option.code for option in item.options]
    if item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL):
        return float(dice.choice([-5, 0, 3, 200, 10**9]))
    if item.kind is ItemKind.DATE:
        return f"2026-01-0{dice.randint(1, 9)}"
    if item.kind is ItemKind.MULTIPLE:
        return ";".join(code for code in codes if dice.random() < 0.5)
    if item.kind is ItemKind.RANKING:
        return ";".join(dice.sample(codes, dice.randint(1, len(codes))))
    return dice.choice(codes or ["x", "#set page", "=1+1"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires(), st.integers(1, 40), st.integers(0, 10**6), st.sampled_from(Variant))
def test_any_survey_becomes_paper(
    questionnaire: Questionnaire, size: int, seed: int, variant: Variant
) -> None:
    dice = random.Random(seed)
    rows = [{item.id: any_answer(item, dice) for item in questionnaire.items} for _ in range(size)]
    assessment = pipeline.assess(build_survey(questionnaire, rows))
    key = str(assessment.survey.keys[0])
    dossier = Dossier(assessment, key, variant=variant)
    profile = make_document(DocumentKind.PROFILE, dossier, DAY)
    assert pdf_pages(pdf_bytes(profile)) >= 2
    assert pdf_pages(pdf_bytes(collection_document(assessment, DAY))) >= 1
    for kind in pipeline.type_profiles(assessment)[:1]:
        assert pdf_pages(pdf_bytes(type_document(assessment, kind, DAY))) >= 1
