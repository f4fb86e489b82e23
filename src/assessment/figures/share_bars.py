"""Horizontal bars of shares from 0 to 1, largest first, with the number at the bar."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis
from assessment.figures.style import ThemeName, palette, unique_labels
from assessment.german import format_percent

_ROW, _PER_LINE = 26, 17


def share_bars(
    shares: Sequence[tuple[str, float]],
    *,
    column: str,
    measure: str,
    question: str,
    sentence: str,
    subtitle: str = "",
    full: float | None = None,
    sort: bool = True,
    theme: ThemeName = "light",
) -> Figure:
    """``full``: right end of the scale (default: a little more than the largest)."""
    colours = palette(theme)
    ordered = sorted(shares, key=lambda one: -one[1]) if sort else list(shares)
    names = unique_labels([name for name, _ in ordered], 30, 2)
    lines = max((name.count("<br>") for name in names), default=0)
    height = (_ROW + _PER_LINE * lines) * len(ordered) + 24
    figure = base_figure(colours, height=height, right=64)
    figure.add_trace(
        go.Bar(
            x=[share for _, share in ordered],
            y=names,
            orientation="h",
            text=[format_percent(share) for _, share in ordered],
            textposition="outside",
            textfont={"color": colours.ink, "size": 14},
            cliponaxis=False,
            hoverinfo="skip",
            marker={"color": colours.levels[3]},
        )
    )
    end = full or max((share for _, share in ordered), default=1.0) * 1.02
    figure.update_xaxes(**quiet_axis(colours, range=[0, end], visible=False))
    figure.update_yaxes(**category_axis(colours, tickfont={"size": 13.5, "color": colours.ink}))
    figure.update_layout(margin={"t": 4, "b": 4})
    told = "; ".join(f"{name} {format_percent(share)}" for name, share in ordered)
    return Figure(
        figure,
        question,
        sentence,
        f"Balken. {told}.",
        FigureTable(
            (column, measure), tuple((name, format_percent(share)) for name, share in ordered)
        ),
        subtitle,
    )
