"""XLSForm, workbook and CSV pair: what both sides can say survives, the rest is listed."""

import pytest
from any_questionnaire import questionnaires
from hypothesis import HealthCheck, given, settings
from sheet_builder import sheet, sheet_of_csv, sheets_of

from assessment.questionnaire.codebook_file import read_codebook_sheets
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import (
    Comparison,
    Item,
    ItemKind,
    ItemTexts,
    Option,
    OptionKind,
    Questionnaire,
)
from assessment.questionnaire.xlsform import read_xlsform, write_xlsform, write_xlsform_csv
from assessment.questionnaire.xlsform_expression import conditions_of, limits_of
from assessment.remarks import InputRefused
from assessment.table import Sheet

LOST = {
    ItemKind.LEVEL: ItemKind.SINGLE,
    ItemKind.KEY: ItemKind.TEXT,
    ItemKind.NAME: ItemKind.TEXT,
    ItemKind.CONTACT: ItemKind.TEXT,
}


def sheets(survey: list[list], choices: list[list] | None = None) -> list[Sheet]:
    settings = [["form_title", "form_id", "version"], ["Titel", "kennung", "7"]]
    given = [sheet("survey", survey), sheet("settings", settings)]
    return given + ([sheet("choices", choices)] if choices else [])


def test_default_keeps_everything_both_can_say() -> None:
    questionnaire = default_questionnaire()
    written = write_xlsform(questionnaire)
    read = read_codebook_sheets(sheets_of(written.data), "x.xlsx")
    assert read.not_expressed == ()
    back = read.questionnaire
    assert (back.id, back.version, back.title, back.language) == (
        questionnaire.id,
        questionnaire.version,
        questionnaire.title,
        questionnaire.language,
    )
    assert len(back.items) == 110
    for before, after in zip(questionnaire.items, back.items, strict=True):
        assert after.kind == LOST.get(before.kind, before.kind)
        for field in (
            "id", "text", "help", "section", "options", "option_set", "required",
            "minimum", "maximum", "pattern", "max_length", "condition",
        ):  # fmt: skip
            assert getattr(after, field) == getattr(before, field), (before.id, field)


def test_what_is_lost_is_listed() -> None:
    said = " ".join(write_xlsform(default_questionnaire()).not_expressed)
    for part in ("Stufenbedingungen", "Plausibilitätsregeln", "Dimensionen", "Rolle", "Gewicht"):
        assert part in said
    assert "sensibel: D26, D27, D28, D29, D30." in said
    assert "umgekehrte Formulierung: D05, D10, D15, D20, G04, H05." in said


def test_nothing_is_listed_if_nothing_is_lost() -> None:
    plain = Questionnaire(
        id="x",
        version="1",
        title="Titel",
        items=(
            Item(id="A", text="Frage", kind=ItemKind.TEXT, required=True, max_length=500),
            Item(
                id="B",
                text="Wahl",
                kind=ItemKind.MULTIPLE,
                section="Teil",
                group="Seite",
                options=(Option(code="a", label="A"), Option(code="x", label="X")),
                condition=conditions("A", Comparison.ANSWERED),
                translations={"en": ItemTexts(text="Choice", help="Tick")},
            ),
        ),
    )
    written = write_xlsform(plain)
    assert written.not_expressed == ()
    assert read_xlsform(sheets_of(written.data), "x").questionnaire == plain


