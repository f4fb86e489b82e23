"""What else one does with a roadmap: begin it, move its begin, add an own measure."""

from collections.abc import Mapping

import streamlit as st

from assessment.measures.model import CostKind, Horizon
from assessment.measures.plan_editing import add_measure, add_own_measure, change_plan
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.components import refusal
from assessment.ui.plan_page import PlanPage, measures_of
from assessment.ui.typed_dates import DAY, day_text, read_day


def show_own_form(page: PlanPage, fields: Mapping[str, str]) -> None:
    """An own measure. ``fields``: id → name."""
    mark = f"own-{len(page.plan.measures)}-{page.key}"
    with st.form(mark):
        title = st.text_input(
            "Bezeichnung", placeholder="z. B. Digitale Sitzungssäle", key=f"{mark}-title"
        )
        with st.container(key=f"duo-{mark}"):
            first = st.columns(2)
            second = st.columns(3)
        field = first[0].selectbox(
            "Feld",
            ["", *fields],
            format_func=lambda code: fields.get(code, "ohne Feld"),
            key=f"{mark}-field",
        )
        owner = first[1].text_input(
            "Federführung", placeholder="Stelle, keine Person", key=f"{mark}-owner"
        )
        horizon = second[0].selectbox(
            "Zeithorizont",
            list(Horizon),
            format_func=lambda one: sentence(f"horizon.{one.value}"),
            key=f"{mark}-horizon",
        )
        effort = second[1].selectbox(
            "Aufwand",
            range(6),
            format_func=lambda one: sentence(f"effort.{one}") if one else "keine Angabe",
            key=f"{mark}-effort",
        )
        cost_kind = second[2].selectbox(
            "Kosten",
            list(CostKind),
            index=3,
            format_func=lambda one: sentence(f"cost_kind.{one.value}"),
            key=f"{mark}-cost",
        )
        pressed = st.form_submit_button("Eigene Maßnahme hinzufügen")
    if not pressed:
        return
    try:
        changed = add_own_measure(
            page.plan,
            title,
            field=field or "",
            owner=owner,
            horizon=horizon,
            effort=effort or None,
            cost_kind=cost_kind,
            catalogue=page.catalogue,
        )
    except InputRefused as error:
        refusal(error)
        return
    page.change(changed)


def show_start(page: PlanPage) -> None:
    """An empty roadmap can begin with what is advised first."""
    first = [row.text.id for row in measures_of(page).first]
    if not first:
        return
    label = "Ersten Vorschlag übernehmen" if len(first) == 1 else (
        f"Die ersten {len(first)} Vorschläge übernehmen"
    )  # fmt: skip
    if st.button(label, type="primary"):
        plan = page.plan
        for measure_id in first:
            plan = add_measure(plan, page.catalogue, measure_id)
        page.change(plan)


def show_begin(page: PlanPage) -> None:
    """When the roadmap begins, behind a click; dates that nobody has set move along."""
    panel = st.expander(
        "Beginn der Roadmap ändern", type="compact", key="roadmap-begin", on_change="rerun"
    )
    if panel.open:
        with panel:
            _begin_form(page)


def _begin_form(page: PlanPage) -> None:
    begins = page.plan.begins
    mark = f"begin-{page.key}-{begins}"
    with st.form(mark, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        given = st.text_input(
            "Beginn der Roadmap", day_text(begins), placeholder=DAY, key=f"{mark}-day", width=200
        )
        pressed = st.form_submit_button("Beginn ändern")
    if not pressed:
        return
    try:
        day = read_day(given, "Beginn der Roadmap")
        if day is None:
            raise InputRefused("NO_BEGIN", "Der Beginn fehlt; bitte als TT.MM.JJJJ angeben.")
        changed: MunicipalityPlan = change_plan(page.plan, begins=day)
    except InputRefused as error:
        refusal(error)
        return
    page.change(changed)
