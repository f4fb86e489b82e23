"""The projection in words: what changes first, effort, horizons, the earliest end."""

from datetime import date

from measure_cases import CATALOGUE

from assessment.measures.what_if import project
from assessment.profiles.what_if_profile import what_if

LEVELS = {"MF01": 0, "HF01": 1, "MF05": 2, "HF02": None}
NAMES = {"MF01": "Strategie", "HF01": "Bildung", "MF05": "Daten", "HF02": "Bürger"}
BEGIN = date(2027, 1, 1)


def said(*chosen: str, **more):
    return what_if(project(CATALOGUE, LEVELS, chosen, BEGIN, names=NAMES, **more), BEGIN)


def test_nothing_ticked_changes_nothing():
    found = said()
    assert found.sentence.startswith("Noch nichts angekreuzt")
    assert all(row.level == row.projected for row in found.rows)
    assert found.no_effect == ()


def test_one_measure_raises_its_field_and_stands_first():
    found = said("M3", targets={"HF01": 3})
    assert (found.rows[0].name, found.rows[0].level, found.rows[0].projected) == ("Bildung", 1, 2)
    assert found.rows[0].target == 3
    assert found.sentence.startswith("1 Feld erreicht eine weitere Stufe: Bildung. Aufwand 2 von 5")
    assert "Zeithorizont: 1 kurz." in found.sentence
    assert found.sentence.endswith(" 2027, gerechnet ab 01.01.2027.")


def test_several_are_added_up_and_those_without_effect_say_why():
    found = said("M3", "M1", "M5")
    assert found.sentence.startswith("2 Felder erreichen eine weitere Stufe. Aufwand zusammen 6 ")
    # M5 helps up to level 2, which is reached.
    assert len(found.no_effect) == 1
    assert "Maßnahme M5" in found.no_effect[0]


def test_a_field_without_a_level_stays_without():
    row = next(row for row in said("M6").rows if row.name == "Bürger")
    assert (row.level, row.projected) == (None, None)
