"""What-if: which levels chosen measures lead to, what effort that is, and how soon.

A projection from the catalogue's own statements, recomputed on every tick. A measure fits a field
at ``level_from <= level < level_to`` and then is worth one step, once. Steps are taken from the
present level upwards; at each, the fitting measure that stops being useful first is used up. That
is the greedy matching of intervals to points, which reaches the highest level any order of the
chosen measures could reach (Glover, 1967, Naval Research Logistics Quarterly 14) – so a further
measure never lowers a level.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from assessment.measures.model import Catalogue, Horizon, Measure
from assessment.measures.periods import months_of_horizon
from assessment.measures.prerequisites import catalogue_graph, fulfilled, to_wait_for
from assessment.measures.scheduling import Task, place
from assessment.measures.what_if_types import (
    NO_FORECAST,
    NoEffect,
    ProjectedDimension,
    Projection,
    Reason,
    Step,
)
from assessment.measures.what_if_words import field_sentence, reason_of, summary, unknown_effect
from assessment.questionnaire.model import Gate

__all__ = [
    "NO_FORECAST",
    "NoEffect",
    "ProjectedDimension",
    "Projection",
    "Reason",
    "Step",
    "project",
]


def project(
    catalogue: Catalogue,
    levels: Mapping[str, int | None],
    chosen: Collection[str],
    begins: date,
    *,
    done: Collection[str] = (),
    kind: str | None = None,
    names: Mapping[str, str] | None = None,
    targets: Mapping[str, int] | None = None,
    gates: Mapping[str, Sequence[Gate]] | None = None,
) -> Projection:
    """Project the levels 0–4 of all fields for the ``chosen`` measures.

    ``done``: measures carried out already; ``kind``: option code of the kind of municipality
    (``None``: every measure counts as its own responsibility); ``gates``: open conditions of
    levels by dimension, to be named. A further measure never lowers a level, the effort or an
    end date.
    """
    names, targets, gates = names or {}, targets or {}, gates or {}
    wanted = set(chosen)
    measures = [m for name in catalogue.order if (m := catalogue[name]).id in wanted]
    ready = fulfilled(catalogue, levels, done)
    able = _able(measures, levels, ready, kind, set(done))
    steps = _steps(able.values(), levels, set(done))
    to_do = [m for m in measures if m.id not in done]
    ends = _ends(catalogue, to_do, begins, ready)
    fields = dict.fromkeys([*levels, *(m.dimension for m in measures)])
    known = {m.dimension for m in catalogue.measures}
    dimensions = tuple(
        _dimension(
            field,
            names.get(field, field),
            levels.get(field),
            targets.get(field),
            steps.get(field, ()),
            [m for m in to_do if m.dimension == field],
            ends,
            gates.get(field, ()),
        )
        for field in fields
        if field in known
    )
    effective = {step.measure for own in steps.values() for step in own}
    no_effect = tuple(
        reason_of(
            measure,
            level=levels.get(measure.dimension),
            missing=[b for b in measure.requires if b not in ready and b not in able],
            able=measure.id in able,
            done=measure.id in done,
            concerned=measure.concerns(kind),
            wanted=wanted,
            catalogue=catalogue,
        )
        for measure in measures
        if measure.id not in effective
    ) + tuple(unknown_effect(name) for name in sorted(wanted - set(catalogue.by_id)))
    horizons = Counter(m.horizon for m in to_do)
    effort = sum(m.effort for m in to_do)
    end = max(ends.values(), default=None)
    return Projection(
        dimensions=dimensions,
        no_effect=no_effect,
        effort=effort,
        count=len(to_do),
        horizons={horizon: horizons[horizon] for horizon in Horizon},
        end=end,
        sentences=tuple(summary(dimensions, no_effect, effort, horizons, end)),
    )


def _able(
    measures: Sequence[Measure],
    levels: Mapping[str, int | None],
    ready: Collection[str],
    kind: str | None,
    done: set[str],
) -> dict[str, Measure]:
    """The chosen measures that can be carried out: the least fixed point.

    A measure can if it is the municipality's own business, its prerequisites are ready or can be
    carried out, and its field reaches ``level_from``. Where the field has no level, only the
    prerequisites decide: unknown is not too low.
    """
    able: dict[str, Measure] = {}
    while True:
        steps = _steps(able.values(), levels, done)
        gained = {field: own[-1].to_level for field, own in steps.items()}
        found = {}
        for measure in measures:
            level = gained.get(measure.dimension, levels.get(measure.dimension))
            if (
                measure.id not in able
                and measure.concerns(kind)
                and all(b in ready or b in able or b in found for b in measure.requires)
                and (level is None or level >= measure.level_from)
            ):
                found[measure.id] = measure
        if not found:
            return able
        able.update(found)


def _steps(
    able: Collection[Measure], levels: Mapping[str, int | None], done: set[str]
) -> dict[str, tuple[Step, ...]]:
    """Per field that gains a level the steps from the present level upwards."""
    by_field: dict[str, list[Measure]] = {}
    for measure in able:
        if measure.id not in done:
            by_field.setdefault(measure.dimension, []).append(measure)
    steps: dict[str, tuple[Step, ...]] = {}
    for field, candidates in by_field.items():
        level = levels.get(field)
        if level is None:
            continue
        taken: list[Step] = []
        while fitting := [m for m in candidates if m.level_from <= level < m.level_to]:
            # min() keeps the first of equals: prerequisites come before what builds on them.
            used = min(fitting, key=lambda m: m.level_to)
            candidates = [m for m in candidates if m is not used]
            taken.append(Step(used.id, used.title, level, level + 1))
            level += 1
        if taken:
            steps[field] = tuple(taken)
    return steps


def _ends(
    catalogue: Catalogue, to_do: Sequence[Measure], begins: date, ready: Collection[str]
) -> dict[str, date]:
    """Earliest end of every measure, by the same rules as the roadmap."""
    graph = catalogue_graph(catalogue)
    waits = to_wait_for(graph, catalogue.order, {m.id for m in to_do}, ready)
    months = months_of_horizon()
    tasks = {m.id: Task(m.id, months[m.horizon], waits[m.id]) for m in to_do}
    slots = place(tasks, catalogue.order, begins)
    return {name: slot.end for name, slot in slots.items() if slot.end is not None}


def _dimension(
    field: str,
    name: str,
    level: int | None,
    target: int | None,
    steps: tuple[Step, ...],
    chosen: Sequence[Measure],
    ends: Mapping[str, date],
    gates: Sequence[Gate],
) -> ProjectedDimension:
    projected = steps[-1].to_level if steps else level
    end = max((ends[m.id] for m in chosen if m.id in ends), default=None)
    conditions = [
        f"Bedingung für Stufe {gate.level}: {gate.reason}"
        for gate in gates
        if level is not None and projected is not None and level < gate.level <= projected
    ]
    return ProjectedDimension(
        id=field,
        name=name,
        level=level,
        projected=projected,
        target=target,
        steps=steps,
        chosen=tuple(m.id for m in chosen),
        end=end,
        condition=" ".join(conditions),
        sentence=field_sentence(name, level, projected, target, end),
    )
