"""What is loaded once per process: the sample and the questionnaire that comes with the product.

Caches lie here only. Nothing of a session's uploads is ever put into them.
"""

import streamlit as st

from assessment import pipeline
from assessment.figures.style import LIGHT
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Questionnaire
from assessment.register import Register, load_register
from assessment.ui.taken import TakenSurvey, share


@st.cache_resource(show_spinner="Die Beispieldaten werden geladen …")
def sample() -> TakenSurvey:
    """The simulated sample, read in the same way as any file."""
    return share(pipeline.load_sample())


@st.cache_resource(show_spinner=False)
def questionnaire() -> Questionnaire:
    """The questionnaire that comes with the product."""
    return default_questionnaire()


@st.cache_resource(show_spinner="Das Gemeindeverzeichnis wird geladen …")
def register() -> Register:
    """The official register of municipalities."""
    return load_register()


def prepare() -> None:
    """Load and compute what the first pages need, and import the modules behind them."""
    # Imported here for their import time: the first visitor should not wait for it.
    from assessment.figures import layout, svg

    svg.font_style()
    layout.base_figure(LIGHT, height=100)
    questionnaire()
    loaded = sample()
    _ = loaded.overview, loaded.type_profiles, loaded.keys
    loaded.profile(loaded.keys[0])
