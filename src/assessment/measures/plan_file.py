"""A plan as one YAML or JSON document that people can save, read, edit and load again.

The document holds what was entered and nothing computed. Equal plans give equal bytes: fields in
the order of the model, mappings sorted, amounts as text with two decimals, dates as ISO text.
"""

import json
import re
from collections.abc import Callable, Mapping
from json import JSONDecodeError
from typing import Any

import yaml
from pydantic import ValidationError

from assessment.importing.text_hygiene import clean_name, clean_text
from assessment.measures.plan_problems import PLAN_INVALID, plan_refusal, refuse
from assessment.measures.plan_types import SCHEMA, MunicipalityPlan
from assessment.questionnaire.yaml_tree import CONSTANTS, NUMBER, Tree, child_of, key_of
from assessment.remarks import InputRefused

PLAN_NEWER = "PLAN_NEWER"
PLAN_OTHER = "PLAN_OTHER"
MAX_BYTES = 1_000_000
MAX_JSON_DEPTH = 40
LINE_WIDTH = 100
HEADING = (
    "# Digitalisierungsplan einer Kommune: Ziele, Maßnahmen, Strategie.\n"
    "# Wird von der Anwendung geschrieben und gelesen. null bei einem Betrag heißt: noch nicht "
    "beziffert.\n"
)
SORTED = ("targets", "amounts", "posts", "fields", "blocks", "headings", "texts")
"""Mappings whose order means nothing."""


def plan_to_yaml(plan: MunicipalityPlan) -> str:
    """The plan as a YAML document; reading it gives an equal plan."""
    return HEADING + yaml.dump(
        _plain(plan),
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        indent=2,
        width=LINE_WIDTH,
    )


def plan_to_json(plan: MunicipalityPlan) -> str:
    """The plan as a JSON document; reading it gives an equal plan."""
    return json.dumps(_plain(plan), ensure_ascii=False, indent=2) + "\n"


def plan_file_name(plan: MunicipalityPlan, ending: str = "yaml") -> str:
    """``plan_01051044_2026.yaml``: key and wave, without characters file systems refuse."""
    parts = [re.sub(r"[^\w-]+", "-", part).strip("-") for part in (plan.municipality, plan.wave)]
    return "_".join(["plan", *(part[:60] for part in parts if part)]) + f".{ending}"


def read_plan(data: bytes, name: str, *, expected_key: str | None = None) -> MunicipalityPlan:
    """Read a plan from the bytes of a YAML or JSON file; ``name`` is used in messages.

    Raises ``InputRefused`` with one German sentence naming file, place and line: ``PLAN_INVALID``;
    ``PLAN_NEWER`` if a newer program wrote it; ``PLAN_OTHER`` if it is the plan of another
    municipality than ``expected_key``.
    """
    shown = clean_name(name)
    text = _text(data, shown)
    is_json = shown.casefold().endswith(".json") or (
        not shown.casefold().endswith((".yaml", ".yml")) and text.lstrip()[:1] == "{"
    )
    if is_json:
        content, line = _json(text, shown), _line_in_json(text, shown)
    else:
        tree = Tree(text, shown, PLAN_INVALID)
        content, line = tree.data, _line_in(tree)
    if not isinstance(content, dict):
        refuse(
            shown,
            "Das ist kein Plan; ein Plan beginnt mit Feldern wie „municipality:“ und „name:“.",
        )
    _check_schema(content, shown)
    try:
        plan = MunicipalityPlan.model_validate(content)
    except ValidationError as error:
        location = error.errors(include_url=False)[0]["loc"]
        raise plan_refusal(error, content, f"{shown}{line(location)}") from None
    if expected_key is not None and plan.municipality != expected_key:
        refuse(
            shown,
            f"Die Datei enthält den Plan von „{plan.name}“ (Schlüssel {plan.municipality}), "
            f"geöffnet ist die Kommune mit dem Schlüssel {expected_key}; bitte die passende Datei "
            "wählen.",
            PLAN_OTHER,
        )
    # All that schema 1 had means the same in schema 2: an old plan is read as it is and written
    # in the present schema.
    return plan.model_copy(update={"schema_version": SCHEMA})


