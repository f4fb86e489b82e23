import json

import numpy as np
from profile_cases import NEVER, part_of, texts_in

from assessment import pipeline


def test_four_profiles_in_fixed_order(sample):
    profiles = pipeline.type_profiles(sample)
    assert [profile.type_id for profile in profiles] == ["B", "O", "S", "C"]
    assert [profile.name for profile in profiles] == [
        "Bedächtige",
        "Optimierer",
        "Serviceorientierte",
        "Community Manager",
    ]


def test_sizes_add_up_and_are_said(sample):
    profiles = pipeline.type_profiles(sample)
    assigned = int(sample.membership.first.notna().sum())
    assert sum(profile.n for profile in profiles) == assigned
    everybody = len(sample.survey.keys)
    assert [profile.share for profile in profiles] == [p.n / everybody for p in profiles]
    for profile in profiles:
        assert profile.size_sentence.startswith(f"{profile.n} Kommunen")


def test_match_and_sources_are_shown(sample):
    for profile in pipeline.type_profiles(sample):
        assert profile.correlation >= 0.5
        shown = f"{profile.correlation:.2f}".replace(".", ",")
        assert f"Bezugsprofil des Typs „{profile.name}“ (r = {shown};" in profile.match_sentence
        assert "nicht die Rechnung der Studie" in profile.disclaimer
        assert "gleichwertig" in profile.equality
        assert all(fact.sources for fact in profile.facts)
        assert "Eigene Ableitung" in profile.teaches_note
        assert all("nicht" in text for text in profile.unknown)
        assert profile.record.typology.method == "joint"
        assert profile.provenance[0] == "Fragebogen 2026.1"


def test_goals_are_centred_and_led_by_the_own_ones(sample):
    for profile in pipeline.type_profiles(sample):
        leads = {g.id: g.mean.value - g.everybody.value for g in profile.goals}
        best = max(leads, key=lambda goal: leads[goal])
        assert next(g.type_id for g in profile.goals if g.id == best) == profile.type_id
        assert next(g.label for g in profile.goals if g.id == best) in profile.goals_sentence
        assert abs(np.mean([g.everybody.value for g in profile.goals])) < 0.1


def test_each_learns_from_each_other_and_nobody_from_itself(sample):
    profiles = pipeline.type_profiles(sample)
    for profile in profiles:
        others = [p.type_id for p in profiles if p.type_id != profile.type_id]
        assert [lesson.type_id for lesson in profile.lessons] == others
        teaches = {p.type_id: p.teaches for p in profiles}
        for lesson in profile.lessons:
            assert lesson.text == teaches[lesson.type_id] != ""
            assert all(name in lesson.sentence for name in lesson.fields)
            assert lesson.fields or "In keinem Feld" in lesson.sentence
    assert any(lesson.fields for profile in profiles for lesson in profile.lessons)


def test_a_field_named_as_lead_is_one(sample):
    by_type = {p.type_id: {f.name: f for f in p.fields} for p in pipeline.type_profiles(sample)}
    for profile in pipeline.type_profiles(sample):
        for strong in profile.strong:
            assert strong.ahead
            assert strong.difference >= 5
            assert strong.n >= 6
            assert str(min(s.n for s in profile.strong)) in profile.strong_sentence
        for lesson in profile.lessons:
            for name in lesson.fields:
                lead = by_type[lesson.type_id][name].score - by_type[profile.type_id][name].score
                assert lead >= 5


def test_plain_and_decent(sample):
    for profile in pipeline.type_profiles(sample):
        content = profile.as_dict()
        json.dumps(content, allow_nan=False)
        assert not [text for text in texts_in(content) if NEVER.search(text)]


def test_a_type_with_few_members_shows_no_numbers(sample):
    kinds = sample.membership.first
    rows = np.flatnonzero((kinds != "C").to_numpy() & kinds.notna().to_numpy())
    few = np.flatnonzero((kinds == "C").to_numpy())[:3]
    part = part_of(sample.survey, np.sort(np.concatenate([rows, few])))
    assessment = pipeline.assess(part, typology=sample.typology)
    assert (assessment.membership.first == "C").sum() == 3
    profile = next(p for p in pipeline.type_profiles(assessment) if p.type_id == "C")
    assert profile.n is None
    assert profile.share is None
    assert all(field.score is None and field.level.value is None for field in profile.fields)
    assert all(goal.mean.value is None for goal in profile.goals)
    assert "zu klein" in profile.size_sentence
    hidden = [p for p in pipeline.type_profiles(assessment) if p.n is None]
    assert len(hidden) >= 2  # else three follows from the total


def test_a_type_without_members_still_has_its_page(sample):
    rows = np.flatnonzero((sample.membership.first == "B").to_numpy())
    assessment = pipeline.assess(part_of(sample.survey, rows), typology=sample.typology)
    profiles = pipeline.type_profiles(assessment)
    assert [profile.type_id for profile in profiles] == ["B", "O", "S", "C"]
    # That nobody is in the others would tell everybody's type.
    assert all(profile.n is None for profile in profiles)
    assert profiles[1].facts


def test_without_goals_there_are_no_types(sample):
    part = pipeline.assess(part_of(sample.survey, np.arange(3)))
    assert pipeline.type_profiles(part) == ()
