"""Collects what cleaning changed and what it could not read, with the rows of the original file."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assessment.importing.dialects.view import cell_text
from assessment.importing.recognition import Recognition
from assessment.ledger import Change
from assessment.questionnaire.model import Item
from assessment.remarks import Remark, Severity
from assessment.source_column import SourceColumn
from assessment.survey import AnswerStatus
from assessment.table import CellValue, ErrorCell, NoResultCell, column_letter

MAX_REMARKS_PER_COLUMN = 30
"""Further values of a column are counted in one closing remark; the changes list them all."""

_ROWS_SHOWN = 8

_STATUS_WORDS = {
    AnswerStatus.NOT_ASKED: "nicht gefragt",
    AnswerStatus.MISSING: "nicht beantwortet",
    AnswerStatus.DONT_KNOW: "weiß nicht",
    AnswerStatus.NOT_APPLICABLE: "nicht zuständig",
    AnswerStatus.INVALID: "beiseite gelegt",
    AnswerStatus.ERROR: "Fehlerzelle",
    AnswerStatus.NO_RESULT: "ohne Ergebnis",
}

_PROBLEM_RULES = {
    AnswerStatus.INVALID: "im Fragebogen nicht vorgesehen",
    AnswerStatus.ERROR: "Fehlerzelle der Tabellenkalkulation",
    AnswerStatus.NO_RESULT: "Formel ohne gespeichertes Ergebnis",
}


def rows_in_words(rows: Sequence[int]) -> str:
    """``Zeile 5`` or ``Zeilen 5, 9, 12 und 4 weitere``."""
    shown = ", ".join(str(row) for row in rows[:_ROWS_SHOWN])
    if len(rows) == 1:
        return f"Zeile {shown}"
    rest = len(rows) - _ROWS_SHOWN
    return f"Zeilen {shown}" + (f" und {rest} weitere" if rest > 0 else "")


def shortened(text: str, limit: int = 60) -> str:
    """Text for a message, cut at ``limit`` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


