"""Columns with contact data: proposed to be left out, because the assessment needs none."""

import re

import numpy as np

from assessment.german import fold
from assessment.source_column import SourceColumn

_NAMES = re.compile(
    r"\b(e-?mail(s|[- ]?adresse|[- ]?address)?|mailadresse|telefon(nummer)?|tel|phone( number)?"
    r"|fax(nummer)?|handy(nummer)?|mobil(nummer|telefon)?|vorname|nachname|familienname"
    r"|first ?name|last ?name|ansprech(partner|partnerin|person)|ip-?adresse|ip address)\b"
)
_EMAIL = re.compile(r"[^\s@;,]+@[^\s@;,]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(\+\d{1,3}[\s/()-]*|00\d{2}[\s/()-]*|\(?0\d{2,5}\)?[\s/-]+)\d[\d\s/()-]{4,}")
CONTACT_SHARE = 0.2
"""Share of filled cells with an address or number from which a column counts as contact data."""


def contact_reason(column: SourceColumn) -> str | None:
    """Why a column is taken for contact data (German), or ``None``."""
    share = _share(column)
    if share >= CONTACT_SHARE:
        return "enthält E-Mail-Adressen oder Telefonnummern"
    text = fold(column.option or column.question or column.code or column.header)
    # A long question that mentions e-mail asks about e-mail; a short head asks for the address.
    if _NAMES.search(text) and len(text.split()) <= 3:
        return "fragt nach Kontaktdaten"
    if _NAMES.search(fold(column.code.replace("_", " "))):
        return "fragt nach Kontaktdaten"
    return None


def _share(column: SourceColumn) -> float:
    """Share of filled cells that hold an e-mail address or a phone number."""
    values = column.column.values
    contact = np.array(
        [
            isinstance(value, str)
            and ("@" in value or value[:1] in "+(0")
            and bool(_EMAIL.fullmatch(value.strip()) or _PHONE.fullmatch(value.strip()))
            for value in values
        ],
        dtype=bool,
    )
    if not contact.any():
        return 0.0
    counts = np.bincount(column.column.codes, minlength=len(values))
    filled = np.array([value is not None for value in values], dtype=bool)
    return float(counts[contact].sum() / max(1, counts[filled].sum()))
