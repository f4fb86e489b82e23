"""Both files of a table come back as what the page showed, and run nothing."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.reports.safe_text import TRIGGERS
from assessment.reports.table_files import (
    NOTE_COLUMN,
    ORIGIN_COLUMN,
    SUBJECT_COLUMNS,
    CsvForm,
    FileSubject,
    table_csv,
)

COLUMNS = ("Feld", "Punkte", "Anteil")
ROWS = (("Strategie; „Kern“", 62.449, 1234), ('Daten, "offen"\nneu', None, "verdeckt"))


def read(data: bytes, form: CsvForm) -> list[list[str]]:
    text = data.decode("utf-8-sig" if form is CsvForm.GERMAN else "utf-8")
    delimiter = ";" if form is CsvForm.GERMAN else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_the_german_form_opens_in_excel() -> None:
    data = table_csv(COLUMNS, ROWS, CsvForm.GERMAN, decimals=1, origin="Fragebogen 2026.1")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    header, first, second = read(data, CsvForm.GERMAN)
    assert header == [*COLUMNS, ORIGIN_COLUMN]
    assert first == ["Strategie; „Kern“", "62,4", "1234", "Fragebogen 2026.1"]
    assert second == ['Daten, "offen"\nneu', "", "verdeckt", "Fragebogen 2026.1"]


def test_the_machine_form_has_points_and_commas() -> None:
    data = table_csv(COLUMNS, ROWS, CsvForm.MACHINE, decimals=1)
    assert not data.startswith(b"\xef\xbb\xbf")
    header, first, second = read(data, CsvForm.MACHINE)
    assert header == [*COLUMNS, NOTE_COLUMN]
    assert first == ["Strategie; „Kern“", "62.4", "1234", ""]
    assert second[1:] == ["", "", "Anteil: verdeckt"]


def test_the_machine_form_has_no_words_among_numbers() -> None:
    columns = ("Typ", "Kommunen", "Anteil", "Sicher", "Lage", "Text")
    rows = (
        ("B", 123, "30\u00a0%", "über 99\u00a0%", "4 von 9", "12"),
        ("O", "verdeckt", "–", "0,5 %", "30 %", "unklar"),
        ("100 %", 0, "verdeckt", None, "–", "–"),
    )
    header, *body = read(table_csv(columns, rows, CsvForm.MACHINE), CsvForm.MACHINE)
    expected = ["Typ", "Kommunen", "Anteil in %", "Sicher in %", "Lage", "Text", NOTE_COLUMN]
    assert header == expected
    assert body == [
        ["B", "123", "30", "", "4 von 9", "12", "Sicher: über 99\u00a0%"],
        ["O", "", "", "0.5", "30 %", "unklar", "Kommunen: verdeckt"],
        ["100 %", "0", "", "", "–", "–", "Anteil: verdeckt"],
    ]
    _, german, *_ = read(table_csv(columns, rows, CsvForm.GERMAN), CsvForm.GERMAN)
    assert german == ["B", "123", "30\u00a0%", "über 99\u00a0%", "4 von 9", "12"]


@pytest.mark.parametrize("form", CsvForm)
def test_files_about_one_municipality_say_which(form: CsvForm) -> None:
    subject = FileSubject("=Ort", "06000001", "2026", date(2025, 12, 31))
    data = table_csv(("Feld",), (("Daten",),), form, origin="Herkunft", subject=subject)
    header, row = read(data, form)
    assert tuple(header[:4]) == SUBJECT_COLUMNS
    day = "31.12.2025" if form is CsvForm.GERMAN else "2025-12-31"
    assert row[:5] == ["'=Ort", "06000001", "2026", day, "Daten"]
    assert (header[-1], row[-1]) == (ORIGIN_COLUMN, "Herkunft")
    unknown = FileSubject("Ort", "1", "", None)
    assert read(table_csv(("Feld",), (("a",),), form, subject=unknown), form)[1][3] == ""


def test_no_number_is_more_exact_than_on_the_page() -> None:
    for form in CsvForm:
        assert b"49.6" not in table_csv(("a",), ((49.6123,),), form)
        assert b"49,6" not in table_csv(("a",), ((49.6123,),), form)
        assert read(table_csv(("a",), ((49.6123,),), form), form)[1][0] == "50"
        assert read(table_csv(("a",), ((float("nan"),),), form), form)[1][:1] in ([""], [])


@given(
    cells=st.lists(st.text(max_size=20), min_size=2, max_size=5),
    origin=st.text(max_size=10),
    form=st.sampled_from(CsvForm),
)
def test_no_text_starts_a_formula(cells: list[str], origin: str, form: CsvForm) -> None:
    rows = read(table_csv(cells, [cells], form, origin=origin), form)
    for row in rows:
        assert len(row) == len(cells) + bool(origin) + (form is CsvForm.MACHINE)
        assert not any(cell.lstrip(" ").startswith(TRIGGERS) for cell in row)
