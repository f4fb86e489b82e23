"""The PDF of a document with every block: accessible, complete, in order, the same every time."""

import io
import re
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from outloud.model import Document as Content
from pdf_cases import LONG_TEXT, SOURCE, demo_document, every_block, field_table, scale_chart
from pdf_checks import assert_accessible, assert_tidy, bookmarks, pdf_text

from assessment.remarks import InputRefused
from assessment.reports.branding import Branding, Crest
from assessment.reports.document import (
    Box,
    Chart,
    Column,
    Columns,
    Contents,
    Document,
    Facts,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    Scale,
    ScaleDrawing,
    ScaleRow,
    Table,
    TimelineDrawing,
    TimelineRow,
    TypeBadge,
)
from assessment.reports.pdf import writer
from assessment.reports.pdf.table_tags import with_row_heads
from assessment.reports.pdf.writer import pdf_bytes, pdf_pages, warm_up


@pytest.fixture(scope="module")
def demo() -> bytes:
    return pdf_bytes(demo_document())


def elements(pdf: bytes) -> list[Any]:
    """Structure elements in the order of reading."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    found: list[Any] = []

    def walk(kids: Any) -> None:
        kids = kids.get_object()
        for kid in kids if isinstance(kids, list) else [kids]:
            each = kid.get_object()
            if isinstance(each, dict) and "/S" in each:
                found.append(each)
                if "/K" in each:
                    walk(each["/K"])

    walk(root["/StructTreeRoot"]["/K"])
    return found


def attribute(element: Any, name: str) -> Any:
    return next((a[name] for a in element.get("/A", []) if name in a.get_object()), None)


def test_every_block_is_accessible(demo: bytes) -> None:
    assert_accessible(demo)


def test_compact_landscape_and_crest_are_accessible() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    document = demo_document((Landscape((Heading("Quer"), field_table(3))),), compact=True)
    pdf = pdf_bytes(document, Branding(crest=Crest(svg, "svg"), association="Kommunalverband"))
    assert_accessible(pdf)
    figures = [each for each in elements(pdf) if each["/S"] == "/Figure"]
    assert figures[0]["/Alt"] == "Wappen von Musterstadt"
    assert "Kommunalverband" in pdf_text(pdf)


def test_checks_notice_a_file_without_tags() -> None:
    data, _ = writer.template_data(demo_document((Heading("Eins"),)), Branding())
    compiler = writer._compiler()
    untagged = compiler.compile(
        sys_inputs={"data": writer.json.dumps(data)}, format="pdf", pdf_tags=False
    )
    assert isinstance(untagged, bytes)
    with pytest.raises(AssertionError):
        assert_accessible(untagged)


def test_equal_documents_give_equal_bytes(demo: bytes) -> None:
    assert pdf_bytes(demo_document()) == demo
    assert pdf_bytes(replace(demo_document(), created=date(2026, 11, 23))) != demo


def test_threads_get_the_same_bytes(demo: bytes) -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.append(pdf_bytes(demo_document()))) for _ in range(3)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert made == [demo] * 3


def test_pages_are_counted(demo: bytes) -> None:
    warm_up()
    assert pdf_pages(demo) == len(pypdf.PdfReader(io.BytesIO(demo)).pages) > 5
    assert pdf_pages(pdf_bytes(demo_document((Paragraph("Kurz."),)))) == 1
    with pytest.raises(ValueError, match="not a PDF"):
        pdf_pages(b"nothing")


def test_head_and_foot_say_what_a_page_belongs_to(demo: bytes) -> None:
    for each in pypdf.PdfReader(io.BytesIO(demo)).pages:
        page = " ".join(each.extract_text().split())
        assert "Beispieldaten – simuliert, keine Studienergebnisse" in page
        assert "Musterstadt · Ergebnisbericht" in page
        assert "Fragebogen kommunal 2026.1 · Stichtag 01.03.2026" in page
        assert "Stand: Maßnahmenkatalog 2026.1, Rechtsstand 22.11.2026" in page
        assert "Erstellt am 22.11.2026" in page
        assert "Anlage 1" in page


def test_metadata_names_title_author_and_day(demo: bytes) -> None:
    found = pypdf.PdfReader(io.BytesIO(demo)).metadata
    assert found is not None
    assert found.title == "Ergebnisbericht der digitalen Selbsteinschätzung"
    assert found.author == "Musterstadt"
    assert found.creation_date is not None
    assert found.creation_date.date() == date(2026, 11, 22)
    assert "ergebnis" in str(found["/Keywords"])


def test_everything_is_read_in_order(demo: bytes) -> None:
    text = pdf_text(demo)
    first = re.sub(r".* Schluss 7 ", "", text)
    places = [
        first.index(part)
        for part in (
            "Wo steht Musterstadt?",
            "Bedächtige",
            "24.310",
            "Organisation 2 Stufe 1 1 31",
            "Stufe 0 bis 4",
            SOURCE,
            "Musterstadt liegt bei Beteiligung vorn",
            "8 → 20",
            "mittlere Hälfte der Vergleichsgruppe (n = 46)",
            "In vier von sechs Feldern",
            "Dieselben Werte als Tabelle",
            "Text der Kommune",
            "Uns ist wichtig",
            "Wert = (Punkte ÷ mögliche Punkte)",
            "Ergebnisse veröffentlichen",
            "3. Drittens",
            "● läuft",
            "Bürgernähe → Standort",
            "Daten −21",
            "Beschlussvorschlag",
            "Beteiligung 48",
            "Breite Tabelle",
            "Zu diesem Dokument",
            "Typologie 1.0",
            "keine Rechtsberatung",
        )
    ]
    assert places == sorted(places)


def test_bookmarks_follow_the_headings_without_gaps() -> None:
    blocks = (Heading("Tief", 3), Heading("Eins", 1), Heading("Drei", 3), Heading("Zwei", 2))
    assert bookmarks(pdf_bytes(demo_document(blocks))) == [
        (0, "Tief"),
        (0, "Eins"),
        (1, "Drei"),
        (1, "Zwei"),
    ]


def test_rows_have_heads_and_hidden_captions_are_summaries() -> None:
    table = Table(
        caption="Maßnahmen (Liste) mit ] und (",
        columns=(Column("Maßnahme"), Column("Beginn"), Column("Ende")),
        rows=(("Inventar", "2026", "2027"), ("Konto", "2027", "2028"), ("Amt", "1", "2")),
        caption_shown=False,
    )
    pdf = pdf_bytes(demo_document((Facts("Eckdaten", (("Land", "Hessen"),)), table)))
    found = elements(pdf)
    tables = [each for each in found if each["/S"] == "/Table"]
    assert [attribute(each, "/Summary") for each in tables] == [None, table.caption]
    heads = [attribute(each, "/Scope") for each in found if each["/S"] == "/TH"]
    assert heads == ["/Row"] + ["/Column"] * 3 + ["/Row"] * 3
    cells = [each for each in found if each["/S"] == "/TD"]
    assert len(cells) == 1 + 6
    # Lists of ids would hide the rows' heads from a reader that goes by them.
    assert all(attribute(each, "/Headers") is None for each in found)
    assert table.caption not in pdf_text(pdf)


def test_columns_alone_head_a_table_of_two_columns() -> None:
    table = Table("Paare", (Column("A"), Column("B")), (("1", "2"), ("3", "4"), ("5", "6")))
    pdf = pdf_bytes(demo_document((table,)))
    scopes = [attribute(each, "/Scope") for each in elements(pdf) if each["/S"] == "/TH"]
    assert scopes == ["/Column"] * 2
    assert_accessible(pdf)


def test_tags_are_refused_for_another_number_of_tables(demo: bytes) -> None:
    with pytest.raises(ValueError, match="tables in the PDF, 1 in the document"):
        with_row_heads(demo, ("",))
    with pytest.raises(ValueError, match="no cross-reference"):
        with_row_heads(b"%PDF-1.7", ())


def test_texts_in_tags_cannot_change_the_tags() -> None:
    evil = "Bild (a) /K[1 0 R] \\) )( /A[ <</S/Table>> 9 0 obj /Headers[(x)] endobj"
    document = demo_document(
        (Heading(evil), replace(scale_chart(), alt=evil, table=None), field_table(2))
    )
    pdf = pdf_bytes(document)
    assert_tidy(pdf)
    figures = [each for each in elements(pdf) if each["/S"] == "/Figure"]
    assert [each["/Alt"] for each in figures] == [evil]


def test_charts_carry_their_alternative_text(demo: bytes) -> None:
    alts = [each["/Alt"] for each in elements(demo) if each["/S"] == "/Figure"]
    charts = [block for block in every_block() if isinstance(block, Chart)]
    assert [block.alt in alts for block in charts] == [True] * 3


def test_markup_of_several_languages_stays_text() -> None:
    text = '#panic("x") *fett* = H $x$ <b>&amp; \\u{41} @ref https://example.org `c` //'
    pdf = pdf_bytes(demo_document((Paragraph(text), Facts("", ((text, text),)))))
    assert pdf_text(pdf).count('#panic("x") *fett* = H $x$ <b>&amp; \\u{41} @ref') == 3
    assert b"/URI" not in pdf


def test_a_table_of_many_pages_repeats_its_head(demo: bytes) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(demo)).pages]
    head = "Handlungsfeld Stufe Wert Lage (0–100) Anteil"
    long = [page for page in pages if re.search(r"Strategie (31|37|43)|Lange Tabelle\n", page)]
    assert len(long) == 2
    assert all(head in page for page in long)
    # In the tags the head stands once.
    heads = [each for each in elements(demo) if each["/S"] == "/THead"]
    assert len(heads) == 4


def test_a_heading_never_ends_a_page() -> None:
    # Whatever stands before it, the heading goes to the page of its first line of text.
    for lines in range(30, 42):
        document = demo_document(
            (*[Paragraph("Zeile.")] * lines, Heading("Folgt"), Paragraph("X1Y"))
        )
        pages = [
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf_bytes(document))).pages
        ]
        assert [("Folgt" in page) for page in pages] == [("X1Y" in page) for page in pages]


def test_values_at_and_beyond_the_ends_are_drawn() -> None:
    wild = (
        Scale(),
        Scale(-50, low=120, high=-3, median=200, target=float("inf"), before=float("nan")),
        Scale(own=5, start=5, stop=5),
        Scale(own=3, low=1, high=2, median=0, start=-4, stop=4),
    )
    day = date(2026, 1, 1)
    blocks = (
        replace(
            scale_chart(),
            drawing=ScaleDrawing(tuple(ScaleRow("Feld", s, "–") for s in wild), "Achse", ()),
        ),
        replace(scale_chart(), drawing=ScaleDrawing((), "", ())),
        replace(
            scale_chart(),
            drawing=TimelineDrawing(
                (
                    TimelineRow("rückwärts", date(2027, 1, 1), date(2020, 1, 1), "?"),
                    TimelineRow("später", date(9999, 12, 31), date(9999, 12, 31), "?", True),
                ),
                day,
                day,
            ),
        ),
        Table("Leer", (), ()),
        Table("Ohne Zeilen", (Column("A"), Column("B")), ()),
        Box("", (Landscape((PageBreak(), Paragraph("im Kasten"))),)),
        Columns(()),
        Columns(((Landscape((Paragraph("daneben"),)),), ()), (0, -1)),
        Contents(0),
        Landscape(()),
    )
    text = pdf_text(pdf_bytes(demo_document(blocks)))
    assert "im Kasten" in text
    assert "daneben" in text


def test_documents_without_municipality_date_or_marks() -> None:
    bare = Document(
        kind=demo_document().kind,
        title="Typ",
        subtitle="",
        short_title="",
        municipality="",
        reference_date=None,
        as_of="",
        created=date(2026, 11, 22),
        marks=(),
        source="",
        record=(),
        disclaimer="",
        blocks=(),
    )
    assert_accessible(pdf_bytes(bare))


def test_what_typst_refuses_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_data: object, _stamp: object) -> bytes:
        raise writer.typst.TypstError("secret detail")

    monkeypatch.setattr(writer, "_compiled", broken)
    with pytest.raises(InputRefused) as refused:
        pdf_bytes(demo_document())
    assert refused.value.code == "PDF_FAILED"
    assert "secret" not in refused.value.message


def test_a_refused_text_is_set_with_plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = writer._compiled

    def picky(data: dict[str, Any], stamp: Any) -> bytes:
        if "Ж" in str(data):
            raise writer.typst.TypstError("no glyph")
        return compiled(data, stamp)

    monkeypatch.setattr(writer, "_compiled", picky)
    assert "Widerstand" in pdf_text(pdf_bytes(demo_document((Paragraph("Widerstand 5 Ж"),))))


def test_a_row_longer_than_a_page_is_printed_to_its_end() -> None:
    table = Table("Lang", (Column("A"), Column("B", 3)), (("Kopf", LONG_TEXT * 40 + "ENDE"),))
    pdf = pdf_bytes(demo_document((table,)))
    assert pdf_pages(pdf) > 1
    assert "ENDE" in pdf_text(pdf)
    assert_accessible(pdf)


def pages_after(lines: int, *blocks: Any) -> list[str]:
    """Texts of the pages of a document with ``lines`` lines before ``blocks``."""
    document = demo_document((*[Paragraph("Zeile.")] * lines, *blocks))
    pages = pypdf.PdfReader(io.BytesIO(pdf_bytes(document))).pages
    return [page.extract_text() for page in pages]


def test_the_source_of_a_long_table_stays_with_its_last_row() -> None:
    table = Table(
        "Lang",
        (Column("Name"), Column("Wert")),
        tuple((f"Reihe {n}", "1") for n in range(12)),
        note="Anmerkung zur Tabelle.",
        source="Quelle der Tabelle",
    )
    broken = 0
    for lines in range(8, 26):
        pages = pages_after(lines, table)
        broken += "Reihe 0\n" not in pages[-1] and "Reihe 11" in pages[-1]
        for page in pages:
            assert ("Reihe 11" in page) == ("Quelle der Tabelle" in page)
            assert ("Reihe 11" in page) == ("Anmerkung zur Tabelle" in page)
    # Some of these tables do run over two pages.
    assert broken > 2


def test_a_short_table_stays_whole_with_its_heading_and_lead() -> None:
    table = Table("Kurz", (Column("Name"), Column("Wert")), (("Reihe 1", "1"), ("Reihe 2", "2")))
    for lines in range(16, 30):
        pages = pages_after(lines, Heading("Titel"), Paragraph("Führt hin."), table)
        places = {
            next(n for n, page in enumerate(pages) if part in page)
            for part in ("Titel\n", "Führt hin.", "Kurz", "Reihe 1", "Reihe 2")
        }
        assert len(places) == 1


def test_marks_are_read_once_and_seen_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "marks.pdf"
    path.write_bytes(pdf_bytes(demo_document((Paragraph("A"), PageBreak(), Paragraph("B")))))
    content = Content(str(path))
    lines = [content.content(page.index).lines for page in content.pages]
    content.close()
    shares = [
        [line.tagged_share for line in page if "Beispieldaten" in line.text] for page in lines
    ]
    assert shares == [[1.0], [0.0]]


def test_what_is_to_be_filled_in_is_never_parted() -> None:
    # Columns from 12 to 43 mm: in some of them the word would be hyphenated.
    for share in range(2, 12):
        columns = (Column("A", 36 - share), Column("B", share))
        table = Table("Offen", columns, (("Termin", "[bitte ergänzen] / [bitte ergänzen]"),))
        raw = pypdf.PdfReader(io.BytesIO(pdf_bytes(demo_document((table,))))).pages[0]
        assert len(re.findall(r"\[bitte\s+ergänzen\]", raw.extract_text())) == 2


def test_what_is_drawn_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "drawn.pdf"
    path.write_bytes(pdf_bytes(demo_document((TypeBadge("S", "Q", "Name", "Satz."),))))
    content = Content(str(path))
    runs = [run for run in content.content(0).runs if run.text.strip() == "Q"]
    content.close()
    assert [run.artifact for run in runs] == [True]
