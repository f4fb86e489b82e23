"""OWASP DevSecOps Maturity Model (CC-BY-SA 4.0), from model.yaml and meta.yaml.

model.yaml holds two documents: version data, then dimension → sub-dimension → activity. Each
activity has a level from 1 to 5 and names the activities it depends on.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Option,
    Questionnaire,
    ScoringRule,
)

Activity = Mapping[str, Any]
SHARED_SET = "progress"


def load_dsomm(model: str, meta: str) -> Questionnaire:
    """Load the model; answers are the progress stages that meta.yaml defines.

    An activity implemented by half of the applications counts half; within a dimension all
    activities weigh the same. Raises ValueError if the file is not laid out that way.
    """
    documents = list(yaml.safe_load_all(model))
    if len(documents) != 2 or "meta" not in documents[0]:
        raise ValueError("DSOMM: Erwartet werden zwei YAML-Dokumente, Angaben und Modell.")
    settings = yaml.safe_load(meta)
    options = tuple(_stages(settings["progressDefinition"]))
    activities = list(_activities(documents[1]))
    by_name = {name: activity["uuid"] for _dimension, _area, name, activity in activities}
    names = settings["strings"]["en"]["maturityLevels"]
    return Questionnaire(
        id="dsomm",
        version=str(documents[0]["meta"]["version"]),
        title="DevSecOps Maturity Model",
        language="en",
        source=str(documents[0]["meta"]["publisher"]),
        licence="CC-BY-SA 4.0",
        level_names=("", *names),
        dimensions=tuple(_dimensions(documents[1])),
        items=tuple(
            Item(
                id=activity["uuid"],
                text=name,
                kind=ItemKind.LEVEL,
                section=dimension,
                group=area,
                dimension=_slug(dimension, area),
                options=options,
                option_set=SHARED_SET,
                scoring=ScoringRule.POINTS,
                weight=1.0,
                level=activity["level"],
                # Dependencies are given by identifier or, in older files, by name.
                requires=tuple(by_name.get(name, name) for name in activity.get("dependsOn") or ()),
                help=_help(activity),
                attributes=_attributes(activity),
            )
            for dimension, area, name, activity in activities
        ),
    )


def _activities(model: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Activity]]:
    for dimension, areas in model.items():
        for area, activities in areas.items():
            for name, activity in activities.items():
                yield dimension, area, name, activity


def _dimensions(model: Mapping[str, Any]) -> Iterator[Dimension]:
    for dimension, areas in model.items():
        yield Dimension(id=_slug(dimension), name=dimension)
        for area in areas:
            yield Dimension(id=_slug(dimension, area), name=area, parent=_slug(dimension))


def _slug(*names: str) -> str:
    return "/".join(re.sub(r"[\s;|]+", "_", name) for name in names)


def _stages(definition: Mapping[str, Mapping[str, str]]) -> Iterator[Option]:
    for name, stage in definition.items():
        yield Option(
            code=_slug(name),
            label=f"{name}: {stage['definition']}",
            points=float(str(stage["score"]).rstrip("%")),
        )


def _help(activity: Activity) -> str:
    parts = {
        "": activity.get("description"),
        "Risk: ": activity.get("risk"),
        "Measure: ": activity.get("measure"),
        "Assessment: ": activity.get("assessment"),
    }
    return "\n\n".join(f"{label}{text.strip()}" for label, text in parts.items() if text)


def _attributes(activity: Activity) -> dict[str, str]:
    difficulty = activity.get("difficultyOfImplementation") or {}
    attributes = {f"difficulty_{name}": str(value) for name, value in difficulty.items()}
    return attributes | {"usefulness": str(activity.get("usefulness", ""))}
