"""From the file to every sentence: the sample files of the tests, two waves, few rows, odd ends."""

import re
from dataclasses import replace

import pytest
from everything_said import said_of, said_of_all, said_of_waves, taken_of, texts
from profile_cases import part_of
from survey_files import battery_bytes, corrected_bytes, foreign_bytes, hostile_bytes, sample_bytes

from assessment import pipeline
from assessment.importing.importer import import_survey
from assessment.ui.taken import TakenSurvey

FILES = {
    "sample": (sample_bytes, "beispiel.xlsx"),
    "corrected": (corrected_bytes, "neu.xlsx"),
    "hostile": (hostile_bytes, "<b>böse</b>.xlsx"),
    "foreign": (foreign_bytes, "fremd.csv"),
    "battery": (battery_bytes, "batterie.csv"),
}
LEFTOVER = re.compile(r"[{}]|\bNone\b|\bnan\b|\binf\b|Traceback|  |\s[,.;](?:\s|$)|\.\.(?!\.)|„“")
"""What a sentence holds where a value is missing or a template was not filled."""
OF_OTHERS = re.compile(r"\.(name|file_name|title|owner|answer|text|own_answer)$")
"""Places that hold text of a file as it is."""


@pytest.fixture(scope="module")
def taken() -> dict[str, TakenSurvey]:
    return {
        name: taken_of(pipeline.assess(import_survey(made(), file).survey), name)
        for name, (made, file) in FILES.items()
    }


def leftovers(said: object) -> list[tuple[str, str]]:
    return [
        (path, text)
        for path, text in texts(said)
        if LEFTOVER.search(text) and not OF_OTHERS.search(path)
    ]


def few(one: TakenSurvey) -> list[str]:
    keys = [str(key) for key in one.survey.keys]
    return [*keys[:3], keys[len(keys) // 2], keys[-1]]


@pytest.mark.parametrize("name", FILES)
def test_everything_is_said_of_every_file(taken, name):
    one = taken[name]
    odd = leftovers(said_of_all(one))
    for key in few(one):
        said = said_of(one, key)
        if name != "hostile":
            odd += leftovers(said)
        assert said["gaps"]["sentence"].endswith(".")
        assert said["measures"]["first_sentence"].endswith(".")
    assert odd == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_beside_itself_or_another_questionnaire_is_no_wave(taken, name):
    one = taken[name]
    key = few(one)[0]
    assert said_of_waves(one, one, key)["change"]["refusal"].endswith(".")
    later = taken_of(pipeline.assess(replace(one.survey, wave="2030")), "later")
    assert said_of_waves(one, later, key)["change"]["refusal"].endswith(".")
    other = taken["foreign" if name != "foreign" else "sample"]
    assert said_of_waves(one, other, key)["change"]["refusal"].endswith(".")


def test_the_second_wave_is_put_into_words(taken):
    later = taken_of(pipeline.assess_sample("2028"), "2028")
    first = set(taken["sample"].survey.keys)
    new = next(str(key) for key in later.survey.keys if key not in first)
    left = next(key for key in taken["sample"].survey.keys if key not in set(later.survey.keys))
    both = [str(key) for key in later.survey.keys if key in first][::60]
    for key in both:
        said = said_of_waves(later, taken["sample"], key)
        assert said == said_of_waves(taken["sample"], later, key)
        assert not said["change"]["refusal"]
        assert leftovers(said) == []
        for row in said["change"]["fields"]:
            if None not in (row["shown"], row["own"], row["questionnaire"]):
                assert row["shown"] == row["own"] + row["questionnaire"]
            if None not in (row["before"], row["after"]):
                assert row["shown"] == row["after"] - row["before"]
        earlier = said["earlier"]
        gaps = later.gap_profile(key, tuple(earlier.items())).as_dict()
        assert leftovers(gaps) == []
    for key in (new, left):
        assert said_of_waves(later, taken["sample"], key)["change"]["refusal"].endswith(".")


@pytest.mark.parametrize("rows", [1, 2, 4, 5, 6, 7, 12, 13, 14, 30])
def test_few_municipalities_have_something_to_read(taken, rows):
    survey = part_of(taken["sample"].survey, range(rows))
    one = taken_of(pipeline.assess(survey, typology=taken["sample"].assessment.typology))
    odd = leftovers(said_of_all(one))
    for key in [str(key) for key in survey.keys][:2]:
        odd += leftovers(said_of(one, key))
    assert odd == []


@pytest.mark.parametrize("shared", ["B01", "C01", "D01"])
def test_a_survey_with_one_section_only(taken, shared):
    """Files hold only some questions: no goals, no fields, no management fields."""
    survey = taken["sample"].survey
    columns = [name for name in survey.answers.columns if name[0] in ("A", shared[0])]
    part = replace(survey, answers=survey.answers[columns], status=survey.status[columns])
    part = part_of(part, range(60))
    one = taken_of(pipeline.assess(part))
    odd = leftovers(said_of_all(one))
    for key in [str(key) for key in part.keys][:2]:
        odd += leftovers(said_of(one, key))
    assert odd == []
