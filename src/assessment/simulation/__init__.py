"""Simulated samples of fictitious municipalities, generated from declared assumptions."""

from assessment.simulation.assumptions import Assumptions, load_assumptions, read_assumptions
from assessment.simulation.limesurvey_export import SHEET_NAME, TITLE, write_export
from assessment.simulation.margins import Margin, margins
from assessment.simulation.simulated_survey import SimulatedSurvey, simulate
from assessment.simulation.turnover import second_wave

__all__ = [
    "SHEET_NAME",
    "TITLE",
    "Assumptions",
    "Margin",
    "SimulatedSurvey",
    "load_assumptions",
    "margins",
    "read_assumptions",
    "second_wave",
    "simulate",
    "write_export",
]
