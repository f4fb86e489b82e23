"""Entry point: page configuration, navigation (first!), shell, page.

``st.navigation`` comes before anything else, and no page lies directly under ``pages/``: otherwise
Streamlit would open page files past this script (and past any sign-in that is added here).
"""

import streamlit as st

from assessment.ui.navigation import PAGE_ICON, build_navigation
from assessment.ui.shell import show_shell

st.set_page_config(
    page_title="Digitaler Reifegrad der Kommunen",
    page_icon=PAGE_ICON,
    layout="wide",
    initial_sidebar_state=240,
    menu_items={"Get help": None, "Report a bug": None, "About": None},
)
page = build_navigation()
show_shell(page.url_path)
page.run()
