"""Every chart carries its sentence, its alt text and its table, and shows texts as texts."""

import base64
import json
import xml.etree.ElementTree as ET

import pytest
from plotly.graph_objects import Figure as PlotlyFigure

from assessment.figures import svg
from assessment.figures.counts import HIDDEN, Count, count_bars
from assessment.figures.figure import Figure
from assessment.figures.goal_profile import Series, goal_profile
from assessment.figures.heat_map import heat_map
from assessment.figures.level_profile import OPEN_ENDS, LevelRow, level_profile
from assessment.figures.level_shares import LevelCounts, hidden_sentence, level_shares
from assessment.figures.membership_strip import membership_strip, type_mark
from assessment.figures.style import ThemeName, esc_plotly, type_order, unique_labels

HOSTILE = '<a href="http://127.0.0.1:9">x</a> %{x} $y$ <script>alert(1)</script>'
NAMES = {"B": "Bedächtige", "O": "Optimierer", "S": "Serviceorientierte", "C": "Community Manager"}


def figures(theme: ThemeName) -> dict[str, Figure]:
    words = {"question": f"Wie? {HOSTILE}", "sentence": "So."}
    return {
        "profile": level_profile(
            [
                LevelRow("Strategie", 3, 62.4, 50, 40, 58, 1.0),
                LevelRow(HOSTILE, 0, 3.0),
                LevelRow("Daten", None, None, coverage=0.4),
            ],
            own=HOSTILE,
            group="46 andere",
            theme=theme,
            **words,
        ),
        "counts": count_bars(
            [Count(NAMES["B"], 15, "B"), Count(HOSTILE, 5, hollow=True)], theme=theme, **words
        ),
        "levels": level_shares(
            [
                LevelCounts("Strategie", (8, None, None, 9, 5), 2, 28),
                LevelCounts(HOSTILE, (0,) * 5, 0, 0),
            ],
            theme=theme,
            **words,
        ),
        "goals": goal_profile(
            ["Bürgernähe", HOSTILE],
            [
                Series("Bedächtige", (0.5, -0.5), "B"),
                Series("Gruppe 1", (None, 0.1), "G1", emphasised=False),
                Series(HOSTILE, (1.25, -1.0)),
            ],
            theme=theme,
            **words,
        ),
        "heat": heat_map(
            ["Strategie", HOSTILE], ["B", "O"], [[0, 100], [None, 49.6]], theme=theme, **words
        ),
        "strip": membership_strip({"S": 0.9, "B": 0.1}, NAMES, theme=theme, **words),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_complete(theme: ThemeName) -> None:
    for name, figure in figures(theme).items():
        assert figure.sentence, name
        assert len(figure.alt) > 20, name
        assert figure.table.rows, name
        assert all(len(row) == len(figure.table.columns) for row in figure.table.rows), name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plotly_figures_hold_no_markup_from_data(theme: ThemeName) -> None:
    for name, figure in figures(theme).items():
        if isinstance(figure.figure, PlotlyFigure):
            text = json.dumps(figure.figure.to_plotly_json(), default=str, ensure_ascii=False)
            assert "<a" not in text, name
            assert "<script" not in text, name
            assert "%{x}" not in text, name
            assert "$y$" not in text, name
            layout = figure.figure.layout
            assert layout.separators == ",.", name


def test_drawings_are_well_formed_and_load_nothing() -> None:
    for name, figure in figures("light").items():
        if figure.drawing is not None:
            root = ET.fromstring(figure.drawing)
            kinds = {element.tag.split("}")[1] for element in root.iter()}
            assert kinds <= {"svg", "title", "style", "text", "rect", "line", "circle", "polygon"}
            assert not any("href" in key for element in root.iter() for key in element.attrib), name
            assert "url(http" not in figure.drawing, name


def test_drawing_survives_control_characters() -> None:
    drawing = svg.document(10, 10, [svg.text(0, 0, "a\x00b\x1b\ud800", fill="#000")], "t\x07")
    assert "ab\ufffd" in "".join(ET.fromstring(drawing.encode("utf-8")).itertext())


def test_profile_shows_level_by_steps_and_by_number() -> None:
    figure = figures("light")["profile"]
    assert figure.drawing is not None
    texts = [
        element.text
        for element in ET.fromstring(figure.drawing).iter()
        if element.tag.endswith("text")
    ]
    assert "3" in texts
    assert "62" in texts
    assert any(text and text.startswith("nicht bewertbar (40\u00a0%") for text in texts)
    assert "Strategie: Stufe 3, 62 Punkte (Gruppe 50)" in figure.alt


def test_type_marks_differ_in_shape() -> None:
    shapes = set()
    for type_id in "BOSC":
        root = ET.fromstring(type_mark(type_id))
        shape = next(e for e in root if e.tag.split("}")[1] in ("rect", "circle", "polygon"))
        shapes.add(shape.attrib.get("points") or shape.tag)
        assert type_id in "".join(root.itertext())
    assert len(shapes) == 4


def test_font_is_inside_the_drawing() -> None:
    data = svg.font_style().split("base64,")[1].split(")")[0]
    assert base64.b64decode(data)[:4] == b"wOF2"


def test_order_of_types_is_fixed() -> None:
    assert type_order(["C", "G2", "B", "S", "O", "G1"]) == ["B", "O", "S", "C", "G2", "G1"]


def test_labels_stay_apart_and_short() -> None:
    labels = unique_labels(["x" * 200, "x" * 200, "Governance und Organisation"])
    assert len(set(labels)) == 3
    assert labels[2] == "Governance und Organisation"
    assert all(len(label) < 100 for label in labels)


def test_esc_plotly_takes_apart_tags_templates_and_formulas() -> None:
    assert esc_plotly("<b>") == "&lt;b&gt;"
    assert "%{" not in esc_plotly("%{x}")
    assert "$" not in esc_plotly("$x$")


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("theme", "least"), [("light", 3.6), ("dark", 5.0)])
def test_colours_have_contrast(theme: ThemeName, least: float) -> None:
    from assessment.figures.style import palette

    colours = palette(theme)
    assert all(contrast(c, colours.ground) >= least for c in colours.types.values())
    assert contrast(colours.ink, colours.ground) >= 7
    assert contrast(colours.quiet, colours.ground) >= 4.5
    assert contrast(colours.quiet, colours.panel) >= 4.5


