"""Rows of a matrix share their answers: one scale is inferred for all of them together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assessment.german import fold
from assessment.questionnaire.inference.grouping import Question
from assessment.questionnaire.inference.scales import prefix_number
from assessment.questionnaire.inference.single import SCALE_MAX, Decision, decide
from assessment.questionnaire.inference.values import ColumnValues
from assessment.questionnaire.model import ItemKind

MERGED = frozenset({ItemKind.SINGLE, ItemKind.RATING, ItemKind.LEVEL})
SAME_SCALE = 0.8
"""Share of numbered columns that must reach the highest number for one common scale."""


def decide_rows(question: Question, rows: Sequence[ColumnValues]) -> dict[int, Decision]:
    """A decision per column position; columns with a common scale get the same options."""
    decisions: dict[int, Decision] = {}
    for alike in _alike(question, rows):
        if len(alike) > 1:
            common = decide(_merged(question, alike))
            if common.kind in MERGED and common.options:
                reason = f"{len(alike)} Zeilen mit denselben Antworten. {common.reason}"
                shared = replace(common, reason=reason)
                decisions |= {values.position: shared for values in alike}
                continue
        decisions |= {values.position: decide(values) for values in alike}
    return decisions


def _merged(question: Question, columns: Sequence[ColumnValues]) -> ColumnValues:
    """All values of several columns as if they stood in one, under the header they share."""
    first = question.first
    header = first.question or question.stem or first.code
    source = replace(columns[0].source, header=header)
    spelling: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for values in columns:
        for text, count in values.counts.items():
            counts[spelling.setdefault(fold(text), text)] += count
    ordered = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    rows = sum(values.rows for values in columns)
    return ColumnValues(source, (), ordered, rows, 0)


def _alike(question: Question, rows: Sequence[ColumnValues]) -> list[list[ColumnValues]]:
    """Rows bundled where a common scale is plausible; the others stand alone."""
    numbered = [values for values in rows if _small_numbers(values)]
    if not question.explicit and not _reach_the_same(numbered):
        numbered = []
    worded = [values for values in rows if values not in numbered and _wordy(values)]
    single = [[values] for values in rows if values not in numbered and values not in worded]
    return [*([numbered] if numbered else []), *_connected(worded), *single]


def _connected(rows: Sequence[ColumnValues]) -> list[list[ColumnValues]]:
    """Rows linked by common answers, directly or over other rows, whatever their order."""
    bundles: list[list[ColumnValues]] = []
    for values in rows:
        linked = [bundle for bundle in bundles if any(_overlap(values, other) for other in bundle)]
        bundles = [bundle for bundle in bundles if bundle not in linked]
        bundles.append([*(member for bundle in linked for member in bundle), values])
    ordered = [sorted(bundle, key=lambda values: values.position) for bundle in bundles]
    return sorted(ordered, key=lambda bundle: bundle[0].position)


def _small_numbers(values: ColumnValues) -> bool:
    """True for points of a numbered scale, some of them perhaps worded (``1 (gar nicht)``)."""
    return (
        bool(values.answers)
        and not values.labels
        and len(values.answers) <= SCALE_MAX + 1
        and all(number is not None and 0 <= number <= SCALE_MAX for number in _points(values))
    )


def _points(values: ColumnValues) -> list[float | None]:
    return [values.numbers.get(text, prefix_number(text)) for text in values.answers]


def _reach_the_same(columns: Sequence[ColumnValues]) -> bool:
    highest = [max(point or 0 for point in _points(values)) for values in columns]
    return bool(highest) and highest.count(max(highest)) >= SAME_SCALE * len(highest)


def _wordy(values: ColumnValues) -> bool:
    return (
        0 < len(values.answers) <= 15
        and not values.labels
        and values.number_share < 1
        and max(map(len, values.answers)) <= 120
    )


def _overlap(one: ColumnValues, other: ColumnValues) -> bool:
    common = len(one.squeezed & other.squeezed)
    return common >= 0.5 * min(len(one.squeezed), len(other.squeezed))
