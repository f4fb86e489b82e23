"""The sections of the Vorlage one by one: generated text, what it rests on, own text instead."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from assessment.measures.paper_editing import set_paper_text
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.council.paper_parts import (
    CouncilPaper,
    Form,
    PaperParagraph,
    PaperSection,
    SectionId,
)
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.components import refusal
from assessment.ui.markdown import esc_md
from assessment.ui.paper_fields import PaperFields
from assessment.ui.paper_sources import show_sources
from assessment.ui.paper_tables import show_paper_table
from assessment.ui.plan_page import PlanPage

SECTION = "paper-section"
"""Session key of the section that is shown."""
_WANTED: Mapping[SectionId, tuple[str, str]] = MappingProxyType(
    {
        SectionId.OCCASION: ("occasion", "Beschluss, Auftrag oder Gesetz, auf dem es beruht"),
        SectionId.GOALS: ("choice", "Warum diese Schwerpunkte und andere nicht?"),
        SectionId.PARTICIPATION: ("participation", "Wer wurde wie beteiligt?"),
        SectionId.ALTERNATIVES: ("alternatives", "Welche Alternativen gibt es?"),
        SectionId.REFUSAL: ("without_decision", "Was geschieht ohne den Beschluss?"),
    }
)
"""Sections that ask for something nobody but the municipality knows: setting and question."""
_TALL = 260
Make = Callable[[MunicipalityPlan], CouncilPaper]


def show_texts(fields: PaperFields, paper: CouncilPaper, make: Make) -> None:
    """One section at a time; ``make``: the paper of a plan, to show what would be generated."""
    sections = {str(section.id): section for section in paper.all_sections()}
    waiting = {str(point.section) for point in paper.points if point.section}
    if st.session_state.get(SECTION) not in sections:
        st.session_state[SECTION] = next(iter(sections))
    chosen = st.selectbox(
        "Abschnitt",
        list(sections),
        format_func=lambda code: (
            _label(sections[code], code in waiting) if code in sections else ""
        ),
        key=SECTION,
        persist_state="session",
        width=520,
    )
    section = sections[chosen]
    with st.container(key="stack-paper-text"):
        left, right = st.columns(2, gap="large")
    with left:
        generated = section
        if section.own:
            generated = (
                make(set_paper_text(fields.page.plan, chosen, "")).section(chosen) or section
            )
        st.markdown("**Erzeugter Text**")
        with st.container(border=True):
            show_section(generated)
    with right:
        _own_text(fields, chosen, generated, paper)
    show_sources(generated.statements, fields.page)


def _label(section: PaperSection, waiting: bool) -> str:
    state = "eigener Text" if section.own else "▲ noch offen" if waiting else ""
    return f"{section.heading} – {state}" if state else section.heading


def _own_text(fields: PaperFields, code: str, generated: PaperSection, paper: CouncilPaper) -> None:
    now = fields.settings
    for point in paper.points:
        if point.section == code:
            st.markdown(esc_md(f"▲ {point.text}"))
    wanted = _WANTED.get(generated.id)
    if wanted is not None:
        name, question = wanted
        fields.text(question, name, getattr(now, name), fields.setting(name))
        st.caption(sentence("page_paper.joins"))
    fields.text(
        "Eigener Text statt des erzeugten",
        f"text-{code}",
        now.texts.get(generated.id, ""),
        lambda plan, text: set_paper_text(plan, code, text),
        placeholder=sentence("page_paper.own_placeholder"),
        height=_TALL,
    )
    plain = plain_text(generated)
    with st.container(horizontal=True):
        if generated.id in now.texts:
            if st.button("Zurück zum erzeugten Text", key=f"paper-reset-{code}"):
                fields.page.change(set_paper_text(fields.page.plan, code, ""))
        elif plain and st.button("Erzeugten Text hier bearbeiten", key=f"paper-edit-{code}"):
            _take_generated(fields.page, code, plain)


def _take_generated(page: PlanPage, code: str, text: str) -> None:
    try:
        changed = set_paper_text(page.plan, code, text)
    except InputRefused as error:
        refusal(error)
        return
    page.change(changed)


def show_section(section: PaperSection) -> None:
    """A section without its heading."""
    show_paragraphs(section.paragraphs)
    for table in section.tables:
        show_paper_table(table)
    show_paragraphs(section.closing)
    for part in section.parts:
        st.markdown(f"**{esc_md(part.heading)}**")
        show_section(part)


def show_paragraphs(paragraphs: tuple[PaperParagraph, ...]) -> None:
    """Paragraphs; numbered ones count from 1 in each run."""
    number = 0
    for paragraph in paragraphs:
        number = number + 1 if paragraph.form is Form.NUMBERED else 0
        text = esc_md(paragraph.text)
        if paragraph.form is Form.NUMBERED:
            text = f"{number}\\. {text}"
        elif paragraph.form is Form.BULLET:
            text = f"- {text}"
        if paragraph.term:
            text = f"**{esc_md(paragraph.term)}** {text}"
        if paragraph.form is Form.NOTE:
            st.caption(text)
        else:
            st.markdown(text)


def plain_text(section: PaperSection) -> str:
    """The paragraphs of a section as they would be typed; tables stay generated."""
    lines: list[str] = []
    number = 0
    for paragraph in (*section.paragraphs, *section.closing):
        number = number + 1 if paragraph.form is Form.NUMBERED else 0
        start = f"{number}. " if number else "- " if paragraph.form is Form.BULLET else ""
        term = f"{paragraph.term} " if paragraph.term else ""
        lines.append(f"{start}{term}{paragraph.text}")
    return "\n\n".join(lines)
