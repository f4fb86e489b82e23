"""Bars of counts: how many municipalities per type or group, with the number at the bar."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis
from assessment.figures.style import ThemeName, palette, unique_labels, with_letter
from assessment.german import count_of, format_number

_ROW = 38
HIDDEN = "verdeckt"
"""Shown instead of a count too small to be shown."""


@dataclass(frozen=True, slots=True)
class Count:
    """One bar. ``type_id`` gives a type's colour; without it the bar is grey-blue or hollow.

    ``number`` is ``None`` where the count is hidden.
    """

    name: str
    number: int | None
    type_id: str | None = None
    hollow: bool = False


def count_bars(
    counts: Sequence[Count],
    *,
    question: str,
    sentence: str,
    column: str = "Gruppe",
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Horizontal bars in the order given (types keep their fixed order)."""
    colours = palette(theme)
    total = sum(count.number or 0 for count in counts)
    told = [_told(count.number, total) for count in counts]
    names = unique_labels([with_letter(count.type_id, count.name) for count in counts])
    figure = base_figure(colours, height=_ROW * len(counts) + 44, right=90)
    figure.add_trace(
        go.Bar(
            x=[count.number or 0 for count in counts],
            y=names,
            orientation="h",
            text=[f"{number}  ({share})" if share else number for number, share in told],
            textposition="outside",
            textfont={"color": colours.ink, "size": 15},
            cliponaxis=False,
            hoverinfo="skip",
            marker={
                "color": [
                    colours.ground
                    if count.hollow
                    else colours.type_colour(count.type_id)
                    if count.type_id
                    else colours.levels[3]
                    for count in counts
                ],
                "line": {
                    "color": [
                        colours.band if count.hollow else "rgba(0,0,0,0)" for count in counts
                    ],
                    "width": 1.2,
                },
            },
        )
    )
    figure.update_xaxes(**quiet_axis(colours, rangemode="tozero", visible=False, tickformat=",d"))
    figure.update_yaxes(**category_axis(colours))
    figure.update_layout(margin={"b": 8})
    alt = "; ".join(
        f"{count.name}: {number}" for count, (number, _) in zip(counts, told, strict=True)
    )
    return Figure(
        figure,
        question,
        sentence,
        f"Balken. {alt}.",
        FigureTable(
            (column, "Kommunen", "Anteil"),
            tuple(
                (count.name, HIDDEN if count.number is None else count.number, share or "–")
                for count, (_, share) in zip(counts, told, strict=True)
            ),
        ),
        subtitle,
    )


def _told(number: int | None, total: int) -> tuple[str, str]:
    """A count and its share in words; hidden counts say so."""
    if number is None:
        return HIDDEN, ""
    return format_number(number), count_of(number, total) if total else ""
