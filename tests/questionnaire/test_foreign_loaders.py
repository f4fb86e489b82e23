"""The loaders of foreign maturity models, on small files in their layout written here."""

import io
import json

import openpyxl
import pytest
from sheet_builder import sheet

from assessment.questionnaire.foreign.dsomm import load_dsomm
from assessment.questionnaire.foreign.eu_odm import load_eu_odm
from assessment.questionnaire.foreign.odi_pathway import load_odi_pathway
from assessment.questionnaire.foreign.okfde import load_okfde_json, load_okfde_yaml
from assessment.questionnaire.model import (
    Comparison,
    ItemKind,
    OptionKind,
    Questionnaire,
    Role,
    ScoringRule,
)
from assessment.questionnaire.yaml_file import read_questionnaire, write_questionnaire
from assessment.remarks import InputRefused


def odm_template() -> bytes:
    """Two dimensions; question 1b is asked only after a yes to 1a."""
    book = openpyxl.Workbook()
    questions = book.create_sheet("Questionnaire")
    for row in (
        ("ID", "Question", "Answer", "Justification", "Guide"),
        (1, "What is your country?"),
        (None, "Dimension 1: Policy"),
        (None, "1.1 Framework"),
        ("1a", "Is there a policy?", None, None, "Any policy counts."),
        ("1b", "If yes [in Q1a], how far is it?"),
        (None, "Dimension 2: Quality "),
        (None, "2.1. Currency"),
        (2, "How current?"),
        (3, "How often?"),
    ):
        questions.append(row)
    answers = book.create_sheet("AnswerOptions")
    for row in (
        (None, "Select answer for Q1a", "Yes", "No", "Not Applicable"),
        (None, "Select answer for Q1b", "All datasets", "Few datasets", "None; at all"),
        (None, "Select answer for Q2", ">90%", "71-90%", "<10%", "I don't know"),
        (None, "Select answer for Q3", "Daily", "Yearly"),
    ):
        answers.append(row)
    scoring = book.create_sheet("Scoring")
    for row in (
        ("ID", "Answer", "Weight", "Score"),
        ("=Questionnaire!A5", None, 30, '=IF(B2="Yes", C2, IF(B2="Not Applicable", C2,0))'),
        (
            "=Questionnaire!A6",
            None,
            30,
            '=IF(B3="All datasets",C3,IF(B3="Few datasets",C3*8/15,0))',
        ),
        ("=Questionnaire!A9", None, 20, '=IF(B4=">90%", C4, IF(B4="71-90%", C4*0.75, 0))'),
        ("=Questionnaire!A10", None, "N/A", "N/A"),
    ):
        scoring.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def survives(questionnaire: Questionnaire) -> bool:
    """Our file form can hold the model, too."""
    return read_questionnaire(write_questionnaire(questionnaire), "x.yaml") == questionnaire


def test_eu_odm() -> None:
    odm = load_eu_odm(odm_template(), {"1a": "Gibt es eine Strategie?"})
    assert [item.id for item in odm.items if item.evidence_of is None] == [
        "R1",
        "1a",
        "1b",
        "2",
        "3",
    ]
    assert [(d.id, d.parent) for d in odm.dimensions] == [
        ("D1", None),
        ("1.1", "D1"),
        ("D2", None),
        ("2.1", "D2"),
    ]
    assert [(o.code, o.points) for o in odm["1a"].options] == [
        ("Yes", 30),
        ("No", 0),
        ("Not_Applicable", 30),
    ]
    assert [(o.code, o.points) for o in odm["1b"].options] == [
        ("All_datasets", 30),
        ("Few_datasets", 16),
        ("None_at_all", 0),
    ]
    condition = odm["1b"].condition[0]
    assert (condition.item, condition.is_, condition.value) == ("1a", Comparison.EQUAL, "Yes")
    assert odm["2"].options[3].kind is OptionKind.DONT_KNOW
    assert odm["2"].options[3].points is None
    assert odm["3"].scoring is ScoringRule.NONE
    assert odm["R1"].kind is ItemKind.TEXT
    assert odm["1a_justification"].evidence_of == "1a"
    assert odm["1a"].translations["de"].text == "Gibt es eine Strategie?"
    assert survives(odm)


def test_eu_odm_needs_its_sheets() -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with pytest.raises(ValueError, match="AnswerOptions, Questionnaire, Scoring"):
        load_eu_odm(buffer.getvalue())


QUESTION_HEADER = [
    "ID", "Dimension", "Activity", "Question Text", "Question Notes", "Dependency",
    "Answer ID", "Answer Text", "Positive?", "Maturity Score", "Internal Notes",
]  # fmt: skip


