"""What became of the questions behind a result: answered, weiß nicht, empty, nicht zuständig."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.survey import AnswerStatus


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Questions by what was answered; the five numbers add up to all questions."""

    answered: int
    dont_know: int
    missing: int
    """Left empty, or with an entry that could not be used (the ledger names it)."""
    not_applicable: int
    """Nicht zuständig."""
    not_asked: int


def answer_counts(items: Iterable[str], status: Mapping[str, int]) -> AnswerCounts:
    """Count items of one municipality; an item without a column was not asked."""
    found = [AnswerStatus(status.get(item, AnswerStatus.NOT_ASKED)) for item in items]
    known = (
        AnswerStatus.ANSWERED,
        AnswerStatus.DONT_KNOW,
        AnswerStatus.NOT_APPLICABLE,
        AnswerStatus.NOT_ASKED,
    )
    answered, dont_know, not_applicable, not_asked = (found.count(one) for one in known)
    missing = len(found) - answered - dont_know - not_applicable - not_asked
    return AnswerCounts(answered, dont_know, missing, not_applicable, not_asked)
