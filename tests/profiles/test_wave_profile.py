"""Two waves in words: own change, the others', the questionnaire's, and the types."""

import json

from measure_cases import BOOK
from profile_cases import NEVER, texts_in

from assessment.comparison.disclosure import GuardedValue
from assessment.comparison.wave_types import (
    FieldChange,
    ItemChange,
    TransitionTable,
    TypeTransition,
    WaveComparison,
)
from assessment.profiles.wave_profile import transition_text, wave_profile, wave_sentence


def change(dimension: str, own: int | None, **more) -> FieldChange:
    values = {
        "before": 40,
        "after": 40 + (own or 0) + 2,
        "shown": (own or 0) + 2,
        "own": own,
        "questionnaire": 2,
        "peers": GuardedValue(5.0, 20),
        "relative": None,
        "distinguishable": own is not None and abs(own) >= 10,
        "level_before": 1,
        "level_after": 2,
        "n_items": 5,
    }
    return FieldChange(dimension, **(values | more))


def comparison(*fields: FieldChange, **more) -> WaveComparison:
    values = {
        "key": "01001000",
        "wave_before": "2026",
        "wave_after": "2028",
        "items": (ItemChange("D01", True, ""), ItemChange("D02", False, "Anderer Wortlaut.")),
        "fields": fields,
        "transition": TypeTransition("B", "O", 0.4, "Der Typ ist jetzt „Optimierer“."),
        "group_name": "Optimierer",
        "n_panel": 20,
    }
    return WaveComparison(**(values | more))


FIELDS = (
    change("HF01", 25),
    change("HF02", -15),
    change("MF01", 3, questionnaire=0, peers=GuardedValue(None, None, "Zu wenige.")),
    change("MF05", None, note="Die Fragen sind andere."),
)


def test_each_field_has_its_sentence():
    said = {f.dimension: f.sentence for f in wave_profile(comparison(*FIELDS), BOOK).fields}
    assert said["HF01"] == (
        "Bildung: 25 Punkte mehr als 2026. Der geänderte Fragebogen macht davon unabhängig "
        "+2 Punkte aus. Die anderen der Gruppe veränderten sich im Median um +5 Punkte."
    )
    assert said["HF02"].startswith("Bürgerinnen und Bürger: 15 Punkte weniger als 2026.")
    assert said["MF01"] == "Strategie: kein deutlicher Unterschied zu 2026."
    assert said["MF05"] == "Daten: nicht vergleichbar. Die Fragen sind andere."


def test_the_sentence_counts_and_names_the_basis():
    found = wave_profile(comparison(*FIELDS), BOOK)
    assert found.sentence == (
        "Von 3 vergleichbaren Feldern: deutlich gestiegen 1, deutlich gesunken 1, ohne "
        "erkennbaren Unterschied 1. Am stärksten verändert hat sich Bildung (+25 Punkte)."
    )
    assert "1 von 2 Fragen, 20 andere Kommunen" in found.basis
    assert found.left_out_note == "Nicht vergleichbar ist 1 Frage."
    assert found.left_out[0].reason == "Anderer Wortlaut."
    hidden = wave_profile(comparison(*FIELDS, n_panel=None), BOOK)
    assert "andere Kommunen" not in hidden.basis


def test_the_sentence_speaks_of_the_fields_shown():
    fields = wave_profile(comparison(*FIELDS), BOOK).fields
    assert wave_sentence(fields[2:], "Managementfelder") == (
        "Managementfelder: Von 1 vergleichbaren Feldern: deutlich gestiegen 0, deutlich gesunken "
        "0, ohne erkennbaren Unterschied 1."
    )
    both = wave_profile(comparison(change("HF01", 25), change("HF02", -25)), BOOK).fields
    assert wave_sentence(both).endswith(
        "Am stärksten verändert haben sich „Bildung“ und „Bürgerinnen und Bürger“ (um 25 Punkte)."
    )


def test_the_type_comes_with_its_uncertainty():
    assert wave_profile(comparison(), BOOK).type_sentence == (
        "Der Typ ist jetzt „Optimierer“. Wie sicher ist ein Wechsel? Mit 40\u00a0% "
        "Wahrscheinlichkeit gehört die Kommune jetzt einem anderen Typ an."
    )
    same = TypeTransition("B", "B", 0.02, "Der Typ ist derselbe.")
    assert "unter 10 %" in wave_profile(comparison(transition=same), BOOK).type_sentence
    assert wave_profile(comparison(transition=None), BOOK).type_sentence == ""


def test_nothing_comparable_and_a_refusal():
    nothing = wave_profile(comparison(change("HF01", None)), BOOK)
    assert nothing.sentence == "Kein Feld lässt sich über beide Erhebungen vergleichen."
    refused = wave_profile(comparison(refusal="Die Kommune fehlt 2026."), BOOK)
    assert (refused.refusal, refused.fields) == ("Die Kommune fehlt 2026.", ())


def test_hidden_cells_of_the_transition_table_stay_hidden():
    table = TransitionTable(
        ("B", ""), ((97, None), (None, 0)), 100, None, None, None, None, "Satz."
    )
    found = transition_text(table, {"B": "Bedächtige"})
    assert found.names == ("Bedächtige", "nicht zuordenbar")
    assert found.counts == ((97, None), (None, 0))


def test_texts_are_decent():
    content = wave_profile(comparison(*FIELDS), BOOK).as_dict()
    json.dumps(content)
    assert not [text for text in texts_in(content) if NEVER.search(text)]
