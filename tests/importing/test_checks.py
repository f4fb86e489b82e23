"""Keys, duplicates, contradictions, straight-lining and completeness."""

import numpy as np
import pandas as pd
import pytest
from questionnaires import small_questionnaire
from sheets import opened_rows

from assessment.importing.conditions import holds
from assessment.importing.importer import Decisions, take
from assessment.ledger import Fate
from assessment.questionnaire.model import Comparison, Condition
from assessment.remarks import InputRefused, Severity
from assessment.survey import AnswerStatus

Q = small_questionnaire()


def result(heads, *rows, questionnaire=Q, decisions=None):
    return take(
        opened_rows([list(heads), *map(list, rows)]), questionnaire, decisions or Decisions()
    )


def codes_of(found, severity=None):
    return [r.code for r in found.ledger.remarks if severity in (None, r.severity)]


def keyed(*keys, names=None):
    names = names or ["Ort"] * len(keys)
    return result(["A02", "A01", "D01"], *([k, n, "1"] for k, n in zip(keys, names, strict=True)))


def test_good_keys_raise_no_remark():
    found = keyed("08111000", "08125001")
    assert list(found.survey.keys) == ["08111000", "08125001"]
    assert found.ledger.remarks == ()
    assert found.survey.name_of("08111000") == "Ort"


def test_lost_zero_and_blanks_are_put_right_and_noted_by_row():
    found = keyed(8111000.0, "08 125 001", "8125005.0")
    assert list(found.survey.keys) == ["08111000", "08125001", "08125005"]
    problems = [r for r in found.ledger.remarks if r.code == "KEY_PROBLEMS"]
    assert [r.row for r in problems] == [2, 3, 4]
    assert all(r.severity is Severity.WARNING for r in problems)
    changed = {c.original: c.became for c in found.ledger.changes if c.item == "A02"}
    assert changed["8111000"] == "08111000"
    assert found.survey.answers["A02"].tolist() == ["08111000", "08125001", "08125005"]


def test_long_keys_become_short_ones_quietly():
    found = keyed("081110000000", "08125001")
    assert found.survey.keys[0] == "08111000"
    assert codes_of(found) == ["KEYS_CONVERTED"]


def test_a_name_without_end_is_shown_short_and_kept_whole():
    found = keyed("08111000", names=["W" * 5000])
    assert found.survey.name_of("08111000") == "W" * 159 + "…"
    assert found.survey.answers["A01"].tolist() == ["W" * 5000]


def test_unknown_and_malformed_keys_are_named():
    found = keyed("99999999", "0812", "08199999", None)
    assert list(found.survey.keys) == ["99999999", "Zeile-3", "08199999", "Zeile-5"]
    problems = [r.row for r in found.ledger.remarks if r.code == "KEY_PROBLEMS"]
    assert problems == [2, 3, 5]
    [unknown] = [r for r in found.ledger.remarks if r.code == "KEYS_UNKNOWN"]
    assert unknown.severity is Severity.WARNING
    assert unknown.row == 4


def test_a_missing_key_is_found_by_name_with_the_land_as_tie_breaker():
    found = result(
        ["A02", "A01", "A03", "D01"],
        [None, "Stuttgart", "08", "1"],
        [None, "Neuenkirchen", None, "1"],
        ["01001000", "Flensburg", "01", "1"],
    )
    assert list(found.survey.keys) == ["08111000", "Zeile-3", "01001000"]
    assert "Stuttgart" in next(r for r in found.ledger.remarks if r.row == 2).message


def test_without_a_key_column_names_are_looked_up_and_said():
    found = result(["A01", "D01"], ["Stuttgart", "1"], ["Nirgendwo an der Au", "1"])
    assert list(found.survey.keys) == ["08111000", "Zeile-3"]
    [remark] = [r for r in found.ledger.remarks if r.code == "NO_KEYS"]
    assert "Zeile 3" in remark.message


def test_simulated_keys_mark_the_survey():
    found = keyed("01000001", "01000002")
    assert found.survey.simulated
    assert codes_of(found) == ["SIMULATED_DATA"]
    mixed = keyed("01000001", "08111000")
    assert "SIMULATED_MIXED" in codes_of(mixed, Severity.WARNING)


