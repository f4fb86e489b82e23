"""Numbers to work with: results as a workbook and as CSV files, the filled-in questionnaire."""

from collections.abc import Callable, Iterator
from datetime import date

import streamlit as st

from assessment.delivery.archive import archive_bytes
from assessment.delivery.file_names import file_name, safe_part
from assessment.profiles.dossier import Dossier
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.variants import Variant
from assessment.reports.table_files import CsvForm
from assessment.ui.report_buttons import MIME, built_button, refused_in
from assessment.ui.report_dossier import DossierSource

_FORMS = (
    (CsvForm.GERMAN, "CSV-Excel", "CSV für Excel (ZIP)"),
    (CsvForm.MACHINE, "CSV-maschinenlesbar", "CSV maschinenlesbar (ZIP)"),
)
_PLACE = "report-tables"
_RESULTS = "Ergebnisse"
"""What the files are about; part of their names."""


def show_tables(source: DossierSource, variant: Variant, created: date) -> None:
    """Files of one municipality; all answers only where nothing is kept back."""
    st.header("Zahlen", anchor=False)
    st.markdown(sentence("page_reports.tables"))
    with st.container(horizontal=True):
        built_button(
            "Ergebnisse (Excel)",
            _RESULTS,
            "xlsx",
            lambda dossier: _workbook(dossier, created),
            source,
            created,
            variant=variant,
            place=_PLACE,
        )
        for form, stem, label in _FORMS:
            built_button(
                label,
                f"{_RESULTS} {stem}",
                "zip",
                _packed(form, created),
                source,
                created,
                variant=variant,
                place=_PLACE,
            )
        if variant is Variant.CLOSED:
            built_button(
                "Ausgefüllter Fragebogen (Excel)",
                "Fragebogen",
                "xlsx",
                _answers,
                source,
                created,
                variant=variant,
                place=_PLACE,
            )
    refused_in(_PLACE, source, variant)
    name = "answers_here" if variant is Variant.CLOSED else "answers_closed"
    st.caption(sentence(f"page_reports.{name}"))


def _packed(form: CsvForm, created: date) -> Callable[[Dossier], bytes]:
    return lambda dossier: csv_archive(dossier, created, form)


def _packed_all(assessment: Assessment, form: CsvForm, created: date) -> Callable[[], bytes]:
    return lambda: csv_archive(assessment, created, form)


def _workbook(subject: Dossier | Assessment, created: date) -> bytes:
    # Imported at the click: the tools for workbooks take their time.
    from assessment.reports.results_workbook import results_workbook

    return results_workbook(subject, created)


def _answers(dossier: Dossier) -> bytes:
    from assessment.reports.answers_workbook import answers_workbook

    return answers_workbook(dossier.assessment.survey, dossier.key)


def csv_archive(subject: Dossier | Assessment, created: date, form: CsvForm) -> bytes:
    """All tables of the results, one CSV file each."""
    from assessment.reports.results_workbook import results_csv

    def files() -> Iterator[tuple[str, bytes]]:
        for name, data in results_csv(subject, created, form):
            yield f"{safe_part(name)}.csv", data

    return archive_bytes(files())


def show_all_tables(assessment: Assessment, created: date) -> None:
    """The same of all municipalities, for analysts."""
    st.header("Zahlen aller Kommunen", anchor=False)
    st.markdown(sentence("page_bulk.tables"))
    # Made for analysts: with everything, so never under a public name.
    closed = Variant.CLOSED
    with st.container(horizontal=True):
        st.download_button(
            "Ergebnisse aller Kommunen (Excel)",
            lambda: _workbook(assessment, created),
            file_name(_RESULTS, "", "", created, closed, "xlsx"),
            MIME["xlsx"],
            key="bulk-results",
            on_click="ignore",
        )
        for form, stem, label in _FORMS:
            st.download_button(
                label,
                _packed_all(assessment, form, created),
                file_name(f"{_RESULTS} {stem}", "", "", created, closed, "zip"),
                MIME["zip"],
                key=f"bulk-{stem}",
                on_click="ignore",
            )
