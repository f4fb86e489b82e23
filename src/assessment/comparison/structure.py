"""What a municipality is, apart from its answers: kind, size class, Land, region.

Taken from the survey's own structural questions, else from the register by the key. A survey from
elsewhere may have none of it: everything unknown is ``""`` (or ``NaN``) and nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.questionnaire.model import Item, ItemKind, Role
from assessment.register import (
    KGST_KREISE,
    KGST_MUNICIPALITIES,
    Register,
    RegisterFacts,
    SizeClass,
    is_simulated_key,
    load_register,
)
from assessment.survey import Survey

KREIS_DIGITS, MUNICIPALITY_DIGITS, VERBAND_DIGITS = 5, 8, 9

KIND_LABELS: Mapping[str, str] = {
    "gem": "kreisangehörige Gemeinde",
    "stadt": "kreisangehörige Stadt",
    "gkstadt": "große kreisangehörige Stadt oder Stadt mit Sonderstatus",
    "krfr": "kreisfreie Stadt oder Stadtkreis",
    "kreis": "Kreis oder Landkreis",
    "verband": "Amt, Samtgemeinde, Verbandsgemeinde oder Verwaltungsgemeinschaft",
    "sonst": "andere Gebietskörperschaft",
}
"""Kinds as the register tells them; a survey's own question may know others."""

_KIND_OF_REGISTER = {
    "60": "gem",
    "61": "krfr",
    "62": "krfr",
    "63": "stadt",
    "64": "gem",
    "65": "sonst",
    "66": "sonst",
    "67": "gkstadt",
}
"""„Textkennzeichen“ of municipalities → kind."""

LAND_LABELS: Mapping[str, str] = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}
SIZE_LABELS: Mapping[str, str] = {
    **{size.code: f"{size.label} Einwohner" for size in KGST_MUNICIPALITIES},
    **{size.code: f"Kreise, {size.label} Einwohner" for size in KGST_KREISE},
}
"""KGSt size class → label; Kreise have classes of their own."""
REGIOSTAR_LABELS: Mapping[str, str] = {
    "71": "Stadtregion: Metropole",
    "72": "Stadtregion: Regiopole und Großstadt",
    "73": "Stadtregion: Mittelstadt, städtischer Raum",
    "74": "Stadtregion: kleinstädtischer, dörflicher Raum",
    "75": "Ländliche Region: zentrale Stadt",
    "76": "Ländliche Region: Mittelstadt, städtischer Raum",
    "77": "Ländliche Region: kleinstädtischer, dörflicher Raum",
}
"""RegioStaR7 of the Bundesministerium für Verkehr."""


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """One value per municipality in the order of the survey, all of shape (n,).

    Texts (object arrays) are ``""`` where unknown, numbers (float64) ``NaN``.
    """

    keys: np.ndarray
    kind: np.ndarray
    """Code of the survey's own question, else one of :data:`KIND_LABELS`."""
    kind_label: Mapping[str, str]
    """Code → label, in the order of the question."""
    size: np.ndarray
    """KGSt size class: ``GK1`` … ``GK7``, Kreise ``KGK1`` … ``KGK3``."""
    size_label: Mapping[str, str]
    land: np.ndarray
    """Two digits (or the code of a survey's own question)."""
    land_label: Mapping[str, str]
    regiostar7: np.ndarray
    """``71`` … ``77``; only of municipalities in the register."""
    regiostar_label: Mapping[str, str]
    population: np.ndarray
    area_km2: np.ndarray
    """From the register alone."""
    kreis: np.ndarray
    """Five digits of a real Kreis."""

    def __len__(self) -> int:
        return len(self.keys)


def structure_of(survey: Survey, register: Register | None = None) -> Structure:
    """Gather the structure of a survey; the register is read only if a key could be in it."""
    keys = np.array([str(key) for key in survey.keys], dtype=object)
    simulated = np.array([is_simulated_key(key) for key in keys], dtype=bool)
    facts = _facts(keys, simulated, register)
    kind, kind_label = _kinds(survey, keys, simulated, facts)
    land, land_label = _laender(survey, keys, simulated, facts)
    population = _population(survey, facts)
    in_register = np.array([fact is not None for fact in facts], dtype=bool)
    kreise = (in_register | simulated) & np.array([len(key) == KREIS_DIGITS for key in keys], bool)
    return Structure(
        keys=keys,
        kind=kind,
        kind_label=kind_label,
        size=_sizes(population, kreise | (kind == "kreis")),
        size_label=SIZE_LABELS,
        land=land,
        land_label=land_label,
        regiostar7=_texts([fact.regiostar7 if fact else "" for fact in facts]),
        regiostar_label=REGIOSTAR_LABELS,
        population=population,
        area_km2=np.array([fact.area_km2 if fact else np.nan for fact in facts], dtype=float),
        # Simulated keys borrow the digits of a Land, never those of a Kreis.
        kreis=_texts(
            [k[:KREIS_DIGITS] if real else "" for k, real in zip(keys, in_register, strict=True)]
        ),
    )


