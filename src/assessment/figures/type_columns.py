"""Goal profiles of all types side by side: one panel a type, one row a goal, dots with intervals.

All panels share one scale, so that a goal is compared across and a type down. Names of goals stand
above their row: they need no column of their own, and narrow screens keep room for the dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure
from assessment.figures.style import (
    Palette,
    ThemeName,
    axis_label,
    esc_plotly,
    mark_of_type,
    palette,
)
from assessment.german import format_number, format_signed

_ROW, _HEAD = 42, 44
_GAP = 0.012
"""Room between two panels, as a share of the width."""
_LETTERS_FROM = 5
"""With more types than this only letters fit above the panels, and no numbers below."""


@dataclass(frozen=True, slots=True)
class TypeColumn:
    """One panel: mean emphasis per goal and half the width of its 95 % interval."""

    type_id: str
    name: str
    centre: tuple[float, ...]
    half_width: tuple[float, ...] = ()
    """Empty where no interval is known."""
    n: int | None = None

    def interval(self, place: int) -> float:
        """Half width at a goal, 0 without one."""
        return self.half_width[place] if self.half_width else 0.0


def type_columns(
    goals: Sequence[str],
    types: Sequence[TypeColumn],
    *,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Panels in the order of ``types``; goals sorted by how far apart the types lie on them."""
    colours = palette(theme)
    order = sorted(range(len(goals)), key=lambda place: -_spread(types, place))
    rows = list(range(len(order)))
    figure = base_figure(colours, height=_ROW * len(order) + _HEAD + 40)
    reach = 1.06 * max(
        [abs(one.centre[p]) + one.interval(p) for one in types for p in order] or [1.0]
    )
    width = (1 + _GAP) / max(len(types), 1)
    for number, one in enumerate(types):
        axis = "" if number == 0 else str(number + 1)
        figure.add_trace(_dots(one, order, rows, f"x{axis}", goals, colours))
        domain = [number * width, min((number + 1) * width - _GAP, 1.0)]
        figure.update_layout(
            {f"xaxis{axis}": _axis(colours, domain, reach, ends=len(types) <= _LETTERS_FROM)}
        )
        figure.add_annotation(_head(one, sum(domain) / 2, len(types), colours))
    for row, place in zip(rows, order, strict=True):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=row - 0.42,
            yanchor="middle",
            xanchor="left",
            text=axis_label(goals[place], 66, 1),
            showarrow=False,
            font={"size": 13.5, "color": colours.ink},
            bgcolor=colours.ground,
            borderpad=1,
        )
    figure.update_yaxes(
        range=[len(order) - 0.6, -0.75],
        visible=True,
        showticklabels=False,
        tickvals=rows,
        gridcolor=colours.line,
        zeroline=False,
        fixedrange=True,
    )
    if len(types) > _LETTERS_FROM:
        # No room for numbers below narrow panels: the scale is said once.
        scale = f"jedes Feld von {format_signed(-reach, 1)} bis {format_signed(reach, 1)}"
        subtitle = " · ".join(filter(None, (subtitle, scale)))
    figure.update_layout(margin={"t": _HEAD, "b": 30, "l": 2, "r": 6})
    return Figure(
        figure,
        question,
        sentence,
        _alt(goals, types, order),
        _table(goals, types, order),
        subtitle,
    )


def _dots(
    one: TypeColumn,
    order: Sequence[int],
    rows: Sequence[int],
    axis: str,
    goals: Sequence[str],
    colours: Palette,
) -> go.Scatter:
    colour = colours.type_colour(one.type_id)
    return go.Scatter(
        x=[one.centre[place] for place in order],
        y=list(rows),
        xaxis=axis,
        yaxis="y",
        mode="markers",
        marker={"symbol": mark_of_type(one.type_id), "size": 10, "color": colour},
        error_x={
            "type": "data",
            "array": [one.interval(place) for place in order],
            "color": colour,
            "thickness": 2,
            "width": 0,
        },
        cliponaxis=False,
        customdata=[
            [esc_plotly(goals[place]), _with_interval(one, place, esc=True)] for place in order
        ],
        hovertemplate=f"{esc_plotly(one.name)}<br>%{{customdata[0]}}: %{{customdata[1]}}"
        "<extra></extra>",
    )


def _axis(colours: Palette, domain: list[float], reach: float, *, ends: bool) -> dict:
    step = 0.5 if reach > 0.6 else 0.2
    top = step * int(reach / step)
    ticks = [-top, 0.0, top] if ends else [0.0]
    return {
        "domain": domain,
        "anchor": "y",
        "range": [-reach, reach],
        "fixedrange": True,
        "tickvals": ticks,
        "ticktext": [format_signed(tick, 1) if tick else "0" for tick in ticks],
        "tickfont": {"size": 12, "color": colours.quiet},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": colours.band,
        "zerolinewidth": 1.2,
    }


def _head(one: TypeColumn, middle: float, types: int, colours: Palette) -> dict:
    known = one.type_id in colours.types
    if known and types > _LETTERS_FROM:
        text = f"<b>{esc_plotly(one.type_id)}</b>"
    else:
        letter = f"<b>{esc_plotly(one.type_id)}</b><br>" if known else ""
        text = letter + axis_label(one.name, 19, 1 if known else 2)
    return {
        "text": text,
        "x": middle,
        "xref": "paper",
        "xanchor": "center",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4,
        "showarrow": False,
        "font": {"size": 13.5, "color": colours.type_colour(one.type_id)},
    }


def _spread(types: Sequence[TypeColumn], place: int) -> float:
    values = [one.centre[place] for one in types]
    return max(values) - min(values) if values else 0.0


def _with_interval(one: TypeColumn, place: int, *, esc: bool = False) -> str:
    value = format_signed(one.centre[place], 2)
    if not one.half_width:
        return value
    half = one.interval(place)
    low, high = one.centre[place] - half, one.centre[place] + half
    text = f"{value} ({format_number(low, 2)} bis {format_number(high, 2)})"
    return esc_plotly(text) if esc else text


def _table(goals: Sequence[str], types: Sequence[TypeColumn], order: Sequence[int]) -> FigureTable:
    heads = [one.name if one.n is None else f"{one.name} (n = {one.n})" for one in types]
    return FigureTable(
        ("Ziel", *heads),
        tuple((goals[p], *(_with_interval(one, p) for one in types)) for p in order),
        2,
    )


def _alt(goals: Sequence[str], types: Sequence[TypeColumn], order: Sequence[int]) -> str:
    told = []
    for one in types:
        ranked = sorted(order, key=lambda place: -one.centre[place])[:3]
        top = ", ".join(f"{goals[p]} {format_signed(one.centre[p], 1)}" for p in ranked)
        told.append(f"{one.name} betont am stärksten {top}")
    return f"Punkte je Ziel und Typ mit Spannen. {'; '.join(told)}."
