"""What leaves the house for a Vorlage: the text, its Anlagen, slides, and all of it at once."""

from datetime import date

import streamlit as st

from assessment.measures.paper_types import PaperSettings, PaperStatus
from assessment.profiles.council.paper_parts import Attachment, CouncilPaper
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind
from assessment.ui.markdown import esc_md
from assessment.ui.report_buttons import (
    document_button,
    package_button,
    reason_against,
    refused_in,
    slides_button,
)
from assessment.ui.report_dossier import DossierSource

_SINGLE = "paper-single"
"""Row of the Anlagen one by one."""


def paper_variant(settings: PaperSettings) -> Variant:
    """A paper for a closed session may say more; one that is public in part may not."""
    return Variant.CLOSED if settings.status is PaperStatus.CLOSED else Variant.PUBLIC


def show_downloads(
    source: DossierSource, created: date, paper: CouncilPaper, settings: PaperSettings
) -> None:
    """The files one needs most, then every Anlage on its own."""
    variant = paper_variant(settings)
    with st.container(horizontal=True, vertical_alignment="center", key="paper-files"):
        document_button(
            "Vorlage (Word)",
            DocumentKind.PAPER,
            source,
            created,
            form="docx",
            variant=variant,
            weight="primary",
            place="paper",
        )
        document_button(
            "Vorlage (PDF)", DocumentKind.PAPER, source, created, variant=variant, place="paper"
        )
        slides_button("Fünf Folien", source, created, variant=variant, place="paper")
        package_button("Alles als ZIP", source, created, variant=variant, place="paper")
    refused_in("paper", source, variant)
    panel = st.expander("Anlagen einzeln", type="compact", key="paper-single", on_change="rerun")
    if panel.open:
        with panel:
            _show_attachments(source, created, paper, variant)


def _show_attachments(
    source: DossierSource, created: date, paper: CouncilPaper, variant: Variant
) -> None:
    reasons = []
    with st.container(horizontal=True):
        for each in paper.attachments:
            kind = DocumentKind(each.document)
            reason = reason_against(kind, source, variant)
            if reason:
                reasons.append(f"{each.label}: {reason}")
            else:
                _attachment(each, kind, source, created, variant)
    refused_in(_SINGLE, source, variant)
    for reason in reasons:
        st.caption(esc_md(reason))
    if variant is not Variant.CLOSED:
        _closed(source, created)


def _attachment(
    each: Attachment, kind: DocumentKind, source: DossierSource, created: date, variant: Variant
) -> None:
    document_button(
        f"{each.label} {each.title} (PDF)", kind, source, created, variant=variant, place=_SINGLE
    )


def _closed(source: DossierSource, created: date) -> None:
    """The non-public Anlage beside a public paper, only for those who ask for it."""
    kind = DocumentKind.SECURITY
    if reason_against(kind, source, Variant.CLOSED):
        return
    wanted = st.checkbox(
        "Auch die nichtöffentliche Anlage 5 (Informationssicherheit)", key="paper-closed"
    )
    if wanted:
        st.caption(sentence("page_paper.closed"))
        document_button(
            "Anlage 5 Informationssicherheit (PDF, nichtöffentlich)",
            kind,
            source,
            created,
            variant=Variant.CLOSED,
            place="paper-closed",
        )
        refused_in("paper-closed", source, Variant.CLOSED)
