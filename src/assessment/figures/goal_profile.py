"""Goals against the own average: what is emphasised and what stands back.

One row a goal, one mark a type (or the municipality's own filled dot) on one common scale. Zero is
the own average over all goals, so that somebody who rates everything high looks no different.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, category_axis, quiet_axis, top_legend
from assessment.figures.style import (
    ThemeName,
    esc_plotly,
    mark_of_type,
    palette,
    type_order,
    unique_labels,
    with_letter,
)
from assessment.german import format_signed

_ROW, _PER_LINE = 22, 16
"""Height of a row in pixels: a first line with its space, and every further one."""
_LABEL, _LINES = 40, 3
"""A goal's name on the axis: characters a line, and lines before it is cut."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of marks: deviation from the own average per goal (``None`` = not answered)."""

    name: str
    values: tuple[float | None, ...]
    type_id: str | None = None
    """Type whose colour and mark are used; without it a filled dot in ink."""
    emphasised: bool = True
    """False draws the mark hollow, as background to the emphasised one."""


def goal_profile(
    goals: Sequence[str],
    series: Sequence[Series],
    *,
    question: str,
    sentence: str,
    unit: str = "Abweichung vom eigenen Durchschnitt aller Ziele",
    theme: ThemeName = "light",
    decimals: int = 1,
) -> Figure:
    """Dots per goal; ``goals`` in the order to be shown."""
    colours = palette(theme)
    names = unique_labels(goals, _LABEL, _LINES)
    lines = max((name.count("<br>") for name in names), default=0)
    figure = base_figure(colours, height=(_ROW + 8 + _PER_LINE * lines) * len(goals) + 96)
    ordered = sorted(series, key=lambda one: one.emphasised)
    for one in ordered:
        colour = colours.type_colour(one.type_id) if one.type_id else colours.ink
        symbol = mark_of_type(one.type_id)
        figure.add_trace(
            go.Scatter(
                x=list(one.values),
                y=names,
                mode="markers",
                name=esc_plotly(with_letter(one.type_id, one.name)),
                marker={
                    "symbol": symbol if one.emphasised else f"{symbol}-open",
                    "size": 13 if one.emphasised else 10,
                    "color": colour,
                    "line": {
                        "color": colour if not one.emphasised else colours.ground,
                        "width": 1.5,
                    },
                    "opacity": 1,
                },
                cliponaxis=False,
                legendrank=1 + series.index(one),
                hovertemplate=f"{esc_plotly(one.name)}: %{{x:+.{decimals}f}}<extra></extra>",
            )
        )
    finite = [v for one in series for v in one.values if v is not None]
    reach = max([abs(value) for value in finite] or [1.0]) * 1.12
    step = 0.5 if reach < 2 else 1.0 if reach < 6 else 10.0
    ticks = [step * n for n in range(-int(reach / step), int(reach / step) + 1)]
    figure.update_layout(
        showlegend=len(series) > 1,
        margin={"t": 40 if len(series) > 1 else 8},
        legend=top_legend(colours, 14),
    )
    figure.update_xaxes(
        **quiet_axis(
            colours,
            range=[-reach, reach],
            zeroline=True,
            zerolinewidth=1.5,
            tickmode="array",
            tickvals=ticks,
            ticktext=["0" if tick == 0 else format_signed(tick, 1) for tick in ticks],
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
    return Figure(
        figure,
        question,
        sentence,
        _alt(goals, series, decimals),
        FigureTable(
            ("Ziel", *(one.name for one in series)),
            tuple(
                (goal, *(_cell(one.values[place], decimals) for one in series))
                for place, goal in enumerate(goals)
            ),
            decimals,
        ),
        unit,
    )


def ordered_series(by_type: Mapping[str, Series]) -> list[Series]:
    """Series in the fixed order of the types."""
    return [by_type[type_id] for type_id in type_order(list(by_type))]


def _cell(value: float | None, decimals: int) -> str:
    return "–" if value is None else format_signed(value, decimals)


def _alt(goals: Sequence[str], series: Sequence[Series], decimals: int) -> str:
    told = []
    for one in series:
        if not one.emphasised:
            continue
        ranked = sorted(
            (
                (value, goal)
                for goal, value in zip(goals, one.values, strict=True)
                if value is not None
            ),
            reverse=True,
        )
        if ranked:
            top = ", ".join(
                f"{goal} {format_signed(value, decimals)}" for value, goal in ranked[:3]
            )
            told.append(f"{one.name}: am stärksten {top}")
    return "Punkte je Ziel. " + ("; ".join(told) or "Keine Angaben") + "."
