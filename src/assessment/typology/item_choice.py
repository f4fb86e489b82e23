"""Which questions of a foreign survey a first grouping may rest on when nobody chose any."""

from collections import defaultdict

from assessment.questionnaire.model import Item, ItemKind
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus, Survey

_LEAST_BATTERY = 4
_LEAST_ANSWERED = 0.5
_FALLBACKS = (
    ((ItemKind.RANKING, ItemKind.MULTIPLE), 1),
    ((ItemKind.RATING, ItemKind.LEVEL), 3),
    ((ItemKind.SINGLE,), 3),
    ((ItemKind.INTEGER, ItemKind.DECIMAL), 3),
)
"""Kinds with the least number of questions; one ranking alone has several options."""


def battery_of(survey: Survey) -> tuple[str, ...]:
    """Ids of the largest battery: questions rated on the same scale, at least half answered.

    Without a battery of four the first of these that has any: rankings and multiple choices,
    ratings, single choices, numbers. A convenience for a first look, not a finding: only who knows
    the survey can say which questions are goals.

    Raises ``InputRefused`` (``NO_GOALS``) where no question can be grouped by.
    """
    usable = [item for item in survey.questionnaire.items if _answered(survey, item)]
    batteries: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in usable:
        if item.kind in (ItemKind.RATING, ItemKind.LEVEL):
            batteries[tuple(option.label for option in item.answer_options)].append(item)
    # max keeps the first of equals, so the order of the questionnaire decides.
    largest = max(batteries.values(), key=len, default=[])
    if len(largest) >= _LEAST_BATTERY:
        return tuple(item.id for item in largest)
    for kinds, least in _FALLBACKS:
        found = tuple(item.id for item in usable if item.kind in kinds)
        if len(found) >= least:
            return found
    raise InputRefused(
        "NO_GOALS",
        "Die Datei enthält keine Fragen, nach denen sich gruppieren lässt; bitte mit --items "
        "Bewertungen, Auswahlfragen, Rangfolgen oder Zahlen angeben.",
    )


def _answered(survey: Survey, item: Item) -> bool:
    if item.id not in survey.status.columns:
        return False
    answered = survey.status[item.id] == AnswerStatus.ANSWERED
    return bool(answered.mean() >= _LEAST_ANSWERED)
