"""The anonymised variant: texts without the municipality's name and key.

Sentences are made with the name and changed afterwards, so that own texts of the plan and generated
ones are treated alike. What can't be put into good German still names nobody.
"""

import re
from collections.abc import Callable, Mapping
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
"""Shorter names are found as whole words only, never with an ending."""

_EXAMPLES = "strategy_frame.yaml"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PEOPLE = "(?:n|s|in|innen)?"
_ENDINGS = rf"(?:s|e?r{_PEOPLE})?"
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
    comma or bracket, and its main word where that isn't a word of the product's own texts.
    """
    whole = survey.names.get(key, "")
    if not whole:
        return ()
    front = re.split(r"[,(/]", whole)[0].strip()
    forms = dict.fromkeys((whole, front))
    words = [
        word
        for word in _WORD.findall(front)
        if len(word) >= SHORTEST_WORD and word.casefold() not in own_words()
    ]
    # „Lage“ or „Weil der Stadt“: a word of every paper tells nobody's name.
    forms = {form: None for form in forms if form and form.casefold() not in own_words()}
    if words:
        forms[max(words, key=len)] = None
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def name_pattern(form: str) -> re.Pattern[str]:
    """Finds a form of a name with the endings a German sentence gives it."""
    stem, ending = form, ""
    if len(form) >= SHORTEST_WORD and form[-1].isalpha():
        # „Emden, Emdens, Emder“, „Dresdner“.
        cut = len(form) > SHORTEST_WORD and form.casefold().endswith("en")
        stem = form[:-2] if cut else form
        ending = rf"(?:ens?|n?er{_PEOPLE})" if cut else _ENDINGS
    blanks = r"[\s\u00a0_-]+".join(re.escape(part) for part in stem.split())
    return re.compile(rf"(?<![^\W\d_]){blanks}{ending}(?![^\W\d_])", re.IGNORECASE)


def nameless(survey: Survey, key: str) -> Callable[[str], str]:
    """A function that takes name and key out of a text."""
    forms = [name_pattern(form).pattern for form in name_forms(survey, key)]
    number = rf"(?<!\d){re.escape(key)}(?!\d)"
    if not forms:
        return lambda text: re.sub(number, sentence("public.key"), text)
    named = "|".join(forms)
    pattern = re.compile(
        rf"(?P<before>\b(?:{_DATIVE})\s+)?(?P<article>\b(?:der|die|das|den|dem|des)\s+)?"
        rf"(?:{_KIND}\s+)?(?:{named})",
        re.IGNORECASE,
    )

    def change(text: str) -> str:
        return re.sub(number, sentence("public.key"), pattern.sub(_without_name, text))

    return change


def nameless_plan(plan: MunicipalityPlan, change: Callable[[str], str]) -> MunicipalityPlan:
    """A plan without names of places and persons."""
    paper = plan.paper.model_copy(
        update=dict.fromkeys(("number", "reference", "lead", "involved", "reporter"), "")
    )
    measures = tuple(
        each.model_copy(update={"owner": sentence("public.owner") if each.owner else ""})
        for each in plan.measures
    )
    bare = changed_plan(plan, paper=paper, measures=measures)
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
