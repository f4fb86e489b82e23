"""Tables of a Word file: a head row that repeats, rows that stay whole, a text for listeners."""

from collections.abc import Sequence
from itertools import pairwise

from assessment.reports.document import Column, Table
from assessment.reports.office.cell_words import worded
from assessment.reports.office.docx_xml import (
    Element,
    Look,
    element,
    paragraph,
    printable,
    runs,
    set_val,
)
from assessment.reports.office.letter_widths import longest_word

LONGEST_WHOLE_ROW = 1200
"""Characters; a longer row may break across pages, else it might not fit on any."""
LONGEST_WHOLE, MOST_WHOLE_ROWS = 1500, 9
"""Characters and rows that stay together on a page."""
LONGEST_DESCRIPTION = 250
CELL_MARGINS = 180
"""Left and right of a cell's text together, in twentieths of a point."""


def table_element(
    table: Table, width: int, *, size: float = 9.5, page_break: bool = False
) -> Element:
    """``<w:tbl>`` of ``width`` twentieths of a point, drawn cells as words.

    ``size``: of the letters, in points.
    ``page_break``: begins a page; carried by the first cell because a table can't say it.
    """
    columns, rows = worded(table)
    widths = column_widths([column.share for column in columns], width, _needs(columns, rows, size))
    grid = element("tblGrid", *(element("gridCol", w=each) for each in widths))
    head = _row([column.name for column in columns], columns, widths, head=True, turn=page_break)
    short = sum(len(text) for row in rows for text in row) <= LONGEST_WHOLE
    whole = short and len(rows) <= MOST_WHOLE_ROWS
    body = (
        _row(row, columns, widths, keep=whole and number < len(rows))
        for number, row in enumerate(rows, 1)
    )
    return element("tbl", _properties(table.caption), grid, head, *body)


def column_widths(shares: Sequence[float], width: int, least: Sequence[float] = ()) -> list[int]:
    """Whole widths in proportion to the shares that add up to ``width``.

    ``least``: what each column needs so that no word of it is broken; columns that would be
    narrower get it from the others, as far as all of them can.
    """
    shares = [share if share > 0 else 1.0 for share in shares]
    wanted = [width * share / sum(shares) for share in shares]
    least = least or [0.0] * len(shares)
    if sum(least) < width:
        short = {place for place, need in enumerate(least) if wanted[place] < need}
        while short:
            free = width - sum(least[place] for place in short)
            rest = sum(shares[place] for place in range(len(shares)) if place not in short)
            wanted = [
                least[place] if place in short else free * share / rest
                for place, share in enumerate(shares)
            ]
            further = {place for place, need in enumerate(least) if wanted[place] < need} - short
            if not further:
                break
            short |= further
    edges = [0, *(round(sum(wanted[: place + 1])) for place in range(len(wanted)))]
    edges[-1] = width
    return [right - left for left, right in pairwise(edges)]


def _needs(columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """Widths of the widest words of each column with the cell's margins; points × 20."""
    needs = []
    for place, column in enumerate(columns):
        heads = longest_word(column.name, size, bold=True)
        words = (longest_word(row[place], size, bold=place == 0) for row in rows)
        needs.append(20 * max(heads, *words, 0.0) + CELL_MARGINS)
    return needs


def _properties(caption: str) -> Element:
    """Full width, fixed columns, head row and first column marked as such."""
    caption = " ".join(printable(caption).split())[:LONGEST_DESCRIPTION]
    return element(
        "tblPr",
        set_val("tblStyle", "Tabelle"),
        element("tblW", w=5000, type="pct"),
        element("tblLayout", type="fixed"),
        element(
            "tblLook",
            val="06A0",
            firstRow=1,
            lastRow=0,
            firstColumn=1,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
        set_val("tblCaption", caption) if caption else None,
        set_val("tblDescription", caption) if caption else None,
    )


def _row(
    texts: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    head: bool = False,
    keep: bool = False,
    turn: bool = False,
) -> Element:
    """``keep``: on the page of the next row; ``turn``: begins a page."""
    whole = head or sum(map(len, texts)) <= LONGEST_WHOLE_ROW
    properties = element(
        "trPr",
        element("cantSplit") if whole else None,
        element("tblHeader") if head else None,
    )
    cells = (
        element(
            "tc",
            element("tcPr", element("tcW", w=width, type="dxa")),
            paragraph(
                "Tabellenzahl" if column.right else "Tabellentext",
                runs(text) if text else (),
                Look(keep_next=head or keep, page_break=turn and place == 0),
            ),
        )
        for place, (text, column, width) in enumerate(zip(texts, columns, widths, strict=True))
    )
    return element("tr", properties, *cells)
