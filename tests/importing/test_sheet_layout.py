"""Where the table lies in a file: header, titles, notes, sheets; whatever the survey program."""

import pytest
from sheets import make_sheet, opened, opened_rows

from assessment.importing.recognition import recognise
from assessment.ledger import Fate
from assessment.remarks import InputRefused, Severity
from assessment.table import SheetState

TABLE = [
    ["AGS", "Gemeinde", "Frage 1", "Frage 2"],
    ["08111000", "Stuttgart", 3, "ja"],
    ["08125001", "Abstatt", 4, "nein"],
    ["08125005", "Beilstein", 2, "ja"],
]


def test_titles_above_and_notes_below_are_set_aside():
    rows = [
        ["Auswertung 2024"],
        [None],
        *TABLE,
        [None],
        ["Summe", None, 9],
        ["Quelle: eigene Erhebung"],
    ]
    found = recognise(opened_rows(rows))
    assert found.header_rows == (3,)
    assert found.row_numbers.tolist() == [4, 5, 6]
    assert {e.row: e.reason for e in found.set_aside_rows} == {
        1: "Titelzeile über der Kopfzeile",
        2: "leere Zeile",
        7: "leere Zeile",
        8: "Summen- oder Mittelwertzeile unter der Tabelle",
        9: "Anmerkung unter der Tabelle",
    }
    assert all(e.fate is Fate.SET_ASIDE for e in found.set_aside_rows)
    [remark] = [r for r in found.remarks if r.code == "HEADER_NOT_FIRST"]
    assert (remark.severity, remark.row) == (Severity.WARNING, 3)


def test_a_header_with_unnamed_columns_is_not_taken_for_a_title():
    found = recognise(
        opened_rows([[None, "var2", None, "var2"], [1, "a", 1.5, "aa"], [2, "b", 2, "bb"]])
    )
    assert found.header_rows == (1,)
    assert found.row_numbers.tolist() == [2, 3]
    assert "DUPLICATE_HEADERS" in {remark.code for remark in found.remarks}


def test_a_respondent_with_one_answer_is_no_note():
    found = recognise(opened_rows([*TABLE, ["08125006"]]))
    assert found.row_numbers.tolist() == [2, 3, 4, 5]


def test_two_line_header_over_numbers():
    rows = [
        ["Nr.", "Name", "Wahlbe-", "abgeg."],
        [None, None, "rechtigte", "Stimmen"],
        [1, "Linz", 100, 50],
        [2, "Wels", 90, 40],
    ]
    found = recognise(opened_rows(rows))
    assert found.header_rows == (1, 2)
    assert found.columns[2].header == "Wahlbe- | rechtigte"


def test_no_header_is_said():
    found = recognise(opened_rows([[1, 2, 3], [4, 5, 6]]))
    assert found.header_rows == ()
    assert [c.header for c in found.columns] == ["Spalte A", "Spalte B", "Spalte C"]
    assert [r.code for r in found.remarks] == ["NO_HEADER"]


def test_duplicate_headers_are_listed_and_kept():
    heads = ["Frage1", "frage1", "Frage1\u00a0", "Fra\u200bge1", "M\u00fchle", "Mu\u0308hle", "x"]
    found = recognise(opened_rows([heads, [1, 2, 3, 4, 5, 6, 7]]))
    assert len(found.columns) == 7
    doubled = [r for r in found.remarks if r.code == "DUPLICATE_HEADERS"]
    assert [r.column for r in doubled] == ["A", "E"]
    assert "A, B, C, D" in doubled[0].message


def test_stray_cells_far_away_are_reported():
    rows = [*TABLE, *[[None]] * 20, [*[None] * 25, " "]]
    found = recognise(opened_rows(rows))
    assert found.row_numbers.tolist() == [2, 3, 4]
    assert len(found.columns) == 4
    [stray] = [r for r in found.remarks if r.code == "STRAY_CELLS"]
    assert (stray.row, stray.column) == (25, "Z")


def test_hidden_sheets_are_never_chosen():
    hidden = make_sheet(
        [["AGS", "E-Mail"], *[["08111000", "a@b.de"]] * 50], "Kontakte", SheetState.VERY_HIDDEN
    )
    assert recognise(opened(hidden, make_sheet(TABLE))).sheet == "Daten"
    with pytest.raises(InputRefused) as refused:
        recognise(opened(hidden))
    assert refused.value.code == "ONLY_HIDDEN_SHEETS"
    assert recognise(opened(hidden, make_sheet(TABLE)), sheet="Kontakte").sheet == "Kontakte"


def test_the_most_data_like_sheet_is_chosen_and_the_others_named():
    notes = make_sheet([["Hinweise"], ["Bitte lesen"]], "Hinweise")
    found = recognise(opened(notes, make_sheet(TABLE)))
    [remark] = found.remarks
    assert found.sheet == "Daten"
    assert (remark.code, remark.severity) == ("SEVERAL_SHEETS", Severity.INFO)
    assert "„Hinweise“" in remark.message
    rival = recognise(opened(make_sheet(TABLE, "2020"), make_sheet(TABLE, "2024")))
    assert rival.remarks[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["AGS", "Gemeinde"]], "NO_DATA"),
        ([["AGS", "Gemeinde"], [None, " "]], "NO_DATA"),
        ([["META"], ["key", "value"], ["PROJECTS"], ["VOTES"], ["1", "2"]], "NOT_A_TABLE"),
        ([["Bezeichnung", "Frage", "Auswahl"], ["A1", "Wie?", "ja, nein"]], "IS_CODEBOOK"),
        ([['data <- read.csv("x")'], ["names(data)[1] <- 'a'"]], "NOT_A_TABLE"),
    ],
)
def test_what_is_no_table_of_answers_is_refused(rows, code):
    with pytest.raises(InputRefused) as refused:
        recognise(opened_rows(rows))
    assert refused.value.code == code


def test_summary_workbook_is_refused():
    counts = [["Q1: Afrika", 1, 249], ["Answered", None, 400], ["Skipped", None, 3]]
    with pytest.raises(InputRefused) as refused:
        recognise(opened(*(make_sheet(counts, f"Question {i}") for i in range(1, 6))))
    assert refused.value.code == "SUMMARY_WORKBOOK"
    assert "5 Blätter" in refused.value.message


def test_the_analyst_can_overrule():
    rows = [["Titel", "a", "b"], *TABLE]
    found = recognise(opened_rows(rows), header_rows=(2,), dialect="googleforms")
    assert (found.header_rows, found.dialect) == ((2,), "googleforms")
    assert "ausdrücklich" in found.reasons[0]
    for wrong, code in (
        ({"sheet": "gibtsnicht"}, "NO_SUCH_SHEET"),
        ({"dialect": "gibtsnicht"}, "NO_SUCH_DIALECT"),
        ({"header_rows": (99,)}, "NO_SUCH_ROW"),
    ):
        with pytest.raises(InputRefused) as refused:
            recognise(opened_rows(rows), **wrong)
        assert refused.value.code == code
