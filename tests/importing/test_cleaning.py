"""Answers are read by rule, every changed cell is noted, and nothing is ever filled in."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from questionnaires import small_questionnaire
from sheets import opened_rows

from assessment.importing.cleaning import clean_answers
from assessment.importing.mapping import propose_mapping, with_decisions
from assessment.importing.recognition import recognise
from assessment.remarks import Severity
from assessment.survey import AnswerStatus
from assessment.table import ErrorCell, NoResultCell

Q = small_questionnaire()
MISSING, ANSWERED = AnswerStatus.MISSING, AnswerStatus.ANSWERED
DONT_KNOW, INVALID = AnswerStatus.DONT_KNOW, AnswerStatus.INVALID


def clean(headers, *rows, decisions=None, dialect=None):
    """Clean rows below ``headers``; a second column keeps the table a table."""
    table = [[*headers, "Füllspalte"], *([*row, "-"] for row in rows)]
    found = recognise(opened_rows(table), dialect=dialect)
    mapping = with_decisions(propose_mapping(found, Q), decisions or {})
    return clean_answers(found, mapping, Q)


def read(item, values, **options):
    """(value or None, status) per row of one column that certainly belongs to ``item``."""
    cleaned = clean([item], *([value] for value in values), decisions={1: (item, None)}, **options)
    return pairs(cleaned, item)


def pairs(cleaned, item):
    found = cleaned.items[item]
    values = pd.Series(found.values).astype(object).tolist()
    return [
        (None if pd.isna(value) else value, AnswerStatus(status))
        for value, status in zip(values, found.status.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    "written",
    [
        *("4", 4.0, " 4", "4,0", "4.0", "trifft eher zu", "TRIFFT  eher zu ", "A4", "AO04"),
        *("4 - trifft eher zu", "4: trifft eher zu", "4 = irgendwas", "trifft\u00a0eher zu"),
    ],
)
def test_many_spellings_of_one_code(written):
    assert read("R1", [written, "1"]) == [("4", ANSWERED), ("1", ANSWERED)]


@pytest.mark.parametrize(
    "written", [0.0, 6.0, -1.0, 99.0, 3.7, "7", "trifft zu", True, "4 - trifft voll zu", "x"]
)
def test_what_no_option_means_is_set_aside_and_reported(written):
    cleaned = clean(["R1"], [written], ["1"], decisions={1: ("R1", None)})
    assert pairs(cleaned, "R1") == [(None, INVALID), ("1", ANSWERED)]
    [remark] = cleaned.remarks
    assert (remark.code, remark.severity) == ("OUT_OF_RANGE", Severity.WARNING)
    assert (remark.row, remark.column) == (2, "A")
    [change] = [change for change in cleaned.changes if change.became == "beiseite gelegt"]
    assert change.rows.tolist() == [2]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        (None, MISSING),
        ("  ", MISSING),
        ("\u200b", MISSING),
        ("-", MISSING),
        ("NA", MISSING),
        ("k", DONT_KNOW),
        ("Weiß nicht / keine Angabe", DONT_KNOW),
        ("weiss nicht", DONT_KNOW),
        ("k. A.", DONT_KNOW),
        ("nicht zuständig", AnswerStatus.NOT_APPLICABLE),
        (ErrorCell("#DIV/0!"), AnswerStatus.ERROR),
        ("#NV", AnswerStatus.ERROR),
        (NoResultCell(), AnswerStatus.NO_RESULT),
    ],
)
def test_what_is_no_answer_carries_no_value(written, status):
    assert read("R1", [written, "1"])[0] == (None, status)


def test_leading_zeros_of_codes_come_back():
    assert read("A03", [8.0, "5", "08", "Baden-Wuerttemberg"]) == [
        ("08", ANSWERED),
        ("05", ANSWERED),
        ("08", ANSWERED),
        ("08", ANSWERED),
    ]


def test_numbers_in_german_and_english():
    assert read("A06", ["1.234,56", "0,5", "-3", "1.234"]) == [
        (1234.56, ANSWERED),
        (0.5, ANSWERED),
        (-3.0, ANSWERED),
        (1234.0, ANSWERED),
    ]
    assert read("A06", ["0.31414", "1.234", "17.5"]) == [
        (0.31414, ANSWERED),
        (1.234, ANSWERED),
        (17.5, ANSWERED),
    ]


def test_whole_numbers_have_limits():
    values = [4800.0, "6.200", "12,5", 0.0, 9e6, "viele", float("inf"), True]
    assert read("A05", values) == [
        (4800.0, ANSWERED),
        (6200.0, ANSWERED),
        *[(None, INVALID)] * 6,
    ]


def test_dates_in_many_forms():
    day = pd.Timestamp("2026-02-01")
    values = ["01.02.2026", "1.2.26", "2026-02-01", datetime(2026, 2, 1, 12), date(2026, 2, 1)]
    assert read("A09", [*values, 46054.0, "irgendwann"]) == [
        *[(day, ANSWERED)] * 6,
        (None, INVALID),
    ]
    assert read("A09", ["2/1/2026", "12/13/2025"])[0] == (pd.Timestamp("2026-02-01"), ANSWERED)


def test_texts_stay_as_written():
    texts = ["NA", "None", "1-2", "3/4", "=1+1", " mit Rand ", "<script>"]
    assert read("H06", [*texts, 12.0, None]) == [
        *((text, ANSWERED) for text in texts),
        ("12", ANSWERED),
        (None, MISSING),
    ]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("a;b;", "a;b"),
        ("b;a", "a;b"),
        ("Serviceportal;Nutzerkonto, zum Beispiel BundID;", "a;b"),
        ("Serviceportal, Nutzerkonto, zum Beispiel BundID, Bürgerbüro", "a;b;c"),
        ("a b c", "a;b;c"),
        ("Serviceportal\nBürgerbüro", "a;c"),
        ("x", "x"),
        ("Nutzerkonto, zum Beispiel BundID", "b"),
    ],
)
def test_several_options_in_one_cell(written, codes):
    assert read("E01", [written, "a"]) == [(codes, ANSWERED), ("a", ANSWERED)]


def test_exclusive_options_exclude():
    assert read("E01", ["a;x", "k", "a;k"]) == [
        (None, INVALID),
        (None, DONT_KNOW),
        (None, INVALID),
    ]


def test_unknown_parts_of_a_list_are_named():
    cleaned = clean(["E01"], ["a;Brieftaube"], ["a"], decisions={1: ("E01", None)})
    assert pairs(cleaned, "E01")[0] == ("a", ANSWERED)
    [remark] = cleaned.remarks
    assert remark.code == "UNKNOWN_OPTION"
    assert "Brieftaube" in remark.message


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        *(("Ja", "Nein"), ("Y", "N"), (1.0, 0.0), (True, False), ("x", "0"), ("Yes", "No")),
        ("angekreuzt", "nicht angekreuzt"),
    ],
)
def test_one_column_per_option(yes, no):
    heads = ["E01[a]", "E01[b]", "E01[x]", "E01[k]"]
    cleaned = clean(
        heads,
        [yes, yes, no, no],
        [no, no, no, no],
        [None, None, None, None],
        [no, no, yes, no],
        [yes, no, yes, no],
        [no, no, no, yes],
        [None, yes, None, None],
    )
    assert pairs(cleaned, "E01") == [
        ("a;b", ANSWERED),
        ("", ANSWERED),
        (None, MISSING),
        ("x", ANSWERED),
        (None, INVALID),
        (None, DONT_KNOW),
        ("b", ANSWERED),
    ]
    [remark] = [r for r in cleaned.remarks if r.code == "OUT_OF_RANGE"]
    assert remark.row == 6
    assert "schließen einander aus" in remark.message


def test_one_column_per_option_with_the_label_as_tick():
    cleaned = clean(
        ["Welche Zugänge gibt es? [Serviceportal]", "Welche Zugänge gibt es? [Bürgerbüro]"],
        ["Serviceportal", None],
        [None, "Bürgerbüro"],
        [None, None],
    )
    assert pairs(cleaned, "E01") == [("a", ANSWERED), ("c", ANSWERED), (None, MISSING)]


def test_option_columns_with_errors_are_no_answer():
    rows = [["Ja", ErrorCell("#REF!")], ["Ja", "vielleicht"], ["Ja", "Ja"], ["Ja", NoResultCell()]]
    assert pairs(clean(["E01[a]", "E01[b]"], *rows), "E01") == [
        (None, AnswerStatus.ERROR),
        (None, INVALID),
        ("a;b", ANSWERED),
        (None, AnswerStatus.NO_RESULT),
    ]


def test_ranking_in_its_three_forms():
    assert read("B15", ["g2;g1", "Klima, Nähe", "g1;g1", "g1;g2;g3"]) == [
        ("g2;g1", ANSWERED),
        ("g3;g2", ANSWERED),
        (None, INVALID),
        (None, INVALID),
    ]
    places = clean(["B15[1]", "B15[2]"], ["g2", "g1"], ["Klima", None], ["g1", "g1"], [None, None])
    assert pairs(places, "B15") == [
        ("g2;g1", ANSWERED),
        ("g3", ANSWERED),
        (None, INVALID),
        (None, MISSING),
    ]
    ranks = clean(["B15[g1]", "B15[g2]", "B15[g3]"], [2, 1, None], ["1", "1", None], [None, 4, 1])
    assert pairs(ranks, "B15") == [
        ("g2;g1", ANSWERED),
        (None, INVALID),
        (None, INVALID),
    ]


def test_not_asked_by_limesurvey_and_missing_by_sosci():
    assert read("R1", ["N/A", "1"], dialect="limesurvey")[0] == (None, AnswerStatus.NOT_ASKED)
    assert read("R1", [-9.0, "-1"], dialect="sosci") == [(None, MISSING), (None, DONT_KNOW)]


def test_changes_name_the_original_rows_and_nothing_else_is_noted():
    cleaned = clean(["R1"], ["trifft voll zu"], ["5"], [5.0], ["trifft voll zu"])
    [change] = cleaned.changes
    assert (change.original, change.became, change.rows.tolist()) == (
        "trifft voll zu",
        "5",
        [2, 5],
    )
    assert change.rule == "Antworttext als Code gelesen"
    assert not cleaned.remarks


def test_cells_without_answer_hold_no_value():
    cleaned = clean(["R1", "A05", "A09"], ["k", "viele", "nie"], [None, None, None])
    for item in cleaned.items.values():
        assert pd.isna(pd.Series(item.values)).all()
        assert (item.status != ANSWERED).all()
        assert item.status.dtype == np.int8
