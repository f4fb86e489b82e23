"""Changing what a plan says about its Vorlage: settings, Beratungsfolge, budget, funding, posts.

As in ``plan_editing``: every function returns a new, validated plan; ``InputRefused``
(``PLAN_INVALID``) with one German sentence if a value isn't allowed. Numbers of consultations
count from 0.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from assessment.measures.paper_types import Consultation, Funding
from assessment.measures.plan_editing import (
    change_measure,
    change_plan,
    fields_of,
    with_cost_row,
)
from assessment.measures.plan_problems import refuse
from assessment.measures.plan_types import CostBasis, CostRowKind, MunicipalityPlan, PlannedMeasure


def set_paper(plan: MunicipalityPlan, **fields: Any) -> MunicipalityPlan:
    """Change settings of the paper, such as ``preset=`` or ``subject=``."""
    return change_plan(plan, paper={**fields_of(plan.paper), **fields})


def set_paper_text(plan: MunicipalityPlan, section: str, text: str) -> MunicipalityPlan:
    """An own text for a section; blank: the generated one again."""
    return set_paper(plan, texts=_entered(plan.paper.texts, section, text))


def set_heading(plan: MunicipalityPlan, section: str, heading: str) -> MunicipalityPlan:
    """The heading of a section as this house uses it; blank: the usual one again."""
    return set_paper(plan, headings=_entered(plan.paper.headings, section, heading))


def set_effect(plan: MunicipalityPlan, name: str, text: str) -> MunicipalityPlan:
    """A row of the further effects; blank takes it away."""
    return set_paper(plan, effects=_entered(plan.paper.effects, name, text))


def add_consultation(plan: MunicipalityPlan, **fields: Any) -> MunicipalityPlan:
    """Add a line at the end of the Beratungsfolge; needs at least ``body=``."""
    return set_paper(plan, consultations=(*plan.paper.consultations, fields))


def set_consultation(plan: MunicipalityPlan, number: int, **fields: Any) -> MunicipalityPlan:
    """Change a line of the Beratungsfolge, such as ``day=`` or ``outcome=``."""
    lines: list[Any] = list(plan.paper.consultations)
    lines[number] = {**fields_of(_line(plan, number)), **fields}
    return set_paper(plan, consultations=tuple(lines))


def set_consultations(plan: MunicipalityPlan, lines: Sequence[Consultation]) -> MunicipalityPlan:
    """The whole Beratungsfolge, for example the usual one, to be edited from there."""
    return set_paper(plan, consultations=tuple(lines))


def remove_consultation(plan: MunicipalityPlan, number: int) -> MunicipalityPlan:
    """Take a line out of the Beratungsfolge."""
    _line(plan, number)
    lines = plan.paper.consultations
    return set_paper(plan, consultations=(*lines[:number], *lines[number + 1 :]))


def move_consultation(plan: MunicipalityPlan, number: int, by: int) -> MunicipalityPlan:
    """Move a line up (``by=-1``) or down (``by=1``); the ends stay ends."""
    moved = _line(plan, number)
    lines = list(plan.paper.consultations)
    del lines[number]
    lines.insert(max(0, min(len(lines), number + by)), moved)
    return set_paper(plan, consultations=tuple(lines))


def set_budget(plan: MunicipalityPlan, measure_id: str, **fields: Any) -> MunicipalityPlan:
    """What the Kämmerei asks of a measure: ``product=``, ``account=``, ``budgeted=`` …"""
    planned = _planned(plan, measure_id)
    return change_measure(plan, measure_id, budget={**fields_of(planned.budget), **fields})


def set_funding(plan: MunicipalityPlan, measure_id: str, **fields: Any) -> MunicipalityPlan:
    """Programme, quota and day of a measure's income row: ``programme=``, ``quota=``, ``checked=``.

    The row is added where the measure has none; its amounts stay as they are.
    """
    entries = _row(plan, measure_id, CostRowKind.INCOME)
    funding: Funding = entries.get("funding", Funding())
    return with_cost_row(plan, measure_id, {**entries, "funding": {**fields_of(funding), **fields}})


def set_later(
    plan: MunicipalityPlan,
    measure_id: str,
    kind: CostRowKind,
    amount: Decimal | str | int | None,
    *,
    basis: CostBasis | None = None,
) -> MunicipalityPlan:
    """A year's amount after the last year of the table; ``None``: noch nicht beziffert."""
    entries = {**_row(plan, measure_id, kind), "later": amount}
    if basis is not None:
        entries["basis"] = basis
    return with_cost_row(plan, measure_id, entries)


def set_posts(
    plan: MunicipalityPlan,
    measure_id: str,
    year: int | None,
    posts: Decimal | str | int | None,
) -> MunicipalityPlan:
    """Full-time equivalents of one year, or of the Folgejahre (``year=None``).

    ``posts=None``: noch nicht beziffert.
    """
    entries = _row(plan, measure_id, CostRowKind.STAFF)
    if year is None:
        return with_cost_row(plan, measure_id, {**entries, "later_posts": posts})
    stated = {each: value for each, value in entries.get("posts", {}).items() if each != year}
    if posts is not None:
        stated[year] = posts
    return with_cost_row(plan, measure_id, {**entries, "posts": stated})


def _entered(entries: Mapping[Any, str], name: str, text: str) -> dict[Any, str]:
    kept = {**entries, name: text}
    return {each: value for each, value in kept.items() if value.strip()}


def _row(plan: MunicipalityPlan, measure_id: str, kind: CostRowKind) -> dict[str, Any]:
    row = _planned(plan, measure_id).cost_row(kind)
    return fields_of(row) if row else {"kind": kind}


def _line(plan: MunicipalityPlan, number: int) -> Consultation:
    if not 0 <= number < len(plan.paper.consultations):
        refuse("", "Diese Zeile der Beratungsfolge gibt es nicht mehr; bitte neu laden.")
    return plan.paper.consultations[number]


def _planned(plan: MunicipalityPlan, measure_id: str) -> PlannedMeasure:
    planned = plan.by_id.get(measure_id)
    if planned is None:
        refuse("", f"Die Maßnahme „{measure_id[:20]}“ steht nicht im Plan; bitte neu laden.")
    return planned
