"""The styles of a Word file: built-in ones where Word has them, named in German where not.

Built-in names are stored in English („heading 1“) and shown in the language of the program, so
the navigation pane, the outline and a town's own template know them.
"""

from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assessment.reports.branding import Branding, readable_colours

FONT = "Arial"
"""On every office machine; nothing is embedded."""
GREY = "54606C"
BODY_SIZE, COMPACT_SIZE, SMALLER = 11.0, 10.0, 1.5
"""Points of the text, of a compact one, and how much smaller tables and notes are."""
BULLETS, NUMBERS = 1, 2
"""Ids of the two kinds of lists in :func:`numbering_xml`; numbered lists get ids above."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; ``size`` in half points, spaces in twentieths of a point."""

    id: str
    name: str
    size: int = 0
    before: int = 0
    after: int = 120
    bold: bool = False
    colour: str = ""
    keep_next: bool = False
    outline: int | None = None
    extra: str = ""
    """Paragraph properties between borders and spacing, in the order of the schema."""
    indent: str = ""
    right: bool = False
    line: int = 0
    next: str = "Normal"
    font: str = ""


def styles_xml(branding: Branding, *, compact: bool, tight: bool = False) -> Any:
    """The styles part; ``tight``: little room around headings, for a paper of one page."""
    body = round(2 * (COMPACT_SIZE if compact else BODY_SIZE))
    colours = readable_colours(branding)
    main, second = colours.text.lstrip("#"), colours.drawing.lstrip("#")
    content = "".join(_paragraph_style(style) for style in _styles(body, main, second, tight))
    return parse_xml(
        f"<w:styles {nsdecls('w')}>"
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
        f'<w:sz w:val="{body}"/><w:szCs w:val="{body}"/>'
        '<w:lang w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:spacing w:after="120" w:line="{264 if tight else 288}" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{content}{_CHARACTERS}{_table_styles(second)}</w:styles>"
    )


def _styles(body: int, main: str, second: str, tight: bool) -> tuple[_Style, ...]:
    """All paragraph styles but „Normal“."""
    bar = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{second}"/></w:pBdr>'
    frame = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="{GREY}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    below = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{GREY}"/></w:pBdr>'
    above = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{GREY}"/></w:pBdr>'
    small = body - round(2 * SMALLER)
    heading = {"keep_next": True, "bold": True, "colour": main, "line": 264}
    # Fifths of the usual room around headings, and the size of the first.
    room, first = (2, 26) if tight else (5, 30)
    right_tab = '<w:tabs><w:tab w:val="right" w:pos="9354"/></w:tabs>'
    return (
        _Style("Title", "Title", 40, 0, 80, bold=True, colour=main, line=252, keep_next=True),
        _Style("Subtitle", "Subtitle", body + 2, 0, 160, colour=GREY),
        _Style("Heading1", "heading 1", first, 72 * room, 24 * room, outline=0, **heading),
        _Style("Heading2", "heading 2", 25, 56 * room, 16 * room, outline=1, **heading),
        _Style("Heading3", "heading 3", body + 1, 40 * room, 12 * room, outline=2, **heading),
        _Style("Kennzeichnung", "Kennzeichnung", body, 60, 160, bold=True,
               extra=f"<w:pBdr>{frame}</w:pBdr>", indent='<w:ind w:left="113" w:right="113"/>'),
        _Style("Kernaussage", "Kernaussage", body + 2, 80, 140, colour=main, bold=True),
        _Style("Anmerkung", "Anmerkung", small, 0, 120, colour=GREY, line=264),
        _Style("Formel", "Formel", body, 60, 140, font="Courier New",
               indent='<w:ind w:left="567"/>'),
        _Style("Eigentext", "Text der Kommune", body, 0, 140, extra=bar,
               indent='<w:ind w:left="340"/>', next="Eigentext"),
        _Style("Angabe", "Angabe", body, 0, 60, next="Angabe"),
        _Style("Typangabe", "Typangabe", body, 60, 160),
        _Style("Kastentitel", "Kastentitel", body + 1, 160, 60, bold=True, colour=main,
               keep_next=True),
        _Style("Caption", "caption", small, 160, 80, bold=True, keep_next=True, line=264),
        _Style("Quelle", "Quelle", small - 1, 80, 200, colour=GREY, line=252),
        _Style("Abbildung", "Abbildung", body, 40, 60, keep_next=True, line=240),
        _Style("Tabellentext", "Tabellentext", small, 30, 30, line=252, next="Tabellentext"),
        _Style("Tabellenzahl", "Tabellenzahl", small, 30, 30, line=252, right=True,
               next="Tabellenzahl"),
        _Style("ListBullet", "List Bullet", body, 0, 60, next="ListBullet",
               extra=_in_list(BULLETS)),
        _Style("ListNumber", "List Number", body, 0, 60, next="ListNumber",
               extra=_in_list(NUMBERS)),
        _Style("TOCHeading", "TOC Heading", 25, 280, 80, **heading),
        _Style("TOC1", "toc 1", body, 0, 60, extra=right_tab),
        _Style("TOC2", "toc 2", body, 0, 40, extra=right_tab, indent='<w:ind w:left="284"/>'),
        _Style("TOC3", "toc 3", body, 0, 40, extra=right_tab, indent='<w:ind w:left="567"/>'),
        _Style("Header", "header", small, 0, 0, colour=GREY, extra=below, line=252, next="Header"),
        _Style("Footer", "footer", small, 0, 0, colour=GREY, extra=above, line=252, next="Footer"),
    )  # fmt: skip


