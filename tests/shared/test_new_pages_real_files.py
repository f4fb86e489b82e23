"""Profil to Übersicht over every real and hostile file that is taken: no page fails."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from everything_said import said_of, said_of_all, said_of_waves, taken_of
from streamlit.testing.v1 import AppTest
from verdict_table import make_attacks, survey_files

from assessment import pipeline
from assessment.importing.importer import import_survey
from assessment.questionnaire.foreign.eu_odm import load_eu_odm
from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.ui.loaders import register, sample
from assessment.ui.state import SessionSurveys
from assessment.ui.taken import share

pytestmark = pytest.mark.shared

APP = Path(__file__).resolve().parents[2] / "app.py"
PAGES = (
    "auswertung/uebersicht.py",
    "kommune/profil.py",
    "kommune/luecken.py",
    "kommune/massnahmen.py",
    "kommune/roadmap.py",
    "kommune/strategie.py",
)
LARGEST = 600_000
"""Bytes; larger files only cost time: the others say the same."""


@pytest.fixture(scope="module")
def surveys(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Survey]:
    """File name → survey, for every file that is taken."""
    hostile = sorted(
        path for path in (shared / "realdata" / "hostile").rglob("*") if path.is_file()
    )
    made = make_attacks(shared, tmp_path_factory.mktemp("attacks"))
    attacks = [path for path, required in made if not required.startswith("reject")]
    paths = [*survey_files(shared), *hostile, *attacks]
    return dict(_taken(path for path in paths if path.stat().st_size < LARGEST)) | _eu(shared)


def _taken(paths: Iterator[Path]) -> Iterator[tuple[str, Survey]]:
    for path in paths:
        try:
            result = import_survey(path.read_bytes(), path.name, register=register())
        except InputRefused:
            continue
        yield path.name, result.survey


def _eu(shared: Path) -> dict[str, Survey]:
    """A foreign questionnaire with dimensions and points of its own."""
    folder = shared / "realdata"
    template = folder / "maturity" / "eu_odm2023" / "00_ODM2023_questionnaire_template.xlsx"
    questionnaire = load_eu_odm(template.read_bytes())
    path = folder / "surveys" / "eu_odm2023" / "DE_ODM 2023.xlsx"
    survey = import_survey(path.read_bytes(), path.name, questionnaire).survey
    return {"EU": survey}


def few(survey: Survey) -> list[str]:
    keys = [str(key) for key in survey.keys]
    return list(dict.fromkeys([keys[0], keys[-1]])) if keys else []


def test_everything_is_said_of_every_file(surveys: dict[str, Survey]) -> None:
    assert len(surveys) > 70
    said_something = 0
    for name, survey in surveys.items():
        taken = taken_of(pipeline.assess(survey), name)
        assert said_of_all(taken)["overview"]["provenance"], name
        for key in few(survey):
            said = said_of(taken, key)
            assert said["gaps"]["sentence"].endswith("."), name
            assert said["measures"]["first_sentence"].endswith("."), name
            assert said["roadmap"]["sentence"].endswith("."), name
            said_something += 1
        for key in few(survey)[:1]:
            assert said_of_waves(taken, taken, key)["change"]["refusal"].endswith("."), name
            assert said_of_waves(taken, sample(), key)["change"]["refusal"].endswith("."), name
    assert said_something > 100


def test_another_wave_of_the_same_file_is_no_wave(surveys: dict[str, Survey]) -> None:
    """The same answers under another label are a version, and said to be one."""
    for name, survey in surveys.items():
        one = taken_of(pipeline.assess(replace(survey, wave="2026")), name)
        other = taken_of(pipeline.assess(replace(survey, wave="2028")), f"{name} 2")
        for key in few(survey)[:1]:
            assert said_of_waves(one, other, key)["change"]["refusal"].endswith("."), name


def test_every_page_opens(surveys: dict[str, Survey], tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("ASSESSMENT_STATE", str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=90)
    app.run()
    for name, survey in surveys.items():
        app.session_state["session_surveys"] = SessionSurveys([share(survey)], 0)
        for page in PAGES:
            app.query_params.clear()
            app.switch_page(f"pages/{page}")
            app.run()
            assert not app.exception, (name, page, app.exception)
            assert app.title, (name, page)
