"""How many municipalities stand at which level, per dimension: one stacked bar a dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis
from assessment.figures.style import ThemeName, palette, unique_labels
from assessment.german import count_of, format_number

LEVEL_NAMES = ("Stufe 0", "1", "2", "3", "4")
_ROW = 30


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """One dimension: municipalities per level 0–4, and those that can't be rated."""

    name: str
    counts: tuple[int, int, int, int, int]
    not_rated: int = 0


def level_shares(
    rows: Sequence[LevelCounts],
    *,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Bars of equal length (all rated municipalities), split by level, number in each part."""
    colours = palette(theme)
    names = unique_labels([row.name for row in rows])
    figure = base_figure(colours, height=_ROW * len(rows) + 64)
    for level in range(5):
        shares = [100 * row.counts[level] / (sum(row.counts) or 1) for row in rows]
        numbers = [row.counts[level] for row in rows]
        dark_text = level <= 2 if theme == "light" else level >= 3
        ink = ("#1B232C", "#FFFFFF") if theme == "light" else ("#14181F", "#FFFFFF")
        figure.add_trace(
            go.Bar(
                x=shares,
                y=names,
                orientation="h",
                name=LEVEL_NAMES[level],
                text=[
                    format_number(number) if share >= 4 else ""
                    for number, share in zip(numbers, shares, strict=True)
                ],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                textfont={"size": 13, "color": ink[0] if dark_text else ink[1]},
                marker={
                    "color": colours.levels[level],
                    "line": {"color": colours.ground, "width": 1},
                },
                customdata=[
                    [number, count_of(number, sum(row.counts) or 1)]
                    for number, row in zip(numbers, rows, strict=True)
                ],
                hovertemplate=(
                    f"Stufe {level}: %{{customdata[0]}} Kommunen (%{{customdata[1]}})"
                    "<extra></extra>"
                ),
            )
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        showlegend=True,
        margin={"t": 34, "b": 8},
        legend={
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 13, "color": colours.quiet},
        },
    )
    figure.update_xaxes(**quiet_axis(colours, range=[0, 100], visible=False))
    figure.update_yaxes(**category_axis(colours))
    alt = "; ".join(
        f"{row.name}: " + ", ".join(f"Stufe {i} {n}" for i, n in enumerate(row.counts))
        for row in rows
    )
    return Figure(
        figure,
        question,
        sentence,
        f"Gestapelte Balken. {alt}.",
        FigureTable(
            ("Dimension", *(f"Stufe {i}" for i in range(5)), "nicht bewertbar"),
            tuple((row.name, *row.counts, row.not_rated) for row in rows),
        ),
        subtitle,
    )
