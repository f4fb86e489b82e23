"""How the lab shows a chart: with „Szenario“ across it until the typology is official."""

from assessment.figures.figure import Figure
from assessment.figures.style import ThemeName
from assessment.figures.watermark import as_scenario
from assessment.ui.components import show_figure


def show_lab_figure(
    figure: Figure, *, key: str, scenario: bool, theme: ThemeName, heading: bool = True
) -> None:
    """A chart of the lab; ``scenario`` puts the watermark on it."""
    show_figure(as_scenario(figure, theme) if scenario else figure, key=key, heading=heading)
