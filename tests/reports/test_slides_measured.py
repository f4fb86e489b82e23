"""Texts on slides are measured: what is said to fit does fit, for any text."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.profiles.roadmap_profile import RoadmapEntry
from assessment.reports.office.letter_widths import longest_word, text_width
from assessment.reports.office.slide_measures import CELL_MARGIN, SMALL_SIZE
from assessment.reports.office.slide_parts import SlideContent, SlideTable
from assessment.reports.office.slide_text import (
    Room,
    fitted,
    line_count,
    shortened,
    slide_line,
    title_fits,
)
from assessment.reports.office.slide_timeline import timeline
from assessment.reports.office.slides import fitted_table, fitted_title

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)
FONT = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")


@settings(max_examples=80, deadline=None)
@given(words, st.integers(1, 4), st.floats(60, 900), st.sampled_from([18, 26, 30]))
def test_a_shortened_text_fits(text, lines, width, size):
    short = shortened(text, lines, width, size)
    assert line_count(short, width, size) <= lines
    if line_count(slide_line(text), width, size) <= lines:
        assert short == slide_line(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=12), st.floats(100, 900), st.floats(60, 350))
def test_fitted_items_fit_and_are_counted(items, width, height):
    room = Room(width, height, 20)
    shown, size = fitted(items, room, sizes=(26, 20))
    lines = sum(line_count(text, width, size) + 0.4 for text in shown)
    assert len(shown) <= 1 or lines * size * 1.2 <= height
    real = [item for item in items if slide_line(item)]
    if size == 26:
        assert list(shown) == [slide_line(item) for item in real]


def test_whole_items_go_before_letters_shrink_below_the_smallest():
    items = [f"Punkt {n} mit einigen Worten, die eine Zeile füllen" for n in range(20)]
    shown, size = fitted(items, Room(600, 200, 20), sizes=(26, 20))
    assert size == 20
    assert shown[-1] == f"und {20 - (len(shown) - 1)} weitere"
    assert list(shown[:-1]) == items[: len(shown) - 1]


def test_a_text_loses_sentences_before_words():
    text = "Der erste Satz ist kurz. Der zweite Satz ist viel länger und passt nicht mehr hinein."
    assert shortened(text, 1, 300, 20) == "Der erste Satz ist kurz."
    assert shortened("Ein einziger Satz mit vielen, vielen Worten", 1, 200, 20) == (
        "Ein einziger Satz …"
    )
    assert shortened("Donaudampfschifffahrtsgesellschaft" * 9, 1, 200, 20).endswith("…")


def test_a_title_that_needs_three_lines_gives_way_to_the_short_one():
    long = "Der Rat entscheidet " * 12
    assert not title_fits(long)
    assert fitted_title(SlideContent(long, "Kurz gesagt")) == "Kurz gesagt"
    assert fitted_title(SlideContent("Passt so.", "Kurz")) == "Passt so"
    assert fitted_title(SlideContent(long)).endswith("…")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(words, words), max_size=15), st.floats(120, 340))
def test_a_table_keeps_within_its_height_and_counts_the_rest(rows, height):
    table = SlideTable(("A", "B"), tuple(rows), (3.0, 1.0), "Tabelle")
    shown, heights = fitted_table(table, 800, height)
    assert len(heights) == len(shown.rows) + 1
    # One row always stays, beside the count of the others.
    assert sum(heights) <= height + 0.01 or len(shown.rows) <= 2
    wide = 800 * 0.75 - 2 * CELL_MARGIN
    assert all(line_count(row[0], wide, SMALL_SIZE) <= 2 for row in shown.rows)


def test_a_coded_character_is_kept_a_text():
    assert slide_line("a _x0041_ b\n\tc") == "a _\u2060x0041_ b c"
    assert slide_line("12\u00a0% und _x00_") == "12\u00a0% und _x00_"


@pytest.mark.skipif(not FONT.exists(), reason="the metric twin of Arial is not installed")
@pytest.mark.parametrize(
    "text",
    [
        "Der Rat beschließt die Digitalisierungsstrategie in der Fassung der Anlage 1.",
        "E-Government, OZG und Prozesse (2027–2030): 12.500,00 €",
        "WWW MMM @@@ %%% „Ähnlichkeit“ – Größe …",
    ],
)
def test_measured_widths_are_those_of_the_font_and_rather_too_wide(text):
    from PIL import ImageFont

    real = ImageFont.truetype(str(FONT), 100).getlength(text) / 5
    measured = text_width(text, 20)
    assert real <= measured <= real * 1.12


def test_a_no_break_space_holds_words_together():
    assert longest_word("ab cd", 10) == pytest.approx(text_width("ab", 10))
    assert longest_word("○\u00a0vorgeschlagen", 10) > text_width("vorgeschlagen", 10)
    assert line_count("a\u00a0b", text_width("a b", 10) - 1, 10) == 2


def entry(title: str, start: date | None, end: date | None) -> RoadmapEntry:
    """A measure of a roadmap with its period only."""
    return RoadmapEntry(
        1, "M001", title, False, "", "", start, end, "", "", "", "", "", "", "", (), (), ()
    )


def test_a_timeline_names_the_quarters_of_each_year():
    columns, rows, shaded = timeline(
        [
            entry("Kurz", date(2027, 3, 15), date(2027, 3, 31)),
            entry("Lang", date(2027, 7, 1), date(2029, 4, 1)),
            entry("Ohne Termin", None, None),
        ]
    )
    assert columns == ("Maßnahme", "2027", "2028", "2029")
    assert rows == (("Kurz", "Q1", "", ""), ("Lang", "Q3–Q4", "Q1–Q4", "Q1–Q2"))
    assert shaded == {(0, 1), (1, 1), (1, 2), (1, 3)}


def test_years_after_the_fifth_share_a_column():
    columns, rows, _ = timeline([entry("Lang", date(2027, 1, 1), date(2034, 12, 31))])
    assert columns == ("Maßnahme", "2027", "2028", "2029", "2030", "ab 2031")
    assert rows[0][-1] == "bis 2034"
