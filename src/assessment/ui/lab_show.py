"""How the lab shows a chart: drawn once, with „Szenario“ across it until it is official."""

from collections.abc import Callable

from assessment.figures.figure import Figure
from assessment.figures.style import ThemeName
from assessment.figures.watermark import as_scenario
from assessment.ui.components import origin_line, show_figure

SCENARIO = "Szenario des Typologie-Labors, nicht die Typologie der anderen Seiten"
"""What a file of numbers says that is not official."""

Drawn = dict[tuple[str, ThemeName, bool], Figure]
"""Charts of one result by key, colour scheme and whether they carry the watermark."""


def lab_figure(
    make: Callable[[], Figure], *, key: str, drawn: Drawn, scenario: bool, theme: ThemeName
) -> Figure:
    """A chart of the lab, drawn at first use; ``scenario`` puts the watermark on it."""
    place = (key, theme, scenario)
    if place not in drawn:
        figure = make()
        drawn[place] = as_scenario(figure, theme) if scenario else figure
    return drawn[place]


def show_lab_figure(
    make: Callable[[], Figure], *, key: str, drawn: Drawn, scenario: bool, theme: ThemeName
) -> None:
    """Show a chart of the lab with its question, sentence and table."""
    figure = lab_figure(make, key=key, drawn=drawn, scenario=scenario, theme=theme)
    show_figure(figure, key=key, origin=origin_line(SCENARIO) if scenario else None)
