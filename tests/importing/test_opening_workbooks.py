"""Workbooks: what arrives of the cells, what is reported, what is refused."""

from datetime import date, datetime

import pytest
from small_files import GOOD_ROWS, MACRO_TYPE, pack, parts, sheet, workbook

from assessment.importing.limits import Limits
from assessment.importing.opening import OpenedFile, open_file
from assessment.remarks import InputRefused, Severity
from assessment.table import CellValue, ErrorCell, NoResultCell, SheetState


def cells(opened: OpenedFile, index: int = 0) -> list[list[CellValue]]:
    table = opened.sheets[index]
    return [[column.cell(row) for column in table.columns] for row in range(table.n_rows)]


def codes(opened: OpenedFile) -> set[str]:
    return {remark.code for remark in opened.remarks}


def refusal(data: bytes, name: str = "umfrage.xlsx", limits: Limits | None = None) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        open_file(data, name, limits or Limits())
    message = caught.value.message
    assert message.endswith(".")
    assert not any(word in message for word in ("calamine", "openpyxl", "Traceback", "/tmp"))
    return caught.value


def test_text_stays_text_and_types_do_not_collide() -> None:
    rows = [
        ["AGS", "a", "b", "c"],
        ["08111000", True, "NA", "1-2"],
        ["8111000", 1.0, "None", "3/4"],
        ["inf", "1", "", " 3"],
        ["nan", 0, False, "0"],
    ]
    opened = open_file(workbook(rows), "umfrage.xlsx")
    found = cells(opened)
    assert found[1] == ["08111000", True, "NA", "1-2"]
    assert [type(row[1]) for row in found[1:]] == [bool, float, str, float]
    assert found[3] == ["inf", "1", None, " 3"]
    assert found[4][2] is False
    assert opened.format == "xlsx"
    assert opened.remarks == ()


def test_rows_and_columns_keep_their_original_numbers() -> None:
    rows = [[None] * 4, [None] * 4, [None, None, "AGS", "F1"], [None, None, "01000001", 2]]
    table = open_file(workbook(rows), "umfrage.xlsx").sheets[0]
    assert table.row_numbers.tolist() == [3, 4]
    assert [column.position for column in table.columns] == [3, 4]


def test_errors_and_formulas_without_result_are_no_empty_cells() -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1"><f>A1*2</f></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="str"><f>""</f><v></v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>#N/A</t></is></c>'
        '<c r="C2"><v>1</v></c><c r="D2" t="e"><f>1/0</f><v>#REF!</v></c></row>'
    )
    opened = open_file(pack(parts([sheet(rows)])), "umfrage.xlsx")
    assert cells(opened) == [
        [ErrorCell("#DIV/0!"), NoResultCell(), 2.0, None],
        [ErrorCell("#N/A"), None, 1.0, ErrorCell("#REF!")],
    ]
    places = {(r.code, r.row, r.column) for r in opened.remarks}
    assert places == {
        ("ERROR_CELLS", 1, "A"),
        ("ERROR_CELLS", 2, "A"),
        ("ERROR_CELLS", 2, "D"),
        ("FORMULA_WITHOUT_VALUE", 1, "B"),
    }


def test_the_same_is_found_in_sheets_written_without_references() -> None:
    rows = (
        '<row><c t="inlineStr"><is><t>AGS</t></is></c><c t="e"><v>#NAME?</v></c></row>'
        "<row><c><v>1</v></c><c><f>A1</f></c></row>"
    )
    opened = open_file(pack(parts([sheet(rows)])), "umfrage.xlsx")
    assert cells(opened) == [["AGS", ErrorCell("#NAME?")], [1.0, NoResultCell()]]


def test_a_formula_without_result_beside_the_table_widens_it() -> None:
    rows = GOOD_ROWS + '<row r="4"><c r="D4"><f>A1</f></c></row>'
    opened = open_file(pack(parts([sheet(rows)])), "umfrage.xlsx")
    found = cells(opened)
    assert len(found) == 4
    assert found[3] == [None, None, None, NoResultCell()]
    assert found[1][:2] == ["01000001", 4.0]


