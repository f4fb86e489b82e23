"""The start page: who took part, which types, how far they are, how complete the data are."""

import streamlit as st

from assessment.ui.components import page_head
from assessment.ui.filter_bar import active_filter, filter_bar, top_line
from assessment.ui.markdown import esc_md
from assessment.ui.overview_places import (
    show_choice,
    show_map,
    show_participation,
    show_scope,
    show_type_tables,
)
from assessment.ui.overview_view import (
    show_levels,
    show_participants,
    show_quality,
    show_sentences,
    show_types,
)
from assessment.ui.page_links import page_link
from assessment.ui.state import current
from assessment.ui.theme import theme_name

taken = current()
theme = theme_name()
overview = taken.overview
shown = active_filter(taken)
page_head("Übersicht", top_line(taken, shown), simulated=taken.survey.simulated)
filter_bar(taken, shown)
show_scope(taken, shown)
show_choice(taken, shown, theme)
show_sentences(overview)
with st.container(key="stack-overview"):
    left, right = st.columns(2, gap="large")
    with left:
        show_types(taken, theme)
    with right:
        show_participants(taken, theme)
with st.container(key="stack-places"):
    left, right = st.columns(2, gap="large")
    with left:
        show_map(taken, theme)
    with right:
        show_participation(taken, theme)
show_levels(taken, theme)
show_type_tables(taken, theme)
show_quality(overview, taken.survey.ledger)
with st.container(horizontal=True):
    page_link("kommune/profil.py", "Eine Kommune ansehen")
    page_link("auswertung/typen.py", "Die Typen im Einzelnen")
    page_link("daten/qualitaet.py", "Datenqualität")
st.caption(esc_md(" · ".join(overview.provenance)))
