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
differ by fewer than five, the later one is refused. Sizes add up, which order statistics don't, so
an exact size passes the stricter rule of :class:`ShownGroups`; others are rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

import numpy as np
import streamlit as st

from assessment.comparison.disclosure import MINIMUM_MEMBERS, TOO_FEW, WOULD_REVEAL
from assessment.comparison.free_group import free_admission
from assessment.comparison.group_filter import GroupFilter, read_keys
from assessment.comparison.peers import PeerGroup
from assessment.comparison.shown_groups import ShownGroups
from assessment.figures.style import with_letter
from assessment.german import format_number
from assessment.profiles.overview import KIND, LAND, SIZE
from assessment.profiles.texts import sentence
from assessment.ui.markdown import esc_md
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_line import wave_line

_LAST = "group_filter"
_SHOWN = "shown_groups"
_WIDGET = "filter-"
_LIST = "filter-list"
_ROUNDED_TO = 5
PARAMETERS = tuple(GroupFilter(("a",), ("a",), ("a",), ("a",), ("a",), ("a",)).to_query())
"""Names in the address that belong to the filter."""


@dataclass(frozen=True, slots=True, eq=False)
class ShownFilter:
    """What is chosen and what may be shown of it."""

    chosen: GroupFilter
    group: PeerGroup | None = None
    """The chosen municipalities; ``None`` if nothing is chosen or the guard refuses."""
    size: str = ""
    """„46 Kommunen“ or „rund 45 Kommunen“; ``""`` without a group."""
    line: str = ""
    """One sentence on the choice and its size, or why nothing is shown; ``""`` without a choice."""
    refusal: str = ""
    """Why nothing is shown, ``""`` if something is or nothing is chosen."""

    @property
    def active(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.chosen)

    @property
    def members(self) -> np.ndarray | None:
        """bool (municipalities,), ``None`` like ``group``."""
        return None if self.group is None else self.group.members


@dataclass(slots=True)
class _Seen:
    """What a session has been shown of one survey."""

    counted: ShownGroups
    """Groups whose size is known exactly."""
    compared: list[np.ndarray] = field(default_factory=list)
    """Chosen groups whose medians were shown: labels 0 for members, -1 for all others."""
    decided: dict[tuple[str, ...], ShownFilter] = field(default_factory=dict)
    """By typology and address. A decision stays: later choices are measured against it."""


def active_filter(taken: TakenSurvey) -> ShownFilter:
    """What the address chooses, else what the session chose last; the guard has been asked."""
    peers = taken.assessment.peers
    query = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    remembered: Mapping[str, str] = st.session_state.get(_LAST, {})
    chosen = GroupFilter.from_query(query or remembered, peers.structure, tuple(_types(taken)))
    _write(chosen)
    if not chosen:
        return ShownFilter(chosen)
    every: dict[str, _Seen] = st.session_state.setdefault(_SHOWN, {})
    if taken.data_identifier not in every:
        every[taken.data_identifier] = _Seen(_known_before(taken))
    seen = every[taken.data_identifier]
    place = (taken.identifier, *(f"{name}={value}" for name, value in chosen.to_query().items()))
    if place not in seen.decided:
        seen.decided[place] = _decided(taken, chosen, seen)
    return seen.decided[place]


def _known_before(taken: TakenSurvey) -> ShownGroups:
    """What everybody knows of a survey before any choice.

    Counts hidden on the start page are known together: they are what the others leave of all. One
    of them alone would give away the rest.
    """
    peers, overview = taken.assessment.peers, taken.overview
    structure = peers.structure
    columns = {LAND: structure.land, KIND: structure.kind, SIZE: structure.size}
    masks = []
    for breakdown in overview.breakdowns:
        hidden = frozenset(cell.id for cell in breakdown.cells if cell.n is None)
        masks.append(np.array([code in hidden for code in columns[breakdown.title]], dtype=bool))
    if overview.types is not None and peers.membership is not None:
        hidden = frozenset(cell.id for cell in overview.types.cells if cell.n is None)
        first = [kind if isinstance(kind, str) else "" for kind in peers.membership.first]
        masks.append(np.array([kind in hidden for kind in first], dtype=bool))
    return ShownGroups(len(structure), tuple(mask for mask in masks if mask.any()))


def _decided(taken: TakenSurvey, chosen: GroupFilter, seen: _Seen) -> ShownFilter:
    """Ask the guard about a new choice, and remember it as shown if it may be."""
    peers = taken.assessment.peers
    words = chosen.described(peers.structure, _types(taken))
    mask = chosen.mask(peers.structure, peers.membership)
    group = peers.free_group(mask, "ausgewählten Kommunen")
    # Each question has its own group: those of the chosen who answered it.
    beside = free_admission(mask, seen.compared, ~np.isnan(peers.values))
    whole = free_admission(mask, seen.compared, np.ones((len(mask), 1), dtype=bool))
    fits = [bool(one and two) for one, two in zip(group.admitted, beside, strict=True)]
    refusal = ""
    if not mask.any():
        refusal = sentence("filter.nobody")
    elif mask.sum() < MINIMUM_MEMBERS:
        refusal = TOO_FEW
    elif not whole[0] or not group.usable:
        refusal = WOULD_REVEAL
    elif not any(fits):
        refusal = sentence("filter.medians_hidden")
    if refusal:
        line = sentence("filter.refused", group=words, reason=refusal)
        return ShownFilter(chosen, line=line, refusal=refusal)
    seen.compared.append(np.where(mask, 0, -1))
    size = _size(taken, chosen, mask, seen)
    line = sentence("filter.group", group=words, n=size)
    return ShownFilter(chosen, replace(group, admitted=tuple(fits)), size, line)


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
        ("types", "Typ", tuple(_types(taken)), _types(taken)),
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
        "types": _types(taken),
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


def _size(taken: TakenSurvey, chosen: GroupFilter, mask: np.ndarray, seen: _Seen) -> str:
    """How many there are: exactly, if the page says so anyway or the guard allows, else rounded.

    How many of a type are in a Land tells, beside the other types, how many are in none; so with a
    type and something else the number is rounded as well.
    """
    n = int(mask.sum())
    exact = _said_anyway(taken, chosen)
    if not exact and not chosen.types and seen.counted.admit(mask)[0]:
        seen.counted, exact = seen.counted.with_group(mask), True
    if exact:
        return f"{format_number(n)} Kommunen"
    return f"rund {format_number(_ROUNDED_TO * round(n / _ROUNDED_TO))} Kommunen"


def _said_anyway(taken: TakenSurvey, chosen: GroupFilter) -> bool:
    """Whether the size is the sum of counts the start page shows: of one property only."""
    overview = taken.overview
    fields = {"lands": LAND, "sizes": SIZE, "kinds": KIND}
    used = [name for name in (*fields, "regiostar", "types", "keys") if getattr(chosen, name)]
    if len(used) != 1:
        return False
    found = overview.types if used == ["types"] else overview.breakdown(fields.get(used[0], ""))
    if found is None:
        return False
    shown = {cell.id for cell in found.cells if cell.n is not None}
    return set(getattr(chosen, used[0])) <= shown


def _present(codes: np.ndarray, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Codes that some municipality has, in the order of the labels."""
    found = set(codes)
    return tuple(code for code in labels if code in found)


def _types(taken: TakenSurvey) -> dict[str, str]:
    model = taken.assessment.typology
    if model is None:
        return {}
    return {cluster.id: with_letter(cluster.id, cluster.name) for cluster in model.clusters}
