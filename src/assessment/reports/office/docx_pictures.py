"""Pictures of a Word file with their alternative texts."""

import io
from typing import Any

from docx.shared import Mm

from assessment.profiles.texts import sentence
from assessment.reports.branding import Branding
from assessment.reports.document import Chart, Document
from assessment.reports.office.docx_xml import Element, element, plain_line_ends
from assessment.reports.office.pictures import DrawnPicture, chart_picture, crest_picture

CREST_WIDTH = 18.0
"""Millimetres."""


class Pictures:
    """Makes the pictures of one file and numbers them."""

    def __init__(self, file: Any, document: Document, branding: Branding) -> None:
        self._part = file.part
        self._document = document
        self._branding = branding
        self._number = 0

    def chart(self, chart: Chart, width: float) -> Element | None:
        """A chart's drawing, ``width`` millimetres wide; ``None`` where it can't be drawn."""
        found = chart_picture(chart, self._document, self._branding, width)
        return None if found is None else self._run(found, chart.alt)

    def crest(self) -> Element | None:
        """The coat of arms; ``None`` without one."""
        found = crest_picture(self._document, self._branding, CREST_WIDTH)
        text = sentence("office.crest", name=self._document.municipality)
        return None if found is None else self._run(found, text)

    def _run(self, picture: DrawnPicture, alt: str) -> Element:
        inline = self._part.new_pic_inline(
            io.BytesIO(picture.png), Mm(picture.width), Mm(picture.height)
        )
        # Without these, LibreOffice leaves room around the picture and moves it into the margin.
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        # The library counts what is in the body, which is still empty: Word wants each id once.
        self._number += 1
        inline.docPr.set("id", str(self._number))
        inline.docPr.set("name", sentence("office.drawing", n=self._number))
        inline.docPr.set("descr", " ".join(plain_line_ends(alt).split()))
        return element("r", element("drawing", inline))
