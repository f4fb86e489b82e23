"""Editing a planned measure: who, when, decided or not; its removal."""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import streamlit as st

from assessment.measures.plan_editing import change_measure, remove_measure
from assessment.measures.plan_types import (
    Decision,
    DecisionState,
    PlannedMeasure,
    Status,
)
from assessment.profiles.roadmap_profile import RoadmapEntry, RoadmapProfile, status_shown
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.components import bullet_list, refusal
from assessment.ui.cost_row_buttons import filled_with_zero, row_buttons
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage
from assessment.ui.roadmap_costs import cost_fields, cost_lines_of, cost_rows
from assessment.ui.typed_dates import DAY, day_placeholder, day_text, read_day

_REMOVING = "roadmap-removing"


def show_editor(profile: RoadmapProfile, page: PlanPage) -> None:
    """Choose a measure and change it."""
    st.header("Maßnahme bearbeiten", anchor=False)
    names = {entry.id: f"{entry.title} ({entry.id})" for entry in profile.entries}
    chosen = st.selectbox(
        "Maßnahme",
        list(names),
        format_func=lambda measure_id: str(names.get(measure_id, measure_id)),
        key=f"roadmap-chosen-{page.key}",
        placeholder="Maßnahme wählen",
    )
    entry = profile.entry(chosen) if chosen else None
    if entry is None:
        return
    planned = page.plan.by_id[entry.id]
    for line in entry.remarks:
        st.markdown(esc_md(line))
    if entry.prerequisites:
        st.caption("Voraussetzungen")
        bullet_list(entry.prerequisites)
    _form(planned, entry, page)
    _show_removal(entry, page)


def mark_of(planned: PlannedMeasure) -> str:
    """Part of widget keys: another content, other widgets, so that none shows what was before."""
    return f"{planned.id}-{crc32(planned.model_dump_json().encode()):08x}"


