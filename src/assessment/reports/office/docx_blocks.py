"""The blocks of a document as paragraphs and tables of Word.

What stands side by side on a PDF page stands one below the other here: a clerk pastes the text
into the town's own template.
"""

from collections.abc import Callable, Iterator, Sequence

from docx.oxml.ns import qn

from assessment.profiles.texts import sentence
from assessment.reports.document import (
    Block,
    Box,
    Bullets,
    Chart,
    Columns,
    Contents,
    Facts,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    ParagraphKind,
    Table,
    TypeBadge,
)
from assessment.reports.office.cell_words import drawing_table
from assessment.reports.office.docx_contents import bookmarked, contents_elements
from assessment.reports.office.docx_styles import BULLETS, NUMBERS, SMALLER
from assessment.reports.office.docx_tables import table_element
from assessment.reports.office.docx_xml import (
    Element,
    Look,
    element,
    paragraph,
    paragraphs_of,
    runs,
)
from assessment.reports.office.letter_widths import text_width

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 9354, 14286
"""Text width in twentieths of a point: A4 less 25 mm left and 20 mm right; turned 25 and 20."""
MM = 25.4 / 1440
"""Millimetres of a twentieth of a point."""
SHORTEST_NAME, LONGEST_NAME = 1418, 3969
"""Room for the names of facts, in twentieths of a point."""
LONGEST_FACTS = 500
"""Characters of facts that stay on one page; longer ones would leave their heading alone."""

STYLES = {
    ParagraphKind.BODY: "Normal",
    ParagraphKind.LEAD: "Kernaussage",
    ParagraphKind.NOTE: "Anmerkung",
    ParagraphKind.FORMULA: "Formel",
    ParagraphKind.OWN: "Eigentext",
}


