"""Read our own codebook workbook from opened sheets.

The caller opens the file (uploads only in the import's child process) and hands over its sheets.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from assessment.german import fold
from assessment.questionnaire.codebook import ReadCodebook
from assessment.questionnaire.condition_text import parse_conditions
from assessment.questionnaire.model import ItemKind, Questionnaire
from assessment.questionnaire.problems import describe, first_problem, refuse
from assessment.questionnaire.sheet_table import Row, SheetTable, find_sheet, read_table
from assessment.questionnaire.workbook_layout import (
    ABOUT_FIELDS,
    ATTRIBUTE,
    BLOCK,
    CONDITION,
    DIMENSION_FIELDS,
    GATE_FIELDS,
    ITEM_FIELDS,
    LEVEL_NAME,
    NOTE,
    OPTION_FIELDS,
    RULE_FIELDS,
    Field,
    SheetName,
)
from assessment.questionnaire.workbook_writing import write_workbook
from assessment.table import Sheet

__all__ = ["is_codebook_workbook", "read_workbook", "write_workbook"]

LANGUAGE_COLUMN = re.compile(r"(Name|Frage|Hilfetext|Text) \(([^()]+)\)")
MAX_LEVEL = 20
LEVEL_COLUMN = re.compile(r"Stufe (\d+)")


def is_codebook_workbook(sheets: Sequence[Sheet]) -> bool:
    """True if the sheets are those of our codebook workbook."""
    return all(find_sheet(sheets, name) for name in (SheetName.ABOUT, SheetName.ITEMS))


def read_workbook(sheets: Sequence[Sheet], name: str) -> ReadCodebook:
    """Read the sheets written by :func:`write_workbook`, also after an analyst changed them.

    Columns may stand in any order; unknown ones are listed in ``not_expressed``. Raises
    InputRefused (CODEBOOK_INVALID) naming file, sheet and row.
    """
    tables = {
        sheet_name: read_table(sheet, name) if (sheet := find_sheet(sheets, sheet_name)) else None
        for sheet_name in SheetName
    }
    for needed in (SheetName.ABOUT, SheetName.ITEMS):
        if tables[needed] is None:
            refuse(name, f"Das Blatt „{needed}“ fehlt; ohne dieses ist es kein Fragebogen.")
    reading = _Reading(tables)
    data = reading.about()
    data["dimensions"] = reading.dimensions()
    data["items"] = reading.items()
    data["rules"] = reading.rules()
    try:
        questionnaire = Questionnaire.model_validate(data)
    except ValidationError as error:
        problem = first_problem(error)
        refuse(reading.place_of(problem["loc"], describe(problem)) or name, describe(problem))
    return ReadCodebook(questionnaire, tuple(reading.not_expressed))


class _Reading:
    """Turns the tables into data for the model and remembers which row each entry came from."""

    def __init__(self, tables: Mapping[SheetName, SheetTable | None]) -> None:
        self.tables = tables
        self.not_expressed: list[str] = []
        self.places: dict[tuple[str, int], str] = {}
        self.ids: dict[str, str] = {}
        self.option_places: dict[str, str] = {}
        self.number_items: set[str] = set()

    def rows(self, name: SheetName) -> tuple[Row, ...]:
        table = self.tables[name]
        return table.rows if table else ()

    def place_of(self, location: tuple[str | int, ...], sentence: str) -> str:
        """Sheet and row of an error; errors about the whole are placed by the id they name."""
        match location:
            case (str() as part, int() as index, *_rest) if (part, index) in self.places:
                return self.places[part, index]
        subject = re.match(r"(?:Regel |Item mehrfach: )?([^\s:,]+)", sentence)
        return self.ids.get(subject.group(1), "") if subject else ""

    def about(self) -> dict[str, Any]:
        fields = {fold(field.header): field for field in ABOUT_FIELDS}
        data: dict[str, Any] = {"notes": [], "blocks": {}, "level_names": []}
        for row in self.rows(SheetName.ABOUT):
            label, value = row.get("feld"), row.get(fold("Wert"))
            match fold(label):
                case found if found in fields:
                    data[fields[found].name] = _value(fields[found], value, row)
                case found if found == fold(NOTE):
                    data["notes"].append(value)
                case found if found == fold(BLOCK):
                    data["blocks"][row.get(fold("Schlüssel"))] = value
                case found if found == fold(LEVEL_NAME):
                    data["level_names"].append(value)
                case _:
                    self.not_expressed.append(
                        f"{row.place}: Die Angabe „{label}“ ist unbekannt und bleibt außer Acht."
                    )
        return data

    def dimensions(self) -> list[dict[str, Any]]:
        gates: dict[str, list[dict[str, Any]]] = {}
        gate_places: dict[str, str] = {}
        self._note_unknown(SheetName.GATES, GATE_FIELDS, {"Dimension"})
        for row in self.rows(SheetName.GATES):
            gates.setdefault(row.get("dimension").strip(), []).append(_fields(row, GATE_FIELDS))
            gate_places.setdefault(row.get("dimension").strip(), row.place)
        entries = []
        self._note_unknown(SheetName.DIMENSIONS, DIMENSION_FIELDS, set(), LEVEL_COLUMN)
        for index, row in enumerate(self.rows(SheetName.DIMENSIONS)):
            entry = _fields(row, DIMENSION_FIELDS)
            cells = self._by_pattern(SheetName.DIMENSIONS, row, LEVEL_COLUMN)
            levels = {int(level): text for (level,), text in cells.items()}
            if max(levels, default=0) > MAX_LEVEL:
                refuse(row.place, f"Es gibt höchstens {MAX_LEVEL} Stufen.")
            # An empty cell is a level that nobody described.
            entry["levels"] = [levels.get(n, "") for n in range(max(levels, default=-1) + 1)]
            names = self._by_pattern(SheetName.DIMENSIONS, row, LANGUAGE_COLUMN)
            entry["names"] = {language: text for (_name, language), text in names.items()}
            entry["gates"] = gates.pop(row.get("id").strip(), [])
            self._remember("dimensions", index, row)
            entries.append(entry)
        for dimension in gates:
            refuse(gate_places[dimension], f"Die Dimension „{dimension}“ ist nicht erklärt.")
        return entries

    def items(self) -> list[dict[str, Any]]:
        sets, own = self._options()
        rows = self.rows(SheetName.ITEMS)
        kind = next(field for field in ITEM_FIELDS if field.name == "kind")
        numeric = {ItemKind.INTEGER.value, ItemKind.DECIMAL.value}
        self.number_items = {
            row.get("id").strip()
            for row in rows
            if row.get(fold(kind.header))
            and _value(kind, row.get(fold(kind.header)), row) in numeric
        }
        self._note_unknown(SheetName.ITEMS, ITEM_FIELDS, {CONDITION.header})
        entries = []
        for index, row in enumerate(rows):
            entry = _fields(row, ITEM_FIELDS)
            entry["condition"] = self._conditions(row)
            named = entry.get("option_set", "")
            entry["options"] = own.pop(entry.get("id", ""), None) or sets.get(named, [])
            translations: dict[str, dict[str, str]] = {}
            texts = self._by_pattern(SheetName.ITEMS, row, LANGUAGE_COLUMN)
            for (column, language), text in texts.items():
                part = "text" if column == "Frage" else "help"
                translations.setdefault(language, {})[part] = text
            entry["translations"] = translations
            entry["attributes"] = self._attributes(row)
            self._remember("items", index, row)
            entries.append(entry)
        for item in own:
            refuse(self.option_places[item], f"Das Item „{item}“ steht nicht im Blatt „Items“.")
        return entries

    def rules(self) -> list[dict[str, Any]]:
        entries = []
        self._note_unknown(SheetName.RULES, RULE_FIELDS, {CONDITION.header})
        for index, row in enumerate(self.rows(SheetName.RULES)):
            entries.append(_fields(row, RULE_FIELDS) | {"when": self._conditions(row)})
            self._remember("rules", index, row)
        return entries

    def _options(self) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
        sets: dict[str, list[Any]] = {}
        own: dict[str, list[Any]] = {}
        self._note_unknown(SheetName.OPTIONS, OPTION_FIELDS, {"Antwortsatz", "Item"})
        for row in self.rows(SheetName.OPTIONS):
            shared, item = row.get("antwortsatz"), row.get("item").strip()
            if bool(shared) == bool(item):
                refuse(row.place, "Bitte entweder „Antwortsatz“ oder „Item“ ausfüllen.")
            entry = _fields(row, OPTION_FIELDS)
            entry.setdefault("label", "")
            labels = self._by_pattern(SheetName.OPTIONS, row, LANGUAGE_COLUMN)
            entry["labels"] = {language: text for (_name, language), text in labels.items()}
            (sets if shared else own).setdefault(shared or item, []).append(entry)
            self.option_places.setdefault(shared or item, row.place)
        return sets, own

    def _conditions(self, row: Row) -> list[dict[str, Any]]:
        try:
            return parse_conditions(row.get(fold(CONDITION.header)), self.number_items)
        except ValueError as error:
            refuse(row.place, str(error))

    def _attributes(self, row: Row) -> dict[str, str]:
        return {
            header.removeprefix(ATTRIBUTE): row.get(folded)
            for folded, header in self._headers(SheetName.ITEMS).items()
            if header.startswith(ATTRIBUTE) and row.get(folded)
        }

    def _headers(self, name: SheetName) -> Mapping[str, str]:
        table = self.tables[name]
        return table.headers if table else {}

    def _by_pattern(
        self, name: SheetName, row: Row, pattern: re.Pattern[str]
    ) -> dict[tuple[str, ...], str]:
        """The filled cells of columns whose header matches, by the header's groups."""
        return {
            found.groups(): row.get(folded)
            for folded, header in self._headers(name).items()
            if (found := pattern.fullmatch(header)) and row.get(folded)
        }

    def _note_unknown(
        self,
        name: SheetName,
        fields: Sequence[Field],
        more: set[str],
        pattern: re.Pattern[str] = LANGUAGE_COLUMN,
    ) -> None:
        known = {fold(field.header) for field in fields} | {fold(header) for header in more}
        for folded, header in self._headers(name).items():
            patterned = pattern.fullmatch(header) or LANGUAGE_COLUMN.fullmatch(header)
            if folded not in known and not patterned and not header.startswith(ATTRIBUTE):
                self.not_expressed.append(
                    f"Blatt „{name}“: Die Spalte „{header}“ ist unbekannt und bleibt außer Acht."
                )

    def _remember(self, part: str, index: int, row: Row) -> None:
        self.places[part, index] = row.place
        self.ids[row.get("id").strip()] = row.place


def _fields(row: Row, fields: Sequence[Field]) -> dict[str, Any]:
    """The filled cells of a row as data; empty cells take the model's default."""
    return {
        field.name: _value(field, text, row)
        for field in fields
        if (text := row.get(fold(field.header)))
    }


def _value(field: Field, text: str, row: Row) -> Any:
    read: Callable[[str], Any] = field.from_text
    try:
        return read(text)
    except ValueError as error:
        refuse(row.place, f"Spalte „{field.header}“: {error}")
