"""Advice in words: marks, chains, prerequisites, and what is proposed to begin with."""

import json
from datetime import date

from measure_cases import BOOK, CATALOGUE, advice, measure, recommendation
from profile_cases import NEVER, texts_in

from assessment.comparison.gap_types import Reference
from assessment.measures.advice_types import (
    Association,
    Link,
    LinkKind,
    Priority,
    PriorityClass,
)
from assessment.measures.model import LegalBasis
from assessment.profiles.measure_profile import measure_profile
from assessment.profiles.measure_words import legal_lines

ALL = advice(
    recommendation("M1"),
    recommendation("M3", 1),
    recommendation("M2", missing=("M1",)),
    recommendation("M4", voluntary_mark=True),
    recommendation("M5", partner="S"),
    outside_responsibility=(CATALOGUE["M6"],),
    not_rated=("HF02",),
)


def profile(given=ALL, **more):
    return measure_profile(given, CATALOGUE, BOOK, name="Musterstadt", **more)


def test_words_of_a_measure():
    row = profile().row("M1")
    assert row is not None
    assert (row.mark, row.step, row.text.field) == ("Pflicht", "Stufe 0 → 1", "Strategie")
    assert (row.text.effort_word, row.text.benefit_word) == ("gering", "hoch")
    assert row.text.horizon_word == "kurz (bis 12 Monate)"
    assert row.text.cost_word == "laufende Kosten"
    assert row.text.legal == ("Gemeindeordnung (Stand der Recherche 22.11.2026)",)
    assert row.priority == "mittel"
    assert row.formula == "0,8² × 2 ÷ 3 = 0,4"
    assert row.reason == "20 Punkte Abstand zum Median."
    assert row.without == "Dann bleibt es bei Einzellösungen."


def test_references_of_the_same_day_share_it():
    bases = [
        LegalBasis(text=text, checked=day)
        for text, day in (
            ("OZG", date(2026, 11, 22)),
            ("DSGVO", date(2026, 1, 5)),
            ("DNG", date(2026, 11, 22)),
            ("TKG", None),
        )
    ]
    assert legal_lines(measure("M9", legal=tuple(bases))) == (
        "OZG; DNG (Stand der Recherche 22.11.2026)",
        "DSGVO (Stand der Recherche 05.01.2026)",
        "TKG (ohne Datum der Recherche)",
    )
    assert legal_lines(measure("M9")) == ("keine besondere Rechtsgrundlage",)


def test_the_chain_has_every_link_in_its_order_with_ids():
    row = profile().rows[0]
    assert [step.kind for step in row.chain] == list(LinkKind)
    assert [step.label for step in row.chain] == [
        "Antwort", "Abstand", "Regel", "Maßnahme", "Erwarteter Schritt",
    ]  # fmt: skip
    assert row.chain[0].ids == ()  # the small questionnaire has no such question
    assert row.chain[3].ids == ("M1",)


def test_marks_of_duties_and_of_voluntary_measures():
    found = profile()
    assert [row.mark for row in found.rows] == [
        "Pflicht", "zum Teil Pflicht", "", "freiwillig", "",
    ]  # fmt: skip
    assert "Bitte prüfen" in found.rows[1].note
    assert "Haushaltssicherung" in found.rows[3].note
    assert found.rows[0].note == ""


def test_prerequisites_say_how_they_stand():
    def state(**more):
        row = profile(**more).row("M2")
        assert row is not None
        return row.prerequisites[0].state, row.waits

    assert state() == ("noch offen", True)
    assert state(planned=("M1",)) == ("steht in der Roadmap", False)
    assert state(done=("M1",)) == ("erledigt", False)
    ready = profile(advice(recommendation("M2"))).row("M2")
    assert ready is not None
    assert ready.prerequisites[0].state == "durch die eigene Stufe erfüllt"


def test_first_are_those_that_can_begin_one_per_field():
    found = profile()
    # M2 waits, M4 is the second of its field: duty, one of HF01, one of MF05.
    assert [row.text.id for row in found.first] == ["M1", "M3", "M5"]
    assert found.first_sentence == (
        "Drei Maßnahmen stehen am Anfang: Pflichtaufgaben zuerst, dann was zum Teil Pflicht ist, "
        "und wegen der Haushaltslage zuletzt Freiwilliges, jeweils nach Priorität, davon höchstens "
        "eine je Feld; alle können jetzt beginnen."
    )
    # The answer doesn't change by being followed.
    taken = profile(planned=("M1", "M3"))
    assert [row.text.id for row in taken.first] == ["M1", "M3", "M5"]
    assert [row.planned for row in taken.first] == [True, True, False]
    # Fewer than three fields: others of the same field fill up.
    few = profile(advice(recommendation("M3"), recommendation("M4")))
    assert [row.text.id for row in few.first] == ["M3", "M4"]
    # Then the rule doesn't promise one per field.
    assert "je Feld" not in few.first_sentence
    assert "nach Priorität, auch was nur zum Teil Pflicht ist" in few.first_sentence


def test_every_measure_says_why_it_stands_where_it_stands():
    nothing = Priority(0, None, 1, "", 2, 0, PriorityClass.LOW, "")
    far = Priority(2, Reference.OWN_TARGET, 3, "", 1, 12, PriorityClass.HIGH, "")
    rule = Link(LinkKind.RULE, "Sie steht weiter vorn.", ("level", "prerequisites", "M2"))
    chain = (*recommendation("M5").chain[:2], rule)

    def why(measure_id: str, **more) -> str:
        row = profile(advice(recommendation(measure_id, **more))).rows[0]
        return row.why

    assert why("M1", priority=nothing) == "steht hier als Pflichtaufgabe"
    assert why("M3") == "steht hier wegen des Abstands bei geringem Aufwand"
    assert why("M4", priority=far) == (
        "steht hier wegen des großen Abstands bei sehr hohem Aufwand"
    )
    assert why("M5", priority=nothing) == "steht hier als möglicher nächster Schritt im Feld"
    assert why("M5", chain=chain) == "steht hier, weil „Maßnahme M2“ darauf aufbaut"
    # Where the budget decides, what is partly binding stands before what is voluntary.
    assert [row.why for row in profile().rows][1] == "steht hier, weil sie zum Teil Pflicht ist"


def test_without_any_recommendation_it_says_why():
    nothing = profile(advice())
    assert nothing.first == ()
    assert nothing.first_sentence.startswith("Der Katalog enthält")
    unrated = profile(advice(not_rated=("MF01",)))
    assert unrated.first_sentence.startswith("Ohne bewertete Felder")
    assert unrated.not_rated == ("Strategie",)
    foreign = profile(advice(), rated=False)
    assert foreign.first_sentence.startswith("Dieser Fragebogen enthält keine Stufen")
    assert not foreign.rated


def test_tasks_of_others_partner_and_associations():
    seen = Association("D01", "x", 60, 20, 30, 25, "Unter 20 Kommunen der Stufe 1 häufiger.")
    found = profile(associations={"MF05": (seen,), "HF01": ()})
    assert [text.id for text in found.outside] == ["M6"]
    row = found.row("M5")
    assert row is not None
    assert "Serviceorientierte" in row.partner
    assert found.associations == {"MF05": ("Unter 20 Kommunen der Stufe 1 häufiger.",)}


def test_plain_and_decent():
    plain = profile().as_dict()
    assert json.dumps(plain)
    assert [text for text in texts_in(plain) if NEVER.search(text)] == []
