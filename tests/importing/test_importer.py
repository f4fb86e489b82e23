"""The whole way: own exports in every form, foreign tables, and nothing lost on the way."""

import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from questionnaires import small_questionnaire
from sheets import limesurvey_rows, opened_rows

from assessment.importing.importer import Decisions, import_survey, take
from assessment.ledger import Fate, Verdict
from assessment.questionnaire.default import default_questionnaire
from assessment.remarks import InputRefused, Severity
from assessment.survey import AnswerStatus

Q = default_questionnaire()


def conserves(result, opened):
    """Rows and columns in = taken + set aside; cells by status = rows × items."""
    [sheet] = [sheet for sheet in opened.sheets if sheet.name == result.ledger.sheet]
    rows = sorted([*result.ledger.header_rows, *(entry.row for entry in result.ledger.rows)])
    assert rows == sheet.row_numbers.tolist()
    columns = [entry.position for entry in result.ledger.columns]
    assert columns == [column.position for column in sheet.columns]
    assert all(entry.reason for entry in (*result.ledger.rows, *result.ledger.columns))
    answers = result.survey.answers
    assert len(result.ledger.rows_with(Fate.TAKEN)) == len(answers)
    assert sum(result.ledger.cells_by_status.values()) == answers.size
    answered = result.survey.status == AnswerStatus.ANSWERED
    assert (answers.notna() == answered).all(axis=None)
    assert answers.index.is_unique


@pytest.mark.parametrize("headers", ["codes", "underscore", "texts", "both"])
@pytest.mark.parametrize("answers", ["codes", "labels"])
def test_every_form_of_our_own_export_gives_the_same_survey(headers, answers):
    plain = take(opened_rows(limesurvey_rows(Q, 5)))
    opened = opened_rows(limesurvey_rows(Q, 5, headers=headers, answers=answers))
    result = take(opened)
    assert result.questionnaire is Q
    assert result.recognition.dialect == "limesurvey"
    assert result.survey.provenance.data_hash == plain.survey.provenance.data_hash
    assert [str(c) for c in result.survey.answers.columns] == [item.id for item in Q.items]
    assert result.survey.reference_date is not None
    conserves(result, opened)


def test_types_are_those_the_survey_documents():
    answers = take(opened_rows(limesurvey_rows(Q, 4))).survey.answers
    for item in Q.items:
        kind = str(answers[item.id].dtype)
        expected = {"integer": "float64", "decimal": "float64", "date": "datetime64[s]"}
        assert kind == expected.get(item.kind, "category")
    assert list(answers["B01"].cat.categories) == ["1", "2", "3", "4", "5", "k"]


def test_an_excel_file_takes_the_same_way():
    rows = limesurvey_rows(Q, 5)
    buffer = io.BytesIO()
    pd.DataFrame(rows[1:], columns=rows[0]).to_excel(buffer, index=False, sheet_name="Daten")
    result = import_survey(buffer.getvalue(), "export.xlsx")
    again = import_survey(buffer.getvalue(), "export.xlsx")
    assert result.questionnaire is Q
    plain = take(opened_rows(rows)).survey
    assert result.survey.provenance.data_hash == plain.provenance.data_hash
    assert again.survey.provenance == result.survey.provenance
    assert again.ledger.remarks == result.ledger.remarks
    assert again.survey.answers.equals(result.survey.answers)


def test_a_foreign_table_is_read_with_a_proposed_codebook():
    opened = opened_rows(
        [
            ["AGS", "Gemeinde", "Zufriedenheit"],
            ["08111000", "Stuttgart", "hoch"],
            ["08125001", "Abstatt", "niedrig"],
            ["08125005", "Beilstein", "hoch"],
        ]
    )
    result = take(opened)
    assert result.questionnaire.proposed
    assert result.ledger.verdict is Verdict.ACCEPT
    assert [r.code for r in result.ledger.remarks] == ["PROPOSED_CODEBOOK"]
    assert list(result.survey.keys) == ["08111000", "08125001", "08125005"]
    conserves(result, opened)


def test_the_short_form_is_recognised_as_ours():
    short = [item.id for item in Q.items if item.short_form]
    rows = limesurvey_rows(Q, 3)
    keep = [
        place for place, head in enumerate(rows[0]) if str(head).split("[")[0] in short or place < 5
    ]
    result = take(opened_rows([[row[place] for place in keep] for row in rows]))
    assert result.questionnaire is Q
    assert [str(c) for c in result.survey.answers.columns] == short


