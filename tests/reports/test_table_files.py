"""Both files of a table come back as what the page showed, and run nothing."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from assessment.reports.safe_text import TRIGGERS
from assessment.reports.table_files import ORIGIN_COLUMN, CsvForm, table_csv

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
    assert header == list(COLUMNS)
    assert first == ["Strategie; „Kern“", "62.4", "1234"]
    assert second[1] == ""


def test_no_number_is_more_exact_than_on_the_page() -> None:
    for form in CsvForm:
        assert b"49.6" not in table_csv(("a",), ((49.6123,),), form)
        assert b"49,6" not in table_csv(("a",), ((49.6123,),), form)
        assert read(table_csv(("a",), ((49.6123,),), form), form)[1] == ["50"]
        assert read(table_csv(("a",), ((float("nan"),),), form), form)[1] in ([""], [])


@given(
    cells=st.lists(st.text(max_size=20), min_size=2, max_size=5),
    origin=st.text(max_size=10),
    form=st.sampled_from(CsvForm),
)
def test_no_text_starts_a_formula(cells: list[str], origin: str, form: CsvForm) -> None:
    rows = read(table_csv(cells, [cells], form, origin=origin), form)
    for row in rows:
        assert len(row) == len(cells) + bool(origin)
        assert not any(cell.lstrip(" ").startswith(TRIGGERS) for cell in row)
