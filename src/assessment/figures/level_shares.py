"""How many municipalities stand at which level, per dimension: one stacked bar a dimension.

Hidden levels have no place on the scale: what they hold together stands apart from it, hatched, and
names them. How it splits is neither drawn nor said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from assessment.figures.counts import HIDDEN
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis
from assessment.figures.style import Palette, ThemeName, palette, unique_labels
from assessment.german import format_number

LEVEL_NAMES = ("Stufe 0", "1", "2", "3", "4")
_ROW = 30
_ROW_NAMED = 35
"""With two lines beside the bar."""
_LEAST_LABELLED = 5.0
"""Per cent of the bar from which its number fits inside."""
_APART = 4.0
"""Gap between the scale and what is hidden, in per cent of the bar."""
_EDGE = 0.4
"""Room for the outline of the last piece."""
_NAMED = 108
"""Pixels at the right for the names of hidden levels."""
UNRATED = "nicht bewertbar"
_MOST_SETS = 3


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

    @property
    def hidden_levels(self) -> str:
        """Which levels are hidden: „Stufen 0 und 4“; ``""`` if none is.

        Where ``not_rated`` is hidden, these are part of :attr:`hidden` as well.
        """
        levels = [str(level) for level, count in enumerate(self.counts) if count is None]
        names = " und ".join(part for part in (", ".join(levels[:-1]), *levels[-1:]) if part)
        return f"{'Stufe' if len(levels) == 1 else 'Stufen'} {names}" if levels else ""


def level_shares(
    rows: Sequence[LevelCounts],
    *,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Bars of equal length (all rated municipalities), split by level, number in each part.

    Hidden counts are gathered in one hatched part, apart from the scale.
    """
    colours = palette(theme)
    names = unique_labels([row.name for row in rows])
    apart = any(row.hidden for row in rows)
    two_lines = any(row.hidden and len(_hidden_parts(row)) > 1 for row in rows)
    row_height = _ROW_NAMED if two_lines else _ROW
    figure = base_figure(colours, height=row_height * len(rows) + 50, right=_NAMED if apart else 16)
    for level, name in enumerate(LEVEL_NAMES):
        numbers = [row.counts[level] or 0 for row in rows]
        figure.add_trace(
            _bars(rows, names, numbers, name, colours.levels[level], _ink(level, theme), colours)
        )
    if apart:
        figure.add_trace(_gap(rows, names))
        figure.add_trace(_hidden(rows, names, colours))
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
    end = 100 + _APART if apart else 100
    figure.update_xaxes(**quiet_axis(colours, range=[0, end + _EDGE], visible=False))
    for name, row in zip(names, rows, strict=True):
        if row.hidden:
            figure.add_annotation(
                x=end,
                y=name,
                text=",<br>".join(_hidden_parts(row)),
                xanchor="left",
                xshift=6,
                align="left",
                showarrow=False,
                font={"size": 12, "color": colours.quiet},
            )
    figure.update_yaxes(**category_axis(colours))
    return Figure(
        figure,
        question,
        sentence,
        "Gestapelte Balken. " + "; ".join(_in_words(row) for row in rows) + ".",
        FigureTable(
            ("Dimension", *(f"Stufe {level}" for level in range(5)), UNRATED),
            tuple((row.name, *map(_cell, row.counts), _cell(row.not_rated)) for row in rows),
        ),
        subtitle,
    )


def _shares(rows: Sequence[LevelCounts], numbers: Sequence[int]) -> list[float]:
    return [100 * n / (row.total or 1) for n, row in zip(numbers, rows, strict=True)]


def _numbers(numbers: Sequence[int], shares: Sequence[float]) -> dict[str, Any]:
    """The number inside each part that has room for it."""
    return {
        "text": [
            format_number(number) if share >= _LEAST_LABELLED else ""
            for number, share in zip(numbers, shares, strict=True)
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
    }


def _bars(
    rows: Sequence[LevelCounts],
    names: list[str],
    numbers: list[int],
    name: str,
    fill: str,
    ink: str,
    colours: Palette,
) -> go.Bar:
    shares = _shares(rows, numbers)
    return go.Bar(
        x=shares,
        y=names,
        orientation="h",
        name=name,
        textfont={"size": 13, "color": ink},
        hoverinfo="skip",
        marker={"color": fill, "line": {"color": colours.ground, "width": 1}},
        **_numbers(numbers, shares),
    )


def _gap(rows: Sequence[LevelCounts], names: list[str]) -> go.Bar:
    """Nothing, between the scale and what is hidden."""
    return go.Bar(
        x=[_APART if row.hidden else 0 for row in rows],
        y=names,
        orientation="h",
        marker={"color": "rgba(0,0,0,0)"},
        hoverinfo="skip",
        showlegend=False,
    )


def _hidden(rows: Sequence[LevelCounts], names: list[str], colours: Palette) -> go.Bar:
    numbers = [row.hidden for row in rows]
    shares = _shares(rows, numbers)
    return go.Bar(
        x=shares,
        y=names,
        orientation="h",
        name=HIDDEN,
        textfont={"size": 13, "color": colours.ink},
        hoverinfo="skip",
        marker={
            "color": colours.ground,
            "line": {"color": colours.band, "width": 1},
            "pattern": {
                "shape": "/",
                "fgcolor": colours.line,
                "bgcolor": colours.ground,
                "size": 7,
                "solidity": 0.3,
            },
        },
        **_numbers(numbers, shares),
    )


def _ink(level: int, theme: ThemeName) -> str:
    if theme == "light":
        return "#1B232C" if level <= 2 else "#FFFFFF"
    return "#FFFFFF" if level <= 2 else "#14181F"


def hidden_sentence(rows: Sequence[LevelCounts]) -> str:
    """Which levels the hatched parts hold, without how many each; ``""`` where nothing is hidden.

    Levels are named field by field only where at most three different sets are hidden.
    """
    sets = Counter(_either(row) for row in rows if row.hidden)
    if not sets:
        return ""
    said = "Schraffiert, neben der Skala, steht zusammen, was verdeckt ist: "
    if len(sets) > _MOST_SETS:
        return f"{said}je Feld, was rechts davon genannt ist."
    if len(sets) == 1 and sets.total() == len(rows):
        return f"{said}in jedem Feld {next(iter(sets))}."
    parts = [f"in {_fields(n)} {hidden}" for hidden, n in sets.most_common()]
    return f"{said}{'; '.join(parts)}."


def _hidden_parts(row: LevelCounts) -> list[str]:
    """What a hatched part holds, beside it in a line each."""
    return [part for part in (row.hidden_levels, UNRATED if row.not_rated is None else "") if part]


def _either(row: LevelCounts) -> str:
    """What a hatched part holds, in a sentence: „die Stufen 0 und 4“."""
    levels = row.hidden_levels
    parts = [f"die {levels}"] if levels else []
    parts += ["die nicht bewertbaren Kommunen"] if row.not_rated is None else []
    return " und ".join(parts)


def _fields(n: int) -> str:
    return "einem Feld" if n == 1 else f"{n} Feldern"


def _cell(count: int | None) -> str | int:
    return HIDDEN if count is None else count


def _in_words(row: LevelCounts) -> str:
    told = f"{row.name}: " + ", ".join(
        f"Stufe {level} {_cell(count)}" for level, count in enumerate(row.counts)
    )
    return f"{told}, zusammen {row.hidden} verdeckt" if row.hidden else told
