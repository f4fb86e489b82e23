"""The anonymised variant: texts without the municipality's name and key.

Sentences are made with the name and changed afterwards, so that own texts of the plan and generated
ones are treated alike. What can't be put into good German still names nobody.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel, PrivateAttr

from assessment.content import data_path
from assessment.german import format_number
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.header import Header, header_of
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Role
from assessment.register.size_classes import size_class_of
from assessment.survey import Survey

SHORTEST_WORD = 4
"""Shorter words of a name don't stand for it."""
SHORTEST_PERSON = 3
SHORTEST_KEY = 5
"""Digits from which on a number in a text can only be the key."""
STAND_IN = "Xqzkommune"
"""Stands for the name while sentences are made: a word that nobody writes."""

_EXAMPLES = "strategy_frame.yaml"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PEOPLE = "(?:n|s|in|innen)?"
_OF = "(?:i?sch(?:e[mnrs]?)?)"
_BESIDE = re.compile(
    r"\s(?:an|am|im|in|ob|auf|bei|vor|unter|der|zu|zum|zur|a\.|i\.|v\.|b\.)\s?(?=\S)"
)
_BEFORE_NAMES = ("Bad", "Sankt", "Markt")
_PERSONAL = ("number", "reference", "lead", "involved", "reporter")
_TITLES = r"(?:Frau|Herrn?|Dr\.|Prof\.)"
_TITLED = re.compile(r"\b(Frau|Herrn?)\s+(?:(?:Dr\.|Prof\.)\s*)*([^\W\d_]+(?:-[^\W\d_]+)*)")
_KIND = (
    r"(?:Hansestadt|Kreisstadt|Landeshauptstadt|Universitätsstadt|Stadt|Samtgemeinde|"
    r"Verbandsgemeinde|Ortsgemeinde|Gemeinde|Marktgemeinde|Markt|Flecken|Landkreis|Kreis|Amt)"
)
_DATIVE = r"von|mit|zu|bei|aus|in|nach|seit|an|auf|der|gegenüber"


class NamelessPlan(MunicipalityPlan):
    """A plan as a paper may show it; remembers the one it was made from."""

    _given: MunicipalityPlan = PrivateAttr()

    @property
    def given(self) -> MunicipalityPlan:
        return self._given


def plan_as_given(plan: MunicipalityPlan | None) -> MunicipalityPlan | None:
    """The plan as people wrote it, whatever a paper shows of it."""
    return plan.given if isinstance(plan, NamelessPlan) else plan


def changed_plan(plan: MunicipalityPlan, **values: Any) -> NamelessPlan:
    """The plan with other values. Nothing is checked again: it is shown, never saved."""
    named = {name: getattr(plan, name) for name in MunicipalityPlan.model_fields} | values
    changed = NamelessPlan.model_construct(**named)
    changed._given = plan_as_given(plan) or plan
    return changed


def name_forms(survey: Survey, key: str) -> tuple[str, ...]:
    """Everything that names a municipality, the longest first: whole name, without what follows a
    comma or bracket, and its words where they aren't words of the product's own texts.
    """
    return tuple(form for form in _all_forms(survey, key) if not _ordinary(form))


def ordinary_forms(survey: Survey, key: str) -> tuple[str, ...]:
    """Forms that are a word of the product's own texts as well: „Essen“, „Lage“, „Leer“."""
    whole = survey.names.get(key, "")
    front = re.split(r"[,(/]", whole)[0].strip()
    return tuple(form for form in _all_forms(survey, key) if _ordinary(form) and form in front)


