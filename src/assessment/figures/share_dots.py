"""Shares from 0 to 1 per goal as dots, one mark a part of the questions; the largest on top."""

from collections.abc import Mapping

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis, top_legend
from assessment.figures.style import ThemeName, esc_plotly, palette, unique_labels
from assessment.german import format_percent

_ROW, _PER_LINE = 26, 17
_MARKS = ("circle", "diamond-open", "square", "triangle-up-open")


def share_dots(
    parts: Mapping[str, Mapping[str, float]],
    *,
    column: str,
    question: str,
    sentence: str,
    subtitle: str = "",
    most: int = 100,
    theme: ThemeName = "light",
) -> Figure:
    """``parts``: name of a part → goal → share. Shows the ``most`` goals with the largest share.

    The table holds all of them.
    """
    colours = palette(theme)
    goals = sorted(
        dict.fromkeys(goal for shares in parts.values() for goal in shares),
        key=lambda goal: -max(shares.get(goal, 0.0) for shares in parts.values()),
    )
    shown = goals[:most]
    names = unique_labels(shown, 34, 2)
    lines = max((name.count("<br>") for name in names), default=0)
    several = len(parts) > 1
    height = (_ROW + _PER_LINE * lines) * len(shown) + 44 + 32 * several
    figure = base_figure(colours, height=height, right=24)
    for number, (part, shares) in enumerate(parts.items()):
        figure.add_trace(
            go.Scatter(
                x=[shares.get(goal) for goal in shown],
                y=names,
                mode="markers",
                name=esc_plotly(part),
                marker={
                    "symbol": _MARKS[number % len(_MARKS)],
                    "size": 11,
                    "color": colours.ink,
                    "line": {"width": 1.8, "color": colours.ink},
                },
                customdata=[
                    esc_plotly(format_percent(shares[goal])) if goal in shares else ""
                    for goal in shown
                ],
                hovertemplate=f"{esc_plotly(part)}: %{{customdata}}<extra></extra>",
                cliponaxis=False,
            )
        )
    end = max([share for shares in parts.values() for share in shares.values()] or [1.0]) * 1.06
    step = 0.1 if end > 0.25 else 0.05
    ticks = [step * number for number in range(int(end / step) + 1)]
    figure.update_xaxes(
        **quiet_axis(
            colours,
            range=[0, end],
            tickvals=ticks,
            ticktext=[format_percent(tick) for tick in ticks],
            zeroline=True,
        )
    )
    figure.update_yaxes(
        **category_axis(
            colours,
            showgrid=True,
            gridcolor=colours.line,
            tickfont={"color": colours.ink, "size": 13.5},
        )
    )
    figure.update_layout(
        showlegend=several,
        margin={"t": 40 if several else 8},
        legend=top_legend(colours),
    )
    told = "; ".join(
        f"{goal} "
        + ", ".join(
            f"{part} {format_percent(shares[goal])}"
            for part, shares in parts.items()
            if goal in shares
        )
        for goal in shown
    )
    return Figure(
        figure,
        question,
        sentence,
        f"Punkte je {column}. {told}.",
        FigureTable(
            (column, *parts),
            tuple(
                (goal, *(format_percent(shares.get(goal)) for shares in parts.values()))
                for goal in goals
            ),
        ),
        subtitle,
    )