def test_odi_pathway() -> None:
    sheets = [
        sheet("activities", [["Dimension", "Activity"], ["Data", "Release"], ["Data", "Reuse"]]),
        sheet(
            "questions",
            [
                QUESTION_HEADER,
                ["Q1", "Data", "Release", "Published?", None, None, "Q1.1", "Yes", "Y"],
                [None] * 6 + ["Q1.2", "No", "N", 1.0],
                ["Q2", "Data", "Release", "Process?", "Hint", "Q1", "Q2.1", "All", "Y", 5.0],
                [None] * 6 + ["Q2.2", "Some", "Y", 3.0],
                [None] * 6 + ["Q2.3", "None", "N", 2.0],
                ["Q3", "Data", "Reuse", "Used?", None, None, "Q3.1", "No", "N", 1.0],
            ],
        ),
        sheet(
            "improvements",
            [["ID", "Answer ID", "Notes"], [1.0, "Q1.2", "Publish."], [2.0, "Q1.2", "Plan."],
             [3.0, "Q9.9", "Lost."]],
        ),
    ]  # fmt: skip
    odi = load_odi_pathway(sheets, "survey.xls")
    assert [(item.id, item.dimension) for item in odi.items] == [
        ("Q1", "A1"),
        ("Q2", "A1"),
        ("Q3", "A2"),
    ]
    assert odi["Q1"].options[1].points == 1
    assert odi["Q1"].options[1].improvement == "Publish.\nPlan."
    assert odi["Q2"].requires == ("Q1",)
    assert odi["Q2"].condition[0].value == ("Q1.1",)
    assert odi["Q3"].condition == ()
    assert odi.notes == ("Verbesserung zur Antwort Q9.9, die es nicht gibt: Lost.",)
    # Staged: the points are the level reached and must not be averaged.
    assert {item.scoring for item in odi.items} == {ScoringRule.NONE}
    assert survives(odi)
    with pytest.raises(InputRefused, match="questions"):
        load_odi_pathway(sheets[:1] + sheets[2:], "survey.xls")


CRITERIA = """
- title: Anspruch
  description:
    Es gibt einen
    Anspruch.
  maxPoints: 3
  category: recht
- title: Portal
  maxPoints: 1
  category: portal
"""
CATEGORIES = """
- {title: Gesamt, slug: gesamt}
- {title: "Rechts&shy;rahmen", slug: recht, description: Zum Recht.}
- {title: Portal, slug: portal}
"""


def test_okfde_yaml() -> None:
    ranking = load_okfde_yaml(CRITERIA, CATEGORIES, id="odr", version="1", title="Ranking")
    assert [(d.id, d.name) for d in ranking.dimensions] == [
        ("recht", "Rechtsrahmen"),
        ("portal", "Portal"),
    ]
    first = ranking["K01"]
    assert first.help == "Es gibt einen Anspruch."
    assert [(o.code, o.label, o.points) for o in first.options][:2] == [
        ("0", "0 Punkte", 0),
        ("1", "1 Punkt", 1),
    ]
    assert (first.max_points, first.weight) == (3, 3)
    assert ranking["K01_beleg"].roles == (Role.EVIDENCE,)
    assert survives(ranking)


def test_okfde_waves_mark_what_is_new() -> None:
    def edition(*titles: str) -> str:
        criteria = [
            {"criterion-number": number, "title": title, "category": "a", "maxPoints": 2}
            for number, title in enumerate(titles, start=1)
        ]
        return json.dumps({"meta": {"name": "Ranking"}, "criteria": criteria})

    before = load_okfde_json(edition("Eins", "Zwei"), id="odr", version="2024")
    after = load_okfde_json(
        edition("Neu", "Eins", "Zwei"), id="odr", version="2025", previous=before
    )
    assert {item.text: item.since for item in after.items if item.weight} == {
        "Neu": "2025",
        "Eins": "",
        "Zwei": "",
    }


MODEL = """
---
meta: {version: 4.1.0, publisher: https://example.org/model}
---
Build and Deployment:
  Build:
    Defined build process:
      uuid: u-1
      description: One text.
      risk: A risk.
      measure: A measure.
      level: 1
      difficultyOfImplementation: {knowledge: 2, time: 3, resources: 2}
      usefulness: 4
    Signing:
      uuid: u-2
      risk: R
      measure: M
      level: 2
      usefulness: 2
      dependsOn: [u-1, Defined build process]
"""
META = """
progressDefinition:
  Not implemented: {score: 0%, definition: Not started}
  Fully implemented: {score: 100%, definition: Everywhere}
strings: {en: {maturityLevels: ["Level 1", "Level 2"]}}
"""


def test_dsomm() -> None:
    dsomm = load_dsomm(MODEL, META)
    assert dsomm.version == "4.1.0"
    assert [(d.id, d.parent) for d in dsomm.dimensions] == [
        ("Build_and_Deployment", None),
        ("Build_and_Deployment/Build", "Build_and_Deployment"),
    ]
    first, second = dsomm.items
    assert [(o.code, o.points) for o in first.options] == [
        ("Not_implemented", 0),
        ("Fully_implemented", 100),
    ]
    assert (first.level, second.level) == (1, 2)
    # By identifier or by name: both lead to the activity.
    assert second.requires == ("u-1", "u-1")
    assert first.attributes["difficulty_time"] == "3"
    assert first.help == "One text.\n\nRisk: A risk.\n\nMeasure: A measure."
    assert survives(dsomm)
    with pytest.raises(ValueError, match="zwei YAML-Dokumente"):
        load_dsomm("a: 1", META)