def conditions(item: str, comparison: Comparison) -> tuple:
    probe = {"item": item, "is": comparison}
    return Item.model_validate(
        {"id": "P", "text": "p", "kind": "text", "condition": [probe]}
    ).condition


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires())
def test_what_is_not_listed_survives(questionnaire: Questionnaire) -> None:
    written = write_xlsform(questionnaire)
    back = read_xlsform(sheets_of(written.data), "x").questionnaire
    lost = {
        what: set(codes.removesuffix(".").split(", "))
        for what, _, codes in (sentence.partition(": ") for sentence in written.not_expressed)
    }
    renamed = lost.get("Code ist kein gültiger XLSForm-Name", set())
    assert len(back.items) == len(questionnaire.items)
    for before, after in zip(questionnaire.items, back.items, strict=True):
        assert after.kind == LOST.get(before.kind, before.kind)
        assert (after.id == before.id) == (before.id not in renamed)
        for field in ("text", "help", "section", "options", "required", "translations"):
            assert getattr(after, field) == getattr(before, field)
        for field in ("minimum", "maximum", "max_length"):
            assert getattr(after, field) == getattr(before, field)
        for field, what in (
            ("group", "Gruppe ohne Abschnitt"),
            ("option_set", "Name des gemeinsamen Antwortsatzes"),
            ("pattern", "Muster mit beiden Arten von Anführungszeichen"),
            ("condition", "Bedingung, die XLSForm nicht ausdrücken kann"),
        ):
            if before.id not in lost.get(what, set()) and not renamed:
                assert getattr(after, field) == getattr(before, field)
        # Whatever is not the default in a field that XLSForm lacks has to be listed.
        for field, what in (
            ("dimension", "Dimension"),
            ("scoring", "Wertung"),
            ("weight", "Gewicht"),
            ("roles", "Rolle"),
            ("requires", "Voraussetzung"),
            ("sensitive", "Kennzeichen sensibel"),
            ("polarity", "umgekehrte Formulierung"),
            ("attributes", "weitere Merkmale"),
        ):
            changed = getattr(before, field) != getattr(after, field)
            assert changed == (before.id in lost.get(what, set()))


def test_csv_pair() -> None:
    pair = write_xlsform_csv(default_questionnaire())
    given = [sheet_of_csv("a.csv", pair.survey), sheet_of_csv("b.csv", pair.choices)]
    back = read_codebook_sheets(given, "paar").questionnaire
    assert [item.id for item in back.items] == [item.id for item in default_questionnaire().items]
    assert back["D01"].options == default_questionnaire()["D01"].options
    assert any("Titel" in sentence for sentence in pair.not_expressed)


def test_reads_a_form_of_others() -> None:
    read = read_xlsform(
        sheets(
            [
                ["type", "name", "label::German (de)", "label::English (en)", "relevant",
                 "constraint", "required", "appearance"],
                ["start", "start"],
                ["note", "hinweis", "Willkommen"],
                ["begin_group", "g1", "Teil eins"],
                ["select_one yn or_other", "q1", "Frage?", "Question?", None, None, "yes"],
                ["select one yn", "q2", "Skala", None, "${q1}='y'", None, None, "likert"],
                ["integer", "q3", "Zahl", None, "${q1} = 'y' or ${q1} = 'n'",
                 ". >= 1 and .<=9", "true()"],
                ["text", "q4", "Text", None, "count(${q1}) > 3", "regex(., '^\\d+$')"],
                ["end group"],
                ["geopoint", "q5", "Ort", None, "${hinweis} = 'y'", ". != ''"],
                ["rank yn", "q6", "Folge"],
            ],
            [
                ["list_name", "name", "label::German (de)", "label::English (en)"],
                ["yn", "y", "ja", "yes"],
                ["yn", "n", "nein", "no"],
            ],
        ),
        "form.xlsx",
    )  # fmt: skip
    form = read.questionnaire
    assert (form.language, form.id, form.version) == ("de", "kennung", "7")
    kinds = [item.kind.value for item in form.items]
    assert kinds == ["single", "rating", "integer", "text", "text", "ranking"]
    first = form["q1"]
    assert first.required
    assert first.section == "Teil eins"
    assert [option.code for option in first.options] == ["y", "n", "other"]
    assert first.options[0].labels == {"en": "yes"}
    assert first.translations["en"].text == "Question?"
    assert form["q2"].condition[0].value == "y"
    assert form["q3"].condition[0].is_ is Comparison.ONE_OF
    assert (form["q3"].minimum, form["q3"].maximum) == (1, 9)
    assert form["q4"].pattern == r"^\d+$"
    assert form["q4"].attributes == {"xlsform:relevant": "count(${q1}) > 3"}
    # A condition on a note can't be answered, so it is kept and said, not evaluated.
    assert form["q5"].condition == ()
    assert form["q5"].section == ""
    said = "\n".join(read.not_expressed)
    for part in ("count(${q1}) > 3", "„geopoint“", "1-mal „start“", "1-mal „note“", "„. != ''“"):
        assert part in said
    # What was kept is written again.
    again = read_xlsform(sheets_of(write_xlsform(form).data), "form.xlsx").questionnaire
    assert again["q4"] == form["q4"]


