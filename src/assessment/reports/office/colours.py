"""Colours of a house on white paper."""

INK = "1F2A33"
"""Used where a house's colour can't be read on white."""
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3, for texts."""


def readable(colour: str) -> str:
    """``#RRGGBB`` as ``RRGGBB``, or the ink where it is too light for text on white."""
    digits = colour.removeprefix("#").upper()
    if len(digits) != 6 or any(digit not in "0123456789ABCDEF" for digit in digits):
        return INK
    return digits if contrast_on_white(digits) >= LEAST_CONTRAST else INK


def contrast_on_white(digits: str) -> float:
    """Contrast of ``RRGGBB`` on white, 1–21 (WCAG 2.2, relative luminance)."""
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)
