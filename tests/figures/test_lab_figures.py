"""Charts of the typology laboratory: complete, safe with any text, types fixed by their id."""

import json
from collections.abc import Iterator

import pytest
from plotly.graph_objects import Figure as PlotlyFigure

from assessment.figures.cross_table import FEW, cross_table
from assessment.figures.figure import Figure
from assessment.figures.fit_by_number import NumberFit, fit_by_number
from assessment.figures.membership_dots import MemberDot, MemberStrip, membership_dots
from assessment.figures.municipality_map import MapAxis, MapPoint, municipality_map
from assessment.figures.share_dots import share_dots
from assessment.figures.stability_by_number import NumberStability, stability_by_number
from assessment.figures.style import ThemeName, mark_of_type, palette
from assessment.figures.type_columns import TypeColumn, type_columns
from assessment.figures.watermark import SCENARIO, as_scenario

HOSTILE = '<a href="http://127.0.0.1:9">x</a> %{x} $y$ <script>alert(1)</script>'
WORDS = {"question": f"Wie? {HOSTILE}", "sentence": "So.", "subtitle": "n = 412"}
GOALS = ["Bürgernähe", HOSTILE, "Haushalt"]
TYPES = [
    TypeColumn("C", "Community Manager", (0.1, 1.5, -0.4), (0.1, 0.2, 0.1), 50),
    TypeColumn("G1", HOSTILE, (0.2, -1.5, 0.4)),
]
POINTS = [
    MapPoint("01", HOSTILE, 0.0, 1.0, "B", "sicher"),
    MapPoint("02", "Musterstadt", 2.0, -1.0, "G1", HOSTILE, between=True),
    MapPoint("03", "Neustadt", -2.0, -1.0, "C", "eher"),
]
NAMES = {"B": "Bedächtige", "C": "Community Manager", "G1": HOSTILE}


def charts(theme: ThemeName) -> dict[str, Figure]:
    dots = (MemberDot(HOSTILE, 0.99, "Bedächtige"), MemberDot("Musterstadt", 0.51, HOSTILE))
    fits = [
        NumberFit(k, 9000.0 + 40 * abs(k - 4), 9100.0 + 50 * abs(k - 3), 30, 10 * k, "9 von 10")
        for k in range(1, 9)
    ]
    return {
        "columns": type_columns(GOALS, TYPES, theme=theme, **WORDS),
        "map": municipality_map(
            POINTS,
            NAMES,
            (MapAxis(HOSTILE, "Kosten", 0.2), MapAxis("", HOSTILE, 0.1)),
            theme=theme,
            **WORDS,
        ),
        "strips": membership_dots(
            [MemberStrip("B", "Bedächtige", dots, HOSTILE), MemberStrip("G1", HOSTILE, (), "")],
            likely=0.6,
            assigned=0.8,
            theme=theme,
            **WORDS,
        ),
        "fit": fit_by_number(fits, theme=theme, **WORDS),
        "stability": stability_by_number(
            [
                NumberStability(2, (0.9, 0.8), 0.5, 0.6, own=False),
                NumberStability(3, (0.9, 0.8, 0.4), 0.4, 0.5, own=False),
                NumberStability(3, (0.95, 0.9, 0.6), 0.3, 0.4, own=True),
            ],
            own=HOSTILE,
            quick="k-Means",
            theme=theme,
            **WORDS,
        ),
        "cross": cross_table(
            ["B Bedächtige", HOSTILE],
            ["Gruppe 1", "Gruppe 2"],
            [[120, None], [0, 7]],
            row_title=HOSTILE,
            column_title="k-Means",
            theme=theme,
            **WORDS,
        ),
        "shares": share_dots(
            {"Bewertung": {"Haushalt": 0.3, HOSTILE: 0.1}, HOSTILE: {"Haushalt": 0.2}},
            column="Ziel",
            theme=theme,
            **WORDS,
        ),
    }


def plotted(theme: ThemeName) -> Iterator[tuple[str, PlotlyFigure]]:
    for name, figure in charts(theme).items():
        for one in (figure, as_scenario(figure, theme)):
            assert isinstance(one.figure, PlotlyFigure), name
            yield name, one.figure


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_chart_is_complete(theme: ThemeName) -> None:
    for name, figure in charts(theme).items():
        assert figure.sentence, name
        assert "n = 412" in figure.subtitle, name
        assert len(figure.alt) > 20, name
        assert figure.table.rows, name
        assert all(len(row) == len(figure.table.columns) for row in figure.table.rows), name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_hold_no_markup_from_data(theme: ThemeName) -> None:
    for name, figure in plotted(theme):
        text = json.dumps(figure.to_plotly_json(), default=str, ensure_ascii=False)
        for sink in ("<a", "<script", "%{x}", "$y$"):
            assert sink not in text, (name, sink)
        assert figure.layout.separators == ",.", name