def test_the_newest_complete_duplicate_counts():
    rows = [
        ["08111000", "1", "2026-01-03 10:00:00", "1", "3"],
        ["08111000", "2", "2026-01-05 10:00:00", "1", "3"],
        ["08111000", "0", "2026-01-09 10:00:00", None, None],
        ["08125001", "0", "2026-01-01 10:00:00", "2", "1"],
    ]
    heads = ["A02", "D01", "submitdate", "D11", "R1", "lastpage"]
    found = result(heads, *rows)
    assert found.survey.answers["D01"].tolist() == ["2", "0"]
    aside = [(e.row, e.reason) for e in found.ledger.rows if e.fate is Fate.SET_ASIDE]
    assert [row for row, _ in aside] == [2, 4]
    assert "Zeile 3 gilt" in aside[0][1]
    assert "DUPLICATE_MUNICIPALITY" in codes_of(found, Severity.WARNING)
    decided = result(heads, *rows, decisions=Decisions(duplicates={"08111000": 2}))
    assert decided.survey.answers["D01"].tolist() == ["1", "0"]
    assert "DUPLICATE_MUNICIPALITY" not in codes_of(decided, Severity.WARNING)
    with pytest.raises(InputRefused) as refused:
        result(heads, *rows, decisions=Decisions(duplicates={"08111000": 5}))
    assert refused.value.code == "NO_SUCH_ROW"


def test_contradictions_are_told_and_change_nothing():
    found = result(
        ["A02", "A03", "D01", "D11"],
        ["08111000", "08", "2", "1"],
        ["08125001", "05", "1", "2"],
        ["08125005", "08", "2", "nz"],
    )
    assert [(c.rule, c.key, c.row) for c in found.quality.contradictions] == [
        ("SOLL", "08111000", 2),
        ("LAND", "08125001", 3),
    ]
    severity = {r.value: r.severity for r in found.ledger.remarks if r.code == "CONTRADICTION"}
    assert severity == {"SOLL": Severity.INFO, "LAND": Severity.WARNING}
    assert found.survey.answers["D11"].tolist()[:2] == ["1", "2"]


def test_straight_lining_needs_a_whole_battery():
    heads = ["A02", "R1", "R2", "R3", "R4", "R5"]
    found = result(
        heads,
        ["08111000", *"33333"],
        ["08125001", *"33334"],
        ["08125005", "3", "3", None, None, None],
    )
    [line] = found.quality.straight_lines
    assert (line.key, line.answer, line.items) == ("08111000", "3", tuple(heads[1:]))
    assert "STRAIGHT_LINING" in codes_of(found, Severity.INFO)


def test_completeness_counts_what_was_asked():
    found = result(
        ["A02", "D01", "E01", "E02"],
        ["08111000", "1", "a", "s"],
        ["08125001", None, "b", None],
        ["08125005", "nz", "k", None],
    )
    status = found.survey.status["E02"].tolist()
    not_asked = AnswerStatus.NOT_ASKED
    assert status == [AnswerStatus.ANSWERED, not_asked, not_asked]
    assert found.quality.item_completeness["D01"] == pytest.approx(2 / 3)
    assert found.quality.item_completeness["E02"] == 1.0
    assert found.quality.municipality_completeness["08125001"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        (Comparison.EQUAL, "1", [True, False, False]),
        (Comparison.NOT_EQUAL, "1", [False, True, False]),
        (Comparison.ONE_OF, ("1", "2"), [True, True, False]),
        (Comparison.AT_LEAST, "2", [False, True, False]),
        (Comparison.AT_MOST, "1", [True, False, False]),
        (Comparison.ANSWERED, None, [True, True, False]),
        (Comparison.LENGTH_NOT, 1.0, [False, False, False]),
    ],
)
def test_conditions_on_options(comparison, value, expected):
    answers = pd.DataFrame({"D01": pd.Categorical(["1", "2", None], categories=["0", "1", "2"])})
    condition = Condition(item="D01", is_=comparison, value=value)
    assert holds(condition, Q, answers).tolist() == expected


def test_conditions_on_lists_numbers_and_absent_items():
    answers = pd.DataFrame(
        {"E01": pd.Categorical(["a;b", "b", None]), "A05": np.array([5.0, np.nan, 7.0])}
    )
    contains = Condition(item="E01", is_=Comparison.CONTAINS, value="a")
    lacks = Condition(item="E01", is_=Comparison.LACKS, value="a")
    assert holds(contains, Q, answers).tolist() == [True, False, False]
    assert holds(lacks, Q, answers).tolist() == [False, True, False]
    assert holds(
        Condition(item="A05", is_=Comparison.AT_LEAST, value=6.0), Q, answers
    ).tolist() == [False, False, True]
    assert holds(Condition(item="A05", is_=Comparison.EQUAL, value=5.0), Q, answers).tolist() == [
        True,
        False,
        False,
    ]
    absent = Condition(item="D01", is_=Comparison.ANSWERED)
    assert not holds(absent, Q, answers).any()
