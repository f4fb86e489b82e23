"""The roadmap of one municipality: when what happens, what it costs, and all of it editable."""

import streamlit as st

from assessment.measures.roadmap import schedule
from assessment.profiles.roadmap_profile import roadmap_profile
from assessment.ui.page_links import municipality_links
from assessment.ui.plan_files import show_state
from assessment.ui.plan_page import open_page, today
from assessment.ui.roadmap_edit import show_editor
from assessment.ui.roadmap_more import show_begin, show_own_form, show_start
from assessment.ui.roadmap_view import show_answer, show_costs, show_gantt, show_list
from assessment.ui.theme import theme_name

page = open_page("Roadmap")
roadmap = schedule(page.plan, page.catalogue, done=page.given.fulfilled, names=page.given.names)
profile = roadmap_profile(roadmap, page.name)
show_answer(profile)
with st.container(key="screen-only-state"):
    show_state(page, "roadmap")
if profile.entries:
    show_gantt(profile, today(), theme_name())
    show_begin(page)
    show_list(profile)
    show_costs(profile)
with st.container(key="screen-only-edit"):
    if profile.entries:
        show_editor(profile, page)
    else:
        show_start(page)
    municipality_links(
        page.key,
        ("kommune/massnahmen.py", "Maßnahmen aus den Vorschlägen übernehmen"),
        ("kommune/vorlage.py", "Als Vorlage"),
    )
    own = st.expander("Eigene Maßnahme hinzufügen", key="roadmap-own", on_change="rerun")
    if own.open:
        with own:
            show_own_form(page, page.given.names)
