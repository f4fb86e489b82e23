"""The catalogue behind the recommendations: what it is, its file, and an own one instead."""

import streamlit as st

from assessment.measures.catalogue import catalogue_csv, read_catalogue
from assessment.measures.model import Catalogue
from assessment.profiles.measure_profile import MeasureProfile
from assessment.remarks import InputRefused
from assessment.ui.catalogue_state import is_own, use_catalogue
from assessment.ui.components import export_name, refusal
from assessment.ui.markdown import esc_md

_LARGEST_MB = 5


def show_catalogue(catalogue: Catalogue, profile: MeasureProfile) -> None:
    """Name, version, legal note; download; load an own one."""
    own = "Eigener Katalog dieser Sitzung" if is_own() else "Mitgelieferter Katalog"
    st.markdown(
        esc_md(
            f"{own}: {catalogue.title}, Fassung {catalogue.version}, "
            f"{len(catalogue.measures)} Maßnahmen. {catalogue.source}"
        )
    )
    if profile.legal_note:
        st.caption(esc_md(profile.legal_note))
    with st.container(horizontal=True):
        st.download_button(
            "Katalog als Tabelle (CSV für Excel)",
            lambda: catalogue_csv(catalogue),
            export_name("massnahmenkatalog", "csv"),
            mime="text/csv",
            on_click="ignore",
        )
        if is_own() and st.button("Zurück zum mitgelieferten Katalog"):
            use_catalogue(None)
            st.rerun()
    given = st.file_uploader(
        "Eigenen Katalog laden (YAML, CSV oder XLSX)",
        type=["yaml", "yml", "csv", "xlsx"],
        max_upload_size=_LARGEST_MB,
        key="own-catalogue-file",
        help="Am einfachsten: den Katalog als Tabelle speichern, ändern und hier laden.",
    )
    if given is None:
        return
    try:
        read = read_catalogue(given.getvalue(), given.name)
    except InputRefused as error:
        refusal(error)
        return
    if read == catalogue:
        st.markdown("Dieser Katalog wird gerade benutzt.")
        return
    st.markdown(
        esc_md(f"Gelesen: {read.title}, Fassung {read.version}, {len(read.measures)} Maßnahmen.")
    )
    if st.button("Diesen Katalog benutzen", type="primary"):
        use_catalogue(read)
        st.rerun()
