"""Rule 5: counts in a table whose margins are shown, so that no hidden cell follows from the rest.

Small cells are hidden first, and whole lines in which almost everybody stands in one cell: who
knows that a municipality is in that line would know the rest. Then the intervals that follow from
all shown numbers are solved; where one is too narrow, the next cells by position are hidden too. A
choice by size would tell the size. Where nothing helps, the whole table stays closed.

Method: interval audit of complementary suppression as in official statistics (Hundepool et al.
2012, „Statistical Disclosure Control“, chapter 4), with heuristic choice of the partners.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.comparison.disclosure_rules import (
    MINIMUM_MEMBERS,
    MINIMUM_OTHERS,
    SMALL_CELL,
    TOO_FEW,
    WOULD_REVEAL,
)

LEAST_COUNTS = 2
"""Width of the interval of each hidden number, as it follows from the shown ones."""
LEAST_AWARE = 1
"""The same for somebody who knows the rule, and how many belong to each line."""


@dataclass(frozen=True, slots=True)
class GuardedTable:
    """Counts of a table; ``None`` = hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    refusal: str = ""
    """Why numbers are hidden, ``""`` if none is."""


def guarded_table(
    counts: Sequence[Sequence[int]] | np.ndarray,
    *,
    totals_known: bool = True,
    public_rows: bool = False,
    public_columns: bool = False,
    also: np.ndarray | None = None,
) -> GuardedTable:
    """Hide what has to be hidden of a table of counts (rules 1, 4, 5).

    ``counts``: whole numbers from 0, shape (rows, columns). ``totals_known``: sums of lines and of
    all are shown, or can be known from elsewhere; if not, they are not returned either.
    ``public_rows`` and ``public_columns``: which line a municipality belongs to is known anyway
    (its Land, its size); then a column (or row) of one mind tells nothing new. ``also``: bool like
    ``counts``, cells that another page hides; they are protected like small ones.

    Raises ``ValueError`` for anything else than whole numbers from 0 in two dimensions.
    """
    table = _checked(counts)
    closed = _closed(table.shape)
    if table.sum() < MINIMUM_MEMBERS:
        return closed(TOO_FEW)
    # Lines without anybody hold only zeros, which their sum says anyway.
    rows, columns = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    core = table[np.ix_(rows, columns)]
    hidden = _hidden_cells(core, public_rows, public_columns)
    if also is not None:
        if np.shape(also) != table.shape:
            raise ValueError("also must have the shape of the counts")
        hidden = hidden | np.asarray(also, dtype=bool)[np.ix_(rows, columns)]
    if totals_known:
        margins = (
            _hidden_totals(core.sum(axis=1), public_rows),
            _hidden_totals(core.sum(axis=0), public_columns),
        )
        found = _protected(core, hidden, *margins)
        if found is None:
            return closed(WOULD_REVEAL)
        hidden = found
    else:
        margins = (np.ones(len(core), dtype=bool), np.ones(core.shape[1], dtype=bool))
    cells = np.zeros(table.shape, dtype=bool)
    cells[np.ix_(rows, columns)] = hidden
    line_sums = []
    for sums, present, away in zip(
        (table.sum(axis=1), table.sum(axis=0)), (rows, columns), margins, strict=True
    ):
        mask = np.full(len(sums), not totals_known)
        mask[present] = away
        line_sums.append(_shown(sums, mask))
    anything = bool(cells.any()) or (totals_known and any(None in sums for sums in line_sums))
    return GuardedTable(
        cells=tuple(_shown(row, mask) for row, mask in zip(table, cells, strict=True)),
        row_totals=line_sums[0],
        column_totals=line_sums[1],
        total=int(table.sum()) if totals_known else None,
        refusal=SMALL_CELL if anything else "",
    )


def _checked(counts: Sequence[Sequence[int]] | np.ndarray) -> np.ndarray:
    table = np.asarray(counts)
    if table.ndim != 2 or not np.issubdtype(table.dtype, np.number):
        raise ValueError("counts must be numbers in rows and columns")
    if not np.isfinite(table).all() or (table < 0).any() or (table != np.floor(table)).any():
        raise ValueError("counts must be whole numbers from 0")
    return table.astype(int)


def _closed(shape: tuple[int, ...]):
    rows, columns = shape
    nothing = (None,) * columns

    def refused(sentence: str) -> GuardedTable:
        return GuardedTable((nothing,) * rows, (None,) * rows, nothing, None, sentence)

    return refused


def _shown(numbers: np.ndarray, hidden: np.ndarray) -> tuple[int | None, ...]:
    return tuple(None if away else int(n) for n, away in zip(numbers, hidden, strict=True))


def _small(numbers: np.ndarray) -> np.ndarray:
    return (numbers > 0) & (numbers < MINIMUM_OTHERS)


def _alike(lines: np.ndarray) -> np.ndarray:
    """Rows in which fewer than five stand outside the largest cell."""
    return lines.sum(axis=1) - lines.max(axis=1, initial=0) < MINIMUM_OTHERS


def _hidden_cells(core: np.ndarray, public_rows: bool, public_columns: bool) -> np.ndarray:
    hidden = _small(core)
    if not public_columns:
        hidden = hidden | _alike(core)[:, None]
    if not public_rows:
        hidden = hidden | _alike(core.T)[None, :]
    return hidden


