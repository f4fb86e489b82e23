"""The page of measures: what to do first, all recommendations, and the chain behind each."""

from collections.abc import Sequence

import streamlit as st

from assessment.measures.model import MeasureId
from assessment.measures.plan_editing import add_measure, add_with_prerequisites
from assessment.profiles.measure_profile import MeasureProfile, MeasureRow
from assessment.profiles.measure_text import MeasureText
from assessment.ui.chooser import PARAMETER
from assessment.ui.components import bullet_list, plain_table
from assessment.ui.markdown import esc_md
from assessment.ui.measure_filters import count_line, show_filters
from assessment.ui.navigation import MENU
from assessment.ui.plan_page import PlanPage, associations_of

_AT_ONCE = 15
_ALL = "alle-vorschlaege"
_GAPS_PAGE = "kommune/luecken.py"


def show_first(profile: MeasureProfile, page: PlanPage) -> None:
    """The answer: three to five measures, and why these."""
    st.header("Was tun wir zuerst?", anchor=False)
    st.markdown(esc_md(profile.first_sentence))
    if not profile.first:
        return
    for row in profile.first:
        with st.container(border=True, key=f"stack-first-{row.text.id}"):
            left, right = st.columns([6, 1], vertical_alignment="center")
            mark = f" · {esc_md(row.mark)}" if row.mark else ""
            with left, st.container(key=f"full-first-{row.text.id}"):
                st.markdown(f"**{esc_md(row.text.title)}**{mark}")
                reason = row.reason.removeprefix(f"{row.text.field}: ")
                st.caption(
                    f"{esc_md(_facts(row))}  \n{esc_md(_sentence(row.why))} {esc_md(reason)}"
                )
            with right:
                _take_over(row, page, "first")
    st.caption(esc_md(f"{profile.first_note} {profile.estimate_note}"))


def show_links(profile: MeasureProfile, page: PlanPage) -> None:
    """To the roadmap and down to everything else that is proposed."""
    with st.container(horizontal=True, vertical_alignment="center", key="screen-only-links"):
        st.page_link(
            "pages/kommune/roadmap.py", label=page.roadmap_label, query_params={PARAMETER: page.key}
        )
        more = len(profile.rows) - len(profile.first)
        if more > 0:
            st.markdown(f"[Alle Vorschläge ({len(profile.rows)})](#{_ALL})")
    st.header("Was kommt danach in Frage?", anchor=_ALL)


def _sentence(clause: str) -> str:
    """„steht hier …“ as a sentence of its own."""
    return f"{clause[:1].upper()}{clause[1:]}."


def _facts(row: MeasureRow) -> str:
    text = row.text
    return " · ".join(
        (
            f"{text.field}: {row.step}",
            f"Aufwand {text.effort_word}",
            f"Nutzen {text.benefit_word}",
            text.horizon_word,
            text.responsible,
        )
    )


def _take_over(row: MeasureRow, page: PlanPage, place: str) -> None:
    if row.planned:
        st.markdown("✔ in der Roadmap")
        return
    if st.button("In die Roadmap", key=f"take-{place}-{row.text.id}", help=_help(row)):
        page.change(add_measure(page.plan, page.catalogue, row.text.id))


def _help(row: MeasureRow) -> str:
    return esc_md(f"„{row.text.title}“ in die Roadmap übernehmen")


