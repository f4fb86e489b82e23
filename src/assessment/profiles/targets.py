"""Soll-Ist: the levels a municipality wants to reach against those it has."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.comparison.targets import target_levels
from assessment.german import count_of
from assessment.profiles.field_names import listed_name
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire
from assessment.survey import Survey

_SURVEY = "gap_source.short_survey"


@dataclass(frozen=True, slots=True)
class TargetGap:
    """One field with a target. Levels count from 0; ``gap`` is 0 where the target is reached."""

    dimension: str
    name: str
    current: int
    target: int
    gap: int
    sentence: str
    source: str
    """„Erhebung“ or „Plan“: who says so."""


def target_gaps(
    survey: Survey, key: str, counted: Mapping[str, tuple[int, int]] | None = None
) -> tuple[TargetGap, ...]:
    """Fields with both levels, the largest gap first, equals in questionnaire order.

    ``counted``: (level, target) by field as plan and survey say it together; without it the
    survey's alone.
    """
    questionnaire = survey.questionnaire
    asked = target_levels(survey, key)
    planned = planned_targets(asked, counted)
    found = []
    levels = asked if counted is None else counted
    for dimension, (current, target) in _ordered(questionnaire, levels).items():
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
                sentence("gap_source.short_plan" if dimension in planned else _SURVEY),
            )
        )
    return tuple(sorted(found, key=lambda gap: -gap.gap))


def planned_targets(
    asked: Mapping[str, tuple[int, int]], counted: Mapping[str, tuple[int, int]] | None
) -> frozenset[str]:
    """Fields whose target that counts is not the one given in the survey but the plan's."""
    return frozenset(
        dimension
        for dimension, (_, target) in (counted or {}).items()
        if dimension not in asked or asked[dimension][1] != target
    )


def _ordered(
    questionnaire: Questionnaire, levels: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """In questionnaire order; level questions outside any dimension stay behind."""
    places = {each.id: place for place, each in enumerate(questionnaire.dimensions)}
    return dict(sorted(levels.items(), key=lambda entry: places.get(entry[0], len(places))))


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
    if dimension in questionnaire.dimension_by_id:
        return listed_name(questionnaire, dimension)
    return questionnaire[dimension].text
