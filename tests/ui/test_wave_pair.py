"""Two waves side by side never keep another session's survey alive."""

import gc
import weakref
from dataclasses import replace

from assessment import pipeline
from assessment.ui.loaders import sample
from assessment.ui.taken import share
from assessment.ui.wave_pair import WavePair


def later_wave(rows: int, wave: str = "2027"):
    """Some municipalities of the sample as if they had answered again, shared as an upload is."""
    survey = pipeline.load_sample()
    origin = replace(survey.provenance, data_hash=f"{rows:08x}", sha256=f"{rows:064x}")
    answers, status = survey.answers.iloc[:rows], survey.status.iloc[:rows]
    part = replace(survey, answers=answers, status=status, provenance=origin, wave=wave)
    return share(part, pipeline.sample_typology())


def test_pairs_are_prepared_once_and_freed_with_the_other_survey() -> None:
    first, other = sample(), later_wave(60)
    prepared = first.waves_with(other)
    assert first.waves_with(other) is prepared
    assert prepared.waves == (first.survey.wave_label, "2027")
    seen = weakref.ref(other)
    del other, prepared
    gc.collect()
    assert seen() is None


def test_nothing_has_changed_where_the_answers_are_the_same() -> None:
    first, other = sample(), later_wave(80)
    pair = WavePair(other, other.waves_with(first), current_is_later=True)
    key = str(other.survey.keys[3])
    found = pair.profile(key)
    if found.refusal:
        # Equal answers of all are refused as one and the same wave.
        assert pair.previous(key) is None
        return
    assert all(field.own in (0, None) for field in found.fields)
    previous = dict(pair.previous(key) or ())
    shown = {row.dimension: row.score for row in other.profile(key).fields}
    assert all(shown[dimension] == points for dimension, points in previous.items())


def test_the_sample_s_second_wave_gives_earlier_points() -> None:
    first, later = sample(), sample("2028")
    pair = WavePair(later, later.waves_with(first), current_is_later=True)
    both = [key for key in later.keys if key in first]
    changed = 0
    for key in both[:30]:
        found = pair.profile(key)
        previous = dict(pair.previous(key) or ())
        for field in found.fields:
            if field.own is not None and field.after is not None:
                assert previous[field.dimension] == min(100, max(0, field.after - field.own))
                changed += field.own != 0
    assert changed
    new = next(key for key in later.keys if key not in first)
    assert pair.previous(new) is None
    assert pair.profile(new).refusal
