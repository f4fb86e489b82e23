"""Several answers in one cell, and questions spread over several columns."""

import pytest
from inference_columns import battery, column, columns, kinds, labels, propose_one

from assessment.questionnaire.inference import propose_questionnaire, write_proposal_notes
from assessment.questionnaire.inference.cell_lists import match_parts, split_parts
from assessment.questionnaire.model import ItemKind, OptionKind, Role
from assessment.source_column import Part


def test_semicolons_at_the_end_mean_multiple_choice() -> None:
    item = propose_one(column(["Frontend;KI;", "Frontend;KI;Technik;", "KI;"]))
    assert item.kind is ItemKind.MULTIPLE
    assert set(labels(item)) == {"Frontend", "KI", "Technik"}


def test_commas_with_recurring_parts() -> None:
    cells = ["Analyse, Karten", "Analyse", "Karten, Modelle", "Analyse, Modelle", "Modelle"] * 4
    item = propose_one(column(cells))
    assert item.kind is ItemKind.MULTIPLE
    assert set(labels(item)) == {"Analyse", "Karten", "Modelle"}


def test_commas_inside_single_answers_do_not_split() -> None:
    cells = ["Ja, und zwar ganz", "Ja, aber nur zum Teil", "Nein, noch nicht"] * 8
    item = propose_one(column(cells))
    assert item.kind is ItemKind.SINGLE
    assert set(labels(item)) == set(cells)


def test_decimal_commas_are_no_lists() -> None:
    assert propose_one(column(["1,5", "2,5", "1,5", "3,0"] * 5)).kind is ItemKind.DECIMAL


def test_cells_with_nothing_but_separators_are_no_list() -> None:
    assert propose_one(column([";"] * 12)).kind is ItemKind.SINGLE


def test_changing_order_of_the_same_answers_is_a_ranking() -> None:
    cells = ["a1;b2;c3;", "c3;a1;b2;", "b2;c3;a1;", "b2;a1;c3;"] * 3
    item = propose_one(column(cells, "Bitte ordnen"))
    assert item.kind is ItemKind.RANKING
    assert item.picks == 3


def test_numbers_in_a_ranked_list() -> None:
    item = propose_one(column(["3,7,1", "7,1,3", "1,3,7", "7,3,1"] * 4, "Reihenfolge"))
    assert item.kind is ItemKind.RANKING
    assert {option.code for option in item.options} == {"1", "3", "7"}


@pytest.mark.parametrize(
    ("yes", "no"), [("Ja", "Nein"), (1.0, 0.0), ("X", None), ("Yes", "No"), ("1", "")]
)
def test_one_column_per_option(yes: object, no: object) -> None:
    options = {
        "Portal": [yes, no, no, yes],
        "App": [no, no, yes, yes],
        "Nichts davon": [no, yes, no, no],
    }
    proposed = propose_questionnaire(battery(options, "Was nutzen Sie?"), "Test")  # type: ignore[arg-type]
    (item,) = proposed.questionnaire.items
    assert item.kind is ItemKind.MULTIPLE
    assert labels(item) == ["Portal", "App", "Nichts davon"]
    assert item.options[2].kind is OptionKind.NONE_OF_THESE
    assert proposed.mapping == {n: (item.id, str(n)) for n in (1, 2, 3)}


def test_repeated_option_text_is_a_tick() -> None:
    options = {"Portal": ["Portal", None, "Portal"], "App": [None, "App", None]}
    proposed = propose_questionnaire(battery(options, "Was nutzen Sie?"), "Test")
    assert list(kinds(proposed).values()) == ["multiple"]


def test_options_nobody_ticked_stay() -> None:
    options = {"Portal": ["X", None, "X"], "App": [None, "X", None], "Fax": [None, None, None]}
    proposed = propose_questionnaire(battery(options, "Was nutzen Sie?"), "Test")
    assert labels(proposed.questionnaire.items[0]) == ["Portal", "App", "Fax"]
    assert proposed.left_out == {}


