"""The strategy of one municipality: where to, what applies in each field, how far its parts are."""

import streamlit as st

from assessment.profiles.strategy_profile import strategy_profile
from assessment.ui.plan_files import show_state
from assessment.ui.plan_page import open_page
from assessment.ui.strategy_view import (
    show_answer,
    show_blocks,
    show_fields,
    show_participation,
    show_targets,
    show_vision,
)

page = open_page("Strategie")
profile = strategy_profile(page.plan, page.catalogue, page.name, outside=page.given.outside)
show_answer(profile)
show_state(page, "strategy")

names = ["Leitbild", "Handlungsfelder", "Bausteine", "Beteiligung", "Zielstufen"]
tabs = st.tabs(names, key="strategy-tabs", on_change="rerun")
for tab, name in zip(tabs, names, strict=True):
    if not tab.open:
        continue
    with tab:
        if name == "Leitbild":
            show_vision(profile, page)
        elif name == "Handlungsfelder":
            show_fields(profile, page)
        elif name == "Bausteine":
            show_blocks(profile, page)
        elif name == "Beteiligung":
            show_participation(profile, page)
        else:
            show_targets(page)
