"""Which types there are in which size classes and Länder: guarded counts, never ranked.

The guard solves the intervals that follow from all shown numbers, which needs scipy's optimizer: a
page asks for these tables only when they are opened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from assessment.comparison.cascade import SEPARATOR
from assessment.comparison.peers import PeerIndex
from assessment.german import format_number
from assessment.profiles.guarded_cross import CrossTable, Line, guarded_cross
from assessment.profiles.overview import LAND, SIZE, Breakdown, Overview
from assessment.profiles.places import listed
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence

TYPE_SIZE = "type_size"
"""Id of the peer groups by type and size."""


@dataclass(frozen=True, slots=True)
class TypeTable:
    """Types across, sizes or Länder down."""

    title: str
    """``Größenklasse`` or ``Land``."""
    table: CrossTable
    sentences: tuple[str, ...]


def type_tables(assessment: Assessment, overview: Overview) -> tuple[TypeTable, ...]:
    """Types by size class and by Land; empty without types or without these properties.

    ``overview`` of the same assessment: what its counts hide stays hidden here.
    """
    membership, types = assessment.membership, overview.types
    if membership is None or types is None:
        return ()
    # The two tables share the types' counts only, which the page shows: for given counts any table
    # by size goes with any table by Land, so together they tell no more than each alone.
    first = np.array(
        [kind if isinstance(kind, str) else "" for kind in membership.first], dtype=object
    )
    structure = assessment.peers.structure
    found = []
    for title, codes in ((SIZE, structure.size), (LAND, structure.land)):
        breakdown = overview.breakdown(title)
        if breakdown is not None:
            kept_back = _kept_back(assessment.peers) if title == SIZE else None
            table = _table(breakdown, codes, types, first, kept_back)
            found.append(_with_sentences(title, table))
    return tuple(found)


def _table(
    breakdown: Breakdown,
    codes: np.ndarray,
    types: Breakdown,
    first: np.ndarray,
    kept_back: Callable[[str, str], bool] | None,
) -> CrossTable:
    columns = [Line(cell.id, cell.label, cell.n) for cell in types.cells]
    if len(columns) > 2 and not columns[-1].id:
        # Few are in no type, so each row needs a second hidden cell: the next by position. Standing
        # before the last type they cost one column its numbers; at the end it would be the first.
        columns[-2:] = columns[:-3:-1]
    table = guarded_cross(
        [Line(cell.id, cell.label, cell.n) for cell in breakdown.cells],
        codes,
        columns,
        first,
        rest=(sentence("cross.rest_columns"), sentence("cross.rest_rows")),
        public=(True, False),
        kept_back=kept_back,
    )
    return _in_order(table, [cell.id for cell in types.cells])


def _kept_back(peers: PeerIndex) -> Callable[[str, str], bool] | None:
    """Which cells (size, type) to hide because the sizes of the peer groups keep them back.

    Pages of municipalities tell how many others of one's type and size there are. Both could be
    put together, so this table shows no group whose size is kept back there.
    """
    if not any(partition.id == TYPE_SIZE for partition in peers.partitions):
        return None

    def hidden(size: str, kind: str) -> bool:
        group = peers.groups.get((TYPE_SIZE, f"{kind}{SEPARATOR}{size}"))
        return group is not None and not group.size_shown

    return hidden


def _with_sentences(title: str, table: CrossTable) -> TypeTable:
    if not table.shown:
        return TypeTable(title, table, (sentence("cross.refused", reason=table.refusal),))
    said = [*_largest(table), sentence("cross.note")]
    if table.refusal:
        said.append(sentence("cross.hidden"))
    return TypeTable(title, table, tuple(said))


def _in_order(table: CrossTable, ids: Sequence[str]) -> CrossTable:
    """Columns in the order of the types, those put together last."""
    places = sorted(
        range(len(table.columns)),
        key=lambda place: (
            ids.index(table.columns[place].id) if table.columns[place].id in ids else len(ids)
        ),
    )
    return replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        cells=tuple(tuple(row[place] for place in places) for row in table.cells),
    )


def _largest(table: CrossTable) -> list[str]:
    """The largest number and the largest share of a row among what is shown, with all ties."""
    cells = [
        (n, row, column)
        for row, line in zip(table.rows, table.cells, strict=True)
        for column, n in zip(table.columns, line, strict=True)
        if n
    ]
    most = max(n for n, _, _ in cells)
    largest = [(row, column) for n, row, column in cells if n == most]
    said = [sentence("cross.largest", n=format_number(most), cells=_cells(largest))]
    # Exact fractions: equal shares are ties however they round.
    shares = [(Fraction(n, row.n), n, row, column) for n, row, column in cells if row.n]
    if shares:
        share = max(shares, key=lambda found: found[0])[0]
        top = [found for found in shares if found[0] == share]
        words = dict.fromkeys(
            f"{format_number(n)} von {format_number(row.n)}" for _, n, row, _ in top
        )
        named = _cells([(row, column) for _, _, row, column in top])
        said.append(sentence("cross.share", share=listed(list(words)), cells=named))
    return said


def _cells(cells: Sequence[tuple[Line, Line]]) -> str:
    """Cells in words, row by row."""
    rows: dict[str, list[str]] = {}
    for row, column in cells:
        rows.setdefault(row.label, []).append(column.label)
    return listed(
        [
            sentence("cross.cell", types=listed(columns), group=label)
            for label, columns in rows.items()
        ]
    )