class BlockWriter:
    """Writes blocks one after the other into ``elements``; sections are ended from outside."""

    def __init__(
        self,
        headings: Sequence[Heading],
        *,
        bookmarks: bool,
        colour: str,
        own_named: bool,
        size: float,
        picture: Callable[[Chart, float], Element | None],
    ) -> None:
        """``headings``: all of the document, in order. ``colour``: of the bar beside a box;
        ``size``: of the text's letters in points. ``picture``: a drawing of a width in
        millimetres as content of a paragraph.

        ``own_named``: says above the municipality's texts whose they are; a Vorlage is all its own.
        """
        self.elements: list[Element] = []
        self.numbered_lists = 0
        self._headings = headings
        self._bookmarks = bookmarks
        self._colour = colour
        self._own_named = own_named
        self._size = size
        self._picture = picture
        self._heading = 0
        self._level = 0
        self._break = False
        self._fresh = False
        self._introduces = False
        self._bar = ""
        self._width = PORTRAIT_WIDTH

    @property
    def ends_with_paragraph(self) -> bool:
        return bool(self.elements) and self.elements[-1].tag == qn("w:p")

    def write_all(self, blocks: Sequence[Block], *, landscape: bool = False) -> None:
        """Blocks of one section."""
        self._width = LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH
        self._write_inner(blocks)

    def begin_section(self) -> None:
        """A section begins a page by itself."""
        self._break, self._fresh = False, True

    def write(self, block: Block) -> None:
        """Any block but a Landscape at the top, which is a section of its own."""
        match block:
            case Heading():
                self._write_heading(block)
            case Paragraph():
                self._write_paragraph(block)
            case Bullets():
                self._write_list(block)
            case Facts():
                self._write_facts(block)
            case Table():
                self._write_table(block)
            case Chart():
                self._write_chart(block)
            case TypeBadge():
                name = sentence("office.type", letter=block.letter, name=block.name)
                self._append(
                    "Typangabe",
                    [*runs(name, "Strong"), *runs(f": {block.text}" if block.text else "")],
                )
            case Box():
                self._write_box(block)
            case Columns():
                for part in block.parts:
                    self._write_inner(part)
            case Landscape():
                self._write_inner(block.blocks)
            case PageBreak():
                self._break = not self._fresh
            case Contents():
                found = [each for each in self._headings if each.level <= block.depth]
                look = Look(keep_next=True, page_break=self._turn())
                self.elements += contents_elements(self._headings, found, block.depth, look)

    def add(self, style: str, text: str, *, keep_next: bool = False, list_id: int = 0) -> None:
        """One paragraph of a text."""
        self._append(style, runs(text), keep_next=keep_next, list_id=list_id)

    def _append(
        self,
        style: str,
        content: "Iterator[Element] | list[Element]",
        *,
        keep_next: bool = False,
        list_id: int = 0,
    ) -> None:
        look = Look(keep_next, self._turn(), list_id, self._bar)
        self.elements.append(paragraph(style, content, look))

    def _turn(self) -> bool:
        """Whether what comes now begins a page; asked once."""
        turn, self._break, self._fresh = self._break, False, False
        return turn

    def _write_inner(self, blocks: Sequence[Block]) -> None:
        for place, block in enumerate(blocks):
            before = blocks[place - 1] if place else None
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            self._introduces = _introduces(before, block, after)
            self.write(block)

    def _write_heading(self, heading: Heading) -> None:
        self._heading += 1
        content: Iterator[Element] | list[Element] = runs(heading.text)
        if self._bookmarks:
            content = bookmarked(list(content), self._heading)
        self._level = min(max(heading.level, 1), 3, self._level + 1)
        self._append(f"Heading{self._level}", content, keep_next=True)

    def _write_paragraph(self, block: Paragraph) -> None:
        texts = paragraphs_of(block.text)
        if texts and block.kind is ParagraphKind.OWN and self._own_named:
            self.add("Caption", sentence("office.own"), keep_next=True)
        for text in texts:
            self.add(STYLES[block.kind], text, keep_next=self._introduces)

    def _write_list(self, bullets: Bullets) -> None:
        style, kind = "ListBullet", BULLETS
        if bullets.numbered:
            self.numbered_lists += 1
            style, kind = "ListNumber", NUMBERS + self.numbered_lists
        for item in bullets.items:
            self.add(style, item.strip(), list_id=kind)

    def _write_facts(self, facts: Facts) -> None:
        """Name and value on one line, kept together by an indent, not by a table."""
        if facts.caption and facts.caption != self._last_heading:
            self.add("Caption", facts.caption, keep_next=True)
        widest = max((text_width(name, self._size, bold=True) for name, _ in facts.rows), default=0)
        hang = min(max(round(20 * widest) + 220, SHORTEST_NAME), LONGEST_NAME)
        whole = sum(len(value) for _, value in facts.rows) <= LONGEST_FACTS
        for number, (name, value) in enumerate(facts.rows, 1):
            # A name that reaches beyond the indent gets a line of its own.
            long = 20 * text_width(name, self._size, bold=True) > hang - 120
            gap = (
                element("r", element("br"), element("tab"))
                if long
                else element("r", element("tab"))
            )
            content = [*runs(name, "Strong"), gap, *runs(value)]
            keep = whole and number < len(facts.rows)
            look = Look(keep, self._turn(), bar=self._bar, hang=hang)
            self.elements.append(paragraph("Angabe", content, look))

    @property
    def _last_heading(self) -> str:
        return self._headings[self._heading - 1].text if self._heading else ""

    def _write_table(self, table: Table) -> None:
        # Two tables without a paragraph between them would become one.
        follows_table = bool(self.elements) and not self.ends_with_paragraph
        if table.caption and (table.caption_shown or follows_table):
            self.add("Caption", table.caption, keep_next=True)
        elif follows_table:
            self.add("Quelle", table.source or "–")
        self.elements.append(self._table(table))
        for text in (table.note, table.source):
            if text:
                self.add("Quelle", text)

    def _table(self, table: Table) -> Element:
        size = self._size - SMALLER
        return table_element(table, self._width, size=size, page_break=self._turn())

    def _write_chart(self, chart: Chart) -> None:
        """Title, drawing, sentence and table; a picture that can't be drawn is described."""
        table = chart.table or drawing_table(chart.drawing, chart.title)
        self.add("Caption", chart.title, keep_next=True)
        drawn = self._picture(chart, self._width * MM)
        if drawn is not None:
            self._append("Abbildung", [drawn], keep_next=True)
        self.add("Normal", chart.sentence, keep_next=table is not None)
        if table is None and drawn is None:
            self.add("Anmerkung", chart.alt)
        if table is not None:
            self.elements.append(self._table(table))
            if table.note:
                self.add("Quelle", table.note)
        source = chart.source or (table.source if table else "")
        if source:
            self.add("Quelle", source)

    def _write_box(self, box: Box) -> None:
        outer, self._bar = self._bar, self._colour
        if box.title:
            self.add("Kastentitel", box.title, keep_next=True)
        self._write_inner(box.blocks)
        self._bar = outer


def _introduces(before: Block | None, block: Block, after: Block | None) -> bool:
    """Whether a sentence stays with what follows: below its heading, or „Stärken:“ above a list."""
    if isinstance(before, Heading) and isinstance(after, Facts | Table | Chart):
        return True
    lead = isinstance(block, Paragraph) and block.text.rstrip().endswith(":")
    return lead and isinstance(after, Bullets | Facts | Table | Chart)


def all_headings(blocks: Sequence[Block]) -> list[Heading]:
    """Headings in the order they are written, also those within boxes and columns."""
    found: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(block)
        elif isinstance(block, Box | Landscape):
            found.extend(all_headings(block.blocks))
        elif isinstance(block, Columns):
            for part in block.parts:
                found.extend(all_headings(part))
    return found


def has_contents(blocks: Sequence[Block]) -> bool:
    """Whether a table of contents stands among the blocks."""
    return any(
        isinstance(block, Contents)
        or (isinstance(block, Box | Landscape) and has_contents(block.blocks))
        or (isinstance(block, Columns) and any(map(has_contents, block.parts)))
        for block in blocks
    )
