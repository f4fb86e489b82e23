"""„Was wäre, wenn?“: tick measures, see levels, effort and the earliest date at once."""

from collections.abc import Iterable

import streamlit as st

from assessment.figures.level_steps import StepRow, level_steps
from assessment.figures.style import ThemeName
from assessment.measures.plan_editing import add_measure
from assessment.measures.what_if import project
from assessment.profiles.measure_profile import MeasureProfile
from assessment.profiles.what_if_profile import WhatIf, what_if
from assessment.ui.components import bullet_list, drawing, show_as_table
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage, today
from assessment.ui.plan_state import next_quarter, planned_in

_MOST = 18
_FURTHER = "what-if-further"


@st.fragment
def show_what_if(profile: MeasureProfile, page: PlanPage, theme: ThemeName) -> None:
    """Ticks on the left, the projected levels on the right."""
    with st.container(key="stack-what-if"):
        left, right = st.columns([2, 3], gap="large")
    with left:
        chosen = _ticks(profile, page)
        _take_over(chosen, page)
    begins = page.plan.begins or next_quarter(today())
    projection = project(
        page.catalogue,
        page.given.levels,
        chosen,
        begins,
        done=page.given.done,
        kind=page.given.kind,
        names=page.given.names,
        gates=page.given.gates,
        targets={name: target for name, (_, target) in page.given.targets.items()},
    )
    said = what_if(projection, begins)
    with right:
        _show(said, theme)


def _ticks(profile: MeasureProfile, page: PlanPage) -> list[str]:
    """The first recommendations as boxes, every other measure of the catalogue by name."""
    planned = set(planned_in(page.plan))
    listed = list(dict.fromkeys([*_titles_of(profile, planned), *sorted(planned)]))
    st.markdown("**Maßnahmen ankreuzen**")
    if planned:
        st.caption("Angekreuzt ist zu Beginn, was in der Roadmap steht.")
    chosen = []
    with st.container(key="tight-what-if", height=430 if len(listed) > 9 else "content"):
        for measure_id in listed:
            measure = page.catalogue.by_id.get(measure_id)
            if measure is None:
                continue
            ticked = st.checkbox(
                esc_md(measure.title),
                value=measure_id in planned,
                key=f"what-if-{page.key}-{measure_id}",
            )
            if ticked:
                chosen.append(measure_id)
    others = {
        measure.id: f"{measure.title} ({measure.id})"
        for measure in page.catalogue.measures
        if measure.id not in listed
    }
    chosen += st.multiselect(
        "Weitere Maßnahmen aus dem Katalog",
        list(others),
        format_func=lambda measure_id: str(others.get(measure_id, measure_id)),
        placeholder="Maßnahme wählen",
        key=f"{_FURTHER}-{page.key}",
    )
    return chosen


def _take_over(chosen: list[str], page: PlanPage) -> None:
    """Everything ticked that isn't in the roadmap yet goes there at once."""
    new = [measure_id for measure_id in chosen if measure_id not in page.plan.by_id]
    if not new:
        return
    label = "1 Maßnahme" if len(new) == 1 else f"{len(new)} Maßnahmen"
    if st.button(f"{label} in die Roadmap", key="what-if-take"):
        plan = page.plan
        for measure_id in new:
            plan = add_measure(plan, page.catalogue, measure_id)
        page.change(plan)


def _titles_of(profile: MeasureProfile, planned: Iterable[str]) -> list[str]:
    first = [row.text.id for row in profile.first]
    return [*first, *(row.text.id for row in profile.rows if row.text.id not in first)][:_MOST]


def _show(said: WhatIf, theme: ThemeName) -> None:
    figure = level_steps(
        [StepRow(row.name, row.level, row.projected, row.target) for row in said.rows],
        question="Welche Stufen wären möglich?",
        sentence=said.sentence,
        theme=theme,
    )
    st.header(figure.question, anchor=False)
    st.markdown(esc_md(said.sentence))
    drawing(figure)
    show_as_table(figure.table, key="what-if", stem="was-waere-wenn")
    if said.conditions:
        bullet_list(said.conditions)
    if said.no_effect:
        with st.expander(f"Angekreuzt, aber ohne Wirkung auf eine Stufe ({len(said.no_effect)})"):
            bullet_list(said.no_effect)
    st.caption(esc_md(said.note))
