"""Documents for the tests of Word and plain text: every block, hostile texts, the XML."""

import io
import zipfile
from datetime import date

from lxml import etree

from assessment.reports.document import (
    Bar,
    Block,
    Box,
    Bullets,
    Chart,
    Column,
    Columns,
    Contents,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    ParagraphKind,
    Picture,
    Pips,
    Scale,
    ScaleDrawing,
    ScaleRow,
    Table,
    TimelineDrawing,
    TimelineRow,
    TypeBadge,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    "=1+1",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "{{x}} {% for %}",
    "_x0000_ und _x0041_",
    'HYPERLINK "http://127.0.0.1:9/x"',
    "&quot;&amp;&#9;",
    "http://127.0.0.1:9/p.png",
    ' TOC \\o "1-3" ',
    "]]><!-- -->",
)
BROKEN = "NUL\x00, Glocke \x07, halbes Zeichen \ud800, Rand \uffff"

FIELD_TABLE = Table(
    "Wie weit die Felder sind",
    (
        Column("Feld", 3),
        Column("Lage", 3),
        Column("", 2),
        Column("Punkte", right=True),
        Column("Stufe", 2),
        Column("Dauer", 2),
    ),
    (
        ("Strategie", Scale(own=63, median=55), Pips(2), "63", "2", Bar(3, 12, "3 Monate")),
        ("Daten", Scale(), Pips(None), "–", "nicht bewertbar", Bar(0, 12, "keine Angabe")),
    ),
    note="Stufe 0 bis 4.",
    source="Quelle: Selbsteinschätzung „Musterstadt“",
)
CHART = Chart(
    "Die Strategie liegt vorn",
    "Die Strategie liegt 8 Punkte über der Mitte.",
    "Punkte je Feld: Strategie 63, Daten 20.",
    ScaleDrawing(
        (
            ScaleRow("Strategie", Scale(own=63, low=40, high=60, median=55, target=75), "63"),
            ScaleRow("Daten", Scale(own=20), "20"),
        ),
        "Punkte",
        (("own", "eigener Wert"), ("band", "mittlere Hälfte"), ("target", "Soll")),
    ),
)
TIMELINE = Chart(
    "Eine Maßnahme bis 2027",
    "Eine Maßnahme läuft.",
    "Zeitleiste mit einer Maßnahme.",
    TimelineDrawing(
        (TimelineRow("Strategie", date(2027, 1, 1), date(2027, 6, 30), "● läuft"),),
        date(2027, 1, 1),
        date(2027, 12, 31),
    ),
)
DRAWN = Chart("Bild", "Ein Satz zum Bild.", "Ein Rechteck.", Picture("<svg/>", 10, 10))

EVERY_BLOCK: tuple[Block, ...] = (
    Contents(),
    Heading("Beschlussvorschlag"),
    Bullets(("Der Rat beschließt.", "Die Verwaltung berichtet."), numbered=True),
    Facts("Kopf", (("Betreff", "Strategie"), ("Federführung", "[bitte ergänzen]"))),
    Heading("Sachverhalt"),
    Paragraph("Erster Absatz.\n\nZweiter Absatz,\nzweite Zeile."),
    Paragraph("Kern", ParagraphKind.LEAD),
    Paragraph("Anmerkung", ParagraphKind.NOTE),
    Paragraph("R = 50 + 25 · m", ParagraphKind.FORMULA),
    Paragraph("Eigene Worte", ParagraphKind.OWN),
    Heading("Vorgehen", 3),
    Bullets(("eins", "zwei")),
    Bullets(("neu eins", "neu zwei"), numbered=True),
    FIELD_TABLE,
    FIELD_TABLE,
    CHART,
    TIMELINE,
    DRAWN,
    TypeBadge("B", "B", "Bedächtige", "Sicherheit zuerst."),
    Box("Worum geht es?", (Paragraph("In einfacher Sprache."), Heading("Im Kasten", 2))),
    Columns(((Paragraph("links"),), (Paragraph("rechts"),))),
    Landscape((Heading("Finanzen"), FIELD_TABLE, Table("Ohne Fuß", (Column("A"),), (("1",),)))),
    PageBreak(),
    Heading("Schluss"),
    PageBreak(),
    Paragraph("Ende"),
)


def document(*blocks: Block, **changes: object) -> Document:
    """A document of these blocks, else of every block there is."""
    head = {
        "kind": DocumentKind.RESULTS,
        "title": "Ergebnis der Selbsteinschätzung",
        "subtitle": "Stadt · 24.310 Einw.",
        "short_title": "Ergebnisbericht",
        "municipality": "Musterstadt",
        "reference_date": date(2026, 3, 1),
        "as_of": "Maßnahmenkatalog 2026.1",
        "created": date(2026, 11, 22),
        "marks": ("Beispieldaten – simuliert, keine Studienergebnisse",),
        "source": "Quelle: Selbsteinschätzung „Musterstadt“",
        "record": ("Fragebogen 2026.1",),
        "disclaimer": "Selbstauskunft, keine Rechtsberatung.",
        "attachment": "Anlage 2",
        "blocks": blocks or EVERY_BLOCK,
    }
    return Document(**(head | changes))  # type: ignore[arg-type]


def part(data: bytes, name: str) -> etree._Element:
    """The root of one part of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def names(data: bytes) -> list[str]:
    """The parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()


def body(data: bytes) -> etree._Element:
    """``<w:body>`` of a Word file."""
    found = part(data, "word/document.xml").find(f"{W}body")
    assert found is not None
    return found


def said(element: etree._Element) -> str:
    """All text below an element, line breaks as such."""
    parts = []
    for each in element.iter(f"{W}t", f"{W}br"):
        parts.append("\n" if each.tag == f"{W}br" else each.text or "")
    return "".join(parts)


def styled(data: bytes, style: str) -> list[str]:
    """Texts of the paragraphs of a style."""
    return [
        said(paragraph)
        for paragraph in body(data).iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None
    ]