def test_codes_of_the_export_are_kept() -> None:
    sources = [
        column(["Y", "", "Y"], "E01[SQ001]", position=1, code="E01", sub="SQ001"),
        column(["", "Y", ""], "E01[SQ002]", position=2, code="E01", sub="SQ002"),
        column(
            ["Fax", "", ""], "E01[other]", position=3, code="E01", sub="other",
            part=Part.OTHER_TEXT,
        ),
    ]  # fmt: skip
    proposed = propose_questionnaire(sources, "Test")
    assert kinds(proposed) == {"E01": "multiple", "E01_other": "text"}
    assert proposed.mapping[2] == ("E01", "SQ002")
    assert proposed.questionnaire["E01_other"].group == "E01"


def test_no_answer_per_row_makes_a_matrix_of_yes_no_questions() -> None:
    rows = {
        "Strategie": ["Ja", "Nein", "Keine Antwort", "Ja"],
        "Budget": ["Nein", "Keine Antwort", "Ja", "Ja"],
    }
    proposed = propose_questionnaire(battery(rows, "Trifft das zu?"), "Test")
    assert list(kinds(proposed).values()) == ["single", "single"]
    groups = {item.group for item in proposed.questionnaire.items}
    assert len(groups) == 1
    assert groups != {""}


def test_question_not_asked_at_all_stays_multiple_choice() -> None:
    rows = {"Portal": ["Ja", "Nein", "NA", "Ja"], "App": ["Nein", "Nein", "NA", "Ja"]}
    proposed = propose_questionnaire(battery(rows, "Was nutzen Sie?"), "Test")
    assert list(kinds(proposed).values()) == ["multiple"]


def test_rows_of_a_matrix_share_their_scale() -> None:
    rows = {
        "Bürgernähe": [5.0, 4.0, 5.0, 3.0] * 3,
        "Sparen": [1.0, 2.0, 1.0, 5.0] * 3,
        "Tempo": [4.0, 4.0, 5.0, 4.0] * 3,
    }
    proposed = propose_questionnaire(battery(rows, "Wie wichtig sind diese Ziele?"), "Test")
    for item in proposed.questionnaire.items:
        assert item.kind is ItemKind.RATING
        assert [option.code for option in item.options] == ["1", "2", "3", "4", "5"]
        assert item.roles == (Role.GOAL,)


def test_ranks_of_options() -> None:
    options = {
        "Film A": [1.0, 2.0, 3.0, 1.0],
        "Film B": [2.0, 1.0, 1.0, 3.0],
        "Film C": [3.0, 3.0, 2.0, 2.0],
    }
    proposed = propose_questionnaire(battery(options, "Bitte ordnen"), "Test")
    (item,) = proposed.questionnaire.items
    assert item.kind is ItemKind.RANKING
    assert labels(item) == ["Film A", "Film B", "Film C"]
    assert proposed.mapping[2] == (item.id, "2")
    assert item.id in proposed.unclear


def test_ties_are_ratings_and_no_ranks() -> None:
    rows = {"A": [1.0, 3.0, 3.0, 2.0], "B": [1.0, 3.0, 2.0, 2.0], "C": [3.0, 3.0, 1.0, 2.0]}
    proposed = propose_questionnaire(battery(rows, "Bitte bewerten"), "Test")
    assert set(kinds(proposed).values()) == {"single"}


def test_options_on_ranks() -> None:
    places = {
        "1": ["Lohn", "Zeit", "Lohn", "Ort", "Ort"],
        "2": ["Zeit", "Ort", "Ort", "Lohn", "Zeit"],
        "3": ["Ort", "Lohn", "Zeit", "Zeit", "Lohn"],
    }
    proposed = propose_questionnaire(battery(places, "Rank the factors"), "Test")
    (item,) = proposed.questionnaire.items
    assert item.kind is ItemKind.RANKING
    assert set(labels(item)) == {"Lohn", "Zeit", "Ort"}
    assert [proposed.mapping[n][1] for n in (1, 2, 3)] == ["#1", "#2", "#3"]


