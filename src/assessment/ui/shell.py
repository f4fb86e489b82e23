"""What stands around every page: style sheet, choice of the wave and German words."""

import streamlit as st

from assessment.figures.wordmark import wordmark
from assessment.ui.german_shell import DELIVERY, shell_script
from assessment.ui.navigation import PAGE_ICON
from assessment.ui.subject import about_nobody
from assessment.ui.theme import apply_style, theme_name
from assessment.ui.wave_choice import wave_choice


def show_shell(page: str) -> None:
    """Style sheet, choice of the wave; under plain ``streamlit run`` the German script.

    ``page``: address of the open page.
    """
    apply_style()
    about_nobody()
    st.logo(wordmark(theme_name()), size="large", icon_image=PAGE_ICON)
    wave_choice(page)
    if not DELIVERY.as_file:
        # Fixed words only; under our own server the page carries the script as a file instead.
        st.html(f"<script>{shell_script()}</script>", unsafe_allow_javascript=True)
