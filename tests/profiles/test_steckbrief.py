"""Next steps, robustness and the place beside the types: hand cases and the sample."""

import json
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from measure_cases import BOOK, CATALOGUE, advice, recommendation
from profile_cases import NEVER, part_of, texts_in

from assessment import pipeline
from assessment.profiles.advice import advice_of, comparison_of, gap_rows
from assessment.profiles.free_comparison import free_rows
from assessment.profiles.middle import _row_medians
from assessment.profiles.next_steps import MOST_STEPS, next_steps
from assessment.profiles.results import Assessment
from assessment.profiles.robustness_notes import robustness_note
from assessment.scoring.robustness_types import DimensionRobustness
from assessment.typology.model import MembershipState


def test_next_steps_say_effort_time_cost_and_what_if_not():
    found, note = next_steps(advice(recommendation("M1"), recommendation("M4")), CATALOGUE, BOOK)
    first = found[0]
    assert first.line == "Aufwand gering · in etwa einem Jahr"
    assert (first.cost_word, first.mark) == ("laufende Kosten", "Pflicht")
    assert first.without == "Dann bleibt es bei Einzellösungen."
    assert found[1].until == "in mehr als drei Jahren"
    assert note == "Vorschlag der Anwendung, keine Entscheidung."


def test_without_steps_the_reason_is_said():
    assert "keine passende Maßnahme" in next_steps(advice(), CATALOGUE, BOOK)[1]
    assert "Ohne bewertete Felder" in next_steps(advice(not_rated=("HF01",)), CATALOGUE, BOOK)[1]


def noted(*fields: DimensionRobustness, levels=(3, 1)):
    assessment = SimpleNamespace(
        robustness=SimpleNamespace(of=lambda row: fields),
        scores=SimpleNamespace(dimensions=("MF01", "HF01"), level_values=np.array([levels])),
        survey=SimpleNamespace(questionnaire=BOOK),
    )
    return robustness_note(cast(Assessment, assessment), 0)


def robust(dimension="MF01", same=0.94, low=60, high=70, lowest=62, highest=68, fixed=False):
    return DimensionRobustness(dimension, same, low, high, lowest, highest, 10_000, fixed)


def test_robustness_in_one_sentence():
    one = noted(robust()).fields[0]
    assert one.sentence == (
        "Stufe 3 gilt in 94\u00a0% der vertretbaren Gewichtungen. Je nach Gewichtung liegt der "
        "Wert zwischen 60 und 70 Punkten. Wegen offener Antworten kann der Wert zwischen 62 und "
        "68 Punkten liegen."
    )
    assert noted(robust()).sentence.endswith(
        "gilt Stufe 3 in 94\u00a0% der vertretbaren Gewichtungen."
    )
    everywhere = noted(robust(same=1.0, lowest=65, highest=65)).fields[0].sentence
    assert everywhere.startswith("Stufe 3 gilt in allen durchgerechneten Gewichtungen.")
    assert "offener Antworten" not in everywhere
    # Nearly all is not all.
    assert "über 99\u00a0%" in noted(robust(same=0.9999)).fields[0].sentence
    assert "nicht eindeutig" in noted(robust(same=0.55)).fields[0].sentence


def test_a_field_of_one_question_says_that_nothing_varies():
    note = noted(robust("HF01", 1.0, 25, 25, 25, 25, True))
    assert (
        note.fields[0].sentence
        == "Das Feld hat nur eine Frage. An der Gewichtung ändert sich nichts."
    )
    assert note.sentence.startswith("Jedes bewertete Feld hat nur eine Frage.")
    assert note.method == ""
    assert "Bildung" in note.fixed_note


def test_summaries():
    both = noted(robust(), robust("HF01", 0.5))
    assert both.sentence == (
        "Wie fest stehen die Stufen? In 1 von 2 Feldern mit mehreren Fragen gilt die Stufe in "
        "mindestens drei Vierteln der vertretbaren Gewichtungen; am wenigsten fest: Bildung "
        "(Stufe 1 in 50\u00a0%)."
    )
    everywhere = noted(robust(), robust("HF01", 0.75)).sentence
    assert "In allen 2 Feldern" in everywhere
    assert everywhere.endswith("am wenigsten fest: Bildung (Stufe 1 in 75\u00a0%).")
    always = noted(robust(same=1.0), robust("HF01", 1.0)).sentence
    assert always.endswith("gilt die Stufe in allen durchgerechneten Gewichtungen.")
    few = noted(robust(same=0.2), robust("HF01", 0.5)).sentence
    assert few.startswith(
        "Wie fest stehen die Stufen? Am festesten: Bildung (Stufe 1 in 50\u00a0%)"
    )
    assert "Am wenigsten fest: Strategie (Stufe 3 in 20\u00a0%)." in few
    assert noted().sentence == "Ohne bewertete Felder gibt es nichts zu prüfen."


