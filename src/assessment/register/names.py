"""Names of municipalities as people write them: the spellings under which an entry is found.

Official names carry suffixes („Flensburg, Stadt“), clarifying brackets („Burg (Dithmarschen)“),
rivers and regions after a slash and Sorbian second names („Bautzen/Budyšin“); surveys say
„Stadt Flensburg“, „Burg“ or „Bautzen“. Each spelling is folded with :func:`german.fold`.
"""

import re

from assessment.german import fold

_BRACKET = re.compile(r"\s*\(([^)]*)\)")
_WORDS = re.compile(r"[\s\-–]+")
_ABBREVIATIONS = (
    (re.compile(r"\bst\.\s*"), "sankt "),
    (re.compile(r"\ba\.\s*d\.\s*"), "an der "),
    (re.compile(r"\bi\.\s*d\.\s*"), "in der "),
    (re.compile(r"\bv\.\s*d\.\s*"), "vor der "),
    (re.compile(r"\bo\.\s*d\.\s*"), "ob der "),
    (re.compile(r"\ba\.\s*"), "am "),
    (re.compile(r"\bi\.\s*"), "im "),
    (re.compile(r"\bb\.\s*"), "bei "),
    (re.compile(r"\bhann\.\s*"), "hannoversch "),
)
_REGIONS = frozenset(
    re.split(
        r"\s+",
        "elbe spree havel elster fils ruhr saar sieg pfalz hunsrueck westerwald schwarzwald dosse "
        "mark flaeming nordbahn spreewald stecknitz o.l. vogtl. sa. oder neisse saale harz eifel "
        "rhein main mosel unstrut ilm thueringen erzgeb. sachs. hainleite rhoen lausitz",
    )
)
"""What stands after a slash and is no second name of the place."""
_QUOTES = str.maketrans(dict.fromkeys("\"'„“”‚‘’«»"))
_PLACE_WORDS = re.compile(
    r"\b(?:auf|an|in|ob|vor) (?:der|dem|den)\b|\b(?:am|im|bei|ob|an|in|vor)\b"
)

PREFIXES = {
    "verbandsgemeinde": "verband",
    "samtgemeinde": "verband",
    "verwaltungsgemeinschaft": "verband",
    "verwaltungsverband": "verband",
    "kirchspielslandgemeinde": "verband",
    "amt": "verband",
    "landkreis": "kreis",
    "kreis": "kreis",
    "kreisverwaltung": "kreis",
    "landratsamt": "kreis",
    "grosse kreisstadt": "municipality",
    "kreisfreie stadt": "municipality",
    "landeshauptstadt": "municipality",
    "freie und hansestadt": "municipality",
    "hansestadt": "municipality",
    "universitaetsstadt": "municipality",
    "hochschulstadt": "municipality",
    "lutherstadt": "municipality",
    "kreisstadt": "municipality",
    "stadtverwaltung": "municipality",
    "gemeindeverwaltung": "municipality",
    "stadtgemeinde": "municipality",
    "ortsgemeinde": "municipality",
    "landgemeinde": "municipality",
    "marktgemeinde": "municipality",
    "inselgemeinde": "municipality",
    "stadt": "municipality",
    "gemeinde": "municipality",
    "markt": "municipality",
    "flecken": "municipality",
    "ostseebad": "municipality",
}
"""Folded words in front of a name → value of the level (:class:`model.Level`) they point to."""


def spell_out(text: str) -> str:
    """Fold a name and write out its abbreviations: ``St. Peter`` → ``sankt peter``."""
    folded = fold(text.translate(_QUOTES))
    for pattern, words in _ABBREVIATIONS:
        folded = pattern.sub(words, folded)
    return " ".join(_WORDS.split(folded.replace("/", " / "))).replace(" / ", "/").strip()


def official_spellings(name: str) -> tuple[tuple[str, int], ...]:
    """All folded spellings under which an official name is found, each with its rank.

    0: the name with or without its suffix; 1: the same words without brackets, slash or „an der“;
    2: without what stands in brackets, or one half of a double name; 3: without river or region
    („limburg“ for „Limburg a. d. Lahn“).
    """
    plain, _, suffix = (part.strip() for part in name.partition(","))
    base = spell_out(plain)
    spellings = [(spell_out(name), 0), (base, 0), (_without_place_words(base), 1)]
    bracket = _BRACKET.search(plain)
    if bracket:
        without = _BRACKET.sub("", plain)
        spellings += [(spell_out(f"{without} {bracket.group(1)}"), 1), (spell_out(without), 2)]
    if "/" in name:
        spellings.append((spell_out(plain.replace("/", " ")), 1))
        # The Sorbian name may follow the suffix: „…, Stadt / Běła Woda“.
        for part in [*plain.split("/"), *suffix.split("/")[1:]]:
            second = spell_out(_BRACKET.sub("", part))
            if second not in _REGIONS:
                spellings.append((second, 2))
    place = _PLACE_WORDS.search(base)
    if place and place.start() > 3:
        spellings.append((base[: place.start()].strip(), 3))
    best: dict[str, int] = {}
    for spelling, rank in spellings:
        best[spelling] = min(rank, best.get(spelling, rank))
    best.pop("", None)
    return tuple(best.items())


def _without_place_words(folded: str) -> str:
    return " ".join(_PLACE_WORDS.sub(" ", folded).split())


def _strip_prefix(folded: str) -> tuple[str, str | None]:
    """A name without one word of :data:`PREFIXES` in front, and the level that word names."""
    for prefix, level in PREFIXES.items():
        if folded.startswith(f"{prefix} "):
            rest = folded[len(prefix) + 1 :]
            return rest.removeprefix("der ").removeprefix("des "), level
    return folded, None


def asked_spellings(name: str) -> tuple[tuple[str, str | None], ...]:
    """Folded readings of a name as asked for, each with the level it points to (or ``None``).

    ``Stadt Flensburg`` is looked up as it stands (there is a „Stadt Wehlen“), then as
    ``flensburg`` among municipalities.
    """
    readings: list[tuple[str, str | None]] = []
    for text in (name, name.partition(",")[0]):
        folded = spell_out(text)
        if not folded:
            continue
        readings.append((folded, None))
        readings.append((spell_out(text.replace("(", " ").replace(")", " ")), None))
        readings.append((_without_place_words(folded), None))
        # Words may stack up: „Kreisverwaltung Landkreis …“, „Gemeinde Stadt …“.
        rest, level = _strip_prefix(folded)
        while level:
            readings.append((rest, level))
            rest, inner = _strip_prefix(rest)
            level = inner
        for suffix in (" (kreis)", " (landkreis)", ", landkreis", ", kreis", " landkreis"):
            if folded.endswith(suffix):
                readings.append((folded.removesuffix(suffix), "kreis"))
    return tuple(dict.fromkeys(reading for reading in readings if reading[0]))
