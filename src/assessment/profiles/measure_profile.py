"""What the page of measures says: advice in sentences, every link of the chain, what is open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.measures.advice_types import (
    Advice,
    Association,
    Link,
    LinkKind,
    PriorityClass,
    Recommendation,
)
from assessment.measures.model import Catalogue, CostKind, Obligation
from assessment.profiles.measure_text import MeasureText, measure_text
from assessment.profiles.measure_words import (
    dimension_name,
    obligation_note,
    obligation_word,
    step_words,
)
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire
from assessment.typology.reference import load_reference

FIRST_MOST, FIRST_LEAST = 5, 3
_NUMBERS = {2: "Zwei", 3: "Drei", 4: "Vier", 5: "Fünf"}


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One link: „Antwort“, what it says, and the ids it rests on."""

    kind: LinkKind
    label: str
    sentence: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A measure that comes before; ``open`` where nothing fulfils it yet."""

    id: str
    title: str
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One recommendation. ``mark`` is „Pflicht“, „zum Teil Pflicht“, „freiwillig“ or ``""``."""

    text: MeasureText
    step: str
    level: int
    expected_level: int
    mark: str
    note: str
    """On obligation; ``""`` where nothing is to be added."""
    reason: str
    """The gap, in one sentence."""
    why: str
    """Why it stands where it stands, in a few words: „steht hier als Pflichtaufgabe“."""
    chain: tuple[ChainStep, ...]
    priority: str
    formula: str
    relevance_reason: str
    prerequisites: tuple[Prerequisite, ...]
    without: str
    partner: str
    planned: bool

    @property
    def waits(self) -> bool:
        """Whether another measure has to come first."""
        return any(step.open for step in self.prerequisites)


@dataclass(frozen=True, slots=True)
class MeasureProfile:
    """Everything the page says. ``first``: what to begin with, three to five where there are."""

    name: str
    first: tuple[MeasureRow, ...]
    first_sentence: str
    """The answer and the rule by which these were chosen, or why there are none."""
    rated: bool
    """Whether the survey knows levels at all; without them there is nothing to advise."""
    rows: tuple[MeasureRow, ...]
    order_reason: str
    outside: tuple[MeasureText, ...]
    """Suitable, but a task of other levels."""
    outside_note: str
    not_rated: tuple[str, ...]
    """Names of fields without a level."""
    associations: Mapping[str, tuple[str, ...]]
    """Field id → sentences on what municipalities one level up report more often."""
    first_note: str
    estimate_note: str
    legal_note: str
    catalogue: str
    catalogue_title: str
    provenance: tuple[str, ...]

    def row(self, measure_id: str) -> MeasureRow | None:
        """The recommendation of a measure, if it is recommended."""
        return next((row for row in self.rows if row.text.id == measure_id), None)

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def measure_profile(
    advice: Advice,
    catalogue: Catalogue,
    questionnaire: Questionnaire,
    *,
    name: str,
    planned: Collection[str] = (),
    done: Collection[str] = (),
    associations: Mapping[str, Sequence[Association]] | None = None,
    provenance: tuple[str, ...] = (),
    rated: bool = True,
) -> MeasureProfile:
    """Put the advice into words. ``planned``/``done``: measures of the municipality's roadmap.

    ``rated``: whether the survey has levels.
    """
    known = _known(catalogue, questionnaire)
    constrained = _constrained(advice)
    rows = tuple(
        _row(each, catalogue, questionnaire, known, planned, done, constrained=constrained)
        for each in advice.recommendations
    )
    chosen = {each.measure.id for each in first_recommendations(advice)}
    first = tuple(row for row in rows if row.text.id in chosen)
    return MeasureProfile(
        name=name,
        first=first,
        first_sentence=_first_sentence(first, advice, rated),
        rated=rated,
        rows=rows,
        order_reason=advice.order_reason,
        outside=tuple(measure_text(each, questionnaire) for each in advice.outside_responsibility),
        outside_note=sentence("measure.outside"),
        not_rated=tuple(dimension_name(questionnaire, each) for each in advice.not_rated),
        associations={
            dimension: tuple(each.sentence for each in found)
            for dimension, found in (associations or {}).items()
            if found
        },
        first_note=sentence("measure.first_note"),
        estimate_note=sentence("measure.estimate"),
        legal_note=catalogue.legal_note,
        catalogue=sentence(
            "measure.catalogue", id=advice.catalogue_id, version=advice.catalogue_version
        ),
        catalogue_title=catalogue.title,
        provenance=provenance,
    )


def first_measures(
    advice: Advice, catalogue: Catalogue, questionnaire: Questionnaire
) -> tuple[MeasureRow, ...]:
    """The rows of :attr:`MeasureProfile.first` alone, without putting all others into words."""
    known = _known(catalogue, questionnaire)
    constrained = _constrained(advice)
    return tuple(
        _row(each, catalogue, questionnaire, known, (), (), constrained=constrained)
        for each in first_recommendations(advice)
    )


