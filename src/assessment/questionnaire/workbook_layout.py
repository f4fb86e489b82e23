"""The sheets and columns of our own codebook workbook, and how a field stands in a cell.

Reading and writing share this one description, so that neither can forget a field; a test compares
it with the fields of the model.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assessment.questionnaire.model import ItemKind, OptionKind, Role, ScoringRule


class SheetName(StrEnum):
    ABOUT = "Fragebogen"
    DIMENSIONS = "Dimensionen"
    GATES = "Stufenbedingungen"
    ITEMS = "Items"
    OPTIONS = "Antworten"
    RULES = "Regeln"


YES, NO = "ja", "nein"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: German header, name in the model, and the way between cell text and value."""

    header: str
    name: str
    to_text: Callable[[Any], str] = str
    from_text: Callable[[str], Any] = str
    """Raises ValueError with a German sentence for text that cannot be meant."""
    help: str = ""
    """Shown as a note at the header cell."""


def number_text(value: float) -> str:
    """A number with as many digits as it has; whole numbers without a point."""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))


def to_number(text: str) -> float:
    """A number with point or comma."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        raise ValueError(f"„{text}“ ist keine Zahl.") from None


def to_whole(text: str) -> int:
    """A whole number."""
    number = to_number(text)
    if not number.is_integer():
        raise ValueError(f"„{text}“ ist keine ganze Zahl.")
    return int(number)


def to_flag(text: str) -> bool:
    """``ja`` or ``nein``."""
    known = {YES: True, NO: False, "x": True, "1": True, "0": False, "true": True, "false": False}
    folded = text.strip().lower()
    if folded not in known:
        raise ValueError(f"„{text}“ ist weder „ja“ noch „nein“.")
    return known[folded]


def to_codes(text: str) -> tuple[str, ...]:
    """Codes separated by ``;``."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _flag_text(value: bool) -> str:
    return YES if value else NO


def _named(words: Mapping[Any, str]) -> tuple[Callable[[Any], str], Callable[[str], str]]:
    """Between the model's value and a German word; the value itself is understood as well."""
    values = {word.lower(): value for value, word in words.items()}

    def read(text: str) -> str:
        value = text.strip()
        found = values.get(value.lower(), value if value in words else None)
        if found is None:
            raise ValueError(f"„{text}“ ist unbekannt; möglich sind {', '.join(words.values())}.")
        return found

    return lambda value: words[str(value)], read


KIND_WORDS = {
    ItemKind.SINGLE: "Einfachauswahl",
    ItemKind.RATING: "Skala",
    ItemKind.LEVEL: "Stufen",
    ItemKind.MULTIPLE: "Mehrfachauswahl",
    ItemKind.RANKING: "Rangfolge",
    ItemKind.INTEGER: "ganze Zahl",
    ItemKind.DECIMAL: "Dezimalzahl",
    ItemKind.DATE: "Datum",
    ItemKind.TEXT: "Freitext",
    ItemKind.KEY: "Gemeindeschlüssel",
    ItemKind.NAME: "Name der Kommune",
    ItemKind.CONTACT: "Kontaktangabe",
}
SCORING_WORDS = {
    ScoringRule.POINTS: "Punkte der Antwort",
    ScoringRule.SHARE: "Anteil",
    ScoringRule.SUM: "Summe",
    ScoringRule.NONE: "keine",
}
OPTION_WORDS = {
    OptionKind.ANSWER: "Antwort",
    OptionKind.NONE_OF_THESE: "nichts davon",
    OptionKind.DONT_KNOW: "weiß nicht",
    OptionKind.NOT_APPLICABLE: "nicht zuständig",
}
ROLE_WORDS = {
    Role.KEY: "Schlüssel",
    Role.NAME: "Name",
    Role.LAND: "Land",
    Role.KIND: "Art der Gebietskörperschaft",
    Role.POPULATION: "Einwohnerzahl",
    Role.STRUCTURE: "Strukturmerkmal",
    Role.BUDGET: "Haushaltslage",
    Role.RESPONDENT: "Mitwirkende",
    Role.REFERENCE_DATE: "Stichtag",
    Role.GOAL: "Ziel",
    Role.PRIORITY_PICK: "Vorrangige Ziele",
    Role.CURRENT_LEVEL: "Ist-Stufe",
    Role.TARGET_LEVEL: "Soll-Stufe",
    Role.EVIDENCE: "Beleg",
    Role.COMMENT: "Kommentar",
}


