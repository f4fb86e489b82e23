"""A remark and its place side by side: complete, and nothing said twice."""

import pytest

from assessment.remarks import Remark, Severity
from assessment.ui.components import sentence_and_place


def remark(message: str, **place: object) -> Remark:
    return Remark("X", Severity.INFO, message, "Daten", **place)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            remark("B01 bis B14 sind gleich (Zeilen 80, 129 und 34 weitere); beachten.", row=80),
            ("B01 bis B14 sind gleich; beachten.", "Zeilen 80, 129 und 34 weitere"),
        ),
        (
            remark("Die Angaben „5;6“ schließen einander aus (Zeile 23).", row=23, column="EF"),
            ("Die Angaben „5;6“ schließen einander aus.", "Zeile 23, Spalte EF"),
        ),
        (
            remark("Die Spalten BU, DT haben den gleichen Kopf.", column="BU"),
            ("Die Spalten BU, DT haben den gleichen Kopf.", "siehe Hinweis"),
        ),
        (
            remark("Zeichen entfernt, zuerst in K53.", row=53, column="K"),
            ("Zeichen entfernt, zuerst in K53.", "siehe Hinweis"),
        ),
        (
            remark("Der Wert 23 ist keine Zahl.", row=23, column="A"),
            ("Der Wert 23 ist keine Zahl.", "Zeile 23, Spalte A"),
        ),
        (remark("Passt zu keinem Fragebogen."), ("Passt zu keinem Fragebogen.", "ganzes Blatt")),
    ],
)
def test_place_and_sentence_share_the_work(given: Remark, expected: tuple[str, str]) -> None:
    assert sentence_and_place(given, "Daten") == expected


def test_another_sheet_is_named() -> None:
    assert sentence_and_place(remark("Leer."), "Antworten")[1] == "Blatt „Daten“"
