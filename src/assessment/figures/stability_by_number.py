"""Do the same types come back when the municipalities are drawn anew? One column a number of types.

A dot is a type: the mean overlap (Jaccard, 0–1) of a type with its nearest counterpart in resampled
data. The band is where as many groups end up in data without any types; only dots above it count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, quiet_axis, top_legend
from assessment.figures.style import ThemeName, esc_plotly, palette
from assessment.german import format_number

_HALF = 0.13
"""Half the width of a band, in units of one number of types."""
_ASIDE = 0.17


@dataclass(frozen=True, slots=True)
class NumberStability:
    """Stability of one number of types under one method."""

    k: int
    jaccard: tuple[float, ...]
    null_mean: float
    null_high: float
    own: bool
    """Of the study's own method; else of the quick comparison method."""


def stability_by_number(
    values: Sequence[NumberStability],
    *,
    own: str,
    quick: str,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Bands of structureless data and dots of types; ``own`` and ``quick`` name the methods."""
    colours = palette(theme)
    figure = base_figure(colours, height=330, right=20)
    both = len({value.own for value in values}) > 1
    for value in values:
        middle = value.k + (0 if not both else _ASIDE if value.own else -_ASIDE)
        figure.add_shape(
            type="rect",
            x0=middle - _HALF,
            x1=middle + _HALF,
            y0=0,
            y1=value.null_high,
            fillcolor=colours.band_fill,
            line={"width": 0},
            layer="below",
        )
        for height, dash in ((value.null_high, "solid"), (value.null_mean, "dot")):
            figure.add_shape(
                type="line",
                x0=middle - _HALF,
                x1=middle + _HALF,
                y0=height,
                y1=height,
                line={"color": colours.band, "width": 1.5, "dash": dash},
            )
    for is_own, symbol in ((False, "circle-open"), (True, "circle")):
        chosen = [value for value in values if value.own is is_own]
        if not chosen:
            continue
        aside = 0 if not both else _ASIDE if is_own else -_ASIDE
        figure.add_trace(
            go.Scatter(
                x=[value.k + aside for value in chosen for _ in value.jaccard],
                y=[one for value in chosen for one in value.jaccard],
                mode="markers",
                name=esc_plotly(own if is_own else quick),
                marker={
                    "symbol": symbol,
                    "size": 9,
                    "color": colours.ink if is_own else colours.quiet,
                    "line": {"width": 1.6},
                },
                customdata=[value.k for value in chosen for _ in value.jaccard],
                hovertemplate="%{customdata} Typen: Übereinstimmung %{y:.2f}<extra></extra>",
            )
        )
    ks = sorted({value.k for value in values})
    figure.update_xaxes(
        **quiet_axis(
            colours,
            tickvals=ks,
            range=[min(ks, default=2) - 0.6, max(ks, default=8) + 0.6],
            showgrid=False,
            title={"text": "Zahl der Typen", "font": {"color": colours.quiet, "size": 13}},
        )
    )
    figure.update_yaxes(**quiet_axis(colours, range=[0, 1.03], dtick=0.25, tickformat=".2f"))
    figure.update_layout(
        showlegend=both,
        margin={"t": 36 if both else 12},
        legend=top_legend(colours),
    )
    return Figure(
        figure,
        question,
        sentence,
        _alt(values, own, quick),
        _table(values, own, quick),
        subtitle,
    )


def _table(values: Sequence[NumberStability], own: str, quick: str) -> FigureTable:
    return FigureTable(
        (
            "Typen",
            "Verfahren",
            "schwächster Typ",
            "alle Typen",
            "ohne Typen im Mittel",
            "ohne Typen, 95 % darunter",
        ),
        tuple(
            (
                str(value.k),
                own if value.own else quick,
                format_number(min(value.jaccard), 2),
                " · ".join(format_number(one, 2) for one in value.jaccard),
                format_number(value.null_mean, 2),
                format_number(value.null_high, 2),
            )
            for value in sorted(values, key=lambda value: (value.k, not value.own))
        ),
    )


def _alt(values: Sequence[NumberStability], own: str, quick: str) -> str:
    told = "; ".join(
        f"{value.k} Typen ({own if value.own else quick}): schwächster "
        f"{format_number(min(value.jaccard), 2)}, Grenze {format_number(value.null_high, 2)}"
        for value in values
    )
    return f"Punkte je Typ und Band der Daten ohne Typen. {told}."
