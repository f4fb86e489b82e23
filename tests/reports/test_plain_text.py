"""Text for a council system: survives any text field (AK-2.3)."""

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_cases import CHART, EVERY_BLOCK, FIELD_TABLE, document

from assessment.reports.document import (
    Bullets,
    Facts,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
    TypeBadge,
)
from assessment.reports.office.plain_text import clean, plain_text, section_texts, table_text

MARK = "Hinweis: Beispieldaten – simuliert, keine Studienergebnisse"


def test_sections_are_those_of_level_one_and_each_carries_the_mark():
    found = section_texts(
        document(
            Paragraph("Vorweg."),
            Heading("Beschlussvorschlag"),
            Bullets(("Der Rat beschließt.", "Die Verwaltung\nberichtet."), numbered=True),
            Heading("Sachverhalt"),
            Paragraph("Anlass."),
            Heading("Vorgehen", 2),
            Bullets(("eins", "zwei")),
            Heading("Leer"),
        )
    )
    assert found == (
        ("Ergebnis der Selbsteinschätzung", f"Vorweg.\n\n{MARK}"),
        (
            "Beschlussvorschlag",
            f"1. Der Rat beschließt.\n2. Die Verwaltung berichtet.\n\n{MARK}",
        ),
        ("Sachverhalt", f"Anlass.\n\nVorgehen\n\n– eins\n– zwei\n\n{MARK}"),
    )


def test_a_table_becomes_a_line_a_row():
    assert table_text(FIELD_TABLE) == (
        "Wie weit die Felder sind\n"
        "Strategie – Punkte: 63; Stufe: 2; Dauer: 3 Monate\n"
        "Daten – Punkte: –; Stufe: nicht bewertbar; Dauer: keine Angabe\n"
        "Stufe 0 bis 4."
    )
    assert table_text(replace(FIELD_TABLE, caption_shown=False)).startswith("Strategie – ")


def test_of_a_chart_the_sentence_stays_and_nothing_else():
    text = plain_text(document(CHART, Facts("Kopf", (("Betreff", "Strategie"),))))
    assert CHART.sentence in text
    assert CHART.title not in text
    assert CHART.alt not in text
    assert "Betreff: Strategie" in text
    assert "Zeile" not in text


def test_what_everybody_must_know_and_the_source_frame_the_whole():
    text = plain_text(document(TypeBadge("B", "B", "Bedächtige", "Sicherheit zuerst.")))
    assert text.split("\n\n") == [
        "Ergebnis der Selbsteinschätzung",
        "Stadt · 24.310 Einw.",
        "Beispieldaten – simuliert, keine Studienergebnisse",
        "B – Bedächtige: Sicherheit zuerst.",
        "Quelle: Selbsteinschätzung „Musterstadt“",
        "Selbstauskunft, keine Rechtsberatung.\n",
    ]


def test_no_break_and_soft_characters_become_ordinary_ones():
    text = (
        "12.500,00\u00a0€ für Digi\u00adtali\u200bsierung\tE\u2011Akte\u202fNr.\u2009\u20661\u2069"
    )
    assert clean(text) == "12.500,00 € für Digitalisierung E-Akte Nr. 1"


def ordinary(text: str) -> bool:
    """No invisible, private or special blank character; single spaces, no blank ends of lines."""
    return all(
        sign in "\n " or unicodedata.category(sign)[0] not in "CZ" for sign in text
    ) and not re.search(r"  | \n|\n |\n\n\n", text)


def test_every_block_gives_ordinary_text():
    text = plain_text(document())
    assert ordinary(text)
    assert len(EVERY_BLOCK) > 20
    for kept in ("Eigene Worte", "links", "rechts", "In einfacher Sprache.", "Ende", "Finanzen"):
        assert kept in text
    assert "Inhalt\n" not in text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.sampled_from(ParagraphKind))
def test_any_text_gives_ordinary_text(text, kind):
    made = document(
        Heading(text),
        Paragraph(text, kind),
        Bullets((text, text), numbered=True),
        Facts(text, ((text, text),)),
        Table(text, FIELD_TABLE.columns, FIELD_TABLE.rows, note=text),
        title=text,
        marks=(text,),
    )
    for heading, section in section_texts(made):
        assert ordinary(heading)
        assert ordinary(section)
    assert ordinary(plain_text(made))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=60))
def test_visible_characters_are_never_lost(text):
    shown = clean(text)
    assert shown == text.replace("\u2010", "-").replace("\u2011", "-")


@pytest.mark.parametrize("text", ["=1+1", "<b>fett</b>", "&nbsp;", "{{x}}"])
def test_texts_of_users_are_passed_on_as_they_are(text):
    assert clean(text) == text
