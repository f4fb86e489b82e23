"""Costs of a planned measure: per row and year a number, or „noch nicht beziffert“."""

from decimal import Decimal
from zlib import crc32

import streamlit as st

from assessment.german import format_number, parse_number
from assessment.measures.plan_editing import change_measure, remove_cost_row, set_cost_row
from assessment.measures.plan_types import (
    CostBasis,
    CostRow,
    CostRowKind,
    MunicipalityPlan,
    PlannedMeasure,
)
from assessment.measures.roadmap import schedule
from assessment.measures.roadmap_types import UNQUANTIFIED, CostLine
from assessment.remarks import InputRefused
from assessment.ui.components import refusal
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage

_A_LINE = 2


def show_cost_form(planned: PlannedMeasure, page: PlanPage) -> None:
    """The rows the cost kind asks for, and those the municipality has added."""
    row = schedule(page.plan, page.catalogue, done=page.given.fulfilled).by_id[planned.id]
    mark = f"{page.key}-{planned.id}-{crc32(planned.model_dump_json().encode()):08x}"
    if not row.costs:
        st.markdown("**Kosten**")
        st.markdown(esc_md(row.cost_note or "Keine Kostenzeile."))
    else:
        with st.form(f"cost-form-{mark}"):
            st.markdown("**Kosten in Euro**")
            st.caption(
                "Eine Zahl oder leer: leer heißt „noch nicht beziffert“. Kostet es nichts, bitte 0 "
                "eintragen."
            )
            given = [_line(line, mark) for line in row.costs]
            pressed = st.form_submit_button("Kosten übernehmen", type="primary")
        if pressed:
            try:
                page.change(_changed(page.plan, planned, given))
            except InputRefused as error:
                refusal(error)
    _rows_form(planned, row.costs, page, mark)


_Given = tuple[CostRowKind, dict[int, str], CostBasis | None, str]


def _line(line: CostLine, mark: str) -> _Given:
    kind = line.kind
    code = f"{mark}-{kind.name}"
    st.markdown(f"**{esc_md(kind.value)}**")
    amounts: dict[int, str] = {}
    with st.container(key=f"duo-{code}"):
        for start in range(0, len(line.cells), _A_LINE):
            places = st.columns(_A_LINE)
            for place, cell in zip(places, line.cells[start : start + _A_LINE], strict=False):
                amounts[cell.year] = place.text_input(
                    str(cell.year),
                    _amount_text(cell.amount),
                    placeholder=UNQUANTIFIED,
                    key=f"{code}-{cell.year}",
                )
        basis_place, note_place = st.columns(2)
    # Not ``None``: an empty choice would bring a button that clears it.
    bases = ["", *CostBasis]
    basis = basis_place.selectbox(
        "Grundlage der Beträge",
        bases,
        index=bases.index(line.basis or ""),
        format_func=lambda one: str(one) if one else "keine",
        key=f"{code}-basis",
    )
    note = note_place.text_input(
        "Anmerkung", line.note, placeholder="z. B. Förderprogramm, Quote", key=f"{code}-note"
    )
    return kind, amounts, CostBasis(basis) if basis else None, note


def _changed(
    plan: MunicipalityPlan, planned: PlannedMeasure, given: list[_Given]
) -> MunicipalityPlan:
    rows: dict[CostRowKind, object] = {row.kind: row for row in planned.costs}
    for kind, texts, basis, note in given:
        amounts = {year: _amount(text, kind, year) for year, text in texts.items()}
        known = planned.cost_row(kind)
        # Years outside the table (an earlier end, say) keep what was entered for them.
        others = {year: each for year, each in known.amounts.items() if year not in amounts} if (
            known
        ) else {}  # fmt: skip
        if any(amount is not None for amount in amounts.values()) and basis is None:
            raise InputRefused(
                "NO_BASIS",
                f"{kind.value}: Zu Beträgen gehört ihre Grundlage. Bitte Angebot, Schätzung oder "
                "Erfahrungswert wählen.",
            )
        untouched = known is None and not note and basis is None
        if untouched and all(amount is None for amount in amounts.values()):
            continue
        rows[kind] = {
            "kind": kind, "amounts": others | amounts, "basis": basis, "note": note,
        }  # fmt: skip
    return change_measure(plan, planned.id, costs=tuple(rows.values()))


def _rows_form(
    planned: PlannedMeasure, lines: tuple[CostLine, ...], page: PlanPage, mark: str
) -> None:
    """Add a row the cost kind doesn't ask for, or take an added one away."""
    shown = {line.kind for line in lines}
    missing = [kind for kind in CostRowKind if kind not in shown]
    extra = [line.kind for line in lines if not line.expected]
    with st.container(horizontal=True, key=f"cost-rows-{mark}"):
        for kind in missing:
            if st.button(f"+ {kind.value}", key=f"add-{mark}-{kind.name}", type="tertiary"):
                page.change(set_cost_row(page.plan, planned.id, CostRow(kind=kind)))
        for kind in extra:
            label = f"Zeile „{kind.value}“ entfernen"
            if st.button(label, key=f"drop-{mark}-{kind.name}", type="tertiary"):
                page.change(remove_cost_row(page.plan, planned.id, kind))


def _amount_text(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    whole = amount == amount.to_integral_value()
    return format_number(float(amount), 0 if whole else 2)


def _amount(text: str, kind: CostRowKind, year: int) -> Decimal | None:
    words = text.replace("€", "").replace("EUR", "").strip()
    if not words or words.casefold() == UNQUANTIFIED:
        return None
    number = parse_number(words)
    if number is None or number < 0:
        raise InputRefused(
            "NO_AMOUNT",
            f"{kind.value}, {year}: „{text.strip()}“ ist kein Betrag. Bitte eine Zahl ab 0 "
            "eintragen, etwa 12.500,00, oder das Feld leeren.",
        )
    return Decimal(str(round(number, 2)))