def test_profile_draws_and_names_what_open_answers_leave_open() -> None:
    def drawn(lowest: float | None, highest: float | None) -> Figure:
        row = LevelRow("Strategie", 2, 50, 40, 30, 60, 0.8, lowest=lowest, highest=highest)
        return level_profile([row], question="Wie?", own="Musterstadt", group="46 andere")

    wide, narrow, none = drawn(40, 62), drawn(50, 51), drawn(None, None)
    assert wide.drawing is not None
    assert narrow.drawing is not None
    assert none.drawing is not None
    assert OPEN_ENDS in wide.drawing
    assert OPEN_ENDS not in narrow.drawing
    # Three lines through the dot and three of the legend.
    assert wide.drawing.count("<line") == none.drawing.count("<line") + 6
    assert narrow.drawing.count("<line") == none.drawing.count("<line")
    assert wide.table.rows[0][-2:] == (40, 62)


def test_hidden_levels_stand_apart_from_the_scale_and_say_which_they_are() -> None:
    rows = [
        LevelCounts("Strategie", (None, 144, 99, 29, None), 0, 412),
        LevelCounts("Personal", (None, 231, 83, 7, 0), None, 412),
        LevelCounts("Daten", (134, 199, 61, 18, 0), 0, 412),
    ]
    assert [row.hidden for row in rows] == [140, 91, 0]
    figure = level_shares(rows, question="Wie weit?", sentence="So.")
    drawing = figure.figure
    assert isinstance(drawing, PlotlyFigure)
    *levels, gap, hidden = drawing.data
    assert [bar.name for bar in levels] == ["Stufe 0", "1", "2", "3", "4"]
    # Between the highest level shown and what is hidden there is nothing.
    assert [width > 0 for width in gap.x] == [True, True, False]
    assert gap.marker.color == "rgba(0,0,0,0)"
    assert hidden.name == HIDDEN
    assert hidden.marker.pattern.shape == "/"
    assert hidden.x[0] == pytest.approx(100 * 140 / 412)
    assert [note.text for note in drawing.layout.annotations] == [
        "Stufen 0 und 4",
        "Stufe 0,<br>nicht bewertbar",
    ]
    assert hidden_sentence(rows) == (
        "Schraffiert, neben der Skala, steht zusammen, was verdeckt ist: in einem Feld die Stufen "
        "0 und 4; in einem Feld die Stufe 0 und die nicht bewertbaren Kommunen."
    )
    assert "in jedem Feld die Stufen 0 und 4." in hidden_sentence(rows[:1])
    assert hidden_sentence(rows[2:]) == ""
    assert figure.table.rows[0] == ("Strategie", HIDDEN, 144, 99, 29, HIDDEN, 0)
    plain = level_shares(rows[2:], question="Wie weit?", sentence="So.").figure
    assert isinstance(plain, PlotlyFigure)
    assert len(plain.data) == 5


def test_a_probability_never_claims_certainty() -> None:
    figure = membership_strip(
        {"S": 0.997, "B": 0.003}, NAMES, question="Wie sicher?", sentence="So."
    )
    cells = [row[1] for row in figure.table.rows]
    assert sorted(map(str, cells)) == ["unter 1\u00a0%", "über 99\u00a0%"]
    assert "100" not in figure.alt


@pytest.mark.parametrize(
    ("coverage", "least", "words"),
    [
        (0.56, 0.6, "nicht bewertbar (56\u00a0% beantwortet, nötig 60\u00a0%)"),
        (0.56, None, "nicht bewertbar (56\u00a0% beantwortet)"),
        (None, 0.6, ">nicht bewertbar<"),
    ],
)
def test_what_is_not_rated_says_what_is_needed(
    coverage: float | None, least: float | None, words: str
) -> None:
    figure = level_profile(
        [LevelRow("Strategie", None, None, coverage=coverage)],
        question="Wie?",
        own="Musterstadt",
        group="46 andere",
        least=least,
    )
    assert words in (figure.drawing or "")


def test_the_table_of_levels_stacks_and_holds_numbers() -> None:
    figure = level_profile(
        [LevelRow("Strategie", 2, 50, 40, 30, 60, 0.8, lowest=40, highest=62)],
        question="Wie?",
        own="Musterstadt",
        group="46 andere",
    )
    assert not [column for column in figure.table.columns if "46 andere" in column]
    said = dict(zip(figure.table.columns, figure.table.rows[0], strict=True))
    assert said["beantwortet in Prozent"] == 80
    assert all(isinstance(cell, int) for cell in figure.table.rows[0][1:])
