"""Clean the answers by rule: every item's columns become one typed column with a status.

Works on the distinct values of a column and spreads the result by index, so that ten thousand rows
cost hardly more than ten. Nothing is ever filled in.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
import pandas as pd

from assessment.importing.coded_values import OptionReader, Reading, read_common, read_placeholder
from assessment.importing.column_changes import ChangeLog
from assessment.importing.dialects.view import cell_text
from assessment.importing.many_columns import clean_ranking, clean_selection
from assessment.importing.mapping import ColumnMapping
from assessment.importing.option_lists import judge_ranking, judge_selection, read_list
from assessment.importing.plain_values import (
    Plain,
    as_text,
    read_date,
    read_number,
    writes_english,
    writes_us_dates,
)
from assessment.importing.recognition import Recognition
from assessment.ledger import Change
from assessment.questionnaire.model import Item, ItemKind, Questionnaire
from assessment.remarks import Remark
from assessment.source_column import SourceColumn
from assessment.survey import AnswerStatus
from assessment.table import CellValue


@dataclass(frozen=True, slots=True, eq=False)
class CleanItem:
    """One item over all data rows: ``values`` as :class:`assessment.survey.Survey` documents."""

    values: pd.Categorical | np.ndarray
    status: np.ndarray
    """int8 values of ``AnswerStatus``, shape (rows,)."""


@dataclass(frozen=True, slots=True, eq=False)
class CleanedAnswers:
    """All items of the file in questionnaire order, with what was changed and what is wrong."""

    items: Mapping[str, CleanItem]
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...]


def clean_answers(
    recognition: Recognition, mapping: ColumnMapping, questionnaire: Questionnaire
) -> CleanedAnswers:
    """Read the mapped columns of all data rows according to the questionnaire."""
    by_position = {column.column.position: column for column in recognition.columns}
    sources: dict[str, list[tuple[str | None, SourceColumn]]] = defaultdict(list)
    for target in mapping.taken:
        if target.item is not None:
            sources[target.item].append((target.option, by_position[target.position]))
    log = ChangeLog(recognition, proposed=questionnaire.proposed)
    items = {
        item.id: _clean_item(item, sources[item.id], recognition.special, log)
        for item in questionnaire.items
        if item.id in sources
    }
    return CleanedAnswers(items, log.changes(), log.remarks())


def _clean_item(
    item: Item,
    sources: Sequence[tuple[str | None, SourceColumn]],
    special: Mapping[str, str],
    log: ChangeLog,
) -> CleanItem:
    parts = [(option, source) for option, source in sources if option is not None]
    if parts and item.kind is ItemKind.MULTIPLE:
        return CleanItem(*clean_selection(item, parts, special, log))
    if parts and item.kind is ItemKind.RANKING:
        return CleanItem(*clean_ranking(item, parts, special, log))
    source = sources[0][1]
    if item.kind.coded:
        return _clean_coded(item, source, special, log)
    if item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL):
        return _clean_number(item, source, special, log)
    if item.kind is ItemKind.DATE:
        return _clean_date(item, source, special, log)
    return _clean_text(item, source, special, log)


def _clean_coded(
    item: Item, source: SourceColumn, special: Mapping[str, str], log: ChangeLog
) -> CleanItem:
    column = source.column
    reader = OptionReader(item)
    readings = []
    for place, value in enumerate(column.values):
        if item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING):
            reading = _read_several(item, reader, place, special, source, log)
        else:
            reading = reader.read(value, special, column.missing, column.value_labels)
        readings.append(reading)
        log.note(item, source, place, reading.status, reading.value, reading.rule)
    return _spread(readings, column.codes, _fixed_categories(item))


def _read_several(
    item: Item,
    reader: OptionReader,
    place: int,
    special: Mapping[str, str],
    source: SourceColumn,
    log: ChangeLog,
) -> Reading:
    found = read_list(reader, source.column.values[place], special, source.column.missing)
    if found.status is not AnswerStatus.ANSWERED:
        return Reading(found.status, rule=found.rule)
    if found.unknown:
        log.unknown_parts(item, source, place, found.unknown)
    judge = judge_selection if item.kind is ItemKind.MULTIPLE else judge_ranking
    status, text = judge(item, found.codes)
    return Reading(status, text, found.rule)


def _clean_number(
    item: Item, source: SourceColumn, special: Mapping[str, str], log: ChangeLog
) -> CleanItem:
    column = source.column
    english = writes_english(column.values)
    low = -np.inf if item.minimum is None else item.minimum
    high = np.inf if item.maximum is None else item.maximum

    def read(value: CellValue) -> Plain:
        plain = read_number(value, english)
        number = plain.value
        whole = item.kind is ItemKind.DECIMAL or (isinstance(number, float) and number.is_integer())
        inside = isinstance(number, float) and low <= number <= high
        return plain if whole and inside else Plain(None)

    numbers, status = _read_plain(item, source, special, log, read)
    values = np.array([np.nan if n is None else n for n in numbers], dtype=np.float64)
    return CleanItem(values[column.codes], status)


def _clean_date(
    item: Item, source: SourceColumn, special: Mapping[str, str], log: ChangeLog
) -> CleanItem:
    american = writes_us_dates(source.column.values)
    days, status = _read_plain(
        item,
        source,
        special,
        log,
        lambda value: read_date(value, american),
    )
    values = np.array(["NaT" if day is None else str(day) for day in days], dtype="datetime64[s]")
    return CleanItem(values[source.column.codes], status)


def _read_plain(
    item: Item,
    source: SourceColumn,
    special: Mapping[str, str],
    log: ChangeLog,
    read: Callable[[CellValue], Plain],
) -> tuple[list[float | datetime | None], np.ndarray]:
    """Numbers or dates: (value per distinct cell value, status per row)."""
    column = source.column
    found: list[float | datetime | None] = []
    statuses: list[AnswerStatus] = []
    # Options of a number or date are its special answers, such as -9 or „weiß nicht“.
    reader = OptionReader(item) if item.options else None
    for place, value in enumerate(column.values):
        reading = read_common(value, special, column.missing)
        if reading is None and reader is not None:
            marked = reader.read(value, special)
            reading = marked if marked.status in _SPECIAL_ANSWERS else None
        plain = Plain(None)
        if reading is None:
            plain = read(value)
            if plain.value is not None:
                reading = Reading(AnswerStatus.ANSWERED, rule=plain.rule)
            else:
                reading = read_placeholder(value) or Reading(AnswerStatus.INVALID)
        found.append(plain.value)
        statuses.append(reading.status)
        became = None if plain.value is None else cell_text(plain.value)
        log.note(item, source, place, reading.status, became, reading.rule)
    return found, np.array(statuses, dtype=np.int8)[column.codes]


def _clean_text(
    item: Item, source: SourceColumn, special: Mapping[str, str], log: ChangeLog
) -> CleanItem:
    """Texts, keys and names stay as written."""
    readings = []
    for place, value in enumerate(source.column.values):
        reading = read_common(value, special, source.column.missing)
        if reading is None:
            reading = Reading(AnswerStatus.ANSWERED, as_text(value))
        elif reading.status is not AnswerStatus.MISSING or reading.rule:
            log.note(item, source, place, reading.status, None, reading.rule)
        readings.append(reading)
    return _spread(readings, source.column.codes, None)


_SPECIAL_ANSWERS = (AnswerStatus.DONT_KNOW, AnswerStatus.NOT_APPLICABLE)


@lru_cache(maxsize=1024)
def _dtype(categories: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(list(categories))


def _fixed_categories(item: Item) -> tuple[str, ...] | None:
    """Options in questionnaire order for single answers; combinations have no fixed order."""
    if item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING):
        return None
    return tuple(option.code for option in item.options)


def _spread(
    readings: Sequence[Reading], codes: np.ndarray, categories: tuple[str, ...] | None
) -> CleanItem:
    """Readings per distinct value → categorical and status per row."""
    if categories is None:
        categories = tuple(dict.fromkeys(r.value for r in readings if r.value is not None))
    place = {category: index for index, category in enumerate(categories)}
    answered = AnswerStatus.ANSWERED
    lookup = np.array(
        [place[r.value] if r.status is answered and r.value is not None else -1 for r in readings],
        dtype=np.int32,
    )
    status = np.array([r.status for r in readings], dtype=np.int8)
    if not len(lookup):
        lookup, status = np.array([-1], np.int32), np.array([AnswerStatus.MISSING], np.int8)
    values = pd.Categorical.from_codes(lookup[codes], dtype=_dtype(categories), validate=False)
    return CleanItem(values, status[codes])
