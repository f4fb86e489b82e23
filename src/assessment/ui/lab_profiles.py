"""The lab's panel „Ziele“: what each type emphasises, and how sure that is."""

import streamlit as st

from assessment.figures.style import ThemeName
from assessment.figures.type_columns import TypeColumn, type_columns
from assessment.ui.lab_result import LabResult
from assessment.ui.lab_show import show_lab_figure
from assessment.ui.wave_line import case_number

HIDDEN_NOTE = (
    "Typen mit weniger als 6 Kommunen haben hier kein Profil: Es verriete fast deren Antworten."
)


def show_profiles(result: LabResult, theme: ThemeName, *, scenario: bool) -> None:
    """Profile plot goals × types."""
    types = [
        TypeColumn(
            cluster.id,
            cluster.name,
            tuple(cluster.centre),
            tuple(cluster.half_width),
            result.summary.types[cluster.id].n,
        )
        for cluster in result.clusters
        # The profile of very few is what they answered.
        if result.summary.types[cluster.id].profile_shown
    ]
    if types:
        show_lab_figure(
            lambda: type_columns(
                result.goal_names,
                types,
                question="Was betont welcher Typ?",
                sentence="Rechts der Mitte steht, was ein Typ mehr betont als die übrigen Ziele, "
                "gemessen an allen Kommunen. Die Linie ist der Bereich, in dem der Mittelwert mit "
                "95 % Sicherheit liegt. Oben stehen die Ziele, in denen sich die Typen am "
                "stärksten unterscheiden.",
                subtitle=f"{fitted_on(result)} · Einheit: Standardabweichungen der eigenen "
                "Antworten einer Kommune",
                theme=theme,
            ),
            key="lab-profiles",
            drawn=result.drawn,
            scenario=scenario,
            theme=theme,
        )
    if len(types) < len(result.clusters):
        st.caption(HIDDEN_NOTE)


def fitted_on(result: LabResult) -> str:
    """From how many municipalities the types were formed."""
    return case_number(result.study.n)
