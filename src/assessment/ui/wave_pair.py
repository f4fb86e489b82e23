"""Two waves of one questionnaire side by side: the one pages show and another one."""

from dataclasses import dataclass

import streamlit as st

from assessment.comparison.waves import PreparedWaves
from assessment.profiles.wave_profile import (
    TransitionText,
    WaveProfile,
    transition_text,
    wave_profile,
)
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_choice import WaveOption, other_waves

_NONE = ""


@dataclass(frozen=True, slots=True)
class WavePair:
    """The current survey and another wave, prepared once for all municipalities."""

    later: TakenSurvey
    prepared: PreparedWaves
    current_is_later: bool

    def profile(self, key: str) -> WaveProfile:
        """What has changed for one municipality."""
        return wave_profile(self.prepared.comparison(key), self.later.survey.questionnaire)

    def previous(self, key: str) -> tuple[tuple[str, int], ...] | None:
        """Own earlier points per field, on the questions that are the same in both waves.

        ``None`` where the municipality can't be compared.
        """
        if self.prepared.comparison(key).refusal:
            return None
        return tuple(self.prepared.earlier_points(key).items())

    def transitions(self) -> TransitionText:
        """Earlier against later types of all municipalities of both waves."""
        model = self.later.assessment.typology
        names = {cluster.id: cluster.name for cluster in model.clusters} if model else {}
        return transition_text(self.prepared.transitions(), names)


def current_pair(taken: TakenSurvey) -> WavePair | None:
    """The pair the session compares; by default the wave before the current one, if any.

    ``None`` where there is no other wave, or none is chosen.
    """
    options = {option.wave: option for option in other_waves(taken)}
    chosen = st.session_state.get(_key(taken))
    if chosen not in options and chosen != _NONE:
        chosen = _before(taken, options)
    if not chosen:
        return None
    other = options[chosen].load()
    earlier = other.survey.wave_order <= taken.survey.wave_order
    return WavePair(taken if earlier else other, taken.waves_with(other), earlier)


def choose_wave(taken: TakenSurvey) -> None:
    """Which other wave to compare with; drawn below, read at the top by :func:`current_pair`."""
    options = {option.wave: option for option in other_waves(taken)}
    if not options:
        return
    codes, key = [_NONE, *options], _key(taken)
    if st.session_state.get(key) not in codes:
        st.session_state[key] = _before(taken, options)
    st.selectbox(
        "Vergleichen mit",
        codes,
        format_func=lambda code: options[code].label if code else "keiner anderen Erhebung",
        key=key,
        persist_state="session",
    )


def _key(taken: TakenSurvey) -> str:
    """Each wave keeps the one it is compared with."""
    return f"gap-wave-{taken.survey.wave_label}"


def _before(taken: TakenSurvey, options: dict[str, WaveOption]) -> str:
    """The latest wave before the current one; ``""`` if there is none."""
    mine = taken.survey.wave_order
    earlier = {option.order: wave for wave, option in options.items() if option.order < mine}
    return earlier[max(earlier)] if earlier else _NONE
