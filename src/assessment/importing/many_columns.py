"""Items spread over several columns: one per option, one per place, or the rank of each option."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from assessment.importing.coded_values import OptionReader
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

PLACE = "#"
"""An option ``#2`` in a mapping means: this column says which option came second."""

_UNDECIDED = (
    AnswerStatus.ERROR,
    AnswerStatus.NO_RESULT,
    AnswerStatus.INVALID,
)
"""States of a single cell that make the whole answer unusable, the strongest first."""


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
    ticks, states = [], []
    for code, source in known:
        column = source.column
        ticked, state = [], []
        for place, value in enumerate(column.values):
            reading, tick = read_tick(item.option_by_code[code], value, special, column.missing)
            ticked.append(tick)
            state.append(reading.status)
            log.note(item, source, place, reading.status, reading.value, reading.rule)
        ticks.append(np.array(ticked, dtype=bool)[column.codes])
        states.append(np.array(state, dtype=np.int8)[column.codes])
    status = _combined(states)
    pattern, where = _patterns(np.column_stack(ticks))
    codes = [code for code, _ in known]
    judged = [
        judge_selection(item, tuple(code for code, on in zip(codes, row, strict=True) if on))
        for row in pattern
    ]
    return _finish(judged, where, status)


def clean_ranking(
    item: Item,
    parts: Sequence[tuple[str, SourceColumn]],
    special: Mapping[str, str],
    log: ChangeLog,
) -> tuple[pd.Categorical, np.ndarray]:
    """Ranking over several columns: (codes from first to last place, status per row)."""
    places = [part for part in parts if part[0].startswith(PLACE)]
    if places:
        return _clean_places(item, places, special, log)
    options = [option.code for option in item.options]
    known = [part for part in parts if part[0] in options]
    ranks, states = [], []
    for _, source in known:
        column = source.column
        rank, state = [], []
        for place, value in enumerate(column.values):
            reading, place_given = read_rank(item, value, special, column.missing)
            rank.append(place_given)
            state.append(reading.status)
            log.note(item, source, place, reading.status, reading.value, reading.rule)
        ranks.append(np.array(rank, dtype=np.int16)[column.codes])
        states.append(np.array(state, dtype=np.int8)[column.codes])
    pattern, where = _patterns(np.column_stack(ranks))
    judged = []
    for row in pattern:
        placed = sorted(
            (int(rank), code) for rank, (code, _) in zip(row, known, strict=True) if rank
        )
        tied = len({rank for rank, _ in placed}) < len(placed)
        codes = tuple(code for _, code in placed)
        judged.append((AnswerStatus.INVALID, None) if tied else judge_ranking(item, codes))
    return _finish(judged, where, _combined(states))


def _clean_places(
    item: Item,
    places: Sequence[tuple[str, SourceColumn]],
    special: Mapping[str, str],
    log: ChangeLog,
) -> tuple[pd.Categorical, np.ndarray]:
    reader = OptionReader(item)
    options = [option.code for option in item.options]
    chosen, states = [], []
    for _, source in sorted(places, key=lambda part: int(part[0].removeprefix(PLACE))):
        column = source.column
        choice, state = [], []
        for place, value in enumerate(column.values):
            reading = reader.read(value, special, column.missing, column.value_labels)
            choice.append(-1 if reading.value is None else options.index(reading.value))
            state.append(reading.status)
            log.note(item, source, place, reading.status, reading.value, reading.rule)
        chosen.append(np.array(choice, dtype=np.int16)[column.codes])
        states.append(np.array(state, dtype=np.int8)[column.codes])
    pattern, where = _patterns(np.column_stack(chosen))
    judged = [
        judge_ranking(item, tuple(options[index] for index in row if index >= 0)) for row in pattern
    ]
    return _finish(judged, where, _combined(states))


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
    packed = np.packbits(grid, axis=1) if grid.dtype == bool else grid
    raw = np.ascontiguousarray(packed)
    keys = raw.view(np.dtype((np.void, raw.dtype.itemsize * raw.shape[1]))).ravel()
    _, first, where = np.unique(keys, return_index=True, return_inverse=True)
    return grid[first], where.ravel()


def _finish(
    judged: Sequence[tuple[AnswerStatus, str | None]], where: np.ndarray, status: np.ndarray
) -> tuple[pd.Categorical, np.ndarray]:
    """Let the judgement on the whole selection decide where all cells were readable."""
    answered = AnswerStatus.ANSWERED
    final = status.copy()
    verdicts = np.array([verdict for verdict, _ in judged], dtype=np.int8)[where]
    final[status == answered] = verdicts[status == answered]
    texts = tuple(dict.fromkeys(text for _, text in judged if text is not None))
    place = {text: index for index, text in enumerate(texts)}
    lookup = np.array([-1 if text is None else place[text] for _, text in judged], dtype=np.int32)
    codes = np.where(final == answered, lookup[where], -1)
    dtype = pd.CategoricalDtype(list(texts))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False), final
