"""Arbitrary text never breaks an export and never leaves the page."""

import re
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_cases import demo_document
from pdf_checks import assert_inside, assert_tidy, pdf_text

from assessment.fonts import FONT_FOLDER
from assessment.reports.document import (
    Bar,
    Box,
    Bullets,
    Column,
    Columns,
    Facts,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
    TypeBadge,
)
from assessment.reports.pdf import characters, writer
from assessment.reports.pdf.characters import (
    LONGEST_UNBROKEN,
    LONGEST_WORD,
    SUBSTITUTE,
    one_line,
    printable,
)
from assessment.reports.pdf.font_coverage import FAMILIES, coverage
from assessment.reports.pdf.writer import pdf_bytes

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=80)
"""All code points, lone surrogates and unassigned ones too."""


def everywhere(text: str):
    """A document with ``text`` in each place a text may stand."""
    return demo_document(
        (
            Heading(text),
            *(Paragraph(text, kind) for kind in ParagraphKind),
            Bullets((text, text), numbered=True),
            Facts(text, ((text, text),)),
            TypeBadge("X", text, text, text),
            Box(text, (Paragraph(text),)),
            Columns(((Paragraph(text),), (Paragraph(text),))),
            Table(
                text,
                (Column(text), Column(text), Column("n")),
                ((text, text, Bar(1, 2, text[:20])),),
                note=text,
                source=text,
                caption_shown=False,
            ),
        ),
        title=text,
    )


@pytest.mark.parametrize("place", range(len(FAMILIES)))
def test_coverage_is_what_the_fonts_say(place: int) -> None:
    name = list(FAMILIES)[place]
    assert coverage()[place] == set(TTFont(FONT_FOLDER / name).getBestCmap())


def test_semibold_covers_what_regular_covers() -> None:
    for family in ("AtkinsonHyperlegibleNext-{}.ttf", "NotoSans-{}.subset.ttf"):
        regular, bold = (
            set(TTFont(FONT_FOLDER / family.format(cut)).getBestCmap())
            for cut in ("400Regular", "600SemiBold")
        )
        assert regular == bold


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("24.310\u202fEinwohner", "24.310\u00a0Einwohner"),
        ("E\u2011Akte", "E-Akte"),
        ("a\u0000b\u0007c\u200dd\ufeff", "abcd"),
        ("Zeile\r\nzwei\u2028drei", "Zeile\nzwei\ndrei"),
        ("u\u0308ber", "über"),
        ("x\u0308", "ẍ"),
        ("a\u20dd", "a"),
        ("\u0308a", "a"),
        ("שלום 🙂", "□□□□ □"),
        ("\ud800x\udfff", "□x□"),
        ("\ue000 \U0010ffff", "□ □"),
        ("→ ✔ ● ▲ ■ ○ ◇ ✕ ▸ ▮ ≥ − Σ Ж", "→ ✔ ● ▲ ■ ○ ◇ ✕ ▸ ▮ ≥ − Σ Ж"),
        ("\u202eabc\u202c", "abc"),
        ("Soft\u00adhyphen", "Softhyphen"),
    ],
)
def test_characters_become_printable(given_text: str, expected: str) -> None:
    assert printable(given_text) == expected


@settings(deadline=None)
@given(ANY_TEXT)
def test_what_is_printable_stays_and_has_a_glyph(text: str) -> None:
    once = printable(text)
    known = frozenset().union(*coverage()) | {0x0A, 0x200B}
    assert all(ord(c) in known for c in once)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} for c in once if c != "\n")
    assert printable(once.replace("\u200b", "")) == once
    assert "\n" not in one_line(text)
    # Ordinary German text is not touched.
    plain = "".join(c for c in text if c.isascii() and c.isprintable())[:LONGEST_UNBROKEN]
    assert printable(f"Größe: {plain}") == f"Größe: {plain}"


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=400))
def test_no_word_is_longer_than_a_line(text: str) -> None:
    pieces = printable(text).replace("\n", " ").replace("\u200b", " ").split()
    for piece in pieces:
        # Only what has syllables is left to hyphenation: letters, vowels among them.
        has_vowels = re.search("[aeiouyäöü]", piece, re.IGNORECASE)
        parts = re.split(r"[-/.,;:()„“]", piece)
        spoken = has_vowels and all(len(part) <= LONGEST_WORD for part in parts)
        assert len(piece) <= LONGEST_UNBROKEN or spoken


@pytest.mark.parametrize(
    "word", ["Behindertengleichstellungsrecht", "E-Government-Basiskomponenten", "Geodatendienste"]
)
def test_a_search_finds_long_german_words(word: str) -> None:
    assert printable(word) == word
    assert printable(word, in_cell=True) == word


@settings(max_examples=20, deadline=None)
@given(ANY_TEXT)
def test_any_text_makes_a_document_at_the_first_try(text: str) -> None:
    data, _ = writer.template_data(everywhere(text), writer.Branding())
    assert writer._compiled(data, writer.datetime(2026, 11, 22, tzinfo=writer.UTC))


@pytest.mark.parametrize(
    "text",
    [
        "Donaudampfschifffahrt" * 60,
        "https://www.beispielstadt.example/verzeichnis/unterverzeichnis/seite?name=wert&zahl=1",
        "iiiiWWWW" * 30 + " \u00a0" + "W" * 31,
        "⚠" * 200,
        "W" * 12 + " AKTENZEICHEN_2026/0815-4711.v1 " + "9" * 25,
        "Zeile\nZeile\n\n" * 5,
    ],
    ids=["compound", "address", "wide", "symbols", "codes", "lines"],
)
def test_long_words_break_inside_the_page(text: str) -> None:
    pdf = pdf_bytes(everywhere(text))
    assert_inside(pdf)
    assert_tidy(pdf)


def test_a_word_of_forty_thousand_letters_is_printed_whole() -> None:
    pdf = pdf_bytes(demo_document((Paragraph("ab" * 20_000 + " ENDE"),)))
    text = pdf_text(pdf)
    assert "ENDE" in text
    assert sum(text.count(c) for c in "ab") >= 40_000


def test_a_character_no_font_has_is_a_sign_not_a_gap() -> None:
    pdf = pdf_bytes(demo_document((Paragraph("Name: 漢字"),)))
    assert f"Name: {SUBSTITUTE * 2}" in pdf_text(pdf)


def test_plain_letters_are_those_of_the_main_font() -> None:
    assert characters.latin_only("Grüße Ж\n→") == "Grüße  \n "
