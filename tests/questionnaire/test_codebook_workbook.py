"""Our codebook workbook: nothing lost, edits understood, mistakes named with sheet and row."""

import pytest
from any_questionnaire import questionnaires
from hypothesis import HealthCheck, given, settings
from sheet_builder import sheet, sheets_of

from assessment.importing.opening import open_file
from assessment.questionnaire.codebook_file import read_codebook_sheets
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import (
    Dimension,
    Gate,
    Item,
    ItemKind,
    Option,
    Questionnaire,
)
from assessment.questionnaire.workbook import read_workbook, write_workbook
from assessment.questionnaire.workbook_layout import (
    ABOUT_FIELDS,
    DIMENSION_FIELDS,
    GATE_FIELDS,
    ITEM_FIELDS,
    OPTION_FIELDS,
)
from assessment.remarks import InputRefused
from assessment.table import ErrorCell, NoResultCell, Sheet

SMALL = {
    "Fragebogen": [
        ["Feld", "Schlüssel", "Wert"],
        ["Kennung", None, "probe"],
        ["Ausgabe", None, 1.0],
        ["Titel", None, "Probe"],
        ["Block", "HF", "Handlungsfelder"],
        ["Stufenname", 0.0, "am Anfang"],
    ],
    "Dimensionen": [["ID", "Name", "Stufe 1", "Stufe 0"], ["D1", "Eins", "höher", "tief"]],
    "Stufenbedingungen": [["Dimension", "Stufe", "Item", "Punkte"], ["D1", 3.0, "Q1", 75.0]],
    "Items": [
        ["ID", "Frage", "Art", "Antwortsatz", "Wertung", "Gewicht", "Dimension", "Bedingung"],
        ["Q1", "Erste", "Stufen", "jn", "Punkte der Antwort", 1.5, "D1", None],
        ["Q2", "Zweite", "freitext", None, None, None, None, "Q1 in 1|2\nQ1 ne 2"],
        ["Q3", "Dritte", "ganze Zahl", None, None, None, None, None],
        ["Q4", "Vierte", "Einfachauswahl", None, None, None, None, "Q3 ge 5"],
    ],
    "Antworten": [
        ["Antwortsatz", "Item", "Code", "Text", "Punkte", "Art", "Text (en)"],
        ["jn", None, 1.0, "nein", 0.0, None, "no"],
        ["jn", None, 2.0, "ja", "100", None, "yes"],
        [None, "Q4", "k ", "weiß nicht", None, "weiß nicht", None],
    ],
    "Regeln": [["ID", "Meldung", "Bedingung"], ["R1", "Bitte prüfen.", "Q3 eq 0\nQ1 eq 1"]],
}


def book(**changes: list[list]) -> list[Sheet]:
    return [sheet(name, rows) for name, rows in (SMALL | changes).items() if rows]


def with_cell(name: str, row: int, column: int, value: object) -> list[Sheet]:
    rows = [list(cells) for cells in SMALL[name]]
    rows[row - 1][column - 1] = value
    return book(**{name: rows})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires())
def test_writing_and_reading_gives_the_same(questionnaire: Questionnaire) -> None:
    written = write_workbook(questionnaire)
    read = read_workbook(sheets_of(written.data), "x.xlsx")
    assert read.questionnaire == questionnaire
    assert (written.not_expressed, read.not_expressed) == ((), ())


def test_default_survives() -> None:
    written = write_workbook(default_questionnaire())
    assert written.not_expressed == ()
    read = read_codebook_sheets(sheets_of(written.data), "x.xlsx")
    assert read.questionnaire == default_questionnaire()
    assert read.not_expressed == ()


def test_comes_back_through_the_reader_of_uploads() -> None:
    """Notes, filters and frozen panes of the file must not trouble the import's pre-check."""
    opened = open_file(write_workbook(default_questionnaire()).data, "fragebogen.xlsx")
    assert opened.remarks == ()
    assert read_codebook_sheets(opened.sheets, opened.name).questionnaire == default_questionnaire()


def test_every_field_of_the_model_has_a_column() -> None:
    """A field added to the model must not be forgotten here."""
    elsewhere = {
        Questionnaire: {"blocks", "level_names", "dimensions", "items", "rules", "notes"},
        Dimension: {"gates", "levels", "names"},
        Item: {"options", "condition", "attributes", "translations"},
        Option: {"labels"},
        Gate: set(),
    }
    columns = {
        Questionnaire: ABOUT_FIELDS,
        Dimension: DIMENSION_FIELDS,
        Item: ITEM_FIELDS,
        Option: OPTION_FIELDS,
        Gate: GATE_FIELDS,
    }
    for model, fields in columns.items():
        assert {field.name for field in fields} | elsewhere[model] == set(model.model_fields)


