"""The import page before a file is chosen: which survey is in use, what happens to a file."""

import streamlit as st

from assessment.content import data_path
from assessment.pipeline import SAMPLE_FILE
from assessment.ui.components import export_name
from assessment.ui.import_desk import desk
from assessment.ui.markdown import esc_md
from assessment.ui.state import choose, current, own_surveys
from assessment.ui.wave_line import wave_line


def show_start() -> None:
    """Invite to choose a file, and let the person go back to a survey taken over before."""
    work = desk()
    if work.opened is not None and not work.taken_over:
        with st.container(border=True):
            st.markdown(
                f"„{esc_md(work.opened.name)}“ ist geöffnet, aber noch nicht übernommen; Ihre "
                "Entscheidungen sind noch da."
            )
            if st.button("Daran weiterarbeiten"):
                work.resumed = True
                st.rerun()
    with st.container(key="stack-start"):
        left, right = st.columns(2, gap="large")
    with left:
        _surveys()
    with right:
        st.header("Was geschieht mit der Datei?", anchor=False)
        st.markdown(
            "- Sie wird in einem abgeschotteten Vorgang gelesen und geprüft.\n"
            "- Vor dem Übernehmen zeigt diese Seite, was erkannt wurde und warum.\n"
            "- Sie bleibt in dieser Sitzung; niemand sonst sieht sie.\n"
            "- Kontaktdaten bleiben beiseite, wenn Sie nichts anderes wählen."
        )
        st.download_button(
            "Beispieldatei zum Ausprobieren",
            lambda: data_path("sample", SAMPLE_FILE).read_bytes(),
            export_name("beispieldaten", "xlsx"),
            on_click="ignore",
        )


def _surveys() -> None:
    st.header("Womit arbeiten die Seiten gerade?", anchor=False)
    mine = own_surveys()
    places = [None, *range(len(mine))]
    chosen = next((place for place in places[1:] if mine[place] is current()), None)
    picked = st.radio(
        "Erhebung",
        places,
        index=places.index(chosen),
        format_func=lambda place: (
            "Beispieldaten (simuliert)" if place is None else wave_line(mine[place].survey)
        ),
        label_visibility="collapsed",
    )
    if picked != chosen:
        choose(picked)
        st.rerun()
    if not mine:
        st.markdown(
            "Noch keine Erhebung eingelesen. Datei hierher ziehen oder mit den Beispieldaten "
            "beginnen."
        )
