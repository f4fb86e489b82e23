"""The frozen typology: everything needed to assign a municipality, as plain JSON."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.calibration import Spread, probabilities
from assessment.typology.goals import Coding, GoalColumn, encode
from assessment.typology.response_style import Preparation, centre, not_assignable

SCHEMA = 1


class MembershipState(StrEnum):
    """How surely a municipality belongs to its first type."""

    ASSIGNED = "assigned"
    """Sicher zugeordnet."""
    LIKELY = "likely"
    """Eher dieser Typ."""
    MIXED = "mixed"
    """Mischprofil: zwischen zwei Typen."""
    NOT_ASSIGNABLE = "not_assignable"


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """Assignment of a survey; everything has the municipality keys as index.

    ``probability``: float64, columns = type ids of the model; ``NaN`` where not assignable.
    ``first``, ``second``: type ids (category, missing where not assignable); ``strength``: the
    probability of the first. ``state``: :class:`MembershipState` values (object); ``reason``: a
    German sentence where not assignable, ``""`` else (object).
    """

    probability: pd.DataFrame
    first: pd.Series
    second: pd.Series
    strength: pd.Series
    state: pd.Series
    reason: pd.Series


@dataclass(frozen=True, slots=True)
class Cluster:
    """One type of a model: named after a published type, or „Gruppe n“."""

    id: str
    name: str
    named: bool
    best: str | None
    """Published type it is most like, also where the likeness is too weak for the name."""
    correlation: float | None
    margin: float | None
    share: float
    """Estimated share among the fitted municipalities, 0–1."""
    n: int
    """Fitted municipalities nearest to this cluster."""
    centre: tuple[float, ...]
    """Centred and scaled goal profile."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on a membership is called sure or likely."""

    assigned: float = 0.8
    likely: float = 0.6


@dataclass(frozen=True, slots=True)
class ModelProvenance:
    """What makes a model reproducible."""

    questionnaire_id: str
    questionnaire_version: str
    data_hash: str
    wave: str
    simulated: bool
    method: str
    k: int
    seed: int
    starts: int
    n_fitted: int
    n_left_out: int
    loss: float
    stretch: float
    naming_lead: float | None
    reference_version: str
    program_version: str


@dataclass(frozen=True, slots=True)
class TypologyModel:
    """A fitted typology. ``to_json`` and ``from_json`` are exact inverses."""

    columns: tuple[GoalColumn, ...]
    item_means: tuple[float, ...]
    row_variance: float
    clusters: tuple[Cluster, ...]
    variance: float
    """Variance of a centred answer around its centre, as used for probabilities."""
    thresholds: Thresholds
    provenance: ModelProvenance
    remarks: tuple[str, ...] = ()
    """What to keep in mind, one German sentence each."""

    @property
    def type_ids(self) -> tuple[str, ...]:
        """Ids in the order B, O, S, C, then G1, G2 …"""
        return tuple(cluster.id for cluster in self.clusters)

    def cluster(self, type_id: str) -> Cluster:
        """The cluster with an id; ``KeyError`` if there is none."""
        for cluster in self.clusters:
            if cluster.id == type_id:
                return cluster
        raise KeyError(type_id)

    @property
    def centres(self) -> np.ndarray:
        """Shape (types, goals)."""
        return np.array([cluster.centre for cluster in self.clusters])

    def assign(self, survey: Survey) -> Membership:
        """Assign municipalities, also of another survey with any part of the goals.

        Raises ``InputRefused`` (``NO_COMMON_GOALS``) if it has none of them.
        """
        present = sum(column.item in survey.answers.columns for column in self.columns)
        if not present:
            raise InputRefused(
                "NO_COMMON_GOALS",
                "Die Datei enthält keines der Ziele dieser Typologie; "
                "bitte eine passende Typologie wählen oder eine neue berechnen.",
            )
        values = encode(self.columns, survey)
        reasons = not_assignable(values, present)
        rows = centre(values, Preparation(np.array(self.item_means), self.row_variance))
        shares = np.array([cluster.share for cluster in self.clusters])
        found = probabilities(rows, self.centres, Spread(shares, self.variance, 1.0))
        found[reasons != ""] = np.nan
        return _membership(found, reasons, self.type_ids, self.thresholds, survey.keys)

    def to_json(self) -> str:
        """Plain JSON, the same bytes for the same model."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "TypologyModel":
        """Read a model back; raises ``InputRefused`` (``MODEL_INVALID``) for anything else."""
        try:
            content = json.loads(text)
            if content.pop("schema") != SCHEMA:
                raise ValueError("unknown schema")
            return _model(cls, content)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputRefused(
                "MODEL_INVALID",
                "Diese Datei ist keine Typologie dieses Programms oder sie ist beschädigt; "
                "bitte die gespeicherte typology.json unverändert verwenden.",
            ) from error


def _membership(
    probability: np.ndarray,
    reasons: np.ndarray,
    types: tuple[str, ...],
    thresholds: Thresholds,
    keys: pd.Index,
) -> Membership:
    unknown = reasons != ""
    # Stable, so that equal probabilities go to the type that comes first.
    order = np.argsort(-np.where(unknown[:, None], 0.0, probability), axis=1, kind="stable")
    first = np.where(unknown, -1, order[:, 0])
    second = np.where(unknown, -1, order[:, 1] if len(types) > 1 else -1)
    strength = np.where(unknown, np.nan, np.take_along_axis(probability, order, axis=1)[:, 0])
    state = np.empty(len(keys), dtype=object)
    state[strength < thresholds.likely] = MembershipState.MIXED
    state[strength >= thresholds.likely] = MembershipState.LIKELY
    state[strength >= thresholds.assigned] = MembershipState.ASSIGNED
    state[unknown] = MembershipState.NOT_ASSIGNABLE
    kinds = pd.CategoricalDtype(list(types))
    return Membership(
        probability=pd.DataFrame(probability, keys, list(types)),
        first=pd.Series(pd.Categorical.from_codes(first, dtype=kinds), keys),
        second=pd.Series(pd.Categorical.from_codes(second, dtype=kinds), keys),
        strength=pd.Series(strength, keys),
        state=pd.Series(state, keys, dtype=object),
        reason=pd.Series(reasons, keys, dtype=object),
    )


def _model(cls: type[TypologyModel], content: dict[str, Any]) -> TypologyModel:
    columns = tuple(
        GoalColumn(**{**entry, "coding": Coding(entry["coding"]), "codes": tuple(entry["codes"])})
        for entry in content["columns"]
    )
    clusters = tuple(
        Cluster(**{**entry, "centre": _numbers(entry["centre"])}) for entry in content["clusters"]
    )
    means = _numbers(content["item_means"])
    if (
        not columns
        or not clusters
        or any(
            len(row) != len(columns) for row in (means, *(cluster.centre for cluster in clusters))
        )
    ):
        raise ValueError("shapes differ")
    unknown = set(content) - {field.name for field in fields(cls)}
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    return cls(
        columns=columns,
        item_means=means,
        row_variance=_number(content["row_variance"]),
        clusters=clusters,
        variance=_positive(content["variance"]),
        thresholds=Thresholds(**content["thresholds"]),
        provenance=ModelProvenance(**content["provenance"]),
        remarks=tuple(content["remarks"]),
    )


def _numbers(values: list[Any]) -> tuple[float, ...]:
    return tuple(_number(value) for value in values)


def _number(value: Any) -> float:
    number = float(value)
    if not np.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _positive(value: Any) -> float:
    number = _number(value)
    if number <= 0:
        raise ValueError("not a positive number")
    return number
