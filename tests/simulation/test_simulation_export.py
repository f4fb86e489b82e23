"""The export is what LimeSurvey would give, byte for byte, and survives the real import."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from assessment.content import data_path
from assessment.importing.importer import import_survey
from assessment.questionnaire.model import ItemKind, OptionKind
from assessment.register import load_register
from assessment.simulation import SHEET_NAME, SimulatedSurvey, simulate, write_export
from assessment.survey import AnswerStatus

SAMPLE = data_path("sample", "beispiel_2026.xlsx")


@pytest.fixture(scope="module")
def workbook(sample: SimulatedSurvey) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_export(sample)))


def test_the_shipped_sample_is_the_simulation_of_seed_2020(sample: SimulatedSurvey) -> None:
    """Compared member by member: how well a zip is packed depends on the machine's zlib."""
    data = SAMPLE.read_bytes()
    assert len(data) < 400_000
    assert _members(data) == _members(write_export(sample))


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_headers_are_those_of_a_code_export(workbook: openpyxl.Workbook) -> None:
    sheet = workbook[SHEET_NAME]
    headers = [cell.value for cell in sheet[1]]
    assert headers[:7] == [
        "Antwort ID",
        "Datum Abgeschickt",
        "Letzte Seite",
        "Start-Sprache",
        "Zufallsgeneratorstartwert",
        "A01",
        "A02",
    ]
    assert {"E01[a]", "E01[x]", "E01[k]", "B15[1]", "B15[3]", "H06"} <= set(headers)
    assert "B15[4]" not in headers
    assert len(set(headers)) == len(headers)
    assert sheet.max_row == 413


def test_cells_are_typed_as_limesurvey_types_them(workbook: openpyxl.Workbook) -> None:
    sheet = workbook[SHEET_NAME]
    columns = {cell.value: cell.column for cell in sheet[1]}

    def cells(header: str) -> list[object]:
        return [sheet.cell(row, columns[header]).value for row in range(2, 414)]

    keys = cells("A02")
    assert all(isinstance(key, str) == (str(key)[0] == "0") for key in keys)
    assert any(isinstance(key, int) for key in keys)
    assert set(cells("E01[a]")) <= {"Y", "N", None}
    assert set(cells("B15[1]")) <= {f"B{number:02d}" for number in range(1, 15)}
    assert {value for value in cells("B01") if isinstance(value, str)} <= {"k"}
    submitted = [str(value) for value in cells("Datum Abgeschickt") if value is not None]
    assert all(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").year == 2026 for text in submitted)


def test_the_file_says_that_it_is_simulated_and_hides_the_types(
    workbook: openpyxl.Workbook, sample: SimulatedSurvey
) -> None:
    assert workbook.sheetnames == ["Simulierte Beispieldaten"]
    assert "Simulierte Beispieldaten" in (workbook.properties.title or "")
    assert workbook.custom_doc_props["simulated"].value is True
    texts = {
        str(cell)
        for row in workbook[SHEET_NAME].iter_rows(min_row=2, values_only=True)
        for cell in row
    }
    assert texts.isdisjoint(set(sample.types) - {"N"})


def test_equal_arguments_give_equal_bytes_and_waves_differ() -> None:
    first = write_export(simulate(30, 5))
    assert first == write_export(simulate(30, 5))
    assert first != write_export(simulate(30, 6))
    assert first != write_export(simulate(30, 5, wave=2))


def test_every_answer_survives_the_import(sample: SimulatedSurvey) -> None:
    """The sample takes the way of any file, and comes out as it was simulated."""
    result = import_survey(SAMPLE.read_bytes(), SAMPLE.name, register=load_register())
    survey = result.survey
    assert result.recognition.dialect == "limesurvey"
    assert survey.simulated
    assert survey.keys.tolist() == sample.keys.tolist()
    assert [survey.name_of(key) for key in survey.keys] == sample.names.tolist()
    for item in sample.questionnaire.items:
        if not item.kind.coded:
            continue
        silent = {o.code: o.kind for o in item.options}
        answers = survey.answers[item.id].astype(object)
        for given, taken, status in zip(
            sample.answers[item.id], answers, survey.status[item.id], strict=True
        ):
            kind = silent.get(given)
            if given is None:
                expected = AnswerStatus.MISSING
            elif kind is OptionKind.DONT_KNOW:
                expected = AnswerStatus.DONT_KNOW
            elif kind is OptionKind.NOT_APPLICABLE:
                expected = AnswerStatus.NOT_APPLICABLE
            else:
                expected = AnswerStatus.ANSWERED
                assert taken == given, item.id
            assert status == expected, item.id
    staff = survey.answers["A06"].tolist()
    assert staff[0] == pytest.approx(sample.answers["A06"][0])
    assert sample.questionnaire["A06"].kind is ItemKind.DECIMAL
