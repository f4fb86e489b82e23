"""Fixtures of the page tests: the application as a person sees it, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app.py"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved mappings of a test stay in its folder."""
    monkeypatch.setenv("ASSESSMENT_STATE", str(tmp_path))


@pytest.fixture
def app() -> AppTest:
    """The application before its first run."""
    return AppTest.from_file(str(APP), default_timeout=90)
