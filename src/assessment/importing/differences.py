"""What a corrected export of the same wave would change, before it replaces anything."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.importing.dialects.view import cell_text
from assessment.survey import AnswerStatus, Survey

_WORDS = {
    AnswerStatus.NOT_ASKED: "nicht gefragt",
    AnswerStatus.MISSING: "nicht beantwortet",
    AnswerStatus.DONT_KNOW: "weiß nicht",
    AnswerStatus.NOT_APPLICABLE: "nicht zuständig",
    AnswerStatus.INVALID: "nicht vorgesehen",
    AnswerStatus.ERROR: "Fehlerzelle",
    AnswerStatus.NO_RESULT: "Formel ohne Ergebnis",
}


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One answer that differs; ``old`` and ``new`` as a person reads them (codes or words)."""

    key: str
    item: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ImportDifferences:
    """All differences between two imports, in the order of the newer one."""

    new_municipalities: tuple[str, ...]
    missing_municipalities: tuple[str, ...]
    """In the older import only."""
    new_items: tuple[str, ...]
    missing_items: tuple[str, ...]
    cells: tuple[CellDifference, ...]

    @property
    def none(self) -> bool:
        """True if the newer import says exactly what the older one says."""
        return not (
            self.new_municipalities
            or self.missing_municipalities
            or self.new_items
            or self.missing_items
            or self.cells
        )


def compare_imports(old: Survey, new: Survey) -> ImportDifferences:
    """Differences per municipality and item; municipalities are matched by key."""
    old_keys, new_keys = list(old.keys), list(new.keys)
    old_items = [str(column) for column in old.answers.columns]
    new_items = [str(column) for column in new.answers.columns]
    shared_keys = [key for key in new_keys if key in set(old_keys)]
    shared_items = [item for item in new_items if item in set(old_items)]
    return ImportDifferences(
        tuple(key for key in new_keys if key not in set(old_keys)),
        tuple(key for key in old_keys if key not in set(new_keys)),
        tuple(item for item in new_items if item not in old_items),
        tuple(item for item in old_items if item not in new_items),
        tuple(_cells(old, new, shared_keys, shared_items)),
    )


def _cells(
    old: Survey, new: Survey, keys: Sequence[str], items: Sequence[str]
) -> list[CellDifference]:
    before, after = old.keys.get_indexer(list(keys)), new.keys.get_indexer(list(keys))
    found = []
    for item in items:
        was = _texts(old, item, before)
        now = _texts(new, item, after)
        found += [
            CellDifference(keys[place], item, str(was[place]), str(now[place]))
            for place in np.flatnonzero(was != now).tolist()
        ]
    order = {key: place for place, key in enumerate(keys)}
    return sorted(found, key=lambda difference: order[difference.key])


def _texts(survey: Survey, item: str, rows: np.ndarray) -> np.ndarray:
    """Readable cells of one item, object array of text."""
    column = survey.answers[item].iloc[rows]
    status = survey.status[item].to_numpy()[rows]
    values = column.astype(object).tolist()
    return np.array(
        [
            _shown(value) if state == AnswerStatus.ANSWERED else _WORDS[AnswerStatus(state)]
            for value, state in zip(values, status.tolist(), strict=True)
        ],
        dtype=object,
    )


def _shown(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    text = cell_text(value)  # type: ignore[arg-type]
    return text or "nichts angekreuzt"
