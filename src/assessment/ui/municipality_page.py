"""What every page of one municipality begins with: the note on simulated data and the chooser."""

from typing import NoReturn

import streamlit as st

from assessment.ui.chooser import choose_municipality, remember
from assessment.ui.components import empty_state, simulated_strip
from assessment.ui.markdown import esc_md
from assessment.ui.state import current
from assessment.ui.taken import TakenSurvey


def open_municipality(title: str) -> tuple[TakenSurvey, str]:
    """The current survey and the chosen key; stops the script where the survey has no such one."""
    taken = current()
    simulated_strip(taken.survey.simulated)
    key = choose_municipality(taken)
    if key is None:
        _say_unknown(title, taken)
    return taken, key


def _say_unknown(title: str, taken: TakenSurvey) -> NoReturn:
    st.title(esc_md(title), anchor=False)
    empty_state(
        "Diese Kommune gibt es in der gewählten Erhebung nicht. Bitte oben eine andere wählen oder "
        "unter „Daten › Einlesen“ die passende Erhebung öffnen."
    )
    if taken.keys and st.button("Zur ersten Kommune der Erhebung"):
        remember(taken.keys[0])
        st.rerun()
    st.stop()
