import subprocess
import sys
from dataclasses import replace

import pytest

from assessment import pipeline
from assessment.comparison.comparison import Standing, compare
from assessment.content import data_path
from assessment.questionnaire.model import Item, ItemKind, Questionnaire
from assessment.remarks import InputRefused
from assessment.typology.fit import fit
from assessment.typology.model import TypologyModel


@pytest.fixture(scope="module")
def sample():
    return pipeline.assess(pipeline.load_sample())


def test_the_sample_comes_through_the_import_like_any_file(sample):
    survey = sample.survey
    assert survey.simulated
    assert survey.ledger is not None
    assert survey.provenance.file_name == pipeline.SAMPLE_FILE
    assert len(survey.keys) == 412
    assert pipeline.load_sample() is survey


def test_the_sample_gets_the_four_named_types(sample):
    assert sample.typology.type_ids == ("B", "O", "S", "C")
    assert all(cluster.correlation >= 0.5 for cluster in sample.typology.clusters)
    assert (sample.membership.first.notna()).mean() > 0.95


def test_the_same_survey_gives_the_same_assessment(sample):
    again = pipeline.assess(sample.survey)
    assert again.typology.to_json() == sample.typology.to_json()
    assert again.typology_mark == sample.typology_mark
    key = sample.survey.keys[7]
    assert pipeline.municipality_profile(again, key) == pipeline.municipality_profile(sample, key)


def test_a_frozen_typology_is_used_as_it_is(sample):
    frozen = TypologyModel.from_json(sample.typology.to_json())
    few = replace(
        sample.survey, answers=sample.survey.answers.iloc[:6], status=sample.survey.status.iloc[:6]
    )
    assessment = pipeline.assess(few, typology=frozen)
    assert assessment.typology is frozen
    assert assessment.membership.first.tolist() == sample.membership.first.iloc[:6].tolist()
    assert assessment.typology_mark == sample.typology_mark


def test_a_survey_without_goals_is_assessed_without_types(sample):
    kept = [item for item in sample.survey.answers.columns if not item.startswith("B")]
    bare = replace(
        sample.survey, answers=sample.survey.answers[kept], status=sample.survey.status[kept]
    )
    assessment = pipeline.assess(bare)
    assert assessment.typology is assessment.membership is None
    assert "keine Antworten zu den Zielen" in assessment.typology_refusal
    profile = pipeline.municipality_profile(assessment, sample.survey.keys[0])
    assert profile.type is None
    assert profile.type_note == assessment.typology_refusal
    assert pipeline.overview(assessment).types is None
    with pytest.raises(InputRefused):
        pipeline.assess(bare, typology=sample.typology)


def test_a_survey_without_anything_to_score_still_has_a_page(sample):
    questionnaire = Questionnaire(
        id="x",
        version="1",
        title="Fremd",
        proposed=True,
        items=(Item(id="A05", text="Zahl", kind=ItemKind.INTEGER),),
    )
    bare = replace(
        sample.survey,
        questionnaire=questionnaire,
        answers=sample.survey.answers[["A05"]],
        status=sample.survey.status[["A05"]],
    )
    assessment = pipeline.assess(bare)
    profile = pipeline.municipality_profile(assessment, sample.survey.keys[0])
    assert profile.blocks == ()
    assert profile.peers.sentence == ""
    assert "nicht bestätigter" in profile.data.provenance[0]
    assert pipeline.overview(assessment).levels == ()


def test_no_heavy_packages_are_needed():
    code = (
        "import sys; from assessment import pipeline;"
        "s = pipeline.assess(pipeline.load_sample());"
        "pipeline.municipality_profile(s, s.survey.keys[0]);"
        "print([m for m in ('sklearn', 'streamlit', 'plotly') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def _gaps_note(assessment, key: str) -> str:
    return pipeline.municipality_profile(assessment, key).gaps_note


def test_strengths_are_chosen_by_clearness_and_shown_by_size(sample):
    stood_back = 0
    for key in sample.survey.keys[:60]:
        found = compare(sample.scores, sample.membership, sample.survey, key, index=sample.peers)
        named = found.gaps
        assert [abs(p.difference) for p in named] == sorted(
            (abs(p.difference) for p in named), reverse=True
        )
        left = [p for p in found.positions if p.standing is Standing.BELOW and p not in named]
        if named and left:
            assert min(p.clearness for p in named) >= max(p.clearness for p in left)
            stood_back += max(abs(p.difference) for p in left) > min(
                abs(p.difference) for p in named
            )
    key = next(k for k in sample.survey.keys if "weitere Felder" in _gaps_note(sample, k))
    assert "am deutlichsten" in _gaps_note(sample, key)
    # Single questions with a larger difference do stand back for clearer fields.
    assert stood_back > 0


def test_the_shipped_typology_is_what_a_fit_of_the_sample_gives():
    survey = pipeline.load_sample()
    shipped = data_path("sample", pipeline.SAMPLE_TYPOLOGY).read_text(encoding="utf-8")
    assert fit(survey).to_json() == shipped


def test_the_shipped_typology_serves_the_sample_only():
    survey = pipeline.load_sample()
    changed = replace(survey, provenance=replace(survey.provenance, data_hash="anders"))
    assert pipeline.assess(changed).typology.provenance.data_hash == "anders"
    assert pipeline.assess(survey, seed=1).typology.provenance.seed == 1


def test_starting_with_the_sample_needs_no_optimizers():
    script = (
        "import sys; from assessment import pipeline; pipeline.assess(pipeline.load_sample());"
        "sys.exit('scipy.optimize' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_second_wave_is_assigned_with_the_typology_of_the_first(sample):
    assert pipeline.load_sample("2026") is sample.survey
    later = pipeline.assess_sample("2028")
    assert later.survey is pipeline.load_sample("2028")
    assert later.typology_mark == sample.typology_mark
    assert (sample.survey.wave_label, later.survey.wave_label) == ("2026", "2028")
    both = set(later.survey.keys) & set(sample.survey.keys)
    assert len(both) < len(later.survey.keys) < 412
    assert len(both) > 300


def test_other_waves_of_the_sample_are_refused():
    with pytest.raises(InputRefused, match="keine Welle „2027“") as refused:
        pipeline.load_sample("2027")
    assert refused.value.code == "WAVE"


def test_both_waves_get_their_types_from_the_later_ones_typology(sample):
    later = pipeline.assess_sample("2028")
    usual = pipeline.waves(sample, later)
    other = replace(sample, membership=None, typology=None, typology_mark=None)
    again = pipeline.waves(other, later)
    assert again.transitions() == usual.transitions()
    assert again.transitions().n == usual.panel
    untyped = pipeline.waves(sample, replace(later, membership=None, typology=None))
    assert "keine Typen" in untyped.transitions().refusal
    key = next(str(key) for key in later.survey.keys if key in sample.peers.rows)
    assert untyped.comparison(key).transition is None
    assert untyped.comparison(key).fields == usual.comparison(key).fields
