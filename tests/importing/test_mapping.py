"""Columns find their items by code, text, customary name or similarity; the rest is asked."""

import pytest
from questionnaires import small_questionnaire
from sheets import limesurvey_rows, make_sheet, opened, opened_rows

from assessment.importing.mapping import propose_mapping, with_decisions
from assessment.importing.recognition import recognise
from assessment.importing.saved_mappings import find_mapping, header_fingerprint, save_mapping
from assessment.questionnaire.default import default_questionnaire
from assessment.remarks import InputRefused

Q = small_questionnaire()


def mapped(*columns, questionnaire=Q):
    """Targets of columns given as (header, value, value …)."""
    width = max(len(column) for column in columns)
    padded = [list(column) + [None] * (width - len(column)) for column in columns]
    rows = [list(row) for row in zip(*padded, strict=True)]
    return propose_mapping(recognise(opened_rows(rows)), questionnaire).targets


@pytest.mark.parametrize("headers", ["codes", "underscore", "texts", "both"])
@pytest.mark.parametrize("answers", ["codes", "labels"])
def test_every_form_of_our_own_export_maps_surely(headers, answers):
    questionnaire = default_questionnaire()
    rows = limesurvey_rows(questionnaire, 3, headers=headers, answers=answers)
    mapping = propose_mapping(recognise(opened_rows(rows)), questionnaire)
    assert not mapping.open_questions
    assert {target.item for target in mapping.taken} == set(questionnaire.item_by_id)
    assert min(target.confidence for target in mapping.taken) == 1.0
    options = {(t.item, t.option) for t in mapping.taken if t.item in ("E01", "B15")}
    assert options == {("E01", o.code) for o in questionnaire["E01"].options} | {
        ("B15", "#1"),
        ("B15", "#2"),
        ("B15", "#3"),
    }


def test_code_and_text_may_stand_together():
    first, second, third = mapped(
        ("D01 Wie weit ist das Vorhaben?", "1"),
        ("R1: Aussage eins.", "2"),
        ("E01[a]", "Ja"),
    )
    assert (first.item, first.needs_decision) == ("D01", False)
    assert (second.item, second.needs_decision) == ("R1", False)
    assert (third.item, third.option) == ("E01", "a")


def test_a_code_with_foreign_answers_is_asked_not_taken():
    [target, _] = mapped(("D01", "rot", "blau"), ("x", "y"))
    assert (target.item, target.needs_decision) == ("D01", True)
    assert "passen nicht" in target.how


def test_a_code_with_another_text_is_asked():
    [target, *_] = mapped(("D01. Lieblingsfarbe der Katze", "1"), ("b", "1"), ("c", "1"))
    assert target.needs_decision
    assert "lautet anders" in target.how


def test_text_matches_whatever_case_umlauts_and_punctuation():
    [target, _] = mapped(("ZAHL der Einwohnerinnen  und Einwohner:", "12"), ("y", "z"))
    assert (target.item, target.confidence) == ("A05", 1.0)


def test_question_and_option_by_text():
    targets = mapped(
        ("Welche Zugänge gibt es? [Buergerbuero]", "Ja"),
        ("Welche Zugänge gibt es? [Nutzerkonto, zum Beispiel BundID]", "Nein"),
        ("Welche Zugänge gibt es? [Rauchzeichen]", "Nein"),
    )
    assert [(t.item, t.option, t.needs_decision) for t in targets] == [
        ("E01", "c", False),
        ("E01", "b", False),
        ("E01", None, True),
    ]


def test_ranks_by_place_and_by_option():
    targets = mapped(
        ("Welche zwei Ziele haben Vorrang? [Rang 1]", "Nähe"),
        ("Welche zwei Ziele haben Vorrang? [Rang 2]", "Klima"),
    )
    assert [t.option for t in targets] == ["#1", "#2"]
    targets = mapped(("B15[g1]", 1), ("B15[g2]", 2))
    assert [t.option for t in targets] == ["g1", "g2"]


def test_customary_names():
    targets = mapped(("AGS", "08111000"), ("Gemeinde", "Stuttgart"), ("EW", "x"))
    assert [t.item for t in targets] == ["A02", "A01", None]


