"""Files several tests of the command line read."""

import csv
from pathlib import Path

import pytest
from cli_files import FOREIGN

from assessment.cli.main import main


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated sample of 60 municipalities."""
    path = tmp_path_factory.mktemp("sample") / "beispiel.xlsx"
    assert main(["sample", "--n", "60", "--seed", "7", "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="session")
def result(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all that ``typology`` writes about the sample."""
    folder = tmp_path_factory.mktemp("typologie")
    command = ["typology", str(sample), "--seed", "3", "--bootstrap", "2"]
    report = folder / "bericht.html"
    assert main([*command, "--report", str(report), "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A survey that fits no known questionnaire."""
    path = tmp_path / "fremd.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(FOREIGN)
    return path
