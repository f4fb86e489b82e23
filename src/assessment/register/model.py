"""What the register knows about a municipality, and what it says about a key or a name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """Tier of a territorial authority."""

    MUNICIPALITY = "municipality"
    KREIS = "kreis"
    VERBAND = "verband"
    """Amt, Samtgemeinde, Verbandsgemeinde, Verwaltungsgemeinschaft …"""
    LAND = "land"


class KeyStatus(StrEnum):
    """What the register says about a key."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    """Well formed, but in no list we have."""
    FORMER = "former"
    """Valid in an older list, no longer in the current one."""
    SIMULATED = "simulated"
    """From the range of the simulated sample; never a real municipality."""
    MALFORMED = "malformed"


KIND_LABELS = {
    "41": "Kreisfreie Stadt",
    "42": "Stadtkreis",
    "43": "Kreis",
    "44": "Landkreis",
    "45": "Regionalverband",
    "50": "Verbandsfreie Gemeinde",
    "51": "Amt",
    "52": "Samtgemeinde",
    "53": "Verbandsgemeinde",
    "54": "Verwaltungsgemeinschaft",
    "55": "Kirchspielslandgemeinde",
    "56": "Verwaltungsverband",
    "58": "Erfüllende Gemeinde",
    "60": "Markt",
    "61": "Kreisfreie Stadt",
    "62": "Stadtkreis",
    "63": "Stadt",
    "64": "Kreisangehörige Gemeinde",
    "65": "Gemeindefreies Gebiet, bewohnt",
    "66": "Gemeindefreies Gebiet, unbewohnt",
    "67": "Große Kreisstadt",
}
"""„Textkennzeichen“ of the Gemeindeverzeichnis (GV100AD) → label."""

UNINCORPORATED_KINDS = frozenset({"65", "66"})
"""Gemeindefreie Gebiete: in the register, but no municipality that could answer a survey."""


class RegisterFacts(NamedTuple):
    """The few facts by which municipalities are grouped, for many keys at once."""

    kind: str
    """„Textkennzeichen“, see :data:`KIND_LABELS`."""
    population: int
    area_km2: float
    regiostar7: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One entry of the register; Kreise, Verbände and Länder have the same shape.

    ``population`` is that of 31.12.2024, ``area_km2`` that of 31.12.2023 in square kilometres.
    """

    ags: str
    """The key: 8 digits (municipality), 5 (Kreis), 9 (Verband, ARS) or 2 (Land)."""
    ars: str
    """Regionalschlüssel: 12 digits for municipalities, else the same as ``ags``."""
    name: str
    """Official name with its suffix, such as ``Flensburg, Stadt``."""
    kind: str
    """German label such as ``Große Kreisstadt``, see :data:`KIND_LABELS`."""
    kreis: str
    """Name of the Kreis or of the kreisfreie Stadt ("" for Länder)."""
    verband: str
    """Name of the Verband the municipality belongs to ("" if none)."""
    land: str
    """Two digits, ``01``–``16``."""
    land_name: str
    population: int
    area_km2: float
    size_class: str
    """By population alone: Großstadt, Mittelstadt, Kleinstadt, Landgemeinde ("" for the rest)."""
    regiostar7: str
    """RegioStaR7 code 71–77 of 2018/2020 ("" where the municipality is newer)."""
    level: Level = Level.MUNICIPALITY
    incorporated: bool = True
    """False for gemeindefreie Gebiete."""

    @property
    def key(self) -> str:
        """The key a survey uses for this authority (the AGS; the ARS for Verbände)."""
        return self.ags


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """The verdict on one key."""

    status: KeyStatus
    key: str
    """The key as it should be written; the input without outer blanks where it is malformed."""
    municipality: Municipality | None
    corrected: bool
    """True if ``key`` differs from the input (lost zero, blanks, ``.0``, ARS → AGS)."""
    message: str
    """One German sentence; "" where there is nothing to say (known and unchanged)."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A register entry found by name."""

    municipality: Municipality
    score: float
    """0–1; 1.0 is equality under the tolerant rules, below that mere similarity."""
    how: str
    """German: how the name was found."""
