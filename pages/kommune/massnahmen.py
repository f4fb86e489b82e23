"""What to do: first the answer, then all recommendations with their chain, and what they change."""

import streamlit as st

from assessment.ui.catalogue_view import show_catalogue
from assessment.ui.markdown import esc_md
from assessment.ui.measure_view import show_all, show_first, show_links
from assessment.ui.plan_page import measures_of, open_page
from assessment.ui.theme import theme_name
from assessment.ui.what_if_view import show_what_if

page = open_page("Maßnahmen")
theme = theme_name()
profile = measures_of(page)
show_first(profile, page)
if profile.rated:
    show_links(profile, page)
    names = ["Alle Vorschläge", "Was wäre, wenn?", "Katalog"]
else:
    # Without levels there is nothing to propose and nothing to change.
    names = ["Katalog"]
tabs = st.tabs(names, key="measure-tabs", on_change="rerun")
for tab, name in zip(tabs, names, strict=True):
    if not tab.open:
        continue
    with tab:
        if name == "Katalog":
            show_catalogue(page.catalogue, profile)
        elif name == "Was wäre, wenn?":
            show_what_if(profile, page, theme)
        else:
            show_all(profile, page)
st.caption(esc_md(" · ".join((profile.catalogue, *profile.provenance))))
