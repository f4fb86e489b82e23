"""Keys as spreadsheets mangle them, judged against the official register."""

import pytest

from assessment.register import (
    SIMULATED_PER_LAND,
    KeyStatus,
    Level,
    is_simulated_key,
    load_register,
    simulated_ars,
    simulated_kreis_key,
    simulated_municipality_key,
    simulated_verband_key,
)
from assessment.register.keys import bare_digits, readings


@pytest.mark.parametrize(
    ("written", "key", "name"),
    [
        ("01051044", "01051044", "Heide, Stadt"),
        ("1051044", "01051044", "Heide, Stadt"),
        ("1051044.0", "01051044", "Heide, Stadt"),
        ("01 051 044", "01051044", "Heide, Stadt"),
        ("\u00a001-051-044 ", "01051044", "Heide, Stadt"),
        ("'01051044", "01051044", "Heide, Stadt"),
        ("AGS: 01051044", "01051044", "Heide, Stadt"),
        ("010515163044", "01051044", "Heide, Stadt"),
        ("10515163044", "01051044", "Heide, Stadt"),
        ("10515163044.0", "01051044", "Heide, Stadt"),
        ("08111000", "08111000", "Stuttgart, Landeshauptstadt"),
        ("081110000000", "08111000", "Stuttgart, Landeshauptstadt"),
        ("08111", "08111000", "Stuttgart, Landeshauptstadt"),
        ("05315000", "05315000", "Köln, Stadt"),
        ("01051", "01051", "Dithmarschen"),
        ("1051", "01051", "Dithmarschen"),
        ("01051000", "01051", "Dithmarschen"),
        ("010510000000", "01051", "Dithmarschen"),
        ("010515163", "010515163", "Burg-St. Michaelisdonn"),
        ("10515163", "010515163", "Burg-St. Michaelisdonn"),
        ("010515163000", "010515163", "Burg-St. Michaelisdonn"),
        ("010010000", "01001000", "Flensburg, Stadt"),
    ],
)
def test_known_keys_are_read_in_every_form(written: str, key: str, name: str) -> None:
    check = load_register().check_key(written)
    assert check.status is KeyStatus.KNOWN
    assert check.municipality is not None
    assert (check.key, check.municipality.name) == (key, name)
    assert check.corrected == (written != key)
    assert bool(check.message) == check.corrected


def test_an_ars_of_8_digits_without_its_zero_never_beats_a_real_ags() -> None:
    register = load_register()
    for digits in ("10041100", "12054000", "16051000"):
        check = register.check_key(digits)
        assert (check.status, check.key, check.corrected) == (KeyStatus.KNOWN, digits, False)


@pytest.mark.parametrize(
    ("written", "status", "part"),
    [
        ("01051999", KeyStatus.UNKNOWN, "Schleswig-Holstein"),
        ("99999999", KeyStatus.UNKNOWN, "kein Bundesland"),
        ("00000001", KeyStatus.UNKNOWN, "kein Bundesland"),
        ("03153007", KeyStatus.FORMER, "03153019 (Langelsheim, Stadt)"),
        ("3153007", KeyStatus.FORMER, "Langelsheim"),
        ("12073603", KeyStatus.FORMER, "Passow"),
        ("16077051", KeyStatus.FORMER, "2018/2020"),
        ("", KeyStatus.MALFORMED, "kein Schlüssel angegeben"),
        ("  ", KeyStatus.MALFORMED, "kein Schlüssel angegeben"),
        ("abc", KeyStatus.MALFORMED, "nur aus Ziffern"),
        ("0105104a", KeyStatus.MALFORMED, "nur aus Ziffern"),
        ("٠١٠٥١٠٤٤", KeyStatus.MALFORMED, "nur aus Ziffern"),
        ("1,05104E+11", KeyStatus.MALFORMED, "Ziffern verloren"),
        ("123", KeyStatus.MALFORMED, "3 Ziffern"),
        ("1234567890", KeyStatus.MALFORMED, "10 Ziffern"),
        ("1" * 4000, KeyStatus.MALFORMED, "4000 Ziffern"),
    ],
)
def test_other_keys_say_in_one_sentence_what_is_wrong(
    written: str, status: KeyStatus, part: str
) -> None:
    check = load_register().check_key(written)
    assert check.status is status
    assert check.municipality is None
    assert part in check.message
    assert check.message.endswith(".")
    assert len(check.message) < 250


def test_the_simulated_range_is_free_in_the_register() -> None:
    """A new edition of the register that uses the range must be noticed here."""
    entries = load_register()._entries
    real = [*entries.municipality_row, *entries.kreis_lines, *entries.verband_lines]
    assert len(real) > 11_500
    assert [key for key in real if is_simulated_key(key)] == []
    assert [key for key in entries.former if is_simulated_key(key)] == []


@pytest.mark.parametrize("land", ["01", "09", "10", "16"])
def test_simulated_keys_are_said_to_be_simulated(land: str) -> None:
    ags = simulated_municipality_key(land, SIMULATED_PER_LAND)
    kreis, verband = simulated_kreis_key(land, 100), simulated_verband_key(land, 1000)
    for key in (ags, simulated_municipality_key(land, 1), kreis, verband):
        for written in (key, key.lstrip("0"), f"{key.lstrip('0')}.0"):
            check = load_register().check_key(written)
            assert (check.status, check.key) == (KeyStatus.SIMULATED, key)
    assert load_register().check_key(simulated_ars(ags)).key == ags


def test_simulated_keys_outside_the_range_are_refused() -> None:
    for number in (0, SIMULATED_PER_LAND + 1):
        with pytest.raises(ValueError, match="outside"):
            simulated_municipality_key("01", number)
    assert not is_simulated_key("01000000")
    assert not is_simulated_key("01000900")
    assert not is_simulated_key("17000001")
    assert not is_simulated_key("01900")


def test_simulated_verband_keys_are_unique() -> None:
    keys = {simulated_verband_key("05", number) for number in range(1, 1001)}
    assert len(keys) == 1000
    assert all(is_simulated_key(key) for key in keys)


def test_every_key_of_the_register_is_known_and_unchanged() -> None:
    register = load_register()
    for key in list(register._entries.municipality_row)[::17]:
        check = register.check_key(key)
        assert (check.status, check.key, check.corrected) == (KeyStatus.KNOWN, key, False)


def test_levels_of_entries() -> None:
    register = load_register()
    expected = {
        "01051044": Level.MUNICIPALITY,
        "01051": Level.KREIS,
        "010515163": Level.VERBAND,
        "01": Level.LAND,
    }
    for key, level in expected.items():
        entry = register.entry(key)
        assert entry is not None
        assert entry.level is level
    assert register.entry("01051045999") is None


def test_readings_restore_at_most_one_zero() -> None:
    assert [reading.digits for reading in readings("1051044")] == ["01051044"]
    assert [reading.digits for reading in readings("10515163")] == ["10515163", "010515163"]
    assert readings("051044") == ()
    assert bare_digits("1051044,00") == "1051044"
    assert bare_digits("x1") is None
