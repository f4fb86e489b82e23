"""What a session works with: the sample, or a survey it has read in itself.

Uploads belong to the session that made them. The chosen survey's id is all a page needs to know.
"""

from dataclasses import dataclass, field

import streamlit as st

from assessment.pipeline import SAMPLE_WAVES
from assessment.survey import Survey
from assessment.typology.model import TypologyModel
from assessment.ui.loaders import sample
from assessment.ui.taken import TakenSurvey, share

_KEY = "session_surveys"


@dataclass
class SessionSurveys:
    """Surveys of one session, newest last; ``chosen`` is the place in ``taken`` or the sample."""

    taken: list[TakenSurvey] = field(default_factory=list)
    chosen: int | None = None
    sample_wave: str = SAMPLE_WAVES[0]
    """Which wave of the sample is meant where ``chosen`` is ``None``."""


def _surveys() -> SessionSurveys:
    return st.session_state.setdefault(_KEY, SessionSurveys())


def current() -> TakenSurvey:
    """The survey every page shows."""
    mine = _surveys()
    return sample(mine.sample_wave) if mine.chosen is None else mine.taken[mine.chosen]


def take_over(survey: Survey) -> TakenSurvey:
    """Make a survey the session's current one; a survey of the same wave is replaced.

    Raises:
        InputRefused: if the survey can't be assessed.
    """
    mine = _surveys()
    new = share(survey)
    place = same_wave(survey)
    if place is None:
        mine.taken.append(new)
        place = len(mine.taken) - 1
    else:
        mine.taken[place] = new
    mine.chosen = place
    return new


def same_wave(survey: Survey) -> int | None:
    """Place of an own survey that ``survey`` would replace: same questionnaire, same wave."""
    for place, old in enumerate(_surveys().taken):
        if (
            old.survey.wave == survey.wave
            and old.survey.questionnaire.id == survey.questionnaire.id
        ):
            return place
    return None


def replaced_by(survey: Survey) -> Survey | None:
    """The own survey that ``survey`` would replace, if any."""
    place = same_wave(survey)
    return None if place is None else _surveys().taken[place].survey


def use_typology(model: TypologyModel | None) -> TakenSurvey:
    """Assess the current survey with a frozen typology (``None``: its own again)."""
    mine = _surveys()
    new = share(current().survey, model)
    if mine.chosen is None:
        mine.taken.append(new)
        mine.chosen = len(mine.taken) - 1
    else:
        mine.taken[mine.chosen] = new
    return new


def use_sample(wave: str = SAMPLE_WAVES[0]) -> None:
    """Work with a wave of the simulated sample; own surveys stay available."""
    mine = _surveys()
    mine.chosen, mine.sample_wave = None, wave


def chosen_place() -> int | None:
    """Place of the current survey among the own ones, ``None`` for the sample."""
    return _surveys().chosen


def chosen_wave() -> str:
    """The wave of the sample that is meant where no own survey is chosen."""
    return _surveys().sample_wave


def own_surveys() -> list[TakenSurvey]:
    """The session's own surveys, oldest first."""
    return list(_surveys().taken)


def choose(place: int | None) -> None:
    """Work with the own survey at ``place``, or with the sample (``None``)."""
    mine = _surveys()
    mine.chosen = place if place is not None and place < len(mine.taken) else None
