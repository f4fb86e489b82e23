"""A heat map with the number in each cell: dimensions down, groups across, one hue."""

from collections.abc import Sequence

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis
from assessment.figures.style import ThemeName, palette, unique_labels
from assessment.german import format_number

_ROW = 30


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    question: str,
    sentence: str,
    row_title: str = "Dimension",
    subtitle: str = "",
    theme: ThemeName = "light",
    low: float = 0,
    high: float = 100,
) -> Figure:
    """``values[i][j]`` belongs to ``rows[i]`` and ``columns[j]``; ``None`` cells stay empty.

    The colour runs over the fixed range ``low``–``high``, never over the sample, so that the same
    number always has the same colour.
    """
    colours = palette(theme)
    middle = (low + high) / 2
    scale = [[place / 4, colour] for place, colour in enumerate(colours.levels)]
    names = unique_labels(rows)
    heads = unique_labels(columns, 12)
    figure = base_figure(colours, height=_ROW * len(rows) + 56)
    figure.add_trace(
        go.Heatmap(
            z=[list(row) for row in values],
            x=heads,
            y=names,
            zmin=low,
            zmax=high,
            colorscale=scale,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    ink = {
        "light": (colours.ink, "#FFFFFF"),
        "dark": ("#FFFFFF", "#14181F"),
    }[theme]
    limit = middle if theme == "light" else low + (high - low) * 0.6
    figure.update_layout(
        annotations=[
            {
                "x": heads[j],
                "y": names[i],
                "text": "–" if value is None else format_number(value),
                "showarrow": False,
                "font": {
                    "size": 14,
                    "color": colours.quiet
                    if value is None
                    else ink[1]
                    if value >= limit
                    else ink[0],
                },
            }
            for i, row in enumerate(values)
            for j, value in enumerate(row)
        ],
        margin={"t": 44, "b": 4},
    )
    figure.update_xaxes(
        side="top",
        type="category",
        fixedrange=True,
        showgrid=False,
        tickfont={"size": 14, "color": colours.ink},
        tickangle=0,
        automargin=True,
    )
    figure.update_yaxes(**category_axis(colours))
    alt = "; ".join(
        f"{row}: "
        + ", ".join(
            f"{column} {format_number(value) if value is not None else 'keine Angabe'}"
            for column, value in zip(columns, line, strict=True)
        )
        for row, line in zip(rows, values, strict=True)
    )
    return Figure(
        figure,
        question,
        sentence,
        f"Tabelle mit Farbstufen. {alt}.",
        FigureTable(
            (row_title, *columns),
            tuple((row, *line) for row, line in zip(rows, values, strict=True)),
        ),
        subtitle,
    )
