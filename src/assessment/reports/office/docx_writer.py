"""A document as a Word file: real styles, lists, table heads and fields, ready for a template."""

import io
from datetime import datetime
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from assessment.german import format_date
from assessment.profiles.texts import sentence
from assessment.reports.branding import Branding, readable_colours
from assessment.reports.document import Block, Document, DocumentKind, Landscape
from assessment.reports.office.docx_blocks import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    BlockWriter,
    all_headings,
    has_contents,
)
from assessment.reports.office.docx_pictures import Pictures
from assessment.reports.office.docx_styles import (
    BODY_SIZE,
    COMPACT_SIZE,
    numbering_xml,
    settings_xml,
    styles_xml,
)
from assessment.reports.office.docx_xml import (
    Element,
    element,
    field,
    paragraph,
    plain_line_ends,
    run,
    runs,
    set_val,
)
from assessment.reports.office.packaging import stable_package

ONE_PAGE = frozenset({DocumentKind.SUMMARY})
"""Papers that are meant to fit one page."""
_LONGEST_PROPERTY = 255
_SHORT, _LONG = 11906, 16838
"""A4 in twentieths of a point."""


def docx_bytes(document: Document, branding: Branding | None = None) -> bytes:
    """The Word file (.docx) of a document; equal input gives equal bytes."""
    branding = branding or Branding()
    file: Any = docx.Document()
    _strip_template(file)
    _replace(
        file.part.part_related_by(RT.STYLES),
        styles_xml(branding, compact=document.compact, tight=document.kind in ONE_PAGE),
    )
    _replace(file.part.part_related_by(RT.SETTINGS), settings_xml())
    _set_properties(file, document)

    pictures = Pictures(file, document, branding)
    writer = BlockWriter(
        all_headings(document.blocks),
        bookmarks=has_contents(document.blocks),
        colour=readable_colours(branding).drawing.lstrip("#"),
        own_named=document.kind is not DocumentKind.PAPER,
        size=COMPACT_SIZE if document.compact else BODY_SIZE,
        picture=pictures.chart,
    )
    pages = _Pages(file, document)
    _write_title(writer, pictures.crest(), branding.association, document)
    turned = _write_sections(writer, pages, document)
    _write_end(writer, document)
    _replace(file.part.part_related_by(RT.NUMBERING), numbering_xml(writer.numbered_lists))

    body = file.element.body
    for child in list(body):
        body.remove(child)
    for made in writer.elements:
        body.append(made)
    body.append(pages.section(landscape=turned))
    target = io.BytesIO()
    file.save(target)
    return stable_package(target.getvalue())


def _strip_template(file: Any) -> None:
    """The library's template brings a theme, fonts and a picture that nobody asked for."""
    kept = {RT.STYLES, RT.SETTINGS, RT.NUMBERING}
    for rels, keeps in (
        (file.part.rels, kept),
        (file.part.package.rels, {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}),
    ):
        for key in [key for key, rel in rels.items() if rel.reltype not in keeps]:
            del rels[key]


def _replace(part: Any, root: Element) -> None:
    """Give a part a content of our own."""
    part._element = root


def _set_properties(file: Any, document: Document) -> None:
    """Title, municipality, language and day; nothing of a person or a machine."""
    properties = file.core_properties
    day = datetime(document.created.year, document.created.month, document.created.day)
    properties.title = _property(document.title)
    properties.subject = _property(document.subtitle)
    properties.author = _property(document.municipality)
    properties.keywords = _property(", ".join(document.marks))
    properties.language = "de-DE"
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = day
    properties.revision = 1


def _property(text: str) -> str:
    return " ".join(plain_line_ends(text).split())[:_LONGEST_PROPERTY]


def _write_title(
    writer: BlockWriter, crest: Element | None, association: str, document: Document
) -> None:
    """Coat of arms, who made it, title, whose it is, what must be known first, its three days."""
    if crest is not None:
        writer.elements.append(paragraph("Normal", [crest]))
    above = " · ".join(text for text in (association, document.attachment) if text)
    if above:
        writer.add("Subtitle", above, keep_next=True)
    writer.add("Title", document.title, keep_next=True)
    whose = [document.municipality if document.municipality not in document.title else ""]
    line = " · ".join(text for text in (*whose, document.subtitle) if text)
    if line:
        writer.add("Subtitle", line)
    if document.marks:
        writer.add("Kennzeichnung", "\n".join(document.marks))
    writer.add("Anmerkung", " · ".join(filter(None, (_reference_day(document), _made(document)))))


