"""Keys as they come out of spreadsheets, and the readings they allow."""

import re
from dataclasses import dataclass

_JOINERS = re.compile(r"[\s\u00a0\u200b\ufeff./_-]+")
_FLOAT_TAIL = re.compile(r"[.,]0+$")
_EXPONENT = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
KEY_LENGTHS = (2, 5, 8, 9, 12)
"""Land, Kreis, municipality (AGS), Verband (ARS) and municipality (ARS)."""


@dataclass(frozen=True, slots=True)
class KeyReading:
    """A possible reading of a key: ``digits`` of a valid length."""

    digits: str
    zero_restored: bool


def bare_digits(text: str) -> str | None:
    """The digits of a key without blanks, separators and ``.0``; ``None`` if it is no number.

    ``"01 051 044"``, ``"01-051-044"``, ``"'01051044"`` and ``"1051044.0"`` are read; a key that a
    spreadsheet turned into ``1,05104E+11`` has lost digits and is not.
    """
    compact = text.strip().lstrip("'’").strip().strip('"')
    for prefix in ("AGS", "ARS", "DE", "RS"):
        if compact.upper().startswith(prefix):
            compact = compact[len(prefix) :].lstrip(" :")
            break
    compact = _JOINERS.sub("", _FLOAT_TAIL.sub("", compact))
    return compact if compact.isascii() and compact.isdigit() else None


def lost_to_exponent(text: str) -> bool:
    """True for ``1,05104E+11``: the spreadsheet program has cut the key off."""
    return _EXPONENT.fullmatch(text.strip()) is not None


def readings(digits: str) -> tuple[KeyReading, ...]:
    """All readings of valid length: as it stands, and with a lost leading zero.

    The first digit of Land keys 01–09 gets lost when a key passes through a number; 8 digits may
    be an AGS or a 9-digit ARS without its zero, so both are returned, the plain reading first.
    """
    found = [KeyReading(digits, False)] if len(digits) in KEY_LENGTHS else []
    if len(digits) + 1 in KEY_LENGTHS and len(digits) > 1 and digits[0] != "0":
        found.append(KeyReading(f"0{digits}", True))
    return tuple(found)
