"""The workbook of results: every figure can be worked out from it, and nothing in it runs."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from assessment import pipeline
from assessment.profiles.dossier import Dossier
from assessment.profiles.variants import Variant
from assessment.reports.ledger_workbook import SIMULATED
from assessment.reports.results_tables import results_of
from assessment.reports.results_workbook import results_csv, results_workbook
from assessment.reports.safe_text import neutral
from assessment.reports.table_files import NOTE_COLUMN, ORIGIN_COLUMN, CsvForm

DAY = date(2026, 11, 22)
TOWN = "03000002"
HOSTILE = (
    "=1+1",
    "[x]",
    "'x'",
    "@SUM(A1)",
    "http://127.0.0.1:9/p.png",
    "NUL\x00 und \x07",
    "halb \ud800 Zeichen",
    "x" * 40_000,
)


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess_sample()


@pytest.fixture(scope="module")
def part(sample):
    """Twenty municipalities, the first ones with names that programs would run or refuse."""
    survey = sample.survey
    rows = slice(0, 20)
    names = dict(zip(map(str, survey.keys[rows]), HOSTILE, strict=False))
    cut = replace(
        survey,
        answers=survey.answers.iloc[rows],
        status=survey.status.iloc[rows],
        names={**survey.names, **names},
    )
    return pipeline.assess(cut, typology=sample.typology)


def sheets(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        start = 1 if rows and rows[0][0] == SIMULATED else 0
        found[sheet.title] = [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]
    return found


def test_every_score_follows_from_codebook_and_fulfilment(sample):
    """AK-1.3, with nothing but the cells of the file: weights, options, points, statuses."""
    checked = 0
    for key in sample.survey.keys[:40:4]:
        found = sheets(results_workbook(Dossier(sample, key, variant=Variant.CLOSED), DAY))
        options = {
            (row["Frage"], row["Wortlaut"]): row["Punkte (0–100)"]
            for row in found["Codebuch"]
            if row["Ebene"] == "Antwort"
        }
        weights = {
            row["Frage"]: row["Gewicht"] for row in found["Codebuch"] if row["Ebene"] == "Frage"
        }
        for result in found["Ergebnisse"]:
            own = [row for row in found["Erfüllung"] if row["Feld"] == result["Feld"]]
            assert own
            concerned = [row for row in own if row["Stand der Antwort"] != "nicht zuständig"]
            known = [row for row in concerned if row["Erfüllung (0–100)"] is not None]
            for row in known:
                assert row["Stand der Antwort"] == "beantwortet"
                assert row["Gewicht"] == weights[row["Frage"]]
                if (row["Frage"], row["Antwort"]) in options and row["Frage"] not in SHARES:
                    assert options[row["Frage"], row["Antwort"]] == row["Erfüllung (0–100)"]
            everything = sum(row["Gewicht"] for row in concerned)
            weight = sum(row["Gewicht"] for row in known)
            if not everything:
                assert result["Stand"] == "nicht zuständig oder nicht gefragt"
                continue
            assert result["Abdeckung"] == pytest.approx(weight / everything, abs=1e-6)
            if weight / everything < 0.6 - 1e-9:
                assert result["Stand"] == "zu wenige Antworten"
                assert result["Punkte (0–100)"] is None
                continue
            total = sum(row["Gewicht"] * row["Erfüllung (0–100)"] for row in known)
            assert result["Punkte (0–100)"] == pytest.approx(total / weight, abs=1e-5)
            low = result["mindestens (offene Antworten)"]
            high = result["höchstens (offene Antworten)"]
            assert low == pytest.approx(total / everything, abs=1e-5)
            assert high == pytest.approx(
                (total + 100 * (everything - weight)) / everything, abs=1e-5
            )
            level = min(int(result["Punkte (0–100)"] / 25 + 1e-9), 4)
            held = result["Stufe gehalten durch Frage"]
            seen = result["Reifestufe (Selbstauskunft)"]
            assert (seen < level) if held else (seen == level)
            checked += 1
    assert checked > 150


SHARES = {"D29", "E01", "G01", "G05"}
"""Several answers: one of them alone has other points than all together."""


def test_all_municipalities_and_the_whole_ledger(part):
    found = sheets(results_workbook(part, DAY))
    assert list(found)[:6] == [
        "Überblick",
        "Ergebnisse",
        "Kommunentyp",
        "Codebuch",
        "Erfüllung",
        "Herkunft",
    ]
    assert [name for name in found if name.startswith("Protokoll – ")] == [
        f"Protokoll – {name}"
        for name in ("Überblick", "Hinweise", "Zeilen", "Spalten", "Änderungen", "Vollständigkeit")
    ]
    keys = {row["Schlüssel"] for row in found["Ergebnisse"]}
    assert keys == {str(key) for key in part.survey.keys}
    fields = len(part.scores.dimensions)
    assert len(found["Ergebnisse"]) == 20 * fields
    assert len(found["Erfüllung"]) == 20 * len(part.scores.item_points.columns)
    words = {row["Stand der Antwort"] for row in found["Erfüllung"]}
    assert {"beantwortet", "leer gelassen", "weiß nicht", "nicht zuständig"} <= words


def test_no_formula_no_link_no_hidden_sheet_whatever_the_names(part):
    data = results_workbook(part, DAY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, text in texts.items():
        assert not re.search("<f[ >/]", text), name
        assert "<hyperlink" not in text, name
        assert "relationships/hyperlink" not in text, name
    assert 'state="hidden"' not in texts["xl/workbook.xml"]
    found = {row["Kommune"] for row in sheets(data)["Ergebnisse"]}
    assert {"=1+1", "[x]", "'x'", "@SUM(A1)", "http://127.0.0.1:9/p.png"} <= found
    assert "NUL und " in found
    assert "halb \ufffd Zeichen" in found
    long = next(name for name in found if len(name) > 1000)
    assert len(long) == 32_767
    assert long.endswith("…")


def test_same_input_same_bytes(sample):
    dossier = Dossier(sample, TOWN)
    first = results_workbook(dossier, DAY)
    assert first == results_workbook(Dossier(sample, TOWN), DAY)
    assert first != results_workbook(dossier, date(2026, 11, 23))
    assert str(DAY) in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml").decode()


def test_numbers_are_numbers_and_days_are_days(sample):
    book = openpyxl.load_workbook(io.BytesIO(results_workbook(Dossier(sample, TOWN), DAY)))
    sheet = book["Ergebnisse"]
    header = {cell.value: place for place, cell in enumerate(sheet[2])}
    assert sheet.freeze_panes == "A3"
    rows = list(sheet.iter_rows(min_row=3))
    column = header["Punkte (0–100)"]
    values = [row[column] for row in rows if row[column].value is not None]
    assert values
    assert all(cell.data_type == "n" for cell in values)
    key = rows[0][header["Schlüssel"]]
    assert (key.value, key.data_type) == (TOWN, "s")
    days = [row[1] for row in book["Überblick"].iter_rows() if row[0].value == "Erstellt am"]
    assert str(days[0].value)[:10] == str(DAY)
    assert days[0].number_format == "dd.mm.yyyy"


@pytest.mark.parametrize("variant", [Variant.PUBLIC, Variant.ANONYMOUS])
def test_variants_keep_back_what_they_must(sample, variant):
    found = sheets(results_workbook(Dossier(sample, TOWN, variant=variant), DAY))
    secret = {"D26", "D27", "D28", "D29", "D30"}
    assert not secret & {row["Frage"] for row in found["Erfüllung"]}
    assert not secret & {row["Frage"] for row in found.get("Protokoll", [])}
    closed = sheets(results_workbook(Dossier(sample, TOWN, variant=Variant.CLOSED), DAY))
    assert secret <= {row["Frage"] for row in closed["Erfüllung"]}
    rough, exact = (
        next(row["Punkte (0–100)"] for row in book["Ergebnisse"] if row["Feld"] == "MF06")
        for book in (found, closed)
    )
    # Points with decimals and the weights would tell the answers.
    assert rough == round(exact) != exact
    if variant is Variant.ANONYMOUS:
        text = " ".join(
            str(cell) for rows in found.values() for row in rows for cell in row.values()
        )
        assert "Weidelswald" not in text
        assert TOWN not in text
        assert "Protokoll" not in found


def test_own_rows_only(sample):
    found = sheets(results_workbook(Dossier(sample, TOWN, variant=Variant.CLOSED), DAY))
    others = {name for key, name in sample.survey.names.items() if key != TOWN}
    for rows in found.values():
        for row in rows:
            assert not others & set(row.values())
    assert {row["Zeile der Datei"] for row in found["Protokoll"]} == {7}
    assert any(row["Median der Vergleichsgruppe"] is not None for row in found["Ergebnisse"])


def test_german_and_machine_files_hold_the_tables(part):
    key = str(part.survey.keys[0])
    dossier = Dossier(part, key, variant=Variant.CLOSED)
    tables = {table.name: table for table in results_of(dossier, DAY).tables}
    german = dict(results_csv(dossier, DAY, CsvForm.GERMAN))
    machine = dict(results_csv(dossier, DAY, CsvForm.MACHINE))
    assert set(german) == set(machine) == set(tables)
    for name, table in tables.items():
        assert german[name].startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(machine[name].decode(), newline="")))
        header = [column.name for column in table.columns]
        assert rows[0] == [*header, NOTE_COLUMN, ORIGIN_COLUMN]
        assert len(rows) == len(table.rows) + 1
        for given, read in zip(table.rows, rows[1:], strict=True):
            for cell, text in zip(given, read, strict=False):
                if cell is None:
                    assert text == ""
                elif isinstance(cell, int | float):
                    assert float(text) == pytest.approx(cell, abs=1e-6)
                else:
                    assert text == (cell.isoformat() if isinstance(cell, date) else neutral(cell))
    first = german["Ergebnisse"].decode("utf-8-sig").splitlines()[1]
    assert first.startswith("'=1+1;")
    assert re.search(r";\d+,\d+;", german["Ergebnisse"].decode())
