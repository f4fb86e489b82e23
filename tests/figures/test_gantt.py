"""The roadmap as a drawing: quarters, status without colour, both widths, hostile texts."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from assessment.figures.gantt import NARROW, WIDE, GanttRow, gantt
from assessment.figures.gantt_marks import SYMBOLS, bar, hatching, mark
from assessment.figures.level_steps import StepRow, level_steps
from assessment.figures.style import palette
from assessment.measures.plan_types import Status

HOSTILE = '<a href="http://127.0.0.1:9">x</a> <script>alert(1)</script>'
ROWS = [
    GanttRow("M001", "Auftrag", date(2027, 1, 1), date(2027, 6, 30), "läuft"),
    GanttRow("M002", HOSTILE, date(2027, 7, 1), date(2028, 3, 31), "geplant", ("M001",)),
    GanttRow("E1", "Lang", date(2027, 1, 1), date(2028, 12, 31), "verzögert", ("M009",), "früh"),
]


def drawn(rows, **more) -> ET.Element:
    text = gantt(rows, question="Wann?", **more).drawing
    assert text is not None
    return ET.fromstring(text)


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_drawing_names_everything_and_stays_inside(width: int, theme) -> None:
    root = drawn(ROWS, width=width, theme=theme, today=date(2027, 5, 1))
    said = " ".join(texts(root))
    for word in ("2027", "2028", "läuft", "geplant", "verzögert · früh", "heute", "Auftrag"):
        assert word in said
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    for element in root.iter("{http://www.w3.org/2000/svg}rect"):
        x, wide = float(element.get("x", 0)), float(element.get("width", 0))
        assert x >= -2
        assert x + wide <= width + 1


def test_narrow_names_what_comes_first_where_wide_draws_an_arrow() -> None:
    assert "nach M001" in " ".join(texts(drawn(ROWS, width=NARROW)))
    assert "nach M001" not in " ".join(texts(drawn(ROWS, width=WIDE)))


def test_an_arrow_never_crosses_the_row_of_another_measure() -> None:
    between = GanttRow("M003", "Dazwischen", date(2027, 2, 1), date(2028, 3, 31), "geplant")
    apart = [ROWS[0], between, ROWS[1]]
    # Named instead, as on the narrow drawing.
    assert "nach M001" in " ".join(texts(drawn(apart, width=WIDE)))
    paths = [
        element.get("d", "")
        for element in drawn(apart, width=WIDE).iter("{http://www.w3.org/2000/svg}path")
    ]
    assert not [path for path in paths if " V" in path]
    adjacent = drawn(ROWS[:2], width=WIDE).iter("{http://www.w3.org/2000/svg}path")
    assert [path for path in adjacent if " V" in path.get("d", "")]


def test_axis_covers_whole_quarters_and_at_least_a_year() -> None:
    short = [GanttRow("M1", "Kurz", date(2027, 2, 10), date(2027, 2, 20), "geplant")]
    said = texts(drawn(short))
    assert [text for text in said if "Qu." in text] == ["1. Qu.", "2. Qu.", "3. Qu.", "4. Qu."]


@pytest.mark.parametrize("last", [date(2047, 12, 31), date(2031, 5, 1), date(2100, 12, 31)])
def test_long_roadmaps_name_years_only(last: date) -> None:
    long = [GanttRow("M1", "Lang", date(2027, 2, 10), last, "geplant")]
    assert not [text for text in texts(drawn(long)) if "Qu" in text]


def test_status_words_are_those_of_the_plan_and_differ_without_colour() -> None:
    assert set(SYMBOLS) == {status.value for status in Status}
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)
    colours = palette("light")
    shapes = {"".join(mark(status, 10, 10, colours)) for status in SYMBOLS}
    assert len(shapes) == len(SYMBOLS)
    bars = {"".join(bar(status, 0, 0, 60, 14, colours)) for status in SYMBOLS}
    # Put back and dropped share their dashes; the symbol and the word tell them apart.
    assert len(bars) == len(SYMBOLS) - 1


def test_hatching_stays_inside_its_bar() -> None:
    [path] = hatching(10, 20, 33, 14, "#000")
    for x, y, run in re.findall(r"M([\d.]+) ([\d.]+) l([\d.]+)", path):
        assert 10 <= float(x) <= 43
        assert 20 <= float(y) <= 34
        assert float(x) + float(run) <= 43.05
        assert float(y) - float(run) >= 19.95


def test_table_and_alt_say_the_same() -> None:
    figure = gantt(ROWS, question="Wann?")
    assert figure.table.rows[1][2:] == ("01.07.2027", "31.03.2028", "geplant", "M001")
    assert "3. Quartal 2027" in figure.alt


def test_projected_levels_name_only_what_changes() -> None:
    rows = [StepRow("Bildung", 1, 2, 3), StepRow("Daten", 2, 2), StepRow(HOSTILE, None, None)]
    figure = level_steps(rows, question="Was wäre?", sentence="So.")
    root = ET.fromstring(figure.drawing or "")
    assert "1 → 2" in texts(root)
    assert "nicht bewertbar" in texts(root)
    assert figure.alt == "Was wäre? Bildung: Stufe 1 → 2."
    assert figure.table.rows[0] == ("Bildung", 1, 2, 3)
    same = level_steps(rows[1:2], question="Was wäre?", sentence="So.")
    assert "bleiben wie heute" in same.alt
