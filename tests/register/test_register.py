"""Numbers of the register: official totals, size classes, cost of loading."""

import gzip
import time

import pytest

from assessment.content import data_path
from assessment.register import (
    KGST_KREISE,
    KGST_MUNICIPALITIES,
    load_register,
    population_class_of,
    size_class_of,
)
from assessment.register.build import build_tables, former_keys, write_table
from assessment.register.entries import RegisterEntries


def test_official_totals() -> None:
    """Gemeindeverzeichnis 31.08.2025: 10,751 municipalities, 83,577,140 inhabitants."""
    register = load_register()
    assert len(register) == 10_952
    counts = register.municipality_counts()
    assert counts.total() == 10_751
    by_land = {land: sum(n for (l_, _), n in counts.items() if l_ == land) for land in ("07", "04")}
    assert by_land == {"07": 2300, "04": 2}
    laender = [register.entry(f"{number:02d}") for number in range(1, 17)]
    assert sum(land.population for land in laender if land) == 83_577_140
    assert sum(land.area_km2 for land in laender if land) == pytest.approx(357_683.88, abs=0.01)


def test_an_entry_carries_what_the_official_list_says() -> None:
    flensburg = load_register().find("Flensburg")[0]
    assert (flensburg.ags, flensburg.ars) == ("01001000", "010010000000")
    assert (flensburg.population, flensburg.area_km2) == (96_326, 56.73)
    assert (flensburg.kind, flensburg.kreis) == ("Kreisfreie Stadt", "Flensburg, Stadt")
    assert (flensburg.size_class, flensburg.regiostar7) == ("Mittelstadt", "75")
    burg = load_register().entry("01051016")
    assert burg is not None
    assert (burg.kreis, burg.verband) == ("Dithmarschen", "Burg-St. Michaelisdonn")
    assert burg.ars == "010515163016"


def test_kreis_sums_its_members() -> None:
    kreis = load_register().entry("01051")
    assert kreis is not None
    members = [e for e in load_register()._entries.numbers() if e[0].startswith("01051")]
    assert kreis.population == sum(population for _, _, population in members) > 100_000


def test_gemeindefreie_gebiete_are_not_incorporated() -> None:
    forest = load_register().find("Sachsenwald (Forstgutsbez.),gemfr.Geb.")[0]
    assert not forest.incorporated
    assert forest.size_class == ""


@pytest.mark.parametrize(
    ("population", "code"),
    [
        (0, "GK7"),
        (9_999, "GK7"),
        (10_000, "GK6"),
        (25_000, "GK5"),
        (50_000, "GK4"),
        (100_000, "GK3"),
        (200_000, "GK2"),
        (400_000, "GK1"),
        (3_700_000, "GK1"),
    ],
)
def test_kgst_size_classes(population: int, code: str) -> None:
    assert size_class_of(population).code == code


def test_kgst_classes_of_kreise_and_refusals() -> None:
    codes = [size_class_of(p, kreis=True).code for p in (149_999, 150_000, 250_000)]
    assert codes == ["KGK3", "KGK2", "KGK1"]
    for bad in (-1, float("nan")):
        with pytest.raises(ValueError, match="population"):
            size_class_of(bad)


def test_size_classes_leave_no_gap() -> None:
    for classes in (KGST_MUNICIPALITIES, KGST_KREISE):
        assert classes[-1].lower == 0
        assert [size.lower for size in classes[:-1]] == [size.upper for size in classes[1:]]


def test_population_classes() -> None:
    classes = [population_class_of(p) for p in (100_000, 99_999, 20_000, 19_999, 5_000, 4_999)]
    assert classes == [
        "Großstadt",
        "Mittelstadt",
        "Mittelstadt",
        "Kleinstadt",
        "Kleinstadt",
        "Landgemeinde",
    ]


def test_loading_is_fast_and_kept() -> None:
    started = time.process_time()
    RegisterEntries(data_path("register"))
    assert time.process_time() - started < 0.15
    assert load_register() is load_register()


def test_build_reads_the_official_layout(tmp_path) -> None:
    """One line per record type as Destatis publishes it, cut to the fields in use."""
    place = (
        "6020250831010510445163Heide, Stadt".ljust(122)
        + "63    "
        + "00000003197"
        + "00000021786"
        + "00000010642"
    )
    lines = [
        "\ufeff102025083101          Schleswig-Holstein".ljust(123),
        "402025083101051       Dithmarschen".ljust(122) + "43",
        "502025083101051   5163Burg-St. Michaelisdonn".ljust(122) + "51",
        "20 a record the register does not use",
        place,
    ]
    tables = build_tables("\n".join(lines), {"01051044": "75"})
    assert tables["laender"][1:] == [["01", "Schleswig-Holstein"]]
    assert tables["kreise"][1:] == [["01051", "Dithmarschen", "43"]]
    assert tables["verbaende"][1:] == [["010515163", "Burg-St. Michaelisdonn", "51"]]
    assert tables["gemeinden"][1:] == [
        ["010515163044", "Heide, Stadt", "63", "21786", "31.97", "75"]
    ]
    path = tmp_path / "gemeinden.csv.gz"
    write_table(path, tables["gemeinden"])
    assert gzip.decompress(path.read_bytes()).decode().startswith("ars;name;art;")


def test_former_keys_leave_out_bavarian_sums() -> None:
    rows = former_keys({"01051044"}, ["01051044", "09172444", "12073505"], [("03153007", "L")])
    assert rows[1:] == [["03153007", "L", "2021-01-01"], ["12073505", "", "2018"]]
