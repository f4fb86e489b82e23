"""What every PDF of ours has to be: two checkers of PDF/UA and what they don't look at."""

import io
import re
import tempfile
from pathlib import Path
from typing import Any

import pypdf
from outloud import check
from outloud.model import Document as Content
from pdfua import Severity, validate

ALLOWED: dict[str, str] = {}
"""Warnings of the checkers that may stay, each with its reason. None so far."""

FORBIDDEN = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/SubmitForm", "/RichMedia", "/URI")
"""Names of actions and contents that have no place in a paper for a council."""

MARGINS = {"usual": (70.87, 56.69), "compact": (62.36, 48.19)}
"""Points to the left and right: 2,5 and at least 2 cm; narrower in Steckbriefe."""

SPACE = 4.0
"""Points of a space."""

EDGE = 1.0
"""Points a glyph may reach beyond the text area."""


def assert_accessible(pdf: bytes) -> None:
    """No error and no unexplained warning of either checker, and nothing untidy or cut."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checked.pdf"
        path.write_bytes(pdf)
        result = check(str(path))
        assert result.error is None, result.error
        found = [
            f"{each.rule} {each.severity}, page {each.page}: {each.message} {each.evidence or ''}"
            for each in result.findings
            if each.severity != "info" and each.rule not in ALLOWED
        ]
        found += [
            f"{each.rule_id} {each.severity.name}: {each.message}"
            for each in validate(str(path)).findings
            if each.severity in {Severity.ERROR, Severity.WARNING} and each.rule_id not in ALLOWED
        ]
        assert not found, "\n".join(found)
    assert_tidy(pdf)
    assert_inside(pdf)


def assert_tidy(pdf: bytes) -> None:
    """Language, title, outline, embedded fonts, page numbers, nothing active."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "de-DE"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.author
    plain = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)
    assert not [name for name in FORBIDDEN if re.search(name.encode() + rb"\b", plain)]
    for font in _fonts(reader):
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]
        assert "/ToUnicode" in font, font["/BaseFont"]
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        assert f"Seite {number} von {total}" in page.extract_text()


def assert_inside(pdf: bytes) -> None:
    """No line of text reaches beyond the margins: nothing is cut on paper."""
    sizes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checked.pdf"
        path.write_bytes(pdf)
        content = Content(str(path))
        try:
            lines = [content.content(page.index).lines for page in content.pages]
            first = min(line.bbox[0] for each in lines for line in each)
            margins = MARGINS["usual" if first > MARGINS["usual"][0] - EDGE else "compact"]
            for page, size, found in zip(content.pages, sizes, lines, strict=True):
                left, right = margins[0] - EDGE, float(size.width) - margins[1] + EDGE
                for line in found:
                    x0, y0, x1, y1 = line.bbox
                    # A space at the end of a line may hang over the edge.
                    x1 -= SPACE if line.text.endswith(" ") else 0
                    inside = left <= x0 <= x1 <= right and 20 <= y0 <= y1 <= float(size.height) - 20
                    assert inside, (page.number, line.text, line.bbox)
        finally:
            content.close()


def pdf_text(pdf: bytes) -> str:
    """Text of all pages in one line, hyphens at line ends taken out."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return " ".join(re.sub(r"\u00ad\n", "", text).split())


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """Depth (from 0) and title of the outline's entries in order."""
    found: list[tuple[int, str]] = []

    def walk(entries: Any, depth: int) -> None:
        for each in entries:
            if isinstance(each, list):
                walk(each, depth + 1)
            else:
                found.append((depth, str(each.title)))

    walk(pypdf.PdfReader(io.BytesIO(pdf)).outline, 0)
    return found


def _fonts(reader: pypdf.PdfReader) -> list[Any]:
    return [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()  # type: ignore[union-attr]
    ]
