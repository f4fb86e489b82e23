"""What the pages of measures and plan rest on: advice, levels and targets of one municipality."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from assessment.measures.advice_types import Advice
from assessment.measures.model import Catalogue
from assessment.measures.prerequisites import fulfilled
from assessment.profiles.advice import advice_of, gap_rows, situation
from assessment.profiles.results import Assessment
from assessment.questionnaire.model import Gate


@dataclass(frozen=True, slots=True, eq=False)
class MeasureBasis:
    """The advice and what it was worked out of. Levels 0–4, ``None`` where not rated."""

    advice: Advice
    levels: Mapping[str, int | None]
    targets: Mapping[str, tuple[int, int]]
    """Field id → level today and level to reach, as the plan or else the survey says."""
    surveyed: Mapping[str, tuple[int, int]]
    """The same as the survey alone says it."""
    names: Mapping[str, str]
    kind: str | None
    """Code of the kind of municipality."""
    outside: frozenset[str]
    """Fields outside its responsibility."""
    done: tuple[str, ...]
    gates: Mapping[str, tuple[Gate, ...]]
    """Open conditions of further levels by field: what else a level asks for."""
    fulfilled: frozenset[str]
    """Measures that are done or whose step the own level has already taken."""


def measure_basis(
    assessment: Assessment,
    key: str,
    catalogue: Catalogue,
    *,
    done: Collection[str] = (),
    targets: Mapping[str, int] | None = None,
) -> MeasureBasis:
    """Work it out for ``catalogue``; ``KeyError`` for an unknown key.

    ``targets``: levels to reach from the municipality's plan; they stand instead of the survey's.
    """
    using = assessment
    if catalogue is not assessment.catalogue:
        using = replace(assessment, own_catalogue=catalogue)
    gaps = gap_rows(using, key)
    known = situation(using, key, gaps)
    wanted = dict(known.targets)
    for dimension, target in (targets or {}).items():
        level = known.levels.get(dimension)
        if level is not None:
            wanted[dimension] = (level, target)
    if wanted != known.targets:
        # The distance to a target is a gap: another target, another gap.
        gaps = gap_rows(using, key, targets=wanted)
    return MeasureBasis(
        advice=advice_of(using, key, done=done, targets=wanted, gaps=gaps),
        levels=known.levels,
        targets=wanted,
        surveyed=known.targets,
        names={each.id: each.name for each in assessment.survey.questionnaire.dimensions},
        kind=known.kind,
        outside=known.outside,
        done=tuple(done),
        gates=_open_gates(assessment, key),
        fulfilled=fulfilled(catalogue, known.levels, done),
    )


def _open_gates(assessment: Assessment, key: str) -> dict[str, tuple[Gate, ...]]:
    points = assessment.scores.item_points
    found = {}
    for dimension in assessment.survey.questionnaire.dimensions:
        gates = tuple(
            gate
            for gate in dimension.gates
            # An unanswered question is open too: the comparison with nan is false.
            if gate.item in points.columns and not points.at[key, gate.item] >= gate.points
        )
        if gates:
            found[dimension.id] = gates
    return found
