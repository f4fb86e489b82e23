"""How far a computation is, seen from the page: a bar, what is being done, and „Abbrechen“."""

import streamlit as st

from assessment.german import format_percent
from assessment.survey import Survey
from assessment.ui.jobs import Job
from assessment.ui.lab_desk import Desk
from assessment.ui.markdown import esc_md

_EVERY = 0.5
"""Seconds between two looks at the job."""
_ESTIMATE_FROM = 0.2
"""Share that must be done before the rest can be estimated."""


def show_progress(desk: Desk) -> None:
    """A bar that moves by itself; the page is drawn anew when the job is over."""
    if desk.job is not None:
        _watch(desk)


def show_message(desk: Desk, survey: Survey, k: int | None = None) -> None:
    """Why there is no result, and the way on after „Abbrechen“."""
    if not desk.message:
        return
    st.warning(esc_md(desk.message))
    if desk.settings is not None and desk.declined(k) and st.button("Weiterrechnen"):
        desk.ask(desk.settings, survey, k)
        st.rerun()


@st.fragment(run_every=_EVERY)
def _watch(desk: Desk) -> None:
    job = desk.job
    if job is None:
        st.rerun()
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key="lab-progress"
    ):
        st.progress(job.share, text=esc_md(told(job)), width="stretch")
        st.button("Abbrechen", on_click=job.stop, disabled=job.stopping, key="lab-stop")


def told(job: Job) -> str:
    """What is being done, how much of it is done, and how long it will still take."""
    if job.stopping:
        return "Wird abgebrochen …"
    parts = [job.what, format_percent(job.share)]
    left = rest(job.share, job.seconds)
    return " · ".join([*parts, left] if left else parts)


def rest(share: float, seconds: float) -> str:
    """How long it will still take, in round words; ``""`` where that can't be said yet."""
    if share < _ESTIMATE_FROM or share >= 1 or seconds < 2:
        return ""
    remaining = seconds / share * (1 - share)
    if remaining < 10:
        return "noch wenige Sekunden"
    if remaining < 90:
        return f"noch etwa {round(remaining / 10) * 10} Sekunden"
    return f"noch etwa {round(remaining / 60)} Minuten"