class ChangeLog:
    """Notes per distinct value; rows are looked up once per column at the end."""

    def __init__(self, recognition: Recognition, proposed: bool) -> None:
        self._recognition = recognition
        self._proposed = proposed
        self._notes: dict[int, list[tuple[SourceColumn, str, int, CellValue, str, str]]] = (
            defaultdict(list)
        )
        self._problems: dict[int, list[tuple[SourceColumn, str, int, CellValue, AnswerStatus]]] = (
            defaultdict(list)
        )
        self._unknown: dict[int, list[tuple[SourceColumn, str, int, tuple[str, ...]]]] = (
            defaultdict(list)
        )
        self._combinations: list[tuple[SourceColumn, str, str, np.ndarray]] = []

    def note(
        self,
        item: Item,
        source: SourceColumn,
        place: int,
        status: AnswerStatus,
        became: str | None,
        rule: str | None,
    ) -> None:
        """Note how distinct value number ``place`` was read, where that says something."""
        position, value = source.column.position, source.column.values[place]
        if status in _PROBLEM_RULES:
            # Error cells and formulas without result were reported when the file was opened.
            if not isinstance(value, ErrorCell | NoResultCell):
                self._problems[position].append((source, item.id, place, value, status))
            rule = rule or _PROBLEM_RULES[status]
        if rule is None:
            return
        word = became if status is AnswerStatus.ANSWERED else _STATUS_WORDS[status]
        if status is AnswerStatus.ANSWERED and became == "":
            word = "nicht angekreuzt"
        self._notes[position].append((source, item.id, place, value, word or "", rule))

    def unknown_parts(
        self, item: Item, source: SourceColumn, place: int, parts: tuple[str, ...]
    ) -> None:
        """Note parts of an enumeration (distinct value ``place``) that no option explains."""
        self._unknown[source.column.position].append((source, item.id, place, parts))

    def combination(
        self, item: Item, source: SourceColumn, rows: np.ndarray, codes: Sequence[str]
    ) -> None:
        """Note a choice of options that exclude each other; ``rows`` are indices of data rows."""
        numbers = self._recognition.row_numbers[rows]
        text = ";".join(codes)
        self._combinations.append((source, item.id, text, numbers))

    def changes(self) -> tuple[Change, ...]:
        """All changes, column by column, each with the original row numbers."""
        found = []
        for position in sorted(self._notes):
            notes = self._notes[position]
            rows = _RowsOfValues(notes[0][0], self._recognition.row_numbers)
            found += [
                Change(position, source.header, item, cell_text(value), word, rule, rows.of(place))
                for source, item, place, value, word, rule in notes
                if len(rows.of(place))
            ]
        found += [
            Change(
                source.column.position,
                source.header,
                item,
                text,
                _STATUS_WORDS[AnswerStatus.INVALID],
                "Angaben schließen einander aus",
                rows,
            )
            for source, item, text, rows in self._combinations
        ]
        return tuple(found)

    def remarks(self) -> tuple[Remark, ...]:
        """Warnings for error cells, formulas without result and answers out of range."""
        found: list[Remark] = []
        for position in sorted(self._problems):
            problems = self._problems[position]
            rows = _RowsOfValues(problems[0][0], self._recognition.row_numbers)
            for source, item, place, value, status in problems[:MAX_REMARKS_PER_COLUMN]:
                found.append(self._problem(source, item, value, status, rows.of(place)))
            rest = problems[MAX_REMARKS_PER_COLUMN:]
            if rest:
                found.append(self._closing(rest, rows))
        for position in sorted(self._unknown):
            found += self._unknown_remarks(position)
        return (*found, *(self._combination(*entry) for entry in self._combinations))

    def _combination(self, source: SourceColumn, item: str, text: str, rows: np.ndarray) -> Remark:
        numbers = [int(row) for row in rows]
        message = (
            f"Die Angaben „{shortened(text)}“ bei {item} schließen einander aus "
            f"({rows_in_words(numbers)}); sie werden beiseite gelegt."
        )
        return self._remark("OUT_OF_RANGE", message, source, numbers[0], shortened(text))

    def _problem(
        self,
        source: SourceColumn,
        item: str,
        value: CellValue,
        status: AnswerStatus,
        rows: np.ndarray,
    ) -> Remark:
        numbers = [int(row) for row in rows]
        where = rows_in_words(numbers)
        text = shortened(cell_text(value))
        if status is AnswerStatus.ERROR:
            code, message = (
                "ERROR_CELLS",
                f"Fehlerzelle „{text}“ ({where}); sie gilt nicht als Antwort.",
            )
        else:
            code = "OUT_OF_RANGE"
            message = (
                f"Der Wert „{text}“ ist bei {item} nicht vorgesehen ({where}); er wird beiseite "
                "gelegt. Bitte den Wert oder den Fragebogen berichtigen."
            )
        return self._remark(code, message, source, numbers[0] if numbers else None, text)

    def _closing(
        self,
        rest: Sequence[tuple[SourceColumn, str, int, CellValue, AnswerStatus]],
        rows: "_RowsOfValues",
    ) -> Remark:
        source, item = rest[0][0], rest[0][1]
        cells = sum(len(rows.of(place)) for _, _, place, _, _ in rest)
        message = (
            f"Bei {item} sind {len(rest)} weitere Werte in {cells} Zellen nicht vorgesehen; das "
            "Einleseprotokoll nennt sie alle."
        )
        first = int(rows.of(rest[0][2])[0])
        return self._remark("OUT_OF_RANGE", message, source, first, None)

    def _unknown_remarks(self, position: int) -> list[Remark]:
        entries = self._unknown[position]
        source, item = entries[0][0], entries[0][1]
        rows = _RowsOfValues(source, self._recognition.row_numbers)
        numbers = sorted({int(row) for _, _, place, _ in entries for row in rows.of(place)})
        parts = list(dict.fromkeys(part for _, _, _, unknown in entries for part in unknown))
        shown = ", ".join(f"„{shortened(part, 30)}“" for part in parts[:3])
        message = (
            f"{len(parts)} Angaben bei {item} gehören zu keiner Option, etwa {shown} "
            f"({rows_in_words(numbers)}); die übrigen Angaben der Zellen gelten."
        )
        severity = Severity.INFO if self._proposed else Severity.WARNING
        return [self._remark("UNKNOWN_OPTION", message, source, numbers[0], parts[0], severity)]

    def _remark(
        self,
        code: str,
        message: str,
        source: SourceColumn,
        row: int | None,
        value: str | None,
        severity: Severity = Severity.WARNING,
    ) -> Remark:
        letter = column_letter(source.column.position)
        return Remark(code, severity, message, self._recognition.sheet, row, letter, value)


class _RowsOfValues:
    """Original row numbers per distinct value of one column, by one stable sort."""

    def __init__(self, source: SourceColumn, row_numbers: np.ndarray) -> None:
        codes = source.column.codes
        small = codes.astype(np.int16) if len(source.column.values) < 32_000 else codes
        order = np.argsort(small, kind="stable")
        self._numbers = row_numbers[order]
        self._ends = np.cumsum(np.bincount(codes, minlength=len(source.column.values)))

    def of(self, place: int) -> np.ndarray:
        """int32 row numbers, ascending."""
        start = self._ends[place - 1] if place else 0
        return self._numbers[start : self._ends[place]]
