"""Colours, marks and letters of the charts: one place, checked for contrast and colour vision.

Types: at least 3.6:1 on white and 5:1 on the dark ground, distinct under deutan, protan and tritan
vision, each with another lightness; a letter or mark always goes with the colour. Maturity levels
use one grey-blue hue in five steps plus the number, never the type colours.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one colour scheme. ``levels`` runs from level 0 to level 4."""

    ground: str
    panel: str
    ink: str
    quiet: str
    """Secondary text, at least 4.5:1 on the ground."""
    line: str
    """Grid lines and frames."""
    band: str
    """Outline of the peers' quartiles."""
    band_fill: str
    levels: tuple[str, str, str, str, str]
    types: dict[str, str]
    other_types: tuple[str, ...]
    """Colours of unnamed groups."""

    def type_colour(self, type_id: str) -> str:
        """Colour of a type; unnamed groups (``G1``, ``G2`` …) get greys."""
        if type_id in self.types:
            return self.types[type_id]
        digits = re.sub(r"\D", "", type_id)
        place = int(digits) - 1 if digits else 0
        return self.other_types[place % len(self.other_types)]


LIGHT = Palette(
    ground="#FFFFFF",
    panel="#F3F5F7",
    ink="#1B232C",
    quiet="#54606C",
    line="#DDE3E8",
    band="#7C8C9B",
    band_fill="#EDF1F4",
    levels=("#E8EDF2", "#C3D0DC", "#96ACC1", "#64829E", "#33526E"),
    types={"B": "#245288", "O": "#44928B", "S": "#936E38", "C": "#5C223B"},
    other_types=("#3F4B57", "#6A7784", "#2A333D", "#808D9A"),
)
DARK = Palette(
    ground="#14181F",
    panel="#1D232C",
    ink="#E7EBF0",
    quiet="#AAB5C1",
    line="#2E3742",
    band="#8A99A8",
    band_fill="#222A34",
    levels=("#252D37", "#3A4A5B", "#567089", "#83A0BC", "#B5CCE2"),
    types={"B": "#6AA6F8", "O": "#7CF0DF", "S": "#F8B043", "C": "#F64E8B"},
    other_types=("#C6D0DA", "#97A4B1", "#E2E8EE", "#7F8C99"),
)

TYPE_ORDER = ("B", "O", "S", "C")
"""Always this order; it means no rank."""

MARKS = {"B": "square", "O": "diamond", "S": "circle", "C": "triangle-up"}
"""Plotly symbol of each type."""

GROUP_MARKS = ("cross", "x", "star", "hexagon", "triangle-down", "pentagon", "hourglass", "bowtie")
"""Plotly symbols of unnamed groups, by their number: greys alone can't be told apart."""


def with_letter(type_id: str | None, name: str) -> str:
    """A type's letter and name; unnamed groups have their number in the name already."""
    return f"{type_id} {name}" if type_id in MARKS else name


def mark_of_type(type_id: str | None) -> str:
    """Plotly symbol of a type or of an unnamed group (``G1`` …); a circle without one."""
    if type_id in MARKS:
        return MARKS[type_id]
    number = (type_id or "").removeprefix("G")
    return GROUP_MARKS[(int(number) - 1) % len(GROUP_MARKS)] if number.isdigit() else "circle"


FONT = "Atkinson Hyperlegible Next, Noto Sans, sans-serif"
SEPARATORS = ",."
"""Plotly: decimal comma, point between thousands."""

CONFIG = {"displayModeBar": False, "locale": "de", "responsive": True, "scrollZoom": False}
"""Plotly settings of every chart: no tool bar, nothing that English words could appear in."""


def palette(theme: ThemeName) -> Palette:
    """The colours of a colour scheme."""
    return DARK if theme == "dark" else LIGHT


def type_order(type_ids: list[str]) -> list[str]:
    """Types in the fixed order, unnamed groups after them in their own order."""
    known = [t for t in TYPE_ORDER if t in type_ids]
    return known + [t for t in type_ids if t not in TYPE_ORDER]


_LABEL_WIDTH = 34
_LABEL_LINES = 2

_PLOTLY_SPECIAL = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "%": "&#37;", "\\": "&#92;"}
)


def esc_plotly(text: object) -> str:
    """Text of a file as plotly shows it literally.

    Plotly reads a few HTML tags (``<a href>``, ``<b>``, ``<br>``), hover templates
    (``%{customdata}``) and, where MathJax is loaded, ``$…$``; all of them are taken apart here.
    """
    return str(text).translate(_PLOTLY_SPECIAL)


def axis_label(text: object, width: int = _LABEL_WIDTH, lines: int = _LABEL_LINES) -> str:
    """A name for an axis: escaped, broken into at most ``lines`` lines of ``width`` characters."""
    flat = " ".join(str(text).split())
    wrapped = textwrap.wrap(flat, width, max_lines=lines, placeholder=" …") or [""]
    return "<br>".join(esc_plotly(line) for line in wrapped)


def unique_labels(
    names: Sequence[str], width: int = _LABEL_WIDTH, lines: int = _LABEL_LINES
) -> list[str]:
    """Axis labels of several names; equal ones are told apart by invisible blanks.

    Plotly merges categories of the same text.
    """
    seen: dict[str, int] = {}
    labels = []
    for name in names:
        label = axis_label(name, width, lines)
        seen[label] = seen.get(label, -1) + 1
        labels.append(label + "\u200b" * seen[label])
    return labels
