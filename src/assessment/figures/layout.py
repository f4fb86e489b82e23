"""The plotly layout every chart shares: own font, German numbers, no frame, no tool bar."""

from typing import Any

import plotly.graph_objects as go

from assessment.figures.style import FONT, SEPARATORS, Palette


def base_figure(colours: Palette, *, height: int, left: int = 8, right: int = 16) -> go.Figure:
    """An empty figure in the colours of the scheme; margins in pixels."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": left, "r": right, "t": 8, "b": 36},
        separators=SEPARATORS,
        font={"family": FONT, "size": 15, "color": colours.ink},
        paper_bgcolor=colours.ground,
        plot_bgcolor=colours.ground,
        showlegend=False,
        dragmode=False,
        bargap=0.35,
        hoverlabel={
            "bgcolor": colours.panel,
            "bordercolor": colours.band,
            "font": {"family": FONT, "size": 14, "color": colours.ink},
        },
        modebar={"remove": ["zoom", "pan", "select", "lasso"]},
    )
    return figure


def quiet_axis(colours: Palette, **more: Any) -> dict[str, Any]:
    """An axis with faint grid lines, fixed to its range."""
    return {
        "gridcolor": colours.line,
        "linecolor": colours.band,
        "zerolinecolor": colours.band,
        "tickfont": {"color": colours.quiet, "size": 13},
        "title": {"font": {"color": colours.quiet, "size": 13}},
        "fixedrange": True,
        "automargin": True,
        **more,
    }


def category_axis(colours: Palette, **more: Any) -> dict[str, Any]:
    """An axis of names, first name on top, without lines."""
    return {
        "type": "category",
        "autorange": "reversed",
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"color": colours.ink, "size": 15},
        "ticks": "",
        "ticklabelstandoff": 8,
        "fixedrange": True,
        "automargin": True,
        **more,
    }


def top_legend(colours: Palette, size: float = 13.5) -> dict[str, Any]:
    """A legend in one row above the chart that explains and switches nothing."""
    return {
        "orientation": "h",
        "y": 1.0,
        "yanchor": "bottom",
        "x": 0,
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": size, "color": colours.ink},
    }
