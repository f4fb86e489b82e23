"""Levels a municipality wants to reach, as it answered, beside those it has."""

from assessment.questionnaire.model import Item, Role
from assessment.survey import Survey


def target_levels(survey: Survey, key: str) -> dict[str, tuple[int, int]]:
    """Dimension → (current, target) level, counted from 0, where both are answered.

    In questionnaire order; a level question outside any dimension stands under its own id.
    """
    questionnaire = survey.questionnaire
    row = survey.rows[key]
    found = {}
    for item in questionnaire.with_role(Role.TARGET_LEVEL):
        if item.target_of is None:
            continue
        current_item = questionnaire[item.target_of]
        current, target = _level(survey, row, current_item), _level(survey, row, item)
        if current is not None and target is not None:
            found[current_item.dimension or current_item.id] = (current, target)
    return found


def _level(survey: Survey, row: int, item: Item) -> int | None:
    answer = survey.text_at(row, item.id)
    codes = [option.code for option in item.answer_options]
    return codes.index(answer) if answer is not None and answer in codes else None
