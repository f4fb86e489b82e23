"""One wave's answers, typed, with the questionnaire they answer and where they came from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property

import numpy as np
import pandas as pd

from assessment.ledger import ImportLedger
from assessment.questionnaire.model import Questionnaire


class AnswerStatus(IntEnum):
    """What a cell of the survey is. Only ``ANSWERED`` cells carry a value."""

    NOT_ASKED = 0
    """No column for the item in this file, or its condition did not hold."""
    MISSING = 1
    """Asked and left empty."""
    ANSWERED = 2
    DONT_KNOW = 3
    NOT_APPLICABLE = 4
    """Outside the municipality's own responsibility (nicht zuständig)."""
    INVALID = 5
    """Something was entered that the questionnaire does not allow; set aside, see the ledger."""
    ERROR = 6
    """An error cell of the spreadsheet program."""
    NO_RESULT = 7
    """A formula without a stored result."""


WaveOrder = tuple[date, tuple[tuple[int, str], ...]]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_NUMBER = re.compile(r"(\d+)", re.ASCII)


def wave_order(label: str, day: date | None = None) -> WaveOrder:
    """Sorts waves in time: by reference date, else by the year in the label, then by its numbers.

    As text „Welle 10“ would come before „Welle 9“ and „Frühjahr 2028“ before „Herbst 2026“.
    """
    year = _YEAR.search(label)
    begin = day or (date(int(year[0]), 1, 1) if year else date.min)
    parts = _NUMBER.split(label.casefold())
    return begin, tuple((int(part[:18]), "") if part.isdecimal() else (-1, part) for part in parts)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What makes a result reproducible: input hash, dialect, program version."""

    file_name: str
    sha256: str
    """Hash of the uploaded bytes."""
    data_hash: str
    """Hash of the answers as taken; equal for a re-saved file with the same content."""
    dialect: str
    program_version: str


@dataclass(frozen=True, eq=False)
class Survey:
    """Answers of one wave.

    ``answers``: index = municipality key (text, AGS with leading zeros; unique), one column per
    questionnaire item present in the file, in questionnaire order.

    - single, rating, level: ``category`` of option codes (text);
    - multiple and ranking: ``category`` of codes joined by ``;`` (multiple in questionnaire order,
      ranking in the order of preference), e.g. ``"a;c"``;
      for multiple, ``""`` means: seen and nothing ticked;
    - integer, decimal: ``float64``; date: ``datetime64[s]``; text, key, name: ``category`` of text.

    Cells that are not ``ANSWERED`` are missing (``NaN``/``NaT``).
    ``status``: same shape, ``int8`` values of :class:`AnswerStatus`.
    """

    questionnaire: Questionnaire
    answers: pd.DataFrame
    status: pd.DataFrame
    provenance: Provenance
    ledger: ImportLedger | None = None
    wave: str = ""
    reference_date: date | None = None
    simulated: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    """Municipality key → name as shown."""

    @property
    def keys(self) -> pd.Index:
        """Municipality keys in the order of the file."""
        return self.answers.index

    @property
    def wave_label(self) -> str:
        """What the wave is called: as the analyst did, else the year of the reference date."""
        return self.wave or (str(self.reference_date.year) if self.reference_date else "")

    @property
    def wave_order(self) -> WaveOrder:
        """Sorts waves in time."""
        return wave_order(self.wave_label, self.reference_date)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Municipality key → its row."""
        return {str(key): row for row, key in enumerate(self.keys)}

    def text_at(self, row: int, item: str) -> str | None:
        """The stored answer in a row if it is a text; ``None`` without answer or column.

        Looks a cell up some ten times faster than the frame does.
        """
        column = self._texts.get(item)
        if column is None:
            return None
        codes, texts = column
        code = int(codes[row])
        return texts[code] if code >= 0 else None

    @cached_property
    def _texts(self) -> Mapping[str, tuple[np.ndarray, list[str | None]]]:
        """Per item with categories: code of each row, -1 = none, and what the codes stand for."""
        return {
            str(name): (
                column.cat.codes.to_numpy(),
                [one if isinstance(one, str) else None for one in column.cat.categories],
            )
            for name, column in self.answers.items()
            if isinstance(column.dtype, pd.CategoricalDtype)
        }

    def name_of(self, key: str) -> str:
        """Name of a municipality, its key where no name was given."""
        return self.names.get(key) or key