def _form(planned: PlannedMeasure, entry: RoadmapEntry, page: PlanPage) -> None:
    """Planning, decision and costs in one form: with two, one would empty the other."""
    mark = f"{page.key}-{mark_of(planned)}"
    row = cost_lines_of(planned, page)
    with st.form(f"measure-form-{mark}"):
        with st.container(key=f"stack-roadmap-edit-{mark}"):
            left, right = st.columns(2, gap="large")
        with left:
            planning = _planning_fields(planned, entry, mark)
        with right:
            costs = cost_fields(row.costs, row.cost_note, mark)
        st.caption(
            "Was hier eingetragen ist, gilt erst mit „Angaben übernehmen“ – bitte vor dem Wechsel "
            "zu einer anderen Maßnahme oder Seite."
        )
        with st.container(horizontal=True, vertical_alignment="center", key=f"buttons-{mark}"):
            # The first button of a form is the one that the Enter key presses.
            pressed = st.form_submit_button("Angaben übernehmen", type="primary")
            rows_too = row_buttons(row.costs, mark)
    if not (pressed or rows_too.pressed):
        return
    try:
        rows = rows_too.applied(cost_rows(planned, costs))
        values = _planning(planned, planning) | {"costs": rows}
        changed = change_measure(page.plan, planned.id, **values)
        for line in row.costs:
            if line.kind is rows_too.zero:
                changed = filled_with_zero(changed, line, planned.id, posts=False)
    except InputRefused as error:
        refusal(error)
        return
    page.change(changed)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What the fields of planning and decision hold, as typed."""

    texts: dict[str, Any]
    start: str
    end: str
    decision: tuple[DecisionState, str, str]


def _planning(planned: PlannedMeasure, typed: _Typed) -> dict[str, Any]:
    """Fields of the plan; raises InputRefused for what is no date."""
    state, body, day = typed.decision
    return typed.texts | {
        "start": read_day(typed.start, "Beginn"),
        "end": read_day(typed.end, "Ende"),
        "decision": {
            "state": state,
            "body": body,
            "day": read_day(day, "Datum des Beschlusses"),
            "note": planned.decision.note,
        },
    }


def _planning_fields(planned: PlannedMeasure, entry: RoadmapEntry, mark: str) -> _Typed:
    st.markdown("**Planung**")
    title = ""
    if planned.is_own:
        title = st.text_input("Bezeichnung", planned.own_title, key=f"title-{mark}")
    # On a line of its own: units have long names.
    owner = st.text_input(
        "Federführung", planned.owner, placeholder="Stelle, keine Person", key=f"owner-{mark}"
    )
    states = list(Status)
    status = st.selectbox(
        "Stand",
        states,
        index=states.index(planned.status),
        format_func=status_shown,
        key=f"status-{mark}",
    )
    with st.container(key=f"duo-{mark}"):
        start_place, end_place = st.columns(2)
    start = start_place.text_input(
        "Beginn",
        day_text(planned.start),
        placeholder=day_placeholder(entry.start),
        key=f"start-{mark}",
    )
    end = end_place.text_input(
        "Ende", day_text(planned.end), placeholder=day_placeholder(entry.end), key=f"end-{mark}"
    )
    override = st.text_input(
        "Vorgezogen, weil …",
        planned.override_note,
        placeholder="nur, wenn sie vor dem Ende ihrer Voraussetzungen beginnen soll",
        key=f"override-{mark}",
    )
    decision = _decision_fields(planned.decision, mark)
    priority = st.text_input(
        "Aussage zur Priorität",
        planned.priority,
        placeholder="keine; die Nummer sagt nichts über die Priorität",
        key=f"priority-{mark}",
    )
    written = bool(planned.note or planned.cause or planned.option)
    with st.expander("Notiz, Abweichung und Auswege", expanded=written):
        note = st.text_area("Notiz", planned.note, height=80, key=f"note-{mark}")
        cause = st.text_area(
            "Bei Abweichung: Ursache", planned.cause, height=68, key=f"cause-{mark}"
        )
        option = st.text_area(
            "Bei Abweichung: was möglich ist", planned.option, height=68, key=f"option-{mark}"
        )
    texts = {
        "owner": owner,
        "status": status,
        "override_note": override,
        "priority": priority,
        "note": note,
        "cause": cause,
        "option": option,
        **({"own_title": title} if planned.is_own else {}),
    }
    return _Typed(texts, start, end, decision)


def _decision_fields(decision: Decision, mark: str) -> tuple[DecisionState, str, str]:
    states = list(DecisionState)
    state = st.selectbox(
        "Beschluss",
        states,
        index=states.index(decision.state),
        format_func=lambda one: one.value,
        key=f"decision-{mark}",
    )
    with st.container(key=f"duo-decision-{mark}"):
        body_place, day_place = st.columns(2)
    body = body_place.text_input(
        "Gremium", decision.body, placeholder="z. B. Hauptausschuss", key=f"body-{mark}"
    )
    day = day_place.text_input("Datum", day_text(decision.day), placeholder=DAY, key=f"day-{mark}")
    return state, body, day


def _show_removal(entry: RoadmapEntry, page: PlanPage) -> None:
    if st.session_state.get(_REMOVING) != entry.id:
        if st.button("Aus der Roadmap nehmen …", key=f"remove-{entry.id}", type="tertiary"):
            st.session_state[_REMOVING] = entry.id
            st.rerun()
        return
    removal = remove_measure(page.plan, entry.id, page.catalogue)
    with st.container(border=True):
        st.markdown(esc_md(sentence("roadmap.remove", name=entry.title)))
        if removal.sentence:
            st.markdown(esc_md(removal.sentence))
        with st.container(horizontal=True):
            if st.button("Entfernen", key=f"remove-now-{entry.id}", type="primary"):
                st.session_state.pop(_REMOVING, None)
                page.change(removal.plan)
            if st.button("Behalten", key=f"remove-not-{entry.id}"):
                st.session_state.pop(_REMOVING, None)
                st.rerun()
