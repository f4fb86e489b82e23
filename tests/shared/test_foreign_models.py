"""Four published maturity models and real forms load completely, with their real content."""

import csv
import warnings
from collections import Counter
from pathlib import Path

import pytest
from sheet_builder import sheet_of_csv, sheets_of

from assessment.questionnaire.codebook_file import read_codebook_sheets, read_codebook_text
from assessment.questionnaire.foreign.dsomm import load_dsomm
from assessment.questionnaire.foreign.eu_odm import load_eu_odm
from assessment.questionnaire.foreign.odi_pathway import load_odi_pathway
from assessment.questionnaire.foreign.okfde import load_okfde_json, load_okfde_yaml
from assessment.questionnaire.model import ItemKind, Questionnaire, ScoringRule
from assessment.questionnaire.workbook import read_workbook, write_workbook
from assessment.questionnaire.yaml_file import read_questionnaire, write_questionnaire

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def maturity(shared: Path) -> Path:
    return shared / "realdata" / "maturity"


@pytest.fixture(scope="module")
def odm(maturity: Path) -> Questionnaire:
    folder = maturity / "eu_odm2023"
    with (folder / "00_i18n_de.csv").open(encoding="utf-8-sig", newline="") as file:
        german = {row["key"]: row["value"] for row in csv.DictReader(file, delimiter=";")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        workbook = (folder / "00_ODM2023_questionnaire_template.xlsx").read_bytes()
        return load_eu_odm(workbook, german)


def survives(questionnaire: Questionnaire) -> None:
    """Both our file forms hold the model without loss."""
    assert read_questionnaire(write_questionnaire(questionnaire), "x.yaml") == questionnaire
    written = write_workbook(questionnaire)
    assert written.not_expressed == ()
    assert read_workbook(sheets_of(written.data), "x.xlsx").questionnaire == questionnaire


def test_eu_odm_structure(odm: Questionnaire) -> None:
    questions = [item for item in odm.items if item.evidence_of is None]
    assert len(questions) == 182
    assert sum(item.id.startswith("R") for item in questions) == 10
    assert sum(item.evidence_of is not None for item in odm.items) == 172
    assert [d.name for d in odm.dimensions if d.parent is None] == [
        "Open Data Policy",
        "Open Data Impact",
        "Open Data Portal",
        "Open Data Quality",
    ]
    assert all(item.translations["de"].text for item in questions)
    survives(odm)


def test_eu_odm_maxima_agree_with_the_published_table(odm: Questionnaire, maturity: Path) -> None:
    with (maturity / "eu_odm2023" / "00_scoring.csv").open(encoding="utf-8-sig") as file:
        published = {row["ID"]: row["Weight"] for row in csv.DictReader(file, delimiter=";")}
    scored = {item.id: item for item in odm.items if item.scoring is ScoringRule.POINTS}
    assert {code: str(int(item.weight)) for code, item in scored.items()} == {
        code: weight for code, weight in published.items() if weight != "N/A"
    }
    for item in scored.values():
        assert max(option.points or 0 for option in item.options) == item.max_points
    totals = Counter[str | None]()
    for item in scored.values():
        assert item.dimension is not None
        totals[odm.dimension_by_id[item.dimension].parent] += int(item.weight)
    assert totals == {"D1": 640, "D2": 600, "D3": 650, "D4": 650}


def test_eu_odm_points_and_conditions(odm: Questionnaire) -> None:
    def points(code: str) -> dict[str, float | None]:
        return {option.label: option.points for option in odm[code].options}

    assert points("1") == {"Yes": 30, "No": 0, "Other": 30}
    assert points("10b") == {
        "Yes, regular consultations": 10,
        "Yes, other measures": 5,
        "No": 0,
        "Not Applicable": 10,
    }
    assert points("93c")["Approximately half of the datasets"] == 8
    conditions = {item.id: item.condition[0].item for item in odm.items if item.condition}
    assert conditions == {
        "9b": "9a", "22b": "22a", "23b": "23a", "26b": "26a", "69b": "69a", "70b": "70a",
        "90b": "90a", "93c": "93b", "94b": "94a", "104b": "104a", "104c": "104a", "124b": "124a",
    }  # fmt: skip


def test_odi_pathway(maturity: Path) -> None:
    odi = load_odi_pathway(
        sheets_of((maturity / "odi_pathway" / "survey.xls").read_bytes()), "survey.xls"
    )
    assert len(odi.items) == 83
    assert sum(len(item.options) for item in odi.items) == 185
    themes = [dimension for dimension in odi.dimensions if dimension.parent is None]
    assert len(themes) == 5
    assert len(odi.dimensions) - len(themes) == 15
    texts = [
        text for i in odi.items for o in i.options for text in o.improvement.split("\n") if text
    ]
    # Two of the 152 improvements name an answer that the file does not have.
    assert (len(texts), len(odi.notes)) == (150, 2)
    assert odi["Q4"].requires == ("Q3",)
    assert odi["Q4"].condition[0].value == ("Q3.2", "Q3.3")
    assert [option.points for option in odi["Q4"].options] == [4, 3, 3]
    assert odi["Q1"].options[1].improvement.startswith("Identify one or more datasets")
    survives(odi)


def test_okfde_open_data_ranking(maturity: Path) -> None:
    folder = maturity / "okfde_opendataranking"
    before = load_okfde_json(
        (folder / "dataset2024" / "criteria.json").read_text("utf-8"), id="odr", version="2024"
    )
    after = load_okfde_json(
        (folder / "dataset2025" / "criteria.json").read_text("utf-8"),
        id="odr",
        version="2025",
        previous=before,
    )
    current = load_okfde_yaml(
        (folder / "criteria.yml").read_text("utf-8"),
        (folder / "categories.yml").read_text("utf-8"),
        id="odr",
        version="2025",
        title="Open Data Ranking",
    )
    for ranking, count in ((before, 34), (after, 35), (current, 35)):
        criteria = [item for item in ranking.items if item.weight]
        assert len(criteria) == count
        assert sum(item.max_points or 0 for item in criteria) == 100
        assert len(ranking.dimensions) == 6
        survives(ranking)
    assert [item.text for item in after.items if item.since] == ["Hochwertige Datensätze"]
    assert current["K01"].max_points == 25
    assert current["K01"].text == "Rechtsanspruch auf Open Data"
    assert "Rechtsanspruch auf Open Data" in {d.name for d in current.dimensions}


def test_okfde_transparency_ranking(maturity: Path) -> None:
    folder = maturity / "okfde_transparenzranking"
    ranking = load_okfde_yaml(
        (folder / "criteria.yml").read_text("utf-8"),
        (folder / "categories.yml").read_text("utf-8"),
        id="transparenzranking",
        version="1",
        title="Transparenzranking",
    )
    criteria = [item for item in ranking.items if item.weight]
    assert (len(criteria), sum(item.max_points or 0 for item in criteria)) == (40, 100)
    assert [d.name for d in ranking.dimensions][-1] == "Informationsfreiheitsbeauftragte"
    assert criteria[0].max_points == 10
    assert [option.code for option in criteria[1].options] == ["0", "1", "2"]
    survives(ranking)


def test_dsomm(maturity: Path) -> None:
    dsomm = load_dsomm(
        (maturity / "dsomm" / "model.yaml").read_text("utf-8"),
        (maturity / "dsomm" / "meta.yaml").read_text("utf-8"),
    )
    assert len(dsomm.items) == 193
    assert Counter(item.level for item in dsomm.items) == {1: 26, 2: 57, 3: 61, 4: 30, 5: 19}
    assert sum(bool(item.requires) for item in dsomm.items) == 90
    assert sum(len(item.requires) for item in dsomm.items) == 122
    pinning = next(item for item in dsomm.items if item.text == "Pinning of artifacts")
    assert dsomm[pinning.requires[0]].text == "Defined build process"
    assert (pinning.level, pinning.attributes["usefulness"]) == (2, "3")
    assert [option.points for option in pinning.options] == [0, 20, 50, 100]
    assert len([d for d in dsomm.dimensions if d.parent is None]) == 5
    survives(dsomm)


def test_kobo_forms(maturity: Path) -> None:
    folder = maturity / "xlsform_tensing_de"
    for form, count in (("og", 43), ("tn", 49)):
        sheets = [
            sheet_of_csv(part, (folder / f"{form}_{part}.csv").read_bytes())
            for part in ("survey", "choices")
        ]
        read = read_codebook_sheets(sheets, form)
        assert len(read.questionnaire.items) == count
        assert not any("nicht ausgewertet" in sentence for sentence in read.not_expressed)
        survives(read.questionnaire)
        if form == "og":
            hours = read.questionnaire["Montag_Stunden"]
            assert hours.kind is ItemKind.DECIMAL
            assert hours.condition[0].value == "montag"


def test_limesurvey_structures(maturity: Path, shared: Path) -> None:
    german = read_codebook_text(
        (maturity / "limesurvey" / "civil42_digitale_souveraenitaet.lss").read_bytes(),
        "civil42.lss",
    )
    form = german.questionnaire
    # 10 questions, one of them a matrix with three rows.
    assert len(form.items) == 12
    assert form.title == "Digitale Souveränität von Vereinen"
    assert len(form["Q0102[SQ001]"].options) == 10
    assert [option.label for option in form["Q0104"].options][:2] == [
        "Kommunizieren",
        "Arbeiten planen",
    ]
    assert form["Q0104"].options[-1].code == "-oth-"
    assert german.not_expressed == (
        "Q0104: Die Kommentare je Antwort entfallen.",
        "Q0402: Die Kommentare je Antwort entfallen.",
    )
    colors = read_codebook_text(
        (shared / "realdata" / "surveys" / "limesurvey" / "colors.lss").read_bytes(), "colors.lss"
    ).questionnaire
    assert len(colors["Q00"].options) == 11
    assert {condition.item for condition in colors["G01Q02"].condition} == {"Q00"}
    survives(form)
