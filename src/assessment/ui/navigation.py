"""The menu: sections by user, in the order of the design."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

ROOT = Path(__file__).resolve().parents[3]
PAGE_ICON = str(ROOT / "static" / "symbol.svg")
"""A local file: a Material icon would make the browser fetch it from a foreign server."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its script below ``pages/``, its title and its address."""

    script: str
    title: str
    url: str
    start: bool = False


MENU: dict[str, tuple[Entry, ...]] = {
    "Meine Kommune": (
        Entry("kommune/profil.py", "Profil", "profil"),
        Entry("kommune/luecken.py", "Lücken", "luecken"),
        Entry("kommune/massnahmen.py", "Maßnahmen", "massnahmen"),
        Entry("kommune/roadmap.py", "Roadmap", "roadmap"),
        Entry("kommune/strategie.py", "Strategie", "strategie"),
        Entry("kommune/vorlage.py", "Vorlage", "vorlage"),
    ),
    "Auswertung": (
        Entry("auswertung/uebersicht.py", "Übersicht", "uebersicht", start=True),
        Entry("auswertung/typen.py", "Typen", "typen"),
        Entry("auswertung/typologie.py", "Typologie-Labor", "typologie"),
    ),
    "Daten": (
        Entry("daten/einlesen.py", "Einlesen", "einlesen"),
        Entry("daten/qualitaet.py", "Qualität", "qualitaet"),
    ),
    "Berichte": (
        Entry("berichte/berichte.py", "Berichte", "berichte"),
        Entry("berichte/alle.py", "Alle Kommunen", "alle-kommunen"),
    ),
    "Hilfe": (Entry("hilfe/methodik.py", "Methodik", "methodik"),),
}


def start_entries() -> tuple[Entry, ...]:
    """The start page (one)."""
    return tuple(entry for entries in MENU.values() for entry in entries if entry.start)


def page_path(script: str) -> Path:
    """Path of a page script given below ``pages/``."""
    return ROOT / "pages" / script


def build_navigation() -> StreamlitPage:
    """Declare all pages and return the one that is open."""
    return st.navigation(
        {
            section: [
                st.Page(
                    page_path(entry.script),
                    title=entry.title,
                    url_path=entry.url,
                    default=entry.start,
                )
                for entry in entries
            ]
            for section, entries in MENU.items()
        },
        expanded=True,
    )
