"""Whom a page is about: the municipality that stands at its top, for the files it offers."""

import streamlit as st

from assessment.profiles.header import header_of
from assessment.reports.table_files import FileSubject
from assessment.ui.taken import TakenSurvey

_SUBJECT = "page_municipality"


def about_nobody() -> None:
    """Every page starts without; a page of one municipality names it by its chooser."""
    st.session_state.pop(_SUBJECT, None)


def about(key: str | None) -> None:
    """From here on the page is about the municipality ``key``."""
    st.session_state[_SUBJECT] = key


def file_subject(taken: TakenSurvey) -> FileSubject | None:
    """Municipality, wave and date for the files of this page; ``None`` where it is about all."""
    key = st.session_state.get(_SUBJECT)
    if key is None or key not in taken:
        return None
    header = header_of(taken.survey, key)
    return FileSubject(header.name, key, taken.survey.wave_label, header.reference_date)
