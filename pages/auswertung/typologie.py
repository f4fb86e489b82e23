"""The lab: which goals, how many types, how surely, under which names; freeze the result."""

import streamlit as st

from assessment.figures.counts import count_bars
from assessment.figures.goal_profile import goal_profile
from assessment.remarks import InputRefused
from assessment.ui.components import (
    bullet_list,
    empty_state,
    page_head,
    plain_table,
    refusal,
    show_figure,
)
from assessment.ui.goal_words import short_goal
from assessment.ui.lab import (
    NAMES_NOTE,
    change_sentence,
    cluster_table,
    comparable,
    default_goals,
    fit,
    fit_sentence,
    fitted_on,
    goal_candidates,
    goal_names,
    goal_series,
    marks_goals,
    state_counts,
    unmarked_sentence,
)
from assessment.ui.lab_keep import show_keep
from assessment.ui.markdown import esc_md
from assessment.ui.state import current
from assessment.ui.theme import theme_name
from assessment.ui.wave_line import case_number, wave_line

taken = current()
survey = taken.survey
page_head("Typologie-Labor", wave_line(survey), simulated=survey.simulated)
st.markdown(
    "Hier lässt sich prüfen, wie die Typen entstehen und wie fest sie stehen. Die anderen Seiten "
    "ändern sich erst, wenn Sie ein Ergebnis für alle Seiten verwenden."
)
candidates = {item.id: item for item in goal_candidates(survey)}
if len(candidates) < 2:
    empty_state(
        "Diese Erhebung enthält keine Ziele oder Bewertungen, aus denen sich Typen bilden ließen."
    )
    st.stop()

with st.form("labor"):
    usual = [item.id for item in default_goals(survey)]
    if not marks_goals(survey):
        st.markdown(unmarked_sentence(bool(usual)))
    with st.expander(f"Fragen, die eingehen (vorgewählt: {len(usual)})", expanded=not usual):
        chosen = st.multiselect(
            "Fragen",
            list(candidates),
            default=usual,
            format_func=lambda item: f"{item} · {short_goal(candidates[item].text)}",
            placeholder="Fragen wählen",
            label_visibility="collapsed",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        k = st.number_input("Zahl der Typen", 2, 8, 4, width=160)
        seed = st.number_input(
            "Startzahl", 0, 9999, 0, width=160, help="Gleiche Startzahl, gleiches Ergebnis."
        )
        st.form_submit_button("Berechnen", type="primary")

if not chosen:
    empty_state("Sobald Fragen gewählt sind und „Berechnen“ gedrückt ist, steht hier das Ergebnis.")
    st.stop()
try:
    result = fit(taken.identifier, tuple(sorted(chosen)), int(k), int(seed), survey)
except InputRefused as error:
    refusal(error)
    st.stop()

with st.container(key="stack-lab"):
    types, states = st.columns([3, 2], gap="large")
goals = st.container()
with types:
    st.header("Welche Typen ergeben sich?", anchor=False)
    st.markdown(esc_md(f"{fit_sentence(result)} {change_sentence(result, taken)}"))
    table = cluster_table(result)
    plain_table(list(table), [list(row) for row in zip(*table.values(), strict=True)])
    if comparable(result):
        st.caption(NAMES_NOTE)
    bullet_list(result.model.remarks)

with goals:
    show_figure(
        goal_profile(
            goal_names(result),
            goal_series(result),
            question="Welche Ziele betont welcher Typ?",
            sentence="Rechts der Mitte: mehr betont als die übrigen Ziele derselben Kommunen.",
            unit=f"Betonung gegenüber den übrigen Zielen · {fitted_on(result)}",
            theme=theme_name(),
        ),
        key="lab-goals",
    )
with states:
    show_figure(
        count_bars(
            state_counts(result),
            question="Wie sicher sind die Zuordnungen?",
            sentence="„Zwischen zwei Typen“ ist eine Aussage über die Kommune, kein Mangel.",
            column="Zuordnung",
            subtitle=case_number(len(result.membership.state)),
            theme=theme_name(),
        ),
        key="lab-states",
    )

show_keep(result.model, taken)
