"""What-if: which levels chosen measures lead to, what effort that is, and how soon.

A projection from the catalogue's own statements, recomputed on every tick. A measure fits a field
at ``level_from <= level < level_to`` and then is worth one step, once. Steps are taken from the
present level upwards; at each, the fitting measure that stops being useful first is used up. That
is the greedy matching of intervals to points, which reaches the highest level any order of the
chosen measures could reach (Glover, 1967, Naval Research Logistics Quarterly 14) – so a further
measure never lowers a level.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.measures.costs import quoted
from assessment.measures.model import Catalogue, Horizon, Measure
from assessment.measures.periods import months_of_horizon, quarter
from assessment.measures.prerequisites import catalogue_graph, fulfilled, to_wait_for
from assessment.measures.scheduling import Task, place
from assessment.questionnaire.model import Gate

NO_FORECAST = "Das ist eine Projektion aus dem Katalog, keine Prognose."


class Reason(StrEnum):
    """Why a chosen measure raises nothing."""

    UNKNOWN = "unknown"
    """Not in the catalogue (own measures have no levels)."""
    DONE = "done"
    OUTSIDE = "outside"
    """Not within the responsibility of this kind of municipality."""
    NOT_RATED = "not_rated"
    """The field has no level."""
    REACHED = "reached"
    """The field already has the level the measure helps to reach."""
    PREREQUISITE = "prerequisite"
    LEVEL_TOO_LOW = "level_too_low"
    NO_FURTHER_STEP = "no_further_step"
    """Others that are chosen already lead through its levels."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level up by one measure."""

    measure: str
    title: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class NoEffect:
    """A chosen measure that raises no level, and why."""

    id: str
    title: str
    reason: Reason
    sentence: str


@dataclass(frozen=True, slots=True)
class ProjectedDimension:
    """One field today and with the chosen measures."""

    id: str
    name: str
    level: int | None
    """0–4; ``None``: not rated, then nothing is projected."""
    projected: int | None
    target: int | None
    steps: tuple[Step, ...]
    chosen: tuple[str, ...]
    """All chosen measures of the field, with and without effect."""
    end: date | None
    """Earliest end of all chosen measures of the field."""
    condition: str
    """What a level between asks for beside measures (gates); ``""`` else."""
    sentence: str

    @property
    def raised(self) -> bool:
        """Whether the field gains at least one level."""
        return bool(self.steps)


@dataclass(frozen=True, slots=True)
class Projection:
    """What a selection of measures leads to."""

    dimensions: tuple[ProjectedDimension, ...]
    no_effect: tuple[NoEffect, ...]
    effort: int
    """Sum of the catalogue's points 1–5; no money."""
    count: int
    """Chosen measures that are yet to be carried out."""
    horizons: Mapping[Horizon, int]
    end: date | None
    """Earliest end of all chosen measures."""
    sentences: tuple[str, ...]
    note: str = NO_FORECAST


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
        _no_effect(measure, levels, ready, able, kind, set(done), wanted, catalogue)
        for measure in measures
        if measure.id not in effective
    ) + tuple(
        NoEffect(
            name,
            name,
            Reason.UNKNOWN,
            f"„{name}“ steht nicht im Katalog; die Wirkung auf Stufen ist nicht beschrieben.",
        )
        for name in sorted(wanted - set(catalogue.by_id))
    )
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
        sentences=tuple(_sentences(dimensions, no_effect, effort, horizons, end)),
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
    if level is None or projected is None:
        sentence = f"{name}: nicht bewertbar, deshalb keine Projektion."
    else:
        sentence = f"{name}: bleibt auf Stufe {level}"
        if steps:
            until = f" (frühestens {quarter(end)})" if end else ""
            sentence = f"{name}: von Stufe {level} auf Stufe {projected}{until}"
        sentence += f"{_to_target(projected, target)}."
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
        sentence=sentence,
    )


