"""The lab's panel „Karte“: who answered alike, and who stands behind a mark.

A click or a loop drawn with the mouse chooses municipalities; who doesn't use a mouse types a name.
"""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from assessment.figures.figure import Figure
from assessment.figures.municipality_map import MapAxis, MapPoint, municipality_map
from assessment.figures.style import CONFIG, ThemeName
from assessment.german import fold, format_number, format_percent
from assessment.typology.answer_map import AnswerMap
from assessment.typology.model import MembershipState
from assessment.ui.chooser import PARAMETER
from assessment.ui.components import empty_state, origin_line, plain_table, show_as_table
from assessment.ui.lab_result import LabResult
from assessment.ui.lab_show import SCENARIO, lab_figure
from assessment.ui.markdown import esc_md
from assessment.ui.page_links import page_link
from assessment.ui.wave_line import case_number

MOST_DRAWN = 3000
_LEAST_MAPPED = 3
_LINKS = 6
_WITHOUT_TABLE = 600
"""From so many municipalities on the table beside the map would only slow the page down."""


def show_map(result: LabResult, theme: ThemeName, *, scenario: bool) -> None:
    """The map, and what is known of the municipalities chosen on it."""
    found = result.answer_map
    rows = np.flatnonzero(~np.isnan(found.places).any(axis=1) & (result.labels >= 0))
    if len(rows) < _LEAST_MAPPED:
        empty_state("Aus diesen Antworten lässt sich keine Karte zeichnen.")
        return
    figure = lab_figure(
        lambda: _figure(result, rows, theme),
        key="lab-map",
        drawn=result.drawn,
        scenario=scenario,
        theme=theme,
    )
    st.header(esc_md(figure.question), anchor=False)
    st.caption(esc_md(figure.subtitle))
    _chart_and_choice(figure, result)
    st.markdown(esc_md(figure.sentence))
    if len(figure.table.rows) <= _WITHOUT_TABLE:
        origin = origin_line(SCENARIO) if scenario else None
        show_as_table(figure.table, key="lab-map", stem=figure.question, origin=origin)


@st.fragment
def _chart_and_choice(figure: Figure, result: LabResult) -> None:
    with st.container(key="stack-lab-map"):
        chart, beside = st.columns([3, 1], gap="medium")
    with chart:
        event = st.plotly_chart(
            figure.figure,
            key=f"lab-map-{result.k}",
            on_select="rerun",
            selection_mode=("points", "lasso"),
            config=CONFIG,
            alt=figure.alt,
            theme=None,
        )
    keys = [str(point["customdata"][0]) for point in event["selection"]["points"]]
    with beside:
        words = st.text_input(
            "Oder suchen", placeholder="Name oder Schlüssel", key="lab-map-words", type="search"
        )
        _show_chosen(result, keys or _found(result, words))


def _found(result: LabResult, words: str) -> list[str]:
    wanted = fold(words).split()
    if not wanted:
        return []
    keys = [str(key) for key in result.survey.keys]
    return [
        key
        for key in keys
        if all(part in fold(f"{result.survey.name_of(key)} {key}") for part in wanted)
    ]


def _show_chosen(result: LabResult, keys: Sequence[str]) -> None:
    if not keys:
        st.caption(
            "Punkt anklicken oder mit gedrückter Maustaste einen Kreis um mehrere ziehen. "
            "Doppelklick hebt die Auswahl auf."
        )
        return
    row_of = {str(key): row for row, key in enumerate(result.survey.keys)}
    rows = sorted((row_of[key] for key in keys if key in row_of), key=result.name_at)
    st.markdown(f"**{format_number(len(rows))} gewählt**" if len(rows) > 1 else "**Gewählt**")
    for row in rows[:_LINKS]:
        with st.container(gap=None, key=f"lab-chosen-{row}"):
            name = esc_md(result.name_at(row))
            page_link("kommune/profil.py", name, **{PARAMETER: str(result.survey.keys[row])})
            st.caption(esc_md(result.standing(row)))
    if len(rows) > _LINKS:
        with st.expander(f"Alle {format_number(len(rows))}", type="compact"):
            plain_table(
                ("Kommune", "Zuordnung"),
                [[result.name_at(row), result.standing(row)] for row in rows],
                alt="Gewählte Kommunen",
            )


def _figure(result: LabResult, rows: np.ndarray, theme: ThemeName) -> Figure:
    found = result.answer_map
    drawn = rows[np.linspace(0, len(rows) - 1, min(len(rows), MOST_DRAWN)).astype(int)]
    state = result.membership.state.to_numpy()
    ids = [cluster.id for cluster in result.clusters]
    points = [
        MapPoint(
            str(result.survey.keys[row]),
            result.name_at(row),
            float(found.places[row, 0]),
            float(found.places[row, 1]),
            ids[result.labels[row]],
            result.standing(row),
            between=state[row] == MembershipState.MIXED,
        )
        for row in drawn
    ]
    axes = (_axis(found, 0, result.goal_names), _axis(found, 1, result.goal_names))
    some = f"{format_number(len(drawn))} von " if len(drawn) < len(rows) else ""
    return municipality_map(
        points,
        result.names,
        axes,
        question="Wer hat ähnlich geantwortet?",
        sentence="Nahe beieinander liegt, wer ähnliche Ziele betont. Hohle Zeichen stehen zwischen "
        "zwei Typen. Die Karte zeigt nur einen Teil der Unterschiede: Typen, die sich hier "
        "überlappen, können in anderen Zielen getrennt sein.",
        subtitle=f"{some}{case_number(len(rows))} · beide Richtungen zeigen zusammen "
        f"{format_percent(sum(found.shares))} aller Unterschiede",
        theme=theme,
    )


def _axis(found: AnswerMap, place: int, goals: Sequence[str]) -> MapAxis:
    loading = found.loadings[:, place]
    low, high = int(loading.argmin()), int(loading.argmax())
    return MapAxis(
        goals[low] if loading[low] < 0 else "",
        goals[high] if loading[high] > 0 else "",
        found.shares[place],
    )
