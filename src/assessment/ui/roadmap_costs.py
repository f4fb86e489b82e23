"""Costs of a planned measure: per row and year a number, or „noch nicht beziffert“."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from assessment.german import format_number, parse_number
from assessment.measures.paper_types import Funding
from assessment.measures.plan_types import CostBasis, CostRow, CostRowKind, PlannedMeasure
from assessment.measures.roadmap import schedule
from assessment.measures.roadmap_types import UNQUANTIFIED, CostLine, RoadmapRow
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage
from assessment.ui.typed_dates import DAY, day_text, read_day

_NARROW, _WIDE = 2, 6
"""Fields in a line: beside the planning of a measure, and over the whole page."""
LATER = "Folgejahre"


@dataclass(frozen=True, slots=True)
class Given:
    """What the fields of one cost row hold, as typed; ``None``: not asked here, stays as it is."""

    kind: CostRowKind
    amounts: Mapping[int, str]
    basis: CostBasis | None
    note: str
    later: str | None = None
    posts: Mapping[int, str] | None = None
    later_posts: str | None = None
    funding: tuple[str, str, str] | None = None
    """Programme, quota in per cent, the day it was looked up."""


def cost_lines_of(planned: PlannedMeasure, page: PlanPage) -> RoadmapRow:
    """The row of the roadmap with the cost lines the measure shows."""
    return schedule(page.plan, page.catalogue, done=page.given.fulfilled).by_id[planned.id]


def cost_fields(
    lines: Sequence[CostLine], note: str, mark: str, *, full: bool = False
) -> list[Given]:
    """Fields for the rows the cost kind asks for and those that were added; inside a form.

    ``note``: what is said where there is no row. ``full``: with what only the Vorlage asks: posts,
    the programme that pays.
    """
    st.markdown("**Kosten in Euro**" if lines else "**Kosten**")
    if not lines:
        st.markdown(esc_md(note or "Keine Kostenzeile."))
        return []
    st.caption(sentence("page_paper.costs" if full else "page_paper.costs_roadmap"))
    return [_line(line, mark, full=full) for line in lines]


def _line(line: CostLine, mark: str, *, full: bool) -> Given:
    kind = line.kind
    code = f"{mark}-{kind.name}"
    st.markdown(f"**{esc_md(kind.value)}**")
    shown: dict[int | None, Decimal | None] = {cell.year: cell.amount for cell in line.cells}
    shown[None] = line.later
    typed = _by_year(shown, code, "", full=full)
    posts: dict[int | None, str] | None = None
    if full and kind is CostRowKind.STAFF:
        known = dict(zip((cell.year for cell in line.cells), line.posts, strict=False))
        filled = {cell.year: known.get(cell.year) for cell in line.cells}
        posts = _by_year(filled | {None: line.later_posts}, f"{code}-posts", " VZÄ", full=True)
    with st.container(key=f"duo-{code}"):
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
        "Anmerkung", line.note, placeholder="z. B. Stand des Angebots", key=f"{code}-note"
    )
    if not full and line.funding is not None and line.funding.programme:
        st.caption(esc_md(sentence("page_paper.funding_kept", name=line.funding.programme)))
    return Given(
        kind,
        _years(typed),
        CostBasis(basis) if basis else None,
        note,
        typed.get(None),
        None if posts is None else _years(posts),
        None if posts is None else posts[None],
        _funding(line, code) if full and kind is CostRowKind.INCOME else None,
    )


def _by_year(
    values: Mapping[int | None, Decimal | None], code: str, unit: str, *, full: bool
) -> dict[int | None, str]:
    """One field a year; ``None`` is all later years."""
    typed: dict[int | None, str] = {}
    most = _WIDE if full else _NARROW
    years = list(values)
    with st.container(key=f"duo-years-{code}"):
        for start in range(0, len(years), most):
            places = st.columns(min(most, len(years)) if full else most)
            for place, year in zip(places, years[start : start + most], strict=False):
                typed[year] = place.text_input(
                    f"{year or LATER}{unit}",
                    _amount_text(values[year]),
                    placeholder=UNQUANTIFIED,
                    key=f"{code}-{year or 'later'}",
                )
    return typed


def _years(typed: Mapping[int | None, str]) -> dict[int, str]:
    return {year: text for year, text in typed.items() if year is not None}


def _funding(line: CostLine, code: str) -> tuple[str, str, str]:
    known = line.funding or Funding()
    with st.container(key=f"duo-funding-{code}"):
        places = st.columns((4, 2, 2))
    return (
        places[0].text_input("Förderprogramm", known.programme, key=f"{code}-programme"),
        places[1].text_input(
            "Quote in Prozent",
            "" if known.quota is None else f"{known.quota.normalize():f}".replace(".", ","),
            key=f"{code}-quota",
        ),
        places[2].text_input(
            "Zuletzt geprüft am", day_text(known.checked), placeholder=DAY, key=f"{code}-checked"
        ),
    )


def cost_rows(planned: PlannedMeasure, given: Sequence[Given]) -> dict[CostRowKind, Any]:
    """The cost rows as typed, by kind.

    Raises:
        InputRefused: if an amount is no amount, or one above 0 lacks its basis.
    """
    rows: dict[CostRowKind, Any] = {row.kind: row for row in planned.costs}
    for each in given:
        kind, known = each.kind, planned.cost_row(each.kind)
        amounts = {year: _amount(text, kind, str(year)) for year, text in each.amounts.items()}
        # Years outside the table (an earlier end, say) keep what was entered for them.
        others = {year: one for year, one in known.amounts.items() if year not in amounts} if (
            known
        ) else {}  # fmt: skip
        more = _more(each, known)
        later = more.get("later", known.later if known else None)
        # 0 says that it costs nothing; that rests on nothing.
        if (any(amounts.values()) or later) and each.basis is None:
            raise InputRefused(
                "NO_BASIS",
                f"{kind.value}: Zu Beträgen über 0 gehört ihre Grundlage. Bitte Angebot, "
                "Schätzung oder Erfahrungswert wählen.",
            )
        said = [each.note, each.basis, *more.values(), *amounts.values()]
        if known is None and all(one is None or one in ("", {}) for one in said):
            continue
        before = {name: getattr(known, name) for name in CostRow.model_fields} if known else {}
        rows[kind] = before | {
            "kind": kind,
            "amounts": others | amounts,
            "basis": each.basis,
            "note": each.note,
            **more,
        }
    return rows


def _more(given: Given, known: CostRow | None) -> dict[str, Any]:
    """What only the Vorlage asks, if it was asked."""
    found: dict[str, Any] = {}
    if given.later is not None:
        found["later"] = _amount(given.later, given.kind, LATER)
    if given.posts is not None:
        typed = {year: _posts(text, str(year)) for year, text in given.posts.items()}
        others = {year: one for year, one in known.posts.items() if year not in typed} if (
            known
        ) else {}  # fmt: skip
        found["posts"] = others | {year: one for year, one in typed.items() if one is not None}
    if given.later_posts is not None:
        found["later_posts"] = _posts(given.later_posts, LATER)
    if given.funding is not None:
        programme, quota, checked = given.funding
        if programme.strip() or quota.strip() or checked.strip():
            found["funding"] = {
                "programme": programme,
                "quota": _number(quota, "Quote in Prozent", "keine Zahl", "0 bis 100 eintragen"),
                "checked": read_day(checked, "Förderprogramm, zuletzt geprüft am"),
            }
        elif known is not None:
            found["funding"] = {}
    return found


def _amount_text(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    whole = amount == amount.to_integral_value()
    return format_number(float(amount), 0 if whole else 2)


def _amount(text: str, kind: CostRowKind, year: str) -> Decimal | None:
    words = text.replace("€", "").replace("EUR", "").strip()
    if words.casefold() == UNQUANTIFIED:
        return None
    number = _number(
        words, f"{kind.value}, {year}", "kein Betrag", "eine Zahl ab 0 eintragen, etwa 12.500,00"
    )
    return None if number is None else Decimal(str(round(number, 2)))


def _posts(text: str, year: str) -> Decimal | None:
    words = text.replace("VZÄ", "").strip()
    if words.casefold() == UNQUANTIFIED:
        return None
    return _number(
        words, f"Stellen (VZÄ), {year}", "keine Zahl von Stellen", "eine ab 0 eintragen, etwa 0,5"
    )


def _number(text: str, label: str, what: str, wanted: str) -> Decimal | None:
    if not text.strip():
        return None
    number = parse_number(text.replace("%", "").strip())
    if number is None or number < 0:
        raise InputRefused(
            "NO_AMOUNT",
            f"{label}: „{text.strip()}“ ist {what}. Bitte {wanted}, oder das Feld leeren.",
        )
    return Decimal(str(number))
