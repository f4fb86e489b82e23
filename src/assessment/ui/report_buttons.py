"""Buttons that build a file at the click and say why where there is none."""

from collections.abc import Callable
from datetime import date
from typing import Literal

import streamlit as st

from assessment.delivery.documents import Form, document_file, missing_for
from assessment.delivery.file_names import file_name
from assessment.measures.paper_types import PaperSettings
from assessment.profiles.council.paper_basis import attachments
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind
from assessment.ui.branding_form import branding_of
from assessment.ui.refused_files import noting_refusals, show_refusal
from assessment.ui.report_dossier import DossierSource

MIME = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "csv": "text/csv",
    "txt": "text/plain",
}
Weight = Literal["primary", "secondary", "tertiary"]


def document_button(
    label: str,
    kind: DocumentKind,
    source: DossierSource,
    created: date,
    *,
    form: Form = "pdf",
    variant: Variant = Variant.PUBLIC,
    weight: Weight = "secondary",
    place: str = "",
) -> None:
    """One document as one file. ``place``: the row of buttons, with :func:`refused_in` below."""

    # Not at the click: then there is no session to ask.
    branding = branding_of(source.key)

    def content(dossier: Dossier) -> bytes:
        return document_file(kind, dossier, created, branding, form)[1]

    built_button(
        label,
        kind,
        form,
        content,
        source,
        created,
        variant=variant,
        weight=weight,
        place=place,
        attachment=_number(kind, source),
    )


def _number(kind: DocumentKind, source: DossierSource) -> int | None:
    """Its number as an Anlage of the Vorlage; the Anlagen of a Fortschreibung are others."""
    plan = source.make().plan
    settings = plan.paper if plan else PaperSettings()
    # All of them: the variant of a file says whether it may be made, not how it is counted.
    numbers = {each.document: each.number for each in attachments(settings, Variant.CLOSED)}
    return numbers.get(kind.value)


def built_button(
    label: str,
    kind: DocumentKind | str,
    ending: str,
    build: Callable[[Dossier], bytes],
    source: DossierSource,
    created: date,
    *,
    variant: Variant = Variant.PUBLIC,
    weight: Weight = "secondary",
    place: str = "",
    attachment: int | None = None,
) -> None:
    """Any file about one municipality, built from what is known at the click."""
    dossier = source.make(variant)
    name = file_name(kind, dossier.name, dossier.key, created, variant, ending, attachment)
    st.download_button(
        label,
        noting_refusals(
            place,
            label,
            lambda: build(source.make(variant)),
            lambda: _built_from(source, variant),
        ),
        name,
        MIME.get(ending, "application/octet-stream"),
        key=f"file-{place}-{kind}-{ending}",
        on_click="ignore",
        type=weight,
    )


def refused_in(place: str, source: DossierSource, variant: Variant) -> None:
    """Below a row of buttons: why the last click gave no file."""
    show_refusal(place, _built_from(source, variant))


def _built_from(source: DossierSource, variant: Variant) -> object:
    """What decides whether a file may leave the house."""
    return source.key, variant, source.make(variant).plan


def package_button(
    label: str,
    source: DossierSource,
    created: date,
    *,
    variant: Variant = Variant.PUBLIC,
    weight: Weight = "secondary",
    place: str = "",
) -> None:
    """Everything about one municipality in one ZIP."""
    branding = branding_of(source.key)

    def content(dossier: Dossier) -> bytes:
        # Imported at the click: it knows the writers of all forms.
        from assessment.delivery.package import package

        return package(dossier, created, branding)[1]

    built_button(
        label,
        sentence("package.subject"),
        "zip",
        content,
        source,
        created,
        variant=variant,
        weight=weight,
        place=place,
    )


def slides_button(
    label: str, source: DossierSource, created: date, *, variant: Variant, place: str
) -> None:
    """Five slides for the session."""
    branding = branding_of(source.key)

    def content(dossier: Dossier) -> bytes:
        from assessment.profiles.council.paper import council_paper
        from assessment.reports.office.slides import slides_bytes

        return slides_bytes(council_paper(dossier, created), dossier, branding, created)

    built_button(label, "Folien", "pptx", content, source, created, variant=variant, place=place)


def reason_against(kind: DocumentKind, source: DossierSource, variant: Variant) -> str:
    """Why there is no such document now; ``""`` if there is one."""
    return missing_for(kind, source.make(variant))
