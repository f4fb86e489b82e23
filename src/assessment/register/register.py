"""The register as the rest of the program sees it: one key checked, one name found, counts."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

from assessment.content import data_path
from assessment.register.entries import RegisterEntries, load_entries
from assessment.register.keys import KEY_LENGTHS, bare_digits, lost_to_exponent, readings
from assessment.register.model import (
    UNINCORPORATED_KINDS,
    KeyCheck,
    KeyStatus,
    Level,
    Municipality,
    NameMatch,
    RegisterFacts,
)
from assessment.register.name_index import NameIndex
from assessment.register.simulated_keys import is_simulated_key
from assessment.register.size_classes import size_class_of

EDITION = "31.08.2025"
"""State of the Gemeindeverzeichnis the files were built from."""
_MOST_SHOWN = 40
"""Characters of a malformed key that a message repeats."""
SOURCE = "Gemeindeverzeichnis GV100AD, © Statistisches Bundesamt (Destatis), 2025"


class Register:
    """Municipalities, Kreise, Verbände and Länder of one edition of the Gemeindeverzeichnis."""

    def __init__(self, entries: RegisterEntries) -> None:
        self._entries = entries
        self._names = NameIndex(entries)

    def __len__(self) -> int:
        """Number of municipality records, gemeindefreie Gebiete included."""
        return len(self._entries.municipality_row)

    def entry(self, key: str) -> Municipality | None:
        """The entry with exactly this key (AGS; 5 digits Kreis, 9 Verband, 2 Land)."""
        return self._entries.entry(key)

    def facts(self, key: str) -> RegisterFacts | None:
        """Kind, population, area and RegioStaR7 of exactly this key (5, 8 or 9 digits), quickly."""
        return self._entries.facts(key)

    def check_key(self, text: str) -> KeyCheck:
        """Judge a key as written in a file.

        Blanks, hyphens, ``.0`` and a lost leading zero are put right, a 12-digit ARS becomes the
        AGS, a Kreis padded with zeros its five digits. The message is one German sentence.
        """
        given = text.strip()
        digits = bare_digits(text)
        if digits is None or not any(digits):
            return _malformed(given, digits)
        best: KeyCheck | None = None
        for reading in readings(digits):
            check = self._check_digits(reading.digits, given, reading.zero_restored)
            if check.status in (KeyStatus.KNOWN, KeyStatus.SIMULATED):
                return check
            if best is None or (
                check.status is KeyStatus.FORMER and best.status is not KeyStatus.FORMER
            ):
                best = check
        return best or _malformed(given, digits)

    def _check_digits(self, digits: str, given: str, zero_restored: bool) -> KeyCheck:
        key, change = self._normal_key(digits)
        notes = ["die führende Null wurde ergänzt"] if zero_restored else []
        if change:
            notes.append(change)
        corrected = key != given
        if is_simulated_key(key):
            message = "Der Schlüssel gehört zum Bereich der simulierten Beispieldaten."
            return KeyCheck(KeyStatus.SIMULATED, key, None, corrected, message)
        entry = self._entries.entry(key)
        if entry is not None:
            message = ""
            if corrected:
                detail = " und ".join(notes) or "Trennzeichen wurden entfernt"
                message = f"Schlüssel „{given}“ als {key} ({entry.name}) gelesen: {detail}."
            return KeyCheck(KeyStatus.KNOWN, key, entry, corrected, message)
        if key in self._entries.former:
            return KeyCheck(KeyStatus.FORMER, key, None, corrected, self._former_message(key))
        land = self._entries.land_names.get(key[:2])
        where = f" in {land}" if land else ""
        message = (
            f"Der Schlüssel {key} steht{where} nicht im Gemeindeverzeichnis vom {EDITION}; "
            "bitte Schlüssel prüfen."
            if land
            else f"Der Schlüssel {key} beginnt mit {key[:2]}, das ist kein Bundesland (01 bis 16)."
        )
        return KeyCheck(KeyStatus.UNKNOWN, key, None, corrected, message)

    def _normal_key(self, digits: str) -> tuple[str, str]:
        """The key under which an authority is kept, and what was changed (German, may be "")."""
        entries = self._entries
        if len(digits) == 12:
            ags = digits[:5] + digits[9:]
            if ags in entries.municipality_row or digits[9:] != "000" or is_simulated_key(digits):
                return ags, "Regionalschlüssel in Gemeindeschlüssel umgewandelt"
            if digits[5:9] != "0000":
                return self._normal_key(digits[:9])
            return digits[:5], "angehängte Nullen entfernt"
        if len(digits) == 9 and digits not in entries.verband_lines:
            if digits in entries.sole_member:
                return entries.sole_member[digits], "der Schlüssel steht für eine einzelne Gemeinde"
        elif len(digits) == 8 and digits.endswith("000"):
            kreis_alone = (
                digits not in entries.municipality_row and digits[:5] in entries.kreis_lines
            )
            if kreis_alone or (digits[2] == "8" and is_simulated_key(digits[:5])):
                return digits[:5], "angehängte Nullen entfernt"
        elif len(digits) == 5 and digits in entries.kreis_lines and entries.is_city_kreis(digits):
            city = f"{digits}000"
            if city in entries.municipality_row:
                return city, "kreisfreie Städte werden mit acht Ziffern geführt"
        return digits, ""

    def _former_message(self, key: str) -> str:
        name, state = self._entries.former[key]
        listed = "01.01.2021" if state == "2021-01-01" else "2018/2020"
        named = f" ({name})" if name else ""
        message = (
            f"Der Schlüssel {key}{named} galt nach dem Gebietsstand {listed}, "
            f"steht aber nicht mehr im Gemeindeverzeichnis vom {EDITION}"
        )
        today = [m for m in self.find(name, key[:2]) if m.land == key[:2]] if name else []
        if len(today) == 1:
            return f"{message}; gleichen Namens ist dort heute {today[0].ags} ({today[0].name})."
        return f"{message}; bitte die heute gültige Kommune eintragen."

    def find(self, name: str, land: str | None = None) -> tuple[Municipality, ...]:
        """Entries of that name, best first; several if the name is ambiguous, none if unknown.

        Tolerates missing suffixes, „Stadt …“ in front, umlaut spelling, missing brackets and
        either half of a Sorbian double name. A municipality is preferred to a Kreis, a Kreis to a
        Verband; „Landkreis …“ or „Amt …“ in front ask for these. ``land`` (two digits,
        abbreviation or name) narrows several results to that Land. Never merely similar names.
        """
        return self._names.exact(name, land)

    def matches(self, name: str, land: str | None = None) -> tuple[NameMatch, ...]:
        """Like :meth:`find`, but falls back to similar names with a score below 1."""
        exact = self._names.exact(name, land)
        if exact:
            return tuple(NameMatch(entry, 1.0, "gleicher Name") for entry in exact)
        return self._names.similar(name, land)

    def has_name(self, name: str) -> bool:
        """True if any authority bears this name (folded, with or without its suffix)."""
        return self._names.holds(name)

    def land_code(self, land: str) -> str | None:
        """Two digits of a Land given by number, abbreviation or name; ``None`` if unknown."""
        return self._names.land_code(land)

    def land_name(self, code: str) -> str:
        """Name of a Land by its two digits; ``KeyError`` if there is no such Land."""
        return self._entries.land_names[code]

    def kreis_name(self, key: str) -> str:
        """Name of a Kreis by its five digits; ``KeyError`` if there is no such Kreis."""
        return self._entries.kreis_lines[key].split(";")[1]

    def municipality_counts(self) -> Counter[tuple[str, str]]:
        """Number of municipalities by (Land, KGSt size class), gemeindefreie Gebiete left out.

        The denominators of participation rates.
        """
        return Counter(
            (ags[:2], size_class_of(population).code)
            for ags, kind, population in self._entries.numbers()
            if kind not in UNINCORPORATED_KINDS
        )

    def authority_counts(self) -> Counter[tuple[Level, str, str]]:
        """Number of authorities by (tier, Land, KGSt size class).

        A city that is its own Kreis counts once, as a municipality; gemeindefreie Gebiete and
        Verband keys that stand for a single municipality are left out.
        """
        found = Counter(
            {(Level.MUNICIPALITY, *key): n for key, n in self.municipality_counts().items()}
        )
        kreise, verbaende = self._entries.populations(5), self._entries.populations(9)
        for key, _ in self._entries.kreis_names():
            size = size_class_of(kreise.get(key, 0), kreis=True)
            found[Level.KREIS, key[:2], size.code] += 1
        for key, _ in self._entries.verband_names():
            found[Level.VERBAND, key[:2], size_class_of(verbaende.get(key, 0)).code] += 1
        return found


def _malformed(given: str, digits: str | None) -> KeyCheck:
    shown = given if len(given) <= _MOST_SHOWN else f"{given[:_MOST_SHOWN]}…"
    if not given:
        message = "Es ist kein Schlüssel angegeben; bitte AGS oder ARS als Text eintragen."
    elif lost_to_exponent(given):
        message = (
            f"„{shown}“ hat beim Speichern als Zahl Ziffern verloren; "
            "bitte den Schlüssel als Text eintragen."
        )
    elif digits is None:
        message = f"„{shown}“ ist kein Gemeindeschlüssel; er besteht nur aus Ziffern."
    else:
        lengths = ", ".join(str(length) for length in KEY_LENGTHS[1:-1])
        message = (
            f"„{shown}“ hat {len(digits)} Ziffern; ein Schlüssel hat {lengths} "
            f"oder {KEY_LENGTHS[-1]}."
        )
    return KeyCheck(KeyStatus.MALFORMED, given, None, False, message)


@lru_cache(maxsize=2)
def _register(folder: Path) -> Register:
    return Register(load_entries(folder))


def load_register() -> Register:
    """The register shipped with the program, read at the first call and kept."""
    return _register(data_path("register"))
