"""No public document holds a confidential answer, no anonymised one a name besides.

The answers carry canaries, so that nothing of them can hide behind everyday words.
"""

from datetime import date

import pytest
from confidential_marks import CANARY, with_canaries

from assessment import pipeline
from assessment.delivery.documents import KINDS, make_document, missing_for
from assessment.measures.plan_editing import change_plan
from assessment.measures.strategy import new_plan, suggested_plan
from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import texts_in
from assessment.profiles.public_names import name_forms, name_pattern
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind

DAY = date(2026, 11, 22)
TOWN = "03000002"


@pytest.fixture(scope="module")
def marked():
    return with_canaries(pipeline.assess_sample())


def dossier_of(assessment, variant, *, field_public=True):
    """A municipality with a plan, so that every kind of document can be made."""
    bare = Dossier(assessment, TOWN, variant=Variant.CLOSED)
    plan = new_plan(
        assessment.survey, TOWN, assessment.catalogue, date(2027, 1, 1), bare.basis.levels
    )
    plan = suggested_plan(bare.basis.advice, plan, 5)
    plan = change_plan(plan, paper={"security_field_public": field_public})
    return Dossier(assessment, TOWN, plan, variant=variant)


@pytest.mark.parametrize("field_public", [True, False])
@pytest.mark.parametrize("variant", [Variant.PUBLIC, Variant.ANONYMOUS])
def test_no_confidential_answer_in_any_document(marked, variant, field_public):
    dossier = dossier_of(marked, variant, field_public=field_public)
    forms = [name_pattern(form) for form in name_forms(marked.survey, TOWN)]
    made = 0
    for kind in KINDS:
        if missing_for(kind, dossier):
            continue
        texts = list(texts_in(make_document(kind, dossier, DAY)))
        assert not [text for text in texts if CANARY in text], kind
        if variant is Variant.ANONYMOUS:
            assert not [text for text in texts for form in forms if form.search(text)], kind
        made += 1
    assert made >= 5


def test_the_closed_paper_on_security_holds_them(marked):
    dossier = dossier_of(marked, Variant.CLOSED)
    texts = texts_in(make_document(DocumentKind.SECURITY, dossier, DAY))
    assert any(CANARY in text for text in texts)
