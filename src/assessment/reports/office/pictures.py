"""Drawings as pictures for Word: the same ones as in the PDF, so that both show the same.

A drawing that can't be made is left out: its sentence and its table say everything.
"""

import json
import logging
import threading
from dataclasses import dataclass, replace
from functools import cache

import typst

from assessment.content import data_path
from assessment.reports.branding import Branding
from assessment.reports.document import Chart, Document
from assessment.reports.pdf.font_coverage import FONT_FOLDER
from assessment.reports.pdf.template_data import template_data

RESOLUTION = 200
"""Dots an inch: sharp in print, small in a file."""
HIGHEST = 200.0
"""Millimetres; a higher drawing would not fit on a page."""
_MM = 25.4 / RESOLUTION

_log = logging.getLogger(__name__)
_of_thread = threading.local()


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A PNG and its size on paper in millimetres."""

    png: bytes
    width: float
    height: float


def chart_picture(
    chart: Chart, document: Document, branding: Branding, width: float
) -> DrawnPicture | None:
    """A chart's drawing, ``width`` millimetres wide; ``None`` where it can't be drawn."""
    return _drawn(replace(document, blocks=(chart,)), branding, width)


def crest_picture(document: Document, branding: Branding, width: float) -> DrawnPicture | None:
    """The coat of arms as PNG, whatever it came as; ``None`` without one."""
    if branding.crest is None:
        return None
    return _drawn(replace(document, blocks=()), branding, width)


def _drawn(document: Document, branding: Branding, width: float) -> DrawnPicture | None:
    try:
        data, _ = template_data(document, branding)
        made = _compiler().compile(
            sys_inputs={
                "data": json.dumps(data, ensure_ascii=False, allow_nan=False),
                "width": f"{width:.1f}",
            },
            format="png",
            ppi=RESOLUTION,
        )
    except BaseException as error:
        # A panic of the library derives from BaseException, so that nobody catches it by chance.
        known = isinstance(error, typst.TypstError | ValueError | KeyError)
        if not known and type(error).__name__ != "PanicException":
            raise
        _of_thread.compiler = None
        _log.exception("drawing of %s left out", document.kind)
        return None
    # Several pages would be a list; the page grows with the drawing, so there is one.
    if not isinstance(made, bytes):
        return None
    height = int.from_bytes(made[20:24], "big") * _MM
    return DrawnPicture(made, width, height) if height <= HIGHEST else None


def _compiler() -> typst.Compiler:
    """The thread's own compiler: it keeps what it has read, but isn't shared."""
    compiler = getattr(_of_thread, "compiler", None)
    if compiler is None:
        folder = data_path("templates")
        compiler = _of_thread.compiler = typst.Compiler(
            folder / "office" / "drawing.typ", root=folder, font_paths=_fonts()
        )
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER]
    )
