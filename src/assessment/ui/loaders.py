"""What is loaded once per process: the sample and the questionnaire that comes with the product.

Caches lie here only. Nothing of a session's uploads is ever put into them.
"""

import streamlit as st

from assessment import pipeline
from assessment.figures.style import LIGHT
from assessment.pipeline import SAMPLE_WAVES
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.model import Questionnaire
from assessment.register import Register, load_register
from assessment.ui.taken import TakenSurvey, share


def sample(wave: str = SAMPLE_WAVES[0]) -> TakenSurvey:
    """A wave of the simulated sample, read in the same way as any file at its first use.

    Later waves are assigned with the typology of the first one, so that types mean the same.
    """
    return _sample(wave)


@st.cache_resource(show_spinner="Die Beispieldaten werden geladen …")
def _sample(wave: str) -> TakenSurvey:
    first = wave == SAMPLE_WAVES[0]
    return share(pipeline.load_sample(wave), None if first else pipeline.sample_typology())


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
    _make_papers(loaded)


def _make_papers(loaded: TakenSurvey) -> None:
    """One paper of each form, so that nobody's first download waits for modules and fonts."""
    from datetime import date

    from assessment.delivery.documents import document_file
    from assessment.profiles.dossier import Dossier
    from assessment.reports.document import DocumentKind

    dossier = Dossier(loaded.assessment, loaded.keys[0])
    day = date(2026, 1, 1)
    for kind in (DocumentKind.PROFILE, DocumentKind.RESULTS, DocumentKind.MEASURES):
        document_file(kind, dossier, day)
    document_file(DocumentKind.PAPER, dossier, day, form="docx")
