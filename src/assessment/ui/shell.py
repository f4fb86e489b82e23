"""What stands around every page: style sheet and German words."""

import os

import streamlit as st

from assessment.ui.german_shell import shell_script
from assessment.ui.theme import apply_style


def show_shell() -> None:
    """Style sheet, and under plain ``streamlit run`` the script that makes the interface German."""
    apply_style()
    if not os.environ.get("ASSESSMENT_SERVED"):
        # Fixed words only; under our own server the page carries the script as a file instead.
        st.html(f"<script>{shell_script()}</script>", unsafe_allow_javascript=True)
