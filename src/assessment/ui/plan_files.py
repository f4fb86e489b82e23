"""Saving a plan as a file and loading it again; the server itself keeps nothing."""

import streamlit as st

from assessment.measures.plan_file import plan_file_name, plan_to_json, plan_to_yaml, read_plan
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.chooser import remember
from assessment.ui.components import export_name, plain_table, refusal
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage
from assessment.ui.plan_state import kept_plan, mark_saved, plans_of_session
from assessment.ui.taken import TakenSurvey

_LARGEST_MB = 2


def show_state(page: PlanPage, place: str) -> None:
    """Whether the file is up to date, the buttons that save it, and loading behind a click."""
    kept = kept_plan(page.taken, page.key)
    with st.container(horizontal=True, vertical_alignment="center", key=f"plan-state-{place}"):
        unsaved = kept is not None and kept.unsaved
        state = "plan.fresh" if kept is None else "plan.unsaved" if unsaved else "plan.unchanged"
        st.markdown(sentence(state))
        _save(page, "yaml", "Plan speichern (YAML)", place, primary=unsaved)
        _save(page, "json", "als JSON", place)
    st.caption(sentence("plan.not_stored"))
    panel = st.expander("Plan laden, Pläne dieser Sitzung", key=f"plan-load-{place}",
                        on_change="rerun", type="compact")  # fmt: skip
    if panel.open:
        with panel:
            _load(page, place)
            _show_session(page.taken, page.key)


def _save(page: PlanPage, ending: str, label: str, place: str, *, primary: bool = False) -> None:
    plan = page.plan

    def content() -> bytes:
        return (plan_to_yaml(plan) if ending == "yaml" else plan_to_json(plan)).encode()

    st.download_button(
        label,
        content,
        export_name(plan_file_name(plan, ending).rpartition(".")[0], ending),
        mime="application/yaml" if ending == "yaml" else "application/json",
        key=f"plan-save-{ending}-{place}",
        on_click=_saved,
        args=(page.taken, page.key, plan),
        type="primary" if primary else "secondary",
    )


def _saved(taken: TakenSurvey, key: str, plan: MunicipalityPlan) -> None:
    mark_saved(taken, key, plan)


def _load(page: PlanPage, place: str) -> None:
    given = st.file_uploader(
        "Gespeicherten Plan laden (YAML oder JSON)",
        # Text files too: what the browser refuses by itself leaves the message of the last file.
        type=["yaml", "yml", "json", "txt"],
        max_upload_size=_LARGEST_MB,
        key=f"plan-file-{place}",
    )
    if given is None:
        return
    try:
        read = read_plan(given.getvalue(), given.name)
    except InputRefused as error:
        refusal(error)
        return
    if read.municipality != page.key:
        _other(page, read)
        return
    if read == page.plan:
        st.markdown(sentence("plan.loaded"))
        return
    for line in _notes(page, read):
        st.markdown(esc_md(line))
    if st.button("Diesen Plan übernehmen", type="primary", key=f"plan-take-{place}"):
        mark_saved(page.taken, page.key, read)
        st.rerun()


def _other(page: PlanPage, read: MunicipalityPlan) -> None:
    st.error(
        esc_md(
            sentence(
                "plan.other_same_name" if read.name == page.name else "plan.other",
                name=read.name,
                key=read.municipality,
                current=page.name,
                current_key=page.key,
            )
        )
    )
    if read.municipality in page.taken and st.button("Zu dieser Kommune"):
        remember(read.municipality)
        st.rerun()


def _notes(page: PlanPage, read: MunicipalityPlan) -> list[str]:
    """What loading changes, and what in the file doesn't fit."""
    n = len(read.measures)
    lines = [sentence("plan.replace_one" if n == 1 else "plan.replace", n=n)]
    kept = kept_plan(page.taken, page.key)
    if kept is not None and kept.unsaved:
        lines.append(sentence("plan.replace_unsaved"))
    used = page.catalogue
    if (read.catalogue_id, read.catalogue_version) != (used.id, used.version):
        lines.append(
            sentence(
                "plan.other_catalogue",
                id=read.catalogue_id,
                version=read.catalogue_version,
                current=used.id,
                current_version=used.version,
            )
        )
    unknown = [each.id for each in read.measures if not each.is_own and each.id not in used.by_id]
    if unknown:
        lines.append(sentence("plan.unknown", ids=", ".join(unknown)))
    return lines


def _show_session(taken: TakenSurvey, chosen: str) -> None:
    plans = plans_of_session(taken)
    if not plans:
        return
    st.markdown("**Pläne dieser Sitzung**")
    plain_table(
        ("Kommune", "Maßnahmen", "Datei"),
        [
            [
                taken.label(key),
                str(len(kept.plan.measures)),
                "▲ nicht gespeichert" if kept.unsaved else "✔ gespeichert",
            ]
            for key, kept in plans.items()
        ],
        alt="Pläne dieser Sitzung",
    )
    others = [key for key in plans if key != chosen]
    if others:
        with st.container(horizontal=True):
            for key in others:
                if st.button(esc_md(f"Öffnen: {taken.label(key)}"), key=f"plan-open-{key}"):
                    remember(key)
                    st.rerun()
