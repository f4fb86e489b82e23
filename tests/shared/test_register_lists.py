"""The shipped register against the lists derived independently from the same official file."""

import csv
from pathlib import Path

import pytest

from assessment.register import load_register

pytestmark = pytest.mark.shared


def _rows(shared: Path, name: str, delimiter: str = ";") -> list[dict[str, str]]:
    path = shared / "realdata" / "register" / "listen" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_every_municipality_equals_the_list(shared: Path) -> None:
    register = load_register()
    rows = _rows(shared, "gemeinden_2025-08-31.csv")
    assert len(rows) == len(register)
    for row in rows:
        entry = register.entry(row["ags"])
        assert entry is not None
        assert (entry.ars, entry.name, entry.kind) == (row["ars"], row["name"], row["gemeindeart"])
        assert (entry.land, entry.land_name) == (row["land_ags"], row["land"])
        assert entry.population == int(row["einwohner_2024_12_31"] or 0)
        assert entry.area_km2 == pytest.approx(float(row["flaeche_km2"]))
        assert entry.regiostar7 == row["regiostar7_2018"]
        expected = row["groessenklasse_einwohner"].partition(" ")[0]
        assert entry.size_class == expected


def test_every_kreis_equals_the_list(shared: Path) -> None:
    register = load_register()
    for row in _rows(shared, "kreise_2025-08-31.csv"):
        entry = register.entry(row["kreis_ags"])
        assert entry is not None
        assert (entry.name, entry.kind) == (row["name"], row["art"])
        assert entry.population == int(row["einwohner_2024_12_31"])


GONE_OR_MISSPELLED = {
    "Erfstadt",
    "Verbandsgemeinde Altenkirchen",
    "Verbandsgemeinde Brohtal",
    "Verbandsgemeinde Emmelshausen",
    "Verbandsgemeinde Meisenheim",
    "Verbandsgemeinde Obere Kyll",
    "Verbandsgemeinde Rheinböllen",
    "Verbandsgemeinde Sankt Goar - Oberwesel",
    "Verbandsgemeinde Simmern",
    "Verbandsgemeinde Traben-Trabach",
    "Verbandsgemeinde Uder",
}
"""Merged or dissolved before 2025, and one typing error: rightly not found."""


def test_every_place_of_a_real_catalogue_is_found_unless_it_is_gone(shared: Path) -> None:
    register = load_register()
    towns = {row["Kommune"] for row in _rows(shared, "musterdatenkatalog_cities.csv", ",")}
    assert {town for town in towns if not register.find(town)} == GONE_OR_MISSPELLED
    assert register.matches("Erfstadt")[0].municipality.name == "Erftstadt, Stadt"
