"""Finding register entries by name, exactly under tolerant rules or, last, by similarity."""

from collections.abc import Iterable
from functools import cached_property

from assessment.german import fold
from assessment.register.entries import RegisterEntries
from assessment.register.model import Level, Municipality, NameMatch
from assessment.register.names import asked_spellings, official_spellings, spell_out

LAND_CODES = {
    "SH": "01",
    "HH": "02",
    "NI": "03",
    "HB": "04",
    "NW": "05",
    "HE": "06",
    "RP": "07",
    "BW": "08",
    "BY": "09",
    "SL": "10",
    "BE": "11",
    "BB": "12",
    "MV": "13",
    "SN": "14",
    "ST": "15",
    "TH": "16",
    "NDS": "03",
    "NRW": "05",
    "RLP": "07",
    "LSA": "15",
}
"""Abbreviations of the Länder as people write them → two digits."""

_LEAST_SIMILAR = 86.0
"""Below this rapidfuzz ratio (0–100) different places look alike: Neuburg/Neuberg is 86."""
_MOST_SUGGESTIONS = 5
_ORDER = (Level.MUNICIPALITY, Level.KREIS, Level.VERBAND)
_SAME_WORDS, _WITHOUT_RIVER = 1, 3
"""Ranks of :func:`names.official_spellings`."""
_Index = dict[str, list[tuple[int, str]]]


class NameIndex:
    """Folded spelling → (how specific the spelling is, key), built at the first look-up."""

    def __init__(self, entries: RegisterEntries) -> None:
        self._entries = entries

    @cached_property
    def _municipalities(self) -> _Index:
        return _index(self._entries.municipality_names())

    @cached_property
    def _kreise(self) -> _Index:
        return _index(self._entries.kreis_names())

    @cached_property
    def _verbaende(self) -> _Index:
        return _index(self._entries.verband_names())

    def _of(self, level: Level) -> _Index:
        if level is Level.MUNICIPALITY:
            return self._municipalities
        return self._kreise if level is Level.KREIS else self._verbaende

    def land_code(self, land: str | None) -> str | None:
        """Two digits for ``01``, ``1``, ``SH`` or the name of a Land; ``None`` if it is none."""
        if not land or not land.strip():
            return None
        text = land.strip()
        if text.isascii() and text.isdigit():
            return text.zfill(2) if text.zfill(2) in self._entries.land_names else None
        if text.upper() in LAND_CODES:
            return LAND_CODES[text.upper()]
        names = {fold(name): code for code, name in self._entries.land_names.items()}
        return names.get(fold(text))

    def exact(self, name: str, land: str | None) -> tuple[Municipality, ...]:
        """All entries of that name, best first; ``land`` only breaks ties."""
        code = self.land_code(land)
        for spelling, level in asked_spellings(name):
            for tier in (Level(level),) if level else _ORDER:
                hits = self._of(tier).get(spelling)
                if hits:
                    return self._ranked(hits, code)
        return ()

    def similar(self, name: str, land: str | None) -> tuple[NameMatch, ...]:
        """Municipalities with a similar name and a score below 1, best first; at most five."""
        # Imported here: a survey whose names all match never needs it.
        from rapidfuzz import fuzz, process

        code = self.land_code(land)
        asked = spell_out(name.partition(",")[0])
        found: dict[str, float] = {}
        hits = process.extract(
            asked,
            self._municipalities.keys(),
            scorer=fuzz.ratio,
            score_cutoff=_LEAST_SIMILAR,
            limit=30,
        )
        for spelling, score, _ in hits:
            for _, key in self._municipalities[spelling]:
                if code is None or key.startswith(code):
                    found[key] = max(found.get(key, 0.0), min(score, 99.0) / 100)
        matches = [
            NameMatch(entry, round(score, 3), "ähnlicher Name")
            for key, score in found.items()
            if (entry := self._entries.entry(key)) is not None
        ]
        matches.sort(key=lambda match: (-match.score, -match.municipality.population))
        return tuple(matches[:_MOST_SUGGESTIONS])

    def _ranked(self, hits: list[tuple[int, str]], code: str | None) -> tuple[Municipality, ...]:
        within = [hit for hit in hits if code is not None and hit[1].startswith(code)] or hits
        # „Freiberg“ is Freiberg and not also Freiberg am Neckar; „Limburg“ can only be that on the
        # Lahn, and „Frankfurt“ is both.
        if any(rank <= _SAME_WORDS for rank, _ in within):
            within = [hit for hit in within if hit[0] < _WITHOUT_RIVER]
        entries = [
            (rank, entry) for rank, key in within if (entry := self._entries.entry(key)) is not None
        ]
        entries.sort(
            key=lambda pair: (not pair[1].incorporated, min(pair[0], 2), -pair[1].population)
        )
        return tuple(entry for _, entry in entries)

    def holds(self, name: str) -> bool:
        """True if any municipality, Kreis or Verband is found under exactly this name."""
        spelling = spell_out(name)
        return any(spelling in self._of(level) for level in _ORDER)


def _index(names: Iterable[tuple[str, str]]) -> _Index:
    index: _Index = {}
    for key, name in names:
        for spelling, rank in official_spellings(name):
            index.setdefault(spelling, []).append((rank, key))
    return index
