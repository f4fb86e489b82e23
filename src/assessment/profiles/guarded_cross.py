"""A table of two properties whose single counts stand elsewhere on the page.

Counts of the same municipalities are shown by type, by size, by Land. A cross table beside them
must not give away what these hide, so lines hidden there are put together into one here: then all
its sums are known anyway, and the guard decides about the cells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.comparison.table_suppression import guarded_table


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column: its label and the count shown of it elsewhere (``None`` = hidden)."""

    id: str
    label: str
    n: int | None


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts of two properties; ``None`` = hidden."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: tuple[tuple[int | None, ...], ...]
    refusal: str
    """Why numbers are hidden, ``""`` if none is."""

    @property
    def shown(self) -> bool:
        """Whether any cell with somebody in it is shown."""
        return any(n for row in self.cells for n in row)


REST = "\x00rest"
"""Id of the line that holds what is hidden elsewhere."""


def guarded_cross(
    rows: Sequence[Line],
    row_codes: np.ndarray,
    columns: Sequence[Line],
    column_codes: np.ndarray,
    *,
    rest: tuple[str, str],
    public: tuple[bool, bool] = (False, False),
    kept_back: Callable[[str, str], bool] | None = None,
) -> CrossTable:
    """Count ``row_codes`` against ``column_codes`` (object arrays of equal length).

    ``rows`` and ``columns`` name all codes with the counts shown elsewhere. ``rest``: labels of
    the lines that hold what is hidden there. ``public``: whether everybody knows to which row or
    column a municipality belongs. ``kept_back``: of ids of row and column, whether another page
    hides this count.
    """
    down, row_places = _lines(rows, row_codes, rest[0])
    across, column_places = _lines(columns, column_codes, rest[1])
    counts = np.zeros((len(down), len(across)), dtype=int)
    np.add.at(counts, (row_places, column_places), 1)
    also = None
    if kept_back is not None:
        also = np.array([[kept_back(row.id, column.id) for column in across] for row in down])
    found = guarded_table(counts, public_rows=public[0], public_columns=public[1], also=also)
    return CrossTable(
        tuple(Line(line.id, line.label, n) for line, n in zip(down, found.row_totals, strict=True)),
        tuple(
            Line(line.id, line.label, n)
            for line, n in zip(across, found.column_totals, strict=True)
        ),
        found.cells,
        found.refusal,
    )


def _lines(lines: Sequence[Line], codes: np.ndarray, rest: str) -> tuple[list[Line], np.ndarray]:
    """Lines with hidden ones put together, and the place of every municipality among them."""
    kept = [line for line in lines if line.n is not None]
    places = {line.id: place for place, line in enumerate(kept)}
    if len(kept) < len(lines):
        kept.append(Line(REST, rest, None))
    # A code that no line names is an error of the caller, never a person to be dropped.
    hidden = {line.id for line in lines if line.n is None}
    return kept, np.array(
        [len(kept) - 1 if code in hidden else places[code] for code in codes], dtype=int
    )