def test_similar_text_is_a_suggestion_and_nearly_equal_text_is_taken():
    [typo, vague, _] = mapped(
        ("Wie weit ist das Vorhabenn?", "1"), ("Wie weit ist das Vorhaben gediehen?", "1"), ("z",)
    )
    assert typo.item == "D01"
    assert not typo.needs_decision
    assert typo.confidence < 1.0
    assert vague.needs_decision


def test_unknown_columns_are_left_alone():
    [target, _] = mapped(("Lieblingsfarbe", "rot"), ("Haustier", "Katze"))
    assert (target.item, target.confidence, target.needs_decision) == (None, 0.0, False)


def test_two_columns_for_one_answer_are_both_asked():
    first, second = mapped(("D01", "1"), ("D01", "2"))
    assert first.needs_decision
    assert second.needs_decision


def test_contact_columns_are_left_out_unless_kept():
    rows = [
        ["D01", "E-Mail", "Rückfragen an", "Nutzen Sie E-Mail für Bescheide in der Verwaltung?"],
        ["1", None, "ina@stadt.example", "ja"],
        ["2", None, "+49 711 123456", "nein"],
    ]
    found = recognise(opened_rows(rows))
    hows = [target.how for target in propose_mapping(found, Q).targets]
    assert ["ontaktdaten" in how for how in hows] == [False, True, True, False]
    kept = propose_mapping(found, Q, keep_contacts=True)
    assert not any("ontaktdaten" in target.how for target in kept.targets)


def test_municipal_keys_are_no_phone_numbers():
    targets = mapped(("AGS", "08111000", "08125001", "01001000"), ("D01", "1", "1", "2"))
    assert targets[0].item == "A02"


def test_decisions_win():
    rows = [["Lieblingsfarbe", "D01"], ["1", "2"]]
    mapping = propose_mapping(recognise(opened_rows(rows)), Q)
    decided = with_decisions(mapping, {1: ("D11", None), 2: (None, None)})
    assert [(t.item, t.confidence) for t in decided.targets] == [("D11", 1.0), (None, 1.0)]


def test_a_proposal_gives_way_to_a_decision_and_two_decisions_must_not_clash():
    rows = [["Lieblingsfarbe", "D01", "E01[a]"], ["1", "2", "Ja"]]
    mapping = propose_mapping(recognise(opened_rows(rows)), Q)
    decided = with_decisions(mapping, {1: ("D01", None)})
    assert [t.item for t in decided.taken] == ["D01", "E01"]
    assert decided[1].how == "von Hand zugeordnet"
    assert decided[2].needs_decision
    for clash in ({1: ("D01", None), 2: ("D01", None)}, {1: ("E01", None), 3: ("E01", "a")}):
        with pytest.raises(InputRefused) as refused:
            with_decisions(mapping, clash)
        assert refused.value.code == "MAPPING_CONFLICT"


def test_saved_mapping_is_found_again_in_any_column_order(tmp_path):
    rows = [["Farbe", "D01", "Farbe"], ["1", "2", "x"]]
    found = recognise(opened_rows(rows))
    mapping = with_decisions(propose_mapping(found, Q), {1: ("D11", None), 3: (None, None)})
    path = save_mapping(tmp_path, found, mapping, Q)
    turned = recognise(opened_rows([["D01", "Farbe", "Farbe"], ["2", "1", "x"]]))
    assert header_fingerprint(turned) == header_fingerprint(found)
    saved = find_mapping(tmp_path, turned, Q)
    assert saved == {1: ("D01", None), 2: ("D11", None), 3: (None, None)}
    proposal = propose_mapping(turned, Q, saved)
    assert proposal[2].how == "gespeicherte Zuordnung"
    other = recognise(opened(make_sheet([["D01", "Farbe"], ["2", "1"]])))
    assert find_mapping(tmp_path, other, Q) is None
    assert find_mapping(tmp_path, turned, small_questionnaire(version="2")) is None
    path.write_text("{kaputt", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        find_mapping(tmp_path, turned, Q)
    assert refused.value.code == "MAPPING_INVALID"