def first_recommendations(advice: Advice) -> tuple[Recommendation, ...]:
    """The first five of those that can begin at once; one per field at first.

    Duties count in any case. Where fewer than three fields have something, further measures of
    the same fields fill up to three. What is already in the roadmap stays: the answer to „what
    first?“ doesn't change by being followed.
    """
    ready = [each for each in advice.recommendations if not each.missing]
    chosen: list[int] = []
    fields: set[str] = set()
    for place, each in enumerate(ready):
        measure = each.measure
        if measure.dimension not in fields or measure.obligation is Obligation.DUTY:
            chosen.append(place)
            fields.add(measure.dimension)
    more = [place for place in range(len(ready)) if place not in chosen]
    chosen += more[: max(0, FIRST_LEAST - len(chosen))]
    return tuple(ready[place] for place in sorted(chosen[:FIRST_MOST]))


def _known(catalogue: Catalogue, questionnaire: Questionnaire) -> frozenset[str]:
    """Ids a reader can look up."""
    return frozenset((*catalogue.by_id, *questionnaire.dimension_by_id, *questionnaire.item_by_id))


def _row(
    given: Recommendation,
    catalogue: Catalogue,
    questionnaire: Questionnaire,
    known: Collection[str],
    planned: Collection[str],
    done: Collection[str],
    *,
    constrained: bool,
) -> MeasureRow:
    measure = given.measure
    partner = load_reference().type_of(given.partner) if given.partner else None
    chain = tuple(_step(link, known) for link in given.chain)
    gap = next((step.sentence for step in chain if step.kind is LinkKind.GAP), "")
    return MeasureRow(
        text=measure_text(measure, questionnaire),
        step=step_words(given.level, given.expected_level),
        level=given.level,
        expected_level=given.expected_level,
        mark=_mark(given),
        note=obligation_note(measure, voluntary_mark=given.voluntary_mark),
        reason=gap,
        why=_why(given, catalogue, constrained),
        chain=chain,
        priority=sentence(f"priority.{given.priority.priority_class.value}"),
        formula=given.priority.formula,
        relevance_reason=given.priority.relevance_reason,
        prerequisites=tuple(
            _prerequisite(each, given, catalogue, planned, done) for each in measure.requires
        ),
        without=given.without,
        partner=sentence("measure.partner", type=partner.name) if partner else "",
        planned=measure.id in planned,
    )


def _constrained(advice: Advice) -> bool:
    """Whether voluntary measures were set back because of the budget."""
    return any(each.voluntary_mark for each in advice.recommendations)


def _why(given: Recommendation, catalogue: Catalogue, constrained: bool) -> str:
    """What decided its place, in the order in which the rules decide."""
    measure, priority = given.measure, given.priority
    if given.duty:
        return sentence("measure.why_duty")
    later = _builds_on_it(given, catalogue)
    if later:
        return sentence("measure.why_forward", title=later)
    if constrained and measure.obligation is Obligation.PARTLY:
        return sentence("measure.why_partly")
    if given.voluntary_mark and measure.cost_kind is CostKind.NONE:
        return sentence("measure.why_free")
    if priority.reference is None:
        return sentence("measure.why_next")
    high = priority.priority_class is PriorityClass.HIGH
    effort = sentence(f"effort_dative.{measure.effort}")
    return sentence("measure.why_high" if high else "measure.why_gap", effort=effort)


def _builds_on_it(given: Recommendation, catalogue: Catalogue) -> str:
    """Title of the measure that brought it forward; ``""`` where its own priority placed it."""
    rule = next((link for link in given.chain if link.kind is LinkKind.RULE), None)
    if rule is None or "prerequisites" not in rule.ids or given.missing:
        return ""
    later = catalogue.by_id.get(rule.ids[-1])
    return later.title if later else ""


def _mark(given: Recommendation) -> str:
    if given.duty or given.measure.obligation is not Obligation.VOLUNTARY:
        return obligation_word(given.measure)
    return obligation_word(given.measure) if given.voluntary_mark else ""


def _step(link: Link, known: Collection[str]) -> ChainStep:
    """Only ids a reader can look up: questions, fields, measures."""
    ids = tuple(each for each in link.ids if each in known)
    return ChainStep(link.kind, sentence(f"link.{link.kind.value}"), link.sentence, ids)


def _prerequisite(
    measure_id: str,
    given: Recommendation,
    catalogue: Catalogue,
    planned: Collection[str],
    done: Collection[str],
) -> Prerequisite:
    if measure_id in done:
        state, is_open = "measure.requires_done", False
    elif measure_id in planned:
        state, is_open = "measure.requires_planned", False
    elif measure_id in given.missing:
        state, is_open = "measure.requires_missing", True
    else:
        state, is_open = "measure.requires_level", False
    known = catalogue.by_id.get(measure_id)
    return Prerequisite(measure_id, known.title if known else "", sentence(state), is_open)


def _first_sentence(first: Sequence[MeasureRow], advice: Advice, rated: bool) -> str:
    if not first and not rated:
        return sentence("measure.first_no_levels")
    if not first:
        empty = advice.not_rated and not advice.recommendations
        return sentence("measure.first_nothing_rated" if empty else "measure.first_none")
    if len(first) == 1:
        return sentence("measure.first_one")
    fields = [row.text.dimension for row in first if row.text.obligation != Obligation.DUTY.value]
    text = "measure.first" if len(fields) == len(set(fields)) else "measure.first_filled"
    order = "constrained" if _constrained(advice) else "usual"
    return sentence(text, n=_NUMBERS[len(first)], order=sentence(f"measure.order_{order}"))
