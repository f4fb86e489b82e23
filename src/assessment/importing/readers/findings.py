"""Remarks on cells of which the sheet holds no usable value, by address."""

from collections import Counter

from assessment.importing import wire
from assessment.importing.readers.columns import Encoder
from assessment.importing.readers.messages import column_letter, grouped
from assessment.importing.wire import Notes

_SINGLE = {
    "ERROR_CELLS": "Die Zelle {address} enthält den Fehlerwert {value} und zählt nicht als "
    "Antwort; bitte in der Quelle berichtigen.",
    "FORMULA_WITHOUT_VALUE": "Die Formel in {address} hat kein gespeichertes Ergebnis und zählt "
    "nicht als Antwort; bitte die Datei in Excel öffnen, neu berechnen und speichern.",
    "NON_FINITE": "Die Zelle {address} enthält keine endliche Zahl ({value}) und zählt nicht als "
    "Antwort; bitte in der Quelle berichtigen.",
    "BAD_DATES": "Das Datum in {address} gibt es nicht (gespeicherter Wert {value}); es wird nicht "
    "verwendet, bitte in der Quelle berichtigen.",
}
_MANY = {
    "ERROR_CELLS": "Fehlerwerte",
    "FORMULA_WITHOUT_VALUE": "Formeln ohne gespeichertes Ergebnis",
    "NON_FINITE": "nicht endliche Zahlen",
    "BAD_DATES": "unmögliche Datumsangaben",
}
LISTED = 100
"""So many cells of one kind are listed singly per sheet; the rest is counted."""


def _texts(count: int) -> str:
    return "einem Text" if count == 1 else f"{grouped(count)} Texten"


def report_cells(
    encoder: Encoder, sheet: str, first_row: int, notes: Notes, *, severity: str = wire.WARNING
) -> None:
    """Add a remark for each special cell that the encoder found in ``sheet``."""
    counts: Counter[str] = Counter()
    for code, position, row, value in sorted(encoder.found, key=lambda f: (f[0], f[2], f[1])):
        counts[code] += 1
        if counts[code] > LISTED:
            continue
        letter, number = column_letter(position), first_row + row
        message = _SINGLE[code].format(address=f"{letter}{number}", value=value)
        notes.add(code, severity, message, sheet, number, letter, value)
    for code, count in counts.items():
        if count > LISTED:
            notes.add(
                code,
                severity,
                f"Insgesamt {grouped(count)} Zellen enthalten {_MANY[code]}, die ersten {LISTED} "
                "sind einzeln genannt; keine davon zählt als Antwort.",
                sheet,
            )
    if encoder.cleaned:
        position, row = encoder.cleaned[0]
        notes.add(
            "CONTROL_CHARACTERS",
            wire.INFO,
            f"In {_texts(len(encoder.cleaned))} wurden unsichtbare Steuerzeichen entfernt, "
            f"zuerst in {column_letter(position)}{first_row + row}; der sichtbare Text ist "
            "unverändert.",
            sheet,
            first_row + row,
            column_letter(position),
        )
