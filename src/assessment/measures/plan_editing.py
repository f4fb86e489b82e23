"""Changing a plan: every function returns a new, validated plan and leaves the old one alone.

All raise ``InputRefused`` (``PLAN_INVALID``) with one German sentence if a value isn't allowed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from assessment.measures.costs import quoted
from assessment.measures.model import Catalogue, CostKind, Horizon
from assessment.measures.plan_problems import plan_refusal, refuse
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
    Status,
    StrategyFrame,
)
from assessment.measures.prerequisites import buildable_order, missing_of, plan_graph

HIGHEST_LEVEL = 4
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Removal:
    """A plan without a measure, and who builds on what was removed."""

    plan: MunicipalityPlan
    losing: tuple[str, ...]
    """Measures of the plan that lose a direct prerequisite."""
    sentence: str
    """Names them; ``""`` if there is none."""


def change_plan(plan: MunicipalityPlan, **fields: Any) -> MunicipalityPlan:
    """The plan with other values, such as ``name=`` or ``begins=``."""
    return _changed(plan, fields)


def set_strategy(plan: MunicipalityPlan, frame: StrategyFrame) -> MunicipalityPlan:
    """The plan with another strategy frame."""
    return _changed(plan, {"strategy": frame})


def set_target(plan: MunicipalityPlan, dimension: str, level: int | None) -> MunicipalityPlan:
    """Set the level to reach in a dimension; ``None`` takes the target away."""
    targets = {name: value for name, value in plan.targets.items() if name != dimension}
    if level is not None:
        targets[dimension] = level
    return _changed(plan, {"targets": targets})


def target_warning(targets: Mapping[str, int]) -> str:
    """What to say where every target is the highest level; ``""`` else."""
    if len(targets) < 2 or any(level < HIGHEST_LEVEL for level in targets.values()):
        return ""
    return (
        f"Alle {len(targets)} Ziele stehen auf Stufe {HIGHEST_LEVEL}. Bitte prüfen, wo ein "
        "Schwerpunkt liegen soll; nicht jedes Feld muss die höchste Stufe anstreben."
    )


def add_measure(plan: MunicipalityPlan, catalogue: Catalogue, measure_id: str) -> MunicipalityPlan:
    """Add a measure of the catalogue at the end, its responsible unit as a proposal.

    A measure that is already planned stays as it is.
    """
    if measure_id in plan.by_id:
        return plan
    measure = catalogue.by_id.get(measure_id)
    if measure is None:
        refuse(
            "",
            f"Die Maßnahme „{measure_id[:20]}“ steht nicht im Katalog „{catalogue.title}“; bitte "
            "eine vorhandene wählen oder eine eigene anlegen.",
        )
    planned = PlannedMeasure(id=measure.id, owner=measure.responsible)
    return _changed(plan, {"measures": (*plan.measures, planned)})


def add_own_measure(
    plan: MunicipalityPlan,
    title: str,
    *,
    field: str = "",
    owner: str = "",
    horizon: Horizon | None = None,
    effort: int | None = None,
    cost_kind: CostKind | None = None,
    catalogue: Catalogue | None = None,
) -> MunicipalityPlan:
    """Add an own measure; its id is the next free ``E1``, ``E2`` …"""
    if not title.strip():
        refuse("", "Eine eigene Maßnahme braucht einen Titel; bitte eingeben.")
    taken = set(plan.by_id) | (set(catalogue.by_id) if catalogue else set())
    number = 1
    while f"E{number}" in taken:
        number += 1
    own = {
        "id": f"E{number}",
        "own_title": title,
        "own_field": field,
        "own_horizon": horizon,
        "own_effort": effort,
        "owner": owner,
        "cost_kind": cost_kind,
    }
    return _changed(plan, {"measures": (*plan.measures, own)})


def remove_measure(plan: MunicipalityPlan, measure_id: str, catalogue: Catalogue) -> Removal:
    """Take a measure out, and say which others lose a prerequisite by it."""
    _planned(plan, measure_id)
    graph, _ = plan_graph(catalogue, plan)
    kept = tuple(planned for planned in plan.measures if planned.id != measure_id)
    done = plan.by_id[measure_id].status is Status.DONE
    losing = tuple(p.id for p in kept if measure_id in graph[p.id] and not done and p.active)
    text = ""
    if losing:
        title = _title(plan, catalogue, measure_id)
        others = quoted([_title(plan, catalogue, name) for name in losing])
        verb = "verliert" if len(losing) == 1 else "verlieren"
        text = f"Ohne „{title}“ {verb} {others} eine Voraussetzung."
    return Removal(_changed(plan, {"measures": kept}), losing, text)


def change_measure(plan: MunicipalityPlan, measure_id: str, **fields: Any) -> MunicipalityPlan:
    """Change fields of one planned measure, such as ``owner=`` or ``start=``."""
    _planned(plan, measure_id)
    return _with_measures(
        plan,
        (
            {**fields_of(planned), **fields} if planned.id == measure_id else planned
            for planned in plan.measures
        ),
    )


def set_cost(
    plan: MunicipalityPlan,
    measure_id: str,
    kind: CostRowKind,
    year: int,
    amount: Decimal | str | int | None,
    *,
    basis: CostBasis | None = None,
    note: str | None = None,
) -> MunicipalityPlan:
    """Enter the amount of one year in euro; ``None`` makes it „noch nicht beziffert“ again.

    Basis and note of the row stay where they aren't given.
    """
    row = _planned(plan, measure_id).cost_row(kind)
    entries: dict[str, Any] = fields_of(row) if row else {"kind": kind}
    entries["amounts"] = {**entries.get("amounts", {}), year: amount}
    if basis is not None:
        entries["basis"] = basis
    if note is not None:
        entries["note"] = note
    return with_cost_row(plan, measure_id, entries)


def set_cost_row(plan: MunicipalityPlan, measure_id: str, row: CostRow) -> MunicipalityPlan:
    """Put a whole cost row in the place of the one of its kind."""
    return with_cost_row(plan, measure_id, fields_of(row))


def with_cost_row(
    plan: MunicipalityPlan, measure_id: str, row: Mapping[str, Any]
) -> MunicipalityPlan:
    """Put the entries of a cost row in the place of the one of its kind (``row["kind"]``)."""
    planned = _planned(plan, measure_id)
    others = [kept for kept in planned.costs if kept.kind is not row["kind"]]
    order = list(CostRowKind)
    rows = sorted(
        [*map(fields_of, others), dict(row)],
        key=lambda entry: order.index(CostRowKind(entry["kind"])),
    )
    return change_measure(plan, measure_id, costs=rows)


def remove_cost_row(plan: MunicipalityPlan, measure_id: str, kind: CostRowKind) -> MunicipalityPlan:
    """Take the entries of a cost row away; rows the catalogue asks for stay visible as open."""
    rows = tuple(row for row in _planned(plan, measure_id).costs if row.kind is not kind)
    return change_measure(plan, measure_id, costs=rows)


def fill_with_zero(
    plan: MunicipalityPlan,
    measure_id: str,
    kind: CostRowKind,
    years: Iterable[int],
    basis: CostBasis = CostBasis.ESTIMATE,
    *,
    later: bool = False,
) -> MunicipalityPlan:
    """State that the years without an amount cost nothing; known amounts stay.

    ``later``: the Folgejahre as well.
    """
    row = _planned(plan, measure_id).cost_row(kind)
    entries: dict[str, Any] = fields_of(row) if row else {"kind": kind}
    amounts = dict(row.amounts) if row else {}
    for year in years:
        if amounts.get(year) is None:
            amounts[year] = Decimal(0)
    entries |= {"amounts": amounts, "basis": (row.basis if row else None) or basis}
    if later and entries.get("later") is None:
        entries["later"] = Decimal(0)
    return with_cost_row(plan, measure_id, entries)


def reorder(plan: MunicipalityPlan, ids: Sequence[str]) -> MunicipalityPlan:
    """Order the measures by ``ids``; those not named follow in their present order."""
    by_id = plan.by_id
    wanted = [name for name in dict.fromkeys(ids) if name in by_id]
    rest = [planned.id for planned in plan.measures if planned.id not in set(wanted)]
    return _changed(plan, {"measures": tuple(by_id[name] for name in (*wanted, *rest))})


def missing_prerequisites(
    plan: MunicipalityPlan, catalogue: Catalogue, done: Collection[str] = ()
) -> tuple[str, ...]:
    """Measures of the catalogue the plan builds on, also indirectly, that it lacks.

    In an order in which they can be carried out. ``done``: measures that need not be.
    """
    graph, _ = plan_graph(catalogue, plan)
    carried = {p.id for p in plan.measures if p.active}
    finished = set(done) | {p.id for p in plan.measures if p.status is Status.DONE}
    missing = missing_of(graph, carried - finished, carried, finished)
    return tuple(
        name for name in buildable_order(graph) if name in missing and name in catalogue.by_id
    )


def add_with_prerequisites(
    plan: MunicipalityPlan, catalogue: Catalogue, measure_id: str, done: Collection[str] = ()
) -> MunicipalityPlan:
    """Add a measure and, before it, what it builds on and neither the plan has nor is done."""
    graph, _ = plan_graph(catalogue, plan)
    finished = set(done) | {p.id for p in plan.measures if p.status is Status.DONE}
    needed = missing_of(graph, [measure_id], plan.by_id, finished) - set(plan.by_id)
    for name in (*buildable_order(graph), measure_id):
        if (name in needed and name in catalogue.by_id) or name == measure_id:
            plan = add_measure(plan, catalogue, name)
    return plan


def fields_of(model: BaseModel) -> dict[str, Any]:
    """The fields of a model without turning what lies below into plain data."""
    return {name: getattr(model, name) for name in type(model).model_fields}


def _planned(plan: MunicipalityPlan, measure_id: str) -> PlannedMeasure:
    planned = plan.by_id.get(measure_id)
    if planned is None:
        refuse("", f"Die Maßnahme „{measure_id[:20]}“ steht nicht im Plan; bitte neu laden.")
    return planned


def _title(plan: MunicipalityPlan, catalogue: Catalogue, measure_id: str) -> str:
    planned, measure = plan.by_id.get(measure_id), catalogue.by_id.get(measure_id)
    if planned is not None and planned.is_own:
        return planned.own_title
    return measure.title if measure else measure_id


def _with_measures(
    plan: MunicipalityPlan, measures: Iterable[PlannedMeasure | Mapping[str, Any]]
) -> MunicipalityPlan:
    return _changed(plan, {"measures": tuple(measures)})


def _changed(model: Model, fields: Mapping[str, Any]) -> Model:
    """A validated copy; models below that did not change are taken as they are."""
    data = {**fields_of(model), **fields}
    try:
        return type(model).model_validate(data)
    except ValidationError as error:
        raise plan_refusal(error, data) from None
