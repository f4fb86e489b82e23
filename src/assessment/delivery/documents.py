"""Documents of one municipality by kind: which there are, what they hold, the finished file.

Every document passes the check of its variant before a byte is written (:func:`make_document`):
what may not stand in it refuses the file instead of leaving the house.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from assessment.delivery.file_names import file_name
from assessment.measures.paper_types import Operative
from assessment.measures.plan_types import Status
from assessment.profiles.council.sensitive import sensitive_items
from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import check_variant, texts_in
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.remarks import InputRefused
from assessment.reports.branding import Branding
from assessment.reports.document import Document, DocumentKind

Form = Literal["pdf", "docx", "txt"]
FORMS: tuple[Form, ...] = get_args(Form)
Builder = Callable[[Dossier, date], Document]

KINDS = (
    DocumentKind.PAPER,
    DocumentKind.SUMMARY,
    DocumentKind.RESULTS,
    DocumentKind.MEASURES,
    DocumentKind.METHOD,
    DocumentKind.SECURITY,
    DocumentKind.PROGRESS,
    DocumentKind.PROFILE,
)
"""Documents about one municipality, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of document and whether this dossier has what it needs."""

    kind: DocumentKind
    name: str
    """„Maßnahmen und Roadmap“."""
    reason: str
    """Why there is none, as a German sentence; ``""`` where there is one."""

    @property
    def available(self) -> bool:
        return not self.reason


def kind_name(kind: DocumentKind) -> str:
    """„Maßnahmen und Roadmap“."""
    return sentence(f"document_kind.{kind.value}")


def offers(dossier: Dossier) -> tuple[Offer, ...]:
    """All kinds about one municipality with the reason where this dossier has none."""
    return tuple(Offer(kind, kind_name(kind), missing_for(kind, dossier)) for kind in KINDS)


def missing_for(kind: DocumentKind, dossier: Dossier) -> str:
    """Why ``kind`` can't be made from this dossier; ``""`` if it can."""
    plan, variant = dossier.plan, dossier.variant
    if kind not in KINDS:
        return sentence("delivery.not_of_one", kind=kind_name(kind))
    if kind is DocumentKind.SECURITY and variant is not Variant.CLOSED:
        return sentence("delivery.security_closed")
    if kind is DocumentKind.SECURITY and not sensitive_items(
        dossier.assessment.survey.questionnaire
    ):
        return sentence("security_paper.none")
    if kind is DocumentKind.PAPER and variant is Variant.ANONYMOUS:
        return sentence("delivery.paper_named")
    if kind is DocumentKind.PROGRESS and dossier.waves is None and not _under_way(dossier):
        return sentence("delivery.progress_nothing")
    if kind is DocumentKind.MEASURES:
        planned = plan is not None and bool(plan.measures)
        if not planned and not dossier.basis.advice.recommendations:
            return sentence("delivery.measures_nothing")
    return ""


def make_document(kind: DocumentKind, dossier: Dossier, created: date) -> Document:
    """The document, checked for its variant. ``created``: the day printed on it.

    Raises ``InputRefused``: ``DOCUMENT_UNAVAILABLE`` where the dossier lacks what the kind needs
    (:func:`missing_for`), and what the check of the variant raises.
    """
    reason = missing_for(kind, dossier)
    if reason:
        raise InputRefused("DOCUMENT_UNAVAILABLE", reason)
    document = _numbered(_builder(kind)(dossier, created), dossier)
    check_variant(texts_in(document), dossier)
    return document


def document_file(
    kind: DocumentKind,
    dossier: Dossier,
    created: date,
    branding: Branding | None = None,
    form: Form = "pdf",
    *,
    with_key: bool = False,
) -> tuple[str, bytes]:
    """File name and content of one document.

    Raises ``InputRefused`` like :func:`make_document`.
    """
    document = make_document(kind, dossier, created)
    name = document_name(document, dossier, form, with_key=with_key)
    check_variant((name,), dossier)
    return name, document_bytes(document, branding or Branding(), form)


def document_name(document: Document, dossier: Dossier, form: Form, *, with_key: bool) -> str:
    """Its file name; the number of the Anlage is the document's own."""
    number = re.search(r"\d+", document.attachment)
    return file_name(
        document.kind,
        dossier.name,
        dossier.key,
        document.created,
        document.variant,
        form,
        int(number.group()) if number else None,
        with_key=with_key,
    )


def document_bytes(document: Document, branding: Branding, form: Form) -> bytes:
    """The document as PDF, DOCX or plain text (UTF-8 with BOM, for every editor)."""
    # Imported here: who needs one form doesn't load the tools of the others.
    match form:
        case "pdf":
            from assessment.reports.pdf.writer import pdf_bytes

            return pdf_bytes(document, branding)
        case "docx":
            from assessment.reports.office.docx_writer import docx_bytes

            return docx_bytes(document, branding)
        case "txt":
            from assessment.reports.office.plain_text import plain_text

            return plain_text(document).encode("utf-8-sig")


def _numbered(document: Document, dossier: Dossier) -> Document:
    """Two papers are Anlage 2: of a Fortschreibung the Sachstandsbericht, else the results."""
    continued = dossier.plan is not None and dossier.plan.paper.operative is Operative.CONTINUATION
    other = DocumentKind.RESULTS if continued else DocumentKind.PROGRESS
    return replace(document, attachment="") if document.kind is other else document


def _under_way(dossier: Dossier) -> bool:
    """Whether the plan has a measure of which something can be reported."""
    plan = dossier.plan
    return plan is not None and any(each.status is not Status.PROPOSED for each in plan.measures)


def _builder(kind: DocumentKind) -> Builder:
    """What makes a kind; imported when it is asked for."""
    match kind:
        case DocumentKind.PROFILE:
            from assessment.reports.documents.profile_paper import profile_document as build
        case DocumentKind.RESULTS:
            from assessment.reports.documents.results_paper import results_document as build
        case DocumentKind.SUMMARY:
            from assessment.reports.documents.summary_paper import summary_document as build
        case DocumentKind.MEASURES:
            from assessment.reports.documents.measures_paper import measures_document as build
        case DocumentKind.METHOD:
            from assessment.reports.documents.method_paper import method_document as build
        case DocumentKind.PROGRESS:
            from assessment.reports.documents.progress_paper import progress_document as build
        case DocumentKind.SECURITY:
            from assessment.reports.documents.security_paper import security_document as build
        case DocumentKind.PAPER:
            build = _paper
        case _:
            raise InputRefused(
                "DOCUMENT_UNAVAILABLE", sentence("delivery.not_of_one", kind=kind_name(kind))
            )
    return build


def _paper(dossier: Dossier, created: date) -> Document:
    from assessment.profiles.council.paper import council_paper
    from assessment.reports.documents.council_paper import paper_document

    return paper_document(council_paper(dossier, created), dossier, created)
