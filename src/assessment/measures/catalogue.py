"""The catalogue of measures that comes with the product, and catalogues analysts bring along.

The YAML file has the fields of :class:`~assessment.measures.model.Catalogue` and one abbreviation:
legal references that were looked up on the day ``legal_checked`` stand as plain text.
"""

from functools import cache
from typing import Any

import yaml
from pydantic import ValidationError

from assessment.content import data_path
from assessment.importing.text_hygiene import clean_name, clean_text
from assessment.measures.catalogue_table import read_catalogue_table, write_catalogue_table
from assessment.measures.file_problems import CATALOGUE_INVALID, named_first, problem_of, refusal
from assessment.measures.model import ACROSS, Catalogue, Measure
from assessment.questionnaire.model import Questionnaire, Role
from assessment.questionnaire.yaml_tree import Tree, child_of, key_of

DEFAULT_FILE = "kommunal_2026.yaml"
MAX_BYTES = 2_000_000
MAX_MEASURES = 1000
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


@cache
def load_catalogue() -> Catalogue:
    """The 100 measures of edition 2026.1; read and validated once per process, frozen."""
    return read_catalogue(data_path("measures", DEFAULT_FILE).read_bytes(), DEFAULT_FILE)


def read_catalogue(data: bytes, name: str) -> Catalogue:
    """Read an own catalogue: YAML as ours, or a table (CSV, XLSX …) with the German headers.

    Raises ``InputRefused`` (``CATALOGUE_INVALID``, or the code of the file reader): one German
    sentence with file and line or row.
    """
    shown = clean_name(name)
    if not data:
        raise refusal(shown, "Die Datei ist leer. Bitte eine Datei mit Maßnahmen wählen.")
    if len(data) > MAX_BYTES:
        raise refusal(shown, "Die Datei ist größer als 2 MB; so groß ist kein Maßnahmenkatalog.")
    ending = shown.casefold()
    if ending.endswith(_TABLES):
        return read_catalogue_table(data, shown, MAX_MEASURES)
    if not ending.endswith((".yaml", ".yml")):
        raise refusal(shown, "Ein Katalog ist eine Datei mit der Endung .yaml, .csv oder .xlsx.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = "Die Datei ist nicht in UTF-8 gespeichert; bitte so speichern."
        raise refusal(shown, sentence) from error
    return _from_yaml(clean_text(text), shown)


def catalogue_csv(catalogue: Catalogue) -> bytes:
    """The measures as a table for German Excel (semicolon, BOM); ``read_catalogue`` reads it."""
    return write_catalogue_table(catalogue)


def catalogue_remarks(catalogue: Catalogue, questionnaire: Questionnaire) -> tuple[str, ...]:
    """What in a catalogue this questionnaire doesn't know, one sentence each; nothing is refused.

    Such measures are never recommended (unknown field) or to nobody (unknown kind).
    """
    fields = set(questionnaire.dimension_by_id) | {ACROSS}
    kind_item = questionnaire.first(Role.KIND)
    kinds = set(kind_item.option_by_code) if kind_item else set()
    found = []
    for measure in catalogue.measures:
        unknown = [
            f for f in (measure.action_field, measure.management_field) if f not in fields
        ] + [kind for kind in measure.kinds if kinds and kind not in kinds]
        if unknown:
            found.append(
                f"Maßnahme {measure.id}: „{'“, „'.join(unknown)}“ kommt im Fragebogen nicht vor."
            )
    return tuple(found)


def _from_yaml(text: str, name: str) -> Catalogue:
    tree = Tree(text, name, CATALOGUE_INVALID)
    if not isinstance(tree.data, dict):
        raise refusal(
            f"{name}, Zeile 1", "Ein Katalog beginnt mit Feldern wie „id:“ und „version:“."
        )
    content = dict(tree.data)
    measures = content.get("measures")
    listed = child_of(tree.root, "measures")
    if not isinstance(measures, list):
        raise refusal(
            f"{name}, Zeile 1", "Unter „measures“ wird eine Liste von Maßnahmen erwartet."
        )
    if len(measures) > MAX_MEASURES:
        tree.refuse(listed, f"Ein Katalog hat höchstens {MAX_MEASURES} Maßnahmen.")
    checked = content.pop("legal_checked", None)
    content["measures"] = [_with_dates(measure, checked) for measure in measures]
    try:
        return Catalogue.model_validate(content)
    except ValidationError as error:
        location = error.errors(include_url=False)[0]["loc"]
        model = Measure if location[:1] == ("measures",) else Catalogue
        problem, sentence = problem_of(error, model)
        node = (
            _deepest(tree.root, problem["loc"])
            if problem["loc"]
            else _node_of(listed, named_first(sentence)) or tree.root
        )
        raise refusal(f"{name}, Zeile {node.start_mark.line + 1}", sentence) from error


def _with_dates(measure: Any, checked: Any) -> Any:
    if not isinstance(measure, dict) or not isinstance(measure.get("legal"), list):
        return measure
    legal = [
        {"text": entry, "checked": checked} if isinstance(entry, str) else entry
        for entry in measure["legal"]
    ]
    return {**measure, "legal": legal}


def _deepest(node: Any, location: tuple[str | int, ...]) -> Any:
    """The node of the field an error is about, or the nearest one above it."""
    for part in location:
        below = child_of(node, part)
        if below is None:
            return key_of(node, str(part)) or node
        node = below
    return node


def _node_of(listed: Any, measure_id: str) -> Any | None:
    """The last entry with this id: where it stands twice, that one is too many."""
    entries = listed.value if isinstance(listed, yaml.SequenceNode) else []
    found = [n for n in entries if getattr(child_of(n, "id"), "value", None) == measure_id]
    return found[-1] if found else None
