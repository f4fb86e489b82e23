"""Which questions of two questionnaire versions are the same question."""

from collections.abc import Collection

from assessment.comparison.wave_types import ItemChange
from assessment.questionnaire.model import Item, Questionnaire, ScoringRule

NEW = "in der früheren Welle nicht gefragt"
GONE = "in der späteren Welle nicht mehr gefragt"
KIND = "Art der Frage geändert"
WORDING = "Wortlaut geändert"
OPTIONS = "Antworten geändert"
OPTION_WORDING = "Wortlaut der Antworten geändert"
POINTS = "Wertung geändert"
NOT_COLLECTED = "in einer der Wellen nicht erhoben"


def comparable_items(
    before: Questionnaire,
    after: Questionnaire,
    collected: Collection[str] | None = None,
) -> tuple[ItemChange, ...]:
    """All questions scored in either version, in the later one's order, then those that are gone.

    A question is the same if kind, wording, answers (codes, kinds, wording) and points are.
    Weights and fields don't matter: both waves are scored with the later ones. ``collected``: ids
    with answers in both files; ``None`` = all.
    """
    earlier = {item.id: item for item in before.items}
    later = {item.id: item for item in after.items}
    found = []
    for item in after.items:
        former = earlier.get(item.id)
        if _scored(item) or (former is not None and _scored(former)):
            reason = NEW if former is None else _difference(former, item)
            if not reason and collected is not None and item.id not in collected:
                reason = NOT_COLLECTED
            found.append(ItemChange(item.id, not reason, reason))
    found += [
        ItemChange(item.id, False, GONE)
        for item in before.items
        if _scored(item) and item.id not in later
    ]
    return tuple(found)


def _scored(item: Item) -> bool:
    return bool(item.dimension) and item.weight > 0 and item.scoring is not ScoringRule.NONE


def _difference(former: Item, item: Item) -> str:
    """What makes it another question; ``""`` if nothing does."""
    if former.kind is not item.kind:
        return KIND
    if _essence(former.text) != _essence(item.text):
        return WORDING
    if [(o.code, o.kind) for o in former.options] != [(o.code, o.kind) for o in item.options]:
        return OPTIONS
    if [_essence(o.label) for o in former.options] != [_essence(o.label) for o in item.options]:
        return OPTION_WORDING
    if _scoring(former) != _scoring(item):
        return POINTS
    return ""


def _scoring(item: Item) -> tuple[object, ...]:
    return (item.scoring, item.max_points, *(option.points for option in item.options))


def _essence(text: str) -> str:
    """Letters and digits only: commas, dashes and quotation marks don't make another question."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
