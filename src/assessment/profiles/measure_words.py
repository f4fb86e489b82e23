"""The values of a measure in words: effort, horizon, obligation, cost kind, legal references."""

from datetime import date

from assessment.german import format_date
from assessment.measures.model import ACROSS, Measure, Obligation
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire


def effort_word(effort: int) -> str:
    """1 „sehr gering“ … 5 „sehr hoch“; benefit is worded alike."""
    return sentence(f"effort.{effort}")


def horizon_word(measure: Measure) -> str:
    """„kurz (bis 12 Monate)“."""
    return sentence(f"horizon.{measure.horizon.value}")


def obligation_word(measure: Measure) -> str:
    """„Pflicht“, „zum Teil Pflicht“, „freiwillig“."""
    return sentence(f"obligation.{measure.obligation.value}")


def obligation_note(measure: Measure, *, voluntary_mark: bool) -> str:
    """What is to be checked or said about it; ``""`` for a plain duty or choice."""
    if measure.obligation is Obligation.PARTLY:
        return sentence("measure.partly_note")
    return sentence("measure.voluntary_note") if voluntary_mark else ""


def legal_lines(measure: Measure, text: str = "measure.legal") -> tuple[str, ...]:
    """References with the day they were last looked up, those of the same day together.

    ``text``: the sentence that says the day.
    """
    if not measure.legal:
        return (sentence("measure.no_legal"),)
    days: dict[date | None, list[str]] = {}
    for basis in measure.legal:
        days.setdefault(basis.checked, []).append(basis.text)
    return tuple(
        sentence(text, text="; ".join(texts), day=format_date(day))
        if day
        else sentence("measure.legal_undated", text="; ".join(texts))
        for day, texts in days.items()
    )


def dimension_name(questionnaire: Questionnaire, dimension: str) -> str:
    """Name of a field; the id where the questionnaire doesn't know it."""
    if dimension == ACROSS:
        return sentence("measure.across")
    known = questionnaire.dimension_by_id.get(dimension)
    return known.name if known else dimension


def step_words(level: int, expected: int) -> str:
    """„Stufe 1 → 2“."""
    text = "measure.step" if expected > level else "measure.step_same"
    return sentence(text, level=level, expected=expected)
