"""Links between the pages of a municipality; a page that isn't in the menu gets none."""

import streamlit as st

from assessment.ui.chooser import PARAMETER
from assessment.ui.navigation import MENU


def municipality_links(key: str, *links: tuple[str, str]) -> None:
    """Links in one row. ``links``: script below ``pages/`` and label; all keep the municipality."""
    known = {entry.script for entries in MENU.values() for entry in entries}
    shown = [link for link in links if link[0] in known]
    if not shown:
        return
    with st.container(horizontal=True, key=f"links-{shown[0][0].rpartition('/')[2][:-3]}"):
        for script, label in shown:
            st.page_link(f"pages/{script}", label=label, query_params={PARAMETER: key})
