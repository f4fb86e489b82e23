"""German numbers, dates and text folding: reading them from files, writing them for people."""

import math
import re
import unicodedata
from datetime import date, datetime

NBSP = "\u00a0"
MINUS = "\u2212"

_GROUPED_DE = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_PLAIN_DE = re.compile(r"[+-]?\d+,\d+|[+-]?,\d+")
_GROUPED_EN = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_DATE_FORMS = (
    "%d.%m.%Y",
    "%d.%m.%y",
    "%Y-%m-%d",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y",
)
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def format_number(value: float | None, decimals: int = 0) -> str:
    """``1234.5`` → ``1.234,5`` (``decimals=1``); missing or non-finite values give ``–``."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{abs(value):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    negative = value < 0 and any(digit in text for digit in "123456789")
    return f"{MINUS}{text}" if negative else text


def format_signed(value: float | None, decimals: int = 0) -> str:
    """A difference with its sign: ``+18``, ``−21``, ``±0``; missing values give ``–``."""
    text = format_number(value, decimals)
    if text == "–" or text.startswith(MINUS):
        return text
    return f"+{text}" if any(digit in text for digit in "123456789") else f"±{text}"


def format_percent(share: float | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as ``12 %`` with a no-break space."""
    text = format_number(None if share is None else share * 100, decimals)
    return text if text == "–" else f"{text}{NBSP}%"


def count_of(part: int, total: int) -> str:
    """A share in words a small group deserves: ``4 von 9`` below 20 cases, else ``44 %``."""
    return f"{part} von {total}" if total < 20 else format_percent(part / total)


def format_date(day: date | None) -> str:
    """``01.03.2026``; a missing date gives ``–``."""
    return "–" if day is None else day.strftime("%d.%m.%Y")


def parse_number(text: str) -> float | None:
    """Read a number written the German or the English way; ``None`` if it isn't one.

    ``1.234`` is read as German (one thousand two hundred thirty-four), ``12.5`` as twelve and a
    half. A leading apostrophe and blanks (also as thousands separators) are tolerated; words,
    units and ``inf``/``nan`` are not numbers.
    """
    compact = _BLANKS.sub("", text).lstrip("'").replace(MINUS, "-")
    if _GROUPED_DE.fullmatch(compact):
        compact = compact.replace(".", "").replace(",", ".")
    elif _PLAIN_DE.fullmatch(compact):
        compact = compact.replace(",", ".")
    elif _GROUPED_EN.fullmatch(compact):
        compact = compact.replace(",", "")
    elif not _PLAIN.fullmatch(compact):
        return None
    value = float(compact)
    return value if math.isfinite(value) else None


def parse_date(text: str) -> date | None:
    """Read a date such as ``01.03.2026``, ``1.3.26`` or ``2026-03-01``, with or without a time."""
    compact = text.strip()
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(compact, form).date()
        except ValueError:
            continue
    return None


def fold(text: str) -> str:
    """The key under which two spellings count as the same text.

    Case, blanks (also invisible ones), Unicode composition and umlaut spelling don't matter:
    ``fold("Weiß  NICHT") == fold("weiss nicht")``.
    """
    composed = unicodedata.normalize("NFKC", text)
    return _BLANKS.sub(" ", composed).strip().casefold().translate(_SPELLED)
