"""The questionnaire in Excel comes back as it went out; a changed cell changes that answer."""

import io
import random
import zipfile

import openpyxl
import pandas as pd
import pytest
from survey_builder import build_survey

from assessment import pipeline
from assessment.importing.dialects.answers_workbook import DIALECT_ID
from assessment.importing.importer import import_survey
from assessment.ledger import Fate
from assessment.questionnaire.model import Item, ItemKind, Option, OptionKind, Questionnaire, Role
from assessment.remarks import InputRefused, Severity
from assessment.reports.answers_workbook import answers_workbook, empty_questionnaire
from assessment.survey import AnswerStatus

TOWN = "03000002"
HEADER = "Code"


@pytest.fixture(scope="module")
def survey():
    return pipeline.load_sample()


@pytest.fixture(scope="module")
def filled(survey):
    return answers_workbook(survey, TOWN)


def plain(survey, key):
    """Item → (status, answer as text) of one municipality."""
    row = survey.rows[key]
    return {
        item: (
            AnswerStatus(int(survey.status[item].iloc[row])),
            None if pd.isna(value := survey.answers[item].iloc[row]) else str(value),
        )
        for item in survey.answers.columns
    }


def edited(data, change):
    """The file after somebody worked on its first sheet; ``change(sheet, rows)``."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    change(sheet, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def warnings(result):
    return [r for r in result.ledger.remarks if r.severity is Severity.WARNING]


def test_answers_come_back_equal(survey):
    for key in random.Random(5).sample([str(key) for key in survey.keys], 25):
        result = import_survey(answers_workbook(survey, key), "antworten.xlsx")
        assert result.ledger.dialect == DIALECT_ID
        assert plain(result.survey, key) == plain(survey, key)
        assert result.survey.names == {key: survey.names[key]}
        assert result.survey.simulated
        assert not warnings(result)
        assert {e.row for e in result.ledger.rows_with(Fate.TAKEN)} == {
            target.position for target in result.mapping.taken
        }
        assert len(result.ledger.rows_with(Fate.TAKEN)) == len(survey.answers.columns)


def test_every_row_is_accounted_for(filled):
    result = import_survey(filled, "antworten.xlsx")
    last = openpyxl.load_workbook(io.BytesIO(filled)).worksheets[0].max_row
    (header,) = result.ledger.header_rows
    seen = {entry.row for entry in result.ledger.rows}
    empty = {row for row in range(1, last + 1) if row not in seen} - {header}
    assert empty <= {header - 1}
    reasons = {entry.reason for entry in result.ledger.rows_with(Fate.SET_ASIDE)}
    assert reasons <= {
        "Titel oder Anleitung über der Kopfzeile",
        "Zwischenüberschrift",
        "leere Zeile",
    }


def test_an_edited_cell_changes_exactly_that_answer(survey, filled):
    before = plain(survey, TOWN)
    changes = {
        "D01": (3, lambda item: item.answer_options[-1].label),
        "D27": (3, lambda item: "nicht zuständig"),
        "C03": (3, lambda item: None),
        "A05": (3, lambda item: 12_345),
        "H06": (3, lambda item: "=1+1 bleibt Text, auch mit Umlauten: äöü"),
    }
    expected = {
        "D01": (AnswerStatus.ANSWERED, survey.questionnaire["D01"].answer_options[-1].code),
        "D27": (AnswerStatus.NOT_APPLICABLE, None),
        "C03": (AnswerStatus.MISSING, None),
        "A05": (AnswerStatus.ANSWERED, "12345.0"),
        "H06": (AnswerStatus.ANSWERED, "=1+1 bleibt Text, auch mit Umlauten: äöü"),
    }
    for name, (column, value) in changes.items():

        def change(sheet, rows, name=name, column=column, value=value):
            cell = sheet.cell(rows[name], column)
            cell.value = value(survey.questionnaire[name])
            if isinstance(cell.value, str):
                cell.data_type = "s"

        after = plain(import_survey(edited(filled, change), "a.xlsx").survey, TOWN)
        assert {item for item in after if after[item] != before[item]} == {name}
        assert after[name] == expected[name]


def test_a_wrong_label_is_named_with_its_row(filled):
    places = {}

    def change(sheet, rows):
        places["row"] = rows["D01"]
        sheet.cell(rows["D01"], 3).value = "beinahe fertig"

    result = import_survey(edited(filled, change), "a.xlsx")
    (said,) = warnings(result)
    assert said.row == places["row"]
    assert said.column == "C"
    assert "beinahe fertig" in f"{said.message} {said.value}"
    assert plain(result.survey, TOWN)["D01"][0] is AnswerStatus.INVALID


def test_a_deleted_row_is_named(survey, filled):
    result = import_survey(edited(filled, lambda s, rows: s.delete_rows(rows["D01"])), "a.xlsx")
    (said,) = warnings(result)
    assert said.code == "QUESTIONS_MISSING"
    assert "Frage D01 fehlt" in said.message
    before = plain(survey, TOWN)
    del before["D01"]
    assert plain(result.survey, TOWN) == before


def test_added_rows_are_set_aside_with_one_remark_each(survey, filled):
    def change(sheet, rows):
        below = max(rows.values()) + 1
        for place, value in enumerate(("X99", "Haben wir Drohnen?", "ja"), 1):
            sheet.cell(below, place).value = value
        sheet.cell(below + 1, 3).value = "noch etwas"

    result = import_survey(edited(filled, change), "a.xlsx")
    codes = sorted(remark.code for remark in warnings(result))
    assert codes == ["ANSWER_WITHOUT_CODE", "COLUMNS_LEFT_OVER"]
    left = next(r for r in warnings(result) if r.code == "COLUMNS_LEFT_OVER")
    assert "Zeile" in left.message
    assert "X99" in left.message
    assert plain(result.survey, TOWN) == plain(survey, TOWN)


def test_another_order_and_other_wording_change_nothing(survey, filled):
    def change(sheet, rows):
        first, second = rows["D01"], rows["H05"]
        for column in (1, 2, 3):
            one, other = sheet.cell(first, column), sheet.cell(second, column)
            one.value, other.value = other.value, one.value
        sheet.cell(rows["D02"], 2).value = "kürzer"

    result = import_survey(edited(filled, change), "a.xlsx")
    assert plain(result.survey, TOWN) == plain(survey, TOWN)
    assert not warnings(result)


def test_a_question_answered_twice_is_not_guessed(filled):
    def change(sheet, rows):
        below = max(rows.values()) + 1
        sheet.cell(below, 1).value = "D01"
        sheet.cell(below, 3).value = "ja"

    result = import_survey(edited(filled, change), "a.xlsx")
    assert "D01" not in result.survey.answers.columns
    assert {remark.code for remark in warnings(result)} == {"MAPPING_UNCLEAR"}
    assert all(remark.message.startswith("Zeile ") for remark in warnings(result))


def test_a_wrong_answer_is_found_in_the_row_it_stands_in(filled):
    place = 0

    def change(sheet, rows):
        nonlocal place
        place = rows["D01"]
        sheet.cell(place, 3).value = "zweihundert"

    result = import_survey(edited(filled, change), "a.xlsx")
    remark = next(r for r in warnings(result) if r.code == "OUT_OF_RANGE")
    assert remark.row == place
    assert f"(Zeile {place})" in remark.message


def test_a_formula_without_result_is_no_answer(filled):
    def change(sheet, rows):
        sheet.cell(rows["D01"], 3).value = '=HYPERLINK("http://127.0.0.1:9/x")'

    result = import_survey(edited(filled, change), "a.xlsx")
    assert plain(result.survey, TOWN)["D01"] == (AnswerStatus.NO_RESULT, None)
    assert warnings(result)


def test_the_empty_questionnaire_says_that_it_is_empty(survey):
    data = empty_questionnaire(survey.questionnaire)
    assert data == answers_workbook(survey, None)
    with pytest.raises(InputRefused, match="noch nichts eingetragen"):
        import_survey(data, "leer.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    codes = [cell.value for cell in sheet["A"]]
    assert [item.id for item in survey.questionnaire.items if item.id not in codes] == []


def test_choices_stand_on_a_visible_sheet(survey, filled):
    book = openpyxl.load_workbook(io.BytesIO(filled))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible"]
    sheet, lists = book.worksheets
    rows = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    by_cell = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    column = by_cell[f"C{rows['D01']}"].split("$")[1]
    words = [cell.value for cell in lists[column] if cell.value][1:]
    labels = [option.label for option in survey.questionnaire["D01"].options]
    assert words == [*labels, "nicht zuständig"]
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert not any("<f>" in text or "<hyperlink" in text for text in texts)


ODD = Questionnaire(
    id="odd",
    version="1",
    title="Sonderfälle",
    items=(
        Item(id="K", text="Schlüssel", kind=ItemKind.KEY, roles=(Role.KEY,)),
        Item(
            id="M1",
            text="Mehrere?",
            kind=ItemKind.MULTIPLE,
            options=(
                Option(code="a", label="Bus; Bahn"),
                Option(code="b", label="Rad, zu Fuß"),
                Option(code="c", label="gleich"),
                Option(code="d", label="Gleich"),
                Option(code="x", label="nichts davon", kind=OptionKind.NONE_OF_THESE),
            ),
        ),
        Item(
            id="S1",
            text="Eine?",
            kind=ItemKind.SINGLE,
            options=(
                Option(code="1", label="2"),
                Option(code="2", label="1"),
                Option(code="3", label="drei; vier"),
            ),
        ),
        Item(
            id="R1",
            text="Reihenfolge?",
            kind=ItemKind.RANKING,
            picks=2,
            options=tuple(Option(code=c, label=f"Ziel {c}") for c in "abc"),
        ),
        Item(id="T1", text="Text?", kind=ItemKind.TEXT),
        Item(id="N1", text="Zahl?", kind=ItemKind.DECIMAL),
    ),
)
ROWS = {
    "01051044": {"K": "01051044", "M1": "", "S1": "1", "R1": "c;a", "T1": "=1+1", "N1": 0.5},
    "01051045": {"K": "01051045", "M1": "a;b", "S1": "2", "R1": "b", "T1": "Zeile\nzwei", "N1": -3},
    "01051046": {"K": "01051046", "M1": "c;d", "S1": "3", "R1": None, "T1": None, "N1": None},
    "01051047": {
        "K": "01051047",
        "M1": AnswerStatus.DONT_KNOW,
        "S1": AnswerStatus.NOT_APPLICABLE,
        "R1": AnswerStatus.DONT_KNOW,
        "T1": "http://127.0.0.1:9/x",
        "N1": AnswerStatus.NOT_ASKED,
    },
    "01051048": {"K": "01051048", "M1": "x", "S1": "1", "R1": "a;b", "T1": "x", "N1": 12345.25},
}


@pytest.mark.parametrize("key", ROWS)
def test_labels_that_could_be_misread_come_back(key):
    survey = build_survey(ODD, ROWS)
    result = import_survey(answers_workbook(survey, key), "odd.xlsx", ODD)
    assert plain(result.survey, key) == plain(survey, key)