@pytest.mark.parametrize(("raw", "code"), [("NaN", "NaN"), ("1e999", "INF"), ("-INF", "-INF")])
def test_numbers_without_end_are_no_numbers(raw: str, code: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>{raw}</v></c><c r="B1"><v>1</v></c></row>'
    opened = open_file(pack(parts([sheet(rows)])), "umfrage.xlsx")
    assert cells(opened) == [[ErrorCell(code), 1.0]]
    assert codes(opened) == {"NON_FINITE"}


@pytest.mark.parametrize("serial", ["60", "0", "-5", "2958466", "1E10"])
def test_impossible_dates_are_reported_by_address(serial: str) -> None:
    rows = f'<row r="7"><c r="C7" s="1"><v>{serial}</v></c><c r="D7" s="1"><v>45000</v></c></row>'
    opened = open_file(pack(parts([sheet(rows)])), "umfrage.xlsx")
    assert [(r.code, r.row, r.column) for r in opened.remarks] == [("BAD_DATES", 7, "C")]
    assert isinstance(cells(opened)[0][0], ErrorCell)
    assert cells(opened)[0][1] in (date(2023, 3, 15), datetime(2023, 3, 15))


def test_hidden_sheets_are_named_and_marked() -> None:
    data = pack(parts([sheet(), sheet(), sheet()], {1: "veryHidden", 3: "hidden"}))
    opened = open_file(data, "umfrage.xlsx")
    states = [SheetState.VERY_HIDDEN, SheetState.VISIBLE, SheetState.HIDDEN]
    assert [table.state for table in opened.sheets] == states
    hidden = [r for r in opened.remarks if r.code == "HIDDEN_CONTENT"]
    assert [r.sheet for r in hidden] == ["Blatt1", "Blatt3"]
    assert all(r.severity is Severity.WARNING for r in hidden)


def test_blank_looking_cells_far_away_are_cut_with_a_remark() -> None:
    far = (
        '<row r="5000"><c r="Z5000" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    )
    opened = open_file(pack(parts([sheet(GOOD_ROWS + far)])), "umfrage.xlsx")
    assert (opened.sheets[0].n_rows, len(opened.sheets[0].columns)) == (2, 2)
    assert [(r.code, r.row, r.column) for r in opened.remarks] == [("STRAY_CELLS", 5000, "Z")]


def test_formatted_empty_rows_cost_nothing() -> None:
    rows = GOOD_ROWS + "".join(f'<row r="{i}"><c r="A{i}" s="1"/></row>' for i in range(3, 30_000))
    opened = open_file(pack(parts([sheet(rows)])), "umfrage.xlsx")
    assert opened.sheets[0].n_rows == 2
    assert opened.remarks == ()


def test_external_parts_are_reported() -> None:
    content = parts()
    content["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    content["xl/connections.xml"] = "<connections/>"
    assert codes(open_file(pack(content), "umfrage.xlsx")) == {"EXTERNAL_REFERENCES"}


def test_a_row_numbered_zero_is_read_all_the_same() -> None:
    rows = '<row r="0"/>' + GOOD_ROWS
    found = cells(open_file(pack(parts([sheet(rows)])), "umfrage.xlsx"))
    assert found == [["AGS", "F1"], ["01000001", 4.0]]


def test_answers_in_a_row_numbered_zero_are_not_put_anywhere_else() -> None:
    rows = '<row r="0"><c r="A0"><v>7</v></c></row>' + GOOD_ROWS
    assert refusal(pack(parts([sheet(rows)]))).code == "CORRUPT"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_definitions_are_refused_in_any_part(part: str, encoding: str) -> None:
    content = parts()
    text = str(content[part]).split("?>", 1)[1]
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    content[part] = f"{head}{BOMB}{text}".encode(encoding)
    assert refusal(pack(content)).code == "XML_DTD"


def rows_of(rows: str, after: str = "") -> dict[str, str | bytes]:
    return parts([sheet(rows, after=after)])


LYING_COUNT = '<sst uniqueCount="4294967295"><si><t>a</t></si></sst>'
MANY_ATTRIBUTES = " ".join(f'a{i}="1"' for i in range(500))
WIDE = "".join(f'<c r="C{chr(65 + i // 26)}{chr(65 + i % 26)}1"><v>1</v></c>' for i in range(600))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (rows_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 2), "GRID_TOO_LARGE"),
        (
            rows_of(GOOD_ROWS + '<row r="30000"><c r="ALL30000"><v>1</v></c></row>'),
            "GRID_TOO_LARGE",
        ),
        (rows_of(GOOD_ROWS + '<row r="30000"><c r="A30000"><v>1</v></c></row>'), "TOO_MANY_ROWS"),
        (rows_of(f'<row r="1">{WIDE}</row>'), "TOO_MANY_COLUMNS"),
        (
            rows_of("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
            "GRID_TOO_LARGE",
        ),
        (rows_of(f"<row {MANY_ATTRIBUTES}/>"), "XML_LIMIT"),
        (rows_of("<row>" * 9_000 + "</row>" * 9_000), "XML_TOO_DEEP"),
        (rows_of(GOOD_ROWS + '<row r="3"><c r="A3" t="s"><v>99</v></c></row>'), "CORRUPT"),
        (parts([sheet()[:-60]]), "CORRUPT"),
        (parts([sheet()] * 51), "TOO_MANY_SHEETS"),
        (parts(main_type=MACRO_TYPE), "MACRO_FILE"),
        (parts() | {"xl/vbaProject.bin": b"x"}, "MACRO_FILE"),
        (
            parts() | {"xl/sharedStrings.xml": LYING_COUNT},
            "CORRUPT",
        ),
        (
            rows_of(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'),
            "CELL_TOO_LONG",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_survey_contains_is_refused(content: dict[str, str | bytes], code: str) -> None:
    assert refusal(pack(content)).code == code


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    assert refusal(pack(parts([sheet("")]))).code == "NO_DATA"
    only_hidden = pack(parts([sheet(), sheet("")], {1: "hidden"}))
    assert refusal(only_hidden).code == "NO_DATA"


def test_control_characters_are_removed_and_counted() -> None:
    opened = open_file(workbook([["Name"], ["abc\u202etxt"], ["Dorf\u200b"]]), "umfrage.xlsx")
    assert cells(opened) == [["Name"], ["abctxt"], ["Dorf"]]
    assert [(r.code, r.severity) for r in opened.remarks] == [("CONTROL_CHARACTERS", Severity.INFO)]
