"""The Word file: what Word, a screen reader and a clerk with a template need is in the XML."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from office_cases import (
    CHART,
    DRAWN,
    EVERY_BLOCK,
    FIELD_TABLE,
    TIMELINE,
    W,
    body,
    document,
    names,
    part,
    said,
    styled,
)

from assessment.reports.branding import Branding, Crest
from assessment.reports.document import (
    Bullets,
    Column,
    DocumentKind,
    Facts,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    ParagraphKind,
    Picture,
    Table,
)
from assessment.reports.office.docx_tables import column_widths
from assessment.reports.office.docx_writer import docx_bytes

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="24">'
    b'<rect width="9" height="9"/></svg>'
)


def drawn(element) -> bool:
    """Whether there is a picture below an element."""
    return element.find(f".//{W}drawing") is not None


def alternatives(data: bytes) -> list[str]:
    """Alternative texts of all pictures."""
    return [each.get("descr") for each in body(data).iter() if each.tag.endswith("}docPr")]


@pytest.fixture(scope="module")
def written() -> bytes:
    return docx_bytes(document())


def test_headings_are_word_s_own_and_skip_no_level(written):
    styles = part(written, "word/styles.xml")
    name = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")
        for style in styles.iter(f"{W}style")
    }
    assert [name[f"Heading{n}"] for n in (1, 2, 3)] == ["heading 1", "heading 2", "heading 3"]
    outlines = [
        styles.find(f"{W}style[@{W}styleId='Heading{n}']//{W}outlineLvl").get(f"{W}val")
        for n in (1, 2, 3)
    ]
    assert outlines == ["0", "1", "2"]
    assert styled(written, "Heading1") == [
        "Beschlussvorschlag",
        "Sachverhalt",
        "Finanzen",
        "Schluss",
    ]
    # „Vorgehen“ is given as level 3 right below level 1.
    assert styled(written, "Heading2") == ["Vorgehen", "Im Kasten"]
    used = {
        p.get(f"{W}val") for p in body(written).iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    assert used <= set(name)


def test_language_and_properties_name_the_town_and_nobody_else(written):
    defaults = part(written, "word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert defaults.get(f"{W}val") == "de-DE"
    settings = part(written, "word/settings.xml")
    assert settings.find(f"{W}themeFontLang").get(f"{W}val") == "de-DE"
    assert settings.find(f"{W}updateFields") is None
    properties = docx.Document(io.BytesIO(written)).core_properties
    assert (properties.title, properties.author, properties.language) == (
        "Ergebnis der Selbsteinschätzung",
        "Musterstadt",
        "de-DE",
    )
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2026-11-22 00:00"
    assert properties.last_modified_by == properties.comments == ""
    assert not [name for name in names(written) if re.search("app|thumb|custom|theme", name)]


def test_table_heads_repeat_rows_stay_whole_and_both_axes_are_marked(written):
    tables = list(body(written).iter(f"{W}tbl"))
    assert len(tables) == 6
    for table in tables:
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
            True,
            *[False] * (len(rows) - 1),
        ]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        width = sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol"))
        assert width in (9354, 14286)
    wide = [sum(int(c.get(f"{W}w")) for c in t.iter(f"{W}gridCol")) == 14286 for t in tables]
    assert wide == [False] * 4 + [True] * 2


def test_no_two_tables_touch_and_the_last_thing_is_a_paragraph(written):
    tags = [child.tag for child in body(written)]
    assert (f"{W}tbl", f"{W}tbl") not in set(pairwise(tags))
    assert tags[-2:] == [f"{W}p", f"{W}sectPr"]


def test_tables_without_caption_or_note_do_not_become_one():
    bare = Table("Erste", (Column("A"),), (("1",),), caption_shown=False)
    data = docx_bytes(document(bare, replace(bare, caption="Zweite")))
    tags = [child.tag for child in body(data)]
    assert (f"{W}tbl", f"{W}tbl") not in set(pairwise(tags))
    # What has to stand between them is the second one's caption.
    assert styled(data, "Caption") == ["Zweite"]


def test_no_word_is_broken_while_other_columns_have_room():
    widths = column_widths([1.0, 1.0, 8.0], 9000, [2000.0, 500.0, 1000.0])
    assert widths[0] == 2000
    assert sum(widths) == 9000
    assert widths[2] / widths[1] == pytest.approx(8, rel=0.01)
    # Where not all can have what they need, the shares decide.
    assert column_widths([1.0, 2.0], 900, [600.0, 600.0]) == [300, 600]


def test_a_row_longer_than_a_page_may_break():
    table = Table("Lang", (Column("A"), Column("B")), (("kurz", "Wort " * 400), ("kurz", "kurz")))
    rows = list(body(docx_bytes(document(table))).iter(f"{W}tr"))
    whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]
    assert whole == [True, False, True]


def test_drawn_columns_go_where_the_row_says_the_same_and_become_words_where_not():
    head, *rows = body(docx_bytes(document(FIELD_TABLE))).iter(f"{W}tr")
    assert [said(cell) for cell in head.iter(f"{W}tc")] == ["Feld", "Punkte", "Stufe", "Dauer"]
    assert [said(cell) for cell in rows[0].iter(f"{W}tc")] == ["Strategie", "63", "2", "3 Monate"]
    # Without the word beside it, the level is said.
    alone = replace(
        FIELD_TABLE,
        columns=FIELD_TABLE.columns[:3],
        rows=tuple(row[:3] for row in FIELD_TABLE.rows),
    )
    rows = list(body(docx_bytes(document(alone))).iter(f"{W}tr"))
    assert [said(row) for row in rows[1:]] == ["StrategieStufe 2", "Datennicht bewertbar"]


def test_charts_become_title_sentence_and_table():
    data = docx_bytes(document(CHART, TIMELINE, DRAWN))
    assert styled(data, "Caption") == [CHART.title, TIMELINE.title, DRAWN.title]
    marks, times = body(data).iter(f"{W}tbl")
    assert [[said(cell) for cell in row.iter(f"{W}tc")] for row in marks.iter(f"{W}tr")] == [
        ["Zeile", "Punkte", "mittlere Hälfte", "Soll"],
        ["Strategie", "63", "40–60", "75"],
        ["Daten", "20", "–", "–"],
    ]
    assert [said(cell) for cell in list(times.iter(f"{W}tr"))[1].iter(f"{W}tc")] == [
        "Strategie",
        "01.01.2027",
        "30.06.2027",
        "● läuft",
    ]
    assert {CHART.sentence, DRAWN.sentence} <= set(styled(data, "Normal"))


def test_drawings_are_pictures_with_their_alternative_text_and_never_lose_the_file():
    broken = replace(DRAWN, drawing=Picture("kein Bild", 10, 10))
    data = docx_bytes(document(CHART, TIMELINE, CHART, broken))
    assert alternatives(data) == [CHART.alt, TIMELINE.alt, CHART.alt]
    assert [name for name in names(data) if "media" in name] == [
        "word/media/image1.png",
        "word/media/image2.png",
    ]
    ids = [each.get("id") for each in body(data).iter() if each.tag.endswith("}docPr")]
    assert ids == ["1", "2", "3"]
    extents = [each.get("cx") for each in body(data).iter() if each.tag.endswith("}extent")]
    # As wide as the text: 165 mm in units of a 36,000th of a millimetre.
    assert {abs(int(width) - 165 * 36_000) < 3_600 for width in extents} == {True}
    # The one that can't be drawn is described in words.
    assert styled(data, "Caption")[-1] == DRAWN.title
    assert DRAWN.alt in styled(data, "Anmerkung")
    assert DRAWN.sentence in styled(data, "Normal")


def test_lists_are_lists_and_each_numbered_one_begins_at_one(written):
    numbering = part(written, "word/numbering.xml")
    restarts = {
        num.get(f"{W}numId"): num.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")
        for num in numbering.iter(f"{W}num")
        if num.find(f"{W}lvlOverride") is not None
    }
    used = [
        (said(p), p.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val"))
        for p in body(written).iter(f"{W}p")
        if p.find(f"{W}pPr/{W}numPr") is not None
    ]
    ids = dict(used)
    assert ids["Der Rat beschließt."] == ids["Die Verwaltung berichtet."]
    assert ids["Der Rat beschließt."] != ids["neu eins"]
    assert restarts == {ids["Der Rat beschließt."]: "1", ids["neu eins"]: "1"}
    assert ids["eins"] not in restarts


def test_what_introduces_something_stays_on_its_page():
    data = docx_bytes(
        document(
            Heading("Ergebnis"),
            Paragraph("Darum geht es."),
            FIELD_TABLE,
            Paragraph("Stärken:"),
            Bullets(("eins", "zwei")),
            Paragraph("Frei."),
            Facts("", (("Art", "Vorlage"), ("Status", "öffentlich"))),
        )
    )
    kept = {said(p) for p in body(data).iter(f"{W}p") if p.find(f"{W}pPr/{W}keepNext") is not None}
    assert {"Darum geht es.", "Stärken:", "ArtVorlage", "Ergebnis"} <= kept
    assert not {"Frei.", "zwei", "Statusöffentlich"} & kept


def test_head_and_foot_carry_the_facts_and_fields(written):
    head = said(part(written, "word/header1.xml"))
    assert head == (
        "Musterstadt · Anlage 2 · Ergebnisbericht · Stichtag 01.03.2026\n"
        "Beispieldaten – simuliert, keine Studienergebnisse"
    )
    foot = part(written, "word/footer1.xml")
    assert said(foot) == ("Stand: Maßnahmenkatalog 2026.1 · Erstellt am 22.11.2026Seite 1 von 1")
    assert [code.text.strip() for code in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    sections = list(body(written).iter(f"{W}sectPr"))
    assert all(len(s.findall(f"{W}headerReference")) == 1 for s in sections)


def test_pages_are_a4_and_wide_blocks_have_their_own_section(written):
    sizes = [size.attrib for size in body(written).iter(f"{W}pgSz")]
    assert [size.get(f"{W}orient") for size in sizes] == [None, "landscape", None]
    assert (sizes[0][f"{W}w"], sizes[0][f"{W}h"]) == ("11906", "16838")
    assert (sizes[1][f"{W}w"], sizes[1][f"{W}h"]) == ("16838", "11906")
    margins = body(written).find(f"{W}sectPr/{W}pgMar")
    assert (margins.get(f"{W}left"), margins.get(f"{W}right")) == ("1418", "1134")
    ending = docx_bytes(document(Paragraph("a"), Landscape((FIELD_TABLE,))))
    assert [size.get(f"{W}orient") for size in body(ending).iter(f"{W}pgSz")] == [None, "landscape"]


def test_page_breaks_belong_to_what_follows_and_no_paragraph_is_empty(written):
    def breaks(data: bytes) -> list[str]:
        return [
            said(p)
            for p in body(data).iter(f"{W}p")
            if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
        ]

    # The break after the turned pages would leave an empty page: the section is one already.
    assert breaks(written) == ["Ende"]
    assert breaks(docx_bytes(document(PageBreak(), replace(FIELD_TABLE, caption="")))) == ["Feld"]
    assert not [p for p in body(written).iter(f"{W}p") if not said(p) and not drawn(p)]
    assert not body(written).findall(f".//{W}br[@{W}type='page']")


def test_contents_are_a_field_filled_beforehand_that_leads_to_the_headings(written):
    assert styled(written, "TOC1") == ["Beschlussvorschlag", "Sachverhalt", "Finanzen", "Schluss"]
    assert [code.text for code in body(written).iter(f"{W}instrText")] == [
        ' TOC \\o "1-2" \\h \\z \\u '
    ]
    marks = {mark.get(f"{W}name") for mark in body(written).iter(f"{W}bookmarkStart")}
    targets = [link.get(f"{W}anchor") for link in body(written).iter(f"{W}hyperlink")]
    assert targets
    assert set(targets) <= marks
    kinds = [char.get(f"{W}fldCharType") for char in body(written).iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert not body(docx_bytes(document(Heading("A")))).findall(f".//{W}bookmarkStart")


def test_own_texts_are_set_apart_and_named_but_in_a_vorlage():
    own = Paragraph("Unsere Worte", ParagraphKind.OWN)
    assert styled(docx_bytes(document(own)), "Caption") == ["Text der Kommune"]
    paper = docx_bytes(document(own, kind=DocumentKind.PAPER))
    assert styled(paper, "Eigentext") == ["Unsere Worte"]
    assert styled(paper, "Caption") == []
    border = part(paper, "word/styles.xml").find(
        f"{W}style[@{W}styleId='Eigentext']//{W}pBdr/{W}left"
    )
    assert border is not None


def test_marks_days_and_ground_stand_on_the_first_and_last_page(written):
    assert styled(written, "Kennzeichnung") == [
        "Beispieldaten – simuliert, keine Studienergebnisse"
    ]
    notes = styled(written, "Anmerkung")
    assert notes[0] == (
        "Stichtag 01.03.2026 · Stand: Maßnahmenkatalog 2026.1 · Erstellt am 22.11.2026"
    )
    assert notes[-3:] == [
        "Quelle: Selbsteinschätzung „Musterstadt“",
        "Grundlage: Fragebogen 2026.1",
        "Selbstauskunft, keine Rechtsberatung.",
    ]


@pytest.mark.parametrize("crest", [Crest(PNG, "png"), Crest(SVG, "svg")], ids=["png", "svg"])
def test_the_crest_has_an_alternative_text(crest):
    data = docx_bytes(document(Paragraph("x")), Branding(crest=crest))
    assert alternatives(data) == ["Wappen: Musterstadt"]
    assert len([name for name in names(data) if name.endswith(".png")]) == 1


def test_a_crest_that_cannot_be_drawn_is_left_out():
    data = docx_bytes(document(Paragraph("x")), Branding(crest=Crest(b"kein Bild", "svg")))
    assert alternatives(data) == []
    assert styled(data, "Normal") == ["x"]


def test_a_paper_of_one_page_has_less_room_around_headings():
    def before(kind: DocumentKind) -> int:
        styles = part(docx_bytes(document(Heading("A"), kind=kind)), "word/styles.xml")
        spacing = styles.find(f"{W}style[@{W}styleId='Heading1']/{W}pPr/{W}spacing")
        return int(spacing.get(f"{W}before"))

    assert before(DocumentKind.SUMMARY) < before(DocumentKind.RESULTS) / 2
    ends = styled(docx_bytes(document(Heading("A"), kind=DocumentKind.SUMMARY)), "Anmerkung")
    assert ends[1:] == [
        "Quelle: Selbsteinschätzung „Musterstadt“ · Grundlage: Fragebogen 2026.1 · "
        "Selbstauskunft, keine Rechtsberatung."
    ]


def test_an_association_that_makes_the_paper_is_named_above_the_title():
    data = docx_bytes(document(Paragraph("x")), Branding(association="Zweckverband Nord"))
    assert styled(data, "Subtitle")[0] == "Zweckverband Nord · Anlage 2"


def test_a_house_s_light_colour_is_darkened_for_text():
    data = docx_bytes(document(Paragraph("x")), Branding(primary="#FFE000"))
    colour = part(data, "word/styles.xml").find(f"{W}style[@{W}styleId='Heading1']/{W}rPr/{W}color")
    assert colour.get(f"{W}val") not in ("FFE000", "auto")


def test_equal_documents_are_equal_bytes(written):
    assert docx_bytes(document(*EVERY_BLOCK)) == written
    other = docx_bytes(document(Bullets(("anders",))))
    assert other != written
    assert docx.Document(io.BytesIO(written)).paragraphs[0].text == "Anlage 2"


@pytest.mark.parametrize("shares", [[1.0, 1.0, 1.0], [3.0, 0.1, 2.2], [0.0, 5.0]])
def test_column_widths_fill_the_page_to_the_last_point(shares):
    widths = column_widths(shares, 9354)
    assert sum(widths) == 9354
    assert min(widths) > 0
