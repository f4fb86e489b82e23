"""Rankings of the Open Knowledge Foundation Deutschland (CC-BY 4.0): open data, transparency.

A criterion gives whole points up to its own maximum; the maxima of all criteria add up to 100.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from assessment.german import fold
from assessment.questionnaire.model import (
    Dimension,
    Item,
    ItemKind,
    Option,
    Questionnaire,
    Role,
    ScoringRule,
)

SOFT_HYPHEN = "&shy;"
CITATION = "_beleg"


def load_okfde_yaml(
    criteria: str, categories: str, *, id: str, version: str, title: str
) -> Questionnaire:
    """Load criteria.yml and categories.yml, of the open data or the transparency ranking."""
    listed: list[Mapping[str, Any]] = yaml.safe_load(criteria)
    named: list[Mapping[str, Any]] = yaml.safe_load(categories)
    dimensions = tuple(
        Dimension(
            id=category["slug"],
            name=category["title"].replace(SOFT_HYPHEN, ""),
            description=_joined(category.get("description")),
        )
        for category in named
        if any(criterion["category"] == category["slug"] for criterion in listed)
    )
    return _questionnaire(listed, dimensions, id, version, title)


def load_okfde_json(
    criteria: str, *, id: str, version: str, previous: Questionnaire | None = None
) -> Questionnaire:
    """Load the criteria.json of a published data set.

    With the ``previous`` edition, criteria it did not have are marked as new (``since``).
    """
    data = json.loads(criteria)
    listed = data["criteria"]
    categories = dict.fromkeys(criterion["category"] for criterion in listed)
    dimensions = tuple(Dimension(id=slug, name=slug) for slug in categories)
    questionnaire = _questionnaire(listed, dimensions, id, version, data["meta"]["name"])
    if previous is None:
        return questionnaire
    # Numbers shift when a criterion is added; the title identifies it.
    before = {fold(item.text) for item in previous.items}
    items = tuple(
        item if fold(item.text) in before else item.model_copy(update={"since": version})
        for item in questionnaire.items
    )
    return questionnaire.model_copy(update={"items": items})


def _questionnaire(
    criteria: Sequence[Mapping[str, Any]],
    dimensions: tuple[Dimension, ...],
    id: str,
    version: str,
    title: str,
) -> Questionnaire:
    items: list[Item] = []
    for number, criterion in enumerate(criteria, start=1):
        code = f"K{int(criterion.get('criterion-number', number)):02d}"
        items += [_criterion(code, criterion), _citation(code)]
    return Questionnaire(
        id=id,
        version=version,
        title=title,
        source="Open Knowledge Foundation Deutschland e. V.",
        licence="CC-BY 4.0",
        dimensions=dimensions,
        items=tuple(items),
    )


def _criterion(code: str, criterion: Mapping[str, Any]) -> Item:
    maximum = int(criterion["maxPoints"])
    return Item(
        id=code,
        text=criterion["title"],
        help=_joined(criterion.get("description")),
        kind=ItemKind.LEVEL,
        dimension=criterion["category"],
        section=criterion["category"],
        options=tuple(
            Option(
                code=str(points),
                label="1 Punkt" if points == 1 else f"{points} Punkte",
                points=points,
            )
            for points in range(maximum + 1)
        ),
        option_set=f"punkte_{maximum}",
        scoring=ScoringRule.POINTS,
        weight=maximum,
        max_points=maximum,
    )


def _citation(code: str) -> Item:
    return Item(
        id=code + CITATION,
        text="Fundstelle",
        kind=ItemKind.TEXT,
        roles=(Role.EVIDENCE,),
        evidence_of=code,
    )


def _joined(text: str | None) -> str:
    return " ".join((text or "").split())
