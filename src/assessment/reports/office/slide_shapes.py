"""What stands on a slide: placeholders, tables and charts with their alternative texts."""

import copy
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_PATTERN_TYPE, MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from assessment.reports.office.docx_xml import MISSING
from assessment.reports.office.slide_measures import (
    CELL_MARGIN,
    FOOT_BOTTOM,
    NOTES_SIZE,
    ROW_GAP,
    SMALL_SIZE,
    foot_height,
)
from assessment.reports.office.slide_parts import SlideChart, SlideTable
from assessment.reports.office.slide_template import FONT, GREY, in_german, prepare_notes
from assessment.reports.office.slide_text import slide_line

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's „Keine Formatvorlage, kein Raster“."""


def add_foot(slide: Any, texts: Sequence[str], lines: int) -> None:
    """Marks and source, and the slide's number, as the layout's own placeholders.

    ``lines``: how many lines the texts take; the foot stands on its lower edge.
    """
    for shape in slide.slide_layout.placeholders:
        kind = shape.element.ph.get("type")
        if kind not in ("ftr", "sldNum"):
            continue
        made = copy.deepcopy(shape.element)
        made.nvSpPr.cNvPr.set("id", str(_next_id(slide)))
        slide.shapes._spTree.append(made)
        if kind == "ftr":
            foot = slide.shapes[-1]
            left, width, height = foot.left, foot.width, Pt(foot_height(lines))
            foot.left, foot.width, foot.height = left, width, height
            foot.top = Pt(FOOT_BOTTOM) - height
            frame = foot.text_frame
            for number, text in enumerate(texts):
                paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
                run = paragraph.add_run()
                run.text = text
                run.font.bold = number < len(texts) - 1


def write_notes(slide: Any, texts: Sequence[str]) -> None:
    """What to say, on the notes page: one paragraph a sentence."""
    frame = prepare_notes(slide)
    for number, text in enumerate(texts):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", "0")
        properties.set("indent", "0")
        paragraph.space_after = Pt(NOTES_SIZE / 2)
        run = paragraph.add_run()
        run.text = slide_line(text)
        run.font.size = Pt(NOTES_SIZE)


def add_runs(paragraph: Any, text: str, label: str = "", size: int = SMALL_SIZE) -> None:
    """A text with a bold label before it; what is still missing is marked."""
    if label:
        _add_run(paragraph, f"{slide_line(label)} " if text else slide_line(label), size, bold=True)
    text, at = slide_line(text), 0
    for found in MISSING.finditer(text):
        if found.start() > at:
            _add_run(paragraph, text[at : found.start()], size)
        _add_run(paragraph, found.group(), size, bold=True, marked=True)
        at = found.end()
    if at < len(text):
        _add_run(paragraph, text[at:], size)


def _add_run(
    paragraph: Any, text: str, size: int, *, bold: bool = False, marked: bool = False
) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if marked:
        run.font._element.append(
            parse_xml(f'<a:highlight {nsdecls("a")}><a:srgbClr val="FFE566"/></a:highlight>')
        )


def add_text(slide: Any, name: str, text: str, place: tuple[float, float, float, float]) -> None:
    """A sentence of its own below a chart or table; ``place`` in points."""
    box = slide.shapes.add_textbox(*(Pt(each) for each in place))
    box.name = name
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    add_runs(frame.paragraphs[0], text)


