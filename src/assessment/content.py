"""Where the content files (``data/``) lie: questionnaire, texts, register, sample."""

import os
from pathlib import Path


def data_path(*parts: str) -> Path:
    """Return the path of a content file below ``data/``.

    The folder lies beside ``src/`` in a checkout; ``ASSESSMENT_DATA`` names another one.
    """
    root = os.environ.get("ASSESSMENT_DATA")
    base = Path(root) if root else Path(__file__).resolve().parents[2] / "data"
    return base.joinpath(*parts)
