"""The Beratungsfolge: bodies in their order, each with its day and what it does."""

from datetime import date

import streamlit as st

from assessment.german import format_date
from assessment.measures.paper_editing import (
    add_consultation,
    move_consultation,
    remove_consultation,
    set_consultation,
    set_consultations,
    set_paper,
)
from assessment.measures.paper_types import Consultation, ConsultationRole
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.council.bodies import default_chain
from assessment.profiles.council.paper_basis import land_of
from assessment.profiles.council.paper_parts import CouncilPaper
from assessment.profiles.dossier import Dossier
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.markdown import esc_md
from assessment.ui.paper_fields import Change, PaperFields

_WIDTHS = (5, 3, 4, 4)


def show_consultations(
    fields: PaperFields, dossier: Dossier, paper: CouncilPaper, created: date
) -> None:
    """Every line in fields; an empty Beratungsfolge can begin with the usual one."""
    st.caption(sentence("page_paper.at_once"))
    rows = fields.settings.consultations
    for place, row in enumerate(rows):
        _line(fields, place, row)
    with st.container(horizontal=True):
        if st.button("Gremium hinzufügen", key="paper-body-add"):
            fields.page.change(add_consultation(fields.page.plan, body=""))
        if not rows:
            proposed = default_chain(land_of(dossier), dossier.basis.kind, fields.settings)
            shown = " → ".join(each.body for each in proposed)
            if st.button(esc_md(f"Übliche Folge: {shown}"), key="paper-body-usual"):
                fields.page.change(set_consultations(fields.page.plan, proposed))
    _show_deadline(fields, paper, created)


def _line(fields: PaperFields, place: int, row: Consultation) -> None:
    with st.container(key=f"duo-paper-body-{place}"):
        body, day, role, buttons = st.columns(_WIDTHS, vertical_alignment="bottom")
    number = f"{place + 1}. "
    fields.line(
        f"{number}Gremium",
        f"body-{place}-name",
        row.body,
        _changed(place, "body"),
        placeholder="z. B. Hauptausschuss",
        place=body,
    )
    fields.day(f"{number}Datum", f"body-{place}-day", row.day, _changed(place, "day"), place=day)
    fields.choice(
        f"{number}Rolle",
        f"body-{place}-role",
        list(ConsultationRole),
        row.role,
        _changed(place, "role"),
        place=role,
    )
    with buttons, st.container(horizontal=True, gap="small"):
        page = fields.page
        # One row up is the other one down: one button is enough.
        if place and st.button(
            "Nach oben",
            key=f"paper-up-{place}",
            help=f"Zeile {place + 1} nach oben",
            type="tertiary",
        ):
            page.change(move_consultation(page.plan, place, -1))
        if st.button(
            "Entfernen",
            key=f"paper-drop-{place}",
            help=f"Zeile {place + 1} entfernen",
            type="tertiary",
        ):
            page.change(remove_consultation(page.plan, place))


def _changed(place: int, name: str) -> Change:
    return lambda plan, value: set_consultation(plan, place, **{name: value})


def _show_deadline(fields: PaperFields, paper: CouncilPaper, created: date) -> None:
    """When the paper has to be finished for the first session; the day the paper works with."""
    days = [(row.session, row.editorial) for row in paper.consultations]
    known = [(session, editorial) for session, editorial in days if session and editorial]
    if not known:
        return
    session, finished = min(known)
    st.markdown(
        esc_md(
            sentence(
                "page_paper.deadline_over" if finished < created else "page_paper.deadline",
                day=format_date(finished),
                days=fields.settings.editorial_days,
                session=format_date(session),
            )
        )
    )
    with st.container(width=260):
        fields.line(
            "Redaktionsschluss, Tage vor der Sitzung",
            "editorial_days",
            str(fields.settings.editorial_days),
            _editorial_days,
        )


def _editorial_days(plan: MunicipalityPlan, typed: str) -> MunicipalityPlan:
    words = typed.strip()
    if not (words.isascii() and words.isdigit() and int(words) <= 120):
        raise InputRefused(
            "NO_DAYS",
            f"Redaktionsschluss: „{words[:20]}“ ist keine Zahl von Tagen. Bitte 0 bis 120 "
            "eintragen.",
        )
    return set_paper(plan, editorial_days=int(words))