def _in_list(kind: int) -> str:
    return f'<w:numPr><w:numId w:val="{kind}"/></w:numPr>'


def _paragraph_style(style: _Style) -> str:
    """One style; the order of its properties is that of the schema."""
    line = f' w:line="{style.line}" w:lineRule="auto"' if style.line else ""
    right = '<w:jc w:val="right"/>' if style.right else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    custom = ' w:customStyle="1"' if style.id in _OWN else ""
    font = ""
    if style.font:
        font = f'<w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:cs="{style.font}"/>'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{style.next}"/><w:uiPriority w:val="9"/>'
        "<w:qFormat/><w:pPr>"
        f"{'<w:keepNext/><w:keepLines/>' if style.keep_next else ''}{style.extra}"
        f'<w:spacing w:before="{style.before}" w:after="{style.after}"{line}/>{style.indent}'
        f"{right}{outline}</w:pPr><w:rPr>{font}"
        f"{'<w:b/><w:bCs/>' if style.bold else ''}"
        f'{colour}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    )


_OWN = frozenset(
    (
        "Kennzeichnung",
        "Kernaussage",
        "Anmerkung",
        "Formel",
        "Eigentext",
        "Angabe",
        "Typangabe",
        "Kastentitel",
        "Quelle",
        "Abbildung",
        "Tabellentext",
        "Tabellenzahl",
    )
)
"""Styles that Word doesn't know itself."""

_CHARACTERS = (
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="22"/><w:qFormat/>'
    "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
    '<w:style w:type="character" w:customStyle="1" w:styleId="Offen"><w:name w:val="Noch offen"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="10"/><w:qFormat/>'
    '<w:rPr><w:b/><w:bCs/><w:color w:val="000000"/>'
    '<w:shd w:val="clear" w:color="auto" w:fill="FFE566"/></w:rPr></w:style>'
)


def _table_styles(second: str) -> str:
    """One look for all tables: head row shaded, first column bold, rows parted by lines."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{GREY}"'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Tabelle"><w:name w:val="Tabelle"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders><w:top {line}/><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>'
        f'<w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="{second}"/>'
        '</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="E8EDF2"/></w:tcPr>'
        "</w:tblStylePr>"
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
    )


def numbering_xml(numbered_lists: int) -> Any:
    """The lists: one kind with dots, one with numbers; each numbered list begins at 1 again."""
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{kind - 1}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/></w:rPr></w:lvl>'
        "</w:abstractNum>"
        for kind, form, style, text in (
            (BULLETS, "bullet", "ListBullet", "•"),
            (NUMBERS, "decimal", "ListNumber", "%1."),
        )
    )
    lists = "".join(
        f'<w:num w:numId="{kind}"><w:abstractNumId w:val="{kind - 1}"/></w:num>'
        for kind in (BULLETS, NUMBERS)
    )
    restarts = "".join(
        f'<w:num w:numId="{NUMBERS + number}"><w:abstractNumId w:val="{NUMBERS - 1}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in range(1, numbered_lists + 1)
    )
    return parse_xml(f"<w:numbering {nsdecls('w')}>{levels}{lists}{restarts}</w:numbering>")


def settings_xml() -> Any:
    """Settings without anything of the machine a template was made on."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return parse_xml(
        f"<w:settings {nsdecls('w')}>"
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        f"<w:compat>{compatible}</w:compat>"
        '<w:themeFontLang w:val="de-DE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )
