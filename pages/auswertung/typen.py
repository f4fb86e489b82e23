"""The four types: one Steckbrief each, and what they can learn from one another."""

import streamlit as st

from assessment.ui.components import empty_state, page_head
from assessment.ui.markdown import esc_md
from assessment.ui.page_links import page_link
from assessment.ui.state import current
from assessment.ui.theme import theme_name
from assessment.ui.type_views import show_cards, show_profile, show_team
from assessment.ui.wave_line import wave_line

TEAM = "D-Team"

taken = current()
theme = theme_name()
page_head("Typen", wave_line(taken.survey), simulated=taken.survey.simulated)
types = taken.type_profiles
if not types:
    empty_state(
        taken.assessment.typology_refusal
        or "Für diese Erhebung ist keine Typologie berechnet. Im Typologie-Labor lässt sich eine "
        "aus beliebigen Fragen bilden."
    )
    page_link("auswertung/typologie.py", "Zum Typologie-Labor")
    st.stop()

st.markdown(esc_md(f"{types[0].origin} {types[0].equality}"))
show_cards(types, theme)
tabs = st.tabs([*(kind.name for kind in types), TEAM], key="types", on_change="rerun")
for tab, kind in zip(tabs[:-1], types, strict=True):
    if tab.open:
        with tab:
            show_profile(kind, types, theme)
if tabs[-1].open:
    with tabs[-1]:
        show_team(types, theme)
st.caption(esc_md(types[0].disclaimer))
st.caption(esc_md(" · ".join(types[0].provenance)))