def _hidden_totals(sums: np.ndarray, public: bool) -> np.ndarray:
    """Sums of lines that stay hidden: the small ones; all where almost all are in one line."""
    if not public and sums.sum() - sums.max() < MINIMUM_OTHERS:
        return np.ones(len(sums), dtype=bool)
    return _small(sums)


def _protected(
    core: np.ndarray, hidden: np.ndarray, rows_away: np.ndarray, columns_away: np.ndarray
) -> np.ndarray | None:
    """Hidden cells with the partners they need; ``None`` where nothing protects them."""
    small = _small(core)
    lines = (_alike(core)[:, None] | _alike(core.T)[None, :]) & hidden
    known = np.zeros(len(core), dtype=bool), np.zeros(core.shape[1], dtype=bool)
    while True:
        # Sums of hidden lines are no cells, but must not follow from the rest either.
        narrow = _narrow(core, hidden, rows_away, columns_away, None, LEAST_COUNTS)
        if narrow is None:
            return None
        # Who knows the rule knows that a cell hidden for its size holds 1 to 4, and may know who
        # belongs to each line. Of lines hidden as a whole the cells may be anything.
        aware = _narrow(core, hidden, *known, small & ~lines, LEAST_AWARE)
        if aware is None:
            return None
        cells = narrow | aware
        if not cells.any():
            return hidden
        more = hidden | _partners(hidden, cells)
        if (more == hidden).all():
            return None
        hidden = more


def _partners(hidden: np.ndarray, narrow: np.ndarray) -> np.ndarray:
    """The next shown cell in the row and in the column of each cell that needs company."""
    found = np.zeros_like(hidden)
    for row, column in np.argwhere(narrow):
        beside = _next_shown(hidden[row], column)
        below = _next_shown(hidden[:, column], row)
        if beside is not None:
            found[row, beside] = True
        if below is not None:
            found[below, column] = True
        if beside is not None and below is not None:
            found[below, beside] = True
    if not found.any():
        # Both lines are hidden already: everything is.
        found[:] = True
    return found


def _next_shown(line: np.ndarray, place: int) -> int | None:
    """By position and around the end, because a choice by size would tell the size."""
    order = [*range(place + 1, len(line)), *range(place)]
    return next((number for number in order if not line[number]), None)


def _narrow(
    core: np.ndarray,
    hidden: np.ndarray,
    rows_away: np.ndarray,
    columns_away: np.ndarray,
    small: np.ndarray | None,
    least: int,
) -> np.ndarray | None:
    """Hidden cells whose interval is narrower than ``least``; ``None`` if a hidden sum's is.

    ``small``: cells of which 1 to 4 is known.
    """
    cells = np.argwhere(hidden)
    found = np.zeros_like(hidden)
    if not len(cells):
        # Hidden sums over shown cells only would be their sum.
        return found if not (rows_away.any() or columns_away.any()) else None
    rows, columns = cells[:, 0], cells[:, 1]
    goals = [np.eye(len(cells))]
    goals += [(rows == row)[None].astype(float) for row in np.flatnonzero(rows_away)]
    goals += [(columns == column)[None].astype(float) for column in np.flatnonzero(columns_away)]
    sums = [(rows == row).astype(float) for row in np.flatnonzero(~rows_away)]
    sums += [(columns == column).astype(float) for column in np.flatnonzero(~columns_away)]
    sums.append(np.ones(len(cells)))
    value = core[hidden].astype(float)
    low = np.zeros(len(cells)) if small is None else np.where(small[hidden], 1.0, 0.0)
    high = np.full(len(cells), np.inf)
    if small is not None:
        high[small[hidden]] = MINIMUM_OTHERS - 1.0
    widths = interval_widths(np.stack(sums), value, np.concatenate(goals), low, high)
    # Solvers work with small tolerances.
    if (widths[len(cells) :] < least - 1e-6).any():
        return None
    found[hidden] = widths[: len(cells)] < least - 1e-6
    return found


def interval_widths(
    sums: np.ndarray, value: np.ndarray, goals: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """How far each goal can vary while all known sums stay: shape (goals,), ``inf`` = unbounded.

    ``sums``: shape (known sums, unknowns), ``value``: the unknowns' true values, ``goals``: shape
    (goals, unknowns), ``low`` and ``high``: bounds of the unknowns. All intervals are solved in one
    linear programme of independent blocks.
    """
    # scipy's optimizers load slowly; a start of the application never needs them.
    from scipy.optimize import linprog
    from scipy.sparse import block_diag

    ceiling = float(value.sum()) + 10.0 * MINIMUM_OTHERS
    capped = np.minimum(high, ceiling)
    blocks = 2 * len(goals)
    objective = np.concatenate([goals.reshape(-1), -goals.reshape(-1)])
    known = np.tile(sums @ value, blocks)
    matrix = block_diag([sums] * blocks, format="csr")
    bounds = np.tile(np.stack([low, capped], axis=1), (blocks, 1))
    solved = linprog(objective, A_eq=matrix, b_eq=known, bounds=bounds, method="highs")
    if not solved.success:
        # No answer is no permission.
        return np.zeros(len(goals))
    ends = (solved.x.reshape(blocks, -1) * np.concatenate([goals, goals])).sum(axis=1)
    return ends[len(goals) :] - ends[: len(goals)]
