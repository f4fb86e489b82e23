"""What is still open before the paper leaves the house, each point with the place to fill it in."""

from collections.abc import Sequence

import streamlit as st

from assessment.profiles.council.paper_parts import OpenPoint, Urgency
from assessment.profiles.texts import sentence
from assessment.ui.components import plain_table
from assessment.ui.markdown import esc_md

_SHOWN = 3
_SIGNS = {Urgency.FILL: "▲", Urgency.CHECK: "○"}


def show_open_points(points: Sequence[OpenPoint]) -> None:
    """How many, then the first ones; the rest is one click away."""
    fill = [point for point in points if point.urgency is Urgency.FILL]
    check = [point for point in points if point.urgency is Urgency.CHECK]
    with st.container(border=True, key="paper-open"):
        st.markdown(f"**{esc_md(_answer(len(fill), len(check)))}**")
        if fill:
            _table(fill[:_SHOWN], "Was noch ergänzt werden muss")
        rest = [*fill[_SHOWN:], *check]
        if rest:
            label = "1 weiterer Punkt" if len(rest) == 1 else f"{len(rest)} weitere Punkte"
            if not fill:
                label = "Was zu prüfen ist"
            panel = st.expander(label, type="compact", key="paper-open-more", on_change="rerun")
            if panel.open:
                with panel:
                    _table(rest, "Weitere offene Punkte")


def _answer(fill: int, check: int) -> str:
    if not fill and not check:
        return sentence("page_paper.nothing_open")
    parts = []
    if fill:
        name = "page_paper.fill_one" if fill == 1 else "page_paper.fill_many"
        parts.append(sentence(name, n=fill))
    if check:
        name = "page_paper.check_one" if check == 1 else "page_paper.check_many"
        parts.append(sentence(name, n=check))
    return " ".join(parts)


def _table(points: Sequence[OpenPoint], alt: str) -> None:
    rows = [[f"{_SIGNS[point.urgency]} {point.text}", point.where] for point in points]
    plain_table(("Was ist offen?", "Wo eintragen?"), rows, alt=alt)
