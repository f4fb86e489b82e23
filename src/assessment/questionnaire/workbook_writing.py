"""Write our own codebook workbook (Excel), to be edited by an analyst and read back."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from assessment.questionnaire.codebook import WrittenCodebook
from assessment.questionnaire.condition_text import format_conditions
from assessment.questionnaire.model import Item, ItemKind, Option, Questionnaire
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
    number_text,
)

MAX_CELL = 32_767
"""Excel's limit of characters per cell."""
WIDE = frozenset({"Frage", "Text", "Hilfetext", "Beschreibung", "Wert", "Meldung", "Begründung"})

WORKBOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""Texts of a questionnaire are data: ``=1+1`` stays text and ``08`` keeps its zero."""

Rows = list[dict[str, Any]]


def write_workbook(questionnaire: Questionnaire) -> WrittenCodebook:
    """The questionnaire as an .xlsx file; everything fits except texts over 32,767 characters."""
    number_items = {
        item.id for item in questionnaire.items if item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL)
    }
    sheets: dict[SheetName, Rows] = {
        SheetName.ABOUT: _about(questionnaire),
        SheetName.DIMENSIONS: _dimensions(questionnaire),
        SheetName.GATES: [
            {"Dimension": dimension.id} | _row(gate, GATE_FIELDS)
            for dimension in questionnaire.dimensions
            for gate in dimension.gates
        ],
        SheetName.ITEMS: [_item(item, number_items) for item in questionnaire.items],
        SheetName.OPTIONS: _options(questionnaire),
        SheetName.RULES: [
            _row(rule, RULE_FIELDS) | {CONDITION.header: format_conditions(rule.when, number_items)}
            for rule in questionnaire.rules
        ],
    }
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, WORKBOOK_OPTIONS)
    too_long: list[str] = []
    for name, rows in sheets.items():
        too_long += _write_sheet(workbook, name, rows)
    workbook.close()
    return WrittenCodebook(buffer.getvalue(), tuple(too_long))


def _row(entry: Any, fields: Iterable[Field]) -> dict[str, Any]:
    """The cells of a model entry; fields with their default value stay empty."""
    cells: dict[str, Any] = {}
    for field in fields:
        value = getattr(entry, field.name)
        default = type(entry).model_fields[field.name].default
        if value is None or (value == default and field.name != "weight"):
            continue
        cells[field.header] = _cell(field, value)
    return cells


def _cell(field: Field, value: Any) -> str | float:
    """Numbers as numbers where Excel's 16 digits keep them, everything else as text."""
    if field.to_text in (number_text, str) and isinstance(value, int | float):
        kept = float(f"{value:.16G}") == value
        return value if kept else field.to_text(value)
    return field.to_text(value)


def _about(questionnaire: Questionnaire) -> Rows:
    rows = [
        {"Feld": field.header, "Wert": field.to_text(getattr(questionnaire, field.name))}
        for field in ABOUT_FIELDS
    ]
    rows += [
        {"Feld": LEVEL_NAME, "Schlüssel": str(level), "Wert": name}
        for level, name in enumerate(questionnaire.level_names)
    ]
    rows += [
        {"Feld": BLOCK, "Schlüssel": code, "Wert": name}
        for code, name in questionnaire.blocks.items()
    ]
    rows += [
        {"Feld": NOTE, "Schlüssel": str(number), "Wert": note}
        for number, note in enumerate(questionnaire.notes, start=1)
    ]
    return rows


def _dimensions(questionnaire: Questionnaire) -> Rows:
    return [
        _row(dimension, DIMENSION_FIELDS)
        | {f"Name ({language})": name for language, name in dimension.names.items()}
        | {f"Stufe {level}": text for level, text in enumerate(dimension.levels)}
        for dimension in questionnaire.dimensions
    ]


def _item(item: Item, number_items: set[str]) -> dict[str, Any]:
    cells = _row(item, ITEM_FIELDS)
    if item.condition:
        cells[CONDITION.header] = format_conditions(item.condition, number_items)
    for language, texts in item.translations.items():
        cells[f"Frage ({language})"] = texts.text
        cells[f"Hilfetext ({language})"] = texts.help
    return cells | {f"{ATTRIBUTE}{name}": value for name, value in item.attributes.items()}


def _options(questionnaire: Questionnaire) -> Rows:
    """Options of shared sets once, by set name; all others by item."""
    rows: Rows = []
    written: dict[str, tuple[Option, ...]] = {}
    for item in questionnaire.items:
        shared = item.option_set
        if shared is not None and item.options and written.get(shared) == item.options:
            continue
        if shared is not None and item.options and shared not in written:
            written[shared] = item.options
            key = {"Antwortsatz": shared}
        else:
            key = {"Item": item.id}
        rows += [
            key
            | _row(option, OPTION_FIELDS)
            | {f"Text ({language})": label for language, label in option.labels.items()}
            for option in item.options
        ]
    return rows


HEADERS: Mapping[SheetName, Sequence[str]] = {
    SheetName.ABOUT: ("Feld", "Schlüssel", "Wert"),
    SheetName.DIMENSIONS: [field.header for field in DIMENSION_FIELDS],
    SheetName.GATES: ["Dimension", *(field.header for field in GATE_FIELDS)],
    SheetName.ITEMS: [*(field.header for field in ITEM_FIELDS), CONDITION.header],
    SheetName.OPTIONS: ["Antwortsatz", "Item", *(field.header for field in OPTION_FIELDS)],
    SheetName.RULES: [*(field.header for field in RULE_FIELDS), CONDITION.header],
}
NOTES = {
    field.header: field.help
    for fields in (ITEM_FIELDS, OPTION_FIELDS, GATE_FIELDS, (CONDITION,))
    for field in fields
    if field.help
}


def _write_sheet(workbook: Any, name: SheetName, rows: Rows) -> list[str]:
    """Write one sheet with a frozen header; returns sentences on texts that were too long."""
    sheet = workbook.add_worksheet(name.value)
    bold = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    headers = list(dict.fromkeys([*HEADERS[name], *(key for row in rows for key in row)]))
    too_long = []
    for position, header in enumerate(headers):
        wide = header.partition(" (")[0] in WIDE
        sheet.set_column(position, position, 60 if wide else 16, wrapped)
        sheet.write_string(0, position, header, bold)
        if header in NOTES and name is not SheetName.ABOUT:
            sheet.write_comment(0, position, NOTES[header])
    for number, row in enumerate(rows, start=1):
        for position, header in enumerate(headers):
            value = row.get(header, "")
            if isinstance(value, str) and value:
                if len(value) > MAX_CELL:
                    value = value[:MAX_CELL]
                    too_long.append(
                        f"Blatt „{name}“, Zeile {number + 1}, „{header}“: Text auf "
                        f"{MAX_CELL} Zeichen gekürzt, mehr fasst eine Zelle nicht."
                    )
                sheet.write_string(number, position, value)
            elif not isinstance(value, str):
                sheet.write_number(number, position, value)
    sheet.freeze_panes(1, 1)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headers) - 1)
    return too_long
