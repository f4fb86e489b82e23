"""Tables without drawings: what a drawn cell says, as a word, or nothing where the row says it."""

import re

from assessment.german import format_date, format_number
from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Bar,
    Cell,
    Column,
    Drawing,
    Pips,
    Scale,
    ScaleDrawing,
    ScaleRow,
    Table,
    TimelineDrawing,
)

_NUMBERS = re.compile(r"\d+")


def worded(table: Table) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows of plain texts.

    A column that is drawn throughout is left out where other cells of its rows say the same;
    the first column, which heads the rows, always stays.
    """
    kept = [place for place in range(len(table.columns)) if place == 0 or _needed(table, place)]
    columns = tuple(table.columns[place] for place in kept)
    rows = tuple(tuple(cell_words(row[place]) for place in kept) for row in table.rows)
    return columns, rows


def cell_words(cell: Cell) -> str:
    """A cell as text; what is not drawn is not said."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Bar):
        return cell.text
    if isinstance(cell, Pips):
        if cell.level is None:
            return sentence("office.not_rated")
        return sentence("office.level", n=cell.level)
    return scale_words(cell)


def scale_words(scale: Scale) -> str:
    """„63; Mitte 55; mittlere Hälfte 41 bis 70; Soll 75“."""
    parts = [] if scale.own is None else [format_number(scale.own)]
    for name, value in (
        ("office.scale_before", scale.before),
        ("office.scale_median", scale.median),
        ("office.scale_target", scale.target),
    ):
        if value is not None:
            parts.append(sentence(name, value=format_number(value)))
    if scale.low is not None and scale.high is not None:
        low, high = format_number(scale.low), format_number(scale.high)
        parts.append(sentence("office.scale_band", low=low, high=high))
    return "; ".join(parts)


def drawing_table(drawing: Drawing, title: str) -> Table | None:
    """The numbers of a drawing where it comes without a table; ``None`` for a picture."""
    if isinstance(drawing, ScaleDrawing):
        return _scale_table(drawing, title)
    if isinstance(drawing, TimelineDrawing):
        names = ("office.what", "office.begins", "office.ends", "office.state")
        return Table(
            caption=title,
            columns=tuple(
                Column(sentence(name), share)
                for name, share in zip(names, (4.0, 1.4, 1.4, 2.0), strict=True)
            ),
            rows=tuple(
                (row.label, format_date(row.start), format_date(row.end), row.text)
                for row in drawing.rows
            ),
            caption_shown=False,
        )
    return None


def _scale_table(drawing: ScaleDrawing, title: str) -> Table:
    """One column a mark that is drawn, named as in the legend."""
    marks = [
        (name, shown)
        for mark, name in drawing.legend
        for shown in [[_mark(row, mark) for row in drawing.rows]]
        if any(shown)
    ]
    columns = (
        Column(sentence("office.what"), 3.0),
        Column(drawing.axis, 1.2, right=True),
        *(Column(name, 1.2, right=True) for name, _ in marks),
    )
    rows = tuple(
        (row.label, row.text, *(shown[place] or "–" for _, shown in marks))
        for place, row in enumerate(drawing.rows)
    )
    return Table(caption=title, columns=columns, rows=rows, caption_shown=False)


def _mark(row: ScaleRow, mark: str) -> str:
    """What one mark of a row stands for; ``""`` where it isn't drawn or the row's text says it."""
    scale = row.scale
    if mark == "band":
        if scale.low is None or scale.high is None:
            return ""
        return f"{format_number(scale.low)}–{format_number(scale.high)}"
    value = {"median": scale.median, "target": scale.target, "before": scale.before}.get(mark)
    return "" if value is None else format_number(value)


def _needed(table: Table, place: int) -> bool:
    return any(not _said(row[place], _others(row, place)) for row in table.rows)


def _others(row: tuple[Cell, ...], place: int) -> str:
    return " ".join(cell for at, cell in enumerate(row) if at != place and isinstance(cell, str))


def _said(cell: Cell, others: str) -> bool:
    """Whether the text cells of a row say what a drawn cell shows; a text says it itself."""
    if isinstance(cell, str):
        return False
    if isinstance(cell, Bar):
        return cell.text in others
    if isinstance(cell, Pips):
        return cell.level is None or str(cell.level) in _NUMBERS.findall(others)
    return True
