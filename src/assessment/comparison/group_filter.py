"""A group an analyst chooses freely: by Land, size, kind, region, type, or an own list of keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.comparison.structure import (
    LAND_LABELS,
    REGIOSTAR_LABELS,
    SIZE_LABELS,
    Structure,
)
from assessment.german import format_number
from assessment.typology.model import Membership
from assessment.typology.reference import load_reference

MOST_KEYS = 2_000
"""Keys of an own list at most: addresses must stay short enough for browsers."""
_KEY_LENGTH = 40
_CODE_LENGTH = 80
_PARAMETERS: Mapping[str, str] = {
    "lands": "land",
    "sizes": "groesse",
    "kinds": "art",
    "regiostar": "region",
    "types": "typ",
    "keys": "liste",
}
"""Field → name in the address."""
_NOUNS: Mapping[str, str] = {"kinds": "Art", "regiostar": "Region", "types": "Typ"}


@dataclass(frozen=True, slots=True)
class GroupFilter:
    """What is chosen; an empty tuple means all. Different fields narrow each other."""

    lands: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    regiostar: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return any(getattr(self, name) for name in _PARAMETERS)

    def mask(self, structure: Structure, membership: Membership | None = None) -> np.ndarray:
        """bool (municipalities,): who belongs to the group.

        Who has no known value for a chosen field doesn't; types need ``membership``.
        """
        found = np.ones(len(structure), dtype=bool)
        for chosen, values in (
            (self.lands, structure.land),
            (self.sizes, structure.size),
            (self.kinds, structure.kind),
            (self.regiostar, structure.regiostar7),
            (self.keys, structure.keys),
        ):
            if chosen:
                wanted = frozenset(chosen)
                found &= np.array([value in wanted for value in values], dtype=bool)
        if self.types:
            if membership is None:
                return np.zeros(len(structure), dtype=bool)
            wanted = frozenset(self.types)
            found &= np.array([kind in wanted for kind in membership.first], dtype=bool)
        return found

    def described(
        self,
        structure: Structure | None = None,
        type_names: Mapping[str, str] | None = None,
    ) -> str:
        """„Bayern; 25.000 bis unter 50.000 Einwohner; Optimierer“; ``""`` if nothing is chosen.

        ``structure`` knows the labels of a survey's own kinds and Länder, ``type_names`` those of
        unnamed groups.
        """
        labels = {
            "lands": structure.land_label if structure else LAND_LABELS,
            "sizes": SIZE_LABELS,
            "kinds": structure.kind_label if structure else {},
            "regiostar": REGIOSTAR_LABELS,
            "types": type_names or {kind.id: kind.name for kind in load_reference().types},
        }
        parts = [
            " oder ".join(self._label(name, code, known) for code in getattr(self, name))
            for name, known in labels.items()
            if getattr(self, name)
        ]
        if self.keys:
            n = len(self.keys)
            noun = "Kommune" if n == 1 else "Kommunen"
            parts.append(f"eigene Liste mit {format_number(n)} {noun}")
        return "; ".join(parts)

    @staticmethod
    def _label(name: str, code: str, labels: Mapping[str, str]) -> str:
        if code in labels:
            return labels[code]
        return f"{_NOUNS.get(name, '')} {code}".strip()

    def to_query(self) -> dict[str, str]:
        """Parameters of an address, each a list joined by commas; empty fields are left out."""
        return {
            parameter: ",".join(getattr(self, name))
            for name, parameter in _PARAMETERS.items()
            if getattr(self, name)
        }

    @classmethod
    def from_query(
        cls,
        query: Mapping[str, str],
        structure: Structure | None = None,
        types: Sequence[str] | None = None,
    ) -> "GroupFilter":
        """What an address chose; unknown values are dropped.

        With ``structure`` only values some municipality has are known, and with ``types`` only
        those types; without them what cannot be a code is dropped.
        """
        known: dict[str, frozenset[str] | None] = dict.fromkeys(_PARAMETERS)
        known |= {
            "lands": frozenset(LAND_LABELS),
            "sizes": frozenset(SIZE_LABELS),
            "regiostar": frozenset(REGIOSTAR_LABELS),
        }
        if structure is not None:
            known |= {
                "lands": frozenset(structure.land),
                "sizes": frozenset(structure.size),
                "kinds": frozenset(structure.kind),
                "regiostar": frozenset(structure.regiostar7),
                "keys": frozenset(structure.keys),
            }
        if types is not None:
            known["types"] = frozenset(types)
        return cls(
            **{
                name: _codes(query.get(parameter, ""), known[name], name)
                for name, parameter in _PARAMETERS.items()
            }
        )


def read_keys(text: str, structure: Structure) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of a pasted list that are in the survey, and the entries that are not.

    Entries are separated by blanks, commas, semicolons or lines; each once, in their order.
    """
    for separator in ",;\n\t\r":
        text = text.replace(separator, " ")
    entries = list(dict.fromkeys(entry[:_KEY_LENGTH] for entry in text.split()))[:MOST_KEYS]
    inside = frozenset(structure.keys)
    found = tuple(entry for entry in entries if entry in inside)
    return found, tuple(entry for entry in entries if entry not in inside)


def _codes(text: str, known: frozenset[str] | None, name: str) -> tuple[str, ...]:
    entries = dict.fromkeys(part.strip() for part in str(text).split(","))
    most = MOST_KEYS if name == "keys" else len(entries)
    kept = [
        entry
        for entry in entries
        if 0 < len(entry) <= _CODE_LENGTH
        and (entry in known if known is not None else entry.isprintable() and " " not in entry)
    ]
    return tuple(kept[:most])
