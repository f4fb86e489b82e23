"""For analysts: municipalities like one's own, by public attributes whose weights are visible."""

import streamlit as st

from assessment.comparison.similar import (
    DEFAULT_WEIGHTS,
    LABELS,
    Attribute,
    Neighbour,
    similar_municipalities,
)
from assessment.figures.figure import FigureTable
from assessment.profiles.texts import sentence
from assessment.ui.components import downloads, plain_table
from assessment.ui.markdown import esc_md
from assessment.ui.taken import TakenSurvey

_COLUMNS = 3
_HEAVIEST = 5.0


def show_similar(taken: TakenSurvey, key: str) -> None:
    """Sliders for the weights, then the ten nearest with their values."""
    st.markdown(esc_md(sentence("similar.intro")))
    weights = _weights()
    structure = taken.assessment.peers.structure
    found = similar_municipalities(structure, key, weights)
    if not found:
        st.markdown(esc_md(sentence("similar.none")))
        return
    table = _table(taken, found)
    plain_table(
        table.columns,
        [[str(cell) for cell in row] for row in table.rows],
        alt="Ähnliche Kommunen",
    )
    st.caption(esc_md(sentence("similar.scale")))
    downloads(table, key="similar", stem="ähnliche Kommunen")


def _weights() -> dict[Attribute, float]:
    """What counts how much; 0 leaves an attribute out."""
    chosen = {}
    with st.container(key="pairs-similar"):
        columns = st.columns(_COLUMNS)
    for place, (attribute, weight) in enumerate(DEFAULT_WEIGHTS.items()):
        with columns[place % _COLUMNS]:
            chosen[attribute] = st.slider(
                f"Gewicht: {LABELS[attribute]}",
                0.0,
                _HEAVIEST,
                weight,
                step=1.0,
                format="%d",
                key=f"similar-{attribute}",
                persist_state="session",
            )
    return chosen


def _table(taken: TakenSurvey, found: tuple[Neighbour, ...]) -> FigureTable:
    labels = [part.label for part in found[0].contributions]
    return FigureTable(
        ("Kommune", "Ähnlichkeit", *labels),
        tuple(
            (
                taken.survey.name_of(one.key),
                one.likeness,
                *(part.theirs or "keine Angabe" for part in one.contributions),
            )
            for one in found
        ),
    )
