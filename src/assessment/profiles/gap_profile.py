"""All gaps of one municipality in words: fields down, references across, with their priority.

A gap is a shortfall only. What can't be told apart is said so and carries no number; what is
reached carries none either, however far above it lies.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.comparison.gap_types import Gap, GapRow, GapState, Reference
from assessment.german import format_number
from assessment.measures.advice_types import Advice, Recommendation
from assessment.profiles.field_names import largest_sentence, listed_name
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import points, sentence
from assessment.questionnaire.model import Questionnaire

BY_ORDER = "order"
BY_PRIORITY = "priority"
_MOST_EQUAL = 3
"""Where more fields than these all fall equally short, none of them is named before the others."""


@dataclass(frozen=True, slots=True)
class ReferenceText:
    """A reference as pages name it."""

    id: Reference
    name: str
    explanation: str


@dataclass(frozen=True, slots=True)
class GapText:
    """One gap in words; numbers are whole points 0–100."""

    reference: Reference
    state: GapState
    shortfall: int | None
    """Only for a clear shortfall."""
    value: int | None
    low: int | None
    high: int | None
    n: int | None
    word: str
    note: str
    """Reference, interval and n, or why there is no value."""
    reason: str
    """Why there is no value, alone; ``""`` where there is one."""
    levels: int | None = None
    """Levels missing to the own target; ``None`` for every other reference."""


@dataclass(frozen=True, slots=True)
class GapLine:
    """One field with all its gaps."""

    dimension: str
    name: str
    listed: str
    """Name as it stands beside fields of other blocks."""
    block: str
    block_name: str
    own: int | None
    gaps: tuple[GapText, ...]
    target_source: str
    """„Ziel aus dem Plan“ or „… aus der Erhebung“; ``""`` without a target."""
    target_sentence: str
    """How far the own target is, where there is such a gap."""
    priority_class: str
    """„high“, „medium“, „low“; ``""`` without a gap that counts or a suitable measure."""
    priority: str
    """The class in a word, „–“ without a suitable measure, ``""`` without a clear gap."""
    priority_value: float
    formula: str
    priority_note: str

    def gap(self, reference: Reference) -> GapText | None:
        """The gap to one reference."""
        return next((gap for gap in self.gaps if gap.reference is reference), None)

    @property
    def clear(self) -> bool:
        """Whether any gap of the field is clear."""
        return any(gap.state is GapState.SHORTFALL for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class GapProfile:
    """Everything the page of gaps says about all fields."""

    key: str
    name: str
    references: tuple[ReferenceText, ...]
    lines: tuple[GapLine, ...]
    sentence: str
    target_note: str
    """Where the own targets come from; ``""`` without any."""
    notes: tuple[str, ...]
    formula_note: str
    order_note: str

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def gap_profile(
    key: str,
    name: str,
    rows: Sequence[GapRow],
    questionnaire: Questionnaire,
    advice: Advice,
    planned: Collection[str] = (),
) -> GapProfile:
    """Put gaps into words. ``rows``: gaps of the fields in questionnaire order.

    ``advice``: the recommendations, whose largest priority a field takes over. ``planned``: fields
    whose target is the plan's and not the survey's.
    """
    present = [
        reference
        for reference in Reference
        if any(
            gap.value is not None or gap.state is not GapState.UNKNOWN
            for row in rows
            for gap in [row.gaps.get(reference)]
            if gap is not None
        )
    ]
    best = _best_per_field(advice)
    lines = tuple(
        _line(row, present, questionnaire, best.get(row.dimension), row.dimension in planned)
        for row in rows
    )
    source = _target_note(lines)
    return GapProfile(
        key,
        name,
        tuple(_reference(one, source) for one in present),
        lines,
        gap_sentence(lines, present),
        source,
        _notes(present),
        sentence("gap.priority_formula"),
        sentence("gap.order"),
    )


def sorted_lines(lines: Sequence[GapLine], by: str) -> tuple[GapLine, ...]:
    """Lines by questionnaire order, by priority or by the gap to a reference, largest first.

    Equals, and what has no clear gap, keep the questionnaire's order.
    """
    if by == BY_PRIORITY:
        return tuple(sorted(lines, key=lambda line: -line.priority_value))
    if by in set(Reference):
        reference = Reference(by)
        return tuple(sorted(lines, key=lambda line: -_shortfall(line.gap(reference))))
    return tuple(lines)


def gap_text(gap: Gap) -> GapText:
    """One gap in words; a lead or a difference within the uncertainty has no number."""
    clear = gap.state is GapState.SHORTFALL
    word = sentence(f"gap.{gap.state.value}", **_values(gap))
    notes = []
    if gap.state is GapState.UNKNOWN:
        notes.append(gap.refusal)
    else:
        if gap.value is not None:
            notes.append(sentence("gap.reference_at", value=format_number(gap.value)))
        if clear and gap.low is not None and gap.high is not None and gap.low != gap.high:
            notes.append(sentence("gap.interval", low=gap.low, high=gap.high))
        if gap.n is not None:
            notes.append(sentence("gap.others", n=format_number(gap.n)))
    return GapText(
        gap.reference,
        gap.state,
        gap.shortfall if clear else None,
        gap.value,
        gap.low if clear else None,
        gap.high if clear else None,
        gap.n,
        word,
        ", ".join(note for note in notes if note),
        gap.refusal,
        gap.levels,
    )


def _values(gap: Gap) -> dict[str, str]:
    return {"points": points(gap.shortfall or 0)} if gap.state is GapState.SHORTFALL else {}


def _reference(reference: Reference, source: str) -> ReferenceText:
    return ReferenceText(
        reference,
        sentence(f"gap_reference.{reference.value}"),
        " ".join(
            part
            for part in (
                sentence(f"gap_reference_text.{reference.value}"),
                source if reference is Reference.OWN_TARGET else "",
            )
            if part
        ),
    )


def _target_note(lines: Sequence[GapLine]) -> str:
    """Where the own targets come from; ``""`` without any."""
    sources = [line.target_source for line in lines if line.target_source]
    if not sources:
        return ""
    planned = sources.count(sentence("gap_source.plan"))
    if planned == len(sources):
        return sentence("gap.target_source_plan")
    if not planned:
        return sentence("gap.target_source_survey")
    return sentence("gap.target_source_both", plan=planned, total=len(sources))


def _target_sentence(target: GapText | None, source: str) -> str:
    if target is None or target.state is not GapState.SHORTFALL or not target.levels:
        return ""
    if target.levels == 1:
        return sentence("gap.target_field_one", source=source)
    return sentence("gap.target_field", levels=target.levels, source=source)


def _best_per_field(advice: Advice) -> Mapping[str, Recommendation]:
    """The recommendation of the highest priority of each field."""
    best: dict[str, Recommendation] = {}
    for given in advice.recommendations:
        known = best.get(given.dimension)
        if known is None or given.priority.value > known.priority.value:
            best[given.dimension] = given
    return best


def _line(
    row: GapRow,
    present: Sequence[Reference],
    questionnaire: Questionnaire,
    best: Recommendation | None,
    planned: bool,
) -> GapLine:
    dimension = questionnaire.dimension_by_id[row.dimension]
    gaps = tuple(gap_text(row.gaps[one]) for one in present if one in row.gaps)
    clear = any(gap.state is GapState.SHORTFALL for gap in gaps)
    own = next((gap.own for gap in row.gaps.values() if gap.own is not None), None)
    rated = clear and best is not None and best.priority.value > 0
    if not clear:
        note = sentence("gap.priority_no_gap")
    elif best is None:
        note = sentence("gap.priority_no_measure")
    elif not rated:
        note = sentence("gap.priority_not_urgent")
    else:
        measure = f"{best.measure.id} „{best.measure.title}“"
        note = sentence("gap.priority_measure", measure=measure)
    kind = best.priority.priority_class.value if best is not None and rated else ""
    target = next((gap for gap in gaps if gap.reference is Reference.OWN_TARGET), None)
    source = sentence("gap_source.plan" if planned else "gap_source.survey") if target else ""
    return GapLine(
        row.dimension,
        row.name,
        listed_name(questionnaire, row.dimension),
        dimension.block,
        questionnaire.blocks.get(dimension.block, dimension.block),
        own,
        gaps,
        source,
        _target_sentence(target, source),
        kind,
        _priority_word(kind, clear and best is None),
        best.priority.value if best is not None and rated else 0.0,
        best.priority.formula if best is not None and rated else "",
        note,
    )


def _priority_word(kind: str, no_measure: bool) -> str:
    """The class in a word; nothing where nothing is urgent."""
    if kind:
        return sentence(f"priority.{kind}")
    return sentence("gap.priority_none") if no_measure else ""


def gap_sentence(lines: Sequence[GapLine], present: Sequence[Reference], block: str = "") -> str:
    """How many of these fields fall short of the first reference known at all, and where most.

    Fields that only fall short of their own target are counted too. ``block``: name of the fields
    where they are not all there are.
    """
    for reference in present:
        known = [
            (line, gap)
            for line in lines
            if (gap := line.gap(reference)) is not None and gap.state is not GapState.UNKNOWN
        ]
        if known:
            break
    else:
        return sentence("gap.nothing_rated")
    several = len({line.block for line in lines}) > 1
    clear = [(_shortfall(gap), line) for line, gap in known if gap.state is GapState.SHORTFALL]
    values = {"total": len(known), "reference": sentence(f"gap_reference_to.{reference.value}")}
    if not clear:
        said = [sentence("gap.count_none", **values)]
    else:
        said = [
            sentence("gap.count_one", **values)
            if len(clear) == 1
            else sentence("gap.count", n=len(clear), **values)
        ]
        size = max(size for size, _ in clear)
        names = [_shown_name(line, several) for one, line in clear if one == size]
        equal = len(names) == len(clear) > _MOST_EQUAL
        said.append(
            sentence("gap.all_equal", points=points(size))
            if equal
            else largest_sentence("gap", names, points(size))
        )
    if reference is not Reference.OWN_TARGET:
        only = [line for line in lines if _only_target(line, reference)]
        if len(only) == 1:
            said.append(sentence("gap.target_only_one", name=_shown_name(only[0], several)))
        elif only:
            text = "gap.target_further" if clear else "gap.target_only"
            said.append(sentence(text, n=len(only)))
    text = " ".join(said)
    return sentence("gap.of_block", block=block, text=text) if block else text


def _shown_name(line: GapLine, several: bool) -> str:
    """A field's name among fields of one block, or of several."""
    return line.listed if several else line.name


def _only_target(line: GapLine, reference: Reference) -> bool:
    """Whether a field falls short of its own target, but not clearly of this reference."""
    return _shortfall(line.gap(Reference.OWN_TARGET)) > 0 and not _shortfall(line.gap(reference))


def _notes(present: Sequence[Reference]) -> tuple[str, ...]:
    notes = [sentence("gap.only"), sentence("gap.equal")]
    if Reference.OWN_TARGET not in present:
        notes.append(sentence("gap.targets_none"))
    if Reference.PREVIOUS_WAVE not in present:
        notes.append(sentence("gap.previous_none"))
    return tuple(notes)


def _shortfall(gap: GapText | None) -> int:
    clear = gap is not None and gap.state is GapState.SHORTFALL
    return (gap.shortfall or 0) if clear and gap is not None else 0
