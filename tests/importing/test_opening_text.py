"""Text tables: encodings, delimiters, ragged and broken files; and what only pretends to be one."""

import gzip

import pytest
from small_files import pack, parts

from assessment.importing.limits import Limits
from assessment.importing.opening import OpenedFile, open_file
from assessment.remarks import InputRefused
from assessment.table import CellValue

GERMAN = "AGS;Gemeinde;Anteil\r\n01000001;Weißenstein;1.234,56\r\n01000002;Köln-Süd;-3\r\n"
TABLE = [
    ["AGS", "Gemeinde", "Anteil"],
    ["01000001", "Weißenstein", "1.234,56"],
    ["01000002", "Köln-Süd", "-3"],
]


def cells(opened: OpenedFile) -> list[list[CellValue]]:
    table = opened.sheets[0]
    return [[column.cell(row) for column in table.columns] for row in range(table.n_rows)]


def refused(data: bytes, name: str, limits: Limits | None = None) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        open_file(data, name, limits or Limits())
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "encoding", "delimiter", "file_format"),
    [
        (GERMAN.encode("cp1252"), "u.csv", "cp1252", ";", "csv"),
        (GERMAN.encode(), "u.csv", "utf-8", ";", "csv"),
        (b"\xef\xbb\xbfsep=;\r\n" + GERMAN.encode(), "u.csv", "utf-8-sig", ";", "csv"),
        (GERMAN.replace(";", "\t").encode("utf-16"), "u.txt", "utf-16", "\t", "tsv"),
        (GERMAN.encode("utf-16-le"), "u.csv", "utf-16-le", ";", "csv"),
        (GERMAN.replace("\r\n", "\r").encode(), "u.csv", "utf-8", ";", "csv"),
        (GERMAN.replace(";", "|").encode(), "u.csv", "utf-8", "|", "csv"),
        (gzip.compress(GERMAN.encode(), mtime=0), "u.csv.gz", "utf-8", ";", "csv.gz"),
    ],
)
def test_the_same_table_in_many_encodings(
    data: bytes, name: str, encoding: str, delimiter: str, file_format: str
) -> None:
    opened = open_file(data, name)
    assert cells(opened) == TABLE
    assert (opened.encoding, opened.delimiter, opened.format) == (encoding, delimiter, file_format)
    assert opened.remarks == ()


def test_a_semicolon_inside_answers_is_no_delimiter() -> None:
    text = 'id,answer\r\n1,"a;b;"\r\n2,"b;c;"\r\n3,"a;"\r\n'
    assert open_file(text.encode(), "u.csv").delimiter == ","


def test_line_breaks_inside_cells_and_blank_lines_keep_row_numbers() -> None:
    opened = open_file(b'a;b\r\n"1\r\n2";x\r\n\r\n3;y\r\n', "u.csv")
    assert cells(opened) == [["a", "b"], ["1\n2", "x"], [None, None], ["3", "y"]]
    assert opened.sheets[0].row_numbers.tolist() == [1, 2, 3, 4]


def test_ragged_rows_are_listed_and_nothing_moves() -> None:
    opened = open_file(b"AGS;G;F\r\n1;a\r\n2;b;2;3\r\n4;c;5\r\n", "u.csv")
    assert cells(opened)[1:3] == [["1", "a", None, None], ["2", "b", "2", "3"]]
    (remark,) = opened.remarks
    assert remark.code == "RAGGED_ROWS"
    assert "Zeilen 2;" in remark.message
    assert "Zeilen 3." in remark.message


def test_a_closing_delimiter_on_each_row_is_not_ragged() -> None:
    assert open_file(b"a;b\r\n1;2;\r\n3;4;\r\n", "u.csv").remarks == ()


