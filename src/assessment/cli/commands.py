"""The commands: each reads, calls the package, writes, and says what it did."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.cli.account import account_of, account_text
from assessment.german import format_number
from assessment.importing.importer import Decisions, ImportResult, import_survey
from assessment.importing.opening import open_file
from assessment.ledger import Verdict
from assessment.questionnaire.codebook_file import (
    holds_codebook,
    read_codebook_sheets,
    read_codebook_text,
    write_codebook,
)
from assessment.questionnaire.model import Questionnaire
from assessment.register import load_register
from assessment.remarks import InputRefused
from assessment.table import column_letter

if TYPE_CHECKING:
    from assessment.profiles.provenance import ProvenanceRecord

_MOST_NAMED = 6
"""So many questions are named in a sentence."""


def sample(options: argparse.Namespace) -> int:
    """Write the simulated sample as an Excel export."""
    from assessment.questionnaire.default import default_questionnaire
    from assessment.simulation import load_assumptions, simulate, write_export

    if options.wave not in (1, 2):
        raise InputRefused("WAVE", "Es gibt nur die Wellen 1 und 2; bitte eine davon angeben.")
    simulated = simulate(
        options.n, options.seed, default_questionnaire(), load_assumptions(), wave=options.wave
    )
    _write(options.out, write_export(simulated))
    print(f"{format_number(options.n)} simulierte Kommunen geschrieben: {options.out}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Import a file and account for every row and column."""
    try:
        result = _import(options)
    except InputRefused as refusal:
        if not options.json:
            raise
        refused = {"verdict": "reject", "code": refusal.code, "message": refusal.message}
        print(json.dumps({"file": options.file.name, **refused}, ensure_ascii=False, indent=2))
        return 2
    account = account_of(result)
    if options.json:
        print(json.dumps(account, ensure_ascii=False, indent=2))
    else:
        print(account_text(account))
    return 1 if account["verdict"] == Verdict.WARN else 0


def codebook(options: argparse.Namespace) -> int:
    """Propose a codebook for a survey file, or convert one codebook format into another."""
    questionnaire = _codebook_in(options.file) or _import(options, own=False).questionnaire
    written = write_codebook(questionnaire, options.out.suffix.lower(), xlsform=options.xlsform)
    _write(options.out, written.data)
    for missing in written.not_expressed:
        print(f"Nicht ausdrückbar: {missing}", file=sys.stderr)
    print(f"Fragebogen mit {len(questionnaire.items)} Fragen geschrieben: {options.out}")
    return 0


def score(options: argparse.Namespace) -> int:
    """Score every municipality in every field and write one row each."""
    from assessment.profiles.provenance import provenance_record
    from assessment.reports.result_tables import SCORES_CONTENT, scores_csv
    from assessment.scoring.scores import score_survey

    survey = _import(options).survey
    if not survey.questionnaire.scored_dimensions:
        raise InputRefused(
            "NOTHING_TO_SCORE",
            "Der Fragebogen dieser Datei enthält keine Punkte, also lässt sich nichts bewerten; "
            "bitte mit --codebook einen Fragebogen mit Punkten angeben.",
        )
    _write(options.out, scores_csv(survey, score_survey(survey)))
    _describe(options.out, SCORES_CONTENT, provenance_record(survey))
    count = len(survey.keys)
    print(f"{format_number(count)} {'Kommune' if count == 1 else 'Kommunen'}: {options.out}")
    return 0


def typology(options: argparse.Namespace) -> int:
    """Group the municipalities by their goals; write assignments and the frozen model."""
    from assessment.profiles.provenance import provenance_record
    from assessment.profiles.results import mark_of
    from assessment.questionnaire.model import Role
    from assessment.reports.result_tables import ASSIGNMENTS_CONTENT, assignments_csv
    from assessment.typology.centred_kmeans import fit_typology
    from assessment.typology.item_choice import battery_of
    from assessment.typology.model import MembershipState

    result = _import(options)
    items = _items(options.items, result) if options.items else None
    chosen: list[str] = []
    if items is None and not result.questionnaire.with_role(Role.GOAL):
        items = list(battery_of(result.survey))
        chosen = items
    model = fit_typology(result.survey, items=items, k=options.types, seed=options.seed)
    membership = model.assign(result.survey)
    options.out.mkdir(parents=True, exist_ok=True)
    table = options.out / "assignments.csv"
    _write(table, assignments_csv(result.survey, membership))
    record = provenance_record(result.survey, model, mark_of(model))
    _describe(table, ASSIGNMENTS_CONTENT, record)
    _write(options.out / "typology.json", model.to_json().encode())
    for remark in model.remarks:
        print(remark, file=sys.stderr)
    if chosen:
        print(_chosen_sentence(chosen), file=sys.stderr)
    placed = int((membership.state != MembershipState.NOT_ASSIGNABLE).sum())
    print(
        f"{format_number(placed)} von {format_number(len(result.survey.keys))} Kommunen in "
        f"{options.types} Gruppen: {options.out}"
    )
    for reason, count in Counter(reason for reason in membership.reason if reason).items():
        print(f"Nicht zuordenbar: {format_number(count)} ({reason})")
    return 0


def profile(options: argparse.Namespace) -> int:
    """Print the profile of one municipality, as text or JSON."""
    from assessment import pipeline
    from assessment.cli.profile_text import profile_text

    survey = _import(options).survey
    key = _municipality(options.municipality, survey)
    found = pipeline.municipality_profile(pipeline.assess(survey), key)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(profile_text(found))
    return 0


def _chosen_sentence(items: list[str]) -> str:
    """Which questions were taken without ``--items``; a long list is cut."""
    shown = ", ".join(items[:_MOST_NAMED])
    rest = len(items) - _MOST_NAMED
    more = f" und {rest} weitere (alle in typology.json)" if rest > 0 else ""
    return (
        f"Der Fragebogen kennzeichnet keine Ziele; gruppiert wurde nach der größten Gruppe "
        f"gleichartiger Fragen: {shown}{more}. Andere mit --items wählen."
    )


def _import(options: argparse.Namespace, *, own: bool = True) -> ImportResult:
    """Import the file of a command, with the codebook it names."""
    path = getattr(options, "codebook", None) if own else None
    questionnaire = None
    if path is not None:
        questionnaire = _codebook_in(path)
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


def _codebook_in(path: Path) -> Questionnaire | None:
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


def _items(text: str, result: ImportResult) -> list[str]:
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


def _municipality(text: str, survey) -> str:
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


def _describe(table: Path, content: str, record: "ProvenanceRecord") -> None:
    """Write beside a results table what it rests on."""
    from assessment.reports.companion import companion, companion_path

    _write(companion_path(table), companion(table, content, record))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
