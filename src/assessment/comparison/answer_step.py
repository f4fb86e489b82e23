"""What one answer explains: by how much a field's points move if one answer changes by one step.

Self-assessments are uncertain by about one step of the answer scale. A difference that a single
such step in a single question explains says nothing, so it is the unit in which differences are
judged: 25 points in a field of one five-step question, a few points in a field of many questions.
"""

from itertools import pairwise

from assessment.questionnaire.model import Item, ItemKind, OptionKind, Questionnaire
from assessment.scoring.item_points import points_of_answer

LEAST_NOISE = 5
"""Points below which a difference is never spoken of, however many questions a field has."""


def noise_of(questionnaire: Questionnaire, dimension: str, *, short_form: bool = False) -> int:
    """Points (whole, at least 5) by which two values may differ without meaning anything."""
    return noise_of_step(answer_step(questionnaire, dimension, short_form=short_form))


def noise_of_step(step: float) -> int:
    """The same from the most one answer's step moves a score, 0–100."""
    return max(LEAST_NOISE, int(step + 0.5))


def item_noise(item: Item) -> int:
    """The same for a single question: its largest step, in whole points, at least 5."""
    return noise_of_step(item_step(item))


def answer_step(questionnaire: Questionnaire, dimension: str, *, short_form: bool = False) -> float:
    """The most one answer's step moves the dimension's score, 0–100; 0 without own questions.

    ``short_form``: only the short form was asked, so each question weighs more.
    """
    items = [
        item for item in questionnaire.scored_items(dimension) if item.short_form or not short_form
    ]
    total = sum(item.weight for item in items)
    return max((item.weight / total * item_step(item) for item in items), default=0.0)


def item_step(item: Item) -> float:
    """The largest gap between neighbouring answers of one question, in points 0–100."""
    counted = [o for o in item.options if o.kind in (OptionKind.ANSWER, OptionKind.NONE_OF_THESE)]
    points = [points_of_answer(item, option.code) for option in counted]
    if item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING):
        # A step is one tick more or less.
        return max((value for value in points if value == value), default=0.0)
    known = sorted({value for value in points if value == value})
    return max((high - low for low, high in pairwise(known)), default=0.0)
