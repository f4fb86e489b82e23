"""Drawings as data for the templates: places as shares 0–1, every text printable."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import isnan
from typing import Any

from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Bar,
    Cell,
    Drawing,
    Picture,
    Pips,
    Scale,
    ScaleDrawing,
    TimelineDrawing,
)
from assessment.reports.pdf.characters import printable


def cell_data(cell: Cell) -> Any:
    """A text, or what is drawn in its place (``c`` names it)."""
    match cell:
        case str():
            return printable(cell, in_cell=True)
        case Scale():
            return {"c": "scale"} | _scale(cell)
        case Pips(level):
            text = sentence("pdf.not_rated") if level is None else str(level)
            return {"c": "pips", "level": level, "text": text}
        case Bar(value, largest, text):
            drawn = largest > 0 and not isnan(value)
            share = min(max(value / largest, 0.0), 1.0) if drawn else 0.0
            return {"c": "bar", "share": share, "text": printable(text, in_cell=True)}


def _scale(scale: Scale) -> dict[str, float | None]:
    """Places on the line as shares 0–1."""
    length = (scale.stop - scale.start) or 1.0

    def place(value: float | None) -> float | None:
        if value is None or isnan(value):
            return None
        return min(max((value - scale.start) / length, 0.0), 1.0)

    return {
        name: place(getattr(scale, name))
        for name in ("own", "low", "high", "median", "target", "before")
    }


def drawing_data(drawing: Drawing) -> dict[str, Any]:
    """What a chart draws (``t`` names it)."""
    match drawing:
        case ScaleDrawing(rows, axis, legend):
            first = rows[0].scale if rows else Scale()
            return {
                "t": "scales",
                "axis": printable(axis),
                "ticks": [_tick(first, n) for n in range(5)],
                "legend": [[mark, printable(name)] for mark, name in legend],
                "rows": [
                    {"label": printable(row.label), "text": printable(row.text)}
                    | {"scale": _scale(row.scale)}
                    for row in rows
                ],
            }
        case TimelineDrawing():
            return _timeline(drawing)
        case Picture(svg, width, height):
            return {"t": "picture", "svg": svg, "width": width, "height": height}


def _tick(scale: Scale, n: int) -> str:
    value = scale.start + (scale.stop - scale.start) * n / 4
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}".replace(".", ",")


def _timeline(drawing: TimelineDrawing) -> dict[str, Any]:
    """Whole quarters from the first to the last; bars as shares of that time."""
    starts = list(_quarters(drawing.first, max(drawing.last, drawing.first)))
    begin, end = starts[0].toordinal(), starts[-1].toordinal()

    def place(day: date) -> float:
        return min(max((day.toordinal() - begin) / (end - begin), 0.0), 1.0)

    return {
        "t": "timeline",
        "quarters": [
            {
                "year": str(one.year),
                "quarter": f"Q{(one.month + 2) // 3}",
                "from": place(one),
                "to": place(other),
            }
            for one, other in pairwise(starts)
        ],
        "rows": [
            {
                "label": printable(row.label),
                "text": printable(row.text),
                "from": place(row.start),
                # The last day counts.
                "to": place(date.fromordinal(min(row.end.toordinal() + 1, end))),
                "hatched": row.hatched,
            }
            for row in drawing.rows
        ],
    }


def _quarters(first: date, last: date) -> Iterator[date]:
    """First days of the quarters of ``first`` to ``last`` and of the one after."""
    year, quarter = first.year, (first.month - 1) // 3
    while True:
        day = date(year, quarter * 3 + 1, 1)
        yield day
        if day > last:
            return
        year, quarter = (year + 1, 0) if quarter == 3 else (year, quarter + 1)
