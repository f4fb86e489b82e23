"""What a municipality can report as yes or no: options ticked, levels reached, statements agreed.

Confidential questions, goals, targets and structure are left out; „weiß nicht“, „nicht zuständig“
and gaps are no answers.
"""

from dataclasses import dataclass

import numpy as np

from assessment.questionnaire.model import Item, ItemKind, OptionKind, Role
from assessment.scoring.item_points import points_of_answer
from assessment.survey import AnswerStatus, Survey

LEVEL_FROM, RATING_FROM = 50.0, 75.0
"""Points from which on a level counts as well under way, an agreement as given."""
_LEFT_OUT = frozenset(Role) - {Role.CURRENT_LEVEL, Role.EVIDENCE}


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a municipality may report."""

    item: str
    text: str
    """Question and answer in a few words."""
    dimension: str


@dataclass(frozen=True, slots=True, eq=False)
class Statements:
    """All statements of a survey; both arrays are bool of shape (municipalities, statements)."""

    all: tuple[Statement, ...]
    answered: np.ndarray
    yes: np.ndarray


def statements_of(survey: Survey) -> Statements:
    """All statements of the survey's questionnaire, in its order."""
    found: list[Statement] = []
    answered: list[np.ndarray] = []
    yes: list[np.ndarray] = []
    for item in survey.questionnaire.items:
        if item.id not in survey.answers.columns or not _speaks(item):
            continue
        known = survey.status[item.id].to_numpy() == AnswerStatus.ANSWERED
        coded = survey.answers[item.id].astype("category").cat
        values = [str(value) for value in coded.categories]
        codes = coded.codes.to_numpy()
        for statement, holds in _read(item, values):
            by_value = np.array([*holds, False], dtype=bool)
            found.append(statement)
            answered.append(known & (codes >= 0))
            yes.append(by_value[codes] & answered[-1])
    shape = (len(survey.keys), 0)
    return Statements(
        tuple(found),
        np.stack(answered, axis=1) if found else np.zeros(shape, dtype=bool),
        np.stack(yes, axis=1) if found else np.zeros(shape, dtype=bool),
    )


def _speaks(item: Item) -> bool:
    kinds = (ItemKind.MULTIPLE, ItemKind.LEVEL, ItemKind.RATING)
    # Agreement with a reversed statement would read as praise of the opposite.
    return (
        item.kind in kinds
        and not item.sensitive
        and item.polarity == 1
        and not _LEFT_OUT & set(item.roles)
    )


def _read(item: Item, values: list[str]) -> list[tuple[Statement, list[bool]]]:
    """Statements of one item and, per distinct stored answer, whether they hold."""
    field = item.dimension or ""
    if item.kind is ItemKind.MULTIPLE:
        ticked = [set(value.split(";")) for value in values]
        return [
            (
                Statement(item.id, f"{item.text} – {option.label}", field),
                [option.code in codes for codes in ticked],
            )
            for option in item.options
            if option.kind is OptionKind.ANSWER
        ]
    limit = LEVEL_FROM if item.kind is ItemKind.LEVEL else RATING_FROM
    reached = [o for o in item.answer_options if points_of_answer(item, o.code) >= limit]
    if not reached or len(reached) == len(item.answer_options):
        return []
    least = "" if len(reached) == 1 else "mindestens: "
    text = f"{item.text.rstrip('.')} – {least}{reached[0].label}"
    codes = {option.code for option in reached}
    return [(Statement(item.id, text, field), [value in codes for value in values])]
