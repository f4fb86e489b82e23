"""Names as surveys write them."""

import pytest

from assessment.register import load_register


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Flensburg", "01001000"),
        ("Stadt Flensburg", "01001000"),
        ("FLENSBURG, STADT", "01001000"),
        ("Flensburg,  Stadt ", "01001000"),
        ("Burg (Dithmarschen)", "01051016"),
        ("Burg Dithmarschen", "01051016"),
        ("Bautzen", "14625020"),
        ("Budyšin", "14625020"),
        ("Weißwasser", "14626600"),
        ("Běła Woda", "14626600"),
        ("Koeln", "05315000"),
        ("Neustadt a.d.Weinstraße", "07316000"),
        ("Neustadt an der Weinstrasse", "07316000"),
        ("Limburg", "06533009"),
        ("Limburg an der Lahn", "06533009"),
        ("Landkreis Karlsruhe", "08215"),
        ("Karlsruhe", "08212000"),
        ("Dithmarschen", "01051"),
        ("Kreis Dithmarschen", "01051"),
        ("Region Hannover", "03241"),
        ("Hannover", "03241001"),
        ("Stadt Wehlen", "14628370"),
        ("Markt Schwaben", "09175127"),
        ("Amt Burg-St. Michaelisdonn", "010515163"),
        ("St. Augustin", "05382056"),
        ("Lutherstadt Wittenberg", "15091375"),
        ("Freiberg", "14522180"),
    ],
)
def test_one_place_is_found_in_every_spelling(written: str, key: str) -> None:
    found = load_register().find(written)
    assert [entry.key for entry in found] == [key]


def test_ambiguous_names_return_all_and_the_land_decides() -> None:
    register = load_register()
    everywhere = register.find("Neuenkirchen")
    assert len(everywhere) > 5
    assert {entry.name.partition(",")[0] for entry in everywhere} >= {"Neuenkirchen"}
    for land in ("01", "1", "SH", "sh", "Schleswig-Holstein", "schleswig-holstein"):
        assert [entry.land for entry in register.find("Neuenkirchen", land)] == ["01"]


def test_frankfurt_is_never_silently_one_of_the_two() -> None:
    register = load_register()
    assert [entry.key for entry in register.find("Frankfurt")] == ["06412000", "12053000"]
    assert [entry.key for entry in register.find("Frankfurt", "BB")] == ["12053000"]


def test_the_land_only_breaks_ties() -> None:
    assert [entry.key for entry in load_register().find("Flensburg", "BY")] == ["01001000"]


def test_unknown_names_find_nothing_and_similar_ones_carry_a_score() -> None:
    register = load_register()
    assert register.find("Flensbrg") == ()
    best = register.matches("Flensbrg")[0]
    assert best.municipality.key == "01001000"
    assert 0.86 <= best.score < 1
    assert register.matches("Flensburg")[0].score == 1
    assert register.matches("Xqwvzk") == ()
    assert register.matches("") == ()
    assert all(match.municipality.land == "09" for match in register.matches("Münchn", "BY"))


def test_hostile_names_are_only_names() -> None:
    register = load_register()
    for name in ("=1+1", "<script>", "((((", "[a-z]*", "\x00", "Stadt ", ",", "/"):
        assert register.find(name) == ()


def test_every_official_name_finds_itself() -> None:
    register = load_register()
    for key, name in list(register._entries.municipality_names())[::7]:
        assert key in {entry.key for entry in register.find(name)}, name


def test_has_name_sees_through_suffix_and_spelling() -> None:
    register = load_register()
    assert register.has_name("Flensburg")
    assert register.has_name("KOELN")
    assert register.has_name("Dithmarschen")
    assert not register.has_name("Quellbrackingen")
