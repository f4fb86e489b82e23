"""Soll-Ist: the levels a municipality wants to reach against those it has."""

from dataclasses import dataclass

from assessment.german import count_of
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Item, OptionKind, Questionnaire, Role
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
    for item in questionnaire.with_role(Role.TARGET_LEVEL):
        if item.target_of is None:
            continue
        current_item = questionnaire[item.target_of]
        current, target = _level(survey, key, current_item), _level(survey, key, item)
        if current is None or target is None:
            continue
        name = _name(questionnaire, current_item)
        text = "target.row" if target > current else "target.reached"
        found.append(
            TargetGap(
                current_item.dimension or current_item.id,
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


def _level(survey: Survey, key: str, item: Item) -> int | None:
    if item.id not in survey.answers.columns:
        return None
    answer = survey.answers.at[key, item.id]
    codes = [option.code for option in item.options if option.kind is OptionKind.ANSWER]
    return codes.index(answer) if isinstance(answer, str) and answer in codes else None


def _name(questionnaire: Questionnaire, item: Item) -> str:
    dimension = questionnaire.dimension_by_id.get(item.dimension or "")
    return dimension.name if dimension else item.text
