"""PDF/UA-1 from a document, with Typst: no browser, no network, no fonts of the machine.

Equal documents give equal bytes: the time stamp is the day the document was made.
"""

import json
import logging
import re
import threading
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import typst

from assessment.content import data_path
from assessment.fonts import FONT_FOLDER
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.reports.branding import Branding
from assessment.reports.document import (
    Bullets,
    Column,
    Document,
    DocumentKind,
    Heading,
    Paragraph,
    ParagraphKind,
    Pips,
    Scale,
    Table,
)
from assessment.reports.pdf.characters import latin_only
from assessment.reports.pdf.table_tags import with_row_heads
from assessment.reports.pdf.template_data import template_data

STANDARD = "ua-1"

_log = logging.getLogger(__name__)
_of_thread = threading.local()


def pdf_bytes(document: Document, branding: Branding = Branding()) -> bytes:  # noqa: B008
    """The document as tagged PDF (PDF/UA-1), A4; safe to call from several threads.

    Raises ``InputRefused`` (``PDF_FAILED``) if it can't be set; the reason is logged.
    """
    data, summaries = template_data(document, branding)
    stamp = datetime.combine(document.created, time(), tzinfo=UTC)
    try:
        return with_row_heads(_compiled(data, stamp), summaries)
    except (typst.TypstError, ValueError):
        _log.exception("PDF of %s: once more with plain letters and no crest", document.kind)
    try:
        plain = _with_plain_letters(data) | {"crest": None}
        return with_row_heads(_compiled(plain, stamp), summaries)
    except (typst.TypstError, ValueError) as error:
        _log.exception("PDF of %s failed", document.kind)
        raise InputRefused("PDF_FAILED", sentence("pdf.failed")) from error


def warm_up() -> None:
    """Make a small document, so that the first one a person waits for takes no longer.

    Fonts and templates are read once for all threads; only the compiler is this thread's.
    """
    table = Table("", (Column("A"), Column("B")), (("a", Pips(1)), ("b", Scale(own=1.0))))
    pdf_bytes(
        Document(
            kind=DocumentKind.METHOD,
            title="",
            subtitle="",
            short_title="",
            municipality="",
            reference_date=None,
            as_of="",
            created=date(2026, 1, 1),
            marks=(),
            source="",
            record=(),
            disclaimer="",
            blocks=(Heading("A"), Paragraph("a", ParagraphKind.LEAD), Bullets(("a",)), table),
        )
    )


def pdf_pages(pdf: bytes) -> int:
    """Number of pages of a PDF made here."""
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    if found is None:
        raise ValueError("not a PDF of this writer")
    return int(found.group(1))


def _compiled(data: dict[str, Any], stamp: datetime) -> bytes:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    try:
        made = _compiler().compile(
            sys_inputs={"data": text}, format="pdf", pdf_standards=[STANDARD], timestamp=stamp
        )
    except BaseException as error:
        # A panic of the library derives from BaseException, so that nobody catches it by chance.
        if type(error).__name__ != "PanicException":
            raise
        del _of_thread.compiler
        raise ValueError(f"typst panicked: {error}") from error
    if not isinstance(made, bytes):
        raise TypeError("one PDF expected")
    return made


def _compiler() -> typst.Compiler:
    """The thread's own compiler: it keeps what it has read, but isn't shared."""
    compiler = getattr(_of_thread, "compiler", None)
    if compiler is None:
        folder = data_path("templates", "pdf")
        compiler = _of_thread.compiler = typst.Compiler(
            folder / "document.typ", root=folder, font_paths=_fonts()
        )
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER]
    )


def _with_plain_letters(value: Any, key: str = "") -> Any:
    """All texts with letters of the main font only; pictures and addresses stay."""
    if isinstance(value, str):
        return value if key in {"svg", "data", "t", "c", "kind"} else latin_only(value)
    if isinstance(value, list):
        return [_with_plain_letters(each) for each in value]
    if isinstance(value, dict):
        return {name: _with_plain_letters(each, name) for name, each in value.items()}
    return value
