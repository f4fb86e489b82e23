"""The frame of the Vorlage: what it is, who brings it, how its sections are called and ordered."""

import streamlit as st

from assessment.measures.paper_editing import set_heading
from assessment.measures.paper_types import (
    GenderStyle,
    Operative,
    PaperKind,
    PaperStatus,
    Preset,
    ReportInterval,
)
from assessment.profiles.council.headings import heading_choices
from assessment.profiles.council.paper_parts import CouncilPaper
from assessment.profiles.texts import sentence
from assessment.ui.markdown import esc_md
from assessment.ui.paper_fields import Change, PaperFields


def show_frame(fields: PaperFields, paper: CouncilPaper) -> None:
    """All settings that hold for the whole paper; empty fields show what stands there instead."""
    st.caption(sentence("page_paper.at_once"))
    with st.container(key="stack-paper-frame"):
        left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Art der Vorlage**")
        _kind(fields)
        _order(fields)
    with right:
        st.markdown("**Kopf der Vorlage**")
        _head(fields, paper.subject)
        st.markdown("**Wer entscheidet, wer berichtet**")
        _bodies(fields, paper.body)
    names = st.expander("Überschriften wie in diesem Haus", key="paper-headings", on_change="rerun")
    if names.open:
        with names:
            _headings(fields, paper)


def _kind(fields: PaperFields) -> None:
    now = fields.settings
    fields.choice("Art", "kind", list(PaperKind), now.kind, fields.setting("kind"))
    fields.choice("Status", "status", list(PaperStatus), now.status, fields.setting("status"))
    fields.choice(
        "Beschlusstext",
        "operative",
        list(Operative),
        now.operative,
        fields.setting("operative"),
        shown=lambda one: sentence(f"page_paper.operative_{one.name.lower()}"),
    )
    st.caption(sentence("page_paper.independent"))
    fields.tick(
        "Ein Absatz je Gremium",
        "paragraph_per_body",
        now.paragraph_per_body,
        fields.setting("paragraph_per_body"),
        help=sentence("page_paper.paragraph_per_body"),
    )


def _order(fields: PaperFields) -> None:
    now = fields.settings
    fields.choice(
        "Reihenfolge der Abschnitte",
        "preset",
        list(Preset),
        now.preset,
        fields.setting("preset"),
        shown=lambda one: sentence(f"page_paper.preset_{one.name.lower()}"),
    )
    fields.choice(
        "Schreibweise von Personen",
        "gender",
        list(GenderStyle),
        now.gender,
        fields.setting("gender"),
        shown=lambda one: sentence(f"page_paper.gender_{one.name.lower()}"),
        help=sentence("page_paper.gender_help"),
    )
    fields.tick(
        "Halbe Seite „Worum geht es?“ in Einfacher Sprache",
        "plain_language",
        now.plain_language,
        fields.setting("plain_language"),
    )
    fields.tick(
        "Stufe der Informationssicherheit öffentlich zeigen",
        "security_field_public",
        now.security_field_public,
        fields.setting("security_field_public"),
        help=sentence("page_paper.security_help"),
    )


def _head(fields: PaperFields, subject: str) -> None:
    now = fields.settings
    fields.line("Betreff", "subject", now.subject, fields.setting("subject"), placeholder=subject)
    with st.container(key="duo-paper-head"):
        first, second = st.columns(2)
    fields.line(
        "Vorlagennummer",
        "number",
        now.number,
        fields.setting("number"),
        placeholder="vergibt der Sitzungsdienst",
        place=first,
    )
    fields.line(
        "Aktenzeichen", "reference", now.reference, fields.setting("reference"), place=second
    )
    fields.line(
        "Federführung",
        "lead",
        now.lead,
        fields.setting("lead"),
        placeholder="z. B. Hauptamt",
    )
    with st.container(key="duo-paper-people"):
        first, second = st.columns(2)
    fields.line("Beteiligt", "involved", now.involved, fields.setting("involved"), place=first)
    fields.line(
        "Berichterstattung",
        "reporter",
        now.reporter,
        fields.setting("reporter"),
        placeholder="Name nur, wenn gewünscht",
        place=second,
    )


def _bodies(fields: PaperFields, body: str) -> None:
    now = fields.settings
    fields.line(
        "Entscheidendes Gremium", "body", now.body, fields.setting("body"), placeholder=body
    )
    fields.line(
        "Fachausschuss, dem berichtet wird",
        "committee",
        now.committee,
        fields.setting("committee"),
        placeholder="z. B. Haupt- und Digitalausschuss",
    )
    with st.container(key="duo-paper-report"):
        first, second = st.columns(2)
    fields.choice(
        "Bericht",
        "interval",
        list(ReportInterval),
        now.interval,
        fields.setting("interval"),
        place=first,
    )
    fields.day(
        "Nächster Bericht am",
        "next_report",
        now.next_report,
        fields.setting("next_report"),
        place=second,
    )


def _headings(fields: PaperFields, paper: CouncilPaper) -> None:
    st.caption(sentence("page_paper.headings"))
    now = fields.settings.headings
    with st.container(key="duo-paper-headings"):
        places = st.columns(2)
    for number, section in enumerate(paper.all_sections()):
        code = str(section.id)
        usual, *others = heading_choices(section.id) or (section.heading,)
        fields.line(
            esc_md(usual),
            f"heading-{code}",
            now.get(section.id, ""),
            _called(code),
            placeholder=usual,
            help=f"Andernorts: {esc_md(', '.join(others))}" if others else None,
            place=places[number % 2],
        )


def _called(section: str) -> Change:
    return lambda plan, heading: set_heading(plan, section, heading)
