"""For analysts on the page of gaps: a group of one's own, and similar municipalities."""

import streamlit as st

from assessment.figures.level_profile import LevelRow, level_profile
from assessment.figures.style import ThemeName
from assessment.profiles.free_comparison import free_rows
from assessment.ui.components import show_figure
from assessment.ui.filter_bar import active_filter, filter_bar
from assessment.ui.markdown import esc_md
from assessment.ui.taken import TakenSurvey


def show_free_group(
    taken: TakenSurvey, key: str, dimensions: tuple[str, ...], theme: ThemeName
) -> None:
    """Own values beside a freely chosen group; the guard decides what of it is shown."""
    shown = active_filter(taken)
    filter_bar(taken, shown)
    if shown.line:
        st.markdown(esc_md(shown.line))
    if shown.group is None:
        if not shown.active:
            st.caption("Noch ist keine Gruppe gewählt.")
        return
    rows = {row.dimension: row for row in free_rows(taken.assessment, key, shown.group)}
    figure = level_profile(
        [
            LevelRow(row.name, row.level, row.own, row.median, row.low, row.high)
            for dimension in dimensions
            if (row := rows.get(dimension)) is not None
        ],
        question="Wo stehen wir gegenüber der eigenen Auswahl?",
        own=taken.survey.name_of(key),
        group=shown.size or "eigene Auswahl",
        theme=theme,
    )
    with st.container(width=760):
        show_figure(figure, key="gap-free", heading=False)
