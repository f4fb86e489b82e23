"""The fixed cascade of peer groups: type × size × kind, type × size, type, size × kind, all.

Each step is a partition of the municipalities into labelled groups. Steps on what a survey does
not know (no types, no sizes, no kinds) are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.comparison.group_names import Cases, kind_cases, place_cases, typed_cases
from assessment.comparison.structure import Structure
from assessment.typology.model import Membership, MembershipState, TypologyModel
from assessment.typology.reference import load_reference

EVERYBODY = "all"
TYPE = "type"
SIZE, KIND = "size", "kind"
SEPARATOR = "|"
"""Between the parts of a label; codes never contain it."""


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """One step of the cascade."""

    id: str
    labels: np.ndarray
    """Label per municipality, ``""`` = in no group (object)."""
    names: Mapping[str, str]
    """Label → name of the group: „Serviceorientierte“."""
    phrases: Mapping[str, str]
    """Label → what follows a number in „verglichen mit 46 …“ (dative)."""
    skipped: np.ndarray
    """Municipalities for whom the group is no fair measure: they use a later step (bool)."""
    skip_reason: str = ""
    """Why, in one sentence."""
    plurals: Mapping[str, str] | None = None
    """Label → what follows a number in „es gibt nur 7 andere …“, if not the name itself."""

    def plural(self, label: str) -> str:
        return (self.plurals or self.names)[label]

    @property
    def typed(self) -> bool:
        """Whether the type is a part of it."""
        return self.id.split("_")[0] == TYPE


def cascade(
    structure: Structure, membership: Membership | None, model: TypologyModel | None = None
) -> tuple[Partition, ...]:
    """All steps a survey allows, the narrowest first; the last one holds everybody."""
    parts = [name for name in (SIZE, KIND) if any(getattr(structure, name))]
    steps: list[Partition] = []
    if membership is not None:
        types = type_partition(membership, model)
        steps += [_typed_step(types, structure, parts[:n]) for n in range(len(parts), 0, -1)]
        steps.append(types)
    if parts:
        steps.append(_place_step(structure, parts))
    return (*steps, everybody(len(structure)))


def type_partition(membership: Membership, model: TypologyModel | None = None) -> Partition:
    """Groups by first type. Who stands between types counts in, but is not measured by it."""
    types = [str(kind) for kind in membership.probability.columns]
    labels = np.array(
        [kind if isinstance(kind, str) else "" for kind in membership.first], dtype=object
    )
    names, phrases, plurals = {}, {}, {}
    for kind in types:
        published = load_reference().type_of(kind)
        given = model.cluster(kind).name if model else f"Gruppe {kind.lstrip('G')}"
        names[kind] = published.name if published else given
        phrases[kind] = published.dative if published else f"Kommunen der {given}"
        plurals[kind] = published.name if published else f"Kommunen der {given}"
    mixed = membership.state.to_numpy() == MembershipState.MIXED
    return Partition(
        id=TYPE,
        labels=labels,
        names=names,
        phrases=phrases,
        skipped=np.asarray(mixed) | (labels == ""),
        skip_reason="Ohne sichere Zuordnung zu einem Typ bleiben Gruppen nach Typ außer Betracht.",
        plurals=plurals,
    )


def everybody(n: int) -> Partition:
    """The last step."""
    return Partition(
        id=EVERYBODY,
        labels=np.full(n, EVERYBODY, dtype=object),
        names={EVERYBODY: "alle teilnehmenden Kommunen"},
        phrases={EVERYBODY: "teilnehmenden Kommunen"},
        skipped=np.zeros(n, dtype=bool),
    )


def _typed_step(types: Partition, structure: Structure, parts: list[str]) -> Partition:
    columns = [types.labels, *(getattr(structure, part) for part in parts)]

    def named(label: str) -> Cases:
        kind, *codes = label.split(SEPARATOR)
        published = load_reference().type_of(kind) is not None
        place = _place(dict(zip(parts, codes, strict=True)), structure)
        return typed_cases(types.names[kind], types.phrases[kind], published, *place)

    step = _step("_".join((TYPE, *parts)), columns, named)
    return Partition(
        step.id, step.labels, step.names, step.phrases, types.skipped, types.skip_reason
    )


def _place_step(structure: Structure, parts: list[str]) -> Partition:
    def named(label: str) -> Cases:
        codes = dict(zip(parts, label.split(SEPARATOR), strict=True))
        return place_cases(*_place(codes, structure))

    return _step("_".join(parts), [getattr(structure, part) for part in parts], named)


def _place(codes: Mapping[str, str], structure: Structure) -> tuple[Cases | None, str]:
    kind = codes.get(KIND)
    cases = kind_cases(kind, structure.kind_label.get(kind, kind)) if kind else None
    return cases, codes.get(SIZE, "")


def _step(name: str, columns: list[np.ndarray], named: Callable[[str], Cases]) -> Partition:
    number = np.zeros(len(columns[0]), dtype=int)
    known = np.ones(len(number), dtype=bool)
    for column in columns:
        codes, texts = coded(column)
        number = number * (len(texts) + 1) + codes + 1
        known &= codes >= 0
    # One municipality of each combination gives it its label.
    _, first, place = np.unique(number, return_index=True, return_inverse=True)
    texts = [SEPARATOR.join(str(column[row]) for column in columns) for row in first]
    labels = np.array(texts, dtype=object)[place] if texts else np.zeros(0, dtype=object)
    labels[~known] = ""
    cases = {label: named(label) for label in coded(labels)[1]}
    return Partition(
        id=name,
        labels=labels,
        names={label: case.nominative for label, case in cases.items()},
        phrases={label: case.dative for label, case in cases.items()},
        skipped=np.zeros(len(labels), dtype=bool),
    )


def coded(labels: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Text labels (``""`` = in no group) as numbers from 0, -1 for none, and the texts, sorted."""
    codes, texts = pd.factorize(labels, sort=True)
    if len(texts) and texts[0] == "":
        return codes - 1, tuple(map(str, texts[1:]))
    return codes, tuple(map(str, texts))
