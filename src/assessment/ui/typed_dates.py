"""Dates as people type and read them in forms."""

from datetime import date

from assessment.german import format_date, parse_date
from assessment.remarks import InputRefused

DAY = "TT.MM.JJJJ"


def day_text(day: date | None) -> str:
    """„01.03.2027“; ``""`` for none."""
    return format_date(day) if day else ""


def day_placeholder(day: date | None) -> str:
    """What stands in an empty field: the computed date, or how to type one."""
    return f"eingeplant: {format_date(day)}" if day else DAY


def read_day(text: str, label: str) -> date | None:
    """The date somebody typed into the field ``label``; ``None`` for nothing.

    Raises:
        InputRefused: if it is no date.
    """
    if not text.strip():
        return None
    day = parse_date(text)
    if day is None:
        raise InputRefused(
            "NO_DATE", f"{label}: „{text.strip()}“ ist kein Datum. Bitte als TT.MM.JJJJ angeben."
        )
    return day
