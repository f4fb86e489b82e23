"""The Vorlage of one municipality: what is still open, everything to fill in, and its files."""

from dataclasses import replace

import streamlit as st

from assessment.profiles.council.paper import council_paper
from assessment.profiles.texts import sentence
from assessment.ui.page_links import municipality_links
from assessment.ui.paper_consultations import show_consultations
from assessment.ui.paper_downloads import paper_variant, show_downloads
from assessment.ui.paper_effects import show_effects
from assessment.ui.paper_fields import PaperFields
from assessment.ui.paper_finance import show_finance
from assessment.ui.paper_frame import show_frame
from assessment.ui.paper_open import show_open_points
from assessment.ui.paper_preview import show_preview
from assessment.ui.paper_ris import show_ris_text
from assessment.ui.paper_session import show_session
from assessment.ui.paper_texts import show_texts
from assessment.ui.plan_files import show_state
from assessment.ui.plan_page import open_page, today
from assessment.ui.report_dossier import dossier_source

page = open_page("Vorlage")
source = dossier_source(page.taken, page.key, page.plan)
dossier = source.make(paper_variant(page.plan.paper))
paper = council_paper(dossier, today())

st.markdown(sentence("page_paper.answer"))
show_open_points(paper.points)
with st.container(key="stack-paper-files"):
    left, right = st.columns(2, gap="large")
with left:
    show_downloads(source, today(), paper, page.plan.paper)
with right:
    show_state(page, "paper")

fields = PaperFields(page)
names = (
    "Rahmen",
    "Beratungsfolge",
    "Finanzen",
    "Texte",
    "Auswirkungen",
    "Vorschau",
    "Text für das RIS",
    "Nach der Sitzung",
)
tabs = st.tabs(names, key="paper-tabs", on_change="rerun")
for tab, name in zip(tabs, names, strict=True):
    if not tab.open:
        continue
    with tab:
        if name == "Rahmen":
            show_frame(fields, paper)
        elif name == "Beratungsfolge":
            show_consultations(fields, dossier, paper, today())
        elif name == "Finanzen":
            show_finance(page, dossier, today())
        elif name == "Texte":
            show_texts(
                fields, paper, lambda plan: council_paper(replace(dossier, plan=plan), today())
            )
        elif name == "Auswirkungen":
            show_effects(fields)
        elif name == "Vorschau":
            show_preview(paper)
        elif name == "Text für das RIS":
            show_ris_text(paper, dossier, today())
        else:
            show_session(fields)
municipality_links(
    page.key,
    ("kommune/roadmap.py", "Zur Roadmap"),
    ("berichte/berichte.py", "Alle Unterlagen dieser Kommune"),
)
