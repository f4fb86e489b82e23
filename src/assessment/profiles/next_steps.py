"""What to begin with: three measures, each with effort, time, kind of cost and „what if not“."""

from dataclasses import dataclass

from assessment.measures.advice_types import Advice
from assessment.measures.model import Catalogue
from assessment.profiles.measure_profile import MeasureRow, first_measures
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire

MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """One measure in words; no date is made up where none has been set."""

    id: str
    title: str
    field: str
    step: str
    """„Stufe 1 → 2“."""
    effort_word: str
    until: str
    """„in etwa einem Jahr“, by the measure's horizon."""
    line: str
    """Effort and time in one line."""
    cost_word: str
    reason: str
    """The gap it rests on."""
    without: str
    mark: str
    """„Pflicht“, „zum Teil Pflicht“, „freiwillig“ or ``""``."""
    note: str


def next_steps(
    advice: Advice, catalogue: Catalogue, questionnaire: Questionnaire
) -> tuple[tuple[NextStep, ...], str]:
    """The first three measures, the same as on the page of measures, and the note below them."""
    found = first_measures(advice, catalogue, questionnaire)
    steps = tuple(_step(row) for row in found[:MOST_STEPS])
    if steps:
        return steps, sentence("next_step.note")
    nothing = bool(advice.not_rated) and not advice.recommendations
    return (), sentence("next_step.nothing_rated" if nothing else "next_step.none")


def _step(row: MeasureRow) -> NextStep:
    until = sentence(f"next_step.until_{row.text.horizon}")
    return NextStep(
        row.text.id,
        row.text.title,
        row.text.field,
        row.step,
        row.text.effort_word,
        until,
        sentence("next_step.line", effort=row.text.effort_word, until=until),
        row.text.cost_word,
        row.reason,
        row.without,
        row.mark,
        row.note,
    )
