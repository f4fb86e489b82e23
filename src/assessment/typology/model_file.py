"""Reading a frozen typology back, trusting nothing in the file."""

import json
from dataclasses import fields
from typing import Any

from assessment.remarks import InputRefused
from assessment.typology.expected import Expected
from assessment.typology.goal_input import CategoryQuestion, GoalInput, RankedQuestion
from assessment.typology.goals import Coding, GoalColumn
from assessment.typology.mixture_measurement import MixtureMeasurement, finite, mixture_from_plain
from assessment.typology.model import (
    SCHEMA,
    Cluster,
    ModelProvenance,
    Official,
    Thresholds,
    TypologyModel,
)
from assessment.typology.solution import Measurement

_INVALID = (
    "Diese Datei ist keine Typologie dieses Programms oder sie ist beschädigt; "
    "bitte die gespeicherte typology.json unverändert verwenden."
)
_OLDER = (
    "Diese Typologie stammt von einer anderen Programmversion; "
    "bitte sie mit dieser Version neu berechnen."
)


def read_model(text: str) -> TypologyModel:
    """The model in a JSON text.

    Raises ``InputRefused``: ``MODEL_OTHER_VERSION``, ``MODEL_INVALID``.
    """
    try:
        content = json.loads(text)
        schema = content.pop("schema")
        if isinstance(schema, int) and schema != SCHEMA:
            raise InputRefused("MODEL_OTHER_VERSION", _OLDER)
        if schema != SCHEMA:
            raise ValueError("unknown schema")
        return _model(content)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputRefused("MODEL_INVALID", _INVALID) from error


def _model(content: dict[str, Any]) -> TypologyModel:
    unknown = set(content) - {field.name for field in fields(TypologyModel)}
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    goals = _goals(content["goals"])
    clusters = tuple(_cluster(entry) for entry in content["clusters"])
    measurement = _measurement(content["measurement"])
    means = tuple(finite(content["item_means"], 1).tolist())
    _check_shapes(goals, clusters, measurement, means)
    official, expected = content["official"], content["expected"]
    return TypologyModel(
        goals=goals,
        measurement=measurement,
        item_means=means,
        row_variance=_positive(content["row_variance"]),
        clusters=clusters,
        thresholds=Thresholds(**content["thresholds"]),
        provenance=ModelProvenance(**content["provenance"]),
        expected=None if expected is None else Expected.from_plain(expected),
        remarks=tuple(str(remark) for remark in content["remarks"]),
        version=int(content["version"]),
        predecessor=str(content["predecessor"]),
        official=None if official is None else Official(**official),
    )


def _goals(content: dict[str, Any]) -> GoalInput:
    columns = tuple(
        GoalColumn(**{**entry, "coding": Coding(entry["coding"]), "codes": tuple(entry["codes"])})
        for entry in content["columns"]
    )
    ranked = content["ranked"]
    if ranked is not None:
        ranked = RankedQuestion(
            **{
                **ranked,
                "options": tuple(ranked["options"]),
                "labels": tuple(ranked["labels"]),
            }
        )
    categories = tuple(
        CategoryQuestion(
            **{**entry, "codes": tuple(entry["codes"]), "edges": tuple(entry["edges"])}
        )
        for entry in content["categories"]
    )
    return GoalInput(columns, bool(content["rated"]), ranked, categories, bool(content["numbers"]))


def _cluster(entry: dict[str, Any]) -> Cluster:
    rows = {name: tuple(finite(entry[name], 1).tolist()) for name in ("centre", "half_width")}
    return Cluster(**{**entry, **rows})


def _measurement(content: dict[str, Any]) -> Measurement:
    kind = content["kind"]
    if kind == "mixture":
        return mixture_from_plain(content)
    # Imported here: the typology of the sample is a mixture, and a start reads only that.
    from assessment.typology.baselines import KIND, measurement_from_plain

    if kind != KIND:
        raise ValueError("unknown measurement")
    return measurement_from_plain(content)


def _check_shapes(
    goals: GoalInput,
    clusters: tuple[Cluster, ...],
    measurement: Measurement,
    means: tuple[float, ...],
) -> None:
    width = len(goals.columns)
    rows = [means, *(cluster.centre for cluster in clusters)]
    rows += [cluster.half_width for cluster in clusters]
    if not width or not clusters or any(len(row) != width for row in rows):
        raise ValueError("shapes differ")
    nobody = goals.without_answers()
    if measurement.probabilities(nobody).shape != (1, len(clusters)):
        raise ValueError("classes or questions differ")
    if isinstance(measurement, MixtureMeasurement):
        p = measurement.parameters
        options = len(goals.ranked.options) if goals.ranked else 0
        if p.ordinal is not None and (
            p.ordinal.location.shape[1] != width
            or p.ordinal.threshold.shape != (width, goals.steps)
            or measurement.preparation is None
        ):
            raise ValueError("goals differ")
        if p.ranking is not None and p.ranking.worth.shape[1] != options:
            raise ValueError("options differ")


def _positive(value: Any) -> float:
    number = float(finite([value], 1)[0])
    if number <= 0:
        raise ValueError("not a positive number")
    return number
