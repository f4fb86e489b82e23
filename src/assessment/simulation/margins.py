"""What the simulated answers reach of each published number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.questionnaire.model import OptionKind, Questionnaire
from assessment.simulation.assumptions import (
    Base,
    CodesMeasure,
    CountMeasure,
    Measure,
    OrderMeasure,
    PublishedNumber,
)
from assessment.simulation.simulated_survey import SimulatedSurvey

_NO_ANSWER = (OptionKind.DONT_KNOW, OptionKind.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Margin:
    """A published number and what the simulation reaches."""

    number: PublishedNumber
    percent: float | None
    """Share in percent among those who answered; ``None`` for orders and unasked numbers."""
    order: tuple[str, ...] = ()
    """Options by frequency, most frequent first, as many as the published order names."""
    answered: int = 0


def margins(simulated: SimulatedSurvey) -> tuple[Margin, ...]:
    """All published numbers of the assumptions, measured on the simulated answers."""
    return tuple(
        _margin(number, number.measure, simulated) for number in simulated.assumptions.published
    )


def _margin(number: PublishedNumber, measure: Measure | None, data: SimulatedSurvey) -> Margin:
    if measure is None:
        return Margin(number, None)
    answered = _answered(data.questionnaire, data.answers, measure.item)
    if isinstance(measure, OrderMeasure):
        named = Counter(code for text in answered.values() for code in text.split(";"))
        order = tuple(code for code, _ in named.most_common(len(measure.options)))
        return Margin(number, None, order, len(answered))
    if isinstance(measure, CodesMeasure) and measure.base is not None:
        inside = _holders(data.answers, measure.base)
        answered = {row: text for row, text in answered.items() if row in inside}
    hits = sum(_hit(measure, set(text.split(";"))) for text in answered.values())
    share = 100 * hits / len(answered) if answered else float("nan")
    return Margin(number, share, (), len(answered))


def _hit(measure: CodesMeasure | CountMeasure, given: set[str]) -> bool:
    if isinstance(measure, CodesMeasure):
        return not given.isdisjoint(measure.codes)
    return measure.at_least <= len(given & set(measure.options)) <= measure.at_most


def _answered(
    questionnaire: Questionnaire, answers: Mapping[str, np.ndarray], item: str
) -> dict[int, str]:
    """Row → answer, without blanks, „weiß nicht“ and „nicht zuständig“."""
    none = {o.code for o in questionnaire[item].options if o.kind in _NO_ANSWER}
    return {
        row: text for row, text in enumerate(answers[item]) if text is not None and text not in none
    }


def _holders(answers: Mapping[str, np.ndarray], base: Base) -> set[int]:
    return {row for row, text in enumerate(answers[base.item]) if text in base.codes}
