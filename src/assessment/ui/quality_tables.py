"""The ledger of a survey as the tables the quality page shows (plain lists, no layout)."""

from dataclasses import dataclass

import numpy as np

from assessment.german import format_number
from assessment.importing.mapping import SURE
from assessment.ledger import Fate, ImportLedger
from assessment.remarks import Severity
from assessment.reports.ledger_workbook import FATES, STATUSES, row_ranges
from assessment.survey import AnswerStatus, Survey
from assessment.table import column_letter
from assessment.ui.components import remark_rows

Table = dict[str, list]

_SHOWN_STATUSES = (
    AnswerStatus.MISSING,
    AnswerStatus.DONT_KNOW,
    AnswerStatus.NOT_APPLICABLE,
    AnswerStatus.NOT_ASKED,
    AnswerStatus.INVALID,
)


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """The four figures over the ledger."""

    rows_taken: int
    rows: int
    columns_taken: int
    columns: int
    changed_cells: int
    warnings: int
    infos: int

    @property
    def sentence(self) -> str:
        """That nothing was lost, in one sentence."""
        if self._all:
            return f"{self._counted} sind übernommen; nichts liegt beiseite."
        return f"{self._counted} sind übernommen; der Rest liegt beiseite, jeweils mit Begründung."

    @property
    def preview(self) -> str:
        """The same before the survey is taken over."""
        if self._all:
            return f"{self._counted} werden übernommen; nichts bleibt beiseite."
        return f"{self._counted} werden übernommen; der Rest bleibt mit Begründung beiseite."

    @property
    def _all(self) -> bool:
        return self.rows_taken == self.rows and self.columns_taken == self.columns

    @property
    def _counted(self) -> str:
        return (
            f"{format_number(self.rows_taken)} von {format_number(self.rows)} Zeilen und "
            f"{format_number(self.columns_taken)} von {format_number(self.columns)} Spalten"
        )


def ledger_counts(ledger: ImportLedger) -> LedgerCounts:
    """Count rows, columns, changes and remarks."""
    warnings = sum(remark.severity is Severity.WARNING for remark in ledger.remarks)
    return LedgerCounts(
        len(ledger.rows_with(Fate.TAKEN)),
        len(ledger.rows),
        len(ledger.columns_with(Fate.TAKEN)),
        len(ledger.columns),
        sum(len(change.rows) for change in ledger.changes),
        warnings,
        len(ledger.remarks) - warnings,
    )


def remarks_sentence(counts: LedgerCounts, *, here: bool = False) -> str:
    """How many remarks there are of which weight, and (unless ``here``) where to read them."""
    if not counts.warnings and not counts.infos:
        return "Beim Einlesen ist nichts aufgefallen."
    noted = {0: "keiner", 1: "einer"}.get(counts.infos, format_number(counts.infos))
    checked = {0: "keiner", 1: "einer"}.get(counts.warnings, format_number(counts.warnings))
    return (
        f"Von den Hinweisen beim Einlesen ist {checked} zu prüfen, {noted} nur zur Kenntnis."
        if max(counts.warnings, counts.infos) < 2
        else f"Hinweise beim Einlesen: {checked} zu prüfen, {noted} nur zur Kenntnis."
    ) + ("" if here else " Sie stehen unter „Daten › Qualität“.")


def remarks_table(ledger: ImportLedger) -> Table:
    """Remarks, those to check first, with their place in the original file."""
    rows = remark_rows(ledger.remarks, ledger.sheet)
    return _table(("Gewicht", "Hinweis", "Ort in der Datei"), rows)


def rows_table(ledger: ImportLedger) -> Table:
    """Rows set aside first, then those taken."""
    entries = sorted(ledger.rows, key=lambda entry: (entry.fate is Fate.TAKEN, entry.row))
    return _table(
        ("Zeile", "Ergebnis", "Schlüssel", "Begründung"),
        [[e.row, FATES[e.fate], e.key or "", e.reason] for e in entries],
    )


def confidence_word(confidence: float) -> str:
    """How sure a proposed mapping is, in words; ``confidence`` 0–1."""
    if confidence >= SURE:
        return "sicher"
    return "unsicher" if confidence > 0 else "–"


def columns_table(ledger: ImportLedger) -> Table:
    """Every column of the file with what became of it."""
    return _table(
        ("Spalte", "Überschrift", "Ergebnis", "Frage", "Sicherheit", "Begründung"),
        [
            [
                column_letter(e.position),
                e.header,
                FATES[e.fate],
                f"{e.item} › {e.option}" if e.item and e.option else e.item or "",
                "" if e.confidence is None else confidence_word(e.confidence),
                e.reason,
            ]
            for e in ledger.columns
        ],
    )


def changes_table(ledger: ImportLedger) -> Table:
    """Every value that was read as another one, the most frequent first."""
    changes = sorted(ledger.changes, key=lambda change: -len(change.rows))
    return _table(
        ("Frage", "stand da", "gelesen als", "Regel", "Zellen", "Zeilen der Datei"),
        [
            [
                change.item,
                change.original,
                change.became,
                change.rule,
                len(change.rows),
                row_ranges(change.rows),
            ]
            for change in changes
        ],
    )


def item_completeness(survey: Survey) -> Table:
    """Per question: share answered among those asked, and the other states as counts."""
    values = survey.status.to_numpy()
    rows = []
    for place, item in enumerate(survey.status.columns):
        counts = np.bincount(values[:, place], minlength=len(AnswerStatus))
        rows.append(
            [
                item,
                survey.questionnaire[item].text,
                _share(counts),
                *(int(counts[status]) for status in _SHOWN_STATUSES),
            ]
        )
    names = [STATUSES[status] for status in _SHOWN_STATUSES]
    return _table(("Frage", "Wortlaut", "beantwortet", *names), rows)


def municipality_completeness(survey: Survey) -> Table:
    """Per municipality: share answered among what it was asked, the lowest first."""
    values = survey.status.to_numpy()
    asked = ~np.isin(values, (AnswerStatus.NOT_ASKED, AnswerStatus.NOT_APPLICABLE))
    answered = (values == AnswerStatus.ANSWERED).sum(axis=1)
    share = answered / np.maximum(asked.sum(axis=1), 1)
    order = np.argsort(share, kind="stable")
    keys = survey.keys
    return _table(
        ("Kommune", "Schlüssel", "beantwortet"),
        [[survey.name_of(keys[i]), str(keys[i]), float(share[i]) * 100] for i in order],
    )


def _share(counts: np.ndarray) -> float | None:
    asked = counts.sum() - counts[AnswerStatus.NOT_ASKED] - counts[AnswerStatus.NOT_APPLICABLE]
    return float(100 * counts[AnswerStatus.ANSWERED] / asked) if asked else None


def _table(columns: tuple[str, ...], rows: list[list]) -> Table:
    return {name: [row[place] for row in rows] for place, name in enumerate(columns)}
