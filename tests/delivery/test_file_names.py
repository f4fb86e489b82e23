"""File names: what they say, and that no name of a municipality can do anything in them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.delivery.file_names import file_name, safe_part
from assessment.profiles.variants import Variant
from assessment.reports.document import DocumentKind

DAY = date(2026, 11, 22)
ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z0-9]+")
HOSTILE = (
    "../../etc/passwd",
    "..\\..\\windows",
    "a\x00b",
    "x" * 300,
    "ä" * 300,
    "",
    "   ",
    "§$%&",
    "CON",
    "nul.txt",
    "Musterstadt\r\nContent-Type: text/html",
    "\u202egpj.exe",
    "北京",
    "\ud800",
    "-rf",
    "~",
)


def name_of(name: str, key: str = "01051044", **changes) -> str:
    values = {
        "kind": DocumentKind.SUMMARY,
        "created": DAY,
        "variant": Variant.PUBLIC,
        "ending": "pdf",
    } | changes
    return file_name(name=name, key=key, **values)


def test_names_of_the_council_note() -> None:
    assert name_of("Musterstadt", attachment=1) == "Anlage1_Kurzfassung_Musterstadt_2026-11-22.pdf"
    assert (
        name_of("Musterstadt", kind=DocumentKind.RESULTS, attachment=1)
        == "Anlage1_Digitale-Selbsteinschaetzung_Musterstadt_2026-11-22.pdf"
    )


def test_umlauts_are_spelled_and_other_accents_dropped() -> None:
    assert name_of("Bad Münder (Süd)") == "Kurzfassung_Bad-Muender-Sued_2026-11-22.pdf"
    assert safe_part("Gießen an der Öde, Ärger, Übel") == "Giessen-an-der-Oede-Aerger-Uebel"
    assert safe_part("Mu\u0308nster") == "Muenster", "also as letter and mark"
    assert safe_part("Café Łódź") == "Cafe-odz"


def test_the_variant_is_read_off_the_name() -> None:
    names = {variant: name_of("Musterstadt", variant=variant) for variant in Variant}
    assert names[Variant.PUBLIC] == "Kurzfassung_Musterstadt_2026-11-22.pdf"
    assert names[Variant.CLOSED] == "Kurzfassung_Musterstadt_2026-11-22_nichtoeffentlich.pdf"
    assert names[Variant.ANONYMOUS] == "Kurzfassung_2026-11-22_anonymisiert.pdf"


@pytest.mark.parametrize("with_key", [False, True])
def test_anonymous_names_have_neither_name_nor_key(with_key: bool) -> None:
    name = name_of("Musterstadt", variant=Variant.ANONYMOUS, with_key=with_key)
    assert "Muster" not in name
    assert "01051044" not in name


def test_files_about_all_name_nobody() -> None:
    name = name_of("", key="", kind=DocumentKind.COLLECTION, ending=".PDF")
    assert name == "Sammelbericht_2026-11-22.pdf"
    assert name_of("", key="", kind="Ergebnisse aller", ending="csv").startswith("Ergebnisse-aller")


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("with_key", [False, True])
def test_hostile_names_and_keys(hostile: str, with_key: bool) -> None:
    for name in (
        name_of(hostile, with_key=with_key),
        name_of("Musterstadt", key=hostile, with_key=with_key),
        name_of(hostile, key=hostile, kind=hostile or "Paket", with_key=with_key),
    ):
        assert ALLOWED.fullmatch(name), name
        assert len(name) <= 200
        assert name.endswith("2026-11-22.pdf")


@given(st.text(max_size=400), st.text(max_size=60), st.sampled_from(Variant), st.booleans())
def test_any_text_gives_a_plain_name(name: str, key: str, variant: Variant, with_key: bool) -> None:
    found = name_of(name, key=key, variant=variant, with_key=with_key)
    assert ALLOWED.fullmatch(found)
    assert len(found) <= 200


@given(st.text(max_size=12), st.text(max_size=12))
def test_different_keys_give_different_names(one: str, other: str) -> None:
    first, second = (name_of("Neustadt", key=key, with_key=True) for key in (one, other))
    assert (first.casefold() == second.casefold()) == (one == other)


def test_keys_as_they_are_used_stay_readable() -> None:
    assert name_of("Neustadt", with_key=True) == "Kurzfassung_Neustadt_01051044_2026-11-22.pdf"


def test_a_name_without_letters_falls_back_to_the_key() -> None:
    assert name_of("§§") == "Kurzfassung_01051044_2026-11-22.pdf"
    assert name_of("§§", key="!!") == "Kurzfassung_Kommune_2026-11-22.pdf"


def test_a_long_name_is_cut_behind_a_word() -> None:
    part = safe_part("Verwaltungsgemeinschaft " * 10)
    assert part == "Verwaltungsgemeinschaft-Verwaltungsgemeinschaft"


@pytest.mark.parametrize("device", ["CON", "nul", "Com1", "LPT9"])
def test_no_part_is_a_device(device: str) -> None:
    assert safe_part(device) == f"{device}-"
