"""What of a questionnaire is confidential, and what became of it: answers on information security.

Public papers name the level of such a field and nothing else of it. The answers themselves stand in
one paper that is never public.
"""

import math
from dataclasses import dataclass
from typing import Any

from assessment.profiles.dossier import Dossier
from assessment.profiles.field_gaps import answer_words
from assessment.profiles.fields import FieldRow
from assessment.profiles.plain import as_plain
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Item, ItemKind, Questionnaire
from assessment.remarks import InputRefused
from assessment.survey import AnswerStatus

NO_SENSITIVE_ITEMS = "NO_SENSITIVE_ITEMS"


@dataclass(frozen=True, slots=True)
class SensitiveAnswer:
    """One question. ``points`` are whole points 0–100, ``None`` without a scored answer."""

    item: str
    text: str
    answer: str
    points: int | None
    open: str
    """What is still to be clarified; ``""`` where the question is answered."""


@dataclass(frozen=True, slots=True)
class SensitiveField:
    """One field with its confidential answers and what holds its level down."""

    row: FieldRow
    answers: tuple[SensitiveAnswer, ...]
    gate: str
    """Why the level stays where it is; ``""`` else."""
    next_level: str
    """What the next level asks for in the questionnaire's words; may be empty."""


@dataclass(frozen=True, slots=True)
class SecurityProfile:
    """Everything the paper on information security says."""

    fields: tuple[SensitiveField, ...]
    lead: str
    open: tuple[str, ...]
    """Open points, one sentence each."""
    measures: tuple[tuple[str, str], ...]
    """Id and title of the measures that fit these fields."""

    def as_dict(self) -> dict[str, Any]:
        """The whole profile with plain types, ready for JSON."""
        return as_plain(self)


def sensitive_items(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """Confidential questions of a field; contacts are people and stand in no paper at all."""
    return tuple(
        item
        for item in questionnaire.items
        if item.sensitive and item.dimension and item.kind is not ItemKind.CONTACT
    )


def sensitive_dimensions(questionnaire: Questionnaire) -> frozenset[str]:
    """Fields that rest on at least one confidential question."""
    return frozenset(item.dimension or "" for item in sensitive_items(questionnaire))


def security_profile(dossier: Dossier) -> SecurityProfile:
    """Answers, levels and open points of the confidential fields.

    Raises ``InputRefused`` (``NO_SENSITIVE_ITEMS``) for a questionnaire without such questions.
    """
    questionnaire = dossier.assessment.survey.questionnaire
    items = sensitive_items(questionnaire)
    if not items:
        raise InputRefused(NO_SENSITIVE_ITEMS, sentence("security_paper.none"))
    dimensions = [
        dimension
        for dimension in questionnaire.dimensions
        if any(item.dimension == dimension.id for item in items)
    ]
    rows = {row.dimension: row for row in dossier.profile.fields}
    fields = tuple(
        _field(dossier, rows[dimension.id], [i for i in items if i.dimension == dimension.id])
        for dimension in dimensions
        if dimension.id in rows
    )
    if not fields:
        raise InputRefused(NO_SENSITIVE_ITEMS, sentence("security_paper.none"))
    answers = [answer for field in fields for answer in field.answers]
    done = sum(not answer.open for answer in answers)
    return SecurityProfile(
        fields,
        sentence("security_paper.lead", done=done, total=len(answers)),
        tuple(answer.open for answer in answers if answer.open)
        + tuple(field.gate for field in fields if field.gate),
        tuple(
            (row.text.id, row.text.title)
            for row in dossier.measures.rows
            if row.text.dimension in {field.row.dimension for field in fields}
        ),
    )


def _field(dossier: Dossier, row: FieldRow, items: list[Item]) -> SensitiveField:
    questionnaire = dossier.assessment.survey.questionnaire
    texts = questionnaire.level_texts(row.dimension)
    following = None if row.level is None else row.level + 1
    known = following is not None and following < len(texts)
    return SensitiveField(
        row,
        tuple(_answer(dossier, item) for item in items),
        _gate(dossier, row),
        texts[following] if known and following is not None else "",
    )


def _gate(dossier: Dossier, row: FieldRow) -> str:
    if not row.gate or row.level is None:
        return ""
    questionnaire = dossier.assessment.survey.questionnaire
    gates = questionnaire.dimension_by_id[row.dimension].gates
    reason = next((gate.reason for gate in gates if gate.item == row.gate and gate.reason), "")
    if reason:
        return sentence("security_paper.gate", name=row.name, level=row.level, reason=reason)
    return sentence("security_paper.gate_plain", name=row.name, level=row.level, item=row.gate)


def _answer(dossier: Dossier, item: Item) -> SensitiveAnswer:
    survey, key = dossier.assessment.survey, dossier.key
    points = dossier.assessment.scores.item_points
    found = points.at[key, item.id] if item.id in points.columns else None
    value = float(found) if isinstance(found, float | int) else math.nan
    status = (
        AnswerStatus(int(survey.status.at[key, item.id]))
        if item.id in survey.status.columns
        else AnswerStatus.NOT_ASKED
    )
    unclear = status not in (AnswerStatus.ANSWERED, AnswerStatus.NOT_APPLICABLE)
    answer = answer_words(survey, key, item)
    return SensitiveAnswer(
        item.id,
        item.text,
        answer,
        None if math.isnan(value) else round(value),
        sentence("security_paper.open", item=item.id, text=item.text, answer=answer)
        if unclear
        else "",
    )
