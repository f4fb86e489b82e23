"""The slides' master: 16:9, German, one font, the house's colours, two layouts.

The library's own template is 4:3 and English; what isn't used of it goes.
"""

from typing import Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from assessment.reports.branding import Branding, readable_colours
from assessment.reports.office.slide_measures import (
    BODY_TOP,
    FOOT_BOTTOM,
    FOOT_GAP,
    FOOT_LINES,
    FULL,
    HIGH,
    MARGIN,
    NUMBER_WIDTH,
    SMALL_SIZE,
    TEXT_SIZES,
    TITLE_HEIGHT,
    TITLE_SIZE,
    TITLE_TOP,
    WIDE,
    foot_height,
)

FONT = "Arial"
INK, GREY = "1F2A33", "54606C"

_LAYOUTS = {"Title and Content": "Titel und Text", "Title Only": "Nur Titel"}
_PROMPTS = {
    "title": "Titel",
    "body": "Text",
    None: "Text",
}
"""What an empty placeholder asks for."""
_NAMES = {
    "title": "Titel",
    "body": "Text",
    None: "Text",
    "ftr": "Quelle",
    "sldNum": "Foliennummer",
}
_FOOT_TOP = FOOT_BOTTOM - foot_height(FOOT_LINES)
_PLACES = {
    "title": (MARGIN, TITLE_TOP, FULL, TITLE_HEIGHT),
    "body": (MARGIN, BODY_TOP, FULL, _FOOT_TOP - FOOT_GAP - BODY_TOP),
    "ftr": (MARGIN, _FOOT_TOP, FULL - NUMBER_WIDTH, foot_height(FOOT_LINES)),
    "sldNum": (WIDE - MARGIN - NUMBER_WIDTH, _FOOT_TOP, NUMBER_WIDTH, foot_height(FOOT_LINES)),
}
"""Left, top, width, height in points."""
_UNUSED = (RT.PRINTER_SETTINGS, RT.THUMBNAIL, RT.EXTENDED_PROPERTIES, RT.VIEW_PROPS)


def new_presentation(branding: Branding) -> Any:
    """An empty presentation; layout 0 has title and text, layout 1 a title only."""
    file: Any = pptx.Presentation()
    file.slide_width, file.slide_height = Pt(WIDE), Pt(HIGH)
    for layout in list(file.slide_layouts):
        if layout.name not in _LAYOUTS:
            file.slide_layouts.remove(layout)
    for rels in (file.part.rels, file.part.package._rels):
        for key in [key for key, rel in rels.items() if rel.reltype in _UNUSED]:
            rels.pop(key)
    master = file.slide_master
    colours = readable_colours(branding)
    _set_theme(master, colours.text.lstrip("#"), colours.drawing.lstrip("#"))
    _set_text_styles(master)
    _add_rule(master)
    for sheet in (master, *file.slide_layouts):
        _clean(sheet)
    for layout in file.slide_layouts:
        layout.element.cSld.set("name", _LAYOUTS[layout.name])
    in_german(file.part._element)
    return file


def prepare_notes(slide: Any) -> Any:
    """The notes page of a slide, in German; gives its text frame."""
    page = slide.notes_slide
    master = page.part.notes_master
    for shape in master.placeholders:
        if shape.element.ph.get("type") == "body":
            _set_prompt(shape, _PROMPTS["body"])
    in_german(master._element)
    return page.notes_text_frame


def in_german(root: Any) -> None:
    """Marks every text of a part as German."""
    for tag in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for found in root.iter(qn(tag)):
            if tag != "a:defRPr" or "lang" in found.attrib:
                found.set("lang", "de-DE")
            found.attrib.pop("smtClean", None)
            found.attrib.pop("dirty", None)


def _set_theme(master: Any, main: str, second: str) -> None:
    """Colours of the house as the first accents, and one font."""
    part = master.part.part_related_by(RT.THEME)
    root: Any = parse_xml(part.blob)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    for name, colour in (("dk1", INK), ("dk2", main), ("accent1", main), ("accent2", second)):
        slot = scheme.find(qn(f"a:{name}"))
        for child in list(slot):
            slot.remove(child)
        slot.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour}"/>'))
    for latin in root.iter(qn("a:latin")):
        latin.set("typeface", FONT)
    part._blob = serialize_part_xml(root)


def _set_text_styles(master: Any) -> None:
    """Titles to the left in the house's colour, text of 20 points with a dot before it."""
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", str(TITLE_SIZE * 100))
    letters.set("b", "1")
    letters.find(f"{qn('a:solidFill')}/{qn('a:schemeClr')}").set("val", "tx2")
    for level in styles.find(qn("p:bodyStyle")):
        letters = level.find(qn("a:defRPr"))
        if letters is not None:
            letters.set("sz", str(TEXT_SIZES[-1] * 100))


def _add_rule(master: Any) -> None:
    """A line between title and content, on every slide at the same height."""
    number = max(int(each.get("id")) for each in master.element.iter(qn("p:cNvPr"))) + 1
    left, top, width, _ = _PLACES["title"]
    master.shapes._spTree.append(
        parse_xml(
            f'<p:cxnSp {nsdecls("p", "a")}><p:nvCxnSpPr><p:cNvPr id="{number}" name="Linie"/>'
            '<p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr><a:xfrm>'
            f'<a:off x="{Pt(left)}" y="{Pt(top + TITLE_HEIGHT + 5)}"/>'
            f'<a:ext cx="{Pt(width)}" cy="0"/></a:xfrm>'
            '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="19050"><a:solidFill>'
            '<a:schemeClr val="accent2"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
        )
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{colour}"/></a:solidFill>'


def _clean(sheet: Any) -> None:
    """Places, names and prompts of a master or layout; the date goes: the file names its days."""
    for shape in list(sheet.placeholders):
        kind = shape.element.ph.get("type")
        if kind == "dt":
            shape.element.getparent().remove(shape.element)
            continue
        shape.name = _NAMES[kind]
        if kind in _PROMPTS:
            _set_prompt(shape, _PROMPTS[kind])
        if sheet.element.tag == qn("p:sldMaster"):
            left, top, width, height = _PLACES[kind]
            shape.left, shape.top = Pt(left), Pt(top)
            shape.width, shape.height = Pt(width), Pt(height)
            _set_frame(shape, kind)
        for change in shape.element.iter(qn("a:normAutofit")):
            change.tag = qn("a:noAutofit")
    in_german(sheet.element)


def _set_prompt(shape: Any, text: str) -> None:
    body = shape.text_frame._txBody
    for paragraph in list(body.findall(qn("a:p")))[1:]:
        body.remove(paragraph)
    for run in shape.text_frame.paragraphs[0].runs:
        run.text = text


def _set_frame(shape: Any, kind: str) -> None:
    """No inner margins, so that measured widths hold; foot and number in the smallest size."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    properties = frame._txBody.find(qn("a:bodyPr"))
    properties.set("anchor", {"title": "b", "body": "t"}.get(kind, "t"))
    for letters in frame._txBody.iter(qn("a:defRPr")):
        letters.set("sz", str(SMALL_SIZE * 100))
        for fill in list(letters):
            letters.remove(fill)
        letters.append(parse_xml(_solid(GREY)))
    for level in frame._txBody.iter(qn("a:lvl1pPr")):
        level.set("algn", "r" if kind == "sldNum" else "l")
