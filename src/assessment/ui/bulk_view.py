"""The page of all municipalities: one job for all papers, and the files about all together."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from assessment.comparison.waves import PreparedWaves
from assessment.delivery.documents import kind_name
from assessment.delivery.file_names import file_name
from assessment.german import format_number
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind
from assessment.ui.branding_form import EVERYBODY, branding_of, show_colours
from assessment.ui.bulk_desk import BulkDesk, BulkOrder, desk
from assessment.ui.components import bullet_list
from assessment.ui.lab_progress import told
from assessment.ui.markdown import esc_md
from assessment.ui.report_buttons import MIME

KINDS = (
    DocumentKind.PROFILE,
    DocumentKind.SUMMARY,
    DocumentKind.RESULTS,
    DocumentKind.MEASURES,
)
"""What can be made for every municipality from the survey alone."""
_EVERY = 0.5
"""Seconds between two looks at the job."""
_MOST_FAILURES = 5
_STEM = "Alle-Kommunen"


def show_job(
    assessment: Assessment,
    waves: PreparedWaves | None,
    created: date,
    mark: str,
    plans: Mapping[str, MunicipalityPlan],
) -> None:
    """Begin, watch, cancel, download; ``mark``: survey and catalogue of now."""
    st.header("Eine Unterlage für jede Kommune", anchor=False)
    st.markdown(sentence("page_bulk.job"))
    mine = desk()
    mine.look()
    if mine.job is not None:
        _watch()
        return
    kind = st.selectbox("Unterlage", KINDS, format_func=kind_name, key="bulk-kind", width=420)
    look = st.expander(
        "Aussehen der Unterlagen", type="compact", key="bulk-look", on_change="rerun"
    )
    if look.open:
        with look:
            show_colours(EVERYBODY)
    label = sentence("page_bulk.begin", n=format_number(len(assessment.survey.keys)))
    if st.button(label, type="secondary" if mine.file else "primary", key="bulk-begin"):
        colours = branding_of(EVERYBODY)
        mine.begin(BulkOrder(assessment, waves, kind, created, colours, mark, plans))
        st.rerun()
    if mine.message:
        st.warning(esc_md(mine.message))
    if mine.file is not None:
        _show_file(mine, created, mark)


@st.fragment(run_every=_EVERY)
def _watch() -> None:
    job = desk().job
    if job is None or not job.running:
        st.rerun()
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key="bulk-progress"
    ):
        st.progress(job.share, text=esc_md(told(job)), width="stretch")
        st.button("Abbrechen", on_click=job.stop, disabled=job.stopping, key="bulk-stop")


def _show_file(mine: BulkDesk, created: date, mark: str) -> None:
    file = mine.file
    if file is None:
        return
    if file.order.mark != mark:
        st.markdown(f"▲ {sentence('page_bulk.old')}")
    seconds = max(round(mine.seconds), 1)
    st.markdown(
        esc_md(
            sentence(
                "page_bulk.done",
                said=file.result.sentence,
                size=format_number(file.size / 1_000_000, 1),
                seconds="1 Sekunde" if seconds == 1 else f"{seconds} Sekunden",
            )
        )
    )
    if file.result.failed:
        bullet_list([one.text for one in file.result.failed[:_MOST_FAILURES]])
    order = file.order
    st.download_button(
        f"Herunterladen (ZIP, {format_number(file.result.count)} Dateien)",
        # Not a method of the file: the button would keep it alive when its session is over.
        file.path.read_bytes,
        file_name(_STEM, kind_name(order.kind), "", order.created, Variant.PUBLIC, "zip"),
        MIME["zip"],
        key="bulk-file",
        on_click="ignore",
        type="primary",
    )
    st.caption(sentence("page_bulk.temporary"))


def show_collection(assessment: Assessment, created: date) -> None:
    """The report about all municipalities together."""

    # Not at the click: then there is no session to ask.
    branding = branding_of(EVERYBODY)

    def content() -> bytes:
        # Imported at the click: nobody else needs it.
        from assessment.delivery.documents import document_bytes
        from assessment.reports.documents.collection import collection_document

        return document_bytes(collection_document(assessment, created), branding, "pdf")

    st.header(kind_name(DocumentKind.COLLECTION), anchor=False)
    st.markdown(sentence("page_bulk.collection"))
    st.download_button(
        "Sammelbericht (PDF)",
        content,
        file_name(DocumentKind.COLLECTION, "", "", created, Variant.PUBLIC, "pdf"),
        MIME["pdf"],
        key="bulk-collection",
        on_click="ignore",
    )
