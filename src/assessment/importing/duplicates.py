"""Municipalities that occur more than once: which row counts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from assessment.importing.column_changes import rows_in_words
from assessment.importing.municipality_keys import ROW_KEY
from assessment.importing.recognition import Recognition
from assessment.remarks import InputRefused, Remark, Severity
from assessment.source_column import Part, SourceColumn

COMPLETE = 0.9
"""A row counts as complete if it has at least this share of the fullest duplicate's answers."""
_FIRST_YEAR = 1990
"""LimeSurvey writes 1980 where no date is kept."""


def settle_duplicates(
    recognition: Recognition,
    keys: Sequence[str],
    answered: np.ndarray,
    decided: Mapping[str, int],
) -> tuple[np.ndarray, dict[int, str], tuple[Remark, ...]]:
    """Choose one row per key: (indices kept, index → German reason set aside, remarks).

    ``answered`` counts the answers per data row; ``decided`` maps keys to the original row number
    that shall count. By default the newest of the complete rows counts.

    Raises:
        InputRefused: ``NO_SUCH_ROW`` if a decided row doesn't belong to the key.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if not key.startswith(ROW_KEY):
            places[key].append(index)
    dates: np.ndarray | None = None
    aside: dict[int, str] = {}
    remarks = []
    for key, indices in places.items():
        if len(indices) < 2:
            continue
        dates = _dates(recognition) if dates is None else dates
        chosen = _chosen(recognition, key, indices, answered, dates, decided)
        number = int(recognition.row_numbers[chosen])
        why = "so entschieden" if key in decided else "die neueste vollständige Antwort"
        for index in indices:
            if index != chosen:
                aside[index] = f"doppelte Kommune {key}: Zeile {number} gilt ({why})"
        numbers = [int(recognition.row_numbers[index]) for index in indices]
        remarks.append(
            Remark(
                "DUPLICATE_MUNICIPALITY",
                Severity.INFO if key in decided else Severity.WARNING,
                f"Die Kommune {key} kommt {len(indices)}-mal vor ({rows_in_words(numbers)}); es "
                f"gilt Zeile {number} ({why}). Bitte bestätigen oder eine andere Zeile wählen.",
                recognition.sheet,
                number,
                value=key,
            )
        )
    kept = np.array([i for i in range(len(keys)) if i not in aside], dtype=np.int64)
    return kept, aside, tuple(remarks)


def _chosen(
    recognition: Recognition,
    key: str,
    indices: Sequence[int],
    answered: np.ndarray,
    dates: np.ndarray,
    decided: Mapping[str, int],
) -> int:
    if key in decided:
        for index in indices:
            if int(recognition.row_numbers[index]) == decided[key]:
                return index
        raise InputRefused(
            "NO_SUCH_ROW",
            f"Zeile {decided[key]} gehört nicht zur Kommune {key}; möglich sind die "
            f"{rows_in_words([int(recognition.row_numbers[i]) for i in indices])}.",
        )
    fullest = max(int(answered[index]) for index in indices)
    complete = [index for index in indices if answered[index] >= COMPLETE * fullest]
    return max(complete, key=lambda index: (dates[index], index))


def _dates(recognition: Recognition) -> np.ndarray:
    """Seconds per data row of the metadata column with the latest dates; zeros without one."""
    best = np.zeros(recognition.n_rows)
    for column in recognition.columns:
        if column.part is Part.METADATA:
            stamps = _stamps(column)
            if stamps is not None and stamps.max(initial=0) > best.max(initial=0):
                best = stamps
    return best


def _stamps(column: SourceColumn) -> np.ndarray | None:
    seconds = [_seconds(value) for value in column.column.values]
    if not any(seconds):
        return None
    return np.array(seconds)[column.column.codes]


def _seconds(value: object) -> float:
    if isinstance(value, str):
        value = _parsed(value.strip())
    if isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        return (value.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds()
    return 0.0


def _parsed(text: str) -> datetime | None:
    for form in ("%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
