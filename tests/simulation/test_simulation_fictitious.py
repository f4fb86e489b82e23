"""No simulated municipality can be taken for a real one."""

import numpy as np
import pytest

from assessment.register import KeyStatus, load_register
from assessment.simulation import SimulatedSurvey, simulate
from assessment.simulation.places import fictitious_names


@pytest.fixture(scope="module")
def largest() -> SimulatedSurvey:
    return simulate(10_800, 2020)


def test_every_key_is_simulated_and_unique(largest: SimulatedSurvey) -> None:
    register = load_register()
    assert len(set(largest.keys)) == 10_800
    assert {register.check_key(key).status for key in largest.keys} == {KeyStatus.SIMULATED}


def test_no_name_is_that_of_a_real_authority(largest: SimulatedSurvey) -> None:
    register = load_register()
    assert len(set(largest.names)) == 10_800
    assert [name for name in largest.names if register.find(name)] == []


def test_names_are_pronounceable_text(sample: SimulatedSurvey) -> None:
    for name in sample.names:
        assert 5 <= len(name) <= 60
        assert name.replace(", ", "").replace(" ", "").isalpha()


def test_real_names_are_left_out_whatever_the_syllables(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("Flensburg", "Koeln", "Dithmarschen", "Quellbrackingen")
    monkeypatch.setattr("assessment.simulation.places._all_names", lambda: names)
    chosen = fictitious_names(1, np.random.default_rng(0))
    assert chosen == ("Quellbrackingen",)
    with pytest.raises(ValueError, match="only 1 fictitious"):
        fictitious_names(2, np.random.default_rng(0))
