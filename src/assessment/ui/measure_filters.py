"""Filters over the recommended measures: combined, counted live, kept in the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from assessment.profiles.measure_profile import MeasureRow
from assessment.profiles.measure_text import MeasureText
from assessment.profiles.texts import sentence

_STATE = "measure_filter"


@dataclass(frozen=True, slots=True)
class MeasureFilter:
    """Codes that are let through; an empty choice lets everything through."""

    fields: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    most_effort: int = 5
    horizons: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()

    def admits(self, measure: MeasureText) -> bool:
        """Whether a measure passes all of them."""
        return (
            (not self.fields or measure.dimension in self.fields)
            and (not self.obligations or measure.obligation in self.obligations)
            and measure.effort <= self.most_effort
            and (not self.horizons or measure.horizon in self.horizons)
            and (not self.responsible or measure.responsible in self.responsible)
        )

    @property
    def active(self) -> bool:
        return self != MeasureFilter()


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: code → German word, in the order of the rows."""

    fields: dict[str, str] = field(default_factory=dict)
    obligations: dict[str, str] = field(default_factory=dict)
    efforts: dict[str, str] = field(default_factory=dict)
    horizons: dict[str, str] = field(default_factory=dict)
    responsible: dict[str, str] = field(default_factory=dict)


def choices_of(rows: Sequence[MeasureRow]) -> Choices:
    """Only what occurs can be chosen."""

    def collected(pair: Callable[[MeasureText], tuple[str, str]]) -> dict[str, str]:
        return dict(sorted({pair(row.text) for row in rows}))

    obligations = collected(lambda text: (text.obligation, text.obligation_word))
    horizons = collected(lambda text: (text.horizon, text.horizon_word))
    return Choices(
        fields=collected(lambda text: (text.dimension, text.field)),
        obligations=_in_order(obligations, ("pflicht", "teilweise", "freiwillig")),
        efforts={str(most): sentence(f"effort.{most}") for most in range(1, 6)},
        horizons=_in_order(horizons, ("kurz", "mittel", "lang")),
        responsible=collected(lambda text: (text.responsible, text.responsible)),
    )


def show_filters(rows: Sequence[MeasureRow]) -> MeasureFilter:
    """Draw the filters and say what is chosen; unknown values of an address are dropped."""
    known = choices_of(rows)
    with st.container(key="pairs-measure-filters"):
        columns = st.columns(5)
    return MeasureFilter(
        fields=_several(columns[0], "Feld", "massnahme_feld", known.fields),
        obligations=_several(columns[1], "Verbindlichkeit", "pflicht", known.obligations),
        most_effort=_effort(columns[2], known.efforts),
        horizons=_several(columns[3], "Zeithorizont", "horizont", known.horizons),
        responsible=_several(columns[4], "Zuständig", "zustaendig", known.responsible),
    )


def count_line(shown: int, total: int) -> str:
    """„12 von 41 Maßnahmen.“"""
    if shown == total:
        return sentence("measure.count_one" if total == 1 else "measure.count_all", n=total)
    text = "measure.count_filtered" if shown else "measure.count_none"
    return sentence(text, n=shown, total=total)


def _several(place, label: str, parameter: str, known: dict[str, str]) -> tuple[str, ...]:
    key = f"filter-{parameter}"
    kept = _remembered(parameter, key)
    chosen = place.multiselect(
        label,
        list(known),
        default=[code for code in kept if code in known],
        format_func=lambda code: known.get(code, code),
        placeholder="alle",
        key=key,
    )
    _to_address(parameter, "|".join(chosen))
    return tuple(chosen)


def _effort(place, known: dict[str, str]) -> int:
    kept = _remembered("aufwand", "filter-aufwand")
    options = list(known)
    first = kept[0] if kept and kept[0] in known else options[-1]
    chosen = place.selectbox(
        "Aufwand",
        options,
        index=options.index(first),
        format_func=lambda code: "alle" if code == options[-1] else f"höchstens {known[code]}",
        key="filter-aufwand",
    )
    _to_address("aufwand", "" if chosen == options[-1] else chosen)
    return int(chosen)


def _remembered(parameter: str, key: str) -> list[str]:
    """What the address says, or else what was chosen before another page was visited."""
    asked = st.query_params.get(parameter)
    if asked is None and key not in st.session_state:
        asked = st.session_state.get(_STATE, {}).get(parameter, "")
    return [code for code in (asked or "").split("|") if code]


def _to_address(parameter: str, value: str) -> None:
    st.session_state.setdefault(_STATE, {})[parameter] = value
    if value:
        if st.query_params.get(parameter) != value:
            st.query_params[parameter] = value
    elif parameter in st.query_params:
        del st.query_params[parameter]


def _in_order(known: dict[str, str], order: tuple[str, ...]) -> dict[str, str]:
    return {code: known[code] for code in order if code in known}
