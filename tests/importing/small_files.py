"""Small workbooks and archives for tests, written by hand so that they can be wrong on purpose."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
GOOD_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>AGS</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>F1</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>01000001</t></is></c><c r="B2"><v>4</v></c></row>'
)


def sheet(rows: str = GOOD_ROWS, before: str = "", after: str = "") -> str:
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def parts(
    sheets: Sequence[str] = (sheet(),),
    states: Mapping[int, str] | None = None,
    main_type: str = SHEET_TYPE,
) -> dict[str, str | bytes]:
    """The parts of a minimal workbook, to be changed and packed with :func:`pack`."""
    numbers = range(1, len(sheets) + 1)
    states = states or {}
    listed = "".join(
        f'<sheet name="Blatt{i}" sheetId="{i}" r:id="r{i}"'
        + (f' state="{states[i]}"' if i in states else "")
        + "/>"
        for i in numbers
    )
    related = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in numbers
    )
    result: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'{related}<Relationship Id="st" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="ss" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}" count="0" uniqueCount="0"/>',
    }
    for number, content in zip(numbers, sheets, strict=True):
        result[f"xl/worksheets/sheet{number}.xml"] = content
    return result


def pack(content: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def workbook(rows: Sequence[Sequence[object]], name: str = "Daten") -> bytes:
    """A real .xlsx with text as text and numbers as numbers."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet(name)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, bool):
                page.write_boolean(r, c, value)
            elif isinstance(value, str):
                page.write_string(r, c, value)
            elif value is not None:
                page.write_number(r, c, value)
    book.close()
    return buffer.getvalue()
