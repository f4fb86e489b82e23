"""The project's font as data, for drawings and reports that load no other file."""

import base64
from functools import cache
from pathlib import Path

FONT_FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts"
_WEIGHTS = (400, 600)


@cache
def font_faces(family: str) -> str:
    """CSS ``@font-face`` rules of both weights under the name ``family``."""
    faces = []
    for weight in _WEIGHTS:
        file = FONT_FOLDER / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2"
        data = base64.b64encode(file.read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "".join(faces)
