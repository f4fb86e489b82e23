"""The text of the Vorlage for the council's information system: plain, section by section."""

from datetime import date

import streamlit as st

from assessment.profiles.council.paper_parts import CouncilPaper
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.reports.documents.council_paper import paper_document
from assessment.reports.office.plain_text import section_texts
from assessment.ui.markdown import esc_md


def show_ris_text(paper: CouncilPaper, dossier: Dossier, created: date) -> None:
    """One field a section, each with its own copy button; nothing but letters and line ends."""
    st.markdown(sentence("page_paper.ris"))
    for heading, text in section_texts(paper_document(paper, dossier, created)):
        st.markdown(f"**{esc_md(heading)}**")
        st.code(text, language=None, wrap_lines=True)
