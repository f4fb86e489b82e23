"""Levels a municipality wants to reach, as it answered, beside those it has."""

from assessment.questionnaire.model import Item, OptionKind, Role
from assessment.survey import Survey


def target_levels(survey: Survey, key: str) -> dict[str, tuple[int, int]]:
    """Dimension → (current, target) level, counted from 0, where both are answered.

    In questionnaire order; a level question outside any dimension stands under its own id.
    """
    questionnaire = survey.questionnaire
    found = {}
    for item in questionnaire.with_role(Role.TARGET_LEVEL):
        if item.target_of is None:
            continue
        current_item = questionnaire[item.target_of]
        current, target = _level(survey, key, current_item), _level(survey, key, item)
        if current is not None and target is not None:
            found[current_item.dimension or current_item.id] = (current, target)
    return found


def _level(survey: Survey, key: str, item: Item) -> int | None:
    if item.id not in survey.answers.columns:
        return None
    answer = survey.answers.at[key, item.id]
    codes = [option.code for option in item.options if option.kind is OptionKind.ANSWER]
    return codes.index(answer) if isinstance(answer, str) and answer in codes else None