def test_stray_bytes_in_plain_text_are_read_with_a_remark() -> None:
    data = b"id,question\r\n" + b"1,some words\r\n" * 50 + b"2,are you?\x8c\xe6\r\n"
    opened = open_file(data, "u.csv")
    (remark,) = opened.remarks
    assert (remark.code, remark.row) == ("ENCODING_DOUBTFUL", 52)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("AGS;G\r\n1;Köln\r\n".encode() * 9 + "2;Weiß\r\n".encode("cp1252"), "ENCODING_UNCERTAIN"),
        ("AGS;G\r\n1;München\r\n".encode("cp850"), "ENCODING_UNCERTAIN"),
        (("AGS;G\r\n" + "1;Kölner Straße\r\n" * 20).encode("cp850"), "ENCODING_UNCERTAIN"),
        (b"AGS;G\r\n1;a\x00b\r\n", "CSV_BINARY"),
        (b'AGS;G\r\n1;"Stuttgart\r\n' + b"2;b\r\n" * 50, "CSV_MALFORMED"),
        (b";" * 5_000 + b"\r\n1\r\n", "TOO_MANY_COLUMNS"),
        (b'"a";' * 5_000 + b"\r\n1\r\n", "TOO_MANY_COLUMNS"),
        (b"a;b\r\n1;" + b"x" * 40_000 + b"\r\n", "CELL_TOO_LONG"),
        (b"a;b\r\n" * 20_001, "TOO_MANY_ROWS"),
        (b" \r\n \r\n", "EMPTY"),
        (b"", "EMPTY"),
        (b"META\r\nkey;value\r\nVOTES\r\nid;vote\r\n1;2\r\n", "NOT_A_TABLE"),
    ],
)
def test_broken_text_is_refused(data: bytes, code: str) -> None:
    assert refused(data, "u.csv").code == code


def test_the_unclosed_quote_is_named_by_row() -> None:
    data = b'AGS;G\r\n1;a\r\n2;"Stuttgart\r\n' + b"3;b\r\n" * 50
    assert "In Zeile 3 " in refused(data, "u.csv").message


def test_a_quote_inside_a_field_is_read_with_a_remark() -> None:
    opened = open_file(b'a;b\r\n"Haus "Mitte" Nord";2\r\n3;4\r\n', "u.csv")
    assert [r.code for r in opened.remarks] == ["QUOTES_DOUBTFUL"]
    assert opened.sheets[0].n_rows == 3


def test_a_packed_bomb_is_refused() -> None:
    limits = Limits(ratio_from_bytes=1 << 20)
    assert (
        refused(gzip.compress(b"\n" * (8 << 20), mtime=0), "u.csv.gz", limits).code
        == "ARCHIVE_TOO_LARGE"
    )
    assert refused(gzip.compress(b"a;b\n" * 99, mtime=0)[:-9], "u.csv.gz").code == "CORRUPT"


LSS = b'<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>'


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"<html><table><tr><td>AGS</td></tr></table></html>", "u.xls", "TYPE_MISMATCH"),
        (b"AGS;F1\r\n1;2\r\n", "u.xlsx", "TYPE_MISMATCH"),
        (pack(parts()), "u.csv", "TYPE_MISMATCH"),
        (pack(parts()), "u.xls", "TYPE_MISMATCH"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "u.xlsx", "TYPE_MISMATCH"),
        (
            pack({"[Content_Types].xml": "<a/>", "word/document.xml": "<w/>"}),
            "u.xlsx",
            "TYPE_MISMATCH",
        ),
        (pack({"antworten.csv": "a;b"}), "u.zip", "UNSUPPORTED_TYPE"),
        (b"<html>" + pack(parts()), "u.xlsx", "ARCHIVE_INCONSISTENT"),
        (LSS, "u.lss", "QUESTIONNAIRE_FILE"),
        (
            b"id\trelated_id\tclass\ttype/scale\tname\n1\t\tS\t\tsid\n",
            "u.txt",
            "QUESTIONNAIRE_FILE",
        ),
        (
            b"data <- read.csv('x', sep=';')\nnames(data)[1] <- 'id'\n# Ende\n",
            "u.R.txt",
            "NOT_A_TABLE",
        ),
        (b'{"a": [1, 2]}', "u.json", "UNSUPPORTED_TYPE"),
        (b"%PDF-1.7", "u.pdf", "UNSUPPORTED_TYPE"),
    ],
)
def test_content_decides_what_a_file_is(data: bytes, name: str, code: str) -> None:
    error = refused(data, name)
    assert error.code == code
    assert "itte " in error.message  # says what to do


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x.csv",
        "x" * 300 + ".csv",
        "a\u202evsc.csv",
        "a\nb.csv",
        ".csv",
        "/etc/passwd",
    ],
)
def test_names_are_only_ever_shown(name: str) -> None:
    opened = open_file(GERMAN.encode(), name)
    assert len(opened.name) <= 200
    assert "/" not in opened.name
    assert opened.name.isprintable()
    assert cells(opened) == TABLE
