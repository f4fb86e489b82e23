"""What is to be said about municipality keys, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessment.importing.column_changes import rows_in_words, shortened
from assessment.importing.recognition import Recognition
from assessment.register import KeyCheck, KeyStatus
from assessment.remarks import Remark, Severity

MAX_ROW_REMARKS = 50


@dataclass(slots=True)
class KeyProblems:
    """Collects what is wrong with keys; a remark per row, grouped where there are too many.

    ``column`` is the letter of the key column, if there is one.
    """

    recognition: Recognition
    column: str | None
    severity_of_unknown: Severity
    by_row: list[tuple[int, str, str]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    converted: list[int] = field(default_factory=list)

    def add(self, row: int, message: str, value: str) -> None:
        """Note a key somebody has to look at; ``message`` is a German sentence."""
        self.by_row.append((row, message, value))

    def remarks(self) -> list[Remark]:
        """Everything noted so far."""
        sheet = self.recognition.sheet
        found = [
            Remark(
                "KEY_PROBLEMS", Severity.WARNING, message, sheet, row, self.column, shortened(value)
            )
            for row, message, value in sorted(self.by_row)[:MAX_ROW_REMARKS]
        ]
        rest = len(self.by_row) - MAX_ROW_REMARKS
        if rest > 0:
            message = f"In {rest} weiteren Zeilen ist der Schlüssel auffällig; siehe Protokoll."
            found.append(
                Remark("KEY_PROBLEMS", Severity.WARNING, message, sheet, None, self.column)
            )
        if self.unknown:
            message = (
                f"{len(self.unknown)} Schlüssel stehen nicht im Gemeindeverzeichnis "
                f"({rows_in_words(self.unknown)}); die Zeilen behalten ihren Schlüssel."
            )
            found.append(
                Remark(
                    "KEYS_UNKNOWN",
                    self.severity_of_unknown,
                    message,
                    sheet,
                    self.unknown[0],
                    self.column,
                )
            )
        if self.converted:
            message = (
                f"Vereinheitlicht wurden Schlüssel anderer Form, etwa ein "
                f"Regionalschlüssel zum Gemeindeschlüssel ({rows_in_words(self.converted)})."
            )
            found.append(
                Remark(
                    "KEYS_CONVERTED", Severity.INFO, message, sheet, self.converted[0], self.column
                )
            )
        return found


def simulated_remarks(recognition: Recognition, checks: Mapping[str, KeyCheck]) -> list[Remark]:
    """Say that data are simulated, and warn where they are mixed with real ones."""
    simulated = sum(check.status is KeyStatus.SIMULATED for check in checks.values())
    if not simulated:
        return []
    real = sum(check.status is KeyStatus.KNOWN for check in checks.values())
    if real:
        return [
            Remark(
                "SIMULATED_MIXED",
                Severity.WARNING,
                f"Die Datei mischt {simulated} simulierte und {real} wirkliche Kommunen; bitte "
                "getrennt auswerten.",
                recognition.sheet,
            )
        ]
    message = "Alle Schlüssel gehören zum Bereich der Beispieldaten: Die Daten sind simuliert."
    return [Remark("SIMULATED_DATA", Severity.INFO, message, recognition.sheet)]