def test_a_type_keeps_its_mark_and_colour_whatever_its_place() -> None:
    colours = palette("light")
    columns = charts("light")["columns"].figure
    assert isinstance(columns, PlotlyFigure)
    for trace, column in zip(columns.data, TYPES, strict=True):
        assert trace.marker.symbol == mark_of_type(column.type_id)
        assert trace.marker.color == colours.type_colour(column.type_id)
    places = charts("light")["map"].figure
    assert isinstance(places, PlotlyFigure)
    assert [trace.marker.color for trace in places.data] == [
        colours.type_colour(kind) for kind in ("B", "C", "G1")
    ]


def test_goals_that_tell_types_apart_come_first() -> None:
    rows = charts("light")["columns"].table.rows
    assert [row[0] for row in rows] == [HOSTILE, "Haushalt", "Bürgernähe"]


def test_intervals_stand_in_the_table() -> None:
    [row] = [row for row in charts("light")["columns"].table.rows if row[0] == "Bürgernähe"]
    assert row[1] == "+0,10 (0,00 bis 0,20)"
    assert row[2] == "+0,20"


def test_a_municipality_between_two_types_is_hollow_and_every_mark_has_its_key() -> None:
    figure = charts("light")["map"].figure
    assert isinstance(figure, PlotlyFigure)
    marks = {
        p[0]: s for t in figure.data for p, s in zip(t.customdata, t.marker.symbol, strict=True)
    }
    assert marks == {"01": "square", "02": f"{mark_of_type('G1')}-open", "03": "triangle-up"}
    assert figure.layout.dragmode == "lasso"


def test_small_cells_of_a_cross_table_are_not_counted_out() -> None:
    assert charts("light")["cross"].table.rows == (
        ("B Bedächtige", 120, FEW),
        (HOSTILE, 0, 7),
    )


def test_fit_names_the_best_number_of_each_criterion() -> None:
    figure = charts("light")["fit"].figure
    assert isinstance(figure, PlotlyFigure)
    labels = {a.text: a.x for a in figure.layout.annotations}
    assert labels["BIC am besten"] == 4
    assert labels["ICL am besten"] == 3


def test_numbers_of_types_far_off_are_named_at_the_frame() -> None:
    fits = [
        NumberFit(k, bic, bic, 30, k, "1 von 1") for k, bic in ((1, 9000.0), (2, 20.0), (3, 0.0))
    ]
    figure = fit_by_number(fits, **WORDS).figure
    assert isinstance(figure, PlotlyFigure)
    assert any(a.text == "↓ 9.000" and a.x == 1 for a in figure.layout.annotations)


def test_the_watermark_says_scenario_and_leaves_the_original_alone() -> None:
    figure = charts("light")["fit"]
    marked = as_scenario(figure)
    assert isinstance(figure.figure, PlotlyFigure)
    assert isinstance(marked.figure, PlotlyFigure)
    assert SCENARIO in {a.text for a in marked.figure.layout.annotations}
    assert SCENARIO not in {a.text for a in figure.figure.layout.annotations}
    assert SCENARIO in marked.alt


def test_many_panels_say_their_scale_once() -> None:
    many = [TypeColumn(f"G{n}", f"Gruppe {n}", (0.1, 1.5, -0.4)) for n in range(1, 9)]
    figure = type_columns(GOALS, many, **WORDS)
    assert isinstance(figure.figure, PlotlyFigure)
    assert figure.subtitle == "n = 412 · jedes Feld von −1,6 bis +1,6"
    assert list(figure.figure.layout.xaxis8.ticktext) == ["0"]


def test_long_type_names_break_at_a_hyphen_below_their_letter() -> None:
    columns = ["S Serviceorientierte", "C Community Manager", "nicht zuordenbar", "Gruppe 1"]
    figure = cross_table(
        ["a"], [*columns, "Gruppe 1"], [[5] * 5], row_title="", column_title="", **WORDS
    )
    assert isinstance(figure.figure, PlotlyFigure)
    assert list(figure.figure.data[0].x) == [
        "S<br>Service-<br>orientierte",
        "C<br>Community<br>Manager",
        "nicht<br>zuordenbar",
        "Gruppe 1",
        "Gruppe 1\u200b",
    ]
