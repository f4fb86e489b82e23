"""The four published types and the reference profiles by which clusters are recognised.

The profiles in ``data/typology/types.yaml`` are our own operationalisation of the published
descriptions; the public pages about the study give neither items nor numbers per type.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assessment.content import data_path
from assessment.questionnaire.model import Questionnaire
from assessment.remarks import InputRefused
from assessment.typology.goals import GoalColumn


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Statement(_Content):
    """One fact in our words, with the keys of the pages it stands on."""

    text: str
    sources: tuple[str, ...]


class MunicipalityType(_Content):
    """One of the four types. ``teaches`` is our own derivation, everything else is sourced."""

    id: str
    name: str
    dative: str
    """„unter 46 Serviceorientierten“."""
    focus: str
    facts: tuple[Statement, ...]
    strengths: tuple[Statement, ...]
    unknown: tuple[str, ...]
    teaches: str
    teaches_dimensions: tuple[str, ...] = ()
    """Fields in which, by its way of working, the type has something to show."""


class ReferenceProfile(_Content):
    """How much each goal belongs to each type, 0–1."""

    questionnaire: str
    goals: Mapping[str, Mapping[str, float]]


class TypeReference(_Content):
    """The content of ``types.yaml``. The order of ``types`` is B, O, S, C and means no rank."""

    version: str
    origin: str
    disclaimer: str
    equality: str
    profile_note: str
    teaches_note: str
    profile: ReferenceProfile
    types: tuple[MunicipalityType, ...]
    sources: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(kind.id for kind in self.types)

    def type_of(self, type_id: str) -> MunicipalityType | None:
        """The published type with this id; ``None`` for an unnamed group."""
        return next((kind for kind in self.types if kind.id == type_id), None)

    def weight(self, goal: str, questionnaire: Questionnaire) -> Mapping[str, float] | None:
        """How much a goal belongs to each type; ``None`` where nobody has said so."""
        if questionnaire.id == self.profile.questionnaire and goal in self.profile.goals:
            return self.profile.goals[goal]
        item = questionnaire.item_by_id.get(goal)
        if item is None or item.goal_type not in self.ids:
            return None
        return {kind: float(kind == item.goal_type) for kind in self.ids}

    def profiles(
        self, columns: Sequence[GoalColumn], questionnaire: Questionnaire
    ) -> tuple[np.ndarray, np.ndarray]:
        """Reference profiles over the columns: array (types, columns) and bool mask of the known.

        A tick of a ranking or choice counts as the goal its option names (option code = item id).
        """
        profiles = np.zeros((len(self.types), len(columns)))
        known = np.zeros(len(columns), dtype=bool)
        for place, column in enumerate(columns):
            weight = self.weight(column.option or column.item, questionnaire)
            if weight is not None:
                known[place] = True
                profiles[:, place] = [weight.get(kind, 0.0) for kind in self.ids]
        return profiles, known


@cache
def load_reference() -> TypeReference:
    """The reference that comes with the product; read once, frozen."""
    return read_reference(data_path("typology", "types.yaml"))


def read_reference(path: Path) -> TypeReference:
    """Read and check a reference file.

    Raises ``InputRefused`` (``TYPES_INVALID``) naming the file and the place in it.
    """
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        reference = TypeReference.model_validate(content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", Zeile {mark.line + 1}" if mark else ""
        raise InputRefused("TYPES_INVALID", f"{path.name}{line}: Das ist kein YAML.") from error
    except ValidationError as error:
        place = " → ".join(str(part) for part in error.errors()[0]["loc"])
        raise InputRefused(
            "TYPES_INVALID", f"{path.name}, bei „{place}“: Die Angabe fehlt oder passt nicht."
        ) from error
    cited = {
        key for kind in reference.types for s in (*kind.facts, *kind.strengths) for key in s.sources
    }
    unresolved = sorted(cited - set(reference.sources))
    if unresolved:
        raise InputRefused(
            "TYPES_INVALID", f"{path.name}: Die Quelle „{unresolved[0]}“ ist nicht aufgelöst."
        )
    return reference
