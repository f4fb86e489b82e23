"""The ledger as Excel: nothing of a survey becomes a formula, every remark names its place."""

import io
import re
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from assessment.ledger import Change, ColumnEntry, Fate, ImportLedger, RowEntry
from assessment.questionnaire.model import Item, ItemKind, Questionnaire
from assessment.remarks import Remark, Severity
from assessment.reports.csv_files import answers_csv, german_cell, german_csv
from assessment.reports.ledger_workbook import SIMULATED, ledger_workbook, row_ranges
from assessment.reports.safe_text import neutral, writable
from assessment.survey import AnswerStatus, Provenance, Survey

HOSTILE = (
    '=HYPERLINK("http://127.0.0.1:9/x";"Klick")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "=1+1",
    "http://127.0.0.1:9/p.png",
    "<script>alert(1)</script>",
    "![x](http://127.0.0.1:9/p.png)",
    "NUL\x00 und \x07",
)


@pytest.fixture
def survey() -> Survey:
    items = (
        Item(id="A01", text="Name =1+1", kind=ItemKind.NAME),
        Item(id="K", text="Kontakt", kind=ItemKind.CONTACT),
        Item(id="Z", text="Zahl", kind=ItemKind.DECIMAL),
    )
    keys = pd.Index([f"010000{n:02d}" for n in range(1, len(HOSTILE) + 1)], name="key")
    answers = pd.DataFrame(
        {
            "A01": pd.Categorical(HOSTILE),
            "K": pd.Categorical(["geheim@example.org"] * len(HOSTILE)),
            "Z": [-1234.5, *([np.nan] * (len(HOSTILE) - 1))],
        },
        index=keys,
    )
    status = pd.DataFrame(AnswerStatus.ANSWERED, index=keys, columns=answers.columns, dtype="int8")
    status.iloc[1:, 2] = AnswerStatus.MISSING
    ledger = ImportLedger(
        "=böse.xlsx",
        "ab" * 32,
        1234,
        "Daten",
        "limesurvey",
        ("=weil",),
        (1,),
        (RowEntry(2, Fate.TAKEN, "", keys[0]), RowEntry(3, Fate.SET_ASIDE, "=leer")),
        (
            ColumnEntry(1, "=Kopf", Fate.TAKEN, "gleicher Text", "A01", None, 0.97),
            ColumnEntry(28, "AB", Fate.SET_ASIDE, "Metadaten"),
        ),
        (Change(1, "=Kopf", "A01", "=alt", "=neu", "Groß/klein", np.array([2, 3, 4, 9])),),
        (
            Remark("INFO_ONE", Severity.INFO, "Zur Kenntnis."),
            Remark(
                "OUT_OF_RANGE", Severity.WARNING, "=Bitte prüfen.", "Antworten", 37, "AB", "=12.5oo"
            ),
        ),
    )
    return Survey(
        Questionnaire(id="t", version="1", title="=Titel", items=items),
        answers,
        status,
        Provenance("=böse.xlsx", "ab" * 32, "cd" * 32, "limesurvey", "0.1"),
        ledger,
        simulated=True,
        names=dict(zip(keys, HOSTILE, strict=True)),
    )


def test_workbook_has_no_formula_and_no_link(survey: Survey) -> None:
    archive = zipfile.ZipFile(io.BytesIO(ledger_workbook(survey)))
    for name in archive.namelist():
        content = archive.read(name).decode("utf-8", "strict")
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in content
            assert "<hyperlink" not in content
        assert "externalLink" not in name


def test_remark_points_to_sheet_row_and_column_of_the_original(survey: Survey) -> None:
    book = openpyxl.load_workbook(io.BytesIO(ledger_workbook(survey)))
    rows = list(book["Hinweise"].iter_rows(values_only=True))
    assert rows[0][0] == SIMULATED
    assert rows[2] == (
        "bitte prüfen",
        "=Bitte prüfen.",
        "Antworten",
        37,
        "AB",
        "=12.5oo",
        "OUT_OF_RANGE",
    )
    assert rows[3][:3] == ("zur Kenntnis", "Zur Kenntnis.", "Daten")


def test_rows_columns_changes_and_completeness_are_all_there(survey: Survey) -> None:
    book = openpyxl.load_workbook(io.BytesIO(ledger_workbook(survey)))
    assert [row[:2] for row in book["Zeilen"].iter_rows(min_row=3, values_only=True)] == [
        (2, "übernommen"),
        (3, "beiseitegelegt"),
    ]
    columns = list(book["Spalten"].iter_rows(min_row=3, values_only=True))
    assert columns[0][0] == "A"
    assert columns[1][0] == "AB"
    change = next(book["Änderungen"].iter_rows(min_row=3, values_only=True))
    assert change[3:] == ("=alt", "=neu", "Groß/klein", 4, "2–4, 9")
    completeness = {
        row[0]: row for row in book["Vollständigkeit"].iter_rows(min_row=3, values_only=True)
    }
    assert completeness["Z"][2:4] == (1, len(HOSTILE) - 1)


def test_csv_neutralises_texts_and_leaves_numbers_alone(survey: Survey) -> None:
    content = answers_csv(survey).decode("utf-8-sig")
    lines = content.split("\r\n")
    assert lines[0] == "Schlüssel;Name;A01;Z;Hinweis"
    assert all(line.endswith("simuliert, keine Studienergebnisse") for line in lines[1:-1])
    assert "geheim@example.org" not in content
    assert ";-1234,5;" in lines[1]
    cells = [
        cell for line in lines[1:] for cell in re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", line)
    ]
    dangerous = [
        cell
        for cell in cells
        if re.match(r'"?\s*[=+@\t-]', cell) and not re.fullmatch(r"-?[\d,]+", cell)
    ]
    assert dangerous == []


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "  =1", "\uff1d1"])
def test_neutral_puts_an_apostrophe_first(text: str) -> None:
    assert neutral(text).startswith("'")


def test_neutral_and_writable_keep_harmless_text() -> None:
    assert neutral("Grünstadt") == "Grünstadt"
    assert writable("a\x00b") == "ab"
    assert len(writable("x" * 40_000)) == 32_767
    assert writable("halb \ud800 hier").encode() == "halb \ufffd hier".encode()


def test_german_csv_cells() -> None:
    expected = b'\xef\xbb\xbfa\r\n1,5\r\nja\r\n""\r\n'
    assert german_csv(["a"], [[1.5], [True], [None]]) == expected
    assert german_cell(float("inf")) == ""
    assert german_cell(10.0) == "10"
    assert german_cell(0.125) == "0,125"


def test_row_ranges() -> None:
    assert row_ranges(np.array([9, 3, 4, 5])) == "3–5, 9"
    assert row_ranges(np.array([], dtype=int)) == ""
