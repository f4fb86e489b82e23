"""„Szenario“ across a chart, so that a picture of it can't be taken for an official result."""

from dataclasses import replace

import plotly.graph_objects as go

from assessment.figures.figure import Figure
from assessment.figures.style import FONT, ThemeName, palette

SCENARIO = "Szenario"


def as_scenario(figure: Figure, theme: ThemeName = "light") -> Figure:
    """The same chart with the word behind its marks; drawings stay as they are."""
    if isinstance(figure.figure, str):
        return figure
    marked = go.Figure(figure.figure)
    marked.add_annotation(
        text=SCENARIO,
        xref="paper",
        yref="paper",
        x=0.5,
        y=0.5,
        showarrow=False,
        textangle=-24,
        # Larger letters would be wider than a chart on a narrow screen.
        font={"family": FONT, "size": 64, "color": palette(theme).ink, "weight": 600},
        opacity=0.11 if theme == "dark" else 0.07,
    )
    return replace(figure, figure=marked, alt=f"{figure.alt} {SCENARIO}, nicht festgeschrieben.")
