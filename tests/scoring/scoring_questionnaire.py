"""Three level items in two blocks."""

from survey_builder import build_survey

from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Option,
    Questionnaire,
    ScoringRule,
)

_LEVELS = tuple(Option(code=str(i), label=f"Stufe {i}", points=25.0 * i) for i in range(5))
_PLACES = {"A": "HF1", "B": "HF2", "C": "MF1"}

QUESTIONNAIRE = Questionnaire(
    id="three",
    version="1",
    title="Drei Felder",
    dimensions=(
        Dimension(id="HF1", name="Bildung", block="HF"),
        Dimension(id="HF2", name="Gesundheit", block="HF"),
        Dimension(id="MF1", name="Strategie", block="MF"),
    ),
    items=tuple(
        Item(
            id=name,
            text=name,
            kind=ItemKind.LEVEL,
            dimension=dimension,
            options=_LEVELS,
            scoring=ScoringRule.POINTS,
            weight=1.0,
        )
        for name, dimension in _PLACES.items()
    ),
)


def level_rows(rows):
    """A survey with one row per mapping item -> level code."""
    return build_survey(QUESTIONNAIRE, rows)
