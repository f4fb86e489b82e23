"""The start page: who took part, which types, how far they are, how complete the data are."""

import streamlit as st

from assessment.ui.components import page_head
from assessment.ui.markdown import esc_md
from assessment.ui.overview_view import (
    show_levels,
    show_participants,
    show_quality,
    show_sentences,
    show_types,
)
from assessment.ui.state import current
from assessment.ui.theme import theme_name
from assessment.ui.wave_line import wave_line

taken = current()
theme = theme_name()
overview = taken.overview
page_head("Übersicht", wave_line(taken.survey), simulated=taken.survey.simulated)
show_sentences(overview)
with st.container(key="stack-overview"):
    left, right = st.columns(2, gap="large")
    with left:
        show_types(overview, theme)
    with right:
        show_participants(overview, theme)
show_levels(overview, theme)
show_quality(overview, taken.survey.ledger)
with st.container(horizontal=True):
    st.page_link("pages/kommune/profil.py", label="Eine Kommune ansehen")
    st.page_link("pages/auswertung/typen.py", label="Die Typen im Einzelnen")
    st.page_link("pages/daten/qualitaet.py", label="Datenqualität")
st.caption(esc_md(" · ".join(overview.provenance)))
