"""Choosing a municipality: search box, at most fifty hits, and the address of the page."""

import streamlit as st

from assessment.german import format_number
from assessment.ui.subject import about
from assessment.ui.taken import MOST_HITS, TakenSurvey

PARAMETER = "kommune"
_LAST = "last_municipality"
_WORDS = "municipality_words"


def choose_municipality(taken: TakenSurvey) -> str | None:
    """Show the chooser and return the chosen key; ``None`` if the address names an unknown one.

    The choice stands in the address (``?kommune=…``), so that a colleague opens the same page.
    """
    chosen = _asked_for(taken)
    about(chosen)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    words = left.text_input(
        "Kommune suchen",
        key=_WORDS,
        placeholder="Name oder Schlüssel",
        type="search",
        live=True,
        on_change=_open_first_hit,
        args=(taken,),
    )
    hits, total = taken.search(words)
    options = list(hits)
    if chosen is not None and chosen not in options:
        options = [chosen, *options[: MOST_HITS - 1]]
    if not options:
        right.caption(f"Keine Kommune heißt wie „{words}“." if words else "Keine Kommune.")
        return chosen
    picked = right.selectbox(
        _count_label(len(hits), total, bool(words.strip())),
        options,
        index=options.index(chosen) if chosen is not None else None,
        format_func=taken.label,
        placeholder="Bitte eine Kommune wählen",
    )
    if picked is not None and picked != chosen:
        remember(picked)
        st.rerun()
    return chosen


def remember(key: str) -> None:
    """Put a municipality into the address and keep it for the way back from other pages."""
    st.session_state[_LAST] = key
    st.query_params[PARAMETER] = key


def _asked_for(taken: TakenSurvey) -> str | None:
    asked = st.query_params.get(PARAMETER)
    if asked:
        if asked not in taken:
            return None
        st.session_state[_LAST] = asked
        return asked
    last = st.session_state.get(_LAST)
    chosen = last if last in taken else (taken.keys[0] if taken.keys else None)
    if chosen is not None:
        remember(chosen)
    return chosen


def _open_first_hit(taken: TakenSurvey) -> None:
    words = st.session_state.get(_WORDS, "")
    hits, _ = taken.search(words, most=1)
    if words.strip() and hits:
        remember(hits[0])


def _count_label(shown: int, total: int, searched: bool) -> str:
    if shown < total:
        return f"Kommune ({shown} von {format_number(total)} gezeigt)"
    if searched and not total:
        return "Kein Treffer; weiterhin gezeigt:"
    if searched:
        return "Kommune (1 Treffer)" if total == 1 else f"Kommune ({format_number(total)} Treffer)"
    return "Kommune"
