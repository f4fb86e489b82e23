"""How surely every single municipality belongs to its type: one strip of marks a type."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, quiet_axis
from assessment.figures.style import (
    ThemeName,
    axis_label,
    esc_plotly,
    mark_of_type,
    palette,
    with_letter,
)
from assessment.german import format_number, format_percent

_STRIP = 74
_GOLDEN = 0.6180339887
_FAST_FROM = 1500


@dataclass(frozen=True, slots=True)
class MemberDot:
    """One municipality: probability of its first type, 0–1."""

    name: str
    probability: float
    second: str
    """Name of its second type, may be empty."""


@dataclass(frozen=True, slots=True)
class MemberStrip:
    """All municipalities of one type; ``dots`` may be a part of them."""

    type_id: str
    name: str
    dots: tuple[MemberDot, ...]
    summary: str
    """How surely they belong, in words, beside the strip."""


def membership_dots(
    strips: Sequence[MemberStrip],
    *,
    likely: float,
    assigned: float,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """``likely`` and ``assigned``: from which probability on an assignment is called so."""
    colours = palette(theme)
    figure = base_figure(colours, height=_STRIP * len(strips) + 76)
    for row, strip in enumerate(strips):
        colour, symbol = colours.type_colour(strip.type_id), mark_of_type(strip.type_id)
        kind = go.Scattergl if len(strip.dots) > _FAST_FROM else go.Scatter
        figure.add_trace(
            kind(
                x=[dot.probability for dot in strip.dots],
                # Evenly spread over the height without chance: the same picture every time.
                y=[row + 0.46 * ((n * _GOLDEN) % 1 - 0.5) + 0.12 for n in range(len(strip.dots))],
                mode="markers",
                marker={
                    "symbol": [
                        symbol if dot.probability >= likely else f"{symbol}-open"
                        for dot in strip.dots
                    ],
                    "size": 6,
                    "color": colour,
                    "opacity": 0.75,
                },
                customdata=[[esc_plotly(dot.name), _told(dot)] for dot in strip.dots],
                hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
                cliponaxis=False,
            )
        )
        figure.add_annotation(
            x=0,
            xref="paper",
            y=row - 0.38,
            xanchor="left",
            showarrow=False,
            text=f"<b>{axis_label(with_letter(strip.type_id, strip.name), 30, 1)}</b>  "
            f"{esc_plotly(strip.summary)}",
            font={"size": 13.5, "color": colours.ink},
            bgcolor=colours.ground,
        )
    lowest = min([dot.probability for strip in strips for dot in strip.dots] or [0.5])
    begin = min(int(lowest * 10) / 10, likely - 0.1)
    for limit in (likely, assigned):
        figure.add_vline(x=limit, line={"color": colours.band, "width": 1.2, "dash": "dot"})
    for low, high, text in (
        (begin, likely, "zwischen zwei Typen"),
        (likely, assigned, "eher"),
        (assigned, 1.0, "sicher"),
    ):
        figure.add_annotation(
            x=(low + high) / 2,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=text,
            showarrow=False,
            font={"size": 13, "color": colours.quiet},
        )
    figure.update_xaxes(
        **quiet_axis(
            colours,
            range=[begin - 0.01, 1.01],
            tickvals=sorted({begin, likely, assigned, 1.0}),
            ticktext=[format_percent(v) for v in sorted({begin, likely, assigned, 1.0})],
            showgrid=False,
            zeroline=False,
        )
    )
    figure.update_yaxes(range=[len(strips) - 0.45, -0.6], visible=False, fixedrange=True)
    figure.update_layout(margin={"t": 26, "b": 32, "l": 8, "r": 14})
    return Figure(
        figure,
        question,
        sentence,
        "Punkte je Kommune. " + "; ".join(f"{s.name}: {s.summary}" for s in strips) + ".",
        _table(strips),
        subtitle,
    )


def _told(dot: MemberDot) -> str:
    second = f", an zweiter Stelle {dot.second}" if dot.second else ""
    return esc_plotly(f"{format_percent(dot.probability)}{second}")


def _table(strips: Sequence[MemberStrip]) -> FigureTable:
    every = sorted((dot.name, strip.name, dot) for strip in strips for dot in strip.dots)
    return FigureTable(
        ("Kommune", "Typ", "Wahrscheinlichkeit", "an zweiter Stelle"),
        tuple(
            (name, kind, f"{format_number(dot.probability * 100)} %", dot.second or "–")
            for name, kind, dot in every
        ),
    )
