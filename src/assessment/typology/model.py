"""The frozen typology: everything needed to assign a municipality, as plain JSON."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.drift import DriftRemark, drift
from assessment.typology.expected import Expected
from assessment.typology.goal_data import GoalData
from assessment.typology.goal_input import GoalInput
from assessment.typology.goals import GoalColumn
from assessment.typology.solution import Measurement
from assessment.typology.usable import placeable

SCHEMA = 2


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
    """Centred and scaled goal profile: mean of the members, weighted by membership."""
    half_width: tuple[float, ...] = ()
    """Half the 95 % interval of each entry of ``centre``."""


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
    input: str
    k: int
    seed: int
    starts: int
    starts_best: int
    """Starts that reached the best result."""
    n_fitted: int
    n_left_out: int
    log_likelihood: float | None
    parameters: int | None
    bic: float | None
    entropy_r2: float | None
    """How sure memberships are on the whole, 0–1."""
    naming_lead: float | None
    reference_version: str
    program_version: str


@dataclass(frozen=True, slots=True)
class Official:
    """The act by which a typology stops being a scenario."""

    reason: str
    person: str
    on: str
    """Date, ``YYYY-MM-DD``, as given by the person: the program never reads a clock for it."""


@dataclass(frozen=True, slots=True, eq=False)
class TypologyModel:
    """A fitted typology. ``to_json`` and ``from_json`` are exact inverses."""

    goals: GoalInput
    measurement: Measurement
    item_means: tuple[float, ...]
    """Per column the mean among municipalities of the same average answer, 0–100."""
    row_variance: float
    clusters: tuple[Cluster, ...]
    thresholds: Thresholds
    provenance: ModelProvenance
    expected: Expected | None = None
    """What the fitted municipalities answered, for noticing drift."""
    remarks: tuple[str, ...] = ()
    """What to keep in mind, one German sentence each."""
    version: int = 1
    predecessor: str = ""
    """Mark of the typology this one replaces."""
    official: Official | None = None
    """``None``: a scenario."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TypologyModel) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.mark)

    @property
    def mark(self) -> str:
        """The first eight digits of the SHA-256 of the JSON: equal marks, equal typology."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:8]

    @property
    def columns(self) -> tuple[GoalColumn, ...]:
        """The goals that profiles show."""
        return self.goals.columns

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
        data, reasons = placeable(self.goals, survey)
        return self._member(data, reasons, survey.keys)

    def drift(self, survey: Survey) -> tuple[DriftRemark, ...]:
        """How a survey differs from the one this typology was learnt on; empty if it doesn't."""
        if self.expected is None:
            return ()
        data, reasons = placeable(self.goals, survey)
        found = self.measurement.probabilities(data)
        found[reasons != ""] = np.nan
        names = [cluster.name for cluster in self.clusters]
        return drift(self.expected, data, found, self.goals, names)

    def declare_official(self, reason: str, person: str, on: str) -> "TypologyModel":
        """The same typology, no longer a scenario.

        Raises ``InputRefused`` (``REASON_MISSING``): a reason, a name and a date are needed.
        """
        if not all(text.strip() for text in (reason, person, on)):
            raise InputRefused(
                "REASON_MISSING",
                "Zum Festlegen sind eine Begründung, ein Name und ein Datum nötig; "
                "bitte alle drei angeben.",
            )
        return replace(self, official=Official(reason.strip(), person.strip(), on.strip()))

    def succeeding(self, former: "TypologyModel") -> "TypologyModel":
        """The same typology as the next version of ``former``; a scenario until declared."""
        return replace(self, version=former.version + 1, predecessor=former.mark, official=None)

    def _member(self, data: GoalData, reasons: np.ndarray, keys: pd.Index) -> Membership:
        found = self.measurement.probabilities(data)
        found[reasons != ""] = np.nan
        return _membership(found, reasons, self.type_ids, self.thresholds, keys)

    def to_json(self) -> str:
        """Plain JSON, the same bytes for the same model."""
        return json.dumps(as_plain(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "TypologyModel":
        """Read a model back; raises ``InputRefused`` (``MODEL_INVALID``) for anything else."""
        # Imported here: the reader knows this class.
        from assessment.typology.model_file import read_model

        return read_model(text)


def as_plain(model: TypologyModel) -> dict[str, object]:
    """Lists, numbers and texts only."""
    plain: dict[str, object] = {"schema": SCHEMA}
    for name in TypologyModel.__slots__:
        value = getattr(model, name)
        if name in ("measurement", "expected"):
            plain[name] = None if value is None else value.as_plain()
        elif name == "clusters":
            plain[name] = [asdict(cluster) for cluster in value]
        elif name in ("goals", "thresholds", "provenance", "official"):
            plain[name] = None if value is None else asdict(value)
        else:
            plain[name] = value
    return plain


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
