import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from profile_cases import NEVER, part_of, texts_in
from survey_builder import build_survey

from assessment import pipeline
from assessment.comparison.comparison import Standing
from assessment.comparison.targets import target_levels
from assessment.profiles.targets import planned_targets, target_gaps
from assessment.questionnaire.default import default_questionnaire
from assessment.survey import AnswerStatus
from assessment.typology.model import MembershipState

DK, NA = AnswerStatus.DONT_KNOW, AnswerStatus.NOT_APPLICABLE


def filled(**changes):
    """A complete answer sheet in the middle of every scale."""
    sheet = {}
    for item in default_questionnaire().items:
        if item.kind.value in ("level", "rating", "single"):
            options = [option.code for option in item.answer_options]
            sheet[item.id] = options[len(options) // 2]
        elif item.kind.value == "multiple":
            sheet[item.id] = item.answer_options[0].code
    sheet |= {"A03": "01", "A04": "stadt", "A05": 24310.0, "A09": "2026-03-01", "A08": "a;d"}
    sheet |= {"B15": "B04;B01;B07"}
    return sheet | changes


def assessed(rows, **more):
    keyed = {f"01{number:06d}": row for number, row in enumerate(rows, start=1)}
    return pipeline.assess(build_survey(default_questionnaire(), keyed, **more))


@pytest.fixture(scope="module")
def small():
    """Fifteen municipalities: the first differs from fourteen alike; too few for a typology."""
    own = filled(
        C01="4", C02="0", C03=NA, C11="4", C12="2", D01="0", D02=DK, E01="x", E03="0", E04="0"
    )
    names = {"01000001": "Musterstadt, Stadt"}
    return assessed([own, *[filled() for _ in range(14)]], names=names)


@pytest.fixture(scope="module")
def profile(small):
    return pipeline.municipality_profile(small, "01000001")


def field(profile, dimension):
    return next(row for row in profile.fields if row.dimension == dimension)


def test_header(profile):
    assert profile.header.name == "Musterstadt, Stadt"
    assert profile.header.kind == "kreisangehörige Stadt"
    assert profile.header.population == 24310
    assert profile.header.land == "Schleswig-Holstein"
    assert profile.header.reference_date == date(2026, 3, 1)
    assert profile.header.simulated is False
    assert profile.simulated_note == ""


def test_blocks_hold_all_fields_in_order(profile):
    assert [block.id for block in profile.blocks] == ["HF", "MF", "EGB", "SB"]
    assert [block.name for block in profile.blocks][:2] == ["Handlungsfelder", "Managementfelder"]
    dimensions = [d.id for d in default_questionnaire().scored_dimensions]
    assert [row.dimension for row in profile.fields] == dimensions
    assert len(dimensions) == 30


def test_a_field_above_below_and_without_score(profile):
    education = field(profile, "HF01")
    assert (education.score, education.level, education.median) == (100, 4, 50)
    assert education.difference == 50
    assert education.standing is Standing.ABOVE
    assert education.sentence == (
        "Stufe 4 (vorausschauend gesteuert), 100 Punkte, 100\u00a0% beantwortet. "
        "50 Punkte über dem Median der Vergleichsgruppe."
    )
    assert field(profile, "HF02").standing is Standing.BELOW
    health = field(profile, "HF03")
    assert (health.score, health.level, health.coverage) == (None, None, None)
    assert health.sentence == "Nicht in der eigenen Zuständigkeit oder nicht gefragt."


def test_the_gate_is_said(profile):
    components = field(profile, "EGB")
    assert components.score == 0
    strategy = field(profile, "MF01")
    assert strategy.coverage < 1
    assert strategy.lowest < strategy.score < strategy.highest
    assert "Je nach den offenen Antworten" in strategy.sentence
    strong = assessed([filled(D01="2", D02="5", D03="j", D04="a;b;c;d;e;f", D05="1")])
    row = field(pipeline.municipality_profile(strong, "01000001"), "MF01")
    assert (row.level, row.gate) == (2, "D01")
    assert "Die Stufe bleibt bei 2: Ohne Beschluss" in row.sentence


def test_an_open_gate_is_not_told_as_missing():
    strong = filled(D01=AnswerStatus.DONT_KNOW, D02="5", D03="j", D04="a;b;c;d;e;f", D05="5")
    row = field(pipeline.municipality_profile(assessed([strong]), "01000001"), "MF01")
    assert (row.level, row.gate) == (2, "D01")
    assert "Ohne Beschluss" not in row.sentence
    assert "Frage D01, die für mehr Voraussetzung ist, ist offen" in row.sentence


def test_what_is_open_is_told_apart(profile):
    health, strategy = field(profile, "HF03").answers, field(profile, "MF01").answers
    assert (health.answered, health.not_applicable, health.missing) == (0, 1, 0)
    assert strategy.dont_know + strategy.missing > 0
    for row in profile.fields:
        found = row.answers
        assert row.n_items == (
            found.answered
            + found.dont_know
            + found.missing
            + found.not_applicable
            + found.not_asked
        )


def test_strengths_and_gaps_come_with_size_and_sentence(profile):
    assert [strength.dimension for strength in profile.strengths] == ["HF01"]
    assert profile.strengths_note == ""
    assert [(gap.difference, gap.n_items > 1) for gap in profile.gaps] == [
        (-50, False),
        (-28, True),
        (-21, True),
    ]
    assert profile.gaps_note == ""
    assert len(profile.gaps) == 3
    assert profile.gaps[0].sentence.endswith("Abstand zum Median der Vergleichsgruppe.")


def test_targets_against_today(profile):
    first = profile.targets[0]
    assert (first.dimension, first.current, first.target, first.gap) == ("HF02", 0, 2, 2)
    assert first.sentence == "Bürgerinnen und Bürger: heute Stufe 0, angestrebt Stufe 2."
    assert next(t for t in profile.targets if t.dimension == "HF01").gap == 0
    assert all(t.dimension != "HF03" for t in profile.targets)
    assert {target.source for target in profile.targets} == {"Erhebung"}
    assert profile.targets_note == "In 1 von 9 Feldern mit Zielstufe liegt das Ziel über dem " + (
        "heutigen Stand."
    )


def test_targets_of_the_plan_stand_instead_and_say_so(small):
    asked = target_levels(small.survey, "01000001")
    counted = {**asked, "HF02": (0, 4), "MF01": (1, 3)}
    found = {one.dimension: one for one in target_gaps(small.survey, "01000001", counted)}
    assert (found["HF02"].target, found["HF02"].gap, found["HF02"].source) == (4, 4, "Plan")
    assert found["MF01"].source == "Plan"
    assert found["HF01"].source == "Erhebung"
    assert len(found) == len(asked) + 1
    assert planned_targets(asked, counted) == {"HF02", "MF01"}


def test_who_answered_and_what_it_rests_on(profile):
    assert profile.data.respondents == ("Verwaltungsleitung", "IT-Abteilung")
    assert profile.data.sentence.startswith("Selbstauskunft, 2 Bereiche, 99")
    assert profile.data.sentence.endswith("beantwortet")
    assert profile.data.provenance[0] == "Fragebogen 2026.1"
    assert "Daten feedc0de" in profile.data.provenance
    assert profile.priorities[0] == "Verwaltungsabläufe wirksamer und schneller machen"


def test_without_a_typology_the_page_says_why_and_compares_by_size_and_kind(profile):
    assert profile.type is None
    assert "mindestens 20 Kommunen" in profile.type_note
    assert profile.peers.id == "size_kind:GK6|stadt"
    assert profile.peers.sentence == (
        "Verglichen mit 14 anderen kreisangehörigen Städten von 10.000 bis unter 25.000 Einwohnern."
    )


def test_a_group_of_few_shows_nothing_of_others():
    few = assessed([filled(C01="4"), *[filled() for _ in range(4)]])
    found = pipeline.municipality_profile(few, "01000001")
    for row in found.fields:
        assert row.median is row.low is row.high is row.difference is row.n_others is None
        assert row.refusal
    assert found.strengths == found.gaps == ()
    assert found.strengths_note == found.gaps_note
    assert "zu wenige andere" in found.gaps_note


def test_one_alone_and_nothing_answered():
    alone = assessed([{"C01": None, "D01": None, "A05": None}])
    found = pipeline.municipality_profile(alone, "01000001")
    assert all(row.score is None for row in found.fields)
    assert "fehlen eigene Angaben" in found.strengths_note
    assert found.header.population is None
    assert found.targets_note == "Zielstufen sind nicht angegeben."
    json.dumps(found.as_dict())


def test_short_form_is_said():
    short = {
        i.id: v for i in default_questionnaire().items if i.short_form and (v := filled().get(i.id))
    }
    found = pipeline.municipality_profile(assessed([short]), "01000001")
    assert found.data.short_form
    assert "Kurzfassung" in found.data.sentence
    assert all(row.score is not None for row in found.fields)


def test_a_name_is_data(small):
    evil = "<script>{0}{name}</script>![x](http://x)"
    survey = replace(small.survey, names={"01000001": evil})
    found = pipeline.municipality_profile(pipeline.assess(survey), "01000001")
    assert found.header.name == evil


def test_an_unknown_key_is_a_key_error(small):
    with pytest.raises(KeyError):
        pipeline.municipality_profile(small, "99999999")


def test_every_profile_of_the_sample_is_complete_and_decent(sample):
    states = set()
    for key in sample.survey.keys:
        found = pipeline.municipality_profile(sample, key)
        content = found.as_dict()
        if len(states) < 4 or key < "03":
            json.dumps(content, allow_nan=False)
            assert not [text for text in texts_in(content) if NEVER.search(text)]
        states.add(found.type.state)
        assert len(found.strengths) <= 3
        assert len(found.gaps) <= 3
        assert not {s.dimension for s in found.strengths} & {g.dimension for g in found.gaps}
        for row in found.fields:
            assert (row.score is None) == ("Punkte" not in row.sentence.split(".")[0])
            if row.coverage is not None and row.score is None:
                assert row.coverage < 0.6
            assert (row.score is None) == (row.level is None)
            if row.score is not None:
                assert 0 <= row.lowest <= row.score <= row.highest <= 100
            if row.difference is not None:
                assert row.difference == row.score - row.median
        assert found.simulated_note == "Beispieldaten – simuliert, keine Studienergebnisse"
        assert found.record.simulated is True
        assert found.record.data_hash == sample.survey.provenance.data_hash
        assert found.record.questionnaire_version == "2026.1"
    assert states == set(MembershipState)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MembershipState.ASSIGNED, "sicher zugeordnet ("),
        (MembershipState.LIKELY, "eher zugeordnet ("),
        (MembershipState.MIXED, "zwischen zwei Typen: "),
        (MembershipState.NOT_ASSIGNABLE, "nicht zuordenbar"),
    ],
)
def test_certainty_in_words_people_use(sample, state, words):
    key = sample.membership.state.index[sample.membership.state == state][0]
    found = pipeline.municipality_profile(sample, key)
    assert found.type.certainty.startswith(words)
    if state is MembershipState.NOT_ASSIGNABLE:
        assert found.type.probabilities == ()
        assert found.type.first is None
        assert not found.peers.id.startswith("type")
    else:
        assert [p.type_id for p in found.type.probabilities] == list(sample.typology.type_ids)
        assert sum(p.probability for p in found.type.probabilities) == pytest.approx(1, abs=1e-3)
        assert found.peers.id.startswith("type") == (state is not MembershipState.MIXED)


def test_the_statement_names_goals_not_the_municipality_itself(sample):
    key = sample.membership.state.index[sample.membership.state == MembershipState.ASSIGNED][0]
    said = pipeline.municipality_profile(sample, key).type.sentence
    assert said.startswith("Die Ziele von ")
    assert ", Stadt" not in said


@pytest.mark.parametrize("n", [1, 4, 5, 6, 12, 25])
def test_small_samples_never_fail_and_never_show_groups_under_five(sample, n):
    part = pipeline.assess(part_of(sample.survey, np.arange(n)))
    for key in part.survey.keys:
        found = pipeline.municipality_profile(part, key)
        for row in found.fields:
            assert row.n_others is None or row.n_others >= 5
            # Where the size would tell that of a very small group, the page says it is hidden.
            hidden = "bleibt verdeckt" in found.peers.sentence
            assert hidden or (row.median is None) == (row.n_others is None)
            assert row.low is None or row.n_others >= 12
    content = pipeline.overview(part).as_dict()
    assert content["n"] == n
    json.dumps(content, allow_nan=False)