def test_the_middle_of_the_fields_is_the_median_of_those_rated():
    nan = np.nan
    values = np.array(
        [
            [10, 30, 20, nan],
            [10, 20, 30, 40],
            [nan, nan, nan, 50],
            [nan, 5, nan, 7],
            [nan, nan, nan, nan],
        ]
    )
    found = _row_medians(values)
    assert found[:2].tolist() == [20, 25]
    assert np.isnan(found[2])
    assert found[3] == 6
    assert np.isnan(found[4])
    assert len(_row_medians(np.empty((3, 0)))) == 3


@pytest.fixture(scope="module")
def profiles(sample):
    keys = sample.survey.keys[::41]
    return [pipeline.municipality_profile(sample, key) for key in keys]


def test_the_place_beside_the_types_ranks_nothing(sample, profiles):
    for profile in profiles:
        place = profile.placement
        assert [one.type_id for one in place.types] == ["B", "O", "S", "C"]
        own = [one for one in place.types if one.own == "first"]
        assert len(own) == (profile.type is not None and profile.type.first is not None)
        mixed = profile.type is not None and profile.type.state is MembershipState.MIXED
        assert any(one.own == "second" for one in place.types) == mixed
        assert "Kein Typ ist besser" in place.note


def test_the_own_value_is_not_among_the_others(sample, profiles):
    for profile in profiles:
        kind = next((one for one in profile.placement.types if one.own == "first"), None)
        if kind is None or kind.n is None:
            continue
        values = sample.middle.values
        inside = np.asarray(sample.membership.first == kind.type_id) & ~np.isnan(values)
        row = sample.peers.rows[profile.header.key]
        inside[row] = False
        assert kind.n == inside.sum()
        assert kind.median == int(np.floor(np.median(values[inside]) + 0.5))


def test_a_small_type_shows_nothing(sample):
    few = pipeline.assess(part_of(sample.survey, slice(0, 30)), sample.typology)
    assert few.membership is not None
    for key in few.survey.keys[:5]:
        for one in pipeline.municipality_profile(few, key).placement.types:
            members = int((few.membership.first == one.type_id).sum())
            if members < 5:
                assert one.median is one.low is one.n is None


def test_profiles_are_plain_and_decent(profiles):
    for profile in profiles:
        content = profile.as_dict()
        json.dumps(content)
        assert not [text for text in texts_in(content) if NEVER.search(text)]
        assert len(profile.next_steps) <= MOST_STEPS
        assert profile.robustness.sentence
        assert profile.peers.short.startswith("Verglichen mit")


def test_steps_are_those_of_the_advice_and_duties_come_first(sample, profiles):
    for profile in profiles:
        given = {r.measure.id: r for r in advice_of(sample, profile.header.key).recommendations}
        for step in profile.next_steps:
            assert step.id in given
            assert step.without
            assert step.until.startswith("in ")


def test_a_chain_that_is_given_parts_gives_the_same(sample):
    key = sample.survey.keys[5]
    rows = gap_rows(sample, key, comparison=comparison_of(sample, key))
    assert rows == gap_rows(sample, key)
    given = advice_of(sample, key, gaps=rows)
    assert given == advice_of(sample, key)
    assert pipeline.municipality_profile(sample, key, given) == pipeline.municipality_profile(
        sample, key
    )


def test_an_unknown_key_is_a_key_error(sample):
    for call in (gap_rows, advice_of, pipeline.municipality_profile):
        with pytest.raises(KeyError):
            call(sample, "99999999")


def test_a_free_group_is_guarded(sample):
    key = sample.survey.keys[7]
    few = np.zeros(len(sample.survey.keys), dtype=bool)
    few[:4] = True
    rows = free_rows(sample, key, sample.peers.free_group(few, "Kommunen der Auswahl"))
    assert all(row.median is None and row.refusal for row in rows)
    many = np.zeros(len(few), dtype=bool)
    many[:200] = True
    rows = free_rows(sample, key, sample.peers.free_group(many, "Kommunen der Auswahl"))
    assert [row.dimension for row in rows] == list(sample.scores.dimensions)
    assert any(row.median is not None for row in rows)
