"""The questionnaire as one YAML file, readable in review.

Beside the fields of the model the file knows two abbreviations: answer sets shared by many items
stand once under ``option_sets``, and items stand in ``sections`` (``title`` and ``items``) so that
the title is not repeated. Missing fields take the model's defaults.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assessment.questionnaire.model import Option, Questionnaire
from assessment.questionnaire.problems import describe, first_problem, refuse
from assessment.questionnaire.yaml_tree import CONSTANTS, NUMBER, Tree, child_of, key_of

LINE_WIDTH = 100


def load_questionnaire(path: Path) -> Questionnaire:
    """Read a questionnaire file (UTF-8).

    Raises InputRefused (CODEBOOK_INVALID) with file and line if anything in it is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        refuse(path.name, "Die Datei ist nicht in UTF-8 gespeichert; bitte so speichern.")
    return read_questionnaire(text, path.name)


def read_questionnaire(text: str, name: str) -> Questionnaire:
    """Parse and validate the text of a questionnaire file; ``name`` is used in messages.

    Raises InputRefused (CODEBOOK_INVALID): one German sentence with file and line.
    """
    tree = Tree(text, name)
    if not isinstance(tree.data, dict):
        refuse(f"{name}, Zeile 1", "Ein Fragebogen beginnt mit Feldern wie „id:“ und „version:“.")
    data, item_nodes = _expanded(tree)
    try:
        return Questionnaire.model_validate(data)
    except ValidationError as error:
        problem = first_problem(error)
        sentence = describe(problem)
        node = (
            _node_at(tree, problem["loc"], item_nodes)
            if problem["loc"]
            else _node_named(tree, sentence, item_nodes)
        )
        refuse(f"{name}, Zeile {node.start_mark.line + 1}", sentence)


def _expanded(tree: Tree) -> tuple[dict[str, Any], list[Any]]:
    """The data as the model wants it, and the node of every item."""
    data = dict(tree.data)
    sets = _option_sets(tree, data)
    sections = data.pop("sections", None)
    items: list[Any] = []
    nodes: list[Any] = []
    if sections is not None:
        if "items" in data:
            tree.refuse(
                key_of(tree.root, "items"),
                "Items stehen entweder unter „sections“ oder unter „items“, nicht unter beidem.",
            )
        sections_node = child_of(tree.root, "sections")
        if not isinstance(sections, list):
            tree.refuse(sections_node, "Unter „sections“ wird eine Liste von Abschnitten erwartet.")
        for index, section in enumerate(sections):
            _take_section(tree, section, child_of(sections_node, index), items, nodes)
    elif isinstance(data.get("items"), list):
        items = [dict(item) if isinstance(item, dict) else item for item in data["items"]]
        items_node = child_of(tree.root, "items")
        nodes = [child_of(items_node, index) for index in range(len(items))]
    else:
        refuse(f"{tree.name}, Zeile 1", "Der Fragebogen hat weder „sections“ noch „items“.")
    for index, item in enumerate(items):
        if isinstance(item, dict) and "option_set" in item and "options" not in item:
            named = item["option_set"]
            if not isinstance(named, str) or named not in sets:
                tree.refuse(
                    child_of(nodes[index], "option_set"),
                    f"Der Antwortsatz „{named}“ steht nicht unter „option_sets“.",
                )
            item["options"] = sets[named]
    data["items"] = items
    return data, nodes


def _option_sets(tree: Tree, data: dict[str, Any]) -> dict[str, tuple[Option, ...]]:
    """Take ``option_sets`` out of ``data`` and validate them once.

    Validating here rather than per item keeps loading fast and names the line of the set.
    """
    sets = data.pop("option_sets", {})
    sets_node = child_of(tree.root, "option_sets")
    if not isinstance(sets, dict):
        tree.refuse(sets_node, "Unter „option_sets“ werden Namen mit je einer Liste erwartet.")
    taken: dict[str, tuple[Option, ...]] = {}
    for name, options in sets.items():
        node = child_of(sets_node, name)
        if not isinstance(options, list):
            tree.refuse(node, f"Der Antwortsatz „{name}“ ist keine Liste von Antworten.")
        validated = []
        for index, option in enumerate(options):
            try:
                validated.append(Option.model_validate(option))
            except ValidationError as error:
                problem = first_problem(error)
                location = ("options", *problem["loc"])
                place = _deepest(child_of(node, index), problem["loc"])
                tree.refuse(place, describe({**problem, "loc": location}))
        taken[name] = tuple(validated)
    return taken


def _take_section(tree: Tree, section: Any, node: Any, items: list[Any], nodes: list[Any]) -> None:
    if not isinstance(section, dict) or not isinstance(section.get("items"), list):
        tree.refuse(node, "Ein Abschnitt braucht „title“ und eine Liste „items“.")
    extra = sorted(set(section) - {"title", "items"})
    if extra:
        tree.refuse(key_of(node, extra[0]), f"Das Feld „{extra[0]}“ gibt es im Abschnitt nicht.")
    title = section.get("title", "")
    items_node = child_of(node, "items")
    for index, item in enumerate(section["items"]):
        item_node = child_of(items_node, index)
        if not isinstance(item, dict):
            tree.refuse(item_node, "Ein Item besteht aus Feldern wie „id:“ und „text:“.")
        if "section" in item:
            tree.refuse(
                key_of(item_node, "section"),
                "„section“ steht schon als „title“ am Abschnitt und wird hier nicht wiederholt.",
            )
        items.append({**item, "section": title})
        nodes.append(item_node)


