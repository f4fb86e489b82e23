"""Charts of gaps, waves and the place of a municipality: signs, legibility, text as text."""

import xml.etree.ElementTree as ET

import pytest

from assessment.figures.figure import Figure
from assessment.figures.gap_dots import GapDot, gap_dots
from assessment.figures.gap_map import CellSign, GapCell, GapMapRow, gap_map
from assessment.figures.level_spread import SpreadBand, level_spread
from assessment.figures.style import ThemeName
from assessment.figures.type_maturity import TypeColumn, type_maturity
from assessment.figures.wave_change import WaveRow, wave_change

HOSTILE = '<a href="http://127.0.0.1:9">x</a> %{x} $y$ <script>alert(1)</script>'
NARROWEST = 540
"""Width of the content on a tablet of 820 pixels with the menu open."""


def figures(theme: ThemeName = "light") -> dict[str, Figure]:
    words = {"question": f"Wie? {HOSTILE}", "sentence": "So."}
    number = GapCell(CellSign.NUMBER, 21, "", 60, 12, 28, 40)
    equal = GapCell(CellSign.EQUAL, 7, "", 46, 0, 9, 40)
    reached, unknown = GapCell(CellSign.REACHED), GapCell(CellSign.UNKNOWN, None, "zu wenige")
    return {
        "map": gap_map(
            [
                GapMapRow("Strategie", (number, equal), "hoch", 39),
                GapMapRow(HOSTILE * 2, (reached, unknown)),
            ],
            ["Median", HOSTILE],
            last="Vorrang",
            theme=theme,
            **words,
        ),
        "dots": gap_dots(
            [
                GapDot("Frage?", 25, 50, 45, 60, True, "25", "ja", "", 25, "Abstand", 40),
                GapDot(HOSTILE, None, None, None, None, False, "–"),
            ],
            own=HOSTILE,
            theme=theme,
            **words,
        ),
        "wave": wave_change(
            [
                WaveRow("Strategie", 20, 60, 40, True, 5, 0),
                WaveRow(HOSTILE, None, 60, None, False, None, None),
            ],
            before="2026",
            after=HOSTILE,
            theme=theme,
            **words,
        ),
        "types": type_maturity(
            [
                TypeColumn("B", "Bedächtige", 40, 30, 50, 60, "second"),
                TypeColumn("O", "Optimierer", 41, None, None, 8, "first"),
                TypeColumn("G1", HOSTILE, None, None, None, None),
            ],
            44,
            own=HOSTILE,
            theme=theme,
            **words,
        ),
        "spread": level_spread(
            [5, None, 0, 20, 7],
            ["am Anfang", HOSTILE],
            3,
            SpreadBand(HOSTILE, 60, 50, 40, 58),
            own=HOSTILE,
            theme=theme,
            **words,
        ),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_complete_and_loads_nothing(theme: ThemeName) -> None:
    for name, figure in figures(theme).items():
        assert figure.drawing is not None, name
        root = ET.fromstring(figure.drawing)
        kinds = {element.tag.split("}")[1] for element in root.iter()}
        assert kinds <= {"svg", "title", "style", "text", "rect", "line", "circle", "polygon"}, name
        assert all(len(row) == len(figure.table.columns) for row in figure.table.rows), name
        assert len(figure.alt) > 20, name
        assert figure.sentence, name


def test_text_stays_legible_on_a_tablet() -> None:
    for name, figure in figures().items():
        assert figure.drawing is not None
        root = ET.fromstring(figure.drawing)
        scale = NARROWEST / float(root.attrib["width"])
        sizes = [float(e.attrib["font-size"]) for e in root.iter() if e.tag.endswith("text")]
        assert min(sizes) * scale >= 11.6, name


def test_nothing_leaves_the_drawing() -> None:
    for name, figure in figures().items():
        assert figure.drawing is not None
        root = ET.fromstring(figure.drawing)
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for element in root.iter():
            if element.tag.endswith("text"):
                x, y = float(element.attrib["x"]), float(element.attrib["y"])
                assert 0 <= x <= width, name
                assert 0 < y <= height, name


def test_a_cell_says_by_sign_and_word_what_colour_says() -> None:
    figure = figures()["map"]
    assert "Median 21 Punkte" in figure.alt
    assert "nicht unterscheidbar" in figure.alt
    assert "erreicht" in figure.alt
    states = [row[7] for row in figure.table.rows]
    assert states == ["Abstand", "nicht unterscheidbar", "erreicht", "keine Angabe"]
    drawn = figure.drawing or ""
    assert ">≈<" in drawn


def test_a_hidden_count_is_named_and_never_drawn_as_zero() -> None:
    figure = figures()["spread"]
    assert figure.table.rows[1][1] == "verdeckt"
    assert ">verdeckt<" in (figure.drawing or "")
    assert figure.table.rows[3][2] == "hier"


def test_a_change_within_the_noise_is_not_drawn_as_a_number() -> None:
    figure = wave_change(
        [WaveRow("Daten", 50, 53, 3, False, 1, 0)],
        before="2026",
        after="2028",
        question="Was?",
        sentence="Das.",
    )
    assert ">+3<" not in (figure.drawing or "")
    assert ">≈<" in (figure.drawing or "")
    said = dict(zip(figure.table.columns, figure.table.rows[0], strict=True))
    assert (said["eigene Änderung"], said["deutlich"]) == (3, "nein")


def test_types_keep_their_order_and_only_the_own_column_has_a_filled_dot() -> None:
    figure = figures()["types"]
    assert [row[0] for row in figure.table.rows][:2] == ["Bedächtige", "Optimierer"]
    assert [row[5] for row in figure.table.rows] == [None, 44, None]


NUMBERS = {
    "map": {
        "eigene Punkte",
        "Punkte des Bezugs",
        "Abstand",
        "Abstand mindestens",
        "Abstand höchstens",
        "andere Kommunen",
    },
    "dots": {
        "eigene Punkte",
        "Median der Gruppe",
        "Median mindestens",
        "Median höchstens",
        "Abstand",
        "andere Kommunen",
    },
    "wave": {
        "Punkte vorher",
        "Punkte nachher",
        "eigene Änderung",
        "Änderung der anderen (Median)",
        "andere Kommunen",
        "durch den Fragebogen",
    },
}


@pytest.mark.parametrize("name", list(NUMBERS))
def test_columns_of_numbers_hold_numbers_only(name: str) -> None:
    table = figures()[name].table
    assert set(table.columns) >= NUMBERS[name]
    # Nothing in a heading depends on the municipality, its group or its wave: files stack.
    assert not [column for column in table.columns if HOSTILE[:3] in column or "2026" in column]
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            if column in NUMBERS[name]:
                assert cell is None or isinstance(cell, int), column
            else:
                assert isinstance(cell, str), column


@pytest.mark.parametrize("name", list(NUMBERS))
def test_the_page_shows_fewer_columns_than_the_file(name: str) -> None:
    figure = figures()[name]
    shown = figure.shown
    assert shown is not None
    assert len(shown.columns) < len(figure.table.columns)
    assert all(len(row) == len(shown.columns) for row in shown.rows)
    assert [row[0] for row in shown.rows] == list(dict.fromkeys(r[0] for r in figure.table.rows))


def test_the_map_is_read_a_field_a_row() -> None:
    shown = figures()["map"].shown
    assert shown is not None
    assert shown.columns[1:3] == ("eigene Punkte", "Median")
    assert shown.rows[0][1:] == (
        39, "21 Punkte, zwischen 12 und 28", "nicht unterscheidbar", "hoch",
    )  # fmt: skip


def test_a_gap_that_is_not_clear_has_no_number_in_the_table() -> None:
    table = figures()["map"].table
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    clear, equal = rows[0], rows[1]
    bounds = ("Abstand", "Abstand mindestens", "Abstand höchstens")
    assert [clear[name] for name in bounds] == [21, 12, 28]
    assert [equal[name] for name in bounds] == [None] * 3
    assert [row["eigene Punkte"] for row in rows[:2]] == [39, 39]
    assert [row["Punkte des Bezugs"] for row in rows[:2]] == [60, 46]
    assert clear["andere Kommunen"] == 40
    assert rows[3]["Hinweis"] == "zu wenige"
