"""German names of peer groups: „Serviceorientierte in kreisangehörigen Städten von 25.000 …“.

Every group has a name (nominative) and a phrase (dative) that follows a number, as in „verglichen
mit 46 …“.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.comparison.structure import KIND_LABELS
from assessment.german import format_number
from assessment.register import KGST_KREISE, KGST_MUNICIPALITIES


@dataclass(frozen=True, slots=True)
class Cases:
    """A noun phrase in the plural."""

    nominative: str
    dative: str
    joint: str = "in"
    """How members of a type among them are named: „Optimierer in Städten …“."""


_KINDS: Mapping[str, Cases] = {
    "gem": Cases("kreisangehörige Gemeinden", "kreisangehörigen Gemeinden"),
    "stadt": Cases("kreisangehörige Städte", "kreisangehörigen Städten"),
    "gkstadt": Cases(
        "große kreisangehörige Städte oder Städte mit Sonderstatus",
        "großen kreisangehörigen Städten oder Städten mit Sonderstatus",
    ),
    "krfr": Cases("kreisfreie Städte", "kreisfreien Städten"),
    "kreis": Cases("Kreise", "Kreisen", "unter den"),
    "verband": Cases("Ämter und Gemeindeverbände", "Ämtern und Gemeindeverbänden", "unter den"),
    "sonst": Cases(
        "sonstige Gebietskörperschaften", "sonstigen Gebietskörperschaften", "unter den"
    ),
}
_SIZES = {size.code: size for size in (*KGST_MUNICIPALITIES, *KGST_KREISE)}
_KREIS_SIZES = frozenset(size.code for size in KGST_KREISE)


def kind_cases(code: str, label: str) -> Cases:
    """Plural of a kind; of a kind only a survey knows, its label in quotes."""
    known = _KINDS.get(code)
    if known is not None and KIND_LABELS[code] == label:
        return known
    return Cases(f"Kommunen der Art „{label}“", f"Kommunen der Art „{label}“")


def size_text(code: str) -> str:
    """„von 25.000 bis unter 50.000 Einwohnern“."""
    size = _SIZES[code]
    if size.lower == 0:
        return f"mit weniger als {format_number(int(size.upper))} Einwohnern"
    if size.upper == float("inf"):
        return f"mit mindestens {format_number(size.lower)} Einwohnern"
    upper = format_number(int(size.upper))
    return f"von {format_number(size.lower)} bis unter {upper} Einwohnern"


def place_cases(kind: Cases | None, size: str) -> Cases:
    """„kreisangehörige Städte von 25.000 bis unter 50.000 Einwohnern“; ``size`` may be ``""``."""
    if kind is None:
        kind = _KINDS["kreis"] if size in _KREIS_SIZES else Cases("Kommunen", "Kommunen")
    if not size:
        return kind
    text = size_text(size)
    return Cases(f"{kind.nominative} {text}", f"{kind.dative} {text}", kind.joint)


def typed_cases(name: str, dative: str, published: bool, kind: Cases | None, size: str) -> Cases:
    """Members of a type among a kind and size. ``name``, ``dative``: of the type itself."""
    place = place_cases(kind, size)
    if published:
        return Cases(
            f"{name} {place.joint} {place.dative}", f"{dative} {place.joint} {place.dative}"
        )
    noun = place_cases(kind, "") if kind or size not in _KREIS_SIZES else _KINDS["kreis"]
    text = f" {size_text(size)}" if size else ""
    return Cases(f"{noun.nominative} der {name}{text}", f"{noun.dative} der {name}{text}")
