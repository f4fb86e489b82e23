"""What a column holds, worked out on its distinct values."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

import numpy as np

from assessment.german import fold, parse_date, parse_number
from assessment.questionnaire.inference.known import known, squeeze
from assessment.questionnaire.model import OptionKind
from assessment.source_column import SourceColumn
from assessment.table import CellValue, ErrorCell, NoResultCell

SAMPLE = 400
"""Columns with more distinct texts are judged by an evenly spread sample of them."""
MANY_ANSWERS = 20
"""From this number of answers on, a lone -9 among fractions is a code and not a measurement."""
_DATE_SHAPE = re.compile(r"\s*(\d{1,2}[./]\d{1,2}[./]\d{2}|\d{4}-\d{2}-\d{2})")


def cell_text(value: CellValue) -> str:
    """A cell as text: whole numbers without ``.0``, truth values as German Excel shows them.

    Empty cells, error cells and formulas without a result give ``""``.
    """
    if value is None or isinstance(value, ErrorCell | NoResultCell):
        return ""
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value.strip(" \t\r\n\u00a0\ufeff\u200b")


def number_in(text: str) -> float | None:
    """The number a text stands for; codes with leading zeros (``007``) are not numbers."""
    number = parse_number(text)
    if number is None:
        return None
    digits = text.strip().lstrip("+-'")
    return None if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit() else number


@dataclass(frozen=True, eq=False)
class ColumnValues:
    """The distinct values of one column with their counts.

    ``texts`` holds one text per entry of ``source.column.values`` (``""`` = nothing entered),
    ``counts`` the number of rows per different text that occurs, spellings that
    :func:`assessment.german.fold` treats alike counted under the most frequent one.
    """

    source: SourceColumn
    texts: tuple[str, ...]
    counts: Mapping[str, int]
    rows: int
    dates: int
    """Cells that hold a date or a date and time."""

    @classmethod
    def of(cls, source: SourceColumn) -> "ColumnValues":
        """Count the values of a column; O(rows) in numpy plus O(distinct values)."""
        column = source.column
        texts = tuple(cell_text(value) for value in column.values)
        if len(texts) == 0:
            return cls(source, texts, {}, len(column.codes), 0)
        per_value = np.bincount(column.codes, minlength=len(texts)).tolist()
        raw: Counter[str] = Counter()
        dates = 0
        for value, text, count in zip(column.values, texts, per_value, strict=True):
            if text and count:
                raw[text] += count
                dates += count if isinstance(value, datetime | date) else 0
        ordered = sorted(raw.items(), key=lambda pair: (-pair[1], pair[0]))
        if len(ordered) > SAMPLE:  # never a closed question: spellings don't matter
            return cls(source, texts, dict(ordered), len(column.codes), dates)
        spelling: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for text, count in ordered:
            counts[spelling.setdefault(fold(text), text)] += count
        return cls(source, texts, dict(counts), len(column.codes), dates)

    @property
    def position(self) -> int:
        return self.source.column.position

    @cached_property
    def answered(self) -> int:
        """Number of cells with something in them."""
        return sum(self.counts.values())

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Value labels the file format carries (SPSS): text of the value → label."""
        carried = self.source.column.value_labels
        return {cell_text(value): label.strip() for value, label in carried.items()}

    @cached_property
    def declared_missing(self) -> frozenset[str]:
        """Values the file declares as missing (SPSS)."""
        return frozenset(cell_text(value) for value in self.source.column.missing)

    @cached_property
    def _candidates(self) -> Sequence[str]:
        """Texts that may be special: of very many, only the repeated or very short ones."""
        if len(self.counts) <= SAMPLE:
            return tuple(self.counts)
        return [text for text, count in self.counts.items() if count > 1 or len(text) < 4]

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """Texts such as ``NA`` that stand for an empty cell."""
        return frozenset(
            text for text in self.counts if known().is_placeholder(text) and text not in self.labels
        )

    @cached_property
    def special(self) -> Mapping[str, OptionKind]:
        """Values that are no answer on the matter: „weiß nicht“, „keine Angabe“, -9 …"""
        found: dict[str, OptionKind] = {}
        words = known()
        for text in self._candidates:
            if text in self.placeholders:
                continue
            kind = words.special_kind(self.labels.get(text, text))
            if kind is None and (text in self.declared_missing or self._is_missing_code(text)):
                kind = OptionKind.DONT_KNOW
            if kind is not None:
                found[text] = kind
        return found

    @cached_property
    def _negative_measures(self) -> bool:
        """True if negative numbers occur that no survey program uses for missing answers."""
        negative = (text for text in self.counts if text.startswith(("-", "−")))
        numbers = (parse_number(text) for text in negative)
        return any(
            number is not None and number not in known().special_numbers for number in numbers
        )

    def _is_missing_code(self, text: str) -> bool:
        if not text.startswith(("-", "−")) or parse_number(text) not in known().special_numbers:
            return False
        # -9 is a missing code only where no other negative numbers are measured, and among
        # fractions only if there are enough answers to tell it from a measurement.
        few_fractions = self.answered < MANY_ANSWERS and self._fractions
        return not self._negative_measures and not few_fractions

    @cached_property
    def _fractions(self) -> bool:
        numbers = (parse_number(text) for text in self.counts)
        return any(number is not None and not number.is_integer() for number in numbers)

    @cached_property
    def answers(self) -> Mapping[str, int]:
        """Values and counts without the special ones and the placeholders."""
        aside = self.placeholders | self.special.keys()
        return {text: count for text, count in self.counts.items() if text not in aside}

    @cached_property
    def sampled(self) -> Mapping[str, int]:
        """``answers``, thinned out evenly where a column holds very many different texts."""
        if len(self.answers) <= SAMPLE:
            return self.answers
        ordered = sorted(self.answers.items())
        step = len(ordered) / SAMPLE
        return dict(ordered[int(index * step)] for index in range(SAMPLE))

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """The (sampled) texts that are numbers."""
        texts = self.counts if len(self.counts) <= SAMPLE else [*self.sampled, *self.special]
        found = {text: number_in(text) for text in texts}
        return {text: number for text, number in found.items() if number is not None}

    @cached_property
    def number_share(self) -> float:
        """Share of the (sampled) answers that are numbers, 0–1; 0 without answers."""
        total = sum(self.sampled.values())
        numeric = sum(count for text, count in self.sampled.items() if text in self.numbers)
        return numeric / total if total else 0.0

    @cached_property
    def whole_numbers(self) -> frozenset[int] | None:
        """The set of answers if all of them are whole numbers, else ``None``."""
        if not self.answers or len(self.answers) > SAMPLE:
            return None
        found = [self.numbers.get(text) for text in self.answers]
        if any(number is None or number != int(number) for number in found):
            return None
        return frozenset(int(number) for number in found if number is not None)

    @cached_property
    def date_share(self) -> float:
        """Share of the (sampled) answers that are dates, 0–1."""
        total = sum(self.sampled.values())
        if not total:
            return 0.0
        if self.dates:
            return self.dates / sum(self.answers.values())
        shaped = {text: n for text, n in self.sampled.items() if _DATE_SHAPE.match(text)}
        if sum(shaped.values()) < 0.5 * total:
            return 0.0
        dated = sum(n for text, n in shaped.items() if parse_date(text))
        return dated / total

    @cached_property
    def squeezed(self) -> frozenset[str]:
        """The answers, squeezed for comparison with word lists."""
        return frozenset(squeeze(text) or text for text in self.answers)
