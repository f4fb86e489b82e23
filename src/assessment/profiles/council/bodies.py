"""Bodies by Land and kind, with the right article and case; how a municipality is named.

Defaults only: every name can be overwritten. A body whose article isn't known is called „das
Gremium „…““, which is right for every name.
"""

import re
from dataclasses import dataclass

from assessment.measures.paper_types import (
    Consultation,
    ConsultationRole,
    Operative,
    PaperSettings,
)
from assessment.profiles.council.paper_content import UNKNOWN_KIND, Bodies, body_content

_ARTICLES = {
    "m": ("Der", "dem", "den"),
    "f": ("Die", "der", "die"),
    "n": ("Das", "dem", "das"),
    "pl": ("Die", "den", "die"),
}
_VERBS = {
    "nimmt": "nehmen",
    "beschliesst": "beschließen",
    "empfiehlt": "empfehlen",
    "stimmt": "stimmen",
    "entscheidet": "entscheiden",
    "kann": "können",
    "liest": "lesen",
    "spricht": "sprechen",
}
_LARGER = ("kreis", "verband")
_LEADING_ARTICLE = re.compile(r"^(der|die|das|dem|den)\s+", re.IGNORECASE)
_JOINED = re.compile(r"^((?:[\w.]+-,?\s+)+(?:und|oder|u\.)\s+)?([\w-]+)", re.UNICODE)
"""„Haupt- und Finanzausschuss“: what comes before the word that decides on the article."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body in sentences."""

    name: str
    nominative: str
    """„Der Rat“, with a capital: begins a sentence."""
    dative: str
    """„dem Rat“."""
    accusative: str
    """„den Rat“."""
    plural: bool = False

    @property
    def verbs(self) -> dict[str, str]:
        """The verbs of the sentences in the number of the body: ``nimmt`` → „nehmen“."""
        if self.plural:
            return dict(_VERBS)
        return {name: name.replace("ss", "ß") for name in _VERBS}

    @property
    def inside(self) -> str:
        """The nominative within a sentence: „der Rat“."""
        return self.nominative[0].lower() + self.nominative[1:]


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality in sentences."""

    name: str
    """„Musterstadt“, „Kreis Nordwald“."""
    genitive: str
    """„der Stadt Musterstadt“, „des Kreises Nordwald“."""
    official: str
    """„Stadt Musterstadt“: for the head."""


def body_named(text: str) -> Body:
    """A body with article and cases, from its name; „Das Gremium „…““ where they aren't known."""
    name = _LEADING_ARTICLE.sub("", text.strip())
    number = _number(name)
    if number is None or not name:
        quoted = f"Gremium „{name}“" if name else "Gremium"
        return Body(name, f"Das {quoted}", f"dem {quoted}", f"das {quoted}")
    first, dative, accusative = _ARTICLES[number]
    plural = number == "pl"
    shown = _dative_plural(name) if plural else name
    return Body(name, f"{first} {name}", f"{dative} {shown}", f"{accusative} {name}", plural=plural)


def deciding_body(land: str | None, kind: str | None) -> str:
    """The usual name of the Vertretung; codes as in the questionnaire."""
    return _bodies(land, kind).deciding


def body_choices(land: str | None, kind: str | None) -> tuple[str, ...]:
    """Names to choose from, the usual first."""
    known, content = _bodies(land, kind), body_content()
    return tuple(dict.fromkeys((known.deciding, content.committee, *known.before, *known.also)))


def default_chain(
    land: str | None, kind: str | None, settings: PaperSettings
) -> tuple[Consultation, ...]:
    """The usual Beratungsfolge: Fachausschuss, what lies between, the body that decides.

    Without days: nobody knows them yet. A paper that is only taken note of has no Entscheidung.
    """
    known = _bodies(land, kind)
    notes = settings.operative is Operative.NOTE
    early = ConsultationRole.NOTICE if notes else ConsultationRole.PRELIMINARY
    last = ConsultationRole.NOTICE if notes else ConsultationRole.DECISION
    committee = settings.committee or body_content().committee
    body = settings.body or known.deciding
    return (
        *(Consultation(body=each, role=early) for each in (committee, *known.before)),
        Consultation(body=body, role=last),
    )


def usual_committee() -> str:
    """The generic name that stands where nobody named the committee."""
    return body_content().committee


def place_named(name: str, kind: str | None) -> Place:
    """How to write a municipality; ``name`` as in the survey („Musterstadt, Stadt“).

    Raises nothing: a name without a known word and kind is written „von …“.
    """
    content = body_content().places
    short, _, addition = (part.strip() for part in name.partition(","))
    first = short.split(" ")[0] if short else ""
    if first in content.words and " " in short:
        rest = short.partition(" ")[2]
        return Place(short, f"{content.words[first]} {rest}", short)
    # „Musterstadt, Landeshauptstadt“; „Neustadt, Große Kreisstadt“ is an addition nobody knows.
    noun = addition if addition in content.words else dict(content.kinds).get(kind or "", "")  # pyright: ignore[reportArgumentType, reportCallIssue]
    if noun:
        return Place(short, f"{content.words[noun]} {short}", f"{noun} {short}")
    head, rest = short.split(" ")[0], short.partition(" ")[2]
    if head.casefold().endswith("kreis"):
        return Place(short, f"des {head}es {rest}".strip(), short)
    # „Märkischer Kreis“ is declined: no guess.
    return Place(short, f"der Kommune {short}" if kind in _LARGER else f"von {short}", short)


def _bodies(land: str | None, kind: str | None) -> Bodies:
    content = body_content()
    kinds = content.lands.get(land or "")
    if kinds is None:
        return content.unknown
    by_kind = {str(name): known for name, known in kinds.items()}
    return by_kind.get(kind or "", by_kind[UNKNOWN_KIND])


def _number(name: str) -> str | None:
    """Gender or plural, by the end of the word that decides."""
    found = _JOINED.match(name)
    if found is None:
        return None
    word = found.group(2).casefold()
    # „des“ and „für“ may follow, „Gemeinsamer Ausschuss“ is declined: nothing is guessed there.
    fitting = [end for end in body_content().nouns if word.endswith(end.casefold())]
    return body_content().nouns[max(fitting, key=len)] if fitting else None


def _dative_plural(name: str) -> str:
    """„Ortsbeiräte“ → „Ortsbeiräten“; only the first word changes."""
    word, blank, rest = name.partition(" ")
    return f"{word if word.endswith(('n', 's')) else word + 'n'}{blank}{rest}"
