"""The whole Vorlage as it will read, in the order that is chosen."""

import streamlit as st

from assessment.profiles.council.paper_parts import CouncilPaper, PaperTable
from assessment.profiles.texts import sentence
from assessment.ui.components import plain_table
from assessment.ui.markdown import esc_md
from assessment.ui.paper_tables import show_paper_table
from assessment.ui.paper_texts import show_section


def show_preview(paper: CouncilPaper) -> None:
    """Head, Beratungsfolge, sections, Anlagen."""
    with st.container(border=True, key="paper-preview"):
        for mark in paper.marks:
            st.markdown(f"**{esc_md(mark)}**")
        st.header(esc_md(paper.subject), anchor=False)
        if paper.facts:
            plain_table(
                ("Angabe", "Inhalt"),
                [list(row) for row in paper.facts],
                alt="Kopf der Vorlage",
                header=False,
            )
        if paper.consultations:
            columns = ("Gremium", "Datum", "Rolle", "Ergebnis")
            rows = tuple(
                (f"{row.number}. {row.body}", row.day, row.role, row.outcome or "–")
                for row in paper.consultations
            )
            show_paper_table(PaperTable("Beratungsfolge", columns, rows))
        for section in paper.sections:
            st.subheader(esc_md(section.heading), anchor=False)
            show_section(section)
    st.caption(sentence("page_paper.preview"))
