"""The collected real files: each opens, or is refused for the right reason."""

from pathlib import Path

import pytest

from assessment.importing.opening import open_file
from assessment.remarks import InputRefused

pytestmark = pytest.mark.shared

REFUSED_HOSTILE = {
    "BlankSheetTypes.xlsm": "MACRO_FILE",
    "SimpleMacro.xlsm": "MACRO_FILE",
    "abgeleitet_abgeschnitten_60prozent.xlsx": "CORRUPT",
    "abgeleitet_html-heisst-xls.xls": "TYPE_MISMATCH",
    "abgeleitet_leer_0_byte.xlsx": "EMPTY",
    "abgeleitet_xls-heisst-xlsx.xlsx": "TYPE_MISMATCH",
    "column_width.htm": "UNSUPPORTED_TYPE",
    "duplicate-filename.xlsx": "ARCHIVE_INCONSISTENT",
    "empty_sheet.xlsx": "NO_DATA",
    "fuzz-POIHSSFFuzzer-6137883240824832.xls": "CORRUPT",
    "fuzz-POIXSSFFuzzer-5937385319563264.xlsx": "CORRUPT",
    "fuzz-XLSX2CSVFuzzer-5636439151607808.xlsx": "CORRUPT",
    "issue_594_dos.ods": "GRID_TOO_LARGE",
    "password.xls": "ENCRYPTED",
    "poc-shared-strings.xlsx": "CELL_TOO_LONG",
    "poc-xmlbomb.xlsx": "XML_DTD",
    "protect.xlsx": "ENCRYPTED",
    "testEXCEL_4.xls": "UNSUPPORTED_TYPE",
    "too_small.xls": "TYPE_MISMATCH",
    "xlsx-corrupted.xlsx": "CORRUPT",
}
REFUSED_SURVEYS = {
    "civil42_digitale_souveraenitaet.lss": "QUESTIONNAIRE_FILE",
    "colors.lss": "QUESTIONNAIRE_FILE",
    "colors_structure.txt": "QUESTIONNAIRE_FILE",
    "colors.lsa": "UNSUPPORTED_TYPE",
    "okfde_OpenDataRanking2024_Dataset.zip": "UNSUPPORTED_TYPE",
    "partypanel_survey_883163_R_syntax_file.R.txt": "NOT_A_TABLE",
    "zurich_pb_2023_S5R_ranking.pb.csv": "NOT_A_TABLE",
}
# Rows × columns as the index of the files gives them (first sheet).
SHAPES = {
    "59746_NoRowNums.xlsx": (71, 11),
    "err_cell_empty.xlsx": (1832, 8),
    "minimal_package.xlsx": (196, 36),
    "issue_174.xlsx": (2, 11),
    "issue_530.xlsx": (5, 14),
    "deaths.xlsx": (19, 6),
    "StarWars.csv": (1188, 38),
    "DE_ODM 2023.xlsx": (261, 9),
    "ooe_statistik_bp10.xls": (496, 25),
    "pandas_user_survey_2019.csv.gz": (1250, 32),
    "HUPS1_data.csv": (53, 122),
    "Employee data.sav": (474, 10),
    "jupyter_20160115235816-SurveyExport.csv": (1707, 37),
    "uster_jugendbefragung2021_utf16le_tab.txt": (214, 76),
    "de_industrie40_zirkulaere_wertschoepfung_stand1.xlsx": (104, 298),
}


@pytest.mark.parametrize(
    ("folder", "refused"), [("hostile", REFUSED_HOSTILE), ("surveys", REFUSED_SURVEYS)]
)
def test_every_file_opens_or_is_refused_for_the_right_reason(
    shared: Path, folder: str, refused: dict[str, str]
) -> None:
    files = sorted(p for p in (shared / "realdata" / folder).rglob("*") if p.is_file())
    assert len(files) > 50
    wrong = []
    for path in files:
        try:
            opened = open_file(path.read_bytes(), path.name)
        except InputRefused as error:
            if refused.get(path.name) != error.code:
                wrong.append((path.name, error.code))
            continue
        table = opened.sheets[0]
        shape = (table.n_rows, len(table.columns))
        if path.name in refused or SHAPES.get(path.name, shape) != shape:
            wrong.append((path.name, shape))
    assert wrong == []


def test_value_labels_and_missing_values_of_spss(shared: Path) -> None:
    path = shared / "realdata" / "surveys" / "spss" / "Employee data.sav"
    table = open_file(path.read_bytes(), path.name).sheets[0]
    assert table.labelled
    education = next(c for c in table.columns if c.name == "EDUC")
    assert education.label == "Educational Level (years)"
    assert education.value_labels[8.0] == "8"
    assert education.missing == frozenset({0.0})


def test_the_same_survey_as_spss_and_as_workbook(shared: Path) -> None:
    folder = shared / "realdata" / "surveys" / "spss"
    spss = open_file((folder / "survey.sav").read_bytes(), "survey.sav").sheets[0]
    book = open_file((folder / "survey.xlsx").read_bytes(), "survey.xlsx").sheets[0]
    assert spss.n_rows == book.n_rows - 1
    assert [c.name for c in spss.columns] == [c.cell(0) for c in book.columns]
