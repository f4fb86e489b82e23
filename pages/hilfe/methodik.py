"""How every number is made, with sources, and the questionnaire behind the current survey."""

import streamlit as st

from assessment.profiles.method_texts import method_sections
from assessment.ui.components import bullet_list, page_head, plain_table
from assessment.ui.markdown import esc_md
from assessment.ui.questionnaire_tables import gate_sentences, items_table
from assessment.ui.state import current
from assessment.ui.wave_line import wave_line

survey = current().survey
page_head("Methodik", wave_line(survey), simulated=survey.simulated)
st.markdown("Wie jede Zahl dieser Anwendung entsteht, was sie sagt und was nicht.")

with st.container(key="stack-method"):
    texts, contents = st.columns([3, 1], gap="large")
with contents, st.container(key="contents"):
    st.markdown("**Auf dieser Seite**")
    for section in method_sections():
        st.markdown(f"[{esc_md(section.title)}](#{section.id})")
    st.markdown("[Der Fragebogen dieser Erhebung](#fragebogen)")
with texts:
    for section in method_sections():
        st.header(esc_md(section.title), anchor=section.id)
        for paragraph in section.text:
            st.markdown(esc_md(paragraph))
        with st.expander("Quellen", type="compact"):
            bullet_list(section.sources)

st.header("Der Fragebogen dieser Erhebung", anchor="fragebogen")
questionnaire = survey.questionnaire
st.markdown(esc_md(f"{questionnaire.title}, Fassung {questionnaire.version}."))
if questionnaire.source:
    st.caption(esc_md(questionnaire.source))
dimensions = questionnaire.scored_dimensions
if not dimensions:
    st.markdown("Dieser Fragebogen enthält keine Punkte; bewertet wird nichts.")
    st.stop()
chosen = st.selectbox(
    "Dimension",
    dimensions,
    format_func=lambda dimension: dimension.name,
    key="methodik-dimension",
)
if chosen.description:
    st.markdown(esc_md(chosen.description))
table = items_table(questionnaire, chosen)
plain_table(list(table), [list(row) for row in zip(*table.values(), strict=True)])
bullet_list(gate_sentences(questionnaire, chosen))
