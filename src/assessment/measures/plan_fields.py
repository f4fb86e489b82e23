"""The kinds of entries a plan is made of: cleaned texts, days, years and amounts."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from assessment.german import parse_date
from assessment.importing.text_hygiene import clean_text

FIRST_YEAR, LAST_YEAR = 2000, 2100
CENT = Decimal("0.01")

_SOFT_HYPHEN = "\u00ad"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_GERMAN_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")


def _clean_block(value: object) -> object:
    """Invisible characters harm exports; they go when a plan is made, not when it is written."""
    return _visible(value).strip() if isinstance(value, str) else value


def _clean_line(value: object) -> object:
    return " ".join(_visible(value).split()) if isinstance(value, str) else value


def _visible(text: str) -> str:
    # A soft hyphen survives no copying into a council information system.
    return clean_text(text).replace(_SOFT_HYPHEN, "")


def _day(value: object) -> object:
    """Dates as ISO or German text only: pydantic would take 0 for 01.01.1970."""
    if isinstance(value, date) or value is None:
        return value
    known = isinstance(value, str) and (
        _ISO_DAY.fullmatch(value.strip()) or _GERMAN_DAY.fullmatch(value.strip())
    )
    day = parse_date(str(value)) if known else None
    if day is None:
        raise ValueError(f"„{str(value)[:40]}“ ist kein Datum; bitte als 2027-03-31 angeben.")
    return day


def _day_in_range(value: date) -> date:
    # Durations are added to dates; years near 9999 would overflow.
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"Das Jahr {value.year} liegt außerhalb von 2000 bis 2100.")
    return value


def plain_amount(value: object) -> object:
    """Amounts as numbers or text; pydantic would take ``True`` for 1."""
    if isinstance(value, bool):
        raise ValueError("Ein Betrag ist eine Zahl, kein Wahrheitswert.")
    return value


def _euro(value: Decimal) -> Decimal:
    """Whole cents, so that equal amounts are written alike (``5`` and ``5.00``)."""
    if not (value.is_finite() and 0 <= value < 10**10):
        raise ValueError("Ein Betrag muss zwischen 0 und 10 Milliarden Euro liegen.")
    if value != (cents := value.quantize(CENT)):
        raise ValueError("Ein Betrag hat höchstens zwei Nachkommastellen.")
    return abs(cents)


Text = Annotated[str, BeforeValidator(_clean_block), Field(max_length=4000)]
Line = Annotated[str, BeforeValidator(_clean_line), Field(max_length=200)]
Day = Annotated[date, BeforeValidator(_day), AfterValidator(_day_in_range)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Amount = Annotated[Decimal, BeforeValidator(plain_amount), AfterValidator(_euro)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
