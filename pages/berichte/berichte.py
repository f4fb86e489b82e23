"""All papers and files about one municipality, each built at the click."""

import streamlit as st

from assessment.profiles.texts import sentence
from assessment.ui.branding_form import show_branding
from assessment.ui.municipality_page import open_municipality
from assessment.ui.page_links import municipality_links
from assessment.ui.plan_page import today
from assessment.ui.report_dossier import dossier_source
from assessment.ui.report_list import choose_variant, show_head, show_package, show_papers
from assessment.ui.report_tables import show_tables

taken, key = open_municipality("Berichte")
source = dossier_source(taken, key)
show_head(source)
variant = choose_variant()
show_package(source, variant, today())
show_papers(source, variant, today())
show_tables(source, variant, today())
look = st.expander(
    "Aussehen der Unterlagen: Farben und Wappen", key="report-look", on_change="rerun"
)
if look.open:
    with look:
        show_branding(key)
municipality_links(
    key,
    ("kommune/vorlage.py", "Vorlage bearbeiten"),
    ("kommune/roadmap.py", "Zur Roadmap"),
    ("kommune/profil.py", "Zum Profil"),
)
st.caption(sentence("page_reports.answer"))
