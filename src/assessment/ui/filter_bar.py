"""Choosing a group of municipalities: by Land, size, kind, region, type or an own list.

The choice stands in the address, so that a link opens the same, and in the session, so that it
survives a visit to another page. Use on a page::

    shown = active_filter(taken)            # what the address says, for the line at the top
    page_head("Übersicht", top_line(taken, shown))
    filter_bar(taken, shown)                # the controls; a change runs the page again
    if shown.group is not None:             # a peer group like any other
        ...order_statistics(shown.group.ordered[place], admitted=shown.group.admitted[place])...

Only order statistics of the group may be shown, and its size only as ``shown.size`` says. What a
session has been shown is kept, so that no two choices can be subtracted from each other: where two
differ by fewer than five, the later one is refused (:mod:`assessment.ui.filter_guard`).
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

import numpy as np
import streamlit as st

from assessment.comparison.group_filter import GroupFilter, read_keys
from assessment.german import format_number
from assessment.profiles.texts import sentence
from assessment.ui.filter_guard import Seen, ShownFilter, decide, known_before
from assessment.ui.markdown import esc_md
from assessment.ui.taken import TakenSurvey, type_names
from assessment.ui.wave_line import wave_line

_LAST = "group_filter"
_SHOWN = "shown_groups"
_WIDGET = "filter-"
_LIST = "filter-list"
PARAMETERS = tuple(GroupFilter(("a",), ("a",), ("a",), ("a",), ("a",), ("a",)).to_query())
"""Names in the address that belong to the filter."""


def active_filter(taken: TakenSurvey) -> ShownFilter:
    """What the address chooses, else what the session chose last; the guard has been asked."""
    peers = taken.assessment.peers
    query = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    remembered: Mapping[str, str] = st.session_state.get(_LAST, {})
    chosen = GroupFilter.from_query(query or remembered, peers.structure, tuple(type_names(taken)))
    _write(chosen)
    if not chosen:
        return ShownFilter(chosen)
    every: dict[str, Seen] = st.session_state.setdefault(_SHOWN, {})
    if taken.data_identifier not in every:
        every[taken.data_identifier] = Seen(known_before(taken))
    seen = every[taken.data_identifier]
    place = (taken.identifier, *(f"{name}={value}" for name, value in chosen.to_query().items()))
    if place not in seen.decided:
        seen.decided[place] = decide(taken, chosen, seen)
    return seen.decided[place]


def top_line(taken: TakenSurvey, shown: ShownFilter) -> str:
    """The line at the top of a page: the wave, and the choice if there is one."""
    return " · ".join(part for part in (wave_line(taken.survey), shown.line) if part)


def filter_bar(taken: TakenSurvey, shown: ShownFilter) -> None:
    """The controls, folded away."""
    everybody = sentence("filter.everybody", n=format_number(len(taken.survey.keys)))
    # Always the same label: with another one the panel would be another one and fold up.
    panel = st.expander(
        "Kommunen auswählen",
        type="compact",
        key="filter-panel",
        on_change="rerun",
    )
    if not panel.open:
        return
    with panel:
        _controls(taken, shown.chosen)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(esc_md(shown.refusal or shown.size or everybody))
            if shown.active:
                st.button("Auswahl aufheben", on_click=_clear, type="tertiary")


def _controls(taken: TakenSurvey, chosen: GroupFilter) -> None:
    structure = taken.assessment.peers.structure
    fields: tuple[tuple[str, str, Sequence[str], Mapping[str, str]], ...] = (
        ("lands", "Land", _present(structure.land, structure.land_label), structure.land_label),
        (
            "sizes",
            "Größenklasse",
            _present(structure.size, structure.size_label)[::-1],
            structure.size_label,
        ),
        (
            "kinds",
            "Art der Kommune",
            _present(structure.kind, structure.kind_label),
            structure.kind_label,
        ),
        (
            "regiostar",
            "Raumtyp (RegioStaR 7)",
            _present(structure.regiostar7, structure.regiostar_label),
            structure.regiostar_label,
        ),
        ("types", "Typ", tuple(type_names(taken)), type_names(taken)),
    )
    offered = [field for field in fields if len(field[2]) > 1]
    with st.container(key="pairs-filter"):
        columns = st.columns(max(len(offered), 1))
    for column, (name, label, codes, labels) in zip(columns, offered, strict=False):
        st.session_state[f"{_WIDGET}{name}"] = list(getattr(chosen, name))
        with column:
            st.multiselect(
                label,
                codes,
                format_func=partial(_label, labels),
                key=f"{_WIDGET}{name}",
                placeholder="alle",
                on_change=_choose,
                args=(taken,),
            )
    st.session_state[_LIST] = " ".join(chosen.keys)
    st.text_input(
        "Eigene Liste von Schlüsseln",
        key=_LIST,
        placeholder="Schlüssel, durch Leerzeichen oder Komma getrennt",
        on_change=_choose,
        args=(taken,),
    )


def _label(labels: Mapping[str, str], code: str) -> str:
    return labels.get(code, code)


def _choose(taken: TakenSurvey) -> None:
    """Take what the controls say; runs before the page does."""
    structure = taken.assessment.peers.structure
    values = {
        name: tuple(cast(Sequence[str], st.session_state.get(f"{_WIDGET}{name}", ())))
        for name in ("lands", "sizes", "kinds", "regiostar", "types")
    }
    labels = {
        "lands": structure.land_label,
        "sizes": structure.size_label,
        "kinds": structure.kind_label,
        "regiostar": structure.regiostar_label,
        "types": type_names(taken),
    }
    # In the order of the options, so that the same choice has the same address.
    values = {
        name: tuple(code for code in labels[name] if code in picked)
        for name, picked in values.items()
    }
    keys, _ = read_keys(str(st.session_state.get(_LIST, "")), structure)
    _write(GroupFilter(keys=keys, **values))


def _clear() -> None:
    _write(GroupFilter())


def _write(chosen: GroupFilter) -> None:
    """Put the choice into the address and keep it; other parameters stay."""
    query = chosen.to_query()
    st.session_state[_LAST] = query
    for name in PARAMETERS:
        if name in query:
            if st.query_params.get(name) != query[name]:
                st.query_params[name] = query[name]
        elif name in st.query_params:
            del st.query_params[name]


def _present(codes: np.ndarray, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Codes that some municipality has, in the order of the labels."""
    found = set(codes)
    return tuple(code for code in labels if code in found)
