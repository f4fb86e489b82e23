"""Dossiers for the tests of the council papers: the sample, plans, odd surveys."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache

from assessment import pipeline
from assessment.measures.plan_editing import change_plan
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
)
from assessment.measures.strategy import new_plan, suggested_plan
from assessment.profiles.dossier import Dossier
from assessment.profiles.results import Assessment
from assessment.profiles.variants import Variant
from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Questionnaire,
    Role,
    ScoringRule,
)
from assessment.survey import AnswerStatus

CREATED = date(2026, 11, 22)
LONG_NAME = (
    "Verwaltungsgemeinschaft Ober- und Niederfährelsbüren-Weidelswalde am Großen Wasser " * 2
)
LONG_TITLE = (
    "Aufbau einer gemeinsamen Anlaufstelle für alle Fragen der Digitalisierung vor Ort " * 2
)


@cache
def sample() -> Assessment:
    return pipeline.assess_sample()


@cache
def later() -> Assessment:
    return pipeline.assess_sample("2028")


@cache
def both_waves():
    return pipeline.waves(sample(), later())


def key_of(kind: str) -> str:
    """The first municipality of a kind (code of A04)."""
    survey = sample().survey
    return next(key for key in survey.keys if survey.text_at(survey.rows[key], "A04") == kind)


def dossier(place: int | str = 0, n: int | None = None, **more) -> Dossier:
    """A municipality of the sample; with a plan of ``n`` recommendations."""
    assessment = sample()
    key = place if isinstance(place, str) else assessment.survey.keys[place]
    found = Dossier(assessment, key, **more)
    return found if n is None else replace(found, plan=plan_of(found, n))


def plan_of(found: Dossier, n: int) -> MunicipalityPlan:
    """The first ``n`` recommendations, beginning 2027."""
    survey, basis = found.assessment.survey, found.basis
    fresh = new_plan(survey, found.key, found.catalogue, date(2027, 1, 1), basis.levels)
    return suggested_plan(basis.advice, fresh, n)


def with_costs(plan: MunicipalityPlan, euros: int) -> MunicipalityPlan:
    """The first measure costs ``euros`` once in 2027."""
    first, *others = plan.measures
    row = CostRow.model_validate(
        {"kind": CostRowKind.ONCE, "amounts": {2027: euros}, "basis": CostBasis.ESTIMATE}
    )
    return change_plan(plan, measures=(first.model_copy(update={"costs": (row,)}), *others))


def crowded(found: Dossier, n: int = 14) -> MunicipalityPlan:
    """Own measures with the longest titles and units a person may type."""
    return change_plan(
        plan_of(found, 0),
        measures=tuple(
            PlannedMeasure(
                id=f"E{number}",
                own_title=LONG_TITLE.strip(),
                owner="Amt für Digitalisierung, Organisation und Zentrale Dienste",
            )
            for number in range(1, n + 1)
        ),
    )


def renamed(name: str) -> Dossier:
    """The first municipality under another name."""
    assessment = sample()
    survey, key = assessment.survey, assessment.survey.keys[0]
    other = replace(survey, names={**survey.names, key: name})
    return Dossier(replace(assessment, survey=other), key)


@cache
def nothing_answered() -> Assessment:
    """The sample, its first municipality with every answer open."""
    survey = sample().survey
    answers, status = survey.answers.copy(), survey.status.copy()
    items = [item for item in status.columns if item not in ("A01", "A02", "A03", "A04", "A05")]
    status.loc[survey.keys[0], items] = int(AnswerStatus.MISSING)
    answers.loc[survey.keys[0], items] = None
    return pipeline.assess(replace(survey, answers=answers, status=status), sample().typology)


@cache
def foreign() -> Assessment:
    """A questionnaire without points, levels and goals."""
    survey = sample().survey
    book = Questionnaire(
        id="fremd",
        version="1",
        title="Fremd",
        proposed=True,
        items=(Item(id="A05", text="Zahl", kind=ItemKind.INTEGER),),
    )
    answers, status = survey.answers[["A05"]], survey.status[["A05"]]
    return pipeline.assess(replace(survey, questionnaire=book, answers=answers, status=status))


@cache
def one_field() -> Assessment:
    """A questionnaire with a single scored field, its answers those of D26 of the sample."""
    survey = sample().survey
    options = survey.questionnaire["D26"].options
    book = Questionnaire(
        id="eins",
        version="1",
        title="Ein Feld",
        dimensions=(Dimension(id="X", name="Feld"),),
        items=(
            Item(
                id="D26",
                text="Wie weit?",
                kind=ItemKind.LEVEL,
                dimension="X",
                options=options,
                scoring=ScoringRule.POINTS,
                weight=1,
            ),
            Item(id="A05", text="Einwohner", kind=ItemKind.INTEGER, roles=(Role.POPULATION,)),
        ),
    )
    columns = ["D26", "A05"]
    answers, status = survey.answers[columns], survey.status[columns]
    return pipeline.assess(replace(survey, questionnaire=book, answers=answers, status=status))


def printed(content) -> list[str]:
    """All texts of a document that reach the paper: ids of statements don't."""
    if isinstance(content, str):
        return [content]
    if is_dataclass(content) and not isinstance(content, type):
        names = [each.name for each in fields(content) if each.name != "ids"]
        return [text for name in names for text in printed(getattr(content, name))]
    if isinstance(content, tuple | list):
        return [text for each in content for text in printed(each)]
    return []


def blocks_of(content, kind: type) -> list:
    """All blocks of a kind, also inside boxes and columns."""
    found = [content] if isinstance(content, kind) else []
    if is_dataclass(content) and not isinstance(content, type):
        for each in fields(content):
            found += blocks_of(getattr(content, each.name), kind)
    elif isinstance(content, tuple | list):
        for each in content:
            found += blocks_of(each, kind)
    return found


CLOSED = Variant.CLOSED
