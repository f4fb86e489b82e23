"""The sample, assessed once for all tests of this folder."""

import pytest

from assessment import pipeline


@pytest.fixture(scope="session")
def sample():
    return pipeline.assess(pipeline.load_sample())