def test_a_key_and_a_name_do_not_make_a_file_ours():
    rows = [["A02", "A01", "A03"], ["08111000", "Stuttgart", "08"], ["08125001", "Abstatt", "08"]]
    assert take(opened_rows(rows)).questionnaire.proposed


def test_columns_without_a_question_are_named():
    rows = limesurvey_rows(Q, 3)
    opened = opened_rows([[*rows[0], "Lieblingsfarbe"], *([*row, "rot"] for row in rows[1:])])
    result = take(opened)
    [remark] = [r for r in result.ledger.remarks if r.code == "COLUMNS_LEFT_OVER"]
    assert remark.severity is Severity.WARNING
    assert "Lieblingsfarbe" in remark.message
    conserves(result, opened)


def test_decisions_that_do_not_fit_are_refused():
    opened = opened_rows(limesurvey_rows(Q, 2))
    for mapping in (
        {999: ("A01", None)},
        {1: ("gibtsnicht", None)},
        {1: ("D01", "a")},
        {1: ("E01", "gibtsnicht")},
    ):
        with pytest.raises(InputRefused) as refused:
            take(opened, Q, Decisions(mapping=mapping))
        assert refused.value.code == "BAD_MAPPING"
    with pytest.raises(InputRefused) as refused:
        take(opened_rows([["Farbe", "Tier"], ["rot", "Hund"]]), small_questionnaire())
    assert refused.value.code == "NO_ANSWERS"


BASE = [
    ["A02", "A01", "D01", "R1", "A05", "E01[a]", "E01[b]", "H06"],
    *(
        [key, f"Ort {i}", str(i % 3), str(i % 5 + 1), 100.0 * i + 1, "Y", "N" if i % 2 else "Y", t]
        for i, (key, t) in enumerate(
            zip(
                ["08111000", "08125001", "08125005", "01001000", "09162000"],
                ["x", None, "NA", "=1+1", "ä"],
                strict=True,
            )
        )
    ),
]
SMALL = small_questionnaire()
EXAMPLES = settings(max_examples=25, deadline=None)


def data_hash(rows):
    opened = opened_rows(rows)
    result = take(opened, SMALL)
    conserves(result, opened)
    return result.survey.provenance.data_hash


@EXAMPLES
@given(st.permutations(range(len(BASE[0]))), st.permutations(range(1, len(BASE))))
def test_order_of_columns_and_rows_changes_nothing(columns, rows):
    mixed = [[BASE[row][column] for column in columns] for row in (0, *rows)]
    assert data_hash(mixed) == data_hash(BASE)


@EXAMPLES
@given(st.lists(st.integers(1, 6), max_size=3), st.lists(st.integers(0, 8), max_size=3))
def test_blank_rows_and_columns_change_nothing(rows, columns):
    table = [list(row) for row in BASE]
    for place in sorted(columns, reverse=True):
        for row in table:
            row.insert(place, None)
    for place in sorted(rows, reverse=True):
        table.insert(place, [None] * len(table[0]))
    assert data_hash(table) == data_hash(BASE)


@EXAMPLES
@given(st.integers(1, len(BASE) - 1))
def test_a_deleted_row_is_exactly_what_is_missing(gone):
    whole = take(opened_rows(BASE), SMALL).survey.answers
    rest = take(opened_rows(BASE[:gone] + BASE[gone + 1 :]), SMALL).survey.answers
    expected = whole.drop(index=BASE[gone][0]).astype(object)
    pd.testing.assert_frame_equal(rest.astype(object), expected)


_cells = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=True, allow_infinity=True, width=32),
    st.text(max_size=12),
    st.sampled_from(["1", "k", "a;b", "Ja", "08111000", "weiß nicht", "#NV", "-", "01.02.2026"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_cells, min_size=8, max_size=8), min_size=1, max_size=6))
def test_whatever_stands_in_the_cells_nothing_is_lost(cells):
    opened = opened_rows([BASE[0], ["08111000", "S", "1", "1", 5.0, "Y", "N", "x"], *cells])
    result = take(opened, SMALL, Decisions(header_rows=(1,)))
    conserves(result, opened)
    again = take(opened, SMALL, Decisions(header_rows=(1,)))
    assert again.survey.provenance.data_hash == result.survey.provenance.data_hash
