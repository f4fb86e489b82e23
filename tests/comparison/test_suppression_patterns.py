"""What a table hides is held cell by cell: the attacker proves that it is enough, this that it is
neither more nor less than before."""

import numpy as np
import pytest

from assessment.comparison.disclosure import MINIMUM_MEMBERS
from assessment.comparison.table_suppression import GuardedTable, guarded_table

CELLS = [0, 1, 2, 4, 5, 6, 9, 14, 30]
WEIGHTS = [0.08, 0.07, 0.06, 0.09, 0.12, 0.12, 0.16, 0.15, 0.15]
SHAPES = [(2, 3), (3, 4), (4, 3), (3, 3)]

PATTERNS = (
    "xxx/xxx .....",
    "..xx/..xx/.... .......",
    "xxx/xxx/xxx/xxx .......",
    "xxx/xxx/.xx ......",
    "xx./xx. .....",
    "x..x/xxxx/xxxx .......",
    "xxx/.../.../xxx .......",
    "xx./xx./xx. ......",
    ".../... .....",
    ".xx./.xx./.... .......",
    ".xx/xxx/xxx/... .......",
    "xxx/xxx/xxx xxxxxx",
    "x.x/x.x .....",
    "x.xx/xxxx/xxxx .......",
    ".../.../.../... .......",
    ".../xxx/xxx ......",
    "xxx/xxx xxxxx",
    ".xxx/xxx./xxxx .......",
    "xxx/xxx/xx./xx. .......",
    "xxx/xxx/xxx ......",
    "xxx/xxx xxxxx",
    "x.xx/x..x/x.xx .......",
    "xxx/xxx/x.x/x.x .......",
    "xxx/xxx/xxx ......",
    ".../... .....",
    "xxxx/xxxx/xxxx xxxxxxx",
    "xxx/xxx/.xx/xxx .......",
    "xxx/x.x/xxx ......",
    "xxx/xxx .....",
    "xxxx/xxxx/xxxx xxxxxxx",
    "xxx/xxx/.xx/.xx .......",
    "xxx/.xx/xxx ......",
    "xx./xx. .....",
    "xxxx/x..x/xxxx .......",
    "xxx/xxx/.../... .......",
    ".../xxx/xxx ......",
    "xx./xx. .....",
    "xxx./..../xxx. .......",
    "xxx/.xx/.../xxx .......",
    "xxx/x.x/xxx ......",
)
"""Per seed: rows of cells, then sums of rows and columns; ``x`` is hidden."""


def pattern(found: GuardedTable) -> str:
    cells = "/".join("".join("x" if cell is None else "." for cell in row) for row in found.cells)
    sums = (*found.row_totals, *found.column_totals)
    return f"{cells} {''.join('x' if each is None else '.' for each in sums)}"


@pytest.mark.parametrize("seed", range(len(PATTERNS)))
def test_what_is_hidden(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = random.choice(CELLS, SHAPES[seed % 4], p=WEIGHTS)
    assert pattern(guarded_table(table, public_rows=seed % 3 == 0)) == PATTERNS[seed]


def test_as_many_as_are_needed_are_enough() -> None:
    table = np.array([[5, 0], [0, MINIMUM_MEMBERS - 5]])
    assert guarded_table(table).refusal != guarded_table(table - np.eye(2, dtype=int)).refusal


def test_tables_of_any_shape_without_sums() -> None:
    found = guarded_table([[9, 8, 7], [6, 9, 3]], totals_known=False)
    # Beside the largest cell of the last column stand only three: the column tells too much.
    assert found.cells == ((9, 8, None), (6, 9, None))
    assert (found.row_totals, found.column_totals, found.total) == ((None,) * 2, (None,) * 3, None)
    high = guarded_table([[9, 6], [8, 9], [7, 3]], totals_known=False)
    assert high.cells == ((9, 6), (8, 9), (None, None))
