"""Maps and the other charts of the start page: well-formed, small, and silent on hidden numbers."""

import xml.etree.ElementTree as ET

import pytest

from assessment.figures.counts import HIDDEN
from assessment.figures.germany_map import AreaCount, germany_map
from assessment.figures.group_medians import MedianRow, group_medians_figure
from assessment.figures.participation_bars import ShareRow, participation_bars
from assessment.figures.style import ThemeName
from assessment.register.geo import SOURCE, Layer, load_areas

HOSTILE = '<a href="http://127.0.0.1:9">x</a> & %{x} </svg><script>alert(1)</script>'
COUNTS = [
    AreaCount("05", "Nordrhein-Westfalen", 87),
    AreaCount("10", HOSTILE, None),
    AreaCount("13", "Mecklenburg-Vorpommern", 8),
    AreaCount("99", "kein Land", 5),
]


def drawn(layer: Layer = Layer.LAENDER, theme: ThemeName = "light"):
    return germany_map(COUNTS, layer=layer, question=HOSTILE, sentence="So.", theme=theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("layer", list(Layer))
def test_a_map_is_one_well_formed_drawing_that_loads_nothing(layer, theme) -> None:
    figure = drawn(layer, theme)
    assert figure.drawing is not None
    root = ET.fromstring(figure.drawing)
    kinds = {element.tag.split("}")[1] for element in root.iter()}
    assert kinds <= {"svg", "title", "style", "defs", "pattern", "rect", "g", "path", "text"}
    assert "http://127" not in figure.drawing.replace('href="http://127.0.0.1:9"', "")
    assert "url(http" not in figure.drawing
    assert len(figure.drawing.encode()) <= 200_000
    assert SOURCE in "".join(root.itertext())


def test_numbers_are_shown_hatched_or_left_blank() -> None:
    root = ET.fromstring(drawn().drawing or "")
    fills = dict(
        zip(
            load_areas(Layer.LAENDER).areas,
            (path.get("fill") for path in root.iter("{http://www.w3.org/2000/svg}path")),
            strict=False,
        )
    )
    assert fills["10"] == "url(#hidden)"
    assert fills["01"] == "#FFFFFF"
    assert fills["05"] != fills["13"] != "#FFFFFF"
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "87" in texts
    assert "8" in texts
    assert HIDDEN in texts
    # Names stand in the table; the drawing holds the question as its title only.
    assert drawn().table.rows[1] == (HOSTILE, HIDDEN)


def test_the_legend_speaks_of_hatching_only_where_there_is_some() -> None:
    figure = germany_map(COUNTS[:1], layer=Layer.LAENDER, question="Wo?", sentence="")
    assert HIDDEN not in (figure.drawing or "")


def test_a_hidden_median_is_not_in_the_drawing() -> None:
    rows = [
        MedianRow("Strategie", 40, 30, 50, 45, 35, 55),
        MedianRow(HOSTILE, None, None, None, 61, 51, 71),
        MedianRow("Daten", 33, None, None, None, None, None),
    ]
    figure = group_medians_figure(rows, question="Wo?", sentence="So.")
    root = ET.fromstring(figure.drawing or "")
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "−5" in texts
    assert texts.count(HIDDEN) == 1
    assert figure.table.rows[1][1:4] == (HIDDEN,) * 3
    assert "Strategie: Auswahl 40, alle 45" in figure.alt


def test_participation_says_hidden_and_never_a_bar() -> None:
    figure = participation_bars(
        [ShareRow("Hessen", 41, 442, "41 von 442 (9 %)"), ShareRow("Saarland", None, 58, HIDDEN)],
        question="Wie viele?",
        sentence="So.",
        column="Land",
    )
    assert figure.table.rows == (("Hessen", 41, 442, 9.3), ("Saarland", HIDDEN, 58, HIDDEN))
    assert figure.table.decimals == 1
