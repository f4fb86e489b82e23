"""The ledger as an Excel workbook: every remark points to sheet, row and column of the file.

Cells are written with their type stated, so no text of a survey can become a formula or a link.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import xlsxwriter

from assessment.german import format_percent
from assessment.ledger import ColumnEntry, Fate, ImportLedger, Verdict
from assessment.remarks import Severity
from assessment.reports.safe_text import writable
from assessment.survey import AnswerStatus, Survey
from assessment.table import column_letter

SIMULATED = "Beispieldaten – simuliert, keine Studienergebnisse"

FATES = {Fate.TAKEN: "übernommen", Fate.SET_ASIDE: "beiseitegelegt"}
SEVERITIES = {Severity.WARNING: "bitte prüfen", Severity.INFO: "zur Kenntnis"}
VERDICTS = {
    Verdict.ACCEPT: "übernommen",
    Verdict.WARN: "übernommen, bitte die Hinweise lesen",
}
STATUSES = {
    AnswerStatus.ANSWERED: "beantwortet",
    AnswerStatus.MISSING: "leer gelassen",
    AnswerStatus.DONT_KNOW: "weiß nicht",
    AnswerStatus.NOT_APPLICABLE: "nicht zuständig",
    AnswerStatus.NOT_ASKED: "nicht gefragt",
    AnswerStatus.INVALID: "ungültig",
    AnswerStatus.ERROR: "Fehlerzelle",
    AnswerStatus.NO_RESULT: "Formel ohne Ergebnis",
}

Cell = str | int | float | None


def ledger_workbook(survey: Survey) -> bytes:
    """The workbook of a survey's ledger. Raises ``ValueError`` for a survey without one."""
    ledger = survey.ledger
    if ledger is None:
        raise ValueError("this survey carries no ledger")
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "Protokoll des Einlesens", "author": "", "comments": ""})
        book.set_calc_mode("manual")
        write_ledger(LedgerSheets(book, survey.simulated), survey, ledger)
    return buffer.getvalue()


def write_ledger(sheets: "LedgerSheets", survey: Survey, ledger: ImportLedger) -> None:
    """Add the six sheets of a ledger to a workbook."""
    sheets.add("Überblick", ("Angabe", "Wert"), _overview(survey, ledger), (34, 90))
    sheets.add(
        "Hinweise",
        ("Gewicht", "Hinweis", "Blatt", "Zeile", "Spalte", "Inhalt", "Kennung"),
        _remarks(ledger),
        (16, 90, 22, 9, 9, 30, 24),
    )
    sheets.add(
        "Zeilen",
        ("Zeile", "Ergebnis", "Schlüssel", "Begründung"),
        ((e.row, FATES[e.fate], e.key, e.reason) for e in ledger.rows),
        (9, 16, 16, 80),
    )
    sheets.add(
        "Spalten",
        ("Spalte", "Überschrift", "Ergebnis", "Frage", "Option", "Sicherheit", "Begründung"),
        (_column(entry) for entry in ledger.columns),
        (9, 60, 16, 14, 14, 12, 70),
    )
    sheets.add(
        "Änderungen",
        (
            "Spalte",
            "Überschrift",
            "Frage",
            "stand da",
            "gelesen als",
            "Regel",
            "Anzahl",
            "Zeilen",
        ),
        (
            (
                column_letter(change.position),
                change.header,
                change.item,
                change.original,
                change.became,
                change.rule,
                len(change.rows),
                row_ranges(change.rows),
            )
            for change in ledger.changes
        ),
        (9, 44, 14, 30, 30, 36, 9, 60),
    )
    sheets.add(
        "Vollständigkeit",
        ("Frage", "Wortlaut", *(STATUSES[status] for status in STATUSES), "Anteil beantwortet"),
        _completeness(survey),
        (14, 70, *(13 for _ in STATUSES), 16),
    )


