"""The ledger of an import: what happened to every row, column and changed cell.

Nothing may be lost silently, so the counts must add up (:meth:`ImportLedger.check`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from assessment.remarks import Remark, Severity


class Fate(StrEnum):
    TAKEN = "taken"
    SET_ASIDE = "set_aside"


class Verdict(StrEnum):
    """``accept``: taken; ``warn``: taken, the analyst should read the remarks."""

    ACCEPT = "accept"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """What became of one column. ``item`` is the questionnaire item it feeds, if any."""

    position: int
    header: str
    fate: Fate
    reason: str
    item: str | None = None
    option: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class RowEntry:
    """What became of one row (row number of the original file)."""

    row: int
    fate: Fate
    reason: str
    key: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One value of a column that was read as another one, with all rows it stood in."""

    position: int
    header: str
    item: str
    original: str
    became: str
    rule: str
    rows: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class ImportLedger:
    """The complete account of one import."""

    file_name: str
    sha256: str
    size: int
    sheet: str
    dialect: str
    dialect_reasons: tuple[str, ...]
    header_rows: tuple[int, ...]
    rows: tuple[RowEntry, ...]
    columns: tuple[ColumnEntry, ...]
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...]
    cells_by_status: Mapping[str, int] = field(default_factory=dict)
    """Number of answer cells per :class:`assessment.survey.AnswerStatus` name."""

    @property
    def verdict(self) -> Verdict:
        warned = any(remark.severity is Severity.WARNING for remark in self.remarks)
        return Verdict.WARN if warned else Verdict.ACCEPT

    def rows_with(self, fate: Fate) -> tuple[RowEntry, ...]:
        return tuple(entry for entry in self.rows if entry.fate is fate)

    def columns_with(self, fate: Fate) -> tuple[ColumnEntry, ...]:
        return tuple(entry for entry in self.columns if entry.fate is fate)
