"""What may leave the house: profiles without what tells the answer to a sensitive question.

The public and the anonymised variant show of a field with sensitive questions its level and whole
points only, and what follows from these alone. A field is left out as a whole where the
municipality wants that, where it is not rated, and where level and points together would tell a
single answer (``public_answers.py``): nobody can see which of the three was the reason.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from assessment.comparison.comparison import Position, Standing
from assessment.comparison.gap_types import GapRow, Reference
from assessment.measures.advice_types import Advice, Link, LinkKind, Recommendation
from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan
from assessment.measures.roadmap_types import PrerequisiteState, Roadmap
from assessment.measures.sentences import say
from assessment.profiles.advice import comparison_of
from assessment.profiles.answer_counts import AnswerCounts
from assessment.profiles.field_gaps import FieldGaps, ItemGap
from assessment.profiles.fields import (
    FieldBlock,
    FieldRow,
    comparison_sentence,
    gaps,
    note_on,
    strengths,
)
from assessment.profiles.header import data_note
from assessment.profiles.measure_basis import MeasureBasis
from assessment.profiles.measure_profile import MeasureProfile, MeasureRow
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.next_steps import next_steps
from assessment.profiles.public_answers import sensitive_items, telling_fields
from assessment.profiles.public_check import check_variant as check_variant
from assessment.profiles.results import Assessment
from assessment.profiles.robustness_notes import robustness_note
from assessment.profiles.targets import target_sentence
from assessment.profiles.texts import sentence
from assessment.profiles.wave_profile import WaveProfile, wave_sentence
from assessment.questionnaire.model import Questionnaire

_Value = TypeVar("_Value")


def sensitive_fields(questionnaire: Questionnaire) -> frozenset[str]:
    """Fields in which such a question counts, and the fields above them."""
    secret = sensitive_items(questionnaire)
    own = {
        dimension.id
        for dimension in questionnaire.dimensions
        if any(item.id in secret for item in questionnaire.scored_items(dimension.id))
        or any(gate.item in secret for gate in dimension.gates)
    }
    return _with_parents(questionnaire, own)


def hidden_fields(
    assessment: Assessment, key: str, plan: MunicipalityPlan | None = None
) -> frozenset[str]:
    """Fields of which a public paper of this municipality says nothing at all."""
    found = telling_fields(assessment, key)
    if plan is not None and not plan.paper.security_field_public:
        found |= sensitive_fields(assessment.survey.questionnaire)
    return found


def public_basis(
    basis: MeasureBasis,
    hidden: Collection[str],
    questionnaire: Questionnaire,
    catalogue: Catalogue,
) -> MeasureBasis:
    """Advice, levels, targets and open conditions as a public paper may tell them."""
    secret = sensitive_items(questionnaire)
    kept = [each for each in basis.advice.recommendations if each.dimension not in hidden]
    advice = replace(
        basis.advice,
        recommendations=tuple(
            _recommendation(each, hidden, sensitive_fields(questionnaire), catalogue, basis.done)
            for each in kept
        ),
        outside_responsibility=tuple(
            each for each in basis.advice.outside_responsibility if each.dimension not in hidden
        ),
        not_rated=_without(basis.advice.not_rated, hidden),
    )
    gates = {
        field: tuple(gate for gate in found if gate.item not in secret)
        for field, found in basis.gates.items()
        if field not in hidden
    }
    return replace(
        basis,
        advice=advice,
        levels=_kept(basis.levels, hidden),
        targets=_kept(basis.targets, hidden),
        surveyed=_kept(basis.surveyed, hidden),
        outside=basis.outside - frozenset(hidden),
        gates={field: found for field, found in gates.items() if found},
        fulfilled=frozenset(
            name
            for name in basis.fulfilled
            if name in basis.done or not _of(catalogue, name, hidden)
        ),
    )


def public_profile(
    profile: MunicipalityProfile,
    assessment: Assessment,
    rounded: Assessment,
    advice: Advice,
    hidden: Collection[str],
) -> MunicipalityProfile:
    """The Steckbrief for a public paper.

    ``rounded``: the assessment that ``profile`` was made of (``public_scores.py``); ``advice``:
    already cleaned.
    """
    questionnaire, key = assessment.survey.questionnaire, profile.header.key
    secret = sensitive_fields(questionnaire)
    compared = comparison_of(rounded, key)
    places = {place.dimension: place for place in compared.positions}
    blocks = tuple(
        FieldBlock(
            block.id,
            block.name,
            tuple(
                public_row(row, places[row.dimension]) if row.dimension in secret else row
                for row in block.rows
                if row.dimension not in hidden
            ),
        )
        for block in profile.blocks
    )
    number = assessment.peers.rows[key]
    cleaned = replace(
        profile,
        blocks=tuple(block for block in blocks if block.rows),
        # Shares of draws and intervals depend on each single answer.
        robustness=robustness_note(assessment, number, without=secret.union(hidden)),
        data=data_note(
            assessment.survey,
            assessment.scores,
            key,
            number,
            assessment.typology_mark,
            without=sensitive_items(questionnaire),
        ),
    )
    if not hidden:
        return cleaned
    shown = tuple(place for place in compared.positions if place.dimension not in hidden)
    compared = replace(compared, positions=shown)
    steps, steps_note = next_steps(advice, assessment.catalogue, questionnaire)
    targets = tuple(each for each in profile.targets if each.dimension not in hidden)
    return replace(
        cleaned,
        strengths=strengths(compared, questionnaire),
        strengths_note=note_on(compared, Standing.ABOVE),
        gaps=gaps(compared, questionnaire),
        gaps_note=note_on(compared, Standing.BELOW),
        next_steps=steps,
        next_steps_note=steps_note,
        # The middle of all fields with those of the others would tell the one left out.
        placement=replace(profile.placement, value=None, sentence=sentence("public.no_middle")),
        targets=targets,
        targets_note=target_sentence(targets),
    )


def public_row(row: FieldRow, position: Position) -> FieldRow:
    """A field with sensitive questions: level, points and their place among the others.

    What a level means in such a field reads like the answers that led to it; coverage, bounds and
    counts tell which question is open.
    """
    name = row.level_name or f"{row.level} von 4"
    rated = sentence("public.rated", level=row.level, name=name, score=row.score)
    return replace(
        row,
        level_text="",
        gate="",
        coverage=None,
        lowest=None,
        highest=None,
        answers=AnswerCounts(0, 0, 0, 0, 0),
        sentence=f"{rated} {comparison_sentence(position)}",
    )


def public_measures(
    found: MeasureProfile, hidden: Collection[str], catalogue: Catalogue
) -> MeasureProfile:
    """Without prerequisites whose state would tell the level of a hidden field."""
    if not hidden:
        return found
    return replace(
        found,
        first=tuple(_measure_row(row, hidden, catalogue) for row in found.first),
        rows=tuple(_measure_row(row, hidden, catalogue) for row in found.rows),
        associations=_kept(found.associations, hidden),
    )


def public_schedule(
    roadmap: Roadmap, hidden: Collection[str], catalogue: Catalogue, done: Collection[str]
) -> Roadmap:
    """Without prerequisites outside the plan that lie in a hidden field."""
    if not hidden:
        return roadmap
    planned = {row.id for row in roadmap.rows}
    level_tells = {PrerequisiteState.DONE, PrerequisiteState.MISSING}
    left_out: set[str] = set()
    rows = []
    for row in roadmap.rows:
        kept = []
        for each in row.prerequisites:
            known = each.id in planned or each.id in done or not _of(catalogue, each.id, hidden)
            if known or each.state not in level_tells:
                kept.append(each)
            else:
                left_out.add(each.title)
        rows.append(replace(row, prerequisites=tuple(kept)))
    problems = tuple(
        each for each in roadmap.problems if not any(name in each.sentence for name in left_out)
    )
    return replace(roadmap, rows=tuple(rows), problems=problems)


def public_waves(
    found: WaveProfile, hidden: Collection[str], questionnaire: Questionnaire
) -> WaveProfile:
    """Two waves without confidential fields.

    Own change, earlier and later points are three sums over the same answers.
    """
    away = sensitive_fields(questionnaire).union(hidden)
    fields = tuple(field for field in found.fields if field.dimension not in away)
    if found.refusal or len(fields) == len(found.fields):
        return found
    return replace(found, fields=fields, sentence=wave_sentence(fields))


def public_gaps(
    rows: Iterable[GapRow], hidden: Collection[str], questionnaire: Questionnaire
) -> list[GapRow]:
    """Gaps without hidden fields, and without the earlier wave of confidential ones."""
    secret = sensitive_fields(questionnaire)
    return [
        replace(
            row,
            gaps={
                name: gap for name, gap in row.gaps.items() if name is not Reference.PREVIOUS_WAVE
            },
        )
        if row.dimension in secret
        else row
        for row in rows
        if row.dimension not in hidden
    ]


def public_field(found: FieldGaps, questionnaire: Questionnaire) -> FieldGaps:
    """One field in detail without sensitive questions; what they say is left out, not veiled."""
    secret = sensitive_items(questionnaire)
    if not any(one.sensitive or one.item in secret for one in found.items) and not any(
        line.item in secret for line in found.published
    ):
        return found
    items = public_items(found.items)
    return replace(
        found,
        items=items,
        sentence=sentence("public.field_items"),
        published=tuple(line for line in found.published if line.item not in secret),
    )


def public_items(items: Iterable[ItemGap]) -> tuple[ItemGap, ...]:
    """Questions whose answers may leave the house."""
    return tuple(one for one in items if not one.sensitive)


def _with_parents(questionnaire: Questionnaire, fields: Collection[str]) -> frozenset[str]:
    found = set(fields)
    for name in fields:
        parent = questionnaire.dimension_by_id[name].parent
        while parent and parent not in found:
            found.add(parent)
            parent = questionnaire.dimension_by_id[parent].parent
    return frozenset(found)


def _recommendation(
    given: Recommendation,
    hidden: Collection[str],
    secret: Collection[str],
    catalogue: Catalogue,
    done: Collection[str],
) -> Recommendation:
    chain = given.chain
    if given.dimension in secret:
        chain = tuple(
            Link(link.kind, sentence("public.answers"), (given.dimension,))
            if link.kind is LinkKind.ANSWER
            else link
            for link in chain
        )
    away = [name for name in given.missing if name not in done and _of(catalogue, name, hidden)]
    missing = _without(given.missing, away)
    rule = next((link for link in chain if link.kind is LinkKind.RULE), None)
    if rule is not None:
        text = rule.sentence
        if away:
            text = text.replace(_missing_words(given.missing, catalogue), "")
            text = f"{text.strip()} {_missing_words(missing, catalogue)}".strip()
        for name in rule.ids:
            later = catalogue.by_id.get(name)
            if later is not None and later.dimension in hidden and name not in given.missing:
                text = text.replace(say("rule.forward", id=later.id, title=later.title), "")
                away.append(name)
        ids = _without(rule.ids, away)
        cleaned = replace(rule, sentence=re.sub(" +", " ", text).strip(), ids=ids)
        chain = tuple(cleaned if link is rule else link for link in chain)
    return replace(given, chain=chain, missing=missing)


def _missing_words(names: Iterable[str], catalogue: Catalogue) -> str:
    named = ", ".join(f"„{catalogue[name].title}“ ({name})" for name in names)
    return say("rule.missing", missing=named) if named else ""


def _measure_row(row: MeasureRow, hidden: Collection[str], catalogue: Catalogue) -> MeasureRow:
    by_level = {sentence("measure.requires_level"), sentence("measure.requires_missing")}
    kept = tuple(
        each
        for each in row.prerequisites
        if each.state not in by_level or not _of(catalogue, each.id, hidden)
    )
    return replace(row, prerequisites=kept)


def _of(catalogue: Catalogue, measure: str, fields: Collection[str]) -> bool:
    """Whether a measure of the catalogue lies in one of these fields."""
    known = catalogue.by_id.get(measure)
    return known is not None and known.dimension in fields


def _kept(found: Mapping[str, _Value], hidden: Collection[str]) -> dict[str, _Value]:
    return {name: value for name, value in found.items() if name not in hidden}


def _without(names: Iterable[str], left_out: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in left_out)
