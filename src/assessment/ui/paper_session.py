"""After the session: what became of the paper, the votes, the wording, the next report."""

import streamlit as st

from assessment.measures.paper_editing import set_consultation
from assessment.measures.paper_types import Consultation, Outcome
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.council.outcome import take_over
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.components import empty_state, refusal
from assessment.ui.markdown import esc_md
from assessment.ui.paper_fields import Change, PaperFields
from assessment.ui.typed_dates import day_text

_OPEN = "open"
_VOTES = (("yes", "Ja"), ("no", "Nein"), ("abstention", "Enthaltung"))


def show_session(fields: PaperFields) -> None:
    """One consultation at a time; taking its outcome over into the roadmap is a step of its own."""
    rows = fields.settings.consultations
    if not rows:
        empty_state(sentence("page_paper.no_consultation"))
        return
    st.caption(sentence("page_paper.at_once"))
    place = st.selectbox(
        "Beratung",
        range(len(rows)),
        format_func=lambda one: _label(rows[one], one) if one < len(rows) else "",
        key=f"paper-session-{fields.page.key}-{len(rows)}",
        width=520,
    )
    row = rows[place]
    with st.container(key="stack-paper-session"):
        left, right = st.columns(2, gap="large")
    with left:
        _outcome(fields, place, row)
    with right:
        fields.text(
            "Geänderter Beschlusstext",
            f"body-{place}-wording",
            row.wording,
            _changed(place, "wording"),
            placeholder=sentence("page_paper.wording"),
            height=160,
        )
        fields.day(
            "Nächster Bericht am",
            "session-next_report",
            fields.settings.next_report,
            fields.setting("next_report"),
        )
    _take_over(fields, place, row)


def _label(row: Consultation, place: int) -> str:
    parts = (row.body or "ohne Namen", day_text(row.day), row.role.value)
    return f"{place + 1}. " + " · ".join(part for part in parts if part)


def _outcome(fields: PaperFields, place: int, row: Consultation) -> None:
    fields.choice(
        "Ergebnis",
        f"body-{place}-outcome",
        [_OPEN, *Outcome],
        row.outcome or _OPEN,
        lambda plan, value: set_consultation(
            plan, place, outcome=None if value == _OPEN else value
        ),
        shown=lambda one: "noch offen" if one == _OPEN else str(one.value),
    )
    with st.container(key=f"duo-paper-vote-{place}"):
        places = st.columns(3)
    for column, (name, label) in zip(places, _VOTES, strict=True):
        count = getattr(row.vote, name)
        fields.line(
            label,
            f"body-{place}-{name}",
            "" if count is None else str(count),
            _voted(place, name, label),
            place=column,
        )
    fields.line(
        "Bemerkung zur Abstimmung",
        f"body-{place}-vote-note",
        row.vote.note,
        _voted(place, "note", ""),
        placeholder="z. B. einstimmig; ein Mitglied befangen",
    )


def _changed(place: int, name: str) -> Change:
    return lambda plan, value: set_consultation(plan, place, **{name: value})


def _voted(place: int, name: str, label: str) -> Change:
    """``label``: of a count; ``""``: the value is a text."""

    def change(plan: MunicipalityPlan, typed: str) -> MunicipalityPlan:
        if place >= len(plan.paper.consultations):
            return plan
        vote = plan.paper.consultations[place].vote
        given = {part: getattr(vote, part) for part in type(vote).model_fields}
        given[name] = _count(typed, label) if label else typed
        return set_consultation(plan, place, vote=given)

    return change


def _count(typed: str, label: str) -> int | None:
    words = typed.strip()
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and int(words) <= 1000):
        raise InputRefused(
            "NO_VOTES",
            f"{label}: „{words[:20]}“ ist keine Zahl von Stimmen. Bitte 0 bis 1.000 eintragen oder "
            "das Feld leeren.",
        )
    return int(words)


def _take_over(fields: PaperFields, place: int, row: Consultation) -> None:
    """The roadmap follows only when somebody says so."""
    if row.outcome is None:
        st.caption(sentence("page_paper.take_over_later"))
        return
    try:
        done = take_over(fields.page.plan, place)
    except InputRefused as error:
        refusal(error)
        return
    if done.plan == fields.page.plan:
        st.markdown(esc_md(sentence("page_paper.taken_over") if done.changed else done.sentence))
        return
    n = len(done.changed)
    st.markdown(esc_md(sentence("page_paper.take_over", outcome=row.outcome.value)))
    label = "1 Maßnahme" if n == 1 else f"{n} Maßnahmen"
    if st.button(f"In die Roadmap übernehmen ({label})", type="primary"):
        fields.page.change(done.plan)
