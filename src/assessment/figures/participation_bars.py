"""How many of all took part, per group: bars of the share, the counts at the bar."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.counts import HIDDEN
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis
from assessment.figures.style import ThemeName, esc_plotly, palette, unique_labels

_ROW = 32


@dataclass(frozen=True, slots=True)
class ShareRow:
    """``n`` of ``of`` took part (``n`` is ``None`` where it is hidden), and how it is said."""

    name: str
    n: int | None
    of: int
    text: str


def participation_bars(
    rows: Sequence[ShareRow],
    *,
    question: str,
    sentence: str,
    column: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Rows in the order given, on a scale of 0 to 100 per cent."""
    colours = palette(theme)
    names = unique_labels([row.name for row in rows])
    figure = base_figure(colours, height=_ROW * len(rows) + 40)
    figure.add_trace(
        go.Bar(
            x=[100 * (row.n or 0) / row.of for row in rows],
            y=names,
            orientation="h",
            text=[esc_plotly(row.text) for row in rows],
            textposition="outside",
            textfont={"color": colours.ink, "size": 14},
            cliponaxis=False,
            hoverinfo="skip",
            marker={"color": colours.levels[3]},
        )
    )
    axis = quiet_axis(colours, range=[0, 100], tickvals=[0, 25, 50, 75, 100], ticksuffix=" %")
    figure.update_xaxes(**axis)
    figure.update_yaxes(**category_axis(colours, tickfont={"size": 14, "color": colours.ink}))
    told = "; ".join(f"{row.name}: {row.text}" for row in rows)
    return Figure(
        figure,
        question,
        sentence,
        f"Balken. {told}.",
        FigureTable(
            (column, "Teilnehmende", "alle", "Anteil in %"),
            tuple(
                (
                    row.name,
                    HIDDEN if row.n is None else row.n,
                    row.of,
                    HIDDEN if row.n is None else round(100 * row.n / row.of, 1),
                )
                for row in rows
            ),
            decimals=1,
        ),
        subtitle,
    )
