"""How well each number of types describes the answers: BIC and ICL as distance to their best."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.layout import base_figure, quiet_axis
from assessment.figures.style import Palette, ThemeName, palette
from assessment.german import format_number

_FAR = 12.0
"""Distances beyond this many times the smallest interesting one are cut at the frame."""
_LEAST_SHOWN = 40.0


@dataclass(frozen=True, slots=True)
class NumberFit:
    """Fit of one number of types (natural logarithms; smaller is better)."""

    k: int
    bic: float
    icl: float
    smallest: int
    """Municipalities of the smallest type."""
    parameters: int
    starts: str
    """``9 von 10``: how many starts reached the best result."""


def fit_by_number(
    fits: Sequence[NumberFit],
    *,
    question: str,
    sentence: str,
    subtitle: str = "",
    theme: ThemeName = "light",
) -> Figure:
    """Two lines over the number of types; 0 is each criterion's best."""
    colours = palette(theme)
    figure = base_figure(colours, height=300, right=24)
    ks = [fit.k for fit in fits]
    bic, icl = _gaps([fit.bic for fit in fits]), _gaps([fit.icl for fit in fits])
    top = _top(bic, icl)
    for name, gaps, symbol, dash in (
        ("ICL", icl, "diamond-open", "dot"),
        ("BIC", bic, "circle", "solid"),
    ):
        colour = colours.ink if name == "BIC" else colours.quiet
        figure.add_trace(
            go.Scatter(
                x=ks,
                y=gaps,
                mode="lines+markers",
                name=name,
                line={"color": colour, "width": 2, "dash": dash},
                marker={"symbol": symbol, "size": 10, "color": colour, "line": {"width": 2}},
                hovertemplate=f"%{{x:d}} Typen: {name} %{{y:,.0f}} über dem besten<extra></extra>",
            )
        )
    for k, gap in zip(ks, bic, strict=True):
        if gap > top:
            figure.add_annotation(
                x=k,
                y=top,
                yanchor="bottom",
                showarrow=False,
                text=f"↓ {format_number(gap)}",
                font={"size": 12.5, "color": colours.quiet},
                bgcolor=colours.ground,
            )
    _best_labels(figure, ks, bic, icl, top, colours)
    figure.update_xaxes(
        **quiet_axis(
            colours,
            tickvals=ks,
            range=[min(ks) - 0.4, max(ks) + 0.6],
            showgrid=False,
            title={"text": "Zahl der Typen", "font": {"color": colours.quiet, "size": 13}},
        )
    )
    figure.update_yaxes(
        **quiet_axis(colours, range=[top, -0.16 * top], tickformat=",.0f", nticks=5, zeroline=True)
    )
    return Figure(
        figure, question, sentence, _alt(fits, bic, icl), _table(fits, bic, icl), subtitle
    )


def _gaps(values: Sequence[float]) -> list[float]:
    best = min(values)
    return [value - best for value in values]


def _top(bic: Sequence[float], icl: Sequence[float]) -> float:
    """The frame shows what could be chosen; far worse numbers leave it at the bottom."""
    gaps = sorted(gap for gap in (*bic, *icl) if gap > 0)
    if not gaps:
        return _LEAST_SHOWN
    middle = gaps[(len(gaps) - 1) // 2]
    return max(min(gaps[-1], max(middle * 3.5, gaps[0] * _FAR)) * 1.1, _LEAST_SHOWN)


def _best_labels(
    figure: go.Figure,
    ks: Sequence[int],
    bic: Sequence[float],
    icl: Sequence[float],
    top: float,
    colours: Palette,
) -> None:
    best_bic, best_icl = ks[bic.index(0.0)], ks[icl.index(0.0)]
    if best_bic == best_icl:
        labels = [(best_bic, "BIC und ICL am besten")]
    else:
        labels = [(best_bic, "BIC am besten"), (best_icl, "ICL am besten")]
    for k, text in labels:
        figure.add_annotation(
            x=k,
            y=-0.03 * top,
            text=text,
            showarrow=False,
            yanchor="bottom",
            font={"size": 13, "color": colours.ink},
        )
    figure.add_annotation(
        x=ks[-1],
        y=bic[-1] if bic[-1] < top else top,
        text="BIC",
        xanchor="left",
        xshift=10,
        showarrow=False,
        font={"size": 13, "color": colours.ink},
    )
    if icl[-1] < top and abs(icl[-1] - bic[-1]) > top * 0.06:
        figure.add_annotation(
            x=ks[-1],
            y=icl[-1],
            text="ICL",
            xanchor="left",
            xshift=10,
            showarrow=False,
            font={"size": 13, "color": colours.quiet},
        )


def _table(fits: Sequence[NumberFit], bic: Sequence[float], icl: Sequence[float]) -> FigureTable:
    return FigureTable(
        (
            "Typen",
            "BIC",
            "über dem besten",
            "ICL",
            "über dem besten",
            "kleinster Typ",
            "Parameter",
            "Starts mit bestem Ergebnis",
        ),
        tuple(
            (
                str(fit.k),
                format_number(fit.bic, 1),
                format_number(bic[place], 1),
                format_number(fit.icl, 1),
                format_number(icl[place], 1),
                format_number(fit.smallest),
                format_number(fit.parameters),
                fit.starts,
            )
            for place, fit in enumerate(fits)
        ),
    )


def _alt(fits: Sequence[NumberFit], bic: Sequence[float], icl: Sequence[float]) -> str:
    told = "; ".join(
        f"{fit.k}: BIC {format_number(bic[place])}, ICL {format_number(icl[place])}"
        for place, fit in enumerate(fits)
    )
    return f"Zwei Linien, Abstand zum besten Wert je Zahl der Typen. {told}."
