"""Tests over the shared reference files; run by ``make test-shared`` where those files exist."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared reference files (``ASSESSMENT_SHARED`` or beside the checkout)."""
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    folder = Path(os.environ.get("ASSESSMENT_SHARED", beside))
    if not (folder / "README.md").is_file():
        pytest.fail(f"Die gemeinsamen Referenzdateien fehlen: {folder}")
    return folder
