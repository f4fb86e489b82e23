"""Do the values of a column fit an item? Guards against headers that only look familiar."""

import numpy as np

from assessment.importing.coded_values import OptionReader, read_common
from assessment.importing.many_columns import PLACE
from assessment.importing.option_lists import read_list, read_rank, read_tick
from assessment.importing.plain_values import read_date, read_number, writes_english
from assessment.questionnaire.model import Item, ItemKind
from assessment.source_column import SourceColumn
from assessment.survey import AnswerStatus
from assessment.table import CellValue

MAX_VALUES = 200
"""Distinct values looked at; enough for a share, whatever the length of the file."""


def readable_share(
    item: Item, option: str | None, column: SourceColumn, reader: OptionReader
) -> float:
    """Share of filled cells that can be read as an answer to ``item``; 1.0 if none are filled."""
    values = column.column.values[:MAX_VALUES]
    counts = np.bincount(column.column.codes, minlength=len(column.column.values))
    filled = readable = 0
    english = writes_english(values) if item.kind in _NUMBERS else False
    for value, count in zip(values, counts.tolist(), strict=False):
        common = read_common(value, {}, column.column.missing)
        if common is not None:
            continue
        filled += count
        readable += count * _reads(item, option, value, reader, english, column)
    return readable / filled if filled else 1.0


_NUMBERS = (ItemKind.INTEGER, ItemKind.DECIMAL)


def _reads(
    item: Item,
    option: str | None,
    value: CellValue,
    reader: OptionReader,
    english: bool,
    column: SourceColumn,
) -> bool:
    if item.kind in _NUMBERS:
        return read_number(value, english).value is not None
    if item.kind is ItemKind.DATE:
        return read_date(value, american=False).value is not None
    if not item.kind.coded:
        return True
    if option is not None and not option.startswith(PLACE):
        if item.kind is ItemKind.RANKING:
            return read_rank(item, value, {})[0].status is not AnswerStatus.INVALID
        tick, _ = read_tick(item.option_by_code[option], value, {})
        return tick.status is not AnswerStatus.INVALID
    if item.kind is ItemKind.MULTIPLE or (item.kind is ItemKind.RANKING and option is None):
        return read_list(reader, value, {}).status is not AnswerStatus.INVALID
    labels = column.column.value_labels
    return reader.read(value, {}, frozenset(), labels).status is not AnswerStatus.INVALID
