"""The range of keys that belong to the simulated sample and to no real municipality.

Real municipalities with the Kreis part ``000`` exist only as ``02000000``, ``11000000`` and the
odd ``LL000999``; no real Kreis has a number from 800 to 899 within its Land. Both gaps are
tested against the register, so that a new edition which closes them is noticed.
"""

SIMULATED_PER_LAND = 899
"""Municipality keys per Land: ``LL000001`` to ``LL000899``."""
SIMULATED_KREISE_PER_LAND = 100
"""Kreis keys per Land: ``LL800`` to ``LL899``."""
SIMULATED_VERBAENDE_PER_LAND = 1000
"""Verband keys (ARS, 9 digits) per Land: ten in each simulated Kreis, ``LL8KK5001`` …"""
_LAENDER = frozenset(f"{number:02d}" for number in range(1, 17))


def is_simulated_key(key: str) -> bool:
    """True for a key of the simulated range: 5, 8, 9 or 12 digits as text."""
    if not (key.isascii() and key.isdigit() and key[:2] in _LAENDER):
        return False
    if len(key) == 8:
        return key[2:5] == "000" and 1 <= int(key[5:]) <= SIMULATED_PER_LAND
    if len(key) == 12:
        return is_simulated_key(key[:5] + key[9:])
    return len(key) in (5, 9) and key[2] == "8"


def simulated_municipality_key(land: str, number: int) -> str:
    """The ``number``-th (from 1) AGS of a fictitious municipality in ``land`` (two digits)."""
    if not 1 <= number <= SIMULATED_PER_LAND:
        raise ValueError(
            f"simulated municipality number {number} is outside 1–{SIMULATED_PER_LAND}"
        )
    return f"{land}000{number:03d}"


def simulated_kreis_key(land: str, number: int) -> str:
    """The ``number``-th (from 1) five-digit key of a fictitious Kreis."""
    if not 1 <= number <= SIMULATED_KREISE_PER_LAND:
        raise ValueError(
            f"simulated Kreis number {number} is outside 1–{SIMULATED_KREISE_PER_LAND}"
        )
    return f"{land}8{number - 1:02d}"


def simulated_verband_key(land: str, number: int) -> str:
    """The ``number``-th (from 1) nine-digit key of a fictitious Verband."""
    if not 1 <= number <= SIMULATED_VERBAENDE_PER_LAND:
        limit = SIMULATED_VERBAENDE_PER_LAND
        raise ValueError(f"simulated Verband number {number} is outside 1–{limit}")
    kreis, within = (number - 1) % SIMULATED_KREISE_PER_LAND, (number - 1) // 100
    return f"{land}8{kreis:02d}{5001 + within}"


def simulated_ars(ags: str) -> str:
    """The 12-digit ARS that belongs to a simulated 8-digit AGS (Verband part ``0000``)."""
    return f"{ags[:5]}0000{ags[5:]}"
