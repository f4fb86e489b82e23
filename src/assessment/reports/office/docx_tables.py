"""Tables of a Word file: a head row that repeats, rows that stay whole, a text for listeners."""

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

LONGEST_WHOLE_ROW = 1200
"""Characters; a longer row may break across pages, else it might not fit on any."""
LONGEST_DESCRIPTION = 250


def table_element(table: Table, width: int, *, page_break: bool = False) -> Element:
    """``<w:tbl>`` of ``width`` twentieths of a point, drawn cells as words.

    ``page_break``: begins a page; carried by the first cell because a table can't say it.
    """
    columns, rows = worded(table)
    widths = column_widths([column.share for column in columns], width)
    grid = element("tblGrid", *(element("gridCol", w=each) for each in widths))
    head = _row([column.name for column in columns], columns, widths, head=True, turn=page_break)
    body = (_row(row, columns, widths) for row in rows)
    return element("tbl", _properties(table.caption), grid, head, *body)


def column_widths(shares: list[float], width: int) -> list[int]:
    """Whole widths in proportion to the shares that add up to ``width``."""
    shares = [share if share > 0 else 1.0 for share in shares]
    total = sum(shares)
    edges = [0]
    reached = 0.0
    for share in shares:
        reached += share
        edges.append(round(width * reached / total))
    return [right - left for left, right in pairwise(edges)]


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
    texts: "list[str] | tuple[str, ...]",
    columns: tuple[Column, ...],
    widths: list[int],
    *,
    head: bool = False,
    turn: bool = False,
) -> Element:
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
                Look(keep_next=head, page_break=turn and place == 0),
            ),
        )
        for place, (text, column, width) in enumerate(zip(texts, columns, widths, strict=True))
    )
    return element("tr", properties, *cells)