def _to_target(projected: int, target: int | None) -> str:
    if target is None:
        return ""
    if projected >= target:
        return f"; das Ziel Stufe {target} ist erreicht"
    missing = target - projected
    steps = "fehlt 1 Stufe" if missing == 1 else f"fehlen {missing} Stufen"
    return f"; zum Ziel Stufe {target} {steps}"


def _no_effect(
    measure: Measure,
    levels: Mapping[str, int | None],
    ready: Collection[str],
    able: Collection[str],
    kind: str | None,
    done: set[str],
    wanted: set[str],
    catalogue: Catalogue,
) -> NoEffect:
    level = levels.get(measure.dimension)
    missing = [b for b in measure.requires if b not in ready and b not in able]
    if measure.id in done:
        reason, why = Reason.DONE, "ist schon erledigt"
    elif not measure.concerns(kind):
        reason, why = Reason.OUTSIDE, "gehört nicht zur eigenen Zuständigkeit"
    elif level is None:
        reason, why = Reason.NOT_RATED, "das Feld ist nicht bewertbar"
    elif level >= measure.level_to:
        reason, why = Reason.REACHED, f"Stufe {measure.level_to} ist schon erreicht"
    elif missing:
        titles = quoted([catalogue[b].title for b in missing])
        hint = (
            "kann mit dieser Auswahl noch nicht umgesetzt werden"
            if any(b in wanted for b in missing)
            else "ist nicht gewählt"
        )
        if len(missing) > 1:
            hint = "fehlen dafür"
            reason, why = Reason.PREREQUISITE, f"die Voraussetzungen {titles} {hint}"
        else:
            reason, why = Reason.PREREQUISITE, f"die Voraussetzung {titles} {hint}"
    elif measure.id not in able:
        reason, why = (
            Reason.LEVEL_TOO_LOW,
            f"setzt Stufe {measure.level_from} im Feld voraus",
        )
    else:
        reason, why = (
            Reason.NO_FURTHER_STEP,
            "die Stufen bis dahin tragen schon andere gewählte Maßnahmen",
        )
    return NoEffect(
        measure.id, measure.title, reason, f"„{measure.title}“ hebt keine Stufe: {why}."
    )


def _sentences(
    dimensions: Sequence[ProjectedDimension],
    no_effect: Sequence[NoEffect],
    effort: int,
    horizons: Mapping[Horizon, int],
    end: date | None,
) -> Iterator[str]:
    count = sum(horizons.values())
    if not count:
        yield "Es ist noch keine Maßnahme gewählt, die umzusetzen wäre."
        return
    rated = [field for field in dimensions if field.level is not None]
    raised = sum(field.raised for field in rated)
    chosen = "der gewählten Maßnahme" if count == 1 else f"den {count} gewählten Maßnahmen"
    if not raised:
        yield f"Mit {chosen} steigt rechnerisch kein Feld um eine Stufe."
    else:
        verb = "steigt" if raised == 1 else "steigen"
        fields = "Feld" if len(rated) == 1 else "Feldern"
        yield (
            f"Mit {chosen} {verb} rechnerisch {raised} von {len(rated)} bewerteten {fields} um "
            "mindestens eine Stufe."
        )
    points = "1 Punkt" if effort == 1 else f"{effort} Punkte"
    yield f"Aufwand zusammen: {points} (je Maßnahme 1 bis 5 nach Katalog, kein Geldbetrag)."
    parts = [f"{horizons[h]} {h.value}" for h in Horizon if horizons[h]]
    yield f"Zeithorizont der Maßnahmen: {', '.join(parts)}."
    if end is not None:
        yield (
            f"Frühestes Ende: {quarter(end)}, wenn jede Maßnahme beginnt, sobald ihre "
            "Voraussetzungen abgeschlossen sind."
        )
    if no_effect:
        said = "hebt" if len(no_effect) == 1 else "heben"
        measures = "gewählte Maßnahme" if len(no_effect) == 1 else "gewählte Maßnahmen"
        yield f"{len(no_effect)} {measures} {said} keine Stufe; die Gründe stehen dabei."
