"""Real exports of many programs: what each becomes, or why it is refused."""

from pathlib import Path

import pytest
from verdict_table import survey_files

from assessment.importing.importer import ImportResult, import_survey
from assessment.ledger import Fate
from assessment.questionnaire.foreign.eu_odm import load_eu_odm
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus

pytestmark = pytest.mark.shared

REFUSED = {
    "indices/okfde_OpenDataRanking2024_Dataset.zip": "UNSUPPORTED_TYPE",
    "kommunal/uster_variablen_fragen.csv": "IS_CODEBOOK",
    "limesurvey/civil42_digitale_souveraenitaet.lss": "QUESTIONNAIRE_FILE",
    "limesurvey/colors.lsa": "UNSUPPORTED_TYPE",
    "limesurvey/colors.lss": "QUESTIONNAIRE_FILE",
    "limesurvey/colors_structure.txt": "QUESTIONNAIRE_FILE",
    "limesurvey/partypanel_survey_883163_R_syntax_file.R.txt": "NOT_A_TABLE",
    "limesurvey/rse2017_de_questions_codebook.csv": "IS_CODEBOOK",
    "qualtrics/zurich_pb_2023_S5R_ranking.pb.csv": "NOT_A_TABLE",
    "surveymonkey/Cloud_Native_Survey_2021-Part_1.xlsx": "SUMMARY_WORKBOOK",
}
TAKEN = {
    "abgeleitet/uster_jugendbefragung2021_cp1252_semikolon.csv": ("generic", 213),
    "abgeleitet/uster_jugendbefragung2021_utf16le_tab.txt": ("generic", 213),
    "eu_odm2023/AT_ODM 2023.xlsx": ("one_organisation", 1),
    "eu_odm2023/DE_ODM 2023.xlsx": ("one_organisation", 1),
    "eu_odm2023/DK_ODM 2023.xlsx": ("one_organisation", 1),
    "eu_odm2023/LU_ODM 2023.xlsx": ("one_organisation", 1),
    "eu_odm2023/csv_semikolon_DE_ODM 2023.csv": ("one_organisation", 1),
    "googleforms/2019 Spanish R Community Survey Responses.tsv": ("googleforms", 338),
    "googleforms/library_survey_responses.xlsx": ("googleforms", 105),
    "googleforms/pandas_user_survey_2019.csv.gz": ("googleforms", 1249),
    "indices/GTMI_Clean_GovTech.xlsx": ("generic", 403),
    "indices/un_egdi-2014.xlsx": ("generic", 193),
    "indices/un_egdi-2018.xlsx": ("generic", 193),
    "kommunal/ooe_statistik_bp10.xls": ("generic", 492),
    "kommunal/uster_jugendbefragung2021.csv": ("generic", 213),
    "limesurvey/civil42_csv/Q0102-1-raw.csv": ("generic", 93),
    "limesurvey/civil42_csv/Q0103-raw.csv": ("generic", 93),
    "limesurvey/civil42_csv/Q0104-1-raw.csv": ("generic", 95),
    "limesurvey/de_industrie40_zirkulaere_wertschoepfung_stand1.xlsx": ("limesurvey", 103),
    "limesurvey/partypanel_survey_883163_R_data_file.csv": ("limesurvey", 30),
    "limesurvey/rse2017_de_public_data.csv": ("limesurvey", 325),
    "msforms/msforms_de_csv_ausschnitt.csv": ("msforms", 2),
    "qualtrics/qualtrics_de_header_sample.csv": ("qualtrics", 1),
    "qualtrics/qualtrics_legacy_2header_sample.csv": ("qualtrics", 1),
    "sosci/Befragungsstudie_cp1252_semikolon.csv": ("generic", 87),
    "sosci/HUPS1_data.csv": ("sosci", 52),
    "spss/Employee data.sav": ("spss", 474),
    "spss/german.sav": ("spss", 1),
    "spss/haven_labelled-str.sav": ("spss", 2),
    "spss/haven_umlauts.sav": ("spss", 4),
    "spss/pyreadstat_sample.zsav": ("spss", 5),
    "spss/pyreadstat_sample_missing_user.sav": ("spss", 7),
    "spss/spssio_test.sav": ("spss", 9),
    "spss/survey.sav": ("spss", 237),
    "spss/survey.xlsx": ("generic", 237),
    "spss/survey_utf-8.csv": ("generic", 237),
    "surveygizmo/jupyter_20160115235816-SurveyExport.csv": ("surveygizmo", 1706),
    "surveymonkey/CNCF_Maintainers_Survey_2020_H2.csv": ("surveymonkey", 97),
    "surveymonkey/CNCF_Maintainers_Survey_2023_H1.csv": ("surveymonkey", 145),
    "surveymonkey/CNCF_TOC_Survey_2020_H1.csv": ("surveymonkey", 28),
    "surveymonkey/StarWars.csv": ("surveymonkey", 1186),
    "surveymonkey/Strimzi Survey 2022.csv": ("surveymonkey", 41),
}


