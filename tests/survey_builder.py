"""Build a Survey by hand: rows of answers and a questionnaire, no file."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from assessment.questionnaire.model import Item, ItemKind, Questionnaire
from assessment.survey import AnswerStatus, Provenance, Survey

Cell = str | float | None | AnswerStatus
"""An answer as the survey stores it, ``None`` (missing) or the status of an unanswered cell."""


def build_survey(
    questionnaire: Questionnaire,
    rows: Mapping[str, Mapping[str, Cell]] | Sequence[Mapping[str, Cell]],
    *,
    names: Mapping[str, str] | None = None,
    data_hash: str = "feedc0de",
    simulated: bool = False,
    reference_date: date | None = None,
) -> Survey:
    """A survey with the items that occur in any row; other items have no column at all.

    Rows without keys get ``01000001`` and so on.
    """
    if not isinstance(rows, Mapping):
        rows = {f"01{number:06d}": row for number, row in enumerate(rows, start=1)}
    keys = pd.Index(list(rows), dtype=object)
    used = [item for item in questionnaire.items if any(item.id in row for row in rows.values())]
    answers, status = {}, {}
    for item in used:
        cells = [row.get(item.id) for row in rows.values()]
        status[item.id] = [_status(cell) for cell in cells]
        values = [None if isinstance(cell, AnswerStatus) else cell for cell in cells]
        answers[item.id] = _typed(item, values, keys)
    return Survey(
        questionnaire=questionnaire,
        answers=pd.DataFrame(answers, index=keys),
        status=pd.DataFrame(status, index=keys, dtype="int8"),
        provenance=Provenance("hand.xlsx", "0" * 64, data_hash, "hand", "test"),
        simulated=simulated,
        reference_date=reference_date,
        names=names or {},
    )


def _status(cell: Cell) -> int:
    if isinstance(cell, AnswerStatus):
        return int(cell)
    return int(AnswerStatus.MISSING if cell is None else AnswerStatus.ANSWERED)


def _typed(item: Item, values: list, keys: pd.Index) -> pd.Series:
    if item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL):
        return pd.Series(values, keys, dtype="float64")
    if item.kind is ItemKind.DATE:
        return pd.Series(pd.to_datetime(values), keys).astype("datetime64[s]")
    return pd.Series(pd.Categorical(values), keys)