def show_all(profile: MeasureProfile, page: PlanPage) -> None:
    """All recommendations as advised, filtered, each with its chain behind it."""
    if profile.rows:
        st.markdown(esc_md(profile.order_reason))
        chosen = show_filters(profile.rows)
        shown = [row for row in profile.rows if chosen.admits(row.text)]
        st.markdown(esc_md(count_line(len(shown), len(profile.rows))))
        everything = len(shown) <= _AT_ONCE or st.session_state.get("measures-everything", False)
        with st.container(key="full-measures"):
            for row in shown if everything else shown[:_AT_ONCE]:
                _one(row, page)
        if len(shown) > _AT_ONCE:
            st.toggle(f"Alle {len(shown)} zeigen", key="measures-everything")
    if profile.not_rated:
        st.markdown(
            esc_md(f"klären – ohne Stufe und deshalb ohne Vorschlag: {_listed(profile.not_rated)}.")
        )
    if profile.outside and st.toggle(
        f"Auch Aufgaben anderer Ebenen zeigen ({len(profile.outside)})", key="measures-outside"
    ):
        st.caption(esc_md(profile.outside_note))
        plain_table(
            ("Maßnahme", "Feld", "Zuständig", "Nr."),
            [[text.title, text.field, text.responsible, text.id] for text in profile.outside],
            alt="Maßnahmen, die Aufgabe anderer Ebenen sind",
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _one(row: MeasureRow, page: PlanPage) -> None:
    text = row.text
    words = (text.field, row.step, f"Aufwand {text.effort_word}", text.horizon_word, row.mark)
    facts = " · ".join(part for part in words if part)
    planned = "✔ " if row.planned else ""
    panel = st.expander(
        f"{planned}**{esc_md(text.title)}** · {esc_md(facts)}",
        key=f"measure-{text.id}",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            show_measure(row, page)


def show_measure(row: MeasureRow, page: PlanPage) -> None:
    """One measure: what it is, the chain that leads to it, what it takes, what it waits for."""
    st.markdown(esc_md(row.text.description))
    st.markdown(f"**Warum diese Maßnahme?** {esc_md(_sentence(row.why))}")
    plain_table(
        ("Schritt", "Was dort steht", "Kennung"),
        [
            [f"{number}. {step.label}", step.sentence, ", ".join(step.ids) or "–"]
            for number, step in enumerate(row.chain, start=1)
        ],
        alt=f"Weg von der Antwort zur Maßnahme {row.text.title}",
    )
    st.caption(
        esc_md(
            f"Priorität {row.priority}: {row.formula}. Das ist der Abstand in Stufen zum Quadrat "
            "× Bedeutung (1 bis 3) ÷ Aufwand (1 bis 5)."
        )
    )
    _gap_link(row.text, page)
    if row.without:
        st.markdown(f"**Was, wenn nicht?** {esc_md(row.without)}")
    show_facts(row.text)
    _conditions(row, page)
    hints = [row.partner, *associations_of(page, row.text.dimension)]
    if any(hints):
        st.markdown("**Von anderen lernen**")
        bullet_list([hint for hint in hints if hint])
    with st.container(horizontal=True):
        _take_over(row, page, "detail")


def _gap_link(text: MeasureText, page: PlanPage) -> None:
    """The field's place on the page of gaps, where that page exists."""
    if any(entry.script == _GAPS_PAGE for entries in MENU.values() for entry in entries):
        st.page_link(
            f"pages/{_GAPS_PAGE}",
            label=f"Antworten und Abstände im Feld {esc_md(text.field)}",
            query_params={PARAMETER: page.key, "feld": text.dimension},
        )


def show_facts(text: MeasureText) -> None:
    """What the catalogue says about it, as a table of two columns."""
    rows = [
        ("Aufwand und Nutzen", f"Aufwand {text.effort_word}, Nutzen {text.benefit_word}"),
        ("Zeithorizont", text.horizon_word),
        ("Kosten", text.cost_word),
        ("Zuständig (Vorschlag)", text.responsible),
        ("Beteiligt", ", ".join(text.involved) or "–"),
        ("Felder", ", ".join(text.fields)),
        ("Verbindlichkeit", text.obligation_word),
        ("Kennzahl", text.indicator),
        ("Klimarelevanz", text.climate),
        ("Rechtliches", "; ".join(text.legal)),
    ]
    plain_table(("Merkmal", "Angabe"), [list(row) for row in rows], alt=text.title, header=False)


def _conditions(row: MeasureRow, page: PlanPage) -> None:
    if row.note:
        st.caption(esc_md(row.note))
    if not row.prerequisites:
        return
    st.markdown("**Was vorher da sein sollte**")
    bullet_list(
        f"{'○' if each.open else '✔'} {each.title} ({each.id}): {each.state}"
        for each in row.prerequisites
    )
    if row.waits and not row.planned:
        identifier: MeasureId = row.text.id
        if st.button("Mit ihren Voraussetzungen in die Roadmap", key=f"take-with-{identifier}"):
            page.change(
                add_with_prerequisites(page.plan, page.catalogue, identifier, page.given.fulfilled)
            )
