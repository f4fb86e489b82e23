"""What an import did to a file, as a JSON-able account and as German text."""

from typing import Any

from assessment import __version__
from assessment.german import format_number
from assessment.importing.importer import ImportResult
from assessment.ledger import Fate, Verdict
from assessment.remarks import Severity

_VERDICTS = {Verdict.ACCEPT: "übernommen", Verdict.WARN: "übernommen, bitte Hinweise beachten"}


def account_of(result: ImportResult) -> dict[str, Any]:
    """The whole account with plain types; counts add up to what the file holds."""
    ledger, questionnaire = result.survey.ledger, result.questionnaire
    if ledger is None:
        raise ValueError("an imported survey always carries its ledger")
    return {
        "file": ledger.file_name,
        "sha256": ledger.sha256,
        "data_hash": result.survey.provenance.data_hash,
        "program_version": __version__,
        "verdict": str(ledger.verdict),
        "format": result.opened.format,
        "dialect": ledger.dialect,
        "dialect_title": result.recognition.title,
        "dialect_reasons": list(ledger.dialect_reasons),
        "sheet": ledger.sheet,
        "header_rows": list(ledger.header_rows),
        "simulated": result.survey.simulated,
        "questionnaire": {
            "id": questionnaire.id,
            "title": questionnaire.title,
            "version": questionnaire.version,
            "proposed": questionnaire.proposed,
            "items": len(questionnaire.items),
        },
        "rows": {
            "in": len(ledger.rows),
            "taken": len(ledger.rows_with(Fate.TAKEN)),
            "set_aside": [
                {"row": entry.row, "reason": entry.reason}
                for entry in ledger.rows_with(Fate.SET_ASIDE)
            ],
        },
        "columns": {
            "in": len(ledger.columns),
            "taken": len(ledger.columns_with(Fate.TAKEN)),
            "set_aside": [
                {"column": entry.position, "header": entry.header, "reason": entry.reason}
                for entry in ledger.columns_with(Fate.SET_ASIDE)
            ],
        },
        "cells": {str(status): int(count) for status, count in ledger.cells_by_status.items()},
        "changed_values": len(ledger.changes),
        "changed_cells": sum(len(change.rows) for change in ledger.changes),
        "remarks": [
            {
                "code": remark.code,
                "severity": str(remark.severity),
                "message": remark.message,
                "sheet": remark.sheet,
                "row": remark.row,
                "column": remark.column,
                "value": remark.value,
            }
            for remark in ledger.remarks
        ],
    }


def account_text(account: dict[str, Any], *, most: int = 40) -> str:
    """The account as a person reads it; at most ``most`` remarks are printed, the rest counted."""
    rows, columns, book = account["rows"], account["columns"], account["questionnaire"]
    named = (
        "aus der Datei vorgeschlagen, noch nicht bestätigt"
        if book["proposed"]
        else f"„{book['title']}“, Fassung {book['version']}"
    )
    lines = [
        f"{account['file']}: {_VERDICTS[Verdict(account['verdict'])]}",
        f"Erkannt als: {account['dialect_title']} (Blatt „{account['sheet']}“)",
        *(f"  {reason}" for reason in account["dialect_reasons"]),
        f"Fragebogen: {named} ({format_number(book['items'])} Fragen)",
        _balance("Zeilen", rows),
        _balance("Spalten", columns),
        f"Anders gelesen als geschrieben: {format_number(account['changed_cells'])} Zellen "
        f"({format_number(account['changed_values'])} verschiedene Werte, etwa Ja/Nein als Code)",
    ]
    if account["simulated"]:
        lines.append("Beispieldaten – simuliert, keine Studienergebnisse")
    remarks = account["remarks"]
    # Those to check first, so that a cut never hides one behind a mere note.
    for title, severity in (("Bitte prüfen:", Severity.WARNING), ("Zur Kenntnis:", Severity.INFO)):
        here = [remark for remark in remarks if remark["severity"] == severity]
        shown = here[: max(most, 0)]
        most -= len(shown)
        lines += [title, *(f"- {_placed(remark)}" for remark in shown)] if here else []
        if len(here) > len(shown):
            lines.append(f"  … und {len(here) - len(shown)} weitere (alle mit --json)")
    return "\n".join(lines)


def _balance(name: str, counts: dict[str, Any]) -> str:
    return (
        f"{name}: {format_number(counts['in'])} gelesen = {format_number(counts['taken'])} "
        f"übernommen + {format_number(len(counts['set_aside']))} beiseitegelegt"
    )


def _placed(remark: dict[str, Any]) -> str:
    place = [
        f"Zeile {remark['row']}" if remark["row"] is not None else "",
        f"Spalte {remark['column']}" if remark["column"] else "",
    ]
    where = ", ".join(part for part in place if part and part.split()[0] not in remark["message"])
    return f"{where}: {remark['message']}" if where else remark["message"]