def add_table(
    slide: Any,
    table: SlideTable,
    place: tuple[float, float, float],
    heights: Sequence[float],
) -> None:
    """A native table; ``place``: left, top, width, all in points, one height a row."""
    left, top, width = place
    frame = slide.shapes.add_table(
        len(table.rows) + 1, len(table.columns), Pt(left), Pt(top), Pt(width), Pt(sum(heights))
    )
    frame.name = "Tabelle"
    _describe(frame, table.alt)
    made = frame.table
    made.first_row = made.first_col = True
    made.horz_banding = False
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    total = sum(table.shares)
    for column, share in zip(made.columns, table.shares, strict=True):
        column.width = Pt(width * share / total)
    for row, height in zip(made.rows, heights, strict=True):
        row.height = Pt(height)
    for number, texts in enumerate((table.columns, *table.rows)):
        for place_in_row, text in enumerate(texts):
            filled = (number - 1, place_in_row) in table.shaded
            _fill_cell(made.cell(number, place_in_row), text, number == 0, place_in_row, filled)


def _fill_cell(cell: Any, text: str, head: bool, column: int, filled: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(CELL_MARGIN)
    cell.margin_top = cell.margin_bottom = Pt(ROW_GAP / 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if column == 0 else PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = slide_line(text)
    run.font.size = Pt(SMALL_SIZE)
    run.font.bold = head
    run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1 if filled else MSO_THEME_COLOR.TEXT_1
    if head or filled:
        cell.fill.solid()
        if filled:
            cell.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        else:
            cell.fill.fore_color.rgb = RGBColor.from_string("E8EDF2")
    else:
        cell.fill.background()
    _underline(cell)


def _underline(cell: Any) -> None:
    """A line below the row; it comes before the fill, as the schema asks."""
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525">'
        f'<a:solidFill><a:srgbClr val="{GREY}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, line)


def add_chart(slide: Any, chart: SlideChart, place: tuple[float, float, float, float]) -> None:
    """A native bar chart that people can edit; ``place`` in points."""
    data = CategoryChartData()
    # A horizontal bar chart draws its first category at the bottom.
    data.categories = [slide_line(name) for name in chart.categories]
    for name, values in chart.series:
        data.add_series(slide_line(name), values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *(Pt(each) for each in place), data)
    frame.name = "Diagramm"
    _describe(frame, chart.alt)
    made = frame.chart
    made.part.chart_workbook.xlsx_part._blob = _workbook(chart)
    made.font.size, made.font.name = Pt(SMALL_SIZE), FONT
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
    _set_axes(made)
    _number_axes(made)
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = "0", False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for number, series in enumerate(plot.series):
        series.invert_if_negative = False
        fill = series.format.fill
        if number == 0:
            fill.solid()
            fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        else:
            # Light with stripes: the second series survives a printer without colour.
            fill.patterned()
            fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
            fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_2
            fill.back_color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
            series.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_2
    in_german(made._chartSpace)


def _number_axes(chart: Any) -> None:
    """The library writes ids with a sign, which the schema does not know."""
    for tag in ("c:axId", "c:crossAx"):
        for found in chart._chartSpace.iter(qn(tag)):
            found.set("val", found.get("val").lstrip("-"))


def _set_axes(chart: Any) -> None:
    """0–100, first field on top."""
    fields, points = chart.category_axis, chart.value_axis
    fields.reverse_order = True
    fields.has_major_gridlines = False
    fields.tick_labels.font.size = Pt(SMALL_SIZE)
    fields.format.line.color.rgb = RGBColor.from_string(GREY)
    points.minimum_scale, points.maximum_scale, points.major_unit = 0, 100, 25
    points.has_major_gridlines = False
    points.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    points.format.line.fill.background()


def _workbook(chart: SlideChart) -> bytes:
    """The chart's numbers as PowerPoint edits them; texts can't become formulas, no clock."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1), "author": ""})
        sheet = book.add_worksheet("Sheet1")
        for row, name in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, slide_line(name))
        for column, (name, values) in enumerate(chart.series, 1):
            sheet.write_string(0, column, slide_line(name))
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()


def _describe(frame: Any, text: str) -> None:
    frame._element.nvGraphicFramePr.cNvPr.set("descr", slide_line(text))


def _next_id(slide: Any) -> int:
    return max(int(each.get("id")) for each in slide.element.iter(qn("p:cNvPr"))) + 1
