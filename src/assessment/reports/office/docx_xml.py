"""WordprocessingML by hand: elements in the order the schema asks for, texts that stay texts.

The schema prescribes the order of properties, and Word calls a file damaged that breaks it; so
paragraphs and runs are built in one place.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assessment.reports.safe_text import printable

Element = Any
"""An lxml element; the library has no types for them."""

MISSING = re.compile(r"\[bitte ergänzen[^\]\n]{0,200}\]", re.IGNORECASE)
"""What people still have to fill in; set apart wherever it stands."""

_BLANK_LINES = re.compile(r"\n\s*\n")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, /, *children: Element, **attributes: object) -> Element:
    """``<w:tag w:name="value">`` with its children; ``None`` children are left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def set_val(tag: str, value: object) -> Element:
    """``<w:tag w:val="value"/>``."""
    return element(tag, val=value)


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph has beside its style."""

    keep_next: bool = False
    """Stays on the page of what follows."""
    page_break: bool = False
    """Begins a page."""
    list_id: int = 0
    """Its numbering; 0: none."""
    bar: str = ""
    """Colour ``RRGGBB`` of a bar at its left; ``""``: none."""
    hang: int = 0
    """Where lines begin behind a name, in twentieths of a point; 0: as the style says."""


PLAIN = Look()


def paragraph(style: str, content: Iterable[Element], look: Look = PLAIN) -> Element:
    """One paragraph of a style."""
    bar = None
    if look.bar:
        bar = element("pBdr", element("left", val="single", sz=18, space=8, color=look.bar))
    numbering = None
    if look.list_id:
        numbering = element("numPr", set_val("ilvl", 0), set_val("numId", look.list_id))
    tabs = indent = None
    if look.hang:
        tabs = element("tabs", element("tab", val="left", pos=look.hang))
        indent = element("ind", left=look.hang, hanging=look.hang)
    properties = element(
        "pPr",
        set_val("pStyle", style),
        element("keepNext") if look.keep_next else None,
        element("pageBreakBefore") if look.page_break else None,
        numbering,
        bar,
        tabs,
        indent,
    )
    return element("p", properties, *content)


def runs(text: str, style: str = "") -> Iterator[Element]:
    """A text as runs; what is still missing in its own character style, lines as line breaks."""
    text = plain_line_ends(text)
    at = 0
    for found in MISSING.finditer(text):
        if found.start() > at:
            yield run(text[at : found.start()], style)
        yield run(found.group(), "Offen")
        at = found.end()
    if at < len(text) or not text:
        yield run(text[at:], style)


def run(text: str, style: str = "") -> Element:
    """One run; ``style`` is the id of a character style."""
    made = element("r")
    if style:
        made.append(element("rPr", set_val("rStyle", style)))
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(element("br"))
        if line:
            made.append(_text("t", line))
    return made


def field(code: str, shown: str) -> Iterator[Element]:
    """A field of our own (page numbers); ``shown`` stands there until the program updates it."""
    yield element("r", element("fldChar", fldCharType="begin"))
    yield element("r", _text("instrText", f" {code} "))
    yield element("r", element("fldChar", fldCharType="separate"))
    yield run(shown)
    yield element("r", element("fldChar", fldCharType="end"))


def paragraphs_of(text: str) -> list[str]:
    """A text of several paragraphs, split where blank lines stand."""
    parts = _BLANK_LINES.split(plain_line_ends(text).strip())
    return [part.strip() for part in parts if part.strip()]


def plain_line_ends(text: str) -> str:
    """Only ``\\n`` ends a line, and nothing in it is refused by XML or moves the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return printable(text)


def _text(tag: str, text: str) -> Element:
    made = element(tag)
    made.text = text
    made.set(_XML_SPACE, "preserve")
    return made