def test_numbered_ranks_with_numbers_are_asked_about() -> None:
    table = {
        "Rank_1": [1.0, 2.0, 3.0, 0.0],
        "Rank_2": [2.0, 1.0, 1.0, 3.0],
        "Rank_3": [3.0, 3.0, 2.0, 0.0],
    }
    proposed = propose_questionnaire(columns(table), "Test")
    (item,) = proposed.questionnaire.items
    assert item.kind is ItemKind.RANKING
    assert proposed.mapping[3] == ("Rank", "#3")
    assert "Rang" in proposed.unclear["Rank"]


def test_a_table_of_zeros_and_ones_is_one_multiple_choice() -> None:
    table = {f"{name} reisen": [0.0, 1.0, 1.0, 0.0] for name in ("ruhig", "weit", "gut", "neu")}
    proposed = propose_questionnaire(columns(table), "Test")
    (item,) = proposed.questionnaire.items
    assert item.kind is ItemKind.MULTIPLE
    assert item.id in proposed.unclear


def test_a_few_dummies_among_other_questions_stay_single() -> None:
    table = {f"{name} x": [0.0, 1.0, 1.0, 0.0] for name in ("ruhig", "weit", "gut", "neu")}
    other = {f"frage {name}": ["rot", "blau", "rot", "blau"] for name in "abcde"}
    proposed = propose_questionnaire(columns({**table, **other}), "Test")
    assert set(kinds(proposed).values()) == {"single"}


def test_key_name_and_left_out_columns() -> None:
    keys = ["08111000", "09162000", "05315000", "01001000", "14612000"]
    sources = [
        column([1.0, 2.0, 3.0, 4.0, 5.0], "Antwort ID", position=1, part=Part.METADATA),
        column(keys, "AGS", position=2),
        column(["Stuttgart", "München", "Köln", "Flensburg", "Dresden"], "Kommune", position=3),
        column([None] * 5, "leer", position=4),
    ]
    proposed = propose_questionnaire(sources, "Test")
    assert kinds(proposed) == {"ags": "key", "kommune": "name"}
    assert proposed.questionnaire["ags"].roles == (Role.KEY,)
    assert proposed.questionnaire["kommune"].roles == (Role.NAME,)
    assert set(proposed.left_out) == {1, 4}


def test_keys_are_found_by_value_and_by_lost_zero() -> None:
    by_value = ["08111000", "09162000", "05315000", "01001000"]
    assert propose_one(column(by_value, "Wer antwortet?")).kind is ItemKind.KEY
    lost = [1001000.0, 9162000.0, 12060020.0, 14612000.0]
    assert propose_one(column(lost, "Gemeindeschlüssel")).kind is ItemKind.KEY


def test_other_numbers_of_eight_digits_are_no_keys() -> None:
    assert propose_one(column([f"{20000000 + n}" for n in range(20)])).kind is ItemKind.INTEGER


def test_without_key_the_response_id_serves() -> None:
    sources = [
        column([1.0, 2.0, 3.0], "Antwort ID", position=1, part=Part.METADATA),
        column(["Ja", "Nein", "Ja"], "Frage", position=2),
    ]
    proposed = propose_questionnaire(sources, "Test")
    key = proposed.questionnaire.first(Role.KEY)
    assert key is not None
    assert proposed.mapping[1] == (key.id, None)


def test_notes_count_and_ask() -> None:
    sources = [
        column(["a@b.de", "c@d.de"] * 4, "Kontakt", position=1),
        column([1.0, 2.0, 3.0, 4.0, 5.0, 3.0, 2.0, 1.0], "Wert", position=2),
    ]
    notes = write_proposal_notes(propose_questionnaire(sources, "Test"))
    assert notes[0] == ("2 Fragen aus 2 Spalten vorgeschlagen: 1 Bewertung, 1 Kontaktangabe.")
    assert any("Kontaktdaten" in line for line in notes)
    assert any(line.startswith("Zu klären – Ist das eine Bewertung") for line in notes)


def test_split_and_match() -> None:
    assert split_parts("a (x, y), b", ",") == ["a (x, y)", "b"]
    names = {"a": "1", "b, oder c": "2", "d": "3"}
    assert match_parts("a, b, oder c, d", names) == ["1", "2", "3"]
    assert match_parts("a, unbekannt", names) is None
    assert match_parts("b, oder c", names) == ["2"]
