"""Texts in a Word file stay texts, whatever they hold, and what is missing can't be overlooked."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_cases import BROKEN, HOSTILE, W, body, document, part, said, styled

from assessment.reports.document import (
    Box,
    Bullets,
    Chart,
    Column,
    Facts,
    Heading,
    Paragraph,
    ParagraphKind,
    ScaleDrawing,
    Table,
    TypeBadge,
)
from assessment.reports.office.docx_writer import docx_bytes

HARMFUL = ("hyperlink", "fldSimple", "object", "altChunk", "attachedTemplate", "control")


def everywhere(text: str):
    """A document that shows a text in every place a text can be."""
    return document(
        Heading(text),
        Paragraph(text),
        Paragraph(text, ParagraphKind.OWN),
        Bullets((text,)),
        Facts(text, ((text, text),)),
        Table(text, (Column(text), Column(text)), ((text, text),), note=text, source=text),
        Chart(text[:99] or "–", text, text[:99] or "–", ScaleDrawing((), text, ()), source=text),
        TypeBadge("B", "B", text, text),
        Box(text, (Paragraph(text),)),
        title=text,
        subtitle=text,
        short_title=text,
        municipality=text,
        as_of=text,
        marks=(text,),
        source=text,
        record=(text,),
        disclaimer=text,
        attachment=text,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup_field_or_link(text):
    data = docx_bytes(everywhere(text))
    elements = [each.tag.split("}")[-1] for each in part(data, "word/document.xml").iter()]
    assert not set(HARMFUL) & set(elements)
    assert "instrText" not in elements
    assert styled(data, "Heading1") == [text]
    assert styled(data, "Eigentext") == [text.strip()]
    assert text in said(part(data, "word/header1.xml"))
    assert docx.Document(io.BytesIO(data)).core_properties.title == " ".join(text.split())
    cells = [said(cell) for cell in body(data).iter(f"{W}tc")]
    assert cells[:4] == [text] * 4


def test_control_characters_and_half_characters_never_lose_the_file():
    data = docx_bytes(everywhere(BROKEN))
    assert styled(data, "Heading1") == ["NUL, Glocke , halbes Zeichen \ufffd, Rand "]


def test_a_very_long_text_arrives_whole():
    long = "Wort für Wort " * 3000
    data = docx_bytes(document(Paragraph(long), Table("T", (Column("A"),), ((long,),))))
    assert len(long) > 40_000
    assert long.strip() in styled(data, "Normal")
    assert long in styled(data, "Tabellentext")


def test_what_is_missing_is_shaded_and_bold_wherever_it_stands():
    data = docx_bytes(everywhere("vor [bitte ergänzen] und [Bitte ergänzen: Beschluss vom] nach"))
    paragraphs = [p for p in body(data).iter(f"{W}p") if "ergänzen" in said(p)]
    assert len(paragraphs) > 15
    for paragraph in paragraphs:
        marked = [
            said(run)
            for run in paragraph.iter(f"{W}r")
            if run.find(f"{W}rPr/{W}rStyle[@{W}val='Offen']") is not None
        ]
        assert marked[:2] == ["[bitte ergänzen]", "[Bitte ergänzen: Beschluss vom]"]
    style = part(data, "word/styles.xml").find(f"{W}style[@{W}styleId='Offen']/{W}rPr")
    assert style.find(f"{W}b") is not None
    assert style.find(f"{W}shd").get(f"{W}fill") == "FFE566"


def test_paragraphs_and_lines_of_a_text_stay_apart():
    data = docx_bytes(document(Paragraph("eins\r\nzwei\n \n\n\tdrei\rvier")))
    assert styled(data, "Normal") == ["eins\nzwei", "drei\nvier"]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_written_and_read_back(text):
    data = docx_bytes(document(Bullets((text,)), title=text or "Titel"))
    shown = styled(data, "ListBullet")[0]
    expected = text.strip().replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    forbidden = [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]
    assert shown == expected.translate(dict.fromkeys(forbidden))
    docx.Document(io.BytesIO(data))
