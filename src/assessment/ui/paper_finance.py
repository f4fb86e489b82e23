"""Financial effects: sums as the Vorlage prints them, and every amount of one measure at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from assessment.measures.costs import cost_lines, costing_of
from assessment.measures.paper_types import Budgeted, BudgetNote
from assessment.measures.plan_editing import change_measure
from assessment.measures.plan_types import PlannedMeasure
from assessment.profiles.council.finance import finance_table
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.components import empty_state, refusal
from assessment.ui.cost_row_buttons import filled_with_zero, row_buttons
from assessment.ui.markdown import esc_md
from assessment.ui.page_links import municipality_links
from assessment.ui.paper_tables import show_paper_table
from assessment.ui.plan_page import PlanPage
from assessment.ui.roadmap_costs import cost_fields, cost_lines_of, cost_rows
from assessment.ui.roadmap_edit import mark_of


def show_finance(page: PlanPage, dossier: Dossier, created: date) -> None:
    """Sums first, then the amounts of a chosen measure."""
    if not page.plan.measures:
        empty_state(sentence("page_paper.no_measures"))
        municipality_links(page.key, ("kommune/massnahmen.py", "Zu den Maßnahmen"))
        return
    table = finance_table(dossier, created)
    st.markdown(esc_md(table.sentence))
    show_paper_table(table.totals)
    names = {each.id: costing_of(each, page.catalogue).title for each in page.plan.measures}
    chosen = st.selectbox(
        "Maßnahme",
        list(names),
        format_func=lambda code: f"{names.get(code, '')} ({code})",
        key=f"paper-measure-{page.key}",
    )
    planned = page.plan.by_id.get(chosen) if chosen else None
    if planned is not None:
        _form(planned, page, table.years)


def _form(planned: PlannedMeasure, page: PlanPage, years: Sequence[int]) -> None:
    mark = f"paper-{page.key}-{mark_of(planned)}"
    lines = cost_lines(costing_of(planned, page.catalogue), years)
    note = cost_lines_of(planned, page).cost_note
    with st.form(f"finance-{mark}"):
        costs = cost_fields(lines, note, mark, full=True)
        budget = _budget_fields(planned.budget, mark)
        st.caption(sentence("page_paper.form"))
        with st.container(horizontal=True, vertical_alignment="center", key=f"buttons-{mark}"):
            # The first button of a form is the one that the Enter key presses.
            pressed = st.form_submit_button("Beträge übernehmen", type="primary")
            rows_too = row_buttons(lines, mark)
    if not (pressed or rows_too.pressed):
        return
    try:
        rows = rows_too.applied(cost_rows(planned, costs))
        changed = change_measure(page.plan, planned.id, costs=rows, budget=budget)
        for line in lines:
            if line.kind is rows_too.zero:
                changed = filled_with_zero(changed, line, planned.id, posts=True)
    except InputRefused as error:
        refusal(error)
        return
    page.change(changed)


def _budget_fields(known: BudgetNote, mark: str) -> dict[str, Any]:
    """Where the money stands in the budget: what the Kämmerei asks."""
    st.markdown("**Haushalt**")
    with st.container(key=f"duo-budget-{mark}"):
        places = st.columns(4, vertical_alignment="bottom")
    states = list(Budgeted)
    product = places[0].text_input("Produkt", known.product, key=f"product-{mark}")
    account = places[1].text_input("Sachkonto", known.account, key=f"account-{mark}")
    budgeted = places[2].selectbox(
        "Im Haushalt veranschlagt",
        states,
        index=states.index(known.budgeted),
        format_func=lambda one: one.value,
        key=f"budgeted-{mark}",
    )
    extraordinary = places[3].checkbox(
        "Über- oder außerplanmäßig", known.extraordinary, key=f"extraordinary-{mark}"
    )
    cover = st.text_input("Deckungsvorschlag", known.cover, key=f"cover-{mark}")
    return {
        "product": product,
        "account": account,
        "budgeted": budgeted,
        "extraordinary": extraordinary,
        "cover": cover,
    }
