"""How many municipalities stand at which level, per dimension: one stacked bar a dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.counts import HIDDEN
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis
from assessment.figures.style import Palette, ThemeName, palette, unique_labels
from assessment.german import format_number

LEVEL_NAMES = ("Stufe 0", "1", "2", "3", "4")
_ROW = 30
_LEAST_LABELLED = 4.0
"""Per cent of the bar from which its number fits inside."""


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """One dimension: municipalities per level 0–4 (``None`` = hidden) of ``total`` rated ones."""

    name: str
    counts: tuple[int | None, ...]
    not_rated: int | None
    total: int

    @property
    def hidden(self) -> int:
        """Rated municipalities in hidden cells, all together."""
        return max(self.total - sum(count or 0 for count in self.counts), 0)


def level_shares(
    rows: Sequence[LevelCounts],
    *,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Bars of equal length (all rated municipalities), split by level, number in each part.

    Hidden counts are gathered in one hollow part at the end.
    """
    colours = palette(theme)
    names = unique_labels([row.name for row in rows])
    figure = base_figure(colours, height=_ROW * len(rows) + 50)
    for level, name in enumerate(LEVEL_NAMES):
        numbers = [row.counts[level] or 0 for row in rows]
        figure.add_trace(
            _bars(rows, names, numbers, name, colours.levels[level], _ink(level, theme), colours)
        )
    if any(row.hidden for row in rows):
        figure.add_trace(
            _bars(
                rows,
                names,
                [row.hidden for row in rows],
                HIDDEN,
                colours.ground,
                colours.quiet,
                colours,
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
    return Figure(
        figure,
        question,
        sentence,
        "Gestapelte Balken. " + "; ".join(_in_words(row) for row in rows) + ".",
        FigureTable(
            ("Dimension", *(f"Stufe {level}" for level in range(5)), "nicht bewertbar"),
            tuple((row.name, *map(_cell, row.counts), _cell(row.not_rated)) for row in rows),
        ),
        subtitle,
    )


def _bars(
    rows: Sequence[LevelCounts],
    names: list[str],
    numbers: list[int],
    name: str,
    fill: str,
    ink: str,
    colours: Palette,
) -> go.Bar:
    shares = [100 * n / (row.total or 1) for n, row in zip(numbers, rows, strict=True)]
    hollow = fill == colours.ground
    return go.Bar(
        x=shares,
        y=names,
        orientation="h",
        name=name,
        text=[
            format_number(number) if share >= _LEAST_LABELLED else ""
            for number, share in zip(numbers, shares, strict=True)
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"size": 13, "color": ink},
        hoverinfo="skip",
        marker={
            "color": fill,
            "line": {"color": colours.band if hollow else colours.ground, "width": 1},
        },
    )


def _ink(level: int, theme: ThemeName) -> str:
    if theme == "light":
        return "#1B232C" if level <= 2 else "#FFFFFF"
    return "#FFFFFF" if level <= 2 else "#14181F"


def _cell(count: int | None) -> str:
    return HIDDEN if count is None else format_number(count)


def _in_words(row: LevelCounts) -> str:
    return f"{row.name}: " + ", ".join(
        f"Stufe {level} {_cell(count)}" for level, count in enumerate(row.counts)
    )
