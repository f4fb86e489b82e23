"""YAML text to plain data in which every value knows its line.

Codebooks, catalogues and plans may be uploaded, so the reader is narrower than YAML: no tags, no
anchors (they can blow up a small file), no doubled keys, bounded size and depth. Only plain
``true``, ``false``, ``null`` and numbers without leading zeros are typed; everything else is text,
so that the codes ``no``, ``01`` and ``2026-01-01`` stay what they are.
"""

import re
from typing import Any, NoReturn

import yaml

from assessment.questionnaire.problems import CODEBOOK_INVALID
from assessment.remarks import InputRefused

MAX_CHARACTERS = 5_000_000
MAX_DEPTH = 20
MAX_NODES = 400_000

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,17})?([eE][-+]?[0-9]{1,3})?")
CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
DEFAULT_TAGS = frozenset(
    {"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
)

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where the wheel has it: ten times faster. The base loader resolves no types at all."""


class Tree:
    """The parsed text: ``data`` and, by path, the line it came from (counted from 1)."""

    def __init__(self, text: str, name: str, code: str = CODEBOOK_INVALID) -> None:
        """Parse ``text``; raises InputRefused (``code``) naming file and line."""
        self.name, self.code = name, code
        if len(text) > MAX_CHARACTERS:
            self._refuse_at(name, "Die Datei ist zu groß (mehr als 5 Mio. Zeichen).")
        try:
            self._check_depth(text)
            self.root = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            self._refuse_at(f"{name}, Zeile {line}", f"Das ist kein gültiges YAML{_hint(error)}.")
        except (yaml.YAMLError, ValueError) as error:
            # Characters YAML does not allow carry no line.
            self._refuse_at(name, f"Das ist kein gültiges YAML ({type(error).__name__}).")
        if self.root is None:
            self._refuse_at(name, "Die Datei ist leer.")
        self._seen: set[int] = set()
        self.data = self._value(self.root, 0)

    def refuse(self, node: Any, sentence: str) -> NoReturn:
        """Refuse the file because of ``node``."""
        self._refuse_at(f"{self.name}, Zeile {node.start_mark.line + 1}", sentence)

    def _refuse_at(self, place: str, sentence: str) -> NoReturn:
        raise InputRefused(self.code, f"{place}: {sentence}")

    def _check_depth(self, text: str) -> None:
        """Refuse deep nesting before the tree is built: libyaml's composer calls itself for every
        step down and ends the whole process when the stack is full."""
        depth = 0
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH + 1:
                    self._refuse_at(
                        f"{self.name}, Zeile {event.start_mark.line + 1}",
                        "Die Datei ist zu tief verschachtelt.",
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def _value(self, node: Any, depth: int) -> Any:
        if id(node) in self._seen:
            self.refuse(node, "Anker und Verweise (& und *) sind hier nicht erlaubt.")
        self._seen.add(id(node))
        if depth > MAX_DEPTH or len(self._seen) > MAX_NODES:
            self.refuse(node, "Die Datei ist zu tief oder zu umfangreich verschachtelt.")
        if node.tag not in DEFAULT_TAGS:
            self.refuse(node, f"Die Typangabe „{node.tag}“ ist hier nicht erlaubt.")
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.style else typed(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, depth + 1) for child in node.value]
        mapping: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.refuse(key, "Feldnamen müssen Text sein.")
            if key.value in mapping:
                self.refuse(key, f"Das Feld „{key.value}“ steht zweimal da.")
            mapping[key.value] = self._value(child, depth + 1)
        return mapping


def typed(plain: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar."""
    if plain in CONSTANTS:
        return CONSTANTS[plain]
    if NUMBER.fullmatch(plain):
        return float(plain) if set(plain) & set(".eE") else int(plain)
    return None if plain == "" else plain


def child_of(node: Any, part: str | int) -> Any | None:
    """The node below ``node`` with this field name or index, if there is one."""
    if isinstance(node, yaml.MappingNode):
        return next((child for key, child in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None


def key_of(node: Any, part: str | int) -> Any | None:
    """The node of the field name itself."""
    if isinstance(node, yaml.MappingNode):
        return next((key for key, _child in node.value if key.value == part), None)
    return None


def _hint(error: yaml.MarkedYAMLError) -> str:
    """What most often is the cause, told from libyaml's English problem text."""
    problem = str(error.problem)
    if "mapping values are not allowed" in problem:
        return " (Texte mit Doppelpunkt bitte in Anführungszeichen setzen)"
    if "tab" in problem or "cannot start any token" in problem:
        return " (Zeile beginnt mit einem unzulässigen Zeichen, etwa einem Tabulator)"
    if "undefined alias" in problem:
        return " (ein Text beginnt mit *; bitte in Anführungszeichen setzen)"
    if "expected" in problem or "did not find" in problem:
        return " (Einrückung, Klammern und Anführungszeichen bitte prüfen)"
    return ""
