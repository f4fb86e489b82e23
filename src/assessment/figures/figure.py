"""A chart as it travels to a page: the drawing, its sentence, its alt text and its table."""

from dataclasses import dataclass

import plotly.graph_objects as go

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The numbers of a chart as a table; ``rows`` hold one cell per column.

    ``decimals`` says how numbers are written. ``None`` is „keine Angabe“.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    decimals: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One chart that answers one question.

    ``figure`` is a plotly figure or a drawing (SVG text, for ``<img>``). ``question`` is the
    heading, ``sentence`` the answer, ``subtitle`` names n and what is shown.
    """

    figure: go.Figure | str
    question: str
    sentence: str
    alt: str
    table: FigureTable
    subtitle: str = ""
    shown: FigureTable | None = None
    """What the page shows where ``table``, as files hold it, has too many columns to be read."""

    @property
    def drawing(self) -> str | None:
        """The SVG text, if the chart is a drawing."""
        return self.figure if isinstance(self.figure, str) else None
