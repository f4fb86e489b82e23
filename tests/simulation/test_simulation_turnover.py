"""The second wave: most take part again, some don't, some are new, and the file is the shipped."""

import io
import zipfile

import numpy as np
import pytest

from assessment.content import data_path
from assessment.importing.importer import import_survey
from assessment.register import is_simulated_key
from assessment.simulation import SimulatedSurvey, second_wave, simulate, write_export

SHIPPED = data_path("sample", "beispiel_2028.xlsx")


@pytest.fixture(scope="module")
def collected() -> SimulatedSurvey:
    return second_wave()


def test_most_take_part_again_and_some_are_new(
    sample: SimulatedSurvey, collected: SimulatedSurvey
) -> None:
    before, after = set(sample.keys), set(collected.keys)
    assert len(collected.keys) == len(after) == collected.n
    assert 0.84 * 412 < len(before & after) < 0.92 * 412
    assert 25 <= len(after - before) <= 33
    assert all(is_simulated_key(key) for key in collected.keys)
    assert set(collected.names[-20:]).isdisjoint(sample.names)
    assert all(len(values) == collected.n for values in collected.answers.values())
    assert collected.answers["A02"].tolist() == collected.keys.tolist()


def test_who_stays_answers_as_in_the_whole_second_wave(
    collected: SimulatedSurvey, second_wave: SimulatedSurvey
) -> None:
    place = {key: row for row, key in enumerate(second_wave.keys)}
    rows = [place[key] for key in collected.keys if key in place]
    for item, values in collected.answers.items():
        if item != "A02":
            assert values[: len(rows)].tolist() == second_wave.answers[item][rows].tolist()


def test_there_is_real_change(sample: SimulatedSurvey, second_wave: SimulatedSurvey) -> None:
    changed = second_wave.answers["D01"] != sample.answers["D01"]
    assert 0.15 < changed.mean() < 0.6
    assert 0 < (second_wave.types != sample.types).sum() < 41


def test_the_shipped_file_is_this_wave(collected: SimulatedSurvey) -> None:
    """Compared member by member: how well a zip is packed depends on the machine's zlib."""
    data = SHIPPED.read_bytes()
    assert len(data) < 400_000
    assert _members(data) == _members(write_export(collected))
    survey = import_survey(data, SHIPPED.name).survey
    assert survey.simulated
    assert survey.keys.tolist() == collected.keys.tolist()
    assert survey.reference_date is not None
    assert survey.reference_date.year == 2028


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_small_and_repeatable() -> None:
    first = second_wave(20, 5)
    assert write_export(first) == write_export(second_wave(20, 5))
    assert np.isin(first.keys, simulate(20, 5).keys).sum() >= 10
