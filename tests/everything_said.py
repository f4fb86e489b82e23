"""Everything that is said about one municipality or one survey, as the pages work it out."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from assessment.measures.catalogue import load_catalogue
from assessment.measures.plan_file import plan_to_json, plan_to_yaml, read_plan
from assessment.measures.plan_types import MunicipalityPlan
from assessment.measures.roadmap import schedule
from assessment.measures.strategy import new_plan, suggested_plan
from assessment.measures.what_if import project
from assessment.profiles.measure_basis import MeasureBasis, measure_basis
from assessment.profiles.measure_profile import measure_profile
from assessment.profiles.plain import as_plain
from assessment.profiles.roadmap_profile import roadmap_profile
from assessment.profiles.strategy_profile import strategy_profile
from assessment.profiles.wave_profile import transition_text, wave_profile
from assessment.profiles.what_if_profile import what_if
from assessment.ui.taken import TakenSurvey

BEGINS = date(2027, 1, 1)


def taken_of(assessment, name: str = "test") -> TakenSurvey:
    """A survey as the pages hold it, outside the shared copies."""
    return TakenSurvey(f"{name}\x1f", assessment, frozen=False)


def plan_of(taken: TakenSurvey, key: str, basis: MeasureBasis, n: int = 8) -> MunicipalityPlan:
    """A plan with the first ``n`` recommendations."""
    fresh = new_plan(taken.survey, key, load_catalogue(), BEGINS, basis.levels)
    return suggested_plan(basis.advice, fresh, n)


def said_of(taken: TakenSurvey, key: str) -> dict[str, Any]:
    """All pages of one municipality with plain types; raises where anything is not plain."""
    catalogue, questionnaire = load_catalogue(), taken.survey.questionnaire
    basis = measure_basis(taken.assessment, key, catalogue)
    name = taken.survey.name_of(key)
    plan = plan_of(taken, key, basis)
    for text, ending in ((plan_to_yaml(plan), "yaml"), (plan_to_json(plan), "json")):
        assert read_plan(text.encode(), f"plan.{ending}", expected_key=key) == plan
    associations = taken.assessment.associations.of(key) if taken.assessment.membership else {}
    measures = measure_profile(
        basis.advice, catalogue, questionnaire, name=name, associations=associations
    )
    roadmap = schedule(plan, catalogue, done=basis.fulfilled, names=basis.names)
    projection = project(
        catalogue,
        basis.levels,
        [each.id for each in plan.measures],
        BEGINS,
        kind=basis.kind,
        names=basis.names,
        gates=basis.gates,
        targets={field: target for field, (_, target) in basis.targets.items()},
    )
    said = {
        "profile": taken.profile(key).as_dict(),
        "gaps": taken.gap_profile(key).as_dict(),
        "fields": [
            taken.field_gaps(key, each.id).as_dict()
            for each in questionnaire.dimensions
            if each.id in {row.dimension for row in taken.profile(key).fields}
        ],
        "measures": measures.as_dict(),
        "roadmap": roadmap_profile(roadmap, name).as_dict(),
        "strategy": as_plain(strategy_profile(plan, catalogue, name, outside=basis.outside)),
        "what_if": as_plain(what_if(projection, BEGINS)),
    }
    json.dumps(said, allow_nan=False)
    return said


def said_of_all(taken: TakenSurvey) -> dict[str, Any]:
    """What is said about a survey as a whole."""
    said = {
        "overview": as_plain(taken.overview),
        "participation": as_plain(taken.participation),
        "places": as_plain(taken.places),
        "types": [as_plain(each) for each in taken.type_profiles],
        "tables": [as_plain(each) for each in taken.type_tables],
    }
    json.dumps(said, allow_nan=False)
    return said


def said_of_waves(one: TakenSurvey, other: TakenSurvey, key: str) -> dict[str, Any]:
    """What is said about two waves; a refusal is an answer too."""
    prepared = one.waves_with(other)
    model = one.assessment.typology
    names = {each.id: each.name for each in model.clusters} if model else {}
    said = {
        "change": wave_profile(prepared.comparison(key), one.survey.questionnaire).as_dict(),
        "transitions": as_plain(transition_text(prepared.transitions(), names)),
        "earlier": prepared.earlier_points(key),
    }
    json.dumps(said, allow_nan=False)
    return said


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of plain data with the place where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield from texts(entry, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from texts(entry, f"{path}[]")
