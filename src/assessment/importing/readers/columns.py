"""From rows of Python values to columns that hold each distinct value once.

This is the inner loop of the import (1.6 million cells for all municipalities), so it works per
column with C-level iteration and looks at types only where values of two types can be equal.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from assessment.importing import wire
from assessment.importing.readers.messages import cell_too_long
from assessment.importing.text_hygiene import clean_text
from assessment.importing.wire import EncodedColumn, Tagged

_ERRORS_EN = "#DIV/0! #N/A #REF! #NAME? #NULL! #NUM! #VALUE! #GETTING_DATA #SPILL! #CALC!"
_ERRORS_DE = "#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF!"
ERROR_TEXTS = frozenset(f"{_ERRORS_EN} {_ERRORS_DE}".split(" "))
"""Errors of spreadsheet programs, also where an export wrote them as text (English and German)."""

EMPTY: Tagged = (wire.EMPTY, None)


def _number_off(keys: Sequence[Any]) -> tuple[dict[Any, int], list[int]]:
    """Number the distinct ``keys`` in order of appearance, in one pass at C speed."""
    numbers: defaultdict[Any, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers, list(map(numbers.__getitem__, keys))


class Special:
    """A cell that the reader library hides: error, formula without result, impossible date."""

    __slots__ = ("code", "kind", "tagged")

    def __init__(self, kind: str, code: str) -> None:
        self.kind = kind
        """Code of the remark that reports it."""
        self.code = code
        self.tagged: Tagged = (
            (wire.NO_RESULT, None) if kind == "FORMULA_WITHOUT_VALUE" else (wire.ERROR, code)
        )


class Encoder:
    """Encodes columns and remembers in which of them it found special values."""

    def __init__(self, longest_text: int, *, first_row: int = 1) -> None:
        self._longest = longest_text
        self._first_row = first_row
        self.found: list[tuple[str, int, int, str]] = []
        """(code of the remark, position of the column, index of the row, text of the value)."""
        self.cleaned: list[tuple[int, int]] = []
        """(position of the column, index of the row) of text that lost invisible characters."""

    def encode(
        self, position: int, cells: Sequence[Any], special: Mapping[int, Special] | None = None
    ) -> EncodedColumn:
        """Encode one column; ``special`` replaces the cells at these row indices."""
        distinct, codes = _number_off(cells)
        # True, 1 and 1.0 are one dictionary key: where they can meet, the type joins the key.
        typed = (0 in distinct or 1 in distinct) and bool in set(map(type, cells))
        if typed:
            distinct, codes = _number_off(list(zip(map(type, cells), cells, strict=True)))
        values: dict[Tagged, int] = {}
        final = []
        for key in distinct:
            tagged = self._tag(key[1] if typed else key, position, cells)
            final.append(values.setdefault(tagged, len(values)))
        if len(values) < len(final):
            # Two texts became one when they were cleaned.
            codes = list(map(final.__getitem__, codes))
        for row, cell in (special or {}).items():
            codes[row] = values.setdefault(cell.tagged, len(values))
            self.found.append((cell.kind, position, row, cell.code))
        if len(values) <= 256:
            return EncodedColumn(position, list(values), bytes(codes), 1)
        typecode, width = ("H", 2) if len(values) <= 65_536 else ("i", 4)
        return EncodedColumn(position, list(values), array(typecode, codes).tobytes(), width)

    def _tag(self, value: Any, position: int, cells: Sequence[Any]) -> Tagged:
        kind = type(value)
        if kind is str:
            if not value:
                return EMPTY
            return self._text(value, position, cells)
        if kind is float or kind is int:
            try:
                number = float(value)
            except OverflowError:
                number = math.inf
            if not math.isfinite(number):
                return self._error("NON_FINITE", _non_finite(number), value, position, cells)
            return (wire.NUMBER, number)
        if value is None:
            return EMPTY
        if kind is bool:
            return (wire.TRUTH, value)
        if kind is datetime:
            return (wire.DATETIME, value.isoformat())
        if kind is date:
            return (wire.DATE, value.isoformat())
        if kind is time:
            return (wire.TIME, value.isoformat())
        if kind is timedelta:
            return (wire.TEXT, _duration(value))
        if kind is Special:
            return self._error(value.kind, value.code, value, position, cells, value.tagged)
        raise TypeError(kind.__name__)

    def _text(self, value: str, position: int, cells: Sequence[Any]) -> Tagged:
        text = clean_text(value)
        if len(text) > self._longest:
            raise cell_too_long(position, self._first_row - 1 + cells.index(value), self._longest)
        if text != value and len(text) < len(value.replace("\r\n", "\n")):
            self.cleaned.append((position, cells.index(value)))
        if text[:1] == "#" and text.strip() in ERROR_TEXTS:
            return self._error("ERROR_CELLS", text.strip(), value, position, cells)
        return (wire.TEXT, text) if text else EMPTY

    def _error(
        self,
        kind: str,
        code: str,
        value: Any,
        position: int,
        cells: Sequence[Any],
        tagged: Tagged | None = None,
    ) -> Tagged:
        wanted = (lambda cell: cell != cell) if value != value else (lambda cell: cell == value)
        rows = [row for row, cell in enumerate(cells) if wanted(cell)]
        self.found.extend((kind, position, row, code) for row in rows)
        return tagged or (wire.ERROR, code)


def _non_finite(number: float) -> str:
    if number != number:
        return "NaN"
    return "INF" if number > 0 else "-INF"


def _duration(value: timedelta) -> str:
    """Hours, minutes and seconds as a spreadsheet shows a duration: ``25:30:00``."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
