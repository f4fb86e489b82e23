"""The level profile: one row per dimension with everything that may be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.comparison.comparison import MOST_NAMED, Comparison, Position, Standing
from assessment.comparison.disclosure import whole_points
from assessment.german import format_number, format_percent
from assessment.profiles.answer_counts import AnswerCounts, answer_counts
from assessment.profiles.field_names import listed_name
from assessment.profiles.results import Assessment
from assessment.profiles.texts import points, sentence
from assessment.questionnaire.model import Dimension, Questionnaire
from assessment.scoring.scores import MINIMUM_COVERAGE
from assessment.survey import AnswerStatus


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One dimension. Scores are whole points 0–100, ``coverage`` 0–1; ``None`` = no value."""

    dimension: str
    name: str
    block: str
    block_name: str
    description: str
    level: int | None
    level_name: str
    level_text: str
    """What this level means in this dimension; may be empty."""
    score: int | None
    lowest: int | None
    highest: int | None
    coverage: float | None
    n_items: int
    answers: AnswerCounts
    """The field's questions by what was answered; all zero for a field of fields."""
    median: int | None
    low: int | None
    high: int | None
    n_others: int | None
    refusal: str
    """Why the peers' median is hidden; ``""`` if it is not."""
    difference: int | None
    standing: Standing
    gate: str
    """Item that holds the level down, ``""`` if none does."""
    sentence: str


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """Dimensions of one block, such as the Handlungsfelder."""

    id: str
    name: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class NamedField:
    """A strength or a gap."""

    dimension: str
    name: str
    listed: str
    """Name as it stands beside fields of other blocks."""
    own: int
    median: int
    difference: int
    level: int | None
    n_items: int
    """Questions behind the field: one moves in whole levels."""
    n_others: int | None
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """One municipality's row of the scores, each of shape (dimensions,)."""

    coverage: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray
    level: np.ndarray
    gate: np.ndarray
    status: Mapping[str, int]
    """Item → status of its answer."""


def field_blocks(
    assessment: Assessment, comparison: Comparison, key: str
) -> tuple[FieldBlock, ...]:
    """All dimensions in questionnaire order, grouped by block."""
    questionnaire = assessment.survey.questionnaire
    scores, number = assessment.scores, assessment.peers.rows[key]
    own = _Own(
        scores.coverage.to_numpy()[number],
        scores.lowest.to_numpy()[number],
        scores.highest.to_numpy()[number],
        scores.level_values[number],
        scores.gated.to_numpy()[number],
        assessment.survey.status.iloc[number].to_dict(),
    )
    rows = [
        _row(questionnaire, position, own, place)
        for place, position in enumerate(comparison.positions)
    ]
    blocks = dict.fromkeys(row.block for row in rows)
    return tuple(
        FieldBlock(
            block,
            questionnaire.blocks.get(block, block),
            tuple(row for row in rows if row.block == block),
        )
        for block in blocks
    )


def strengths(comparison: Comparison, questionnaire: Questionnaire) -> tuple[NamedField, ...]:
    """At most three fields clearly above the peers' median."""
    return _named(comparison.strengths, questionnaire, "named.strength")


def gaps(comparison: Comparison, questionnaire: Questionnaire) -> tuple[NamedField, ...]:
    """At most three fields clearly below the peers' median."""
    return _named(comparison.gaps, questionnaire, "named.gap")


def note_on(comparison: Comparison, standing: Standing) -> str:
    """What to say below the strengths or gaps: none, more, or why there can't be any."""
    positions = comparison.positions
    if all(position.own is None for position in positions):
        return sentence("named.nothing_rated")
    if all(position.standing is Standing.UNKNOWN for position in positions):
        return sentence("named.no_comparison")
    kind = "strength" if standing is Standing.ABOVE else "gap"
    said = []
    if any(position.standing is standing for position in positions):
        further = comparison.further(standing)
        # How the three were chosen matters only where others had to stand back.
        if further:
            said.append(sentence("named.choice"))
        if further == 1:
            said.append(sentence(f"named.one_more_{kind}"))
        elif further:
            said.append(sentence(f"named.more_{kind}s", n=further))
    else:
        said.append(sentence(f"named.no_{kind}s"))
    # Explains a short list; a full one needs no reason for what it leaves out.
    short = standing is Standing.ABOVE and len(comparison.strengths) < MOST_NAMED
    early = comparison.early_leads if short else 0
    if early == 1:
        said.append(sentence("named.one_early_lead"))
    elif early:
        said.append(sentence("named.early_leads", n=early))
    return " ".join(said)


