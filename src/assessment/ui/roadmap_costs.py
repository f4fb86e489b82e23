"""Costs of a planned measure: per row and year a number, or „noch nicht beziffert“."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from assessment.german import format_number, parse_number
from assessment.measures.plan_types import CostBasis, CostRowKind, PlannedMeasure
from assessment.measures.roadmap import schedule
from assessment.measures.roadmap_types import UNQUANTIFIED, CostLine, RoadmapRow
from assessment.remarks import InputRefused
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage

_A_LINE = 2
Given = tuple[CostRowKind, dict[int, str], CostBasis | None, str]
"""What a line of fields holds: kind, typed text per year, basis, note."""


def cost_lines_of(planned: PlannedMeasure, page: PlanPage) -> RoadmapRow:
    """The row of the roadmap with the cost lines the measure shows."""
    return schedule(page.plan, page.catalogue, done=page.given.fulfilled).by_id[planned.id]


def cost_fields(row: RoadmapRow, mark: str) -> list[Given]:
    """Fields for the rows the cost kind asks for and those that were added; inside a form."""
    st.markdown("**Kosten in Euro**" if row.costs else "**Kosten**")
    if not row.costs:
        st.markdown(esc_md(row.cost_note or "Keine Kostenzeile."))
        return []
    st.caption(
        "Eine Zahl oder leer: leer heißt „noch nicht beziffert“. Kostet es nichts, bitte 0 "
        "eintragen."
    )
    return [_line(line, mark) for line in row.costs]


def _line(line: CostLine, mark: str) -> Given:
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


def cost_rows(planned: PlannedMeasure, given: Sequence[Given]) -> dict[CostRowKind, object]:
    """The cost rows as typed, by kind.

    Raises:
        InputRefused: if an amount is no amount, or one above 0 lacks its basis.
    """
    rows: dict[CostRowKind, object] = {row.kind: row for row in planned.costs}
    for kind, texts, basis, note in given:
        amounts = {year: _amount(text, kind, year) for year, text in texts.items()}
        known = planned.cost_row(kind)
        # Years outside the table (an earlier end, say) keep what was entered for them.
        others = {year: each for year, each in known.amounts.items() if year not in amounts} if (
            known
        ) else {}  # fmt: skip
        # 0 says that it costs nothing; that rests on nothing.
        if any(amounts.values()) and basis is None:
            raise InputRefused(
                "NO_BASIS",
                f"{kind.value}: Zu Beträgen über 0 gehört ihre Grundlage. Bitte Angebot, "
                "Schätzung oder Erfahrungswert wählen.",
            )
        untouched = known is None and not note and basis is None
        if untouched and all(amount is None for amount in amounts.values()):
            continue
        rows[kind] = {
            "kind": kind, "amounts": others | amounts, "basis": basis, "note": note,
        }  # fmt: skip
    return rows


def row_buttons(row: RoadmapRow, mark: str) -> tuple[CostRowKind | None, CostRowKind | None]:
    """Buttons of the form that add a row nobody asked for, or take an added one away.

    They belong to the form, so that what has been typed goes with them: (row to add, to drop).
    """
    shown = {line.kind for line in row.costs}
    add = drop = None
    for kind in CostRowKind:
        if kind in shown:
            continue
        if st.form_submit_button(f"+ {kind.value}", key=f"add-{mark}-{kind.name}", type="tertiary"):
            add = kind
    for line in row.costs:
        label = f"Zeile „{line.kind.value}“ entfernen"
        key = f"drop-{mark}-{line.kind.name}"
        if not line.expected and st.form_submit_button(label, key=key, type="tertiary"):
            drop = line.kind
    return add, drop


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