@pytest.fixture(scope="module")
def take(shared: Path):
    """Import a survey file by its path below ``realdata/surveys``; each file once."""
    known: dict[str, ImportResult] = {}

    def load(name: str) -> ImportResult:
        if name not in known:
            path = shared / "realdata" / "surveys" / name
            known[name] = import_survey(path.read_bytes(), path.name)
        return known[name]

    return load


def test_every_file_has_an_expectation(shared):
    folder = shared / "realdata" / "surveys"
    names = {str(path.relative_to(folder)) for path in survey_files(shared)}
    assert names == set(REFUSED) | set(TAKEN)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_for_the_right_reason(shared, name):
    path = shared / "realdata" / "surveys" / name
    with pytest.raises(InputRefused) as refused:
        import_survey(path.read_bytes(), path.name)
    assert refused.value.code == REFUSED[name]


@pytest.mark.parametrize("name", TAKEN)
def test_taken_as_what_it_is_and_nothing_lost(take, name):
    result = take(name)
    dialect, rows = TAKEN[name]
    survey, ledger = result.survey, result.ledger
    assert (result.recognition.dialect, len(survey.answers)) == (dialect, rows)
    assert result.questionnaire.proposed
    assert result.recognition.reasons
    [sheet] = [s for s in result.opened.sheets if s.name == ledger.sheet]
    known = sorted([*ledger.header_rows, *(entry.row for entry in ledger.rows)])
    assert known == sheet.row_numbers.tolist()
    assert [e.position for e in ledger.columns] == [c.position for c in sheet.columns]
    assert sum(ledger.cells_by_status.values()) == survey.answers.size
    answered = survey.status == AnswerStatus.ANSWERED
    assert (survey.answers.notna() == answered).all(axis=None)
    # A proposal is sensible if hardly an answer falls through it.
    invalid = ledger.cells_by_status.get("INVALID", 0)
    assert invalid <= 0.02 * survey.answers.size + 2


def labelled(result: ImportResult) -> list[list[str]]:
    """Answers in words, column by column in the order of the file."""
    columns = []
    for target in sorted(result.mapping.taken, key=lambda t: t.position):
        item = result.questionnaire[target.item]
        words = {option.code: option.label for option in item.options}
        values = result.survey.answers[item.id].astype(object).tolist()
        columns.append([words.get(value, str(value)) for value in values])
    return columns


def test_the_same_survey_in_three_formats_says_the_same(take):
    sav, xlsx = take("spss/survey.sav"), take("spss/survey.xlsx")
    csv = take("spss/survey_utf-8.csv")
    assert labelled(sav) == labelled(xlsx) == labelled(csv)
    assert xlsx.survey.provenance.data_hash == csv.survey.provenance.data_hash
    assert sav.ledger.cells_by_status == xlsx.ledger.cells_by_status


def test_the_encoding_does_not_matter(take):
    hashes = {
        take(name).survey.provenance.data_hash
        for name in TAKEN
        if "uster_jugendbefragung2021" in name
    }
    assert len(hashes) == 1


def test_the_filled_questionnaire_is_the_same_in_excel_and_csv(take):
    excel = take("eu_odm2023/DE_ODM 2023.xlsx").survey.provenance.data_hash
    assert excel == take("eu_odm2023/csv_semikolon_DE_ODM 2023.csv").survey.provenance.data_hash


def test_the_limesurvey_export_loses_its_addresses_only(take):
    result = take("limesurvey/de_industrie40_zirkulaere_wertschoepfung_stand1.xlsx")
    aside = {e.header: e.reason for e in result.ledger.columns_with(Fate.SET_ASIDE)}
    metadata = ["Antwort ID", "Datum Abgeschickt", "Letzte Seite", "Start-Sprache"]
    for name in (*metadata[1:], "Zufallsgeneratorstartwert"):
        assert aside[name] == "vom Umfrageprogramm geschrieben"
    mail = next(header for header in aside if header.startswith("Geben Sie bitte Ihre E-Mail"))
    assert aside[mail].startswith("Kontaktdaten")
    assert not any("@" in str(value) for c in labelled(result) for value in c)


def test_the_eu_questionnaire_reads_the_filled_file(shared):
    folder = shared / "realdata"
    template = folder / "maturity" / "eu_odm2023" / "00_ODM2023_questionnaire_template.xlsx"
    path = folder / "surveys" / "eu_odm2023" / "DE_ODM 2023.xlsx"
    questionnaire = load_eu_odm(template.read_bytes())
    result = import_survey(path.read_bytes(), path.name, questionnaire)
    assert not result.questionnaire.proposed
    assert len(result.mapping.taken) >= 150


def test_the_ranking_of_the_star_wars_films_is_a_ranking(take):
    result = take("surveymonkey/StarWars.csv")
    [ranking] = [item for item in result.questionnaire.items if item.kind == "ranking"]
    first = str(result.survey.answers[ranking.id].iloc[0]).split(";")
    assert len(first) == len(set(first)) == 6