def _deepest(node: Any, location: tuple[str | int, ...]) -> Any:
    """The node of the field an error is about, or the nearest one above it."""
    for part in location:
        below = child_of(node, part)
        if below is None:
            return key_of(node, part) or node
        node = below
    return node


def _node_at(tree: Tree, location: tuple[str | int, ...], items: list[Any]) -> Any:
    match location:
        case ("items", int() as index, *rest):
            return _deepest(items[index], tuple(rest))
    return _deepest(tree.root, location)


def _node_named(tree: Tree, sentence: str, items: list[Any]) -> Any:
    """Where an error about the whole questionnaire belongs: the last definition it names."""
    subject = re.match(r"(?:Regel |Item mehrfach: )?([^\s:,]+)", sentence)
    named = subject.group(1) if subject else ""
    nodes = list(items)
    for field in ("dimensions", "rules"):
        listed = child_of(tree.root, field)
        nodes += listed.value if isinstance(listed, yaml.SequenceNode) else []
    found = [node for node in nodes if getattr(child_of(node, "id"), "value", None) == named]
    return found[-1] if found else tree.root


class _Flow(dict[str, Any]):
    """A mapping written on one line: ``{code: a, label: …}``."""


class _FlowList(list[Any]):
    """A list written on one line: ``[goal, evidence]``."""


class _Writer(yaml.SafeDumper):
    """Writes block style, short mappings in flow style, and quotes what would be typed."""

    @property
    def best_width(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Flow style stays on one line, so that a changed option is one changed line."""
        return 10**6 if self.flow_level else LINE_WIDTH

    @best_width.setter
    def best_width(self, _width: int) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The emitter sets its default here; the width depends on the place instead."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _represent_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    typed = text in CONSTANTS or NUMBER.fullmatch(text) or text.isdigit() or not text
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style='"' if typed else None)


def _represent_flow(writer: _Writer, mapping: _Flow) -> yaml.MappingNode:
    return writer.represent_mapping("tag:yaml.org,2002:map", mapping, flow_style=True)


def _represent_flow_list(writer: _Writer, sequence: _FlowList) -> yaml.SequenceNode:
    return writer.represent_sequence("tag:yaml.org,2002:seq", sequence, flow_style=True)


_Writer.add_representer(str, _represent_text)
_Writer.add_representer(_FlowList, _represent_flow_list)
_Writer.add_representer(_Flow, _represent_flow)


def write_questionnaire(questionnaire: Questionnaire) -> str:
    """The text of a questionnaire file; reading it gives an equal questionnaire."""
    data = _compact(questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    items = data.pop("items", [])
    for field in ("dimensions", "rules"):
        data[field] = [_short_lines(entry) for entry in data.get(field, [])]
    sets = _sets_used(questionnaire)
    if sets:
        data["option_sets"] = {name: _options(options) for name, options in sets.items()}
    sections: list[dict[str, Any]] = []
    for item, fields in zip(questionnaire.items, items, strict=True):
        fields.pop("section", None)
        if item.option_set is not None and sets.get(item.option_set) == item.options:
            fields.pop("options", None)
        elif item.option_set is not None and not item.options:
            # Named without being taken: an empty list says that no options are to be filled in.
            fields["options"] = []
        if not sections or sections[-1].get("title", "") != item.section:
            sections.append({"title": item.section, "items": []})
        sections[-1]["items"].append(_short_lines(fields))
    data["sections"] = sections
    data = {field: value for field, value in data.items() if value not in ([], {})}
    data.setdefault("sections", [])
    return yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, indent=2)


def _sets_used(questionnaire: Questionnaire) -> Mapping[str, tuple[Option, ...]]:
    """Per shared answer set the options of the first item that names it."""
    sets: dict[str, tuple[Option, ...]] = {}
    for item in questionnaire.items:
        if item.option_set is not None and item.options:
            sets.setdefault(item.option_set, item.options)
    return sets


def _options(options: tuple[Option, ...]) -> list[_Flow]:
    dumped = [option.model_dump(mode="json", exclude_defaults=True) for option in options]
    return [_Flow(option) for option in _compact(dumped)]


def _short_lines(fields: dict[str, Any]) -> dict[str, Any]:
    """Options, conditions and gates one per line, lists of codes on one."""
    short = dict(fields)
    for field in ("roles", "requires"):
        if field in short:
            short[field] = _FlowList(short[field])
    for field in ("options", "condition", "gates", "when"):
        if field in short:
            short[field] = [_Flow(entry) for entry in short[field]]
    return short


def _compact(value: Any) -> Any:
    """Whole numbers without ``.0``."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, dict):
        return {key: _compact(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_compact(child) for child in value]
    return value