def _all_forms(survey: Survey, key: str) -> tuple[str, ...]:
    whole = survey.names.get(key, "")
    front = re.split(r"[,(/]", whole)[0].strip()
    # „Bad Münder am Deister“ is called „Bad Münder“.
    short = _BESIDE.split(front)[0].strip()
    forms = dict.fromkeys((whole, front, short))
    words = [word for word in re.findall(r"[^\W\d_]+", front) if word[0].isupper()]
    place = [word for word in words if not re.fullmatch(_KIND, word) and word not in _BEFORE_NAMES]
    forms |= dict.fromkeys(word for word in place if len(word) >= SHORTEST_WORD)
    forms |= dict.fromkeys(word for word in _WORD.findall(front) if "-" in word)
    known = [form for form in forms if sum(letter.isalpha() for letter in form) > 1]
    return tuple(sorted(known, key=lambda form: (-len(form), form)))


def _ordinary(form: str) -> bool:
    return form.casefold() in own_words()


def name_pattern(form: str) -> re.Pattern[str]:
    """Finds a form of a name with the endings a German sentence gives it."""
    stem, ending = form, ""
    if form[-1].isalpha():
        folded = form.casefold()
        if len(form) < SHORTEST_WORD:
            # No „Aus“ of „Au“.
            ending = rf"(?:er{_PEOPLE}{'|s' if len(form) > 2 else ''})?"
        elif len(form) > SHORTEST_WORD and folded.endswith("en"):
            # „Emden, Emdens, Emder, Emdener, Dresdner“.
            stem = form[:-2]
            ending = rf"(?:ens?|(?:en)?n?er{_PEOPLE}|(?:en)?{_OF})"
        elif folded[-1] in "ea":
            # „Hallenser, Hallesche, Jenenser“.
            stem = form[:-1]
            ending = rf"(?:{form[-1]}(?:s|e?r{_PEOPLE}|{_OF})?|r|er{_PEOPLE}|enser{_PEOPLE})"
        else:
            # „Münsteraner, hannoversche, kölnisch“.
            ending = rf"(?:s|e?r{_PEOPLE}|(?:an|ens)er{_PEOPLE}|{_OF})?"
    blanks = r"[\s\u00a0_–-]+".join(_spelled(part) for part in re.split(r"[\s-]+", stem))
    after = r"(?:(?![^\W\d_])|(?=(?-i:[A-ZÄÖÜ])))"
    return re.compile(rf"(?<![^\W\d_]){blanks}{ending}{after}", re.IGNORECASE)


def ordinary_pattern(form: str, *, own_text: bool) -> re.Pattern[str]:
    """Finds a name that is an ordinary word too, with the capital of a name.

    ``own_text``: what people wrote themselves is changed wherever it could mean the place; a file
    is refused only where words before it say so.
    """
    name = rf"{re.escape(form)}s?(?![^\W\d_])"
    if own_text:
        return re.compile(rf"(?<![^\W\d_]){name}")
    return re.compile(rf"(?<![^\W\d_])(?:{_KIND}|von|aus|nach)[\s\u00a0]+{name}")


def people_pattern(form: str) -> re.Pattern[str]:
    """Finds „Essener“ and „Leeraner“; what is an ordinary word again has to be told apart."""
    return re.compile(rf"(?<![^\W\d_]){re.escape(form)}(?:an|ens)?e?r{_PEOPLE}(?![^\W\d_])")


def people_in(text: str, form: str) -> Iterator[str]:
    """Words for the people of a place whose name is an ordinary word."""
    found = (match[0] for match in people_pattern(form).finditer(text))
    return (word for word in found if not _ordinary(word))


