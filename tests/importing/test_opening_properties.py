"""What is written is read: any table, as .xlsx and as .csv."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_files import workbook

from assessment.importing.opening import OpenedFile, open_file
from assessment.importing.readers.columns import ERROR_TEXTS
from assessment.importing.text_hygiene import clean_text
from assessment.table import CellValue

# Codes that the workbook format itself escapes (_x000D_) are another matter.
TEXT = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12)
    .map(clean_text)
    .filter(lambda t: "_x" not in t and t.strip() not in ERROR_TEXTS)
)
# Spreadsheet programs store 15 to 17 digits, the writer used here 16.
NUMBER = st.floats(-1e300, 1e300).map(lambda x: float(f"{x:.16G}")) | st.integers(-9999, 9999)
CELL = st.none() | TEXT | NUMBER | st.booleans()
SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def cells(opened: OpenedFile) -> dict[tuple[int, int], CellValue]:
    table = opened.sheets[0]
    return {
        (int(table.row_numbers[row]), column.position): column.cell(row)
        for column in table.columns
        for row in range(table.n_rows)
        if column.cell(row) is not None
    }


def visible(cell: object) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


@SETTINGS
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6))
def test_workbook_round_trip(rows: list[list[object]]) -> None:
    rows = [["AGS", "F1", "F2"], *rows, ["Ende", 1, "x"]]
    expected = {
        (r, c): float(cell) if type(cell) is int else cell
        for r, row in enumerate(rows, 1)
        for c, cell in enumerate(row, 1)
        if cell is not None and cell != ""
    }
    found = cells(open_file(workbook(rows), "umfrage.xlsx"))
    assert found == expected
    assert {k: type(v) for k, v in found.items()} == {k: type(v) for k, v in expected.items()}


@SETTINGS
@given(
    st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_text_round_trip(
    rows: list[list[str]], delimiter: str, encoding: str, line_end: str
) -> None:
    # Enough plain rows make the delimiter certain, as in any real export.
    rows = [["AGS", "F1", "F2"], *rows, *([["01000001", "1", "2"]] * 12)]
    buffer = io.StringIO()
    csv.writer(
        buffer, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL
    ).writerows(rows)
    opened = open_file(buffer.getvalue().encode(encoding), "umfrage.csv")
    assert opened.delimiter == delimiter
    expected = {
        (r, c): cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell
    }
    assert cells(opened) == expected
