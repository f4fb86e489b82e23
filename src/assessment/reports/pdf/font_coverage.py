"""Which characters the shipped fonts can print, read from the fonts themselves."""

import struct
from functools import cache

from assessment.fonts import FONT_FOLDER

FAMILIES = {
    "AtkinsonHyperlegibleNext-400Regular.ttf": "Atkinson Hyperlegible Next",
    "NotoSans-400Regular.subset.ttf": "Noto Sans",
    "NotoSansSymbols2-400Regular.subset.ttf": "Noto Sans Symbols 2",
    "NotoSansMath-400Regular.subset.ttf": "Noto Sans Math",
}
"""In the order in which a character is looked for; SemiBold holds the same as Regular."""


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """Code points of each font of :data:`FAMILIES`."""
    return tuple(_code_points((FONT_FOLDER / name).read_bytes()) for name in FAMILIES)


def _code_points(font: bytes) -> frozenset[int]:
    """Code points of a TrueType font's ``cmap`` table of format 4 (all our fonts have one)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    start = next(
        struct.unpack_from(">I", font, 12 + 16 * n + 8)[0]
        for n in range(tables)
        if font[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    records = struct.unpack_from(">H", font, start + 2)[0]
    for n in range(records):
        at = start + struct.unpack_from(">HHI", font, start + 4 + 8 * n)[2]
        if struct.unpack_from(">H", font, at)[0] == 4:
            return frozenset(_segments(font, at))
    raise ValueError("font without a cmap of format 4")


def _segments(font: bytes, at: int) -> list[int]:
    """Characters of the segments that lead to a glyph other than 0."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    found: list[int] = []
    for n in range(count):
        for code in range(starts[n], ends[n] + 1):
            if offsets[n] == 0:
                glyph = (code + deltas[n]) & 0xFFFF
            else:
                place = offsets_at + 2 * n + offsets[n] + 2 * (code - starts[n])
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph and code != 0xFFFF:
                found.append(code)
    return found
