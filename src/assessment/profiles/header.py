"""Who a municipality is and where its answers come from: head and foot of its page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from assessment.german import format_percent
from assessment.profiles.answer_counts import AnswerCounts, answer_counts
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Item, OptionKind, Role
from assessment.scoring.scores import Scores
from assessment.survey import AnswerStatus, Survey


@dataclass(frozen=True, slots=True)
class Header:
    """Facts as given in the survey; ``None`` or ``""`` where not given."""

    key: str
    name: str
    kind: str
    population: int | None
    land: str
    reference_date: date | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class DataNote:
    """How far the answers carry."""

    respondents: tuple[str, ...]
    """Areas that took part in answering."""
    answered: float
    """Share of the questions that concern the municipality that have an answer, 0–1."""
    counts: AnswerCounts
    """All questions by what was answered."""
    short_form: bool
    sentence: str
    provenance: tuple[str, ...]
    """Questionnaire, typology, data, program, each with its version or mark."""


def header_of(survey: Survey, key: str) -> Header:
    """Head of a municipality's page."""
    population = _value(survey, key, Role.POPULATION)
    day = _value(survey, key, Role.REFERENCE_DATE)
    # An own codebook may ask for it as text: then it is no day.
    known = isinstance(day, pd.Timestamp)
    return Header(
        key=key,
        name=survey.name_of(key),
        kind=answer_label(survey, key, survey.questionnaire.first(Role.KIND)),
        population=int(population) if isinstance(population, float | int) else None,
        land=answer_label(survey, key, survey.questionnaire.first(Role.LAND)),
        reference_date=day.date() if known else survey.reference_date,
        simulated=survey.simulated,
    )


def data_note(
    survey: Survey,
    scores: Scores,
    key: str,
    row: int,
    typology_mark: str | None,
    *,
    without: Collection[str] = (),
) -> DataNote:
    """Foot of a municipality's page. ``typology_mark``: short mark of the typology used.

    ``without``: questions that are not counted.
    """
    respondents = _respondents(survey, key)
    status = survey.status.iloc[row]
    if without:
        status = status[~status.index.isin(list(without))]
    answered = answered_share(status.to_numpy()[None, :])[0]
    share = format_percent(float(answered))
    if respondents:
        count = (
            sentence("data.one_respondent")
            if len(respondents) == 1
            else sentence("data.respondents", n=len(respondents))
        )
        line = sentence("data.line", respondents=count, answered=share)
    else:
        line = sentence("data.line_without", answered=share)
    short = bool(scores.short_form.iloc[row])
    if short:
        line += f", {sentence('data.short_form')}"
    if len(status) < len(survey.status.columns):
        line += f", {sentence('public.not_counted')}"
    counts = answer_counts(status.index, status.to_dict())
    marks = provenance(survey, typology_mark)
    return DataNote(respondents, float(answered), counts, short, line, marks)


def provenance(survey: Survey, typology_mark: str | None) -> tuple[str, ...]:
    """What a result rests on, in the order of the foot line."""
    questionnaire = survey.questionnaire
    parts = [
        sentence("data.proposed")
        if questionnaire.proposed
        else sentence("data.questionnaire", version=questionnaire.version)
    ]
    if typology_mark:
        parts.append(sentence("data.typology", mark=typology_mark))
    parts.append(sentence("data.data", mark=survey.provenance.data_hash[:8]))
    parts.append(sentence("data.program", version=survey.provenance.program_version))
    return tuple(parts)


def answered_share(status: np.ndarray) -> np.ndarray:
    """Share of questions with an answer, per row of a status matrix (rows, items).

    As in the coverage of a field, „nicht zuständig“ and what was not asked count on neither side.
    """
    concerned = ~np.isin(status, (AnswerStatus.NOT_ASKED, AnswerStatus.NOT_APPLICABLE))
    answered = (status == AnswerStatus.ANSWERED).sum(axis=1)
    return answered / np.maximum(concerned.sum(axis=1), 1)


def answer_label(survey: Survey, key: str, item: Item | None) -> str:
    """What a municipality answered, as its option is labelled; ``""`` without an answer."""
    answer = survey.text_at(survey.rows[key], item.id) if item is not None else None
    if item is None or answer is None:
        return ""
    option = item.option_by_code.get(answer)
    return option.label if option else answer


def _respondents(survey: Survey, key: str) -> tuple[str, ...]:
    item = survey.questionnaire.first(Role.RESPONDENT)
    answer = survey.text_at(survey.rows[key], item.id) if item is not None else None
    if item is None or answer is None:
        return ()
    options = [item.option_by_code.get(code) for code in answer.split(";")]
    return tuple(o.label for o in options if o is not None and o.kind is OptionKind.ANSWER)


def _value(survey: Survey, key: str, role: Role) -> object:
    """An answer with a role; ``None`` without one."""
    item = survey.questionnaire.first(role)
    if item is None or item.id not in survey.answers.columns:
        return None
    value = survey.answers.at[key, item.id]
    return None if pd.isna(value) else value  # pyright: ignore[reportGeneralTypeIssues]