def comparison_sentence(position: Position) -> str:
    """Where a rated field stands among the others'."""
    if position.peers.refusal:
        return sentence("field.hidden", refusal=position.peers.refusal)
    difference = points(position.difference or 0)
    if position.standing in (Standing.ABOVE, Standing.BELOW):
        return sentence(f"field.{position.standing}", difference=difference)
    if abs(position.difference or 0) >= position.noise:
        return sentence("field.unclear", difference=difference)
    return sentence("field.similar")


def level_name(questionnaire: Questionnaire, level: int) -> str:
    """„etabliert“; ``""`` where the questionnaire names no levels."""
    names = questionnaire.level_names
    return names[level] if level < len(names) else ""


def _named(
    positions: tuple[Position, ...], questionnaire: Questionnaire, text: str
) -> tuple[NamedField, ...]:
    found = []
    for position in positions:
        if position.own is None or position.peers.median is None or position.difference is None:
            continue
        name = questionnaire.dimension_by_id[position.dimension].name
        said = sentence(text, name=name, difference=points(position.difference))
        found.append(
            NamedField(
                position.dimension,
                name,
                listed_name(questionnaire, position.dimension),
                position.own,
                position.peers.median,
                position.difference,
                position.level,
                len(questionnaire.scored_items(position.dimension)),
                position.peers.n,
                said,
            )
        )
    return tuple(found)


def _row(questionnaire: Questionnaire, position: Position, own: _Own, place: int) -> FieldRow:
    dimension = questionnaire.dimension_by_id[position.dimension]
    coverage, gate = float(own.coverage[place]), str(own.gate[place])
    rated = position.own is not None
    level = int(own.level[place]) if rated else None
    lowest = whole_points(own.lowest[place]) if rated else None
    highest = whole_points(own.highest[place]) if rated else None
    texts = questionnaire.level_texts(dimension.id)
    items = [item.id for item in questionnaire.scored_items(dimension.id)]
    gate_known = own.status.get(gate) == AnswerStatus.ANSWERED
    return FieldRow(
        dimension=dimension.id,
        name=dimension.name,
        block=dimension.block,
        block_name=questionnaire.blocks.get(dimension.block, dimension.block),
        description=dimension.description,
        level=level,
        level_name="" if level is None else level_name(questionnaire, level),
        level_text=texts[level] if level is not None and level < len(texts) else "",
        score=position.own,
        lowest=lowest,
        highest=highest,
        coverage=None if np.isnan(coverage) else coverage,
        n_items=len(items),
        answers=answer_counts(items, own.status),
        median=position.peers.median,
        low=position.peers.low,
        high=position.peers.high,
        n_others=position.peers.n,
        refusal=position.peers.refusal,
        difference=position.difference,
        standing=position.standing,
        gate=gate,
        sentence=_sentence(
            questionnaire,
            dimension,
            position,
            level,
            coverage,
            (gate, gate_known),
            (lowest, highest),
        ),
    )


def _sentence(
    questionnaire: Questionnaire,
    dimension: Dimension,
    position: Position,
    level: int | None,
    coverage: float,
    held: tuple[str, bool],
    interval: tuple[int | None, int | None],
) -> str:
    if np.isnan(coverage):
        return sentence("field.not_concerned")
    if position.own is None or level is None:
        if coverage == 0:
            return sentence("field.nothing_answered")
        shown, least = format_percent(coverage), format_percent(MINIMUM_COVERAGE)
        return sentence("field.not_rated", coverage=shown, least=least)
    name = level_name(questionnaire, level) or f"{level} von 4"
    said = [
        sentence(
            "field.rated",
            level=level,
            level_name=name,
            score=format_number(position.own),
            coverage=format_percent(coverage),
        )
    ]
    gate, gate_known = held
    if gate and not gate_known:
        # Nobody said that the foundation is missing, only that it isn't known.
        said.append(sentence("field.gated_open", level=level, item=gate))
    elif gate:
        reason = next((g.reason for g in dimension.gates if g.item == gate and g.reason), "")
        said.append(
            sentence("field.gated", level=level, reason=reason)
            if reason
            else sentence("field.gated_plain", level=level, item=gate)
        )
    if interval[0] != interval[1]:
        said.append(sentence("field.interval", lowest=interval[0], highest=interval[1]))
    said.append(comparison_sentence(position))
    return " ".join(said)
