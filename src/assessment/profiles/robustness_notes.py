"""How firmly each level holds, in one sentence a lay reader understands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessment.german import format_number
from assessment.profiles.field_names import listed_name
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.profiles.type_statement import shown_share
from assessment.scoring.robustness_types import DimensionRobustness

FIRM = 0.75
"""From this share of the draws on a level is called firm: three in four."""


@dataclass(frozen=True, slots=True)
class FieldRobustness:
    """One rated dimension. Shares 0–1, points 0–100."""

    dimension: str
    name: str
    level: int
    same_level: float
    low: int
    high: int
    lowest: int
    highest: int
    """Worst and best case of the open answers; equal where nothing is open."""
    draws: int
    fixed: bool
    """One question only: nothing can vary."""
    sentence: str


@dataclass(frozen=True, slots=True)
class RobustnessNote:
    """All rated dimensions of one municipality."""

    fields: tuple[FieldRobustness, ...]
    sentence: str
    method: str
    """How it was tried out, and what a smaller share means."""
    fixed_note: str
    """Names the fields of one question."""


def robustness_note(
    assessment: Assessment, row: int, *, without: Collection[str] = ()
) -> RobustnessNote:
    """Put the robustness of one municipality (row of the survey) into words.

    ``without``: fields of which nothing may be said.
    """
    levels = dict(
        zip(assessment.scores.dimensions, assessment.scores.level_values[row], strict=True)
    )
    questionnaire = assessment.survey.questionnaire
    fields = tuple(
        _field(one, listed_name(questionnaire, one.dimension), int(levels[one.dimension]))
        for one in assessment.robustness.of(row)
        if one.dimension not in without
    )
    draws = format_number(fields[0].draws) if fields else ""
    varied = any(not field.fixed for field in fields)
    method = ""
    if varied:
        method = f"{sentence('robust.method', draws=draws)} {sentence('robust.neighbours')}"
    fixed = ", ".join(field.name for field in fields if field.fixed)
    note = sentence("robust.one_question", fields=fixed) if fixed else ""
    return RobustnessNote(fields, _summary(fields), method, note)


def _field(found: DimensionRobustness, name: str, level: int) -> FieldRobustness:
    said = [_level_sentence(found, level)]
    if not found.fixed and found.low != found.high:
        said.append(sentence("robust.range", low=found.low, high=found.high))
    if found.lowest != found.highest:
        said.append(sentence("robust.answers", lowest=found.lowest, highest=found.highest))
    return FieldRobustness(
        found.dimension,
        name,
        level,
        found.same_level,
        found.low,
        found.high,
        found.lowest,
        found.highest,
        found.draws,
        found.fixed,
        " ".join(said),
    )


def _level_sentence(found: DimensionRobustness, level: int) -> str:
    if found.fixed:
        return sentence("robust.fixed")
    if found.same_level >= 1:
        return sentence("robust.all", level=level)
    text = "robust.firm" if found.same_level >= FIRM else "robust.open"
    return sentence(text, level=level, share=shown_share(found.same_level))


def _summary(fields: Sequence[FieldRobustness]) -> str:
    """What holds comes first, then where it holds least."""
    if not fields:
        return sentence("robust.nothing")
    varied = [field for field in fields if not field.fixed]
    if not varied:
        return sentence("robust.summary_none")
    if len(varied) == 1:
        only = varied[0]
        share = shown_share(only.same_level)
        return sentence("robust.summary_one", level=only.level, share=share)
    total = len(varied)
    ordered = sorted(varied, key=lambda field: field.same_level)
    least, most = _place(ordered[0]), _place(ordered[-1])
    if ordered[0].same_level >= 1:
        said = sentence("robust.summary_always", total=total)
    else:
        firm = sum(field.same_level >= FIRM for field in varied)
        text = {0: "robust.summary_few", total: "robust.summary_all"}.get(firm, "robust.summary")
        said = sentence(text, n=firm, total=total, least=least, most=most)
    return sentence("robust.question", text=said)


def _place(field: FieldRobustness) -> str:
    """„Daten (Stufe 2 in 54 %)“."""
    share = shown_share(field.same_level)
    return sentence("robust.place", name=field.name, level=field.level, share=share)