def nameless(survey: Survey, key: str, *, own_text: bool = False) -> Callable[[str], str]:
    """A function that takes name and key out of a text.

    ``own_text``: also where the name is an ordinary word, such as „Essen“. Texts of the product
    hold ``STAND_IN`` instead of the name, so that nothing has to be guessed in them.
    """
    forms = [name_pattern(form).pattern for form in (STAND_IN, *name_forms(survey, key))]
    named = f"(?i:{'|'.join(forms)})"
    if own_text:
        ordinary = (ordinary_pattern(form, own_text=True) for form in ordinary_forms(survey, key))
        named = "|".join((named, *(pattern.pattern for pattern in ordinary)))
    pattern = re.compile(
        rf"(?i:(?P<before>\b(?:{_DATIVE})\s+)?(?P<article>\b(?:der|die|das|den|dem|des)\s+)?"
        rf"(?:{_KIND}\s+)?)(?:{named})"
    )
    number = key_pattern(key)
    people = [people_pattern(form) for form in ordinary_forms(survey, key)] if own_text else []

    def change(text: str) -> str:
        for each in people:
            text = each.sub(
                lambda match: match[0] if _ordinary(match[0]) else sentence("public.name_dative"),
                text,
            )
        text = pattern.sub(_without_name, text)
        return number.sub(sentence("public.key"), text) if number is not None else text

    return change


def key_pattern(key: str) -> re.Pattern[str] | None:
    """Finds the key; ``None`` for running numbers, which stand for anything."""
    if len(key) < SHORTEST_KEY:
        return None
    return re.compile(rf"(?<!\d){re.escape(key)}(?!\d)")


def persons_of(plan: MunicipalityPlan | None) -> tuple[str, ...]:
    """Persons, units and file numbers the plan names in the fields meant for them, longest first.

    Whole entries, and each of their words that is no word of the product's own texts.
    """
    if plan is None:
        return ()
    paper = plan.paper
    given = [paper.lead, paper.involved, paper.reporter, *(each.owner for each in plan.measures)]
    found = {each.strip() for each in (paper.number, paper.reference)}
    found = {each for each in found if len(each) >= SHORTEST_WORD and not each.isdigit()}
    for text in given:
        for entry in (text, *re.split(r"[,;/\n]|\bund\b", text)):
            entry = entry.strip()
            lettered = any(letter.isalpha() for letter in entry)
            if lettered and len(entry) >= SHORTEST_WORD and not _plain_words(entry):
                found.add(entry)
        found.update(
            word
            for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
            if len(word) >= SHORTEST_PERSON and word[0].isupper() and not _ordinary(word)
        )
        # „Frau Klein“: behind the title every word is a name.
        found.update(f"{title} {name}" for title, name in _TITLED.findall(text))
    return tuple(sorted(found, key=lambda entry: (-len(entry), entry)))


def person_pattern(person: str) -> re.Pattern[str]:
    """Finds a person or unit with the title before it."""
    words = r"[\s\u00a0]+".join(_spelled(word) for word in person.split())
    return re.compile(rf"(?<!\w)(?:{_TITLES}[\s\u00a0]+)*{words}s?(?!\w)", re.IGNORECASE)


