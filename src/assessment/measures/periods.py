"""Months, quarters and the durations assumed where a plan has no dates."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import yaml
from pydantic import Field, ValidationError

from assessment.content import data_path
from assessment.measures.model import Frozen, Horizon
from assessment.remarks import InputRefused

UNDATED = "noch nicht terminiert"
LAST_DAY = date(2100, 12, 31)
ONE_DAY = timedelta(days=1)


class Durations(Frozen):
    """Months a measure of each horizon takes where no dates are given (``durations.yaml``)."""

    months: dict[Horizon, int] = Field(min_length=len(Horizon))
    note: str = Field(min_length=10)
    source: str = Field(min_length=5)


@cache
def durations() -> Durations:
    """The assumed durations; raises InputRefused (DURATIONS_INVALID) if the file is wrong."""
    try:
        content = yaml.safe_load(
            data_path("measures", "durations.yaml").read_text(encoding="utf-8")
        )
        taken = Durations.model_validate(content)
        if any(not 1 <= months <= 240 for months in taken.months.values()):
            raise ValueError("months")
    except (ValidationError, ValueError, yaml.YAMLError) as error:
        raise InputRefused(
            "DURATIONS_INVALID",
            "durations.yaml: Zu jedem Zeithorizont (kurz, mittel, lang) werden 1 bis 240 Monate "
            "erwartet, dazu „note“ und „source“.",
        ) from error
    return taken


@cache
def months_of_horizon() -> Mapping[Horizon, int]:
    """Months by horizon."""
    return MappingProxyType(dict(durations().months))


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier), the last of the month where it has no such day.

    Later days never give an earlier result. Raises ``OverflowError`` outside years 1–9999.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("date out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_after(start: date, months: int) -> date:
    """Last day of a period of ``months`` that begins on ``start``."""
    return add_months(start, months) - ONE_DAY


def start_before(end: date, months: int) -> date:
    """First day of a period of ``months`` that ends on ``end``."""
    return add_months(end + ONE_DAY, -months)


def quarter(day: date) -> str:
    """``3. Quartal 2026``."""
    return f"{(day.month + 2) // 3}. Quartal {day.year}"


def period_text(start: date | None, end: date | None) -> str:
    """``1. bis 3. Quartal 2027``, ``4. Quartal 2027 bis 1. Quartal 2028``.

    One quarter stands alone; without dates it is :data:`UNDATED`.
    """
    if start is None and end is None:
        return UNDATED
    if start is None or end is None:
        return f"ab {quarter(start)}" if start else f"bis {quarter(end or LAST_DAY)}"
    first, last = quarter(start), quarter(end)
    if first == last:
        return first
    same_year = start.year == end.year
    return f"{first.partition(' ')[0] if same_year else first} bis {last}"
