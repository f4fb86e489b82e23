"""Which documents there are, and that none leaves with what its variant keeps back."""

from dataclasses import replace
from datetime import date

import pytest
from planned_municipality import plan_of

from assessment import pipeline
from assessment.delivery import documents
from assessment.delivery.documents import (
    FORMS,
    KINDS,
    document_bytes,
    document_file,
    kind_name,
    make_document,
    offers,
)
from assessment.measures.paper_types import Operative
from assessment.measures.plan_editing import change_measure, change_plan
from assessment.measures.plan_types import Status
from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import texts_in
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused
from assessment.reports.branding import Branding
from assessment.reports.document import Document, DocumentKind, Paragraph

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess_sample()


@pytest.fixture(scope="module")
def dossier(sample) -> Dossier:
    key = sample.survey.keys[3]
    return Dossier(sample, key, plan=plan_of(sample, key))


def missing(dossier: Dossier) -> set[DocumentKind]:
    return {offer.kind for offer in offers(dossier) if not offer.available}


def test_what_is_missing_has_a_reason(dossier: Dossier) -> None:
    kinds = DocumentKind
    assert missing(replace(dossier, variant=Variant.CLOSED)) == set()
    assert missing(dossier) == {kinds.SECURITY}
    assert missing(replace(dossier, variant=Variant.ANONYMOUS)) == {kinds.SECURITY, kinds.PAPER}
    assert missing(replace(dossier, plan=None)) == {kinds.SECURITY, kinds.PROGRESS}
    for offer in offers(replace(dossier, plan=None)):
        assert offer.name == kind_name(offer.kind)
        assert offer.available or offer.reason.endswith(".")


def test_a_plan_of_proposals_has_nothing_to_report(dossier: Dossier) -> None:
    assert dossier.plan is not None
    plan = dossier.plan
    for planned in plan.measures:
        plan = change_measure(plan, planned.id, status=Status.PROPOSED)
    assert DocumentKind.PROGRESS in missing(replace(dossier, plan=plan))


def test_a_second_wave_alone_suffices_for_a_sachstandsbericht(sample) -> None:
    later = pipeline.assess_sample("2028")
    key = next(key for key in later.survey.keys if key in sample.survey.rows)
    found = Dossier(later, key, waves=pipeline.waves(sample, later))
    assert DocumentKind.PROGRESS not in missing(found)


@pytest.mark.parametrize("variant", Variant)
def test_every_kind_there_is_can_be_made(dossier: Dossier, variant: Variant) -> None:
    found = replace(dossier, variant=variant)
    for offer in offers(found):
        if offer.available:
            document = make_document(offer.kind, found, DAY)
            assert document.kind is offer.kind
            assert document.variant is variant
            assert document.created == DAY
        else:
            with pytest.raises(InputRefused) as refused:
                make_document(offer.kind, found, DAY)
            assert refused.value.message == offer.reason


@pytest.mark.parametrize(
    "kind", [DocumentKind.TYPE, DocumentKind.COLLECTION, DocumentKind.TYPOLOGY]
)
def test_kinds_about_several_are_refused_clearly(dossier: Dossier, kind: DocumentKind) -> None:
    assert kind not in KINDS
    with pytest.raises(InputRefused, match="mehreren Kommunen"):
        make_document(kind, dossier, DAY)


def test_name_and_content_belong_together(dossier: Dossier) -> None:
    starts = {"pdf": b"%PDF-", "docx": b"PK", "txt": b"\xef\xbb\xbf"}
    document = make_document(DocumentKind.METHOD, dossier, DAY)
    for form in FORMS:
        name, data = document_file(DocumentKind.METHOD, dossier, DAY, form=form)
        assert name == f"Anlage4_Glossar-und-Methodik_Pfriemelkamp_2026-11-22.{form}"
        assert data.startswith(starts[form])
        assert data == document_bytes(document, Branding(), form)


def test_public_and_closed_papers_never_share_a_name(dossier: Dossier) -> None:
    names = {
        document_file(DocumentKind.MEASURES, replace(dossier, variant=variant), DAY, form="txt")[0]
        for variant in Variant
    }
    assert len(names) == 3


def test_only_one_paper_is_anlage_two(dossier: Dossier) -> None:
    def numbers(found: Dossier) -> dict[DocumentKind, str]:
        kinds = (DocumentKind.RESULTS, DocumentKind.PROGRESS)
        return {kind: make_document(kind, found, DAY).attachment for kind in kinds}

    assert numbers(dossier) == {DocumentKind.RESULTS: "Anlage 2", DocumentKind.PROGRESS: ""}
    assert dossier.plan is not None
    paper = dossier.plan.paper.model_copy(update={"operative": Operative.CONTINUATION})
    continued = replace(dossier, plan=change_plan(dossier.plan, paper=paper))
    assert numbers(continued) == {DocumentKind.RESULTS: "", DocumentKind.PROGRESS: "Anlage 2"}


def test_what_slips_in_refuses_the_document(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A builder that forgets to clean: the check before writing must stop it."""
    survey = dossier.assessment.survey
    item = next(
        item
        for item in survey.questionnaire.items
        if item.sensitive
        and item.answer_options
        and survey.answers.at[dossier.key, item.id] in {o.code for o in item.answer_options}
    )
    code = survey.answers.at[dossier.key, item.id]
    answer = next(option.label for option in item.answer_options if option.code == code)
    honest = make_document(DocumentKind.METHOD, dossier, DAY)

    def leaking(text: str):
        def build(given: Dossier, created: date) -> Document:
            return replace(honest, blocks=(*honest.blocks, Paragraph(text)), variant=given.variant)

        return lambda kind: build

    monkeypatch.setattr(documents, "_builder", leaking(f"{item.id} {item.text}: {answer}"))
    with pytest.raises(InputRefused) as refused:
        make_document(DocumentKind.METHOD, dossier, DAY)
    assert refused.value.code == "VARIANT_ANSWER"
    assert make_document(DocumentKind.METHOD, replace(dossier, variant=Variant.CLOSED), DAY)

    anonymous = replace(dossier, variant=Variant.ANONYMOUS)
    monkeypatch.setattr(documents, "_builder", leaking("Ein Satz ohne Namen."))
    with pytest.raises(InputRefused) as refused:
        # The head still bears the name: it was made for the public.
        make_document(DocumentKind.METHOD, anonymous, DAY)
    assert refused.value.code == "VARIANT_NAME"


def test_anonymous_papers_hold_neither_name_nor_key(dossier: Dossier) -> None:
    found = replace(dossier, variant=Variant.ANONYMOUS)
    assert dossier.plan is not None
    own = change_measure(
        dossier.plan, dossier.plan.measures[0].id, note="Wunsch aus Pfriemelkamp und Umgebung."
    )
    found = replace(found, plan=own)
    text = " ".join(texts_in(make_document(DocumentKind.MEASURES, found, DAY)))
    assert "Pfriemelkamp" not in text
    assert dossier.key not in text
    assert "und Umgebung." in text
