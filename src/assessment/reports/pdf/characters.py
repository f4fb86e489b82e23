"""Any text, made printable: every character has a glyph, every word can break.

PDF/UA forbids glyphs that stand for nothing; a person's text may hold anything at all.
"""

import re
import unicodedata
from functools import lru_cache

from assessment.reports.pdf.font_coverage import coverage

SUBSTITUTE = "□"
"""Stands for a character no font has."""

_SAME = {
    0x202F: "\u00a0",
    0x2011: "-",
    0x2010: "-",
    0x2028: "\n",
    0x2029: "\n",
    0x0085: "\n",
    0x000B: "\n",
    0x000C: "\n",
    0x000D: "\n",
    0x0009: " ",
    0x3000: " ",
    0xFF1A: ":",
    0x2705: "✔",
    0x2611: "✔",
    0x274C: "✕",
    0x2757: "!",
}
"""Characters with a printable one that means the same."""

LONGEST_UNBROKEN = 30
"""Characters of an address, a number or other signs that stay in one piece."""

LONGEST_WORD = 50
"""Letters; German compounds up to here are left to hyphenation, so that a search finds them."""

LONGEST_IN_CELL = 12
"""Characters in a table cell of what hyphenation can't part: addresses, numbers, signs."""

PIECE = 8
"""A longer word may break after so many characters."""

_LONG = re.compile(rf"[^\s\u00a0\u200b]{{{LONGEST_UNBROKEN + 1},}}")
_LONG_IN_CELL = re.compile(rf"[^\s\u00a0\u200b]{{{LONGEST_IN_CELL + 1},}}")
LONGEST_KEPT = 200
"""Characters of texts that are remembered."""
_BETWEEN = re.compile(r"[-/.,;:()„“]")
_UNSPEAKABLE = re.compile(r"[^aeiouyäöüAEIOUYÄÖÜ]{9}")
"""No syllables, so nothing for hyphenation to part."""
_JOINTS = re.compile(r"(?<=[/\\._\-@?&=:,;+])(?=[^/\\._\-@?&=:,;+\s])")
ZERO_WIDTH_SPACE = "\u200b"


def printable(text: str, *, in_cell: bool = False) -> str:
    """``text`` with printable characters and long words that may break; lines stay lines."""
    # Names of fields and sentences stand in every document of a bulk job.
    return (_known if len(text) <= LONGEST_KEPT else _printable)(text, in_cell)


def _printable(text: str, in_cell: bool) -> str:
    plain = "".join(_clean(unicodedata.normalize("NFC", text.replace("\r\n", "\n"))))
    if in_cell:
        plain = _LONG_IN_CELL.sub(lambda found: _breakable_in_cell(found.group()), plain)
    return _LONG.sub(lambda found: _breakable_word(found.group()), plain)


_known = lru_cache(maxsize=8192)(_printable)


def one_line(text: str) -> str:
    """Like :func:`printable` without line breaks or places to break: for titles and metadata."""
    plain = "".join(_clean(unicodedata.normalize("NFC", text)))
    return " ".join(plain.split())


def latin_only(text: str) -> str:
    """The strictest form, if even printable text is refused: the main font's letters alone."""
    return "".join(c if c == "\n" or ord(c) in coverage()[0] else " " for c in text)


def _clean(text: str) -> list[str]:
    """Characters that can be printed; combining marks stay where one font has mark and base."""
    result: list[str] = []
    fonts: frozenset[int] = frozenset()
    for character in text.translate(_SAME):
        if character == "\n":
            result.append(character)
            fonts = frozenset()
            continue
        category = unicodedata.category(character)
        if category in {"Cc", "Cf"}:
            continue
        own = _fonts_with(ord(character))
        if category[0] == "M":
            fonts = fonts & own
            if fonts:
                result.append(character)
            continue
        fonts = own
        if category[0] == "Z":
            # Every space is one of two: to break at or not.
            result.append("\u00a0" if character in "\u00a0\u2007" else " ")
        else:
            result.append(character if own else SUBSTITUTE)
    return result


@lru_cache(maxsize=4096)
def _fonts_with(code: int) -> frozenset[int]:
    return frozenset(n for n, codes in enumerate(coverage()) if code in codes)


def _breakable_word(word: str) -> str:
    hyphenated = (
        _of_letters(word)
        and not _UNSPEAKABLE.search(word)
        and all(len(part) <= LONGEST_WORD for part in _BETWEEN.split(word))
    )
    return word if hyphenated else _breakable(word, LONGEST_UNBROKEN)


def _breakable_in_cell(word: str) -> str:
    """Letters are left to hyphenation, everything else gets its places."""
    return word if _of_letters(word) else _breakable(word, LONGEST_IN_CELL)


def _of_letters(word: str) -> bool:
    return _BETWEEN.sub("", word).isalpha()


def _breakable(word: str, longest: int) -> str:
    """Places to break: after signs of an address, else every few characters."""
    pieces = _JOINTS.split(word)
    return ZERO_WIDTH_SPACE.join(
        ZERO_WIDTH_SPACE.join(piece[n : n + PIECE] for n in range(0, len(piece), PIECE))
        if len(piece) > longest
        else piece
        for piece in pieces
    )