class LedgerSheets:
    """Writes sheets of one look; strings always as strings."""

    def __init__(self, book: Any, simulated: bool, prefix: str = "") -> None:
        self.book, self.prefix = book, prefix
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E8EDF2", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.note = book.add_format({"italic": True, "font_color": "#54606C"})
        self.simulated = simulated

    def add(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[float],
    ) -> None:
        sheet = self.book.add_worksheet(f"{self.prefix}{name}")
        start = 0
        if self.simulated:
            sheet.write_string(0, 0, SIMULATED, self.note)
            start = 1
        for column, (title, width) in enumerate(zip(header, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(start, column, title, self.head)
        last = start
        for last, row in enumerate(rows, start + 1):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    wide = widths[column] >= 30
                    sheet.write_string(
                        last, column, writable(value), self.wrap if wide else self.top
                    )
                else:
                    sheet.write_number(last, column, value, self.top)
        sheet.freeze_panes(start + 1, 0)
        if last > start:
            sheet.autofilter(start, 0, last, len(header) - 1)


def row_ranges(rows: np.ndarray) -> str:
    """Row numbers as people write them: ``[3, 4, 5, 9]`` → ``3–5, 9``."""
    numbers = np.unique(np.asarray(rows, dtype=np.int64))
    if len(numbers) == 0:
        return ""
    breaks = np.flatnonzero(np.diff(numbers) > 1)
    starts = numbers[np.concatenate(([0], breaks + 1))]
    ends = numbers[np.concatenate((breaks, [len(numbers) - 1]))]
    return ", ".join(
        str(a) if a == b else f"{a}–{b}"
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    )


def _overview(survey: Survey, ledger: ImportLedger) -> Iterable[tuple[str, Cell]]:
    book = survey.questionnaire
    kind = "vorgeschlagen, noch nicht bestätigt" if book.proposed else f"Fassung {book.version}"
    yield "Datei", ledger.file_name
    yield "Prüfsumme der Datei (SHA-256)", ledger.sha256
    yield "Größe in Byte", ledger.size
    yield "Prüfsumme der Antworten", survey.provenance.data_hash
    yield "Programmfassung", survey.provenance.program_version
    yield "Ergebnis", VERDICTS[ledger.verdict]
    yield "Fragebogen", f"{book.title} ({kind})"
    yield "Kennung des Fragebogens", book.id
    yield "Daten", SIMULATED if survey.simulated else "aus der genannten Datei"
    yield "Erkanntes Format", ledger.dialect
    for reason in ledger.dialect_reasons:
        yield "  weil", reason
    yield "Blatt", ledger.sheet
    yield "Kopfzeilen", ", ".join(map(str, ledger.header_rows)) or "keine (Namen aus dem Format)"
    yield "Zeilen in der Datei", len(ledger.rows)
    yield "  davon übernommen", len(ledger.rows_with(Fate.TAKEN))
    yield "  davon beiseitegelegt", len(ledger.rows_with(Fate.SET_ASIDE))
    yield "Spalten in der Datei", len(ledger.columns)
    yield "  davon übernommen", len(ledger.columns_with(Fate.TAKEN))
    yield "  davon beiseitegelegt", len(ledger.columns_with(Fate.SET_ASIDE))
    yield "Geänderte Zellen", sum(len(change.rows) for change in ledger.changes)
    yield "Hinweise", len(ledger.remarks)


def _remarks(ledger: ImportLedger) -> Iterable[tuple[Cell, ...]]:
    for remark in sorted(ledger.remarks, key=lambda r: r.severity is not Severity.WARNING):
        yield (
            SEVERITIES[remark.severity],
            remark.message,
            remark.sheet or ledger.sheet,
            remark.row,
            remark.column,
            remark.value,
            remark.code,
        )


def _column(entry: ColumnEntry) -> tuple[Cell, ...]:
    return (
        column_letter(entry.position),
        entry.header,
        FATES[entry.fate],
        entry.item,
        entry.option,
        None if entry.confidence is None else format_percent(entry.confidence),
        entry.reason,
    )


def _completeness(survey: Survey) -> Iterable[tuple[Cell, ...]]:
    values = survey.status.to_numpy()
    for place, item in enumerate(survey.status.columns):
        counts = np.bincount(values[:, place], minlength=len(AnswerStatus))
        asked = len(values) - counts[AnswerStatus.NOT_ASKED] - counts[AnswerStatus.NOT_APPLICABLE]
        share = counts[AnswerStatus.ANSWERED] / asked if asked else None
        yield (
            item,
            survey.questionnaire[item].text,
            *(int(counts[status]) for status in STATUSES),
            format_percent(share),
        )
