"""LimeSurvey's question types, fixed answers and relevance equations in our terms.

Question types: https://manual.limesurvey.org/Question_object_types
"""

import re
from collections.abc import Collection, Mapping
from html.parser import HTMLParser
from typing import Any

from assessment.questionnaire.model import Comparison, ItemKind
from assessment.questionnaire.xlsform_expression import is_readable, split_top_level

PLAIN_TYPES: Mapping[str, ItemKind] = {
    "L": ItemKind.SINGLE,
    "!": ItemKind.SINGLE,
    "O": ItemKind.SINGLE,
    "Y": ItemKind.SINGLE,
    "G": ItemKind.SINGLE,
    "5": ItemKind.RATING,
    "M": ItemKind.MULTIPLE,
    "P": ItemKind.MULTIPLE,
    "R": ItemKind.RANKING,
    "N": ItemKind.DECIMAL,
    "D": ItemKind.DATE,
    "S": ItemKind.TEXT,
    "T": ItemKind.TEXT,
    "U": ItemKind.TEXT,
}
MATRIX_TYPES: Mapping[str, ItemKind] = {
    "A": ItemKind.RATING,
    "B": ItemKind.RATING,
    "C": ItemKind.SINGLE,
    "E": ItemKind.SINGLE,
    "F": ItemKind.RATING,
    "H": ItemKind.RATING,
    "1": ItemKind.RATING,
    "K": ItemKind.DECIMAL,
    "Q": ItemKind.TEXT,
    ":": ItemKind.DECIMAL,
    ";": ItemKind.TEXT,
}
SKIPPED_TYPES: Mapping[str, str] = {
    "X": "Textanzeige",
    "*": "Gleichung",
    "|": "Hochladen von Dateien",
    "I": "Sprachwahl",
}
OTHER_CODE = "-oth-"
OTHER_LABEL = "Sonstiges"

_FIXED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Y": (("Y", "Ja"), ("N", "Nein")),
    "G": (("F", "weiblich"), ("M", "männlich")),
    "C": (("Y", "Ja"), ("U", "Unsicher"), ("N", "Nein")),
    "E": (("D", "Weniger"), ("S", "Gleich"), ("I", "Mehr")),
    "5": tuple((str(step), str(step)) for step in range(1, 6)),
    "A": tuple((str(step), str(step)) for step in range(1, 6)),
    "B": tuple((str(step), str(step)) for step in range(1, 11)),
}


def fixed_options(kind: str) -> list[dict[str, Any]]:
    """The answers of types whose answers LimeSurvey does not store; empty for all others."""
    return [{"code": code, "label": label} for code, label in _FIXED.get(kind, ())]


class _TextOnly(HTMLParser):
    """Collects text; block elements end a line, scripts and styles are left out."""

    BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5"})
    SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in self.SILENT))
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def plain_text(markup: str) -> str:
    """The text of LimeSurvey's HTML, blanks collapsed, one line per block."""
    parser = _TextOnly()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


_VARIABLE = r"([A-Za-z][A-Za-z0-9]*)(?:_([A-Za-z0-9]+))?(?:\.(?:NAOK|valueNAOK|code))?"
_EQUATION = re.compile(rf"{_VARIABLE}\s*(==|!=|eq|ne)\s*(?:\"([^\"]*)\"|'([^']*)'|(\d+))")


def conditions_of(relevance: str, multiple_items: Collection[str]) -> list[dict[str, Any]] | None:
    """The conditions of a relevance equation: comparisons of one answer joined by ``and``.

    Empty for „always“; None if the equation says more than conditions can.
    """
    if relevance in ("", "1"):
        return []
    if not is_readable(relevance):
        return None
    conditions: list[dict[str, Any]] = []
    for part in _conjuncts(relevance):
        found = _EQUATION.fullmatch(part)
        if found is None:
            return None
        item, sub, sign, *values = found.groups()
        value = next((value for value in values if value is not None), "")
        equal = sign in ("==", "eq")
        if sub is None and value == "" and not equal:
            conditions.append({"item": item, "is": Comparison.ANSWERED})
        elif sub is None and value and equal:
            conditions.append({"item": item, "is": Comparison.EQUAL, "value": value})
        elif sub and item in multiple_items and value == "Y" and equal:
            conditions.append({"item": item, "is": Comparison.CONTAINS, "value": sub})
        elif sub and item not in multiple_items and value and equal:
            conditions.append({"item": f"{item}[{sub}]", "is": Comparison.EQUAL, "value": value})
        else:
            # LimeSurvey's != also holds for unanswered questions, ours does not.
            return None
    return conditions


def _conjuncts(equation: str) -> list[str]:
    """The parts joined by ``and`` or ``&&``, brackets around them removed, nested ones too."""
    text = equation.replace("&&", " and ").strip()
    parts = split_top_level(text, "and")
    if len(parts) > 1:
        return [inner for part in parts for inner in _conjuncts(part)]
    if text.startswith("(") and text.endswith(")") and len(text) > 2:
        return _conjuncts(text[1:-1])
    return [text]
