"""Every attack file gets the verdict it must get, from the bytes to the survey."""

import re
from pathlib import Path

import pandas as pd
import pytest
from verdict_table import FileVerdict, judge, line, make_attacks, meets

from assessment.importing.importer import ImportResult, import_survey
from assessment.ledger import Fate
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def attacks(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Name → (file, required verdict)."""
    made = make_attacks(shared, tmp_path_factory.mktemp("attacks"))
    return {path.name: (path, required) for path, required in made}


@pytest.fixture(scope="module")
def verdicts(attacks: dict[str, tuple[Path, str]]) -> list[FileVerdict]:
    return [judge(path, name, required) for name, (path, required) in attacks.items()]


@pytest.fixture
def taken(attacks):
    """Import an attack file by the beginning of its name."""

    def take(start: str) -> ImportResult:
        [path] = [path for name, (path, _) in attacks.items() if name.startswith(start)]
        return import_survey(path.read_bytes(), path.name)

    return take


def test_all_verdicts_are_the_required_ones(verdicts):
    assert len(verdicts) == 73
    assert [line(verdict) for verdict in verdicts if not meets(verdict)] == []


def test_refusals_are_german_sentences_without_inner_workings(verdicts):
    for verdict in verdicts:
        if verdict.verdict == "reject":
            assert verdict.message.endswith((".", "!")), verdict
            assert re.search(r"\b(bitte|Bitte)\b", verdict.message), verdict
            assert not re.search(r"Traceback|/tmp|\.py\b|openpyxl|calamine|Error", verdict.message)


def columns_of(result: ImportResult) -> dict[str, list[object]]:
    """Header → values as taken."""
    headers = {c.column.position: c.header for c in result.recognition.columns}
    return {
        headers[target.position]: result.survey.answers[target.item].astype(object).tolist()
        for target in result.mapping.taken
    }


def test_the_good_file_is_taken_as_it_is(taken):
    result = taken("r01")
    found = columns_of(result)
    assert list(result.survey.keys) == ["08111000", "08125001", "08125005"]
    assert found["Gemeinde"] == ["Stuttgart", "Abstatt", "Beilstein"]
    assert found["Einwohner"] == [632865.0, 4800.0, 6200.0]


@pytest.mark.parametrize("start", ["c04", "c05", "e09", "c11"])
def test_what_lies_around_the_table_does_not_change_it(taken, start):
    assert columns_of(taken(start)) == columns_of(taken("r01"))


@pytest.mark.parametrize("start", ["e10", "e11", "e12"])
def test_text_tables_in_every_encoding_say_the_same(taken, start):
    found = columns_of(taken(start))
    assert list(found) == ["AGS", "Gemeinde", "Anteil"]
    assert found["AGS"][0] == "08111000"
    assert found["Gemeinde"] == ["Stuttgart", "Weißenstein", "Köln-Süd"]
    assert found["Anteil"] == [1234.56, 0.5, -3.0]


def test_duplicate_headers_lose_no_column(taken):
    result = taken("c17")
    assert len(result.ledger.columns) == 14
    assert len(result.ledger.columns_with(Fate.TAKEN)) == 14
    assert result.survey.answers.shape == (1, 14)


def test_errors_and_formulas_never_become_answers(taken):
    errors = taken("c13")
    assert errors.ledger.cells_by_status["ERROR"] == 14
    assert errors.ledger.cells_by_status["ANSWERED"] == 2
    formula = taken("c12")
    assert formula.ledger.cells_by_status["NO_RESULT"] == 1
    assert formula.survey.answers.notna().to_numpy().sum() == 5


def test_numbers_are_finite(taken):
    result = taken("c14")
    for _, column in result.survey.answers.items():
        if pd.api.types.is_float_dtype(column):
            assert not column.isin([float("inf"), float("-inf")]).any()


def test_keys_in_all_their_variants(taken):
    result = taken("c18")
    assert next(iter(result.survey.keys)) == "08111000"
    aside = [entry.row for entry in result.ledger.rows_with(Fate.SET_ASIDE)]
    # Rows 2 to 6 are one municipality; one counts and the others are named, not merged.
    assert len(aside) == 4
    assert set(aside) < {2, 3, 4, 5, 6}
    named = {r.row for r in result.ledger.remarks if r.code == "KEY_PROBLEMS"}
    assert {3, 4, 8, 9, 10} <= named


def test_dirty_scale_values_are_out_of_range(taken):
    result = taken("c19")
    invalid = result.survey.status == AnswerStatus.INVALID
    assert invalid.to_numpy().any()
    values = {r.value for r in result.ledger.remarks if r.code == "OUT_OF_RANGE"}
    assert "trifft zu" in values


@pytest.mark.parametrize("start", ["d01", "d02", "d03"])
def test_payloads_stay_text(taken, start):
    result = taken(start)
    [name, text] = list(result.survey.answers.columns)[1:]
    answers = result.survey.answers
    assert (answers[name].astype(str) == answers[text].astype(str)).all()
    assert answers[name].notna().all()


def test_hostile_file_names_are_only_names(attacks, shared):
    path, _ = attacks["r01_good_small.xlsx"]
    for name in ("../../etc/cron.d/x.xlsx", "=1+1.xlsx", "a\nb.xlsx", "x" * 300 + ".xlsx"):
        result = import_survey(path.read_bytes(), name)
        assert len(result.ledger.file_name) <= 200
        assert "\n" not in result.ledger.file_name
    with pytest.raises(InputRefused):
        import_survey(b"", "leer.xlsx")
