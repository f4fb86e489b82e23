"""Two groupings of the same municipalities against each other: who stays together."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis
from assessment.figures.style import MARKS, ThemeName, axis_label, palette, unique_labels
from assessment.german import format_number

_ROW = 44
_LONG_NAME = "Serviceorientierte", "Service-orientierte"
"""The one type name that is too long for a column, and where it breaks."""
FEW = "1–4"
"""Shown instead of a count under five."""


def cross_table(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[int | None]],
    *,
    row_title: str,
    column_title: str,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
    totals: Sequence[int | None] | None = None,
    hidden: str = FEW,
) -> Figure:
    """``counts[i][j]``: in group ``i`` of one and ``j`` of the other; ``None`` = ``hidden``.

    A cell is the darker the larger its share of the row (of ``totals``, if rows have hidden
    cells). ``hidden`` is what stands there: without more, these are 1 to 4.
    """
    colours = palette(theme)
    sums = [sum(cell or 0 for cell in line) for line in counts]
    sums_shown = [() if totals is None else (total,) for total in (totals or sums)]
    if totals is not None:
        sums = [total or own for total, own in zip(totals, sums, strict=True)]
    shares = [
        [(cell or 0) / total if total else 0.0 for cell in line]
        for line, total in zip(counts, sums, strict=True)
    ]
    names = unique_labels(rows, 22, 2)
    heads = [
        head + "\u200b" * [_head(other) for other in columns[:place]].count(head)
        for place, head in enumerate(map(_head, columns))
    ]
    figure = base_figure(colours, height=_ROW * len(rows) + 96)
    figure.add_trace(
        go.Heatmap(
            z=shares,
            x=heads,
            y=names,
            zmin=0,
            zmax=1,
            colorscale=[[place / 4, colour] for place, colour in enumerate(colours.levels)],
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    dark_ink, light_ink = {
        "light": (colours.ink, "#FFFFFF"),
        "dark": ("#14181F", "#FFFFFF"),
    }[theme]
    over = light_ink if theme == "light" else dark_ink
    under = dark_ink if theme == "light" else light_ink
    figure.update_layout(
        annotations=[
            {
                "x": heads[j],
                "y": names[i],
                "text": _told(cell, hidden),
                "showarrow": False,
                "font": {"size": 14, "color": over if shares[i][j] >= 0.6 else under},
            }
            for i, line in enumerate(counts)
            for j, cell in enumerate(line)
        ],
        margin={"t": 72, "b": 4},
    )
    figure.update_xaxes(
        side="top",
        type="category",
        fixedrange=True,
        showgrid=False,
        tickangle=0,
        tickfont={"size": 13.5, "color": colours.ink},
        title={"text": column_title, "font": {"size": 13, "color": colours.quiet}},
        automargin=True,
    )
    figure.update_yaxes(**category_axis(colours, tickfont={"size": 13.5, "color": colours.ink}))
    told = "; ".join(
        f"{row}: "
        + ", ".join(
            f"{column} {_told(cell, hidden)}"
            for column, cell in zip(columns, line, strict=True)
            if cell != 0
        )
        for row, line in zip(rows, counts, strict=True)
    )
    return Figure(
        figure,
        question,
        sentence,
        f"Kreuztabelle, Zeilen {row_title}, Spalten {column_title}. {told}.",
        FigureTable(
            (row_title, *columns, *([] if totals is None else ["alle"])),
            tuple(
                (row, *(hidden if cell is None else cell for cell in (*line, *total)))
                for row, line, total in zip(rows, counts, sums_shown, strict=True)
            ),
        ),
        subtitle,
    )


def _head(column: str) -> str:
    """A column's name in short lines; the letter of a type has its own, so that five columns have
    room beside each other on a tablet."""
    letter, _, name = column.replace(*_LONG_NAME).partition(" ")
    if letter not in MARKS or not name:
        return axis_label(column, 14, 2)
    return f"{letter}<br>{axis_label(name, 11, 2)}"


def _told(cell: int | None, hidden: str) -> str:
    return hidden if cell is None else format_number(cell) if cell else "·"
