"""The warm-up: what a start prepares must be ready for the first visitor."""

from assessment.ui import loaders


def test_everything_the_first_page_needs_is_prepared_without_a_session():
    loaders.prepare()
    sample = loaders.sample()
    assert {"overview", "type_profiles", "keys"} <= vars(sample).keys()
    assert sample.profile(sample.keys[0]) is sample.profile(sample.keys[0])
