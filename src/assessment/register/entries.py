"""The register's files, read once and turned into entries only when one is asked for."""

import gzip
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from assessment.register.model import (
    KIND_LABELS,
    UNINCORPORATED_KINDS,
    Level,
    Municipality,
    RegisterFacts,
)
from assessment.register.size_classes import population_class_of

_CITY_STATE_KREISE = frozenset({"41", "42"})
"""Kinds of Kreise that are a single city: the same authority as their municipality."""


def _lines(path: Path) -> list[str]:
    """Data lines of a register file, header left out."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return data.decode().split("\n")[1:-1]


class RegisterEntries:
    """Raw lines by key; :class:`Municipality` objects are made on demand and kept.

    Building 10,952 objects up front would cost more than the whole look-up of a survey.
    """

    def __init__(self, folder: Path) -> None:
        """Read the files in ``folder``; ``FileNotFoundError`` if the register is incomplete."""
        self._municipality_lines = _lines(folder / "gemeinden.csv.gz")
        self.municipality_row = {
            line[:5] + line[9:12]: row for row, line in enumerate(self._municipality_lines)
        }
        self._folder = folder
        self.land_names = dict(self._pairs("laender.csv"))
        self.kreis_lines = {line[:5]: line for line in _lines(folder / "kreise.csv")}
        self._made: dict[str, Municipality] = {}

    def _pairs(self, name: str) -> Iterator[tuple[str, str]]:
        for line in _lines(self._folder / name):
            key, _, rest = line.partition(";")
            yield key, rest

    @cached_property
    def verband_lines(self) -> dict[str, str]:
        """Nine-digit key → line; only Verbände proper, no verbandsfreie Gemeinden."""
        lines = _lines(self._folder / "verbaende.csv.gz")
        return {line[:9]: line for line in lines if not line.endswith(";50")}

    @cached_property
    def former(self) -> dict[str, tuple[str, str]]:
        """Former AGS → (last known name or "", state of the list that had it)."""
        parts = ((key, rest.rpartition(";")) for key, rest in self._pairs("ehemalige.csv"))
        return {key: (name, state) for key, (name, _, state) in parts}

    @cached_property
    def sole_member(self) -> dict[str, str]:
        """Nine-digit key → AGS where the Verband part stands for one municipality only."""
        members: dict[str, str | None] = {}
        for line in self._municipality_lines:
            members[line[:9]] = None if line[:9] in members else line[:5] + line[9:12]
        return {key: ags for key, ags in members.items() if ags}

    def municipality_names(self) -> Iterator[tuple[str, str]]:
        """AGS and official name of every municipality, gemeindefreie Gebiete included."""
        for line in self._municipality_lines:
            yield line[:5] + line[9:12], line[13 : line.index(";", 13)]

    def kreis_names(self) -> Iterator[tuple[str, str]]:
        """Key and name of every Kreis that is not a single city."""
        for key, line in self.kreis_lines.items():
            _, name, kind = line.split(";")
            if kind not in _CITY_STATE_KREISE:
                yield key, name

    def verband_names(self) -> Iterator[tuple[str, str]]:
        """Nine-digit key and name of every Verband."""
        for key, line in self.verband_lines.items():
            yield key, line.split(";")[1]

    def is_city_kreis(self, kreis: str) -> bool:
        """True if the five-digit key is that of a kreisfreie Stadt or a Stadtkreis."""
        return self.kreis_lines[kreis].rpartition(";")[2] in _CITY_STATE_KREISE

    def numbers(self) -> Iterator[tuple[str, str, int]]:
        """AGS, kind code and population of every municipality, without making objects."""
        for line in self._municipality_lines:
            fields = line.split(";")
            yield line[:5] + line[9:12], fields[2], int(fields[3])

    def facts(self, key: str) -> RegisterFacts | None:
        """Kind, population, area and RegioStaR7 of a key of 5, 8 or 9 digits, quickly."""
        row = self.municipality_row.get(key)
        if row is not None:
            _, _, kind, population, area, regiostar = self._municipality_lines[row].split(";")
            return RegisterFacts(kind, int(population), float(area), regiostar)
        lines = self.kreis_lines if len(key) == 5 else self.verband_lines if len(key) == 9 else {}
        if key not in lines:
            return None
        population, area = self._sums.get(key, (0, 0.0))
        return RegisterFacts(lines[key].rpartition(";")[2], population, round(area, 2), "")

    @cached_property
    def _sums(self) -> dict[str, tuple[int, float]]:
        """Population and area of every Kreis and Verband."""
        sums: dict[str, tuple[int, float]] = {}
        for line in self._municipality_lines:
            fields = line.split(";")
            for key in (line[:5], line[:9]):
                population, area = sums.get(key, (0, 0.0))
                sums[key] = (population + int(fields[3]), area + float(fields[4]))
        return sums

    def populations(self, digits: int) -> Counter[str]:
        """Population by the first ``digits`` of the twelve-digit key."""
        found = Counter[str]()
        for line in self._municipality_lines:
            found[line[:digits]] += int(line.split(";")[3])
        return found

    def entry(self, key: str) -> Municipality | None:
        """The entry with exactly this key (2, 5, 8 or 9 digits), or ``None``."""
        made = self._made.get(key)
        if made is None:
            made = self._make(key)
            if made is not None:
                self._made[key] = made
        return made

    def _make(self, key: str) -> Municipality | None:
        if key in self.municipality_row:
            return self._municipality(key)
        if key in self.kreis_lines:
            _, name, kind = self.kreis_lines[key].split(";")
            return self._sum(key, name, KIND_LABELS[kind], name, Level.KREIS)
        if len(key) == 9 and key in self.verband_lines:
            _, name, kind = self.verband_lines[key].split(";")
            kreis = self._kreis_name(key)
            return self._sum(key, name, KIND_LABELS[kind], kreis, Level.VERBAND)
        if key in self.land_names:
            return self._sum(key, self.land_names[key], "Land", "", Level.LAND)
        return None

    def _kreis_name(self, key: str) -> str:
        line = self.kreis_lines.get(key[:5])
        return line.split(";")[1] if line else ""

    def _municipality(self, ags: str) -> Municipality:
        fields = self._municipality_lines[self.municipality_row[ags]].split(";")
        ars, name, kind, population, area, regiostar = fields
        incorporated = kind not in UNINCORPORATED_KINDS
        verband = self.verband_lines.get(ars[:9])
        return Municipality(
            ags=ags,
            ars=ars,
            name=name,
            kind=KIND_LABELS[kind],
            kreis=self._kreis_name(ags),
            verband=verband.split(";")[1] if verband else "",
            land=ags[:2],
            land_name=self.land_names[ags[:2]],
            population=int(population),
            area_km2=float(area),
            size_class=population_class_of(int(population)) if incorporated else "",
            regiostar7=regiostar,
            incorporated=incorporated,
        )

    def _sum(self, key: str, name: str, kind: str, kreis: str, level: Level) -> Municipality:
        """An entry above the municipalities, with the sums of its members."""
        population, area = 0, 0.0
        for line in self._municipality_lines:
            if line.startswith(key):
                fields = line.split(";")
                population += int(fields[3])
                area += float(fields[4])
        return Municipality(
            ags=key,
            ars=key,
            name=name,
            kind=kind,
            kreis=kreis,
            verband="",
            land=key[:2],
            land_name=self.land_names[key[:2]],
            population=population,
            area_km2=round(area, 2),
            size_class="",
            regiostar7="",
            level=level,
        )


@lru_cache(maxsize=2)
def load_entries(folder: Path) -> RegisterEntries:
    """The entries of a register folder, read once per process."""
    return RegisterEntries(folder)
