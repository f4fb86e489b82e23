"""How much room a text takes on a slide, and how it is shortened: by rule, never by shrinking.

A text that doesn't fit loses whole items first, then whole sentences, then words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessment.profiles.texts import sentence
from assessment.reports.office.letter_widths import text_width
from assessment.reports.office.slide_measures import FULL, LINE_HEIGHT, TITLE_LINES, TITLE_SIZE
from assessment.reports.safe_text import printable

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BLANKS = re.compile(r"[ \t\n\r\u2028\u2029]+")
"""Everything lines may be broken at; not the no-break space before a unit."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„0-9])")


@dataclass(frozen=True, slots=True)
class Room:
    """A field of a slide; width and height in points."""

    width: float
    height: float
    size: float
    """Of the letters, in points."""

    @property
    def lines(self) -> int:
        """Lines that fit."""
        return max(1, int(self.height / (self.size * LINE_HEIGHT)))


def slide_line(text: str) -> str:
    """A text on one line that PowerPoint takes as it stands.

    PowerPoint reads ``_x0041_`` as a coded character; an invisible joiner keeps it a text.
    """
    return _ESCAPE.sub("_\u2060", _BLANKS.sub(" ", printable(text))).strip()


def line_count(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Lines a text takes when broken at spaces; a word wider than a line is broken anywhere."""
    lines, reached = 1, 0.0
    space = text_width(" ", size, bold=bold)
    for word in filter(None, text.split(" ")):
        wide = text_width(word, size, bold=bold)
        if reached and reached + space + wide <= width:
            reached += space + wide
            continue
        lines += 1 if reached else 0
        lines += int(wide // width) if wide > width else 0
        reached = wide % width if wide > width else wide
    return lines


def shortened(text: str, lines: int, width: float, size: float, *, bold: bool = False) -> str:
    """The text in at most so many lines: whole sentences if one fits, else words and „…“."""
    text = slide_line(text)
    if line_count(text, width, size, bold=bold) <= lines:
        return text
    parts = sentences(text)
    for kept in range(len(parts) - 1, 0, -1):
        shorter = " ".join(parts[:kept])
        if line_count(shorter, width, size, bold=bold) <= lines:
            return shorter
    words = text.split(" ")
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if line_count(_cut(words[:middle]), width, size, bold=bold) <= lines:
            low = middle
        else:
            high = middle - 1
    return _cut(words[:low]) if low else _cut_word(words[0], lines, width, size, bold=bold)


def sentences(text: str) -> list[str]:
    """A text's sentences, each on one line."""
    return [part for part in _SENTENCE_END.split(slide_line(text)) if part]


def title_fits(text: str) -> bool:
    """Whether a text can be a title as it stands."""
    return line_count(slide_line(text), FULL, TITLE_SIZE, bold=True) <= TITLE_LINES


def fitted(
    items: Sequence[str], room: Room, *, sizes: Sequence[int] = (), gap: float = 0.4
) -> tuple[tuple[str, ...], int]:
    """Items that fit one below the other, and the size of their letters in points.

    The largest of ``sizes`` at which nothing has to go is taken; at the smallest, long items are
    shortened, then whole items left out and counted: „und 4 weitere“. ``gap``: space after an
    item, as a share of a line.
    """
    texts = [slide_line(item) for item in items if item.strip()]
    for size in sorted(sizes, reverse=True):
        wide = Room(room.width, room.height, size)
        if _height(texts, wide, gap) <= room.height:
            return tuple(texts), size
    size = min(sizes, default=round(room.size))
    room = Room(room.width, room.height, size)
    most = max(3, room.lines // max(len(texts), 1))
    texts = [shortened(text, most, room.width, size) for text in texts]
    for kept in range(len(texts), 0, -1):
        rest = len(texts) - kept
        shown = [*texts[:kept], *([more_text(rest)] if rest else [])]
        if _height(shown, room, gap) <= room.height:
            return tuple(shown), size
    return tuple(shortened(text, room.lines, room.width, size) for text in texts[:1]), size


def more_text(rest: int) -> str:
    """„und 4 weitere“."""
    return sentence("slides.more", n=rest) if rest > 1 else sentence("slides.one_more")


def _height(texts: Sequence[str], room: Room, gap: float) -> float:
    lines = sum(line_count(text, room.width, room.size) + gap for text in texts)
    return lines * room.size * LINE_HEIGHT


def _cut(words: Sequence[str]) -> str:
    return f"{' '.join(words).rstrip(',;:–- ')} …" if words else "…"


def _cut_word(word: str, lines: int, width: float, size: float, *, bold: bool) -> str:
    kept = word
    while kept and line_count(f"{kept}…", width, size, bold=bold) > lines:
        kept = kept[: len(kept) * 9 // 10]
    return f"{kept}…"
