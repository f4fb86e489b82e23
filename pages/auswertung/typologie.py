"""The lab: are there four types, which, how sure; what stands behind it; freeze the result."""

import streamlit as st

from assessment.ui.components import bullet_list, empty_state, page_head
from assessment.ui.lab_desk import desk_of
from assessment.ui.lab_panels import PANELS, show_numbers_alone, show_panel
from assessment.ui.lab_progress import show_message, show_progress
from assessment.ui.lab_settings import basis_line, begin, can_be_grouped, show_settings
from assessment.ui.lab_verdict import (
    choose_number,
    show_meanwhile,
    show_scenario,
    show_types,
    show_verdict,
)
from assessment.ui.markdown import esc_md
from assessment.ui.state import current
from assessment.ui.theme import theme_name
from assessment.ui.wave_line import wave_line

taken = current()
survey = taken.survey
theme = theme_name()
page_head("Typologie-Labor", wave_line(survey), simulated=survey.simulated)
if not can_be_grouped(survey):
    empty_state(
        "Diese Erhebung enthält keine Ziele oder Bewertungen, aus denen sich Typen bilden ließen."
    )
    st.stop()

desk = desk_of(taken)
begin(desk, survey)
basis = st.expander(
    esc_md(basis_line(desk.settings, survey)), expanded=desk.settings is None, key="lab-basis"
)
with basis:
    show_settings(desk, survey)

study = desk.study()
if study is None:
    show_progress(desk)
    show_message(desk, survey)
    show_meanwhile(taken)
    st.stop()

with st.container(key="stack-lab"):
    left, right = st.columns([11, 9], gap="large")
with left:
    show_verdict(study)
with right:
    k = choose_number(study)
if k is None:
    show_numbers_alone(study, theme)
    st.stop()

desk.complete(k, survey)
result = desk.result(k, survey)
with left:
    show_scenario(result, taken)
with right:
    show_types(result, taken)
show_progress(desk)
show_message(desk, survey, k)
bullet_list(result.model.remarks)

for name, tab in zip(PANELS, st.tabs(PANELS, key="lab-panels", on_change="rerun"), strict=True):
    if tab.open:
        with tab:
            show_panel(name, result, taken, desk, theme)
