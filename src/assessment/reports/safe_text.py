"""Texts of a survey on their way into a file: nothing a program would run or refuse."""

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that make a spreadsheet read a CSV cell as a formula (OWASP ASVS 5.0, 1.2.10).

The last four are their full-width forms, which some programs normalise.
"""

LONGEST_CELL = 32_767
"""Excel's limit of characters a cell."""

_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def printable(text: str) -> str:
    """Text of any length that XML accepts: no control characters, no lone surrogates."""
    clean = text.translate(_FORBIDDEN)
    return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in clean)


def writable(text: str) -> str:
    """Text every file format accepts: printable and not too long for a cell."""
    clean = printable(text)
    return clean if len(clean) <= LONGEST_CELL else f"{clean[: LONGEST_CELL - 1]}…"


def neutral(text: str) -> str:
    """Text for a CSV cell: an apostrophe goes before a character that would start a formula."""
    clean = writable(text)
    return f"'{clean}" if clean.lstrip(" ").startswith(TRIGGERS) else clean