def _roles_text(roles: Any) -> str:
    return ";".join(ROLE_WORDS[role] for role in roles)


def _to_roles(text: str) -> tuple[str, ...]:
    read = _named(ROLE_WORDS)[1]
    return tuple(read(part) for part in text.split(";") if part.strip())


_CODE = (str, str.strip)
"""Codes hold no blanks; one that slipped in behind them is no reason to refuse the file."""
_NUMBER = (number_text, to_number)
_WHOLE = (str, to_whole)
_FLAG = (_flag_text, to_flag)
_CODES = (";".join, to_codes)

ABOUT_FIELDS = (
    Field("Kennung", "id"),
    Field("Ausgabe", "version"),
    Field("Titel", "title"),
    Field("Sprache", "language"),
    Field("Quelle", "source"),
    Field("Lizenz", "licence"),
    Field("Vorschlag", "proposed", *_FLAG),
)
"""Rows of the first sheet, which has the columns Feld, Schlüssel and Wert."""
NOTE, BLOCK, LEVEL_NAME = "Hinweis", "Block", "Stufenname"

DIMENSION_FIELDS = (
    Field("ID", "id", *_CODE),
    Field("Name", "name"),
    Field("Block", "block"),
    Field("Übergeordnet", "parent", *_CODE),
    Field("Beschreibung", "description"),
    Field("Gewicht", "weight", *_NUMBER),
)
GATE_FIELDS = (
    Field("Stufe", "level", *_WHOLE),
    Field("Item", "item", *_CODE),
    Field("Punkte", "points", *_NUMBER, help="Mindestpunkte des Items von 0 bis 100."),
    Field("Begründung", "reason"),
)
ITEM_FIELDS = (
    Field("ID", "id", *_CODE),
    Field("Abschnitt", "section"),
    Field("Gruppe", "group"),
    Field("Frage", "text"),
    Field("Art", "kind", *_named(KIND_WORDS), help=", ".join(KIND_WORDS.values())),
    Field("Dimension", "dimension", *_CODE),
    Field("Antwortsatz", "option_set", help="Name aus dem Blatt „Antworten“, Spalte Antwortsatz."),
    Field("Wertung", "scoring", *_named(SCORING_WORDS), help=", ".join(SCORING_WORDS.values())),
    Field("Gewicht", "weight", *_NUMBER),
    Field("Höchstpunkte", "max_points", *_NUMBER),
    Field(
        "Umgekehrt",
        "polarity",
        lambda value: _flag_text(value == -1),
        lambda text: -1 if to_flag(text) else 1,
        help="ja: Zustimmung senkt den Wert. Die Punkte sind bereits umgekehrt einzutragen.",
    ),
    Field("Rollen", "roles", _roles_text, _to_roles, help=", ".join(ROLE_WORDS.values())),
    Field("Pflicht", "required", *_FLAG),
    Field("Kurzfassung", "short_form", *_FLAG),
    Field("Sensibel", "sensitive", *_FLAG),
    Field("Setzt voraus", "requires", *_CODES, help="IDs, getrennt durch Semikolon."),
    Field("Soll zu", "target_of", *_CODE),
    Field("Beleg zu", "evidence_of", *_CODE),
    Field("Zieltyp", "goal_type"),
    Field("Anzahl Nennungen", "picks", *_WHOLE),
    Field("Mindestwert", "minimum", *_NUMBER),
    Field("Höchstwert", "maximum", *_NUMBER),
    Field("Muster", "pattern"),
    Field("Höchstlänge", "max_length", *_WHOLE),
    Field("Hilfetext", "help"),
    Field("Neu seit", "since"),
    Field("Stufe", "level", *_WHOLE),
)
CONDITION = Field(
    "Bedingung", "condition", help="Eine Bedingung je Zeile der Zelle, etwa: D01 in 3|4"
)
OPTION_FIELDS = (
    Field("Code", "code", *_CODE),
    Field("Text", "label"),
    Field("Art", "kind", *_named(OPTION_WORDS), help=", ".join(OPTION_WORDS.values())),
    Field("Punkte", "points", *_NUMBER),
    Field("Nächster Schritt", "improvement"),
)
RULE_FIELDS = (Field("ID", "id", *_CODE), Field("Meldung", "message"))
ATTRIBUTE = "Merkmal: "
"""Prefix of columns that hold ``Item.attributes``."""
