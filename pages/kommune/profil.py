"""One municipality: type, level profile, three strengths, three gaps, three next steps."""

import streamlit as st

from assessment.ui.chooser import PARAMETER
from assessment.ui.municipality_page import open_municipality
from assessment.ui.next_steps_view import show_next_steps, steps_now
from assessment.ui.page_links import municipality_links
from assessment.ui.profile_more import show_more, targets_now
from assessment.ui.profile_view import show_foot, show_head, show_levels, show_named, show_type
from assessment.ui.theme import theme_name

taken, key = open_municipality("Profil")
theme = theme_name()

profile = taken.profile(key)
show_head(profile)
show_type(profile, theme)
with st.container(key="stack-profile"):
    left, right = st.columns([2, 1], gap="large")
    with left, st.container(key="tight-levels"):
        show_levels(profile, theme)
    if profile.fields:
        with right, st.container(key="tight-named"):
            show_named(profile)
            show_next_steps(*steps_now(taken, key, profile))
            municipality_links(
                key,
                ("kommune/luecken.py", "Alle Lücken"),
                ("kommune/massnahmen.py", "Maßnahmen"),
                ("kommune/roadmap.py", "Roadmap"),
                ("kommune/vorlage.py", "Als Vorlage"),
            )
show_foot(profile)
show_more(profile, targets_now(taken, key, profile), theme)
with st.container(horizontal=True):
    st.page_link("pages/hilfe/methodik.py", label="Wie wird das ermittelt?")
    st.page_link("pages/auswertung/typen.py", label="Die vier Typen", query_params={PARAMETER: key})
