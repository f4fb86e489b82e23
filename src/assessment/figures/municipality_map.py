"""Municipalities as a map: who answered alike lies close together. Colour and mark are the type.

The axes are the two directions in which the answers differ most; they have no meaning of their own,
so each end is named after the goals that are emphasised there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, top_legend
from assessment.figures.style import (
    ThemeName,
    axis_label,
    esc_plotly,
    mark_of_type,
    palette,
    type_order,
    with_letter,
)

_HEIGHT = 540
_FAST_FROM = 1500
"""From so many marks on they are drawn by the graphics card."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One municipality."""

    key: str
    name: str
    x: float
    y: float
    type_id: str
    standing: str
    """How surely it belongs to its type, in words."""
    between: bool = False
    """Between two types: drawn hollow."""


@dataclass(frozen=True, slots=True)
class MapAxis:
    """What lies at the two ends of an axis, and how much of all differences it shows (0–1)."""

    low: str
    high: str
    share: float


def municipality_map(
    points: Sequence[MapPoint],
    names: dict[str, str],
    axes: tuple[MapAxis, MapAxis],
    *,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """``names``: type id → German name. Every mark carries its key for selections."""
    colours = palette(theme)
    figure = base_figure(colours, height=_HEIGHT)
    kind = go.Scattergl if len(points) > _FAST_FROM else go.Scatter
    for type_id in type_order(sorted({point.type_id for point in points})):
        mine = [point for point in points if point.type_id == type_id]
        symbol = mark_of_type(type_id)
        name = with_letter(type_id, names.get(type_id, type_id))
        figure.add_trace(
            kind(
                x=[point.x for point in mine],
                y=[point.y for point in mine],
                mode="markers",
                name=esc_plotly(name),
                marker={
                    "symbol": [f"{symbol}-open" if p.between else symbol for p in mine],
                    "size": 8,
                    "color": colours.type_colour(type_id),
                    "opacity": 0.85,
                    "line": {"width": 1, "color": colours.type_colour(type_id)},
                },
                customdata=[[p.key, esc_plotly(p.name), esc_plotly(p.standing)] for p in mine],
                hovertemplate="%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 0.15}},
            )
        )
    # Equal steps on both axes: distances on the map are what it is about.
    bare = {"showgrid": False, "zeroline": True, "zerolinecolor": colours.line, "fixedrange": True}
    figure.update_xaxes(**bare, showticklabels=False, range=_reach([p.x for p in points], 0.1))
    figure.update_yaxes(
        **bare,
        showticklabels=False,
        scaleanchor="x",
        constrain="domain",
        range=_reach([p.y for p in points], 0.14),
    )
    for axis, ends in zip(axes, ((("x", 0), ("x", 1)), (("y", 0), ("y", 1))), strict=True):
        for text, (direction, end) in zip((axis.low, axis.high), ends, strict=True):
            if text:
                figure.add_annotation(_end(text, direction, end, colours.quiet, colours.ground))
    figure.update_layout(
        dragmode="lasso",
        showlegend=True,
        margin={"t": 44, "b": 48, "l": 8, "r": 8},
        legend=top_legend(colours, 14),
        newselection={"line": {"color": colours.ink, "width": 1.5, "dash": "solid"}},
    )
    return Figure(
        figure, question, sentence, _alt(points, names, axes), _table(points, names), subtitle
    )


def _reach(values: Sequence[float], room: float) -> list[float]:
    """Range of an axis with room for the names at its ends."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    more = room * max(high - low, 1e-9)
    return [low - more, high + more]


def _end(text: str, direction: str, end: int, colour: str, ground: str) -> dict:
    arrow = {"x": ("← ", " →"), "y": ("↓ ", "↑ ")}[direction][end]
    words = axis_label(text, 34, 2) if direction == "x" else axis_label(text, 60, 1)
    along = direction == "x"
    return {
        "text": f"{words}{arrow}" if along and end else f"{arrow}{words}",
        "xref": "paper",
        "yref": "paper",
        "x": end if along else 0.5,
        "y": 0 if along else end,
        "xanchor": ("left", "right")[end] if along else "center",
        "yanchor": "top" if along else ("bottom", "top")[end],
        "yshift": -6 if along else 0,
        "align": ("left", "right")[end] if along else "center",
        "showarrow": False,
        "font": {"size": 12.5, "color": colour},
        "bgcolor": ground,
        "opacity": 0.9,
    }


def _table(points: Sequence[MapPoint], names: dict[str, str]) -> FigureTable:
    ordered = sorted(points, key=lambda point: point.name)
    return FigureTable(
        ("Kommune", "Typ", "Zuordnung"),
        tuple((p.name, names.get(p.type_id, p.type_id), p.standing) for p in ordered),
    )


def _alt(points: Sequence[MapPoint], names: dict[str, str], axes: tuple[MapAxis, MapAxis]) -> str:
    groups = ", ".join(
        f"{names.get(t, t)} {sum(point.type_id == t for point in points)}"
        for t in type_order(sorted({point.type_id for point in points}))
    )
    ends = "; ".join(f"von {axis.low} bis {axis.high}" for axis in axes if axis.low and axis.high)
    return f"Karte aus {len(points)} Punkten: {groups}. Achsen: {ends or 'ohne Namen'}."
