"""Which survey the pages show: one of the sample's two waves or one the session has read in.

Nothing is loaded to offer a wave; the sample's second wave is read when it is first chosen or
compared with.

A wave of the sample stands in the address (``?welle=2028``), so that a copied link opens the same
numbers elsewhere. An own survey belongs to its session and can't: then the address names no wave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from assessment.pipeline import SAMPLE_WAVES
from assessment.survey import WaveOrder, wave_order
from assessment.ui.loaders import sample
from assessment.ui.state import choose, chosen_place, chosen_wave, own_surveys, use_sample
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_line import survey_label

_KEY = "wave-choice"
_SAMPLE = "Beispieldaten"
PARAMETER = "welle"
_WRITTEN = "wave_in_address"
Option = str | int
"""A wave of the sample, or the place of an own survey."""


@dataclass(frozen=True, slots=True)
class WaveOption:
    """Another wave of the same questionnaire, not loaded yet."""

    label: str
    wave: str
    load: Callable[[], TakenSurvey]
    order: WaveOrder
    """Place in time."""


def wave_choice(page: str) -> None:
    """The choice in the side bar, on every page; ``page``: address of the open one."""
    _follow_address(page)
    mine = own_surveys()
    options: list[Option] = [*SAMPLE_WAVES, *range(len(mine))]
    place = chosen_place()
    # Set before the widget is drawn: other pages change the choice as well.
    st.session_state[_KEY] = chosen_wave() if place is None else place
    with st.sidebar:
        st.selectbox(
            "Erhebungswelle",
            options,
            format_func=partial(_label, mine),
            key=_KEY,
            on_change=_choose,
        )


def wave_query() -> dict[str, str]:
    """The chosen wave as a parameter for links; none for the first wave or an own survey."""
    wave = chosen_wave()
    return {PARAMETER: wave} if chosen_place() is None and wave != SAMPLE_WAVES[0] else {}


def _follow_address(page: str) -> None:
    """Take the wave the address names, then write the one that is shown.

    Only an address that has changed since the last run is followed (a link, the way back): the
    session may have chosen another survey meanwhile. Unknown waves are ignored.

    Each write is a step of the browser's history. So the first wave, which a fresh session opens
    anyway, is not written of its own accord, and on a page that named its wave already an address
    without one is left alone: it comes from the way back, which would end here otherwise.
    """
    asked = st.query_params.get(PARAMETER)
    before, page_before = st.session_state.get(_WRITTEN, (None, None))
    if asked in SAMPLE_WAVES and asked != before:
        use_sample(asked)
    shown = chosen_wave() if chosen_place() is None else None
    st.session_state[_WRITTEN] = (shown, page)
    if asked is None:
        if (shown, page) != (before, page_before):
            st.query_params.update(wave_query())
    elif shown is None:
        del st.query_params[PARAMETER]
    elif asked != shown:
        st.query_params[PARAMETER] = shown


def _choose() -> None:
    picked: Option = st.session_state[_KEY]
    if isinstance(picked, int):
        choose(picked)
    else:
        use_sample(picked)


def _label(mine: list[TakenSurvey], option: Option) -> str:
    if isinstance(option, str):
        return f"{_SAMPLE} {option}"
    return survey_label(mine[option].survey)


def other_waves(taken: TakenSurvey) -> tuple[WaveOption, ...]:
    """Other waves of the same questionnaire that this session has, earliest first.

    Simulated answers are never offered beside real ones.
    """
    survey = taken.survey
    found = [
        WaveOption(
            survey_label(other.survey),
            other.survey.wave_label,
            partial(_self, other),
            other.survey.wave_order,
        )
        for other in own_surveys()
        if other.survey.questionnaire.id == survey.questionnaire.id
        and other.survey.wave_label != survey.wave_label
        and other.survey.simulated == survey.simulated
    ]
    known = {option.wave for option in found}
    if survey.simulated and survey.questionnaire.id == sample().survey.questionnaire.id:
        found += [
            WaveOption(f"{_SAMPLE} {wave}", wave, partial(sample, wave), wave_order(wave))
            for wave in SAMPLE_WAVES
            if wave != survey.wave_label and wave not in known
        ]
    return tuple(sorted(found, key=lambda option: option.order))


def _self(taken: TakenSurvey) -> TakenSurvey:
    return taken