def test_reads_a_published_kobo_form() -> None:
    """Flattened columns, NA for empty, the same name in two groups, an unnamed question."""
    survey = sheet_of_csv(
        "survey",
        b"name,type,$kuid,$autoname,label,select_from_list_name,relevant\r\n"
        b"g1,begin_group,a,g1,NA,NA,NA\r\n"
        b"q,select_one,b,q,Wie?,liste,NA\r\n"
        b"NA,decimal,c,zahl,Wie viele?,NA,NA\r\n"
        b"NA,end_group,d,NA,NA,NA,NA\r\n"
        b"g2,begin_kobomatrix,e,g2,Matrix,NA,NA\r\n"
        b"q,integer,f,q,Wie oft?,NA,NA\r\n"
        b"NA,end_kobomatrix,g,NA,NA,NA,NA\r\n",
    )
    choices = sheet_of_csv("choices", b"name,$kuid,label,list_name\r\n1,x,NA,liste\r\n")
    read = read_xlsform([survey, choices], "kobo")
    assert [item.id for item in read.questionnaire.items] == ["g1/q", "zahl", "g2/q"]
    assert read.questionnaire.items[0].options[0].label == "1"
    assert read.questionnaire.items[2].section == "Matrix"
    assert any("begin_kobomatrix" in sentence for sentence in read.not_expressed)


@pytest.mark.parametrize(
    ("survey", "choices", "said"),
    [
        ([["type", "name"], ["select_one a", "q"]], None, "Die Antwortliste „a“ steht nicht"),
        ([["type", "name"], ["end_group", ""]], None, "Gruppe, die nicht begonnen hat"),
        ([["type", "name", "label"], ["text", None, "x"]], None, "Zeile 2"),
        (
            [["type", "name"], ["select_one a", "q"]],
            [["list_name", "name"], ["a", "x"], ["a", "x"]],
            "Antwortcode mehrfach",
        ),
        (
            [["type", "name"], ["select_one a", "q"]],
            [["list_name", "name", "points"], ["a", "x", "viel"]],
            "„points“",
        ),
        (
            [["type", "name"], ["select_one a", "q"]],
            [["list_name", "name", "answer_kind"], ["a", "x", "y"]],
            "„answer_kind“",
        ),
    ],
)
def test_mistakes_name_sheet_and_row(
    survey: list[list], choices: list[list] | None, said: str
) -> None:
    with pytest.raises(InputRefused) as caught:
        read_xlsform(sheets(survey, choices), "x.xlsx")
    assert said in caught.value.message
    assert caught.value.code == "CODEBOOK_INVALID"


def test_hostile_expressions_are_not_taken_apart() -> None:
    assert conditions_of("(" * 50_000 + ")" * 50_000) is None
    assert conditions_of("${a}='x' and " * 5_000) is None
    assert limits_of("(" * 300) is None
    assert conditions_of("((${a} = 'x'))") == [{"item": "a", "is": Comparison.EQUAL, "value": "x"}]
    assert conditions_of("${a} = 'x and y' and selected(${b}, \"c\")") == [
        {"item": "a", "is": Comparison.EQUAL, "value": "x and y"},
        {"item": "b", "is": Comparison.CONTAINS, "value": "c"},
    ]


def test_unanswered_is_not_unequal() -> None:
    """XPath's != also holds for unanswered questions; only the guarded form means ours."""
    assert conditions_of("${a} != 'x'") is None
    assert conditions_of("not(selected(${a}, 'x'))") is None
    guarded = conditions_of("(${a} != '' and ${a} != 'x')")
    assert guarded == [{"item": "a", "is": Comparison.NOT_EQUAL, "value": "x"}]
    lacking = conditions_of("(${a} != '' and not(selected(${a}, 'x')))")
    assert lacking == [{"item": "a", "is": Comparison.LACKS, "value": "x"}]


def test_special_answers_survive() -> None:
    form = read_xlsform(sheets_of(write_xlsform(default_questionnaire()).data), "x").questionnaire
    assert form["E01"].option_by_code["x"].kind is OptionKind.NONE_OF_THESE
    assert form["C01"].option_by_code["nz"].kind is OptionKind.NOT_APPLICABLE
    assert form["D05"].option_by_code["5"].points == 0
