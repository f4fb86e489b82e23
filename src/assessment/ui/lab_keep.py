"""The lab's last block: freeze a typology, use it everywhere, load a frozen one."""

import streamlit as st

from assessment.remarks import InputRefused
from assessment.typology.model import TypologyModel
from assessment.ui.components import export_name, refusal
from assessment.ui.state import use_typology
from assessment.ui.taken import TakenSurvey

_LARGEST_MB = 2


def show_keep(model: TypologyModel, taken: TakenSurvey) -> None:
    """Buttons to freeze and use ``model``, and the way back."""
    st.header("Festhalten und verwenden", anchor=False)
    with st.container(horizontal=True):
        st.download_button(
            "Typologie einfrieren (JSON)",
            lambda: model.to_json().encode(),
            export_name("typologie", "json"),
            mime="application/json",
            on_click="ignore",
            help="Die Datei ordnet neue Kommunen zu, ohne sich zu verändern.",
        )
        if st.button("Für alle Seiten verwenden"):
            use_typology(model)
            st.rerun()
        if taken.frozen and st.button("Zur üblichen Typologie zurück"):
            use_typology(None)
            st.rerun()
    with st.expander("Eingefrorene Typologie laden", type="compact"):
        upload = st.file_uploader("Typologie (JSON)", type="json", max_upload_size=_LARGEST_MB)
        if upload is not None and st.button("Kommunen damit zuordnen"):
            try:
                use_typology(TypologyModel.from_json(upload.getvalue().decode("utf-8", "replace")))
                st.rerun()
            except InputRefused as error:
                refusal(error)
