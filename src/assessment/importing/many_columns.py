"""Items spread over several columns: one per option, one per place, or the rank of each option."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from assessment.importing.coded_values import OptionReader, Reading
from assessment.importing.column_changes import ChangeLog
from assessment.importing.option_lists import (
    judge_ranking,
    judge_selection,
    read_rank,
    read_tick,
)
from assessment.questionnaire.model import Item
from assessment.source_column import SourceColumn
from assessment.survey import AnswerStatus
from assessment.table import CellValue, Column

PLACE = "#"
"""An option ``#2`` in a mapping means: this column says which option came second."""

_UNDECIDED = (
    AnswerStatus.ERROR,
    AnswerStatus.NO_RESULT,
    AnswerStatus.INVALID,
)
"""States of a single cell that make the whole answer unusable, the strongest first."""


class Judged(NamedTuple):
    """The verdict on one distinct combination of cells."""

    status: AnswerStatus
    text: str | None
    codes: tuple[str, ...]


def clean_selection(
    item: Item,
    parts: Sequence[tuple[str, SourceColumn]],
    special: Mapping[str, str],
    log: ChangeLog,
) -> tuple[pd.Categorical, np.ndarray]:
    """Multiple choice with a column per option: (joined codes, status per row).

    A row counts as answered once any of its cells says yes or no; a row of empty cells is missing,
    because it can't be told from a page never opened.
    """
    order = {option.code: index for index, option in enumerate(item.options)}
    known = sorted((part for part in parts if part[0] in order), key=lambda p: order[p[0]])
    codes = [code for code, _ in known]

    def read(code: str, column: Column, value: CellValue) -> tuple[Reading, int]:
        return read_tick(item.option_by_code[code], value, special, column.missing)

    def judge(row: np.ndarray) -> Judged:
        chosen = tuple(code for code, ticked in zip(codes, row, strict=True) if ticked)
        return Judged(*judge_selection(item, chosen), chosen)

    return _clean(item, known, log, read, judge)


def clean_ranking(
    item: Item,
    parts: Sequence[tuple[str, SourceColumn]],
    special: Mapping[str, str],
    log: ChangeLog,
) -> tuple[pd.Categorical, np.ndarray]:
    """Ranking over several columns: (codes from first to last place, status per row).

    The columns are places that name an option (``#1``, ``#2`` …) or options that name their rank.
    """
    places = [part for part in parts if part[0].startswith(PLACE)]
    if places:
        ordered = sorted(places, key=lambda part: int(part[0].removeprefix(PLACE)))
        return _clean_places(item, ordered, special, log)
    order = {option.code: index for index, option in enumerate(item.options)}
    known = sorted((part for part in parts if part[0] in order), key=lambda p: order[p[0]])

    def read(_code: str, column: Column, value: CellValue) -> tuple[Reading, int]:
        return read_rank(item, value, special, column.missing)

    def judge(row: np.ndarray) -> Judged:
        placed = sorted(
            (int(rank), code) for rank, (code, _) in zip(row, known, strict=True) if rank
        )
        chosen = tuple(code for _, code in placed)
        if len({rank for rank, _ in placed}) < len(placed):
            return Judged(AnswerStatus.INVALID, None, chosen)
        return Judged(*judge_ranking(item, chosen), chosen)

    return _clean(item, known, log, read, judge)


def _clean_places(
    item: Item,
    places: Sequence[tuple[str, SourceColumn]],
    special: Mapping[str, str],
    log: ChangeLog,
) -> tuple[pd.Categorical, np.ndarray]:
    reader = OptionReader(item)
    options = [option.code for option in item.options]

    def read(_code: str, column: Column, value: CellValue) -> tuple[Reading, int]:
        reading = reader.read(value, special, column.missing, column.value_labels)
        return reading, 0 if reading.value is None else 1 + options.index(reading.value)

    def judge(row: np.ndarray) -> Judged:
        chosen = tuple(options[number - 1] for number in row if number)
        return Judged(*judge_ranking(item, chosen), chosen)

    return _clean(item, places, log, read, judge)


def _clean(
    item: Item,
    parts: Sequence[tuple[str, SourceColumn]],
    log: ChangeLog,
    read: Callable[[str, Column, CellValue], tuple[Reading, int]],
    judge: Callable[[np.ndarray], Judged],
) -> tuple[pd.Categorical, np.ndarray]:
    """Read every column by its distinct values, then judge every distinct combination once.

    ``read`` gives the state of a cell and a number for it (tick, rank, option; 0 = nothing).
    """
    numbers, states = [], []
    for code, source in parts:
        column = source.column
        readings = [read(code, column, value) for value in column.values]
        for place, (reading, _) in enumerate(readings):
            log.note(item, source, place, reading.status, reading.value, reading.rule)
        numbers.append(np.array([n for _, n in readings], dtype=np.int16)[column.codes])
        states.append(np.array([r.status for r, _ in readings], dtype=np.int8)[column.codes])
    status = _combined(states)
    patterns, where = _patterns(np.column_stack(numbers))
    judged = [judge(pattern) for pattern in patterns]
    for index, verdict in enumerate(judged):
        if verdict.status is AnswerStatus.INVALID:
            rows = np.flatnonzero((where == index) & (status == AnswerStatus.ANSWERED))
            if len(rows):
                log.combination(item, parts[0][1], rows, verdict.codes)
    return _finish(judged, where, status)


def _combined(states: Sequence[np.ndarray]) -> np.ndarray:
    """Status of the whole answer from the states of its cells."""
    grid = np.column_stack(states)
    result = np.full(len(grid), AnswerStatus.MISSING, dtype=np.int8)
    for state in (AnswerStatus.NOT_ASKED, AnswerStatus.NOT_APPLICABLE, AnswerStatus.DONT_KNOW):
        result[(grid == state).any(axis=1)] = state
    result[(grid == AnswerStatus.ANSWERED).any(axis=1)] = AnswerStatus.ANSWERED
    for state in reversed(_UNDECIDED):
        result[(grid == state).any(axis=1)] = state
    return result


def _patterns(grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct rows of ``grid`` and per row which of them."""
    small = np.packbits(grid != 0, axis=1) if grid.max(initial=0) <= 1 else grid
    raw = np.ascontiguousarray(small)
    keys = raw.view(np.dtype((np.void, raw.dtype.itemsize * raw.shape[1]))).ravel()
    _, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return grid[first], where.ravel()


def _finish(
    judged: Sequence[Judged], where: np.ndarray, status: np.ndarray
) -> tuple[pd.Categorical, np.ndarray]:
    """Let the judgement on the whole combination decide where all cells were readable."""
    answered = AnswerStatus.ANSWERED
    final = status.copy()
    verdicts = np.array([verdict.status for verdict in judged], dtype=np.int8)[where]
    final[status == answered] = verdicts[status == answered]
    texts = tuple(dict.fromkeys(v.text for v in judged if v.text is not None))
    place = {text: index for index, text in enumerate(texts)}
    lookup = np.array([-1 if v.text is None else place[v.text] for v in judged], dtype=np.int32)
    codes = np.where(final == answered, lookup[where], -1)
    dtype = pd.CategoricalDtype(list(texts))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False), final
