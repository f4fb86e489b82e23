"""Five slides for the session as a PowerPoint file; texts are measured, so none runs over."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Pt

from assessment.german import format_date
from assessment.profiles.council.paper_parts import CouncilPaper
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.reports.branding import Branding
from assessment.reports.documents.parts import as_of, disclaimer
from assessment.reports.office.packaging import stable_package
from assessment.reports.office.slide_content import five_slides, marks_of, source_of
from assessment.reports.office.slide_measures import (
    BODY_TOP,
    BULLET,
    CELL_MARGIN,
    FOOT_BOTTOM,
    FOOT_GAP,
    FOOT_LINES,
    FULL,
    GAP,
    LINE_HEIGHT,
    MARGIN,
    NOTE_GAP,
    NUMBER_WIDTH,
    ROW_GAP,
    SMALL_SIZE,
    TEXT_SIZES,
    TITLE_LINES,
    TITLE_SIZE,
    foot_height,
)
from assessment.reports.office.slide_parts import SlideContent, SlideItem, SlideTable
from assessment.reports.office.slide_shapes import (
    add_chart,
    add_foot,
    add_runs,
    add_table,
    add_text,
    write_notes,
)
from assessment.reports.office.slide_template import in_german, new_presentation
from assessment.reports.office.slide_text import (
    Room,
    fitted,
    line_count,
    more_text,
    shortened,
    slide_line,
    title_fits,
)

_LONGEST_PROPERTY = 255


def slides_bytes(
    paper: CouncilPaper, dossier: Dossier, branding: Branding | None, created: date
) -> bytes:
    """The file (.pptx); equal input gives equal bytes."""
    file = new_presentation(branding or Branding())
    foot = _fitted_foot(
        " · ".join(marks_of(dossier)),
        sentence(
            "slides.foot",
            source=source_of(dossier),
            as_of=as_of(dossier.catalogue),
            day=format_date(created),
        ),
    )
    for content in five_slides(paper, dossier):
        _write_slide(file, content, foot, disclaimer(dossier.catalogue))
    _set_properties(file, paper, created)
    target = io.BytesIO()
    file.save(target)
    return stable_package(target.getvalue())


def _fitted_foot(marks: str, source: str) -> "_Foot":
    """What stands on each slide, in as few lines as it takes; two a text at most."""
    width = FULL - NUMBER_WIDTH
    texts, lines = [], 0
    for text, bold in ((marks, True), (source, False)):
        if text:
            texts.append(shortened(text, 2, width, SMALL_SIZE, bold=bold))
            lines += line_count(texts[-1], width, SMALL_SIZE, bold=bold)
    return _Foot(tuple(texts), max(lines, FOOT_LINES))


@dataclass(frozen=True, slots=True)
class _Foot:
    """Marks and source with the lines they take."""

    texts: tuple[str, ...]
    lines: int


def _write_slide(file: Any, content: SlideContent, foot: _Foot, limits: str) -> None:
    """Title, then text beside or above what shows it, a sentence below, notes."""
    shown = content.table is not None or content.chart is not None
    slide = file.slides.add_slide(file.slide_layouts[0 if content.items else 1])
    add_runs(slide.shapes.title.text_frame.paragraphs[0], fitted_title(content), size=TITLE_SIZE)
    note = shortened(content.note, 2, FULL, SMALL_SIZE) if content.note else ""
    height = line_count(note, FULL, SMALL_SIZE) * SMALL_SIZE * LINE_HEIGHT if note else 0.0
    bottom = FOOT_BOTTOM - foot_height(foot.lines) - FOOT_GAP
    bottom -= height + NOTE_GAP if note else 0
    width = FULL * 0.42 if shown and content.items else FULL
    if content.items:
        _write_items(slide.placeholders[1], content.items, width, bottom - BODY_TOP)
    left = MARGIN + (width + GAP if content.items else 0)
    room = FULL - (left - MARGIN)
    if content.chart is not None:
        add_chart(slide, content.chart, (left, BODY_TOP, room, bottom - BODY_TOP))
    elif content.table is not None:
        table, heights = fitted_table(content.table, room, bottom - BODY_TOP)
        add_table(slide, table, (left, BODY_TOP, room), heights)
    if note:
        add_text(slide, "Hinweis", note, (MARGIN, bottom + NOTE_GAP, FULL, height))
    add_foot(slide, foot.texts, foot.lines)
    write_notes(slide, [text for text in (*content.say, *foot.texts, limits) if text])
    in_german(slide._element)
    in_german(slide.notes_slide._element)


def fitted_title(content: SlideContent) -> str:
    """The title in at most two lines, the short one where the long one needs more."""
    title = slide_line(content.title).removesuffix(".")
    if content.short_title and not title_fits(title):
        title = content.short_title
    return shortened(title, TITLE_LINES, FULL, TITLE_SIZE, bold=True)


def _write_items(shape: Any, items: Sequence[SlideItem], width: float, height: float) -> None:
    """Paragraphs in the text placeholder; the entries of a list with dots."""
    shape.left, shape.top, shape.width, shape.height = _emu(MARGIN, BODY_TOP, width, height)
    texts, size = fitted(
        [f"{item.label} {item.text}" for item in items],
        Room(width - BULLET, height, TEXT_SIZES[-1]),
        sizes=TEXT_SIZES,
    )
    frame = shape.text_frame
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        item = items[number] if number < len(items) else SlideItem(text)
        label = slide_line(item.label)
        if not (label and text.startswith(label)):
            label = ""
        add_runs(paragraph, text.removeprefix(label).strip(), label, size=size)
        _set_dot(paragraph, size, dot=item.dot)


def fitted_table(
    table: SlideTable, width: float, height: float
) -> tuple[SlideTable, tuple[float, ...]]:
    """The table with as many rows as fit, and the height of each; the rest is counted."""
    # A cut title is better than a row that is missing.
    wide, narrow = (_fitted_table(table, width, height, lines) for lines in (2, 1))
    return narrow if len(narrow[0].rows) > len(wide[0].rows) else wide


def _fitted_table(
    table: SlideTable, width: float, height: float, lines: int
) -> tuple[SlideTable, tuple[float, ...]]:
    """As :func:`fitted_table`, with at most so many lines of what heads a row."""
    line = SMALL_SIZE * LINE_HEIGHT
    widths = [width * share / sum(table.shares) - 2 * CELL_MARGIN for share in table.shares]
    rows = [
        tuple(
            shortened(text, lines if place == 0 else 1, wide, SMALL_SIZE) if text else ""
            for place, (text, wide) in enumerate(zip(row, widths, strict=True))
        )
        for row in table.rows
    ]
    heads = tuple(
        shortened(text, 1, wide, SMALL_SIZE, bold=True)
        for text, wide in zip(table.columns, widths, strict=True)
    )
    head = line + ROW_GAP
    needed = [
        max(line_count(text, wide, SMALL_SIZE) for text, wide in zip(row, widths, strict=True))
        * line
        + ROW_GAP
        for row in rows
    ]
    kept = len(rows)
    while kept > 1 and head + sum(needed[:kept]) + (head if kept < len(rows) else 0) > height:
        kept -= 1
    shown, tall = rows[:kept], needed[:kept]
    if kept < len(rows):
        shown.append((more_text(len(rows) - kept), *([""] * (len(heads) - 1))))
        tall.append(head)
    shaded = frozenset(cell for cell in table.shaded if cell[0] < kept)
    # A short table breathes: its rows grow by half at most.
    grown = min(1.5, max(1.0, (height - head) / max(sum(tall), 1.0)))
    heights = (head, *(each * grown for each in tall))
    return replace(table, columns=heads, rows=tuple(shown), shaded=shaded), heights


def _set_dot(paragraph: Any, size: int, *, dot: bool) -> None:
    """Sentences stand without dots, the entries of a list hang behind theirs."""
    properties = paragraph._p.get_or_add_pPr()
    indent = round(BULLET * 12700) if dot else 0
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    paragraph.space_after = Pt(size * LINE_HEIGHT * 0.4)
    paragraph.space_before = Pt(0)
    if not dot:
        properties.append(properties.makeelement(qn("a:buNone"), {}))


def _emu(*points: float) -> tuple[int, ...]:
    return tuple(round(each * 12700) for each in points)


def _set_properties(file: Any, paper: CouncilPaper, created: date) -> None:
    """Title, municipality, language and day; nothing of a person or a machine."""
    properties = file.core_properties
    day = datetime(created.year, created.month, created.day)
    title = sentence("slides.title_of_file", subject=paper.subject)
    properties.title = slide_line(title)[:_LONGEST_PROPERTY]
    properties.author = slide_line(paper.municipality)[:_LONGEST_PROPERTY]
    properties.language = "de-DE"
    properties.comments = properties.last_modified_by = properties.keywords = ""
    properties.created = properties.modified = day
    properties.revision = 1
