"""What commands read: a survey with its codebook, and what users name in it."""

import argparse
from pathlib import Path

from assessment.importing.importer import Decisions, ImportResult, import_survey
from assessment.importing.opening import open_file
from assessment.questionnaire.codebook_file import (
    holds_codebook,
    read_codebook_sheets,
    read_codebook_text,
)
from assessment.questionnaire.model import Questionnaire
from assessment.register import load_register
from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.table import column_letter


def read_survey(options: argparse.Namespace, *, own: bool = True) -> ImportResult:
    """Import the file of a command, with the codebook it names."""
    path = getattr(options, "codebook", None) if own else None
    questionnaire = None
    if path is not None:
        questionnaire = codebook_in(path)
        if questionnaire is None:
            raise InputRefused(
                "CODEBOOK_INVALID",
                f"„{path.name}“ ist kein Fragebogen; möglich sind .yaml, .lss und Excel.",
            )
    return import_survey(
        options.file.read_bytes(),
        options.file.name,
        questionnaire,
        Decisions(sheet=options.sheet),
        register=load_register(),
    )


def codebook_in(path: Path) -> Questionnaire | None:
    """The questionnaire in a file, ``None`` if the file is not a codebook (but maybe a survey)."""
    data = path.read_bytes()
    suffix = path.suffix.lower()
    if suffix in (".yaml", ".yml", ".lss"):
        return read_codebook_text(data, path.name).questionnaire
    if suffix in (".xlsx", ".xls"):
        sheets = open_file(data, path.name).sheets
        if holds_codebook(sheets):
            return read_codebook_sheets(sheets, path.name).questionnaire
    return None


def items_named(text: str, result: ImportResult) -> list[str]:
    """Item ids for codes, column headers or letters; headers may themselves contain commas."""
    targets = {target.position: target.item for target in result.mapping.targets if target.item}
    by_name: dict[str, str] = {item.id: item.id for item in result.questionnaire.items}
    for column in result.recognition.columns:
        item = targets.get(column.column.position)
        if item:
            by_name.setdefault(column.header, item)
            by_name.setdefault(column.header.strip(), item)
    for position, item in targets.items():
        # Last, so that a header „A“ wins over column A; for tables without headers.
        by_name.setdefault(column_letter(position), item)
    items: list[str] = []
    parts = text.split(",")
    while parts:
        for length in range(len(parts), 0, -1):
            name = ",".join(parts[:length]).strip()
            if name in by_name:
                if by_name[name] not in items:
                    items.append(by_name[name])
                parts = parts[length:]
                break
        else:
            raise InputRefused(
                "UNKNOWN_ITEM",
                f"„{parts[0].strip()}“ ist weder ein Fragecode noch ein Spaltenkopf dieser Datei.",
            )
    return items


def key_of(text: str, survey: Survey) -> str:
    """Key of a municipality given by key or by exact name."""
    wanted = text.strip()
    # A key may be typed as carelessly as one in a file: without its zero, with blanks, as ARS.
    for key in (wanted, load_register().check_key(wanted).key):
        if key in survey.keys:
            return key
    named = [key for key in survey.keys if survey.name_of(key) == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        raise InputRefused(
            "AMBIGUOUS_NAME",
            f"„{wanted}“ gibt es in der Datei mehrfach; bitte den Gemeindeschlüssel angeben.",
        )
    raise InputRefused(
        "UNKNOWN_MUNICIPALITY",
        f"„{wanted}“ kommt in der Datei nicht vor; bitte Gemeindeschlüssel oder Namen prüfen.",
    )
