"""OpenDocument tables."""

import pytest
from small_files import pack

from assessment.importing.opening import open_file
from assessment.remarks import InputRefused
from assessment.table import ErrorCell

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods(rows: str, manifest: str = "<manifest/>") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}><office:body>'
        f'<office:spreadsheet><table:table table:name="Daten">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return pack({"mimetype": TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def row(*cells: str, repeated: int = 1) -> str:
    head = f'<table:table-row table:number-rows-repeated="{repeated}">'
    return head + "".join(cells) + "</table:table-row>"


NUMBER = (
    '<table:table-cell office:value-type="float" office:value="4"><text:p>4</text:p>'
    "</table:table-cell>"
)
EMPTY_ROWS = row('<table:table-cell table:number-columns-repeated="1024"/>', repeated=1_048_000)


def test_values_and_trailing_empty_area() -> None:
    data = ods(row(cell("AGS"), cell("F1")) + row(cell("01000001"), NUMBER) + EMPTY_ROWS)
    opened = open_file(data, "umfrage.ods")
    table = opened.sheets[0]
    assert opened.format == "ods"
    assert [[c.cell(r) for c in table.columns] for r in range(table.n_rows)] == [
        ["AGS", "F1"],
        ["01000001", 4.0],
    ]


def test_error_texts_count_as_errors() -> None:
    table = open_file(ods(row(cell("AGS"), cell("#N/A"))), "umfrage.ods").sheets[0]
    assert table.columns[1].cell(0) == ErrorCell("#N/A")


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("x"), repeated=1_000_000),
        row(cell("x", ' table:number-columns-repeated="16000"')),
        row(cell("x", ' table:number-columns-repeated="1900"'), repeated=19_000),
    ],
)
def test_repeated_filled_cells_are_refused(rows: str) -> None:
    with pytest.raises(InputRefused) as caught:
        open_file(ods(rows), "umfrage.ods")
    assert caught.value.code == "GRID_TOO_LARGE"


def test_passwords_are_named() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(InputRefused) as caught:
        open_file(ods(row(cell("x")), manifest), "umfrage.ods")
    assert caught.value.code == "ENCRYPTED"
