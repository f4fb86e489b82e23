"""Who is in the simulated sample: fictitious keys and names, Land, kind, population, staff."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from assessment.register import (
    SIMULATED_PER_LAND,
    simulated_kreis_key,
    simulated_municipality_key,
    simulated_verband_key,
)
from assessment.simulation.assumptions import Assumptions, Mix
from assessment.simulation.places import fictitious_names
from assessment.simulation.randomness import Streams, capped_quota, quota, shuffled

_TOWN_KINDS = frozenset({"stadt", "gkstadt", "krfr"})


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """One value per municipality, all of shape (n,)."""

    keys: np.ndarray
    names: np.ndarray
    land: np.ndarray
    kind: np.ndarray
    population: np.ndarray
    staff: np.ndarray
    budget: np.ndarray
    size: np.ndarray
    """Logarithm of the population, standardised; the factor „size“."""


def build_structure(streams: Streams, assumptions: Assumptions) -> Structure:
    """Draw the structure of a sample; the same for both waves but for a slight change of people."""
    given = assumptions.structure
    first = streams.first_wave()
    n = streams.n
    mix = given.mixes["survey" if n <= given.survey_up_to else "all"]
    land_counts = capped_quota(list(given.land_percent.values()), n, SIMULATED_PER_LAND)
    land = shuffled(list(given.land_percent), land_counts, first.generator("land"))
    kind_counts = quota(list(mix.kind_percent.values()), n)
    kind = shuffled(list(mix.kind_percent), kind_counts, first.generator("kind"))
    # A Land without Verbände in the simulation gets a town instead.
    kind[
        [k == "verband" and la not in given.verband_word for k, la in zip(kind, land, strict=True)]
    ] = "stadt"
    population = _populations(kind, mix, first)
    if streams.wave > 1:
        drift = streams.generator("population").normal(0, assumptions.change.population_sd, n)
        population = np.maximum(np.round(population * np.exp(drift)), 1).astype(int)
    log_population = np.log(population)
    spread = log_population.std() or 1.0
    rate = np.array([given.staff_per_1000[k] for k in kind]) / 1000
    noise = np.exp(first.generator("staff").normal(0, given.staff_log_sd, n))
    staff = np.maximum(np.round(population * rate * noise * 2) / 2, 0.5)
    budget_counts = quota(list(given.budget_percent.values()), n)
    return Structure(
        keys=_keys(land, kind),
        names=_names(land, kind, assumptions, first),
        land=land,
        kind=kind,
        population=population,
        staff=staff,
        budget=shuffled(list(given.budget_percent), budget_counts, first.generator("budget")),
        size=(log_population - log_population.mean()) / spread,
    )


def _populations(kind: np.ndarray, mix: Mix, streams: Streams) -> np.ndarray:
    """Populations by kind: size classes by quota, log-uniform within the class."""
    population = np.zeros(len(kind), dtype=int)
    for name, bands in mix.population.items():
        members = np.flatnonzero(kind == name)
        generator = streams.generator(f"population {name}")
        counts = quota([share for _, _, share in bands], len(members))
        band = generator.permutation(np.repeat(np.arange(len(bands)), counts))
        low = np.array([lower for lower, _, _ in bands])[band]
        high = np.array([upper for _, upper, _ in bands])[band]
        drawn = low * (high / low) ** generator.random(len(members))
        population[members] = np.clip(np.round(drawn), low, high - 1)
    return population


def _keys(land: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Keys of the simulated range, numbered within each Land and level."""
    used: Counter[tuple[str, str]] = Counter()
    makers = {"kreis": simulated_kreis_key, "verband": simulated_verband_key}
    keys = []
    for code, name in zip(land, kind, strict=True):
        level = name if name in makers else "municipality"
        used[code, level] += 1
        maker = makers.get(name, simulated_municipality_key)
        keys.append(maker(code, used[code, level]))
    return np.array(keys, dtype=object)


def _names(
    land: np.ndarray, kind: np.ndarray, assumptions: Assumptions, streams: Streams
) -> np.ndarray:
    """Names as the Gemeindeverzeichnis writes them, with „, Stadt“ or „Landkreis“."""
    given = assumptions.structure
    places = fictitious_names(len(land), streams.generator("names"))
    names = []
    for place, code, name in zip(places, land, kind, strict=True):
        if name in _TOWN_KINDS:
            names.append(f"{place}, Stadt")
        elif name == "kreis":
            names.append(f"{given.kreis_word.get(code, 'Landkreis')} {place}")
        elif name == "verband":
            names.append(f"{given.verband_word[code]} {place}")
        else:
            names.append(place)
    return np.array(names, dtype=object)