def _plain_words(entry: str) -> bool:
    """„Hauptamt“, „IT und Organisation“: words of every paper, naming nobody."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", entry.casefold())
    return not any(c.isdigit() for c in entry) and all(word in own_words() for word in words)


def _spelled(part: str) -> str:
    """A word with its umlauts in both spellings."""
    found = re.escape(part)
    for letter, other in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        found = found.replace(letter, f"(?:{letter}|{other})")
        found = found.replace(letter.upper(), f"(?:{letter}|{other})") if letter != "ß" else found
    return found


def nameless_plan(plan: MunicipalityPlan, change: Callable[[str], str]) -> MunicipalityPlan:
    """A plan without names of places and persons."""
    persons = [person_pattern(person).pattern for person in persons_of(plan)]
    paper = plan.paper.model_copy(update=dict.fromkeys(_PERSONAL, ""))
    measures = tuple(
        each.model_copy(update={"owner": sentence("public.owner") if each.owner else ""})
        for each in plan.measures
    )
    bare = changed_plan(plan, paper=paper, measures=measures)
    if persons:
        named = re.compile("|".join(persons), re.IGNORECASE)
        without = change

        def change_both(text: str) -> str:
            kept = text == sentence("public.owner")
            return text if kept else without(named.sub(sentence("public.person"), text))

        change = change_both
    parts = {name: map_texts(getattr(bare, name), change) for name in MunicipalityPlan.model_fields}
    parts |= {"municipality": sentence("public.key"), "name": sentence("public.name")}
    return changed_plan(bare, **parts)


def nameless_header(header: Header, assessment: Assessment) -> Header:
    """Kind and class of size stay; name, key, Land and exact population go."""
    return replace(
        header,
        key="",
        name=sentence("public.name"),
        kind=_kind_and_size(header, assessment),
        population=None,
        land="",
    )


def map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same object with every text in it changed; identifiers of fields are kept."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else change(value)
    if isinstance(value, BaseModel):
        names = type(value).model_fields
        changed = {name: map_texts(getattr(value, name), change) for name in names}
        different = {name: new for name, new in changed.items() if new is not getattr(value, name)}
        return value.model_copy(update=different) if different else value
    if is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: getattr(value, each.name) for each in fields(value)}
        different = {
            name: new for name, old in changed.items() if (new := map_texts(old, change)) is not old
        }
        return replace(value, **different) if different else value
    if isinstance(value, Mapping):
        changed = {
            map_texts(name, change): map_texts(entry, change) for name, entry in value.items()
        }
        return changed if changed != value else value
    if isinstance(value, tuple | list):
        entries = [map_texts(entry, change) for entry in value]
        same = all(new is old for new, old in zip(entries, value, strict=True))
        return value if same else type(value)(entries)
    return value


def exact_population(survey: Survey, key: str) -> tuple[str, ...]:
    """The exact population as it may stand in a text; empty below 1,000 or where not given."""
    people = header_of(survey, key).population
    if people is None or people < 1000:
        return ()
    return (str(people), format_number(people))


@cache
def own_words() -> frozenset[str]:
    """Words of the product's own texts, folded: sentences, questionnaire and catalogue.

    Lands and the places that examples come from are names and nothing else.
    """
    found: set[str] = set()
    for part in ("texts", "questionnaire", "measures"):
        for file in sorted(data_path(part).glob("*.yaml")):
            if file.name != _EXAMPLES:
                found.update(_WORD.findall(file.read_text(encoding="utf-8").casefold()))
    land = default_questionnaire().first(Role.LAND)
    names = [option.label.casefold() for option in land.options] if land is not None else []
    return frozenset(found.difference(*(_WORD.findall(name) for name in names)))


def _kind_and_size(header: Header, assessment: Assessment) -> str:
    if header.population is None:
        return header.kind
    survey = assessment.survey
    item = survey.questionnaire.first(Role.KIND)
    code = survey.text_at(survey.rows[header.key], item.id) if item is not None else None
    size = size_class_of(header.population, kreis=code == "kreis")
    people = sentence("public.size", size=size.label)
    return f"{header.kind}, {people}" if header.kind else people


def _without_name(match: re.Match[str]) -> str:
    """„die Kommune“ in the case the words before it ask for."""
    before, article = match["before"] or "", (match["article"] or "").strip()
    word = before.strip().casefold()
    dative = bool(word) or article.casefold() in ("der", "des", "dem")
    if not word and not article and match[0].endswith("s") and _follows_noun(match):
        dative = True
    # „der Stadt X“: the article itself was read as the word before.
    prefix = "" if word == "der" else before
    noun = sentence("public.name_dative") if dative else sentence("public.name")
    if not prefix and _begins_sentence(match):
        noun = noun[0].upper() + noun[1:]
    return f"{prefix}{noun}"


def _begins_sentence(match: re.Match[str]) -> bool:
    front = match.string[: match.start()].rstrip()
    if not front:
        # A text that is nothing but the name is no sentence.
        return match.end() < len(match.string)
    return front[-1] in ".!?:\n"


def _follows_noun(match: re.Match[str]) -> bool:
    front = match.string[: match.start()].rstrip()
    last = front.split()[-1] if front else ""
    return bool(last) and last[0].isupper() and last[-1].isalpha()
