"""How the papers look: two colours and the coat of arms, kept in the session only."""

from dataclasses import replace

import streamlit as st

from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.reports.branding import Branding, checked_crest, contrast_note
from assessment.ui.components import refusal
from assessment.ui.markdown import esc_md

_KEPT = "branding"
_LARGEST_MB = 1


EVERYBODY = ""
"""Stands for a municipality's key: the look of papers about all of them."""


def branding_of(key: str) -> Branding:
    """The look a municipality's papers have in this session; the association is that of all."""
    common = _kept().get(EVERYBODY, Branding())
    own = _kept().get(key)
    return common if own is None else replace(own, association=common.association)


def _kept() -> dict[str, Branding]:
    return st.session_state.setdefault(_KEPT, {})


def show_branding(key: str) -> None:
    """Colours with what becomes of them in print, coat of arms with the consent it needs."""
    st.caption(sentence("page_reports.look"))
    with st.container(key="stack-branding"):
        left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Farben**")
        show_colours(key)
    with right:
        _crest(key)


def show_colours(key: str) -> None:
    """Two colours and what becomes of them in print; for all papers the association's name too."""
    now = branding_of(key)
    with st.container(horizontal=True, gap="large"):
        primary = st.color_picker(
            "Überschriften und Linien", now.primary, key=_widget("primary", key)
        )
        secondary = st.color_picker("Zeichnungen", now.secondary, key=_widget("secondary", key))
    association = now.association
    if key == EVERYBODY:
        association = st.text_input(
            "Kommunalverband, der die Unterlagen erstellt",
            now.association,
            key=_widget("association", key),
            placeholder="nur, wenn er genannt werden soll",
            max_chars=120,
            width=420,
        )
    changed = replace(
        now, primary=primary.upper(), secondary=secondary.upper(), association=association.strip()
    )
    if changed != now:
        _kept()[key] = changed
        # The buttons above were drawn with the old look.
        st.rerun()
    note = contrast_note(changed)
    st.markdown(esc_md(f"▲ {note}" if note else sentence("page_reports.contrast")))


def _crest(key: str) -> None:
    now = branding_of(key)
    st.markdown("**Wappen**")
    if now.crest is not None:
        shown = now.crest.data.decode() if now.crest.format == "svg" else now.crest.data
        st.image(shown, width=90, alt="Wappen, wie es in den Unterlagen steht")
        if st.button("Wappen entfernen"):
            _kept()[key] = replace(now, crest=None)
            st.session_state.pop(_widget("crest", key), None)
            st.session_state.pop(_widget("consent", key), None)
            st.rerun()
        return
    consent = st.checkbox(sentence("page_reports.consent"), key=_widget("consent", key))
    given = st.file_uploader(
        "Wappen (SVG oder PNG)",
        type=["svg", "png"],
        max_upload_size=_LARGEST_MB,
        disabled=not consent,
        key=_widget("crest", key),
    )
    if not consent:
        st.caption(sentence("page_reports.consent_first"))
        return
    if given is None:
        return
    try:
        crest = checked_crest(given.getvalue(), given.name)
    except InputRefused as error:
        refusal(error)
        return
    _kept()[key] = replace(now, crest=crest)
    st.rerun()


def _widget(name: str, key: str) -> str:
    return f"branding-{name}-{key}"
