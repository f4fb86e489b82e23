"""Waves are compared in time, whatever they are called; keys fit into plans and addresses."""

from dataclasses import replace
from datetime import date

import pytest
from everything_said import said_of, taken_of

from assessment import pipeline
from assessment.importing.importer import import_survey
from assessment.survey import wave_order


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Welle 9", "Welle 10"),
        ("2026", "2028"),
        ("Herbst 2026", "Frühjahr 2028"),
        ("2026/1", "2026/2"),
        ("W2 2026", "W10 2026"),
        ("", "1"),
        ("Pilot", "2026"),
    ],
)
def test_labels_in_time(earlier: str, later: str) -> None:
    assert wave_order(earlier) < wave_order(later)


def test_the_reference_date_decides() -> None:
    assert wave_order("B", date(2026, 1, 1)) < wave_order("A", date(2026, 6, 1))
    assert wave_order("9" * 5000) > wave_order("5")


def test_the_change_has_the_right_sign(sample) -> None:
    typology = sample.typology
    later = pipeline.load_sample("2028")
    known = taken_of(sample).waves_with(taken_of(pipeline.assess(later, typology=typology)))
    key = next(str(key) for key in later.keys if not known.comparison(str(key)).refusal)
    expected = known.comparison(key).fields
    for names, dated in ((("Welle 9", "Welle 10"), False), (("Herbst 26", "Frühjahr 28"), True)):
        sides = [
            taken_of(
                pipeline.assess(
                    replace(one, wave=name, reference_date=one.reference_date if dated else None),
                    typology=typology,
                ),
                name,
            )
            for one, name in zip((sample.survey, later), names, strict=True)
        ]
        for one, other in (sides, sides[::-1]):
            found = one.waves_with(other).comparison(key)
            assert (found.wave_before, found.wave_after) == names
            assert [row.shown for row in found.fields] == [row.shown for row in expected]


@pytest.mark.parametrize("key", ["k" * 300, "a  b ", " x ", "x\ty", "a\u00a0\u00a0b", "null", "~"])
def test_any_key_of_a_file_fits_into_a_plan(key: str) -> None:
    rows = "\n".join(f'"{key}{number}";{number % 3};ja' for number in range(6))
    taken = taken_of(
        pipeline.assess(import_survey(f"ID;F 1;F 2\n{rows}\n".encode(), "x.csv").survey)
    )
    assert len(taken.keys) == 6
    said_of(taken, str(taken.survey.keys[0]))
