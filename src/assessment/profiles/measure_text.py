"""What the catalogue says about one measure, in words."""

from dataclasses import dataclass

from assessment.measures.model import ACROSS, Measure
from assessment.profiles.measure_words import (
    dimension_name,
    effort_word,
    horizon_word,
    legal_lines,
    obligation_word,
)
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire


@dataclass(frozen=True, slots=True)
class MeasureText:
    """What the catalogue says about a measure, in words."""

    id: str
    title: str
    description: str
    dimension: str
    field: str
    """Name of the field whose level decides."""
    fields: tuple[str, ...]
    """Names of action field and management field."""
    obligation: str
    """Code, for filters."""
    obligation_word: str
    effort: int
    effort_word: str
    benefit_word: str
    horizon: str
    horizon_word: str
    cost_word: str
    responsible: str
    involved: tuple[str, ...]
    indicator: str
    climate: str
    legal: tuple[str, ...]


def measure_text(measure: Measure, questionnaire: Questionnaire) -> MeasureText:
    """A measure of the catalogue in words."""
    fields = dict.fromkeys((measure.dimension, measure.action_field, measure.management_field))
    return MeasureText(
        id=measure.id,
        title=measure.title,
        description=measure.description,
        dimension=measure.dimension,
        field=dimension_name(questionnaire, measure.dimension),
        fields=tuple(dimension_name(questionnaire, each) for each in fields if each != ACROSS),
        obligation=measure.obligation.value,
        obligation_word=obligation_word(measure),
        effort=measure.effort,
        effort_word=effort_word(measure.effort),
        benefit_word=effort_word(measure.benefit),
        horizon=measure.horizon.value,
        horizon_word=horizon_word(measure),
        cost_word=sentence(f"cost_kind.{measure.cost_kind.value}"),
        responsible=measure.responsible,
        involved=measure.involved,
        indicator=measure.indicator,
        climate=sentence(f"climate.{measure.climate.value}"),
        legal=legal_lines(measure),
    )
