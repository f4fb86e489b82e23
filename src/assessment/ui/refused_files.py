"""Files that could not be built at the click: why stands below their row of buttons.

A file is built outside any run of the page, and the browser shows a fixed hint for a few seconds
whatever went wrong. So the refusal is noted in the session and the server draws the page anew
(:class:`~assessment.ui.media_guard.GuardedManager`): then it reads the whole sentence here, until
the file can be built or what it is built from has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assessment.remarks import InputRefused
from assessment.ui.components import refusal

_KEY = "refused_files"


@dataclass(frozen=True, slots=True)
class _Refused:
    label: str
    """Of the button that was clicked."""
    why: InputRefused
    built_from: object
    """What the file was to be built from; with anything else the sentence no longer holds."""


def noting_refusals(
    row: str, label: str, build: Callable[[], bytes], built_from: Callable[[], object]
) -> Callable[[], bytes]:
    """``build`` for the button ``label`` of a row; a refusal is noted and raised again.

    ``built_from``: what counts at the click, to be compared with what counts later.
    """
    kept = _kept()

    def built() -> bytes:
        try:
            data = build()
        except InputRefused as error:
            kept[row] = _Refused(label, error, built_from())
            raise
        kept.pop(row, None)
        return data

    return built


def show_refusal(row: str, built_from: object) -> None:
    """Why the last click in a row gave no file, while that still holds."""
    found = _kept().get(row)
    if found is None:
        return
    if found.built_from != built_from:
        del _kept()[row]
        return
    refusal(InputRefused(found.why.code, f"{found.label}: {found.why.message}"))


def _kept() -> dict[str, _Refused]:
    """By row; the dictionary itself is the session's, also outside its runs."""
    return st.session_state.setdefault(_KEY, {})
