"""One simulated sample for all tests of this folder."""

import pytest

from assessment.simulation import SimulatedSurvey, simulate


@pytest.fixture(scope="session")
def sample() -> SimulatedSurvey:
    """The shipped sample: 412 municipalities, seed 2020."""
    return simulate(412, 2020)


@pytest.fixture(scope="session")
def second_wave() -> SimulatedSurvey:
    return simulate(412, 2020, wave=2)
