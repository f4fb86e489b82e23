"""Size classes by population: those of the KGSt and the plain rule used for statistics."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A class of populations from ``lower`` (inclusive) to ``upper`` (exclusive)."""

    code: str
    label: str
    lower: int
    upper: float

    def holds(self, population: float) -> bool:
        return self.lower <= population < self.upper


KGST_MUNICIPALITIES = (
    SizeClass("GK1", "ab 400.000", 400_000, float("inf")),
    SizeClass("GK2", "200.000 bis unter 400.000", 200_000, 400_000),
    SizeClass("GK3", "100.000 bis unter 200.000", 100_000, 200_000),
    SizeClass("GK4", "50.000 bis unter 100.000", 50_000, 100_000),
    SizeClass("GK5", "25.000 bis unter 50.000", 25_000, 50_000),
    SizeClass("GK6", "10.000 bis unter 25.000", 10_000, 25_000),
    SizeClass("GK7", "unter 10.000", 0, 10_000),
)
"""Size classes of the KGSt for cities and municipalities, largest first.

The published table gives the limits as „über/bis“; a population exactly on a limit counts to the
larger class here.
"""

KGST_KREISE = (
    SizeClass("KGK1", "ab 250.000", 250_000, float("inf")),
    SizeClass("KGK2", "150.000 bis unter 250.000", 150_000, 250_000),
    SizeClass("KGK3", "unter 150.000", 0, 150_000),
)
"""Size classes of the KGSt for Landkreise, largest first (coded ``KGK`` to tell them apart)."""

_BY_POPULATION = (
    ("Großstadt", 100_000),
    ("Mittelstadt", 20_000),
    ("Kleinstadt", 5_000),
    ("Landgemeinde", 0),
)


def size_class_of(population: float, *, kreis: bool = False) -> SizeClass:
    """KGSt size class of a population (≥ 0, else ``ValueError``); ``kreis`` for Landkreise."""
    if not population >= 0:
        raise ValueError(f"population must be 0 or more, not {population}")
    classes = KGST_KREISE if kreis else KGST_MUNICIPALITIES
    return next(size for size in classes if size.holds(population))


def population_class_of(population: float) -> str:
    """Großstadt (from 100,000), Mittelstadt (20,000), Kleinstadt (5,000) or Landgemeinde.

    The population rule only; the BBSR's type also looks at central functions and the Verband.
    """
    return next(label for label, lower in _BY_POPULATION if population >= lower)