def test_reads_what_an_analyst_typed() -> None:
    read = read_workbook(book(), "x.xlsx")
    questionnaire = read.questionnaire
    assert (questionnaire.id, questionnaire.version) == ("probe", "1")
    assert questionnaire.dimensions[0].levels == ("tief", "höher")
    assert questionnaire.dimensions[0].gates == (Gate(level=3, item="Q1", points=75),)
    first = questionnaire["Q1"]
    assert [(o.code, o.label, o.points, o.labels["en"]) for o in first.options] == [
        ("1", "nein", 0, "no"),
        ("2", "ja", 100, "yes"),
    ]
    assert questionnaire["Q2"].kind is ItemKind.TEXT
    assert [c.value for c in questionnaire["Q2"].condition] == [("1", "2"), "2"]
    assert questionnaire["Q4"].condition[0].value == 5
    assert questionnaire["Q4"].options[0].code == "k"
    # The same figure is a number beside a number item and a code beside a coded one.
    assert [c.value for c in questionnaire.rules[0].when] == [0.0, "1"]


def test_formulas_and_leading_zeros_stay_text() -> None:
    tricky = Questionnaire(
        id="x",
        version="08",
        title='=HYPERLINK("http://x")',
        items=(Item(id="A", text="+1", kind=ItemKind.TEXT, help="http://example.org"),),
    )
    sheets = sheets_of(write_workbook(tricky).data)
    assert read_workbook(sheets, "x").questionnaire == tricky


def test_unknown_columns_and_rows_are_listed() -> None:
    rows = [[*cells, "x"] for cells in SMALL["Items"]]
    rows[0][-1] = "Zuständig"
    about = [*SMALL["Fragebogen"], ["Farbe", None, "blau"]]
    read = read_workbook(book(Items=rows, Fragebogen=about), "x.xlsx")
    assert any("„Farbe“" in sentence for sentence in read.not_expressed)
    assert any("„Zuständig“" in sentence for sentence in read.not_expressed)
    assert len(read.not_expressed) == 2


def test_too_long_texts_are_listed() -> None:
    long = Questionnaire(
        id="x", version="1", title="x", items=(Item(id="A", text="x" * 40_000, kind=ItemKind.TEXT),)
    )
    assert len(write_workbook(long).not_expressed) == 1


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "said"),
    [
        ("Items", 2, 3, "Stufe", "Spalte „Art“: „Stufe“ ist unbekannt; möglich sind"),
        ("Items", 2, 6, "viel", "Spalte „Gewicht“: „viel“ ist keine Zahl"),
        ("Items", 2, 6, -1.0, "mindestens 0"),
        ("Items", 2, 7, "D9", "Dimension „D9“ ist nicht erklärt"),
        ("Items", 3, 8, "Q1", "braucht Item und Vergleich"),
        ("Items", 3, 8, "Q1 gleich 2", "Der Vergleich „gleich“ ist unbekannt"),
        ("Items", 3, 8, "Q9 eq 2", "unbekanntes Item „Q9“"),
        ("Items", 3, 1, "Q1", "Item mehrfach: Q1"),
        ("Items", 3, 1, None, "Die Angabe „id“ fehlt"),
        ("Items", 2, 2, ErrorCell("#DIV/0!"), "Fehlerwert #DIV/0!"),
        ("Items", 2, 2, NoResultCell(), "Formel ohne Ergebnis"),
        ("Antworten", 2, 1, None, "entweder „Antwortsatz“ oder „Item“"),
        ("Antworten", 4, 2, "Q9", "Das Item „Q9“ steht nicht"),
        ("Antworten", 2, 5, "x", "„x“ ist keine Zahl"),
        ("Stufenbedingungen", 2, 1, "D9", "Dimension „D9“ ist nicht erklärt"),
        ("Stufenbedingungen", 2, 2, 2.5, "keine ganze Zahl"),
        ("Regeln", 2, 3, "Q9 eq 1", "unbekanntes Item „Q9“"),
    ],
)
def test_mistakes_name_sheet_and_row(
    name: str, row: int, column: int, value: object, said: str
) -> None:
    with pytest.raises(InputRefused) as caught:
        read_workbook(with_cell(name, row, column, value), "x.xlsx")
    assert said in caught.value.message
    assert f"Blatt „{name}“, Zeile {row}" in caught.value.message
    assert caught.value.code == "CODEBOOK_INVALID"


@pytest.mark.parametrize(
    "sheets",
    [
        [],
        [sheet("Tabelle1", [])],
        book(Items=[]),
        book(Items=[["ID", "id "]]),
        book(Items=[["ID", "Frage", "Art"]], Antworten=[["Item", "Code"], ["Q1", "a"]]),
    ],
)
def test_what_is_no_codebook_is_refused(sheets: list[Sheet]) -> None:
    with pytest.raises(InputRefused) as caught:
        read_codebook_sheets(sheets, "x.xlsx")
    assert caught.value.message.startswith("x.xlsx")
