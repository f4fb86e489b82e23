"""Which catalogue of measures a session works with: the shipped one, or one it has loaded."""

import streamlit as st

from assessment.measures.catalogue import load_catalogue
from assessment.measures.model import Catalogue

_KEY = "own_catalogue"


def current_catalogue() -> Catalogue:
    """The catalogue every page of this session uses."""
    return st.session_state.get(_KEY) or load_catalogue()


def use_catalogue(catalogue: Catalogue | None) -> None:
    """Use an own catalogue in this session; ``None``: the shipped one again."""
    if catalogue is None:
        st.session_state.pop(_KEY, None)
    else:
        st.session_state[_KEY] = catalogue


def is_own() -> bool:
    """Whether the session uses a catalogue it has loaded itself."""
    return _KEY in st.session_state