def _write_sections(writer: BlockWriter, pages: "_Pages", document: Document) -> bool:
    """Blocks in sections, turned pages in sections of their own; says how the last one lies."""
    groups: list[tuple[bool, list[Block]]] = [(False, [])]
    for block in document.blocks:
        if isinstance(block, Landscape):
            if groups[-1][0]:
                groups[-1][1].extend(block.blocks)
            else:
                groups.append((True, list(block.blocks)))
        elif groups[-1][0]:
            groups.append((False, [block]))
        else:
            groups[-1][1].append(block)
    for number, (landscape, blocks) in enumerate(groups):
        if number:
            _end_section(writer, document, pages.section(landscape=not landscape))
            writer.begin_section()
        writer.write_all(blocks, landscape=landscape)
    return groups[-1][0]


def _end_section(writer: BlockWriter, document: Document, section: Element) -> None:
    """A section ends in the properties of its last paragraph; a table is followed by its source."""
    if not writer.ends_with_paragraph:
        writer.add("Quelle", document.source or document.title)
    writer.elements[-1].pPr.append(section)


def _write_end(writer: BlockWriter, document: Document) -> None:
    """Where the numbers come from and what they can't say."""
    writer.add("Kastentitel", sentence("office.about"), keep_next=True)
    texts = [document.source]
    if document.record:
        texts.append(sentence("office.record", text="; ".join(document.record)))
    texts.append(document.disclaimer)
    texts = [text for text in texts if text]
    for text in [" · ".join(texts)] if document.kind in ONE_PAGE else texts:
        writer.add("Anmerkung", text)


def _reference_day(document: Document) -> str:
    """„Stichtag 01.03.2026“; ``""`` without one."""
    day = document.reference_date
    return sentence("office.reference_day", day=format_date(day)) if day else ""


def _made(document: Document) -> str:
    """„Stand: … · Erstellt am 22.11.2026“."""
    as_of = sentence("office.as_of", text=document.as_of) if document.as_of else ""
    created = sentence("office.created", day=format_date(document.created))
    return " · ".join(text for text in (as_of, created) if text)


class _Pages:
    """Head, foot and size of upright and turned pages."""

    def __init__(self, file: Any, document: Document) -> None:
        self._document = document
        self._part = file.part
        self._references: dict[bool, tuple[str, str]] = {}

    def section(self, *, landscape: bool) -> Element:
        """``<w:sectPr>``; pages of one kind share head and foot."""
        head, foot = self._head_and_foot(landscape)
        wide, high = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
        size = element("pgSz", w=wide, h=high)
        if landscape:
            size = element("pgSz", w=wide, h=high, orient="landscape")
        margins = element(
            "pgMar", top=1417, right=1134, bottom=1304, left=1418, header=624, footer=624, gutter=0
        )
        return element("sectPr", head, foot, set_val("type", "nextPage"), size, margins)

    def _head_and_foot(self, landscape: bool) -> tuple[Element, Element]:
        if landscape not in self._references:
            header, header_id = self._part.add_header_part()
            footer, footer_id = self._part.add_footer_part()
            width = LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH
            _fill(header, self._head())
            _fill(footer, self._foot(width))
            self._references[landscape] = (header_id, footer_id)
        header_id, footer_id = self._references[landscape]
        return _reference("headerReference", header_id), _reference("footerReference", footer_id)

    def _head(self) -> list[Element]:
        """Municipality · Anlage · short title · Stichtag, and what must be known on every page."""
        document = self._document
        facts = (
            document.municipality,
            document.attachment,
            document.short_title,
            _reference_day(document),
        )
        content = list(runs(" · ".join(" ".join(fact.split()) for fact in facts if fact)))
        if document.marks:
            content += [element("r", element("br")), *runs(" · ".join(document.marks), "Strong")]
        return [paragraph("Header", content)]

    def _foot(self, width: int) -> list[Element]:
        """„Stand … · Erstellt am …“ and, at the right, „Seite x von y“."""
        tabs = element("tabs", element("tab", val="right", pos=width))
        made = paragraph(
            "Footer",
            [
                *runs(_made(self._document)),
                element("r", element("tab")),
                run(f"{sentence('office.page')} "),
                *field("PAGE", "1"),
                run(f" {sentence('office.of')} "),
                *field("NUMPAGES", "1"),
            ],
        )
        made.pPr.append(tabs)
        return [made]


def _fill(part: Any, content: list[Element]) -> None:
    root = part.element
    for child in list(root):
        root.remove(child)
    for made in content:
        root.append(made)


def _reference(tag: str, key: str) -> Element:
    made = element(tag, type="default")
    made.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", key)
    return made
