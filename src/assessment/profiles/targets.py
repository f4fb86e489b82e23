"""Soll-Ist: the levels a municipality wants to reach against those it has."""

from dataclasses import dataclass

from assessment.comparison.targets import target_levels
from assessment.german import count_of
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire
from assessment.survey import Survey


@dataclass(frozen=True, slots=True)
class TargetGap:
    """One field with a target. Levels count from 0; ``gap`` is 0 where the target is reached."""

    dimension: str
    name: str
    current: int
    target: int
    gap: int
    sentence: str


def target_gaps(survey: Survey, key: str) -> tuple[TargetGap, ...]:
    """Fields with both answers, the largest gap first, equals in questionnaire order."""
    questionnaire = survey.questionnaire
    found = []
    for dimension, (current, target) in target_levels(survey, key).items():
        name = _name(questionnaire, dimension)
        text = "target.row" if target > current else "target.reached"
        found.append(
            TargetGap(
                dimension,
                name,
                current,
                target,
                max(0, target - current),
                sentence(text, name=name, current=current, target=target),
            )
        )
    return tuple(sorted(found, key=lambda gap: -gap.gap))


def target_sentence(gaps: tuple[TargetGap, ...]) -> str:
    """One sentence over all fields with a target."""
    if not gaps:
        return sentence("target.none")
    open_gaps = sum(gap.gap > 0 for gap in gaps)
    if not open_gaps:
        return sentence("target.all_reached")
    return sentence("target.summary", part=count_of(open_gaps, len(gaps)))


def _name(questionnaire: Questionnaire, dimension: str) -> str:
    """Of a dimension, or of the level question that stands for itself."""
    known = questionnaire.dimension_by_id.get(dimension)
    return known.name if known else questionnaire[dimension].text
