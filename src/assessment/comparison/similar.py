"""Municipalities most like one's own, by attributes whose weights are chosen and shown.

The distance follows Gower (1971), „A general coefficient of similarity and some of its
properties“, Biometrics 27(4): each attribute gives a distance from 0 (alike) to 1, unknown ones
leave both sums, and the weighted mean of the rest is the distance. Numbers of people are compared
as logarithms: 5,000 and 10,000 are as far apart as 50,000 and 100,000. Answers play no part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assessment.comparison.structure import Structure
from assessment.german import format_number
from assessment.typology.model import Membership


class Attribute(StrEnum):
    """What likeness may be judged by; the order is that of pages and ties."""

    POPULATION = "population"
    KIND = "kind"
    LAND = "land"
    REGIOSTAR = "regiostar7"
    AREA = "area"
    DENSITY = "density"
    TYPE = "type"
    """For analysts only: the type says something about answers."""


LABELS: Mapping[Attribute, str] = {
    Attribute.POPULATION: "Einwohnerzahl",
    Attribute.KIND: "Art der Kommune",
    Attribute.LAND: "Bundesland",
    Attribute.REGIOSTAR: "Regionstyp (RegioStaR 7)",
    Attribute.AREA: "Fläche",
    Attribute.DENSITY: "Einwohner je Quadratkilometer",
    Attribute.TYPE: "Typ",
}
DEFAULT_WEIGHTS: Mapping[Attribute, float] = {
    Attribute.POPULATION: 3.0,
    Attribute.KIND: 2.0,
    Attribute.LAND: 1.0,
    Attribute.REGIOSTAR: 1.0,
    Attribute.AREA: 0.0,
    Attribute.DENSITY: 1.0,
}
"""A choice, not a finding: size first, because tasks and staff follow it."""
FULL_DISTANCE = np.log(10.0)
"""A tenfold difference of a number counts as entirely unlike."""
LEAST_KNOWN = 0.5
"""Share of the weight that must be known of both for a distance to be told."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one attribute adds to the distance."""

    attribute: Attribute
    label: str
    weight: float
    """As chosen."""
    own: str
    theirs: str
    """Values in words; ``""`` where unknown."""
    distance: float | None
    """0 (alike) to 1; ``None`` where either value is unknown: the attribute doesn't count."""
    part: float
    """What it adds to the neighbour's distance; the parts add up to it."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One municipality like the own one."""

    key: str
    distance: float
    """0 (alike in everything known) to 1."""
    known: float
    """Share of the weight known of both, 0–1."""
    contributions: tuple[Contribution, ...]

    @property
    def likeness(self) -> int:
        """100 for alike in everything known, 0 for unlike in everything."""
        return int(np.floor(100 * (1 - self.distance) + 0.5))


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One attribute of all municipalities."""

    attribute: Attribute
    weight: float
    values: np.ndarray
    """float64 (``NaN`` unknown) or texts (``""`` unknown)."""

    def distances(self, row: int) -> np.ndarray:
        """To the municipality in ``row``, (n,), ``NaN`` where either is unknown."""
        own = self.values[row]
        if self.values.dtype == object:
            known = (self.values != "") & (own != "")
            return np.where(known, (self.values != own).astype(float), np.nan)
        return np.minimum(np.abs(self.values - own) / FULL_DISTANCE, 1.0)


def similar_municipalities(
    structure: Structure,
    key: str,
    weights: Mapping[Attribute, float] | None = None,
    most: int = 10,
    membership: Membership | None = None,
) -> tuple[Neighbour, ...]:
    """The municipalities nearest to ``key`` by weighted attributes, the nearest first.

    ``weights``: attribute → weight, 0 or more; :data:`DEFAULT_WEIGHTS` if not given. The type
    counts only if ``membership`` is given. Municipalities of which less than half the weight is
    known are left out; equals keep the order of the survey. Raises ``KeyError`` for an unknown
    key and ``ValueError`` for a negative weight.
    """
    places = np.flatnonzero(structure.keys == key)
    if not len(places):
        raise KeyError(key)
    row = int(places[0])
    columns = _columns(structure, DEFAULT_WEIGHTS if weights is None else weights, membership)
    if not columns:
        return ()
    weight = np.array([column.weight for column in columns])
    distances = np.column_stack([column.distances(row) for column in columns])
    known = ~np.isnan(distances)
    total = known @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = (np.where(known, distances, 0.0) @ weight) / total
    share = total / weight.sum()
    distance[share < LEAST_KNOWN] = np.nan
    distance[row] = np.nan
    order = np.argsort(distance, kind="stable")[: max(0, most)]
    return tuple(
        Neighbour(
            str(structure.keys[place]),
            float(distance[place]),
            float(share[place]),
            _contributions(
                structure, columns, distances[place], row, int(place), float(total[place])
            ),
        )
        for place in order
        if not np.isnan(distance[place])
    )


def _columns(
    structure: Structure,
    weights: Mapping[Attribute, float],
    membership: Membership | None,
) -> list[_Column]:
    """Attributes with a weight that anybody has a value of."""
    with np.errstate(invalid="ignore", divide="ignore"):
        numbers = {
            Attribute.POPULATION: np.log(np.maximum(structure.population, 1.0)),
            Attribute.AREA: np.log(structure.area_km2),
            Attribute.DENSITY: np.log(np.maximum(structure.population, 1.0) / structure.area_km2),
        }
    values: dict[Attribute, np.ndarray] = {
        attribute: np.where(np.isfinite(column), column, np.nan)
        for attribute, column in numbers.items()
    }
    values |= {
        Attribute.KIND: structure.kind,
        Attribute.LAND: structure.land,
        Attribute.REGIOSTAR: structure.regiostar7,
    }
    if membership is not None:
        values[Attribute.TYPE] = np.array(
            [kind if isinstance(kind, str) else "" for kind in membership.first], dtype=object
        )
    found = []
    for attribute in Attribute:
        weight = float(weights.get(attribute, 0.0))
        if not weight >= 0 or weight == float("inf"):
            raise ValueError(f"the weight of {attribute} must be 0 or more, not {weight}")
        column = values.get(attribute)
        if weight and column is not None and _any_known(column):
            found.append(_Column(attribute, weight, column))
    return found


def _any_known(column: np.ndarray) -> bool:
    known = column != "" if column.dtype == object else ~np.isnan(column)
    return bool(np.any(known))


def _contributions(
    structure: Structure,
    columns: list[_Column],
    distances: np.ndarray,
    row: int,
    other: int,
    total: float,
) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(
            column.attribute,
            LABELS[column.attribute],
            column.weight,
            _in_words(structure, column, row),
            _in_words(structure, column, other),
            None if np.isnan(distance) else float(distance),
            0.0 if np.isnan(distance) else float(distance) * column.weight / total,
        )
        for column, distance in zip(columns, distances, strict=True)
    )


def _in_words(structure: Structure, column: _Column, row: int) -> str:
    value = column.values[row]
    if column.values.dtype == object:
        labels = {
            Attribute.KIND: structure.kind_label,
            Attribute.LAND: structure.land_label,
            Attribute.REGIOSTAR: structure.regiostar_label,
        }.get(column.attribute, {})
        return labels.get(value, value)
    if np.isnan(value):
        return ""
    number = float(np.exp(value))
    if column.attribute is Attribute.AREA:
        return f"{format_number(number, 1)} km²"
    return format_number(round(number))
