"""Reading numbers, dates and texts: the conventions of a whole column decide single cells."""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from assessment.german import parse_date, parse_number
from assessment.importing.dialects.view import cell_text
from assessment.table import CellValue

_ENGLISH = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)\.\d+")
_GROUPED_GERMAN = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = (20_000, 80_000)
"""Serial day numbers taken for dates: 1954 to 2119."""


class Plain(NamedTuple):
    """A number or date read from a cell; ``None`` as value means: it isn't one."""

    value: float | datetime | None
    rule: str | None = None


def writes_english(values: Sequence[CellValue]) -> bool:
    """True if texts of this column prove a decimal point, such as ``0.31`` or ``1,234.5``.

    ``1.234`` alone proves nothing and is read as German.
    """
    texts = [value.strip() for value in values if isinstance(value, str)]
    if any(re.fullmatch(r"[+-]?[\d.]*\d,\d+", text) for text in texts):
        return False
    return any(_ENGLISH.fullmatch(text) and not _GROUPED_GERMAN.fullmatch(text) for text in texts)


def read_number(value: CellValue, english: bool) -> Plain:
    """One cell as a finite number. Truth values and dates are none."""
    if isinstance(value, bool):
        return Plain(None)
    if isinstance(value, float):
        return Plain(value if math.isfinite(value) else None)
    if not isinstance(value, str):
        return Plain(None)
    text = value.strip()
    number = parse_number(text.replace(",", "")) if english else parse_number(text)
    if english and number is not None and _GROUPED_GERMAN.fullmatch(text):
        number = float(text)
    if number is None:
        return Plain(None)
    plain = re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
    same = plain and float(value) == number
    return Plain(number, None if same else "Schreibweise der Zahl")


def writes_us_dates(values: Sequence[CellValue]) -> bool:
    """True if some ``a/b/yyyy`` of the column can only be month/day/year and none the reverse."""
    pairs = [
        (int(match[1]), int(match[2]))
        for value in values
        if isinstance(value, str) and (match := _US_DATE.match(value.strip()))
    ]
    return any(b > 12 for _, b in pairs) and not any(a > 12 for a, _ in pairs)


def read_date(value: CellValue, american: bool) -> Plain:
    """One cell as a date (time of day dropped); serial numbers of Excel are read too."""
    if isinstance(value, datetime):
        return Plain(datetime(value.year, value.month, value.day))
    if isinstance(value, date):
        return Plain(datetime(value.year, value.month, value.day))
    if isinstance(value, float) and _EXCEL_DAYS[0] <= value <= _EXCEL_DAYS[1]:
        day = _EXCEL_EPOCH + timedelta(days=int(value))
        return Plain(datetime.combine(day, time()), "Tageszahl von Excel als Datum gelesen")
    if not isinstance(value, str):
        return Plain(None)
    text = value.strip()
    match = _US_DATE.match(text)
    if match and american:
        day = _calendar_day(int(match[3]), int(match[1]), int(match[2]))
    else:
        day = parse_date(text) or parse_date(text[:10]) or parse_date(text.split(" ")[0])
    if day is None:
        return Plain(None)
    rule = None if text == day.isoformat() else "Schreibweise des Datums"
    return Plain(datetime.combine(day, time()), rule)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_text(value: CellValue) -> str:
    """A free text exactly as written; numbers and dates in their plainest form."""
    return value if isinstance(value, str) else cell_text(value)