def _plain(plan: MunicipalityPlan) -> dict[str, Any]:
    """Plain data in a stable order; what equals the default is left out."""
    dumped = plan.model_dump(mode="json", exclude_defaults=True)
    return {"schema_version": plan.schema_version, **_sorted(dumped)}


def _sorted(value: Any, field: str = "") -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=str) if field in SORTED else value
        return {str(name): _sorted(value[name], str(name)) for name in names}
    if isinstance(value, list | tuple):
        return [_sorted(child) for child in value]
    return value


def _text(data: bytes, shown: str) -> str:
    if not data.strip():
        refuse(shown, "Die Datei ist leer; bitte einen gespeicherten Plan wählen.")
    if len(data) > MAX_BYTES:
        refuse(shown, "Die Datei ist größer als 1 MB; so groß ist kein Plan. Bitte Datei prüfen.")
    try:
        # Control characters would make the whole file unreadable for YAML and JSON.
        return clean_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        refuse(shown, "Die Datei ist nicht in UTF-8 gespeichert; bitte so speichern.")


def _check_schema(content: Mapping[str, Any], shown: str) -> None:
    version = content.get("schema_version", SCHEMA)
    if isinstance(version, int) and not isinstance(version, bool) and version > SCHEMA:
        refuse(
            shown,
            f"Der Plan hat die Fassung {str(version)[:20]} und wurde mit einer neueren Version der "
            f"Anwendung gespeichert; diese Version liest bis Fassung {SCHEMA}. Bitte die Anwendung "
            "aktualisieren.",
            PLAN_NEWER,
        )


def _json(text: str, shown: str) -> Any:
    if _json_depth(text) > MAX_JSON_DEPTH:
        refuse(shown, "Die Datei ist zu tief verschachtelt; so ist kein Plan aufgebaut.")

    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for field, value in entries:
            if field in content:
                refuse(shown, f"Das Feld „{field[:40]}“ steht zweimal da; bitte eines entfernen.")
            content[field] = value
        return content

    def constant(word: str) -> Any:
        refuse(shown, f"Der Wert „{word}“ ist keine Zahl; bitte berichtigen oder entfernen.")

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=constant, strict=False)
    except JSONDecodeError as error:
        refuse(
            f"{shown}, Zeile {error.lineno}",
            "Das ist kein gültiges JSON; bitte Klammern, Kommas und Anführungszeichen prüfen.",
        )
    except ValueError:
        # Python refuses integers of several thousand digits.
        refuse(shown, "Die Datei enthält eine Zahl, die zu lang ist; bitte berichtigen.")


def _json_depth(text: str) -> int:
    """Deepest nesting, brackets within texts included (they only make it stricter)."""
    depth = deepest = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        mark = match.group()
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


Locate = Callable[[tuple[str | int, ...]], str]


def _line_in(tree: Tree) -> Locate:
    """A function that tells ``, Zeile 12`` for the place of an error."""

    def line(location: tuple[str | int, ...]) -> str:
        node = tree.root
        for part in location:
            if part == "[key]":
                continue
            # Years are numbers in the model and text in the file.
            name = str(part) if isinstance(node, yaml.MappingNode) else part
            below = child_of(node, name)
            if below is None:
                node = key_of(node, name) or node
                break
            node = key_of(node, name) or below if part == location[-1] else below
        return f", Zeile {node.start_mark.line + 1}"

    return line


def _line_in_json(text: str, shown: str) -> Locate:
    """The same for JSON, which YAML can read with few exceptions; without a line for those."""

    def line(location: tuple[str | int, ...]) -> str:
        try:
            return _line_in(Tree(text, shown, PLAN_INVALID))(location)
        except InputRefused:
            return ""

    return line


class _Writer(yaml.SafeDumper):
    """Block style, texts with several lines as blocks, quotes around what would be typed."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def _represent_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    style = None
    if text in CONSTANTS or NUMBER.fullmatch(text) or text.isdigit() or not text:
        style = '"'
    elif "\n" in text:
        style = "|"
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _represent_text)
