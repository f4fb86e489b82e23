"""What to do: first the answer, then all recommendations with their chain, and what they change."""

import streamlit as st

from assessment.ui.catalogue_view import show_catalogue
from assessment.ui.markdown import esc_md
from assessment.ui.measure_view import show_all, show_first
from assessment.ui.plan_page import measures_of, open_page
from assessment.ui.theme import theme_name
from assessment.ui.what_if_view import show_what_if

page = open_page("Maßnahmen")
theme = theme_name()
profile = measures_of(page)
show_first(profile, page)
with st.container(horizontal=True):
    st.page_link("pages/kommune/roadmap.py", label=page.roadmap_label)

tabs = st.tabs(
    ["Alle Vorschläge", "Was wäre, wenn?", "Katalog"], key="measure-tabs", on_change="rerun"
)
if tabs[0].open:
    with tabs[0]:
        show_all(profile, page)
if tabs[1].open:
    with tabs[1]:
        show_what_if(profile, page, theme)
if tabs[2].open:
    with tabs[2]:
        show_catalogue(page.catalogue, profile)
st.caption(esc_md(" · ".join((profile.catalogue, *profile.provenance))))