def _texts(values: list[str]) -> np.ndarray:
    return np.array(values, dtype=object)


def _facts(
    keys: np.ndarray, simulated: np.ndarray, register: Register | None
) -> list[RegisterFacts | None]:
    lengths = (KREIS_DIGITS, MUNICIPALITY_DIGITS, VERBAND_DIGITS)
    asked = [
        len(key) in lengths and not fictitious
        for key, fictitious in zip(keys, simulated, strict=True)
    ]
    if not any(asked):
        return [None] * len(keys)
    register = register or load_register()
    return [register.facts(key) if ask else None for key, ask in zip(keys, asked, strict=True)]


def _kinds(
    survey: Survey, keys: np.ndarray, simulated: np.ndarray, facts: list[RegisterFacts | None]
) -> tuple[np.ndarray, Mapping[str, str]]:
    derived = _texts(
        [
            _kind_by_key(key, fact) if fact or fictitious else ""
            for key, fictitious, fact in zip(keys, simulated, facts, strict=True)
        ]
    )
    item = survey.questionnaire.first(Role.KIND)
    given = _answers(survey, item)
    if item is None or given is None:
        return derived, KIND_LABELS
    labels = {option.code: option.label for option in item.answer_options}
    # What the key tells fills in only where the question has the same codes.
    fitting = np.array([code in labels for code in derived], dtype=bool)
    return np.where((given == "") & fitting, derived, given), labels


def _kind_by_key(key: str, fact: RegisterFacts | None) -> str:
    if len(key) == KREIS_DIGITS:
        return "kreis"
    if len(key) == VERBAND_DIGITS:
        return "verband"
    return _KIND_OF_REGISTER.get(fact.kind, "sonst") if fact else ""


def _laender(
    survey: Survey, keys: np.ndarray, simulated: np.ndarray, facts: list[RegisterFacts | None]
) -> tuple[np.ndarray, Mapping[str, str]]:
    # Only keys known as German ones: elsewhere the first digits mean something else.
    derived = _texts(
        [
            key[:2] if fictitious or fact else ""
            for key, fictitious, fact in zip(keys, simulated, facts, strict=True)
        ]
    )
    item = survey.questionnaire.first(Role.LAND)
    given = _answers(survey, item)
    if item is None or given is None:
        return derived, LAND_LABELS
    labels = {option.code: option.label for option in item.answer_options}
    fitting = np.array([code in labels for code in derived], dtype=bool)
    return np.where((given == "") & fitting, derived, given), labels


def _answers(survey: Survey, item: Item | None) -> np.ndarray | None:
    """Codes of the answers, ``""`` without one; ``None`` where there is no such coded question."""
    if item is None or item.id not in survey.answers.columns or not item.kind.coded:
        return None
    answers = survey.answers[item.id].to_numpy(dtype=object)
    codes = {option.code for option in item.answer_options}
    return _texts([answer if answer in codes else "" for answer in answers])


def _population(survey: Survey, facts: list[RegisterFacts | None]) -> np.ndarray:
    derived = np.array([fact.population if fact else np.nan for fact in facts], dtype=float)
    item = survey.questionnaire.first(Role.POPULATION)
    numeric = item is not None and item.kind in (ItemKind.INTEGER, ItemKind.DECIMAL)
    if item is None or not numeric or item.id not in survey.answers.columns:
        return derived
    given = survey.answers[item.id].to_numpy(dtype=float)
    known = np.isfinite(given) & (given >= 0)
    return np.where(known, given, derived)


def _sizes(population: np.ndarray, kreis: np.ndarray) -> np.ndarray:
    known = np.isfinite(population)
    found = np.full(len(population), "", dtype=object)
    for classes, members in ((KGST_MUNICIPALITIES, known & ~kreis), (KGST_KREISE, known & kreis)):
        found[members] = _classified(population[members], classes)
    return found


def _classified(population: np.ndarray, classes: tuple[SizeClass, ...]) -> np.ndarray:
    rising = classes[::-1]
    codes = _texts([size.code for size in rising])
    bounds = np.array([size.lower for size in rising], dtype=float)
    return codes[np.searchsorted(bounds, population, side="right") - 1]
