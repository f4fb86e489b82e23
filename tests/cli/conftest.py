"""Files several tests of the command line read."""

from pathlib import Path

import pytest

from assessment.cli.main import main


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated sample of 60 municipalities."""
    path = tmp_path_factory.mktemp("sample") / "beispiel.xlsx"
    assert main(["sample", "--n", "60", "--seed", "7", "--out", str(path)]) == 0
    return path
