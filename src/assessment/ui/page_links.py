"""Links between pages that keep the wave, and the municipality where there is one."""

import streamlit as st

from assessment.ui.chooser import PARAMETER
from assessment.ui.navigation import MENU
from assessment.ui.wave_choice import wave_query


def municipality_links(key: str, *links: tuple[str, str]) -> None:
    """Links in one row; a page that isn't in the menu gets none.

    ``links``: script below ``pages/`` and label; all keep the municipality.
    """
    known = {entry.script for entries in MENU.values() for entry in entries}
    shown = [link for link in links if link[0] in known]
    if not shown:
        return
    with st.container(horizontal=True, key=f"links-{shown[0][0].rpartition('/')[2][:-3]}"):
        for script, label in shown:
            page_link(script, label, **{PARAMETER: key})


def page_link(script: str, label: str, **query: str) -> None:
    """A link to a page (``script`` below ``pages/``) with the shown wave in its address."""
    st.page_link(f"pages/{script}", label=label, query_params={**wave_query(), **query})
