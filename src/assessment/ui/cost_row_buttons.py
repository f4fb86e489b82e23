"""Buttons at the end of a form with cost rows: add a row, take one away, fill the rest with 0.

They belong to the form, so that what has been typed goes with them. They stand behind the button
that takes everything over: the first button of a form is the one that the Enter key presses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from assessment.measures.paper_editing import set_posts
from assessment.measures.plan_editing import fill_with_zero
from assessment.measures.plan_types import CostRowKind, MunicipalityPlan
from assessment.measures.roadmap_types import CostLine


@dataclass(frozen=True, slots=True)
class RowButtons:
    """The row whose button was pressed, by what the button does; at most one is set."""

    add: CostRowKind | None = None
    drop: CostRowKind | None = None
    zero: CostRowKind | None = None

    @property
    def pressed(self) -> bool:
        return any((self.add, self.drop, self.zero))

    def applied(self, rows: Mapping[CostRowKind, Any]) -> tuple[Any, ...]:
        """The rows in their order, with the added one and without the dropped one."""
        changed = dict(rows)
        if self.add is not None:
            changed[self.add] = {"kind": self.add}
        if self.drop is not None:
            changed.pop(self.drop, None)
        return tuple(changed[kind] for kind in CostRowKind if kind in changed)


def row_buttons(lines: Sequence[CostLine], mark: str) -> RowButtons:
    """Draw them; ``lines``: the rows of the form as the plan holds them."""
    shown = {line.kind for line in lines}
    add = drop = zero = None
    for line in lines:
        label = f"{line.kind.value}: übrige Jahre 0 €"
        key = f"zero-{mark}-{line.kind.name}"
        if not line.quantified and st.form_submit_button(label, key=key, type="tertiary"):
            zero = line.kind
    for kind in CostRowKind:
        if kind in shown:
            continue
        if st.form_submit_button(f"+ {kind.value}", key=f"add-{mark}-{kind.name}", type="tertiary"):
            add = kind
    for line in lines:
        label = f"Zeile „{line.kind.value}“ entfernen"
        key = f"drop-{mark}-{line.kind.name}"
        if not line.expected and st.form_submit_button(label, key=key, type="tertiary"):
            drop = line.kind
    return RowButtons(add, drop, zero)


def filled_with_zero(
    plan: MunicipalityPlan, line: CostLine, measure_id: str, *, posts: bool
) -> MunicipalityPlan:
    """Years and Folgejahre of a row that are still open cost nothing; stated amounts stay.

    ``posts``: of a staff row the posts as well, where the form shows them.
    """
    years = [cell.year for cell in line.cells]
    changed = fill_with_zero(plan, measure_id, line.kind, years, later=True)
    row = changed.by_id[measure_id].cost_row(line.kind)
    if row is None or not posts or line.kind is not CostRowKind.STAFF:
        return changed
    for year in years:
        if row.posts.get(year) is None:
            changed = set_posts(changed, measure_id, year, Decimal(0))
    if row.later_posts is None:
        changed = set_posts(changed, measure_id, None, Decimal(0))
    return changed
